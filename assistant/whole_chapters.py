"""Answers to questions for a chapter: whole items of 心得 or 建議, the 目的, the days of a trip.

Where the question also names a topic, only the items that speak to it are kept. Returns spans;
wording and citation are done elsewhere.
"""

from __future__ import annotations

from collections.abc import Sequence

from assistant.compose import Piece, span_piece
from assistant.evidence import Focus
from assistant.matching import Weighted, coverage
from assistant.terms import plain
from corpus.report import Chapter, ChapterKind, Item, Report
from index.passages import split_sentences

BUDGET = 900
ITEM_KINDS: dict[ChapterKind, str] = {"reflections": "reflections", "recommendations": "recommendations"}
ON_TOPIC = 0.3
NEAR_BEST = 0.55


def chapter_pieces(
    report: Report, kinds: frozenset[ChapterKind], topic: Sequence[Weighted], budget: int
) -> list[Piece]:
    """The pieces of the wanted chapters within `budget` characters; none where none is on topic."""
    items = _items(report, kinds)
    if topic:
        items = _on_topic(items, topic)
    pieces = _fit([_item_spans(report, item) for item in items], report, budget)
    left = budget - sum(len(piece.text) for piece in pieces)
    for chapter in report.chapters:
        if chapter.kind in kinds and chapter.kind not in ITEM_KINDS and not _has_items(chapter, items):
            pieces += _chapter_body(report, chapter, topic, left)
            left = budget - sum(len(piece.text) for piece in pieces)
    return pieces


def has_chapter(report: Report, kinds: frozenset[ChapterKind]) -> bool:
    """Whether the report has a chapter or an item of one of the kinds."""
    return any(c.kind in kinds for c in report.chapters) or bool(_items(report, kinds))


def _items(report: Report, kinds: frozenset[ChapterKind]) -> list[Item]:
    wanted = {ITEM_KINDS[kind] for kind in kinds if kind in ITEM_KINDS}
    return [item for item in report.items if item.kind in wanted]


def _has_items(chapter: Chapter, items: Sequence[Item]) -> bool:
    return any(chapter.start <= item.start < chapter.end for item in items)


def _on_topic(items: Sequence[Item], topic: Sequence[Weighted]) -> list[Item]:
    scores = [coverage(topic, plain(item.heading + "\n" + item.text)) for item in items]
    best = max(scores, default=0.0)
    if best < ON_TOPIC:
        return []
    return [item for item, score in zip(items, scores, strict=True) if score >= NEAR_BEST * best]


def _item_spans(report: Report, item: Item) -> list[tuple[int, int]]:
    """Spans from the item's start to the end of each of its sentences, shortest first."""
    ends = [item.start + end for _, end in split_sentences(report.text[item.start : item.end])]
    if item.number and len(ends) > 1:
        ends = ends[1:]
    return [(item.start, end) for end in ends] or [(item.start, item.end)]


def _fit(choices: Sequence[list[tuple[int, int]]], report: Report, budget: int) -> list[Piece]:
    """For each item its longest span that leaves the others their share of the budget."""
    pieces: list[Piece] = []
    left = budget
    for position, spans in enumerate(choices):
        share = left // (len(choices) - position)
        fitting = [span for span in spans if span[1] - span[0] <= share] or spans[:1]
        if pieces and fitting[-1][1] - fitting[-1][0] > left:
            break
        piece = span_piece(report, *fitting[-1])
        pieces.append(piece)
        left -= len(piece.text)
    return pieces


def _chapter_body(report: Report, chapter: Chapter, topic: Sequence[Weighted], budget: int) -> list[Piece]:
    spans = [
        (chapter.body + start, chapter.body + end)
        for start, end in split_sentences(report.text[chapter.body : chapter.end])
    ]
    if chapter.kind == "process":
        spans = _day_openings(report, chapter) or spans
    if topic:
        scored = [(coverage(topic, plain(report.text[start:end])), start, end) for start, end in spans]
        best = max((score for score, _, _ in scored), default=0.0)
        spans = [
            (start, end) for score, start, end in scored if best >= ON_TOPIC and score >= NEAR_BEST * best
        ]
    pieces: list[Piece] = []
    for start, end in spans:
        if sum(len(piece.text) for piece in pieces) + end - start > budget:
            break
        pieces.append(span_piece(report, start, end))
    return pieces


def _day_openings(report: Report, chapter: Chapter) -> list[tuple[int, int]]:
    """For each section right under the chapter its heading with its first sentence."""
    spans = []
    for section in report.sections:
        if section.level != 1 or not chapter.start <= section.start < chapter.end:
            continue
        sentences = split_sentences(report.text[section.body : section.end])
        end = section.body + sentences[0][1] if sentences else section.body
        spans.append((section.start, end))
    return spans


def topic_of(focus: Focus) -> tuple[Weighted, ...]:
    """The terms that narrow a chapter down: those that are not words of every report."""
    return tuple(item for item in focus.terms if item.is_telling)
