"""The tab of the review: what is found in an upload and its sources, what is refused, what is taken away."""

from __future__ import annotations

import io
from pathlib import Path
from typing import Any

import docx
import pytest
from drafts import PARTS, text_of
from made_files import made_pdf
from paged import OWNER, STRANGER, Request, click, tokens, words
from starlette.applications import Starlette
from starlette.testclient import TestClient
from trips import SENDAI

from assistant.assistant import Assistant
from assistant.review import Review
from assistant.settings import Settings
from assistant.ui.headers import COOKIE
from assistant.ui.outbox import Outbox
from assistant.ui.review_tab import ReviewTab
from assistant.ui.uploads import Upload, take_more, without

COPIED = SENDAI[SENDAI.index("參觀荒濱") : SENDAI.index("第三章")]
GOOD = Upload("好.txt", text_of().encode())
COPY = Upload("抄.txt", text_of(process=PARTS["process"] + COPIED).encode())
SOURCE = Upload("資料.txt", ("西港住宅區的介紹\n" + PARTS["process"]).encode())


@pytest.fixture
def outbox() -> Outbox:
    return Outbox()


@pytest.fixture
def tab(six: Assistant, outbox: Outbox) -> ReviewTab:
    return ReviewTab(six, Settings(max_file_mb=1), outbox)


def reviewed(
    tab: ReviewTab, upload: Upload | None, *sources: Upload, number: float | None = 3
) -> tuple[str, Review | None]:
    path = "/gone/before" if upload else None
    moments = tab.review(Request(), path, None, upload, sources, number)  # type: ignore[arg-type]
    *_, (_, _, html, done, _, start) = moments
    assert start.interactive is True
    return html, done


def test_a_good_report_passes_and_nothing_of_it_is_stored(tab: ReviewTab, six: Assistant) -> None:
    html, done = reviewed(tab, GOOD)
    assert done is not None and "須修正 0 項" in words(html) and "雷同的段落（" not in words(html)
    assert all(row.file != GOOD.name for row in six.archive.reports())


def test_what_must_be_mended_stands_first_with_place_and_remedy(tab: ReviewTab) -> None:
    html, _ = reviewed(tab, Upload("缺.txt", text_of(process="").encode()))
    text = words(html)
    assert text.index("須修正（1）") < text.index("通過（")
    assert "缺少「過程」這一章" in text and "→ 請加上「過程」" in text


def test_the_number_of_recommendations_is_the_users(tab: ReviewTab) -> None:
    assert "請留意 0 項" in words(reviewed(tab, GOOD, number=3)[0])
    assert "建議項數" in words(reviewed(tab, GOOD, number=9)[0]).split("通過（")[0]
    assert "請留意 0 項" in words(reviewed(tab, GOOD, number=None)[0])


def test_a_copied_paragraph_stands_beside_its_twin(tab: ReviewTab) -> None:
    html, done = reviewed(tab, COPY, SOURCE)
    assert done is not None
    text = words(html)
    assert "《赴日本仙台考察地震防災教育報告》" in text and "來源「資料.txt」" in text
    assert "<mark>" in html
    passages = [twin.passage for overlap in done.overlaps for twin in overlap.twins]
    number = next(n for n, passage in enumerate(passages, start=1) if passage.report_id)
    assert f'data-n="{number}"' in html
    assert "<mark>" in tab.source(click(n=str(number)), done)


@pytest.mark.parametrize(
    ("upload", "sources", "number", "sentence"),
    [
        (None, (), 3, "還沒有要檢核的檔案"),
        (Upload("便條.txt", "明天下午三點開會。請帶資料。".encode()), (), 3, "不是出國報告"),
        (Upload("x.exe", b"MZ\x90"), (), 3, "x.exe"),
        (Upload("大.txt", b"a" * 1_100_000), (), 3, "上限是 1 MB"),
        (Upload("鎖.pdf", made_pdf([["本次考察"]], password="secret")), (), 3, "密碼"),
        (GOOD, (Upload("壞.docx", b"PK\x03\x04zz"),), 3, "壞.docx"),
        (GOOD, (), -1, "請填 0 到 50 的整數"),
        (GOOD, (), 2.5, "請填 0 到 50 的整數"),
    ],
)
def test_what_cannot_be_reviewed_is_said(
    tab: ReviewTab, upload: Upload | None, sources: tuple[Upload, ...], number: float, sentence: str
) -> None:
    html, done = reviewed(tab, upload, *sources, number=number)
    assert sentence in words(html) and 'role="alert"' in html and done is None
    assert "加入檔案庫" not in html


def test_the_review_is_taken_away_by_its_own_browser_only(tab: ReviewTab, outbox: Outbox) -> None:
    (token,) = tokens(reviewed(tab, COPY)[0])

    def get(owner: str, ending: str) -> Any:
        client = TestClient(Starlette(routes=[outbox.routes()]), cookies={COOKIE: owner})
        return client.get(f"/made/{token}.{ending}")

    document = docx.Document(io.BytesIO(get(OWNER, "docx").content))
    assert document.paragraphs[0].text.startswith("出國報告自我檢核：")
    assert get(OWNER, "odt").content.startswith(b"PK")
    assert get(OWNER, "json").json()["made"][0]["passages"]
    assert get(STRANGER, "docx").status_code == 404


def test_sources_are_added_and_dropped_one_by_one(tmp_path: Path) -> None:
    first, second = tmp_path / "1" / "a.txt", tmp_path / "2" / "b.txt"
    for path in (first, second):
        path.parent.mkdir()
        path.write_text(path.name)
    taken = take_more([str(first)], ())
    taken = take_more([str(first), str(second)], taken)
    assert [one.name for one in taken] == ["a.txt", "b.txt"]
    assert [one.name for one in without("a.txt", taken)] == ["b.txt"]
    assert without("c.txt", taken) == taken and take_more(None, ()) == ()


def test_text_of_an_upload_stays_text(tab: ReviewTab) -> None:
    evil = "<img src=x onerror=alert(1)>"
    html, _ = reviewed(tab, Upload(f"{evil}.txt", text_of(process=PARTS["process"] + evil * 3).encode()))
    assert "<img" not in html
