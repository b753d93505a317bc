"""Citations are cut out of the stored text and say where they stand."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from wired import BALI, DAKAR, reports

from assistant.citations import CitationList, citation_of, is_sound

REPORT = reports()[DAKAR]
QUOTE = "高以寧局長於水與城市分論壇以「把雨水留在城市」為題發表演說，現場約有 150 人聆聽。"


def span(quote):
    start = REPORT.text.index(quote)
    return start, start + len(quote)


def test_a_citation_names_report_chapter_and_page():
    citation = citation_of(REPORT, *span(QUOTE), n=3)
    assert (citation.n, citation.report_id, citation.file, citation.title) == (
        3, DAKAR, "111達卡世界水論壇.txt", "出席第九屆世界水論壇報告",
    )  # fmt: skip
    assert (citation.chapter, citation.heading, citation.page) == ("process", "第二章 過程", 1)
    assert citation.quote == QUOTE


def test_outside_all_chapters_the_kind_is_other():
    citation = citation_of(REPORT, *span("服務機關"), n=1)
    assert (citation.chapter, citation.heading) == ("other", "")


def test_numbers_follow_first_use_and_a_span_keeps_its_own():
    cited = CitationList()
    first, second = cited.cite(REPORT, 0, 5), cited.cite(reports()[BALI], 0, 5)
    again = cited.cite(REPORT, 0, 5)
    assert (first.n, second.n, again) == (1, 2, first)
    assert cited.all == (first, second)
    assert CitationList().all == ()


@pytest.mark.parametrize(
    "changes",
    [
        {"quote": QUOTE.replace("150", "160")},
        {"page": 2},
        {"chapter": "reflections"},
        {"start": 1},
        {"file": "別的檔案.txt"},
        {"title": "別的報告"},
    ],
)
def test_a_changed_citation_is_not_sound(changes):
    citation = citation_of(REPORT, *span(QUOTE), n=1)
    assert is_sound(citation, REPORT)
    assert not is_sound(replace(citation, **changes), REPORT)


def test_a_citation_is_not_sound_for_another_report():
    assert not is_sound(citation_of(REPORT, *span(QUOTE), n=1), reports()[BALI])


@given(st.integers(0, len(REPORT.text) - 1), st.integers(1, 80))
def test_every_span_gives_a_sound_citation(start, length):
    citation = citation_of(REPORT, start, min(start + length, len(REPORT.text)), n=1)
    assert citation.quote == REPORT.text[citation.start : citation.end]
    assert is_sound(citation, REPORT)
