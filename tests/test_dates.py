"""Dates of both calendars: a table of written forms, ranges, refusals, and round trips."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.dates import find_dates, gregorian_year, roc_year, show_roc
from corpus.numerals import to_chinese

DAY = "day"


def found(text: str, year: int | None = None) -> list[tuple[str, str, str, str]]:
    return [
        (text[s.start : s.end], str(s.first), str(s.last), s.precision) for s in find_dates(text, year=year)
    ]


@pytest.mark.parametrize(
    ("text", "first", "last", "precision"),
    [
        ("109年2月8日", "2020-02-08", "2020-02-08", "day"),
        ("109 年 2 月 8 日", "2020-02-08", "2020-02-08", "day"),
        ("109/2/8", "2020-02-08", "2020-02-08", "day"),
        ("115.04.26", "2026-04-26", "2026-04-26", "day"),
        ("2020-02-08", "2020-02-08", "2020-02-08", "day"),
        ("中華民國113年2月29日", "2024-02-29", "2024-02-29", "day"),
        ("民國一百零九年二月", "2020-02-01", "2020-02-29", "month"),
        ("二〇二〇年二月八日", "2020-02-08", "2020-02-08", "day"),
        ("2020年2月", "2020-02-01", "2020-02-29", "month"),
        ("今(111)年3月", "2022-03-01", "2022-03-31", "month"),
        ("2020年", "2020-01-01", "2020-12-31", "year"),
        ("109年", "2020-01-01", "2020-12-31", "year"),
        ("民國88年", "1999-01-01", "1999-12-31", "year"),
        ("去(110)年", "2021-01-01", "2021-12-31", "year"),
        ("8 February 2020", "2020-02-08", "2020-02-08", "day"),
        ("Feb 2020", "2020-02-01", "2020-02-29", "month"),
        ("109 年 2 月 8 日至 14 日", "2020-02-08", "2020-02-14", "day"),
        ("113年4月1-7日", "2024-04-01", "2024-04-07", "day"),
        ("113年12月28日至1月3日", "2024-12-28", "2025-01-03", "day"),
        ("109年2月8日(星期六)至2月14日", "2020-02-08", "2020-02-14", "day"),
        ("115/4/26-30", "2026-04-26", "2026-04-30", "day"),
        ("113.4.1-113.4.7", "2024-04-01", "2024-04-07", "day"),
        ("113.4.1-4.7", "2024-04-01", "2024-04-07", "day"),
        ("109年2月至3月", "2020-02-01", "2020-03-31", "month"),
        ("109–113年", "2020-01-01", "2024-12-31", "year"),
        ("2019至2022年", "2019-01-01", "2022-12-31", "year"),
        ("8–14 February 2020", "2020-02-08", "2020-02-14", "day"),
        ("February 8–14, 2020", "2020-02-08", "2020-02-14", "day"),
        ("27 Feb–1 Mar 2023", "2023-02-27", "2023-03-01", "day"),
    ],
)
def test_a_written_form_is_found_whole(text: str, first: str, last: str, precision: str) -> None:
    assert found(text) == [(text, first, last, precision)]


def test_a_year_from_outside_completes_a_date() -> None:
    assert found("4/26–4/30", 2026) == [("4/26–4/30", "2026-04-26", "2026-04-30", "day")]
    assert found("3月23日(三)", 2022) == [("3月23日", "2022-03-23", "2022-03-23", "day")]
    assert found("4/26–4/30") == []


@pytest.mark.parametrize(
    "text",
    [
        "113年2月30日",
        "2020-13-01",
        "歷經四年",
        "100 年歷史",
        "每 2 年",
        "2020 人",
        "第 21 屆",
        "1.5 公里",
        "25 年",
        "9 時 45 分",
    ],
)
def test_what_is_no_date_is_not_found(text: str) -> None:
    assert found(text) == []


def test_a_bare_year_in_a_question() -> None:
    assert found("我們在 2020 阿布達比那次會議學到什麼？") == [("2020", "2020-01-01", "2020-12-31", "year")]


DAYS = st.dates(date(1950, 1, 1), date(2059, 12, 31))


@given(DAYS)
def test_every_day_is_read_back_from_every_way_to_write_it(day: date) -> None:
    roc = roc_year(day.year)
    for text in (
        show_roc(day),
        f"民國{to_chinese(roc)}年{to_chinese(day.month)}月{to_chinese(day.day)}日",
        f"{day.year}年{day.month}月{day.day}日",
        day.isoformat(),
        f"{day.year}/{day.month:02}/{day.day:02}",
    ):
        assert [(span.first, span.last, span.precision) for span in find_dates(text)] == [(day, day, DAY)]
    assert gregorian_year(roc) == day.year


@given(DAYS, st.integers(1, 300))
def test_a_range_is_read_back(first: date, days: int) -> None:
    last = first + timedelta(days)
    (span,) = find_dates(f"自{show_roc(first)}起至{show_roc(last)}止")
    assert (span.first, span.last) == (first, last)


@given(st.text(alphabet="0123456789年月日/.-–至 民國一十Feb()", max_size=60))
def test_spans_lie_in_the_text_in_order_and_first_is_not_after_last(text: str) -> None:
    end = 0
    for span in find_dates(text, year=2020):
        assert end <= span.start < span.end <= len(text)
        assert span.first <= span.last
        end = span.end
