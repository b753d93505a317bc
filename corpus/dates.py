"""Dates of both calendars in running text: found, ranged, checked against the calendar, shown.

Pure functions over a string. Knows nothing of documents; a year that the text leaves out is
taken from the `year` argument only.
"""

from __future__ import annotations

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date
from typing import Literal

from corpus.date_forms import BLANK, DASH, MONTH_NAMES, ROC_OFFSET, DatePart, find_parts

Precision = Literal["day", "month", "year"]
_FIRST_YEAR, _LAST_YEAR = 1850, 2150
_PRECISIONS: tuple[Precision, ...] = ("year", "month", "day")


@dataclass(frozen=True)
class DateSpan:
    """`text[start:end]` names the days `first` to `last`; `precision` is the coarser of its ends."""

    start: int
    end: int
    first: date
    last: date
    precision: Precision


_WEEKDAY = rf"(?:{BLANK}[(（]{BLANK}(?:星期|週|周|禮拜)?[一二三四五六日天]{BLANK}[)）])?"
_LINK = re.compile(rf"{_WEEKDAY}{BLANK}(?:{DASH}|至|到|迄|起至|起至|to\b|until\b|through\b){BLANK}", re.I)


def roc_year(year: int) -> int:
    """The ROC year of a Gregorian one: 2020 → 109."""
    return year - ROC_OFFSET


def gregorian_year(roc: int) -> int:
    """The Gregorian year of an ROC one: 109 → 2020."""
    return roc + ROC_OFFSET


def show_roc(day: date) -> str:
    """A day as the reports write it: 109 年 2 月 8 日."""
    return f"{roc_year(day.year)} 年 {day.month} 月 {day.day} 日"


def find_dates(text: str, *, year: int | None = None) -> tuple[DateSpan, ...]:
    """Every date, month, year and range of them in `text`, in order; impossible dates are left out.

    `year` completes dates written without one (4/26, 2月8日).
    """
    groups: list[list[DatePart]] = []
    for part in find_parts(text):
        group = groups[-1] if groups else None
        if group and len(group) == 1 and _linked(text, group[0], part):
            group.append(part)
        elif part.explicit or _starts_english_range(text, part):
            groups.append([part])
    spans = (_span(group, year) for group in groups)
    return tuple(span for span in spans if span)


def _linked(text: str, before: DatePart, part: DatePart) -> bool:
    link = _LINK.match(text, before.end, before.end + 20)
    if not link or link.end() != part.start:
        return False
    if part.explicit:
        return True
    # a bare number ends a range of days only: "4/26–30", "2月8日至14日"
    return part.day is not None and (before.day is not None)


def _starts_english_range(text: str, part: DatePart) -> bool:
    """ "8–14 February 2020": the 8 stands before its month."""
    if part.day is None or text[part.end - 1] in "日號":
        return False
    tail = text[part.end : part.end + 30]
    return bool(
        re.match(rf"{BLANK}(?:{DASH}|to){BLANK}[0-9]{{1,2}}[a-z]{{0,2}} (?:{MONTH_NAMES})\b", tail, re.I)
    )


def _span(group: list[DatePart], year: int | None) -> DateSpan | None:
    """The span of one date or of both ends of a range, each completed from the other."""
    head, tail = group[0], group[-1]
    years = (head.year or tail.year or year, tail.year or head.year or year)
    months = (head.month or tail.month if head.day else head.month, tail.month or head.month)
    first = _bounds(years[0], months[0], head.day)
    last = _bounds(years[1], months[1], tail.last_day or tail.day)
    if first and last and last[1] < first[0] and not tail.year and years[1]:
        last = _bounds(years[1] + 1, months[1], tail.day)
    if not first or not last or last[1] < first[0]:
        return None
    precision = _PRECISIONS[min(_fineness(months[0], head.day), _fineness(months[1], tail.day))]
    return DateSpan(head.start, tail.end, first[0], last[1], precision)


def _fineness(month: int | None, day: int | None) -> int:
    return 0 if month is None else 1 if day is None else 2


def _bounds(year: int | None, month: int | None, day: int | None) -> tuple[date, date] | None:
    """First and last day of a year, month or day; None where the calendar has no such thing."""
    if year is None or not _FIRST_YEAR <= year <= _LAST_YEAR:
        return None
    if month is None:
        return (date(year, 1, 1), date(year, 12, 31)) if day is None else None
    if not 1 <= month <= 12:
        return None
    days = monthrange(year, month)[1]
    if day is None:
        return date(year, month, 1), date(year, month, days)
    return (date(year, month, day),) * 2 if 1 <= day <= days else None
