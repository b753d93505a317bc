"""The recommendations of one report as records: every item of 建議, and what is recommended elsewhere.

A sentence of another chapter that recommends is an implicit one; advice to others is marked as such, and
a sentence that only closes the report is none. Pure over `Report`; knows no store and no other report.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from assistant.advice import Addressee, Advice
from assistant.topics import Topics
from corpus.report import Chapter, ChapterKind, DocType, Item, Report
from index.sentences import split_sentences

# A 摘要 repeats what the chapters say, an 附錄 is by others, the 目的 is written before the trip.
LOOKED_IN: frozenset[ChapterKind] = frozenset({"process", "reflections", "reflections_and_recommendations"})
# News tells of others; slides of a trip may have chapters as a report has.
TRAVELLED: frozenset[DocType] = frozenset({"trip_report", "briefing"})
SHORTEST, LONGEST = 12, 400


@dataclass(frozen=True)
class Recommendation:
    """One recommendation; `text[start:end]` of the report holds it with number and heading.

    `id` is the report's id and the offset; `key` says which words they are, whatever the report's id.
    `date` is the first day of the trip, else that of the report. `actor` is who is to act, if that is said.
    """

    id: str
    report_id: str
    file: str
    title: str
    date: date | None
    number: str
    heading: str
    text: str
    page: int
    start: int
    end: int
    term: str
    implicit: bool
    addressee: Addressee
    actor: str
    topic: str

    @property
    def key(self) -> str:
        """A hash of heading and text without white space."""
        return hashlib.sha256("".join((self.heading + self.text).split()).encode()).hexdigest()[:20]


@dataclass(frozen=True)
class Place:
    """Where a recommendation stands in its report, and what its words tell of it."""

    start: int
    end: int
    implicit: bool
    addressee: Addressee
    topic: str


class Finder:
    """Finds recommendations with the tables that it is given."""

    def __init__(self, advice: Advice, topics: Topics) -> None:
        self._advice = advice
        self.topics = topics

    @classmethod
    def load(cls) -> Finder:
        """The finder with the project's own tables."""
        return cls(Advice.load(), Topics.load())

    def find(self, report: Report) -> tuple[Recommendation, ...]:
        """All recommendations of a report, in the order of its text."""
        return tuple(self.record(report, place) for place in self.places(report))

    def places(self, report: Report) -> tuple[Place, ...]:
        """Where they stand, in the order of its text."""
        if report.doc_type not in TRAVELLED:
            return ()
        items = [item for item in report.items if item.kind == "recommendations"]
        found = [self._formal(report, item) for item in items if self._recommends(item)]
        found += [
            place
            for chapter in report.chapters
            if chapter.kind in LOOKED_IN
            for place in self._implicit(report, chapter, items)
        ]
        return tuple(sorted(found, key=lambda place: place.start))

    def record(self, report: Report, place: Place) -> Recommendation:
        """The recommendation at a place of the report."""
        item = None if place.implicit else _item_at(report, place.start)
        heading = item.heading if item else _heading_over(report, place.start)
        text = item.text if item else report.text[place.start : place.end]
        return Recommendation(
            id=f"{report.id}-{place.start}",
            report_id=report.id,
            file=report.file,
            title=report.title,
            date=report.start_date or report.report_date,
            number=item.number if item else "",
            heading=heading,
            text=text,
            page=report.page_at(place.start),
            start=place.start,
            end=place.end,
            term=item.term if item else "",
            implicit=place.implicit,
            addressee=place.addressee,
            actor=self._advice.actor(f"{heading if item else ''}\n{text}"),
            topic=place.topic,
        )

    def _recommends(self, item: Item) -> bool:
        """Whether the item is one: not where it only sums up, or says that there is none."""
        return bool(item.number) or not self._advice.sums_up(item.text)

    def _formal(self, report: Report, item: Item) -> Place:
        """The item is for the city unless its first sentence that recommends says otherwise."""
        said = (item.text[first:last] for first, last in split_sentences(item.text))
        told = (self._advice.addressee(sentence, "recommendations", report.agency) for sentence in said)
        addressee: Addressee = next((one for one in told if one), "own")
        return Place(item.start, item.end, False, addressee, self.topics.of(item.heading, item.text))

    def _implicit(self, report: Report, chapter: Chapter, items: list[Item]) -> Iterator[Place]:
        for first, last in split_sentences(report.text[chapter.body : chapter.end]):
            start, end = chapter.body + first, chapter.body + last
            # What stands in a heading is said again below it.
            passed = any(one.start <= start < one.body for one in report.sections)
            if (
                passed
                or not SHORTEST <= end - start <= LONGEST
                or any(i.start <= start < i.end for i in items)
            ):
                continue
            addressee = self._advice.addressee(report.text[start:end], chapter.kind, report.agency)
            if addressee:
                topic = self.topics.of(_heading_over(report, start), report.text[start:end])
                yield Place(start, end, True, addressee, topic)


def _item_at(report: Report, start: int) -> Item | None:
    items = (one for one in report.items if one.kind == "recommendations" and one.start == start)
    return next(items, None)


def _heading_over(report: Report, offset: int) -> str:
    """The innermost heading under which the sentence stands."""
    over = [s for s in report.sections if s.body <= offset < s.end]
    if over:
        return max(over, key=lambda section: section.start).heading
    chapter = report.chapter_at(offset)
    return chapter.heading if chapter else ""
