"""What the assistant says around quotations, in both languages."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import get_args

import pytest
from trips import row
from wired import SENDAI, focus_on, hits

from assistant.answer import NOT_FOUND
from assistant.evidence import score_sentences
from assistant.wording import (
    EMPTY_ARCHIVE,
    chapter_name,
    lead,
    nearest_line,
    nearest_words,
    not_found,
    show_period,
)
from corpus.report import ChapterKind


@pytest.mark.parametrize(
    ("first", "last", "chinese", "english"),
    [
        (date(2020, 2, 8), date(2020, 2, 14), "109 年 2 月 8 日至 14 日", "8–14 February 2020"),
        (
            date(2020, 2, 28),
            date(2020, 3, 2),
            "109 年 2 月 28 日至 109 年 3 月 2 日",
            "28 February 2020 – 2 March 2020",
        ),
        (date(2020, 2, 8), date(2020, 2, 8), "109 年 2 月 8 日", "8 February 2020"),
        (date(2020, 2, 8), None, "109 年 2 月 8 日", "8 February 2020"),
        (None, None, "", ""),
    ],
)
def test_periods(first, last, chinese, english):
    shown = row("r1", start_date=first, end_date=last)
    assert show_period(shown, "zh") == chinese
    assert show_period(shown, "en") == english


def test_without_a_trip_the_date_of_the_report_is_shown():
    assert show_period(row("r1", report_date=date(2024, 12, 10)), "zh") == "113 年 12 月 10 日"


@pytest.mark.parametrize(
    ("label", "language", "expected"),
    [
        ("心得", "zh", "《甲報告》（109 年 2 月 8 日）心得："),
        ("", "zh", "《甲報告》（109 年 2 月 8 日）："),
        ("Reflections", "en", "Reflections: 《甲報告》 (8 February 2020):"),
        ("", "en", "《甲報告》 (8 February 2020):"),
    ],
)
def test_leads_name_title_date_and_chapter(label, language, expected):
    assert lead(row("r1", title="甲報告", start_date=date(2020, 2, 8)), label, language) == expected


def test_a_lead_without_a_date_has_no_empty_brackets():
    assert lead(row("r1", title="甲報告"), "心得", "zh") == "《甲報告》心得："
    assert lead(row("r1", title="甲報告"), "", "en") == "《甲報告》:"


@pytest.mark.parametrize("kind", get_args(ChapterKind))
def test_every_chapter_has_a_name_in_both_languages(kind):
    assert chapter_name(kind, "zh") and chapter_name(kind, "en").isascii()


@pytest.mark.parametrize(
    ("what", "language", "expected"),
    [
        (["札幌"], "zh", "檔案中查無「札幌」的記載。"),
        (["札幌", "捷運", "札幌"], "zh", "檔案中查無「札幌、捷運」的記載。"),
        ([], "zh", "檔案中查無可以回答這個問題的記載。"),
        ([""], "zh", "檔案中查無可以回答這個問題的記載。"),
        (["Sapporo"], "en", "Not in the archive（檔案中查無）: Sapporo."),
        ([], "en", "Not in the archive（檔案中查無）."),
    ],
)
def test_refusals_name_what_is_missing_once(what, language, expected):
    assert not_found(what, language) == expected


def test_the_offer_of_the_nearest():
    assert nearest_line(["甲", "乙"], "zh") == "檔案中最接近的是：《甲》、《乙》。"
    assert nearest_line(["甲"], "en") == "Nearest in the archive: 《甲》."


def test_an_empty_archive_is_said_to_be_empty_with_what_to_do():
    assert all(NOT_FOUND in text and "xinde add" in text for text in EMPTY_ARCHIVE.values())


def test_the_nearest_words_are_the_reports_own_and_not_too_many() -> None:
    (first, *_) = score_sentences(hits(SENDAI), focus_on("荒濱小學校何時撤離？"), {})
    assert nearest_words(first).startswith(f"最接近的一句：「{first.text[:20]}")
    long = replace(first, text="長" * 300)
    assert len(nearest_words(long)) < 130 and "…」" in nearest_words(long)
