"""What a sentence cites, as the verifier sees it: a passage, the headings above it, and its report's facts.

A frozen value built from a report (or its row in the archive) and a passage. Decides nothing.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Protocol

from corpus.report import ChapterKind, Passage


class Facts(Protocol):
    """What a report, or its row in a list of reports, says of itself."""

    @property
    def id(self) -> str: ...
    @property
    def title(self) -> str: ...
    @property
    def agency(self) -> str: ...
    @property
    def countries(self) -> tuple[str, ...]: ...
    @property
    def cities(self) -> tuple[str, ...]: ...
    @property
    def events(self) -> tuple[str, ...]: ...
    @property
    def start_date(self) -> date | None: ...
    @property
    def end_date(self) -> date | None: ...
    @property
    def report_date(self) -> date | None: ...
    @property
    def people(self) -> tuple[str, ...]: ...


@dataclass(frozen=True)
class Ground:
    """`text` is the report's stored text from `start` on; `path` are the headings above it."""

    report_id: str
    title: str
    agency: str
    places: tuple[str, ...]
    events: tuple[str, ...]
    people: tuple[str, ...]
    start_date: date | None
    end_date: date | None
    report_date: date | None
    chapter: ChapterKind
    path: tuple[str, ...]
    text: str
    start: int

    @classmethod
    def of(cls, report: Facts, passage: Passage) -> Ground:
        """The ground that a passage of the report gives."""
        return cls(
            report_id=report.id,
            title=report.title,
            agency=report.agency,
            places=(*report.countries, *report.cities),
            events=report.events,
            people=report.people,
            start_date=report.start_date,
            end_date=report.end_date,
            report_date=report.report_date,
            chapter=passage.chapter,
            path=passage.path,
            text=passage.text,
            start=passage.start,
        )

    @property
    def year(self) -> int | None:
        """The year that completes dates written without one."""
        day = self.start_date or self.report_date
        return day.year if day else None

    @property
    def head(self) -> str:
        """The headings and what the report says of itself, as one text."""
        return "\n".join((self.title, self.agency, *self.path, *self.places, *self.events))
