"""Before a trip: who went to the like before, what they learned, what they recommended, what is still open.

The last three years come first. Open is every recommendation that people have not settled in the ledger; the
reports themselves do not say what became of them. Reads reports; judges nothing.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Literal, Protocol

from assistant.answer import AskFilter, Citation
from assistant.catalogue import Catalogue, when
from assistant.citations import CitationList
from assistant.filters import FIRST_YEAR, LAST_YEAR
from assistant.ledger import Ledger, Wanted
from assistant.matching import SYNONYM, strength
from assistant.question import Question
from assistant.sources import passes
from assistant.statuses import STATUSES, UNFILLED
from assistant.terms import Term, plain
from corpus.names import Names
from corpus.report import Item, Report
from index.archive import Archive, ReportRow
from index.tokenise import fold

Why = Literal["event", "series", "place", "topic"]
WHY_NAMES: dict[Why, str] = {
    "event": "同一活動",
    "series": "同系列活動",
    "place": "同一地點",
    "topic": "同一主題",
}
WEIGHTS: dict[Why, int] = {"event": 8, "series": 4, "place": 2, "topic": 1}
RECENT_YEARS = 3
MOST_TRIPS, MOST_LEARNED, LOOKED_AT = 10, 4, 60


@dataclass(frozen=True)
class Plan:
    """A trip that is planned, at least one of the three is given; and the past years that are looked at."""

    event: str = ""
    place: str = ""
    topic: str = ""
    years: tuple[int, int] | None = None

    @property
    def text(self) -> str:
        """All that is known of it."""
        return " ".join(part for part in (self.event, self.place, self.topic) if part)

    @property
    def named(self) -> str:
        """The same in quotation marks, with the years."""
        low, high = self.years or (FIRST_YEAR, LAST_YEAR)
        span = "–".join(dict.fromkeys(str(y) for y in (low, high) if FIRST_YEAR < y < LAST_YEAR))
        since = "" if low > FIRST_YEAR or not span else "至 "
        until = "起" if span and high >= LAST_YEAR else ""
        return f"「{self.text}」" + (f"（{since}{span} 年{until}）" if span else "")


@dataclass(frozen=True)
class Lesson:
    """An item of a past report, with the number of its citation; `status` where it is a recommendation."""

    number: str
    heading: str
    text: str
    citation: int
    status: str = ""

    @property
    def is_open(self) -> bool:
        """Whether it is a recommendation that nobody has settled."""
        return bool(self.status) and not STATUSES[self.status].is_settled


@dataclass(frozen=True)
class SimilarTrip:
    """A past trip: why it is alike, whether it lies within the last three years, and its items."""

    row: ReportRow
    why: tuple[Why, ...]
    is_recent: bool
    learned: tuple[Lesson, ...]
    recommended: tuple[Lesson, ...]


@dataclass(frozen=True)
class Precheck:
    """What the archive holds for a plan; empty where there was no such trip."""

    plan: Plan
    trips: tuple[SimilarTrip, ...]
    citations: tuple[Citation, ...] = field(default=())


class Archivist(Protocol):
    """What has the archive and understands a question, as the assistant does."""

    archive: Archive
    names: Names

    @property
    def ledger(self) -> Ledger:
        """The recommendations of the archive."""

    def understand(self, text: str) -> Question:
        """The question that a text asks."""


def precheck(assistant: Archivist, plan: Plan, today: date) -> Precheck:
    """The similar trips of the archive, the last three years first, each with its items cited."""
    archive = assistant.archive
    catalogue = Catalogue.build(archive.reports(), assistant.names)
    terms = [t for t in assistant.understand(plan.topic).terms if not t.is_phrase] if plan.topic else []
    why = _reasons(assistant, plan, catalogue, terms)
    within = AskFilter(years=plan.years)
    rows = [row for row in archive.reports() if row.id in why and passes(row, within)]
    rows = [row for row in rows if row.doc_type == "trip_report"]
    rows = sorted(rows, key=lambda row: _order(row, why[row.id], today), reverse=True)[:MOST_TRIPS]
    cited = _Cited(_statuses(assistant.ledger, rows))
    trips = [
        _trip(archive.report(row.id), row, why[row.id], _is_recent(row, today), terms, cited) for row in rows
    ]
    return Precheck(plan, tuple(trips), cited.citations.all)


class _Cited:
    """The citations so far, and what people say became of recommendations, by report and place."""

    def __init__(self, statuses: dict[tuple[str, int], str]) -> None:
        self._statuses = statuses
        self.citations = CitationList()

    def lesson(self, report: Report, item: Item) -> Lesson:
        """The item as a lesson."""
        n = self.citations.cite(report, item.start, item.end).n
        advised = item.kind == "recommendations"
        status = self._statuses.get((report.id, item.start), UNFILLED) if advised else ""
        return Lesson(item.number, item.heading, item.text, n, status)


def _statuses(ledger: Ledger, rows: Sequence[ReportRow]) -> dict[tuple[str, int], str]:
    if not rows:
        return {}
    wanted = Wanted(where=AskFilter(reports=tuple(row.id for row in rows)))
    records = ledger.records(wanted)
    return {(r.recommendation.report_id, r.recommendation.start): r.follow_up.status for r in records}


def _reasons(
    assistant: Archivist, plan: Plan, catalogue: Catalogue, terms: Sequence[Term]
) -> dict[str, tuple[Why, ...]]:
    question = assistant.understand(f"{plan.event} {plan.place}") if plan.event or plan.place else None
    found: dict[Why, set[str]] = {"event": set(), "series": set(), "place": set(), "topic": set()}
    for event in question.events if question else ():
        found["event"] |= catalogue.of_event(event)
        found["series"] |= catalogue.of_series(event)
    if plan.event:
        found["event"] |= {key for key, row in catalogue.rows.items() if fold(plan.event) in _about(row)}
    for place in question.places if question else ():
        found["place"] |= catalogue.of_place(place)
    if plan.place:
        found["place"] |= {key for key, row in catalogue.rows.items() if fold(plan.place) in _about(row)}
    found["series"] -= found["event"]
    found["topic"] = set(_of_topic(assistant.archive, plan.topic, terms))
    keys = set().union(*found.values())
    return {key: tuple(why for why, ids in found.items() if key in ids) for key in keys}


def _about(row: ReportRow) -> str:
    return fold(" ".join((row.title, *row.events, *row.countries, *row.cities)))


def _of_topic(archive: Archive, topic: str, terms: Sequence[Term]) -> Iterator[str]:
    """Reports of which some passage speaks of every term of the topic."""
    if not topic.strip():
        return
    for hit in archive.search(topic, LOOKED_AT):
        if terms and _speaks_of(terms, " ".join((*hit.passage.path, hit.passage.text))):
            yield hit.passage.report_id


def _speaks_of(terms: Sequence[Term], text: str) -> bool:
    folded = plain(text)
    return all(strength(term, folded) >= SYNONYM for term in terms)


def _is_recent(row: ReportRow, today: date) -> bool:
    moment = when(row)
    return moment is not None and (today.year - moment.year, today.month, today.day) <= (
        RECENT_YEARS, moment.month, moment.day)  # fmt: skip


def _order(row: ReportRow, why: Sequence[Why], today: date) -> tuple[bool, int, date, str]:
    return _is_recent(row, today), sum(WEIGHTS[one] for one in why), when(row) or date.min, row.file


def _trip(
    report: Report, row: ReportRow, why: tuple[Why, ...], is_recent: bool, terms: Sequence[Term],
    cited: _Cited,
) -> SimilarTrip:  # fmt: skip
    learned = [item for item in report.items if item.kind == "reflections"]
    if terms:
        learned.sort(key=lambda item: not _speaks_of(terms, f"{item.heading} {item.text}"))
    advised = [item for item in report.items if item.kind == "recommendations"]
    return SimilarTrip(
        row,
        why,
        is_recent,
        tuple(cited.lesson(report, item) for item in learned[:MOST_LEARNED]),
        tuple(cited.lesson(report, item) for item in advised),
    )


def precheck_json(found: Precheck) -> dict[str, Any]:
    """The precheck in the stable shape of the command line."""
    return {
        "plan": vars(found.plan),
        "trips": [
            {
                "report_id": trip.row.id,
                "file": trip.row.file,
                "title": trip.row.title,
                "start_date": trip.row.start_date.isoformat() if trip.row.start_date else None,
                "recent": trip.is_recent,
                "why": list(trip.why),
                "learned": [vars(lesson) for lesson in trip.learned],
                "recommended": [vars(lesson) for lesson in trip.recommended],
            }
            for trip in found.trips
        ],
        "open": [
            {
                "report_id": trip.row.id,
                "number": lesson.number,
                "heading": lesson.heading,
                "citation": lesson.citation,
                "status": lesson.status,
            }
            for trip in found.trips
            for lesson in trip.recommended
            if lesson.is_open
        ],
        "citations": [
            {name: value for name, value in vars(c).items() if name != "gloss"} for c in found.citations
        ],
    }
