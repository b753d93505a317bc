"""The trip that a draft or a plan is about, and the reports of the archive that may be of the same trip.

Dates in either calendar; an end before its beginning is refused. Reads metadata only.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from corpus.dates import find_dates, roc_year, show_roc
from corpus.names import Names
from corpus.report import XindeError
from index.archive import ReportRow
from index.tokenise import fold

_SPLIT = re.compile(r"[、,，/\s]+")
LEAST_SHARED = 4


class TripError(XindeError):
    """A trip that cannot be; the sentence names the value and how to write it."""


@dataclass(frozen=True)
class Trip:
    """What is known of a trip; whatever is not is empty."""

    event: str = ""
    place: str = ""
    first: date | None = None
    last: date | None = None
    agency: str = ""
    people: str = ""

    @classmethod
    def read(
        cls,
        event: str = "",
        place: str = "",
        first: str = "",
        last: str = "",
        agency: str = "",
        people: str = "",
    ) -> Trip:
        """The trip as the words of a command line or a form say it; raises `TripError`."""
        begin, end = _day(first, "開始日期"), _day(last, "結束日期")
        if begin and end and end < begin:
            raise TripError(
                f"結束日期 {show_roc(end)}早於開始日期 {show_roc(begin)}。請檢查兩個日期是否填反了。"
            )
        return cls(event.strip(), place.strip(), begin, end, agency.strip(), people.strip())

    @property
    def places(self) -> tuple[str, ...]:
        """The places one by one."""
        return tuple(part for part in _SPLIT.split(self.place) if part)

    @property
    def period(self) -> str:
        """The days as the cover of a report writes them."""
        if self.first is None:
            return ""
        return show_roc(self.first) + (
            f"至 {show_roc(self.last)}" if self.last and self.last != self.first else ""
        )

    @property
    def title(self) -> str:
        """What the report may be called."""
        if self.event:
            return f"{f'赴{self.place}' if self.place else ''}出席{spaced_name(self.event)}出國報告"
        return f"赴{self.place}考察出國報告" if self.place else "出國報告"


def _day(text: str, what: str) -> date | None:
    if not text.strip():
        return None
    found = find_dates(text)
    if len(found) != 1 or found[0].precision != "day" or found[0].first != found[0].last:
        raise TripError(f"{what}「{text}」看不懂。請寫成 115/4/26 或 2026-04-26。")
    return found[0].first


def spaced_name(name: str) -> str:
    """The name with a space where a Latin letter would touch a Chinese one."""
    return f"{' ' if name[:1].isascii() else ''}{name}{' ' if name[-1:].isascii() else ''}"


def known_reports(trip: Trip, rows: Sequence[ReportRow], names: Names) -> tuple[ReportRow, ...]:
    """The trip reports that may be of this very trip: days that overlap, and the same event or place."""
    return tuple(
        row
        for row in rows
        if row.doc_type == "trip_report" and _same_days(trip, row) and _same_matter(trip, row, names)
    )


def _same_days(trip: Trip, row: ReportRow) -> bool:
    if trip.first is None or row.start_date is None:
        return False
    return trip.first <= (row.end_date or row.start_date) and row.start_date <= (trip.last or trip.first)


def _same_matter(trip: Trip, row: ReportRow, names: Names) -> bool:
    about = fold(" ".join((row.title, *row.events, *row.countries, *row.cities)))
    if any(fold(place) in about for place in trip.places):
        return True
    entities = {mention.entity.name for mention in names.find(trip.event)}
    known = {mention.entity.name for event in (*row.events, row.title) for mention in names.find(event)}
    return bool(entities & known) or (len(trip.event) >= LEAST_SHARED and fold(trip.event) in about)


def year_of(row: ReportRow) -> int | None:
    """The ROC year of a report's trip, or of the report."""
    day = row.start_date or row.report_date
    return roc_year(day.year) if day else None
