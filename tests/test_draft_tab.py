"""The tab of drafts: from form and notes to a draft with its sources and files; what is refused, and how."""

from __future__ import annotations

import io
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import docx
import pytest
from made_files import made_pdf
from paged import OWNER, STRANGER, Request, click, tokens, words
from starlette.applications import Starlette
from starlette.testclient import TestClient
from test_draft_writing import GOOD, NOTES, Scripted
from trips import assistant_of_six

from assistant.assistant import Assistant
from assistant.draft import Draft
from assistant.settings import Settings
from assistant.ui.draft_tab import DraftTab
from assistant.ui.headers import COOKIE
from assistant.ui.outbox import Outbox
from assistant.ui.uploads import Upload, take

TRIP = ["水資源論壇", "荷蘭鹿特丹", "115/3/21", "115/3/25", "範例市政府", "涂志安"]


@pytest.fixture
def outbox() -> Outbox:
    return Outbox()


@pytest.fixture
def tab(six: Assistant, outbox: Outbox) -> DraftTab:
    return DraftTab(six, Settings(max_file_mb=1), outbox)


def drafted(
    tab: DraftTab, pasted: str = NOTES, upload: Upload | None = None, trip: list[str] | None = None
) -> list[tuple[Any, ...]]:
    form = [*(trip or TRIP), pasted, "both", 2, True]
    path = "/gone/before" if upload else None
    return [moment[1:] for moment in tab.draft(Request(), path, upload, *form)]  # type: ignore[arg-type]


def last(moments: list[tuple[Any, ...]]) -> tuple[str, Draft]:
    html, draft, *_ = moments[-1]
    return html, draft


def test_a_draft_says_of_each_sentence_where_it_comes_from(tab: DraftTab) -> None:
    moments = drafted(tab)
    assert "查找過去的報告中" in moments[0][0]
    html, draft = last(moments)
    text = words(html)
    assert "赴荷蘭鹿特丹出席水資源論壇出國報告" in text and "請補上或刪除" in text
    assert 'data-note="1"' in html and 'class="hole"' in html and "擬議" in text
    assert all(remark in text for remark in draft.remarks)
    grounds = words(moments[-1][2])
    assert "拜會鹿特丹水務局" in grounds


def test_a_mark_opens_its_note_or_passage(tab: DraftTab) -> None:
    _, draft = last(drafted(tab))
    note = tab.source(click(note="1"), draft)
    assert "<mark>" in note and "三十二處抽水站" in note and "貼上的札記.txt" in note
    if draft.citations:
        assert f"<mark>{draft.citations[0].quote[:6]}" in tab.source(click(n="1"), draft)
    assert "草稿的依據" in tab.source(click(grounds="1"), draft)


@pytest.mark.parametrize(
    ("pasted", "upload", "trip", "sentence"),
    [
        (" \n", None, TRIP, "還沒有札記"),
        (NOTES, Upload("n.txt", NOTES.encode()), TRIP, "不知道要用哪一份"),
        ("", Upload("n.txt", b""), TRIP, "「n.txt」裡沒有可以引用的句子"),
        ("", Upload("n.exe", b"MZ\x90\x00" * 9), TRIP, "n.exe"),
        ("", Upload("n.txt", b"a" * 1_100_000), TRIP, "上限是 1 MB"),
        (NOTES, None, ["", "", "115/4/30", "115/4/26", "", ""], "早於開始日期"),
        (NOTES, None, ["", "", "明天", "", "", ""], "開始日期「明天」看不懂"),
    ],
)
def test_what_cannot_be_drafted_is_said_and_nothing_of_the_form_is_lost(
    tab: DraftTab, pasted: str, upload: Upload | None, trip: list[str], sentence: str
) -> None:
    *_, (html, draft, panel, make, stop) = drafted(tab, pasted, upload, trip)
    assert sentence in words(html) and 'role="alert"' in html and draft is None
    assert make.interactive is True and stop.visible is False


def test_an_encrypted_pdf_is_refused_by_its_readers_sentence(tab: DraftTab) -> None:
    locked = made_pdf([["本次考察"]], password="secret")
    assert "密碼" in words(last(drafted(tab, "", Upload("密.pdf", locked)))[0])


@pytest.mark.parametrize("ending", ["docx", "odt", "md", "json"])
def test_the_draft_is_taken_away_by_its_own_browser_only(tab: DraftTab, outbox: Outbox, ending: str) -> None:
    (token,) = tokens(last(drafted(tab))[0])
    address = f"/made/{token}.{ending}"

    def browser(owner: str) -> TestClient:
        return TestClient(Starlette(routes=[outbox.routes()]), cookies={COOKIE: owner})

    answer = browser(OWNER).get(address, params={"disclosure": "由程式草擬，經本人審閱。"})
    assert answer.status_code == 200
    if ending == "docx":
        paragraphs = [one.text for one in docx.Document(io.BytesIO(answer.content)).paragraphs]
        assert "由程式草擬，經本人審閱。" in paragraphs
    if ending == "md":
        plain = browser(OWNER).get(address)
        assert "由程式草擬" in answer.text and "以程式輔助草擬" in plain.text
    if ending == "json":
        record = answer.json()
        assert record["program"] == "xinde" and record["made"][0]["mode"] == "extractive"
    assert browser(STRANGER).get(address).status_code == 404
    assert browser("").get(address).status_code == 404


def test_a_disclosure_line_has_a_limit_and_a_format_must_exist(tab: DraftTab, outbox: Outbox) -> None:
    (token,) = tokens(last(drafted(tab))[0])
    client = TestClient(Starlette(routes=[outbox.routes()]), cookies={COOKIE: OWNER})
    assert "最多 500 個字" in client.get(f"/made/{token}.md", params={"disclosure": "字" * 501}).text
    assert "docx、odt、md、json" in client.get(f"/made/{token}.pdf").text
    assert "再做一次" in client.get("/made/nothing.md").text


def test_only_the_last_of_many_results_are_kept(tab: DraftTab) -> None:
    outbox = Outbox(most=2)
    _, draft = last(drafted(tab))
    parcel = tab.parcel(draft)
    first, *others = [outbox.keep(OWNER, parcel) for _ in range(3)]
    assert outbox.find(OWNER, first) is None
    assert all(outbox.find(OWNER, one) is parcel for one in others)


def test_a_model_is_seen_writing(tmp_path: Path) -> None:
    with assistant_of_six(tmp_path, Scripted(GOOD)) as assistant:
        moments = drafted(DraftTab(assistant, Settings(), Outbox()))
    assert any("正在寫" in html for html, *_ in moments[1:-1])
    assert any(getattr(stop, "visible", False) for *_, stop in moments[1:-1])
    html, draft = last(moments)
    assert "/made/" in html and draft.mode == "llm" and "scripted" in words(html)


class Broken(Scripted):
    """A model whose program breaks after some words."""

    def stream(self, *_: object) -> Iterator[str]:
        yield "## 深化"
        raise RuntimeError("scripted failure")


def test_what_was_extracted_outlives_a_model_that_breaks(tmp_path: Path) -> None:
    with assistant_of_six(tmp_path, Broken("")) as assistant:
        html, draft = last(drafted(DraftTab(assistant, Settings(), Outbox())))
    assert "沒料到的錯誤" in words(html) and "/made/" in html
    assert draft.items and draft.mode == "extractive"


def test_an_upload_is_read_and_leaves_the_disk(tmp_path: Path) -> None:
    there = tmp_path / "abc" / "札記.txt"
    there.parent.mkdir()
    there.write_bytes(b"x")
    assert take(str(there)) == Upload("札記.txt", b"x")
    assert not there.exists() and not there.parent.exists() and tmp_path.exists()
    assert take(str(there), Upload("札記.txt", b"x")) == Upload("札記.txt", b"x")
    assert take(None, Upload("札記.txt", b"x")) is None
    assert "secret" not in repr(Upload("a.txt", b"secret"))
