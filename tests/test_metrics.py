from dataclasses import replace

import pytest

from assistant.answer import Answer, Citation, Statement
from corpus.report import Chapter, Page, Report
from evals import metrics

SENTENCE = "永續城市要靠文化。"
TEXT = "目的\n參加第十屆世界城市論壇。\n心得\n永續城市要靠文化。"
SECOND = TEXT.index("心得")
START = TEXT.index(SENTENCE)
REPORT = Report(
    id="r1",
    file="a.txt",
    sha256="0" * 64,
    doc_type="trip_report",
    title="出席論壇報告",
    agency="",
    countries=(),
    cities=(),
    events=(),
    category="",
    start_date=None,
    end_date=None,
    report_date=None,
    people=(),
    keywords=(),
    classification="",
    text=TEXT,
    pages=(Page(1, 0, SECOND), Page(2, SECOND, len(TEXT))),
    chapters=(
        Chapter("purpose", "目的", 1, 0, 3, SECOND),
        Chapter("reflections", "心得", 2, SECOND, SECOND + 3, len(TEXT)),
    ),
    sections=(),
    items=(),
)
GOOD = Citation(1, "r1", "a.txt", "出席論壇報告", "reflections", "心得", 2, START, len(TEXT), SENTENCE)


@pytest.mark.parametrize(
    ("fact", "text", "found"),
    [
        ("12", "共有 112 人", False),
        ("12", "共有 12 人", True),
        ("12", "共有12,345人", False),
        ("12345", "共有12,345人", True),
        ("3", "成長3.5倍", False),
        ("5", "成長3.5倍", False),
        ("3.5", "成長 3.5 倍", True),
        ("12人", "共有112人", False),
        ("第10", "第109號", False),
        ("2020年2月8日", "於 2020 年 2 月\n8 日出發", True),
        ("20", "表列 1 20 300", True),
        ("120", "表列 1 20 300", False),
        ("臺北|Taipei", "台北", True),
        ("ＷＵＦ10", "the wuf10 event", True),
        ("world urban forum", "World\nUrban Forum", True),
        ("甲|乙", "丙", False),
        ("甲| ", "丙", False),
        ("a+b(c)", "得 A+B(C) 分", True),
    ],
)
def test_holds(fact, text, found):
    assert metrics.holds(fact, text) is found


def test_fact_recall():
    assert metrics.fact_recall(("甲", "乙|丁", "丙"), ["有甲", "有丁"]) == pytest.approx(2 / 3)
    assert metrics.fact_recall((), ["有甲"]) is None


def test_shown_length_counts_quotes_once_and_only_if_not_in_the_text():
    answer = Answer(
        question="?",
        language="zh",
        text="心得：\n永續城市 [1] 要靠文化。[2]",
        abstained=False,
        citations=(
            GOOD,
            replace(GOOD, n=2, quote="參加第十屆"),
            replace(GOOD, n=3, quote="參加第十屆世界城市論壇。"),
            replace(GOOD, n=4, quote="參加第十屆世界城市論壇。"),
        ),
    )
    assert metrics.shown_length(answer) == len(answer.text) + len("參加第十屆世界城市論壇。")


@pytest.mark.parametrize(
    ("change", "fault"),
    [
        ({}, ""),
        ({"file": "b.txt"}, "file"),
        ({"quote": ""}, "empty quote"),
        ({"start": START - 1}, "quote not at span"),
        ({"quote": "永續城市要靠科技。"}, "quote not at span"),
        ({"page": 1}, "page"),
        ({"chapter": "purpose"}, "chapter"),
    ],
)
def test_citation_fault(change, fault):
    assert metrics.citation_fault(replace(GOOD, **change), REPORT) == fault


def test_citation_of_unknown_report():
    assert metrics.citation_fault(GOOD, None) == "no such report"


def test_text_outside_chapters_counts_as_other():
    bare = replace(REPORT, chapters=())
    assert metrics.citation_fault(replace(GOOD, chapter="other"), bare) == ""


def test_citation_recall():
    statements = (Statement("甲", (1, 2)), Statement("乙", (3,)), Statement("丙", ()))
    assert metrics.citation_recall(statements, frozenset({2})) == pytest.approx(1 / 3)
    assert metrics.citation_recall((), frozenset()) is None


@pytest.mark.parametrize(
    ("values", "share", "expected"),
    [([], 0.5, None), ([7], 0.95, 7), ([3, 1, 2], 0.5, 2), (range(1, 101), 0.95, 95), (range(1, 5), 0.5, 2)],
)
def test_percentile(values, share, expected):
    assert metrics.percentile(values, share) == expected
