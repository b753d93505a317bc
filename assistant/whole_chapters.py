"""Answers to questions for a chapter: whole items of 心得 or 建議, the 目的, the days of a trip.

Where the question also names a topic, only the items that speak to it are kept. Returns pieces of
reports; wording and citation are done elsewhere.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from assistant.compose import Piece, span_piece
from assistant.evidence import Focus, whole_sentences
from assistant.matching import Weighted, coverage
from assistant.terms import plain
from corpus.dates import DateSpan, find_dates
from corpus.report import Chapter, ChapterKind, Item, Report, Section

BUDGET = 1000
ITEM_KINDS: dict[ChapterKind, str] = {"reflections": "reflections", "recommendations": "recommendations"}
ON_TOPIC = 0.3
NEAR_BEST = 0.6
SHORT_KINDS: frozenset[ChapterKind] = frozenset({"purpose"})
PARAGRAPH = re.compile(r"\S[^\n]*")

Span = tuple[int, int]


@dataclass(frozen=True)
class Wish:
    """What is wanted of chapters: their kinds, a topic, days, one item by number (0 for any), a term."""

    kinds: frozenset[ChapterKind]
    topic: tuple[Weighted, ...] = ()
    days: tuple[DateSpan, ...] = ()
    item: int = 0
    term: str = ""


@dataclass(frozen=True)
class _Choice:
    """Spans of one text unit, each longer than the one before, with how well it meets the topic."""

    report: Report
    spans: tuple[Span, ...]
    score: float


def chapter_pieces(reports: Sequence[Report], wish: Wish, budget: int = BUDGET) -> dict[str, list[Piece]]:
    """The pieces of the wanted chapters by report id, within `budget` characters in all.

    With a topic the best matching units are shown whole first; without, all get their share.
    """
    choices = [choice for report in reports for choice in _choices(report, wish)]
    if wish.topic:
        best = max((choice.score for choice in choices), default=0.0)
        choices = [c for c in choices if best >= ON_TOPIC and c.score >= NEAR_BEST * best]
        choices.sort(key=lambda choice: -choice.score)
    found: dict[str, list[Piece]] = {}
    for choice, span in _fit(choices, budget, greedy=bool(wish.topic)):
        found.setdefault(choice.report.id, []).append(span_piece(choice.report, *span))
    return {key: sorted(pieces, key=lambda piece: piece.start) for key, pieces in found.items()}


def has_chapter(report: Report, kinds: frozenset[ChapterKind]) -> bool:
    """Whether the report has a chapter or an item of one of the kinds."""
    return any(c.kind in kinds for c in report.chapters) or bool(_items(report, kinds))


def topic_of(focus: Focus) -> tuple[Weighted, ...]:
    """The terms that narrow a chapter down: telling words, or the names where there are no others."""
    telling = tuple(item for item in focus.terms if item.is_telling)
    return tuple(item for item in telling if not item.term.exact) or telling


def _choices(report: Report, wish: Wish) -> list[_Choice]:
    items = _items(report, wish.kinds)
    if wish.term and any(item.term for item in items):
        items = [item for item in items if wish.term in item.term]
    if wish.item:
        items = items[wish.item - 1 : wish.item]
    units = [_item_spans(report, item) for item in items]
    if not (wish.item or (wish.term and items)):
        for chapter in report.chapters:
            if chapter.kind in wish.kinds and not any(chapter.start <= i.start < chapter.end for i in items):
                units += _chapter_units(report, chapter, wish)
    return [_Choice(report, unit, _score(report, unit[-1], wish)) for unit in units if unit]


def _items(report: Report, kinds: frozenset[ChapterKind]) -> list[Item]:
    wanted = {ITEM_KINDS[kind] for kind in kinds if kind in ITEM_KINDS}
    return [item for item in report.items if item.kind in wanted]


def _score(report: Report, span: Span, wish: Wish) -> float:
    """How well the unit meets the topic; a 目的 is short and meets any."""
    if not wish.topic or wish.kinds <= SHORT_KINDS:
        return 1.0
    return coverage(wish.topic, plain(report.text[span[0] : span[1]]))


def _item_spans(report: Report, item: Item) -> tuple[Span, ...]:
    """Spans from the item's start to the end of each of its sentences, the heading never alone."""
    ends = [item.start + end for _, end in whole_sentences(report.text[item.start : item.end])]
    if item.number and len(ends) > 1:
        ends = ends[1:]
    return tuple((item.start, end) for end in ends) or ((item.start, item.end),)


def _chapter_units(report: Report, chapter: Chapter, wish: Wish) -> list[tuple[Span, ...]]:
    sections = [s for s in report.sections if chapter.start <= s.start < chapter.end]
    on_day = [s for s in sections if s.level == 1 and _falls_on(s, wish.days)]
    if on_day:
        return [unit for section in on_day for unit in _of_day(report, section)]
    if chapter.kind == "process" and not wish.topic and sections:
        return [_opening(report, section) for section in sections]
    return [((start, end),) for start, end in _sentence_spans(report, chapter.body, chapter.end)]


def _of_day(report: Report, section: Section) -> list[tuple[Span, ...]]:
    """The day whole where it is short, else the openings of its paragraphs."""
    if section.end - section.start <= BUDGET:
        return [
            ((section.start, section.body), *_sentences(report, section.body, section.end, section.start))
        ]
    units: list[tuple[Span, ...]] = [((section.start, section.body),)]
    for found in PARAGRAPH.finditer(report.text, section.body, section.end):
        units.append(tuple(_sentences(report, found.start(), found.end(), found.start())))
    return units


def _falls_on(section: Section, days: Sequence[DateSpan]) -> bool:
    fine = [day for day in days if day.precision == "day"]
    if not fine:
        return False
    named = find_dates(section.heading, year=fine[0].first.year)
    return any(
        day.first <= name.first <= day.last for day in fine for name in named if name.precision == "day"
    )


def _opening(report: Report, section: Section) -> tuple[Span, ...]:
    """A section's heading, with its first sentence where that follows at once."""
    sentences = _sentence_spans(report, section.body, section.end)
    heading = (section.start, section.start + len(report.text[section.start : section.body].rstrip()))
    return (heading, (section.start, sentences[0][1])) if sentences and section.level == 1 else (heading,)


def _sentences(report: Report, start: int, end: int, origin: int) -> list[Span]:
    return [(origin, stop) for _, stop in _sentence_spans(report, start, end)]


def _sentence_spans(report: Report, start: int, end: int) -> list[Span]:
    return [(start + first, start + last) for first, last in whole_sentences(report.text[start:end])]


def _fit(choices: Sequence[_Choice], budget: int, *, greedy: bool) -> list[tuple[_Choice, Span]]:
    """For each unit its longest span that the budget allows; each gets a share unless `greedy`."""
    shown: list[tuple[_Choice, Span]] = []
    left = budget
    for position, choice in enumerate(choices):
        share = left if greedy else left // (len(choices) - position)
        fitting = [span for span in choice.spans if span[1] - span[0] <= share] or [choice.spans[0]]
        start, end = fitting[-1]
        if shown and end - start > left:
            continue
        shown.append((choice, (start, end)))
        left -= end - start
    return shown
