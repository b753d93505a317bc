"""Questions to start from, made of what the archive holds. Pure: metadata rows in, questions out."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Protocol

from corpus.report import ChapterKind, DocType

MERGED: ChapterKind = "reflections_and_recommendations"
# A question fits a report that has one of these chapters.
QUESTIONS: tuple[tuple[str, tuple[ChapterKind, ...]], ...] = (
    ("{trip}學到什麼？", ("reflections", MERGED)),
    ("{trip}有哪些建議？", ("recommendations", MERGED)),
    ("{trip}的目的是什麼？", ("purpose",)),
    ("{trip}拜會了哪些單位？", ("process",)),
)


class Row(Protocol):
    """The metadata of a report that a question is made of."""

    @property
    def doc_type(self) -> DocType: ...
    @property
    def events(self) -> tuple[str, ...]: ...
    @property
    def cities(self) -> tuple[str, ...]: ...
    @property
    def countries(self) -> tuple[str, ...]: ...
    @property
    def start_date(self) -> date | None: ...
    @property
    def chapters(self) -> tuple[ChapterKind, ...]: ...


def build_samples(rows: Sequence[Row]) -> tuple[str, ...]:
    """One question of each kind, each about another trip, the latest trips first."""
    trips = [row for row in rows if row.doc_type == "trip_report" and name_trip(row)]
    trips.sort(key=lambda row: row.start_date or date.min, reverse=True)
    asked: list[Row] = []
    questions = []
    for pattern, chapters in QUESTIONS:
        fitting = [row for row in trips if set(chapters) & set(row.chapters)]
        fresh = [row for row in fitting if row not in asked]
        if not fitting:
            continue
        row = (fresh or fitting)[0]
        asked.append(row)
        questions.append(pattern.format(trip=name_trip(row)))
    return tuple(questions)


def name_trip(row: Row) -> str:
    """How a colleague would name this trip: "2020 年阿布達比那次"; empty where nothing is known."""
    year = f"{row.start_date.year} 年" if row.start_date else ""
    place = "、".join(row.cities[:1]) or "、".join(row.countries[:1])
    if place:
        return f"{year}{place}那次出國"
    return f"{year}{row.events[0]}" if row.events else ""
