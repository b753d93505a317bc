"""What is cited, built from a report and a passage of it."""

from __future__ import annotations

from cited import PROCESS

from assistant.grounds import Ground
from corpus.build import build_report
from corpus.report import RawDocument, RawLine, RawPage
from index.passages import split_passages

LINES = (
    "赴日本札幌考察冬季交通出國報告", "服務機關：範例市政府交通局", "出國期間：113年1月15日至113年1月19日",
    "報告日期：113年4月2日", "壹、目的", "本次考察札幌市的夜間公車與雪堆置場，作為本市冬季交通的參考。",
)  # fmt: skip


def test_a_ground_has_the_facts_of_its_report_and_the_place_of_its_passage() -> None:
    raw = RawDocument((RawPage(1, tuple(RawLine(line) for line in LINES)),))
    report = build_report(raw, file="a.txt", sha256="ab" * 32)
    passage = split_passages(report)[-1]
    ground = Ground.of(report, passage)
    assert ground.report_id == report.id and ground.start == passage.start
    assert report.text[ground.start : ground.start + len(ground.text)] == ground.text
    assert ground.chapter == "purpose" and ground.path == passage.path
    assert ground.year == 2024 and "札幌" in ground.head


def test_the_head_names_headings_agency_and_places() -> None:
    assert all(word in PROCESS.head for word in ("札幌市", "貳、過程", "範例市政府交通局"))
