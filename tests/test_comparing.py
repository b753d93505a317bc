"""A draft against an archive and sources: what is copied, from where, and what is no copy."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest
from drafts import PARTS, text_of
from shapes import report_of

from assistant.comparing import compare, matching
from assistant.manuscript import Manuscript
from assistant.overlap import Overlap
from corpus.report import Report
from index.archive import Archive
from index.shingles import MASK
from index.tokenise import simplify

PARAGRAPH = (
    "達卡市自來水公司將三十二處水井的水位公開在網站上，停水前三天即以簡訊通知用戶，因此民眾的抱怨減少許多。"
    "公司並派員到里民集會說明輪流供水的順序，讓居民自己討論哪些時段停水影響最小。"
)
ARCHIVED = text_of(
    summary="",
    purpose="第一章 目的\n學習乾旱地區調度自來水的辦法，作為本市枯水期停水計畫修訂的依據。\n",
    cover=PARTS["cover"]
    .replace("瑞典馬爾摩考察水岸更新", "塞內加爾達卡考察供水調度")
    .replace("瑞典", "塞內加爾"),
    process=f"第二章 過程\n113年3月5日（星期二）\n{PARAGRAPH}\n",
    reflections="第三章 心得\n缺水的城市把資料交給居民，居民就成為管理者。\n",
    recommendations="第四章 建議\n無\n",
)


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Archive]:
    folder = tmp_path_factory.mktemp("overlap")
    (folder / "達卡.txt").write_text(ARCHIVED, encoding="utf-8")
    with Archive.open(folder / "home") as archive:
        archive.add([folder / "達卡.txt"])
        yield archive


def draft(text: str, **known: object) -> Manuscript:
    report = report_of(text_of(process=f"第二章 過程\n{text}\n"), "草稿.txt")
    return Manuscript(replace(report, sha256="cd" * 32, **known))  # type: ignore[arg-type]


def copied(archive: Archive, text: str) -> list[Overlap]:
    return [overlap for overlap in compare(draft(text), archive) if overlap.text == text]


CHANGED = (
    PARAGRAPH.replace("達卡市", "首爾市")
    .replace("三十二", "57")
    .replace("三天", "五天")
    .replace("達卡", "首爾")
)
REORDERED = "。".join([*PARAGRAPH.split("。")[1::-1], ""])
TENTH = (
    PARAGRAPH.replace("公開在", "張貼於")
    .replace("抱怨", "陳情")
    .replace("輪流", "分區")
    .replace("討論", "決定")
)


@pytest.mark.parametrize(
    ("text", "least"),
    [
        (PARAGRAPH, 1.0),
        (simplify(PARAGRAPH).replace("，", ","), 1.0),
        (REORDERED, 0.95),
        (CHANGED, 0.95),
        (TENTH, 0.6),
        (PARAGRAPH[:60] + "其餘的部分是承辦人自己在現場看到的情形與感想。", 0.5),
    ],
)
def test_copies_are_found_with_their_twin(archive: Archive, text: str, least: float) -> None:
    (overlap,) = copied(archive, text)
    assert overlap.share >= least
    passage = overlap.twins[0].passage
    assert (passage.file, passage.chapter, passage.page, passage.n) == ("達卡.txt", "process", 1, 1)
    assert passage.title == "赴塞內加爾達卡考察供水調度出國報告" and PARAGRAPH in passage.quote
    assert passage.report_id == archive.reports()[0].id


def test_spans_cover_the_copied_words(archive: Archive) -> None:
    own = "其餘的部分是承辦人自己在現場看到的情形與感想"
    text = PARAGRAPH.split("。")[0] + "。" + own + "。"
    manuscript = draft(text)
    (overlap,) = compare(manuscript, archive)
    words = [manuscript.report.text[a:b] for a, b in overlap.spans]
    assert words == [PARAGRAPH.split("。")[0]]
    assert manuscript.report.text[overlap.start : overlap.end] == text


@pytest.mark.parametrize(
    "text",
    [
        "達卡市的供水分成四區輪流停止，停水表張貼在每一條巷口，居民在水桶上寫名字排隊，孩童負責看守，氣氛平和。",
        "本次拜會達卡市自來水公司。",
        "113年3月5日（星期二）",
    ],
)
def test_the_same_topic_in_own_words_is_no_copy(archive: Archive, text: str) -> None:
    assert compare(draft(text), archive) == ()


def test_a_quotation_with_its_source_is_no_copy(archive: Archive) -> None:
    assert copied(archive, f"達卡報告指出「{PARAGRAPH}」，值得思考。") == []
    assert copied(archive, f"入口有一段話「{PARAGRAPH}」，值得思考。")


def test_the_same_trip_is_not_compared_with_itself(archive: Archive) -> None:
    stored = archive.report("達卡.txt")
    assert compare(Manuscript(stored), archive) == ()
    again = replace(stored, id="x", sha256="ef" * 32, file="改版.txt")
    assert compare(Manuscript(again), archive) == ()
    other = replace(again, title="別的出國報告")
    assert compare(Manuscript(other), archive) != ()


def test_sources_are_compared_without_an_archive() -> None:
    source = replace(report_of("參訪手冊\n" + PARAGRAPH, "手冊.txt"), id="whatever")
    (overlap,) = compare(draft(CHANGED), None, [source])
    passage = overlap.twins[0].passage
    assert (passage.report_id, passage.file) == ("", "手冊.txt") and overlap.share > 0.95


def test_the_twin_that_holds_most_comes_first(archive: Archive) -> None:
    source: Report = report_of("手冊\n" + PARAGRAPH[:40], "手冊.txt")
    (overlap,) = compare(draft(PARAGRAPH), archive, [source])
    assert [twin.passage.file for twin in overlap.twins] == ["達卡.txt"]


@pytest.mark.parametrize(
    ("own", "other", "places"),
    [
        ("一二三四五六七八九", "零一二三四五六七八九零", range(9)),
        ("一二三四五六七八", "一二三四五六七八", range(0)),
        (f"一二三四{MASK}五六七八", f"一二三四{MASK}五六七八", range(0)),
        ("甲乙丙丁戊己庚辛壬癸子丑", "子丑甲乙丙丁戊己庚辛壬癸", range(10)),
        ("短", "短", range(0)),
    ],
)
def test_only_long_enough_runs_count(own: str, other: str, places: range) -> None:
    assert matching(own, other) == set(places)
