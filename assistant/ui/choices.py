"""The choices of the page's filters, and the filter that the chosen ones mean. Pure values."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from assistant.answer import AskFilter
from assistant.filters import CHAPTERS, find_chapters

Choice = tuple[str, str]
NAMED_CHAPTERS = [(name, name) for name in CHAPTERS]


@dataclass(frozen=True)
class Choices:
    """What can be chosen: (label, value) pairs; years are Gregorian, shown in both calendars."""

    years: tuple[int, ...] = ()
    countries: tuple[str, ...] = ()
    reports: tuple[Choice, ...] = ()

    @classmethod
    def from_rows(cls, rows: Sequence[Any]) -> Choices:
        """The years, countries and titles that the archive holds."""
        days = [row.start_date or row.report_date for row in rows]
        return cls(
            years=tuple(sorted({day.year for day in days if day})),
            countries=tuple(sorted({country for row in rows for country in row.countries})),
            reports=tuple(sorted((row.title or row.file, row.id) for row in rows)),
        )

    @property
    def named_years(self) -> list[Choice]:
        """Years as the user reads them: 2020（109 年）."""
        return [("不限", ""), *((f"{year}（{year - 1911} 年）", str(year)) for year in self.years)]


def read_choices(
    first: str | None,
    last: str | None,
    countries: Sequence[str],
    chapters: Sequence[str],
    reports: Sequence[str],
) -> AskFilter:
    """The filter the chosen values mean; one year alone is open to the other side."""
    years = None
    if first or last:
        low, high = int(first or 0), int(last or 9999)
        years = (min(low, high), max(low, high))
    return AskFilter(years, tuple(countries), find_chapters(chapters), tuple(reports))


def describe(where: AskFilter, chapters: Sequence[str]) -> str:
    """The filter in words, empty for the whole archive."""
    parts = []
    if where.years:
        low, high = where.years
        parts.append(f"{low or ''}–{high if high < 9999 else ''} 年" if low != high else f"{low} 年")
    parts += [*where.countries, *chapters]
    if where.reports:
        parts.append(f"{len(where.reports)} 份報告")
    return "、".join(parts)
