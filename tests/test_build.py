"""The whole report: refusals, spans, pages, hostile texts, speed, and the development documents."""

from __future__ import annotations

import time
from datetime import date
from pathlib import Path

import pytest
import shapes

from corpus.build import build_report
from corpus.readers import read_document
from corpus.report import Refusal, Report

SHAPES = (
    shapes.CENTRAL,
    shapes.BARE,
    shapes.MERGED_NESTED,
    shapes.INLINE,
    shapes.WRONG_ORDER,
    shapes.BULLETS,
    shapes.NEWS,
)


@pytest.mark.parametrize("text", SHAPES)
def test_every_span_lies_where_it_says(text: str) -> None:
    report = shapes.report_of(text)
    for chapter in report.chapters:
        assert "".join(chapter.heading.split()) in "".join(report.text[chapter.start : chapter.body].split())
    for section in report.sections:
        assert section.start < section.body <= section.end <= len(report.text)
        assert section.heading.rstrip("：:") in " ".join(report.text[section.start : section.end].split())
    for item in report.items:
        assert item.text in report.text[item.start : item.end]
        assert item.page == report.page_at(item.start)


def test_pages_are_those_of_the_file() -> None:
    report = shapes.report_of(shapes.CENTRAL)
    assert [chapter.page for chapter in report.chapters] == [2, 4, 4, 4, 4]


def test_sections_nest() -> None:
    report = shapes.report_of(shapes.CENTRAL)
    assert [(section.level, section.heading) for section in report.sections][-5:] == [
        (1, "一、立即可行建議"),
        (2, "（一）於重劃區試辦停車集中管理"),
        (2, "（二）成立社區論壇"),
        (1, "二、中長期建議"),
        (2, "（一）研擬無車社區專章"),
    ]


def test_the_id_comes_from_the_hash() -> None:
    assert shapes.report_of(shapes.BARE).id == "r" + "ab" * 5


@pytest.mark.parametrize(
    ("text", "reason", "words"),
    [(shapes.CLASSIFIED, "classified", "「機密.txt」標示為「密」"), ("\n \n", "empty", "沒有文字")],
)
def test_refusals(text: str, reason: str, words: str) -> None:
    with pytest.raises(Refusal, match=words) as refused:
        shapes.report_of(text, file="機密.txt")
    assert refused.value.reason == reason


def test_words_about_secrecy_are_no_mark() -> None:
    assert shapes.report_of(shapes.PROSE_SECRET).classification == "公開"
    assert shapes.report_of(shapes.LIMITED).classification == "限閱"


@pytest.mark.parametrize(
    "text",
    [
        "1" * 300_000,
        "109年2月8日" * 40_000,
        "一、" * 150_000,
        "壹、目的......1\n" * 20_000,
        "Ab Cd\n" * 40_000,
        "(UCLG)亞" * 40_000,
        "壹、心得及建議\n" + "一、甲\n內容內容。\n" * 25_000,
        "壹、建議\n" + "（一）甲\n1. 乙\n(1) 丙\n" * 15_000,
        "密等：" * 100_000,
        "115/4/26\t日本\t東京\n" * 15_000,
    ],
    ids=["digits", "dates", "marks", "leaders", "latin", "brackets", "items", "nested", "secret", "rows"],
)
def test_hostile_text_takes_seconds_not_minutes(text: str) -> None:
    begun = time.process_time()
    shapes.report_of(text)
    assert time.process_time() - begun < 8


def test_short_news_go_fast() -> None:
    texts = [shapes.raw(shapes.NEWS * 5) for _ in range(60)]
    shapes.report_of(shapes.NEWS)
    begun = time.process_time()
    for raw in texts:
        build_report(raw, file="n.txt", sha256="0" * 64)
    assert len(texts) / (time.process_time() - begun) > 100


def parsed(shared: Path, start: str) -> Report:
    (path,) = (shared / "archive").glob(f"{start}*")
    return build_report(read_document(path.read_bytes(), path.name), file=path.name, sha256="0" * 64)


TRIPS = {
    "001": {
        "title": "出席世界城市論壇（阿布達比，109 年 2 月）",
        "agency": "新北市政府",
        "countries": ("阿拉伯聯合大公國",),
        "cities": ("阿布達比", "杜拜"),
        "events": ("世界城市論壇", "第十屆世界城市論壇"),
        "start_date": date(2020, 2, 8),
        "end_date": date(2020, 2, 14),
    },
    "002": {
        "title": "赴日本東京出席 2026 全球城市永續網絡(G-Nets)首長高峰會出國報告",
        "agency": "新北市政府秘書處",
        "category": "其他",
        "countries": ("日本",),
        "cities": ("東京",),
        "start_date": date(2026, 4, 26),
        "end_date": date(2026, 4, 30),
    },
    "003": {
        "title": "新北市政府參加亞太城市峰會暨市長論壇出國報告",
        "agency": "新北市政府秘書處",
        "category": "其他",
        "countries": ("南韓",),
        "cities": ("大田", "首爾"),
        "events": ("亞太城市峰會暨市長論壇", "2017亞太城市峰會暨市長論壇"),
        "start_date": date(2017, 9, 10),
        "end_date": date(2017, 9, 13),
    },
}
CHAPTERS = {
    "001": ["第一章 目的", "第二章 過程", "第三章 心得", "第四章 建議"],
    "002": ["第一章 目的", "第二章 過程", "第三章 心得", "第四章 建議"],
    "003": ["第一章 目的", "第二章 經過", "第三章 心得", "第四章 建議", "附錄：照片"],
}
ITEMS = {
    "001": [
        ("reflections", "一"),
        ("reflections", "二"),
        ("recommendations", "一"),
        ("recommendations", "二"),
    ],
    "002": [("reflections", number) for number in "一二三四"]
    + [("recommendations", number) for number in "一二三"],
    "003": [("reflections", ""), ("recommendations", "一"), ("recommendations", "二")],
}
PEOPLE = {
    "000": {"饒慶鈺"},
    "001": {
        "饒慶鈺",
        "魏慶鐘",
        "Maimunah Mohd Sharif",
        "Penny Abeywardena",
        "Ted Chen",
        "Bernadia Irawati Tjandradewi",
    },
    "002": {
        *("祝惠美", "小池百合子", "松本明子", "彭啟明", "Dinesh Vasu Dash", "Benoît Herzbrun"),
        *("Richard Brian Hills", "Māris Sprindžuks", "Kertu Vuks", "Stefano Lo Russo"),
    },
    "003": {
        "權善宅",
        "Graham Quirk",
        "Cherie Blair",
        "Cha Inhyok",
        "易志成",
        "林春壽",
        "朴珠希",
        "林欽榮",
        "Ye Lwin",
    },
    "004": {"黃偉哲", "林欽榮", "柯文哲", "Gino Van Beginn"},
}


@pytest.mark.parametrize("start", sorted(TRIPS))
def test_trip_reports_of_the_archive(shared: Path, start: str) -> None:
    report = parsed(shared, start)
    assert report.doc_type == "trip_report"
    assert {name: getattr(report, name) for name in TRIPS[start]} == TRIPS[start]
    assert [chapter.heading for chapter in report.chapters] == CHAPTERS[start]
    assert [(item.kind, item.number) for item in report.items] == ITEMS[start]


def test_the_edition_of_an_event_in_the_archive(shared: Path) -> None:
    events = set(parsed(shared, "002").events)
    assert {"第三屆全球城市永續網絡首長高峰會", "2026SusHi Tech Tokyo永續高科技城市展"} <= events


@pytest.mark.parametrize("start", sorted(PEOPLE))
def test_people_of_the_archive(shared: Path, start: str) -> None:
    people = parsed(shared, start).people
    assert PEOPLE[start] <= set(people)
    assert not [name for name in people if "市長" in name or "處長" in name]


def test_days_of_the_archive(shared: Path) -> None:
    days = {start: sum(s.heading[:1].isdigit() for s in parsed(shared, start).sections) for start in TRIPS}
    assert days == {"001": 7, "002": 5, "003": 4}


def test_briefing_and_news_of_the_archive(shared: Path) -> None:
    briefing, news = parsed(shared, "000"), parsed(shared, "004")
    assert (briefing.doc_type, briefing.agency) == ("briefing", "新北市政府秘書處")
    assert (briefing.report_date, briefing.items) == (date(2023, 8, 9), ())
    assert (news.doc_type, news.agency, news.countries, news.items) == ("news", "", (), ())
