"""What a text claims, clause by clause, in both languages."""

from __future__ import annotations

from datetime import date

import pytest
from cited import PROCESS, verifier

from assistant.claims import days_agree, is_english


def read(text: str):
    claims, _ = verifier().read(text, [PROCESS])
    return claims


@pytest.mark.parametrize(
    ("text", "clauses"),
    [
        ("每晚 6 班，票價 210 日圓。", 2),
        ("再生水占25%、海水淡化占33%", 2),
        ("公園、學校、市場", 1),
        ("In 2019, it began, with 1,200 seats.", 3),
        ("1,343 名志工", 1),
    ],
)
def test_clauses_end_at_commas_but_not_inside_numbers(text: str, clauses: int) -> None:
    assert len(read(text).clauses) == clauses


def test_a_missing_year_is_that_of_the_trip_and_roc_years_count() -> None:
    days = [day.first for day in read("5 月 2 日起，112 年底止，2019 年 3 月").dates]
    assert days == [date(2024, 5, 2), date(2023, 1, 1), date(2019, 3, 1)]
    assert read("112 和 113 年的報告").years == frozenset({2023})


def test_a_fraction_is_no_day() -> None:
    claims = read("人數只有現場的 1/3")
    assert not claims.dates and len(claims.quantities) == 1


def test_words_carry_what_means_the_same_and_english_ones_are_chinese() -> None:
    words = {word.text: word for word in read("夜間公車開始試辦").words}
    assert "公车" in words and len(words["公车"].spellings) > 1
    assert any("公车" in word.spellings for word in read("The bus is late.").words)


@pytest.mark.parametrize(
    ("said", "known", "agree"),
    [
        ("2024 年 1 月 16 日", "1 月 16 日", True),
        ("2024 年 1 月 16 日", "1 月 15 日至 19 日", True),
        ("1 月 15 日至 18 日", "1 月 15 日至 19 日", False),
        ("113 年 1 月", "2024/1/16", True),
        ("2023 年", "112 年 5 月", True),
        ("1 月 17 日", "1 月 16 日", False),
    ],
)
def test_days_agree_in_any_writing(said: str, known: str, agree: bool) -> None:
    assert days_agree(read(said).dates[0], read(known).dates[0]) is agree


def test_the_language_is_that_of_most_letters() -> None:
    assert is_english("Sapporo runs night buses.") and not is_english("SCEWC 2023 展會登場")
