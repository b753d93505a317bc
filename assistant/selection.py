"""Which sentences to show: the best ones with what belongs to them.

Takes ranked sentences of reports that answer and gives spans of report text, in the report's order.
Knows nothing of wording or citations.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from assistant.evidence import Focus, Sentence, whole_sentences
from corpus.dates import find_dates
from corpus.report import Report, Section

Span = tuple[int, int]
LISTLIKE_PASSAGE = 420
LINE = 40
FOLLOWING = 280
LONGEST = 500
DATED = 3
BULLET = re.compile(r"\s*(?:[-•・●▪◆*]|\d{1,2}[.、)]|[(（]\d{1,2}[)）])")
MOST_LINES = 12
DATE_KINDS = frozenset({"date", "year", "time"})


@dataclass(frozen=True)
class Shape:
    """How much a kind of answer shows: sentences, characters, and how near to the best they must be."""

    sentences: int
    characters: int
    near_best: float

    def capped(self, most: int) -> Shape:
        """Exactly the best `most` sentences, however long and however far from the best."""
        return Shape(most, most * LONGEST, 0.0)


SHAPES = {"fact": Shape(5, 420, 0.66), "list": Shape(12, 800, 0.5), "side": Shape(5, 380, 0.6)}


def choose(ranked: Sequence[Sentence], shape: Shape) -> list[Sentence]:
    """The best sentences within the shape."""
    chosen: list[Sentence] = []
    length = 0
    best_first = sorted(ranked, key=lambda sentence: -sentence.score)
    for sentence in best_first[: 3 * shape.sentences]:
        if sentence.score < shape.near_best * best_first[0].score or len(chosen) == shape.sentences:
            break
        if chosen and length + len(sentence.text) > shape.characters:
            continue
        chosen.append(sentence)
        length += len(sentence.text)
    return chosen


def spans_of(report: Report, chosen: Sequence[Sentence], focus: Focus) -> list[Span]:
    """The spans to show of one report: the chosen sentences, their lists, what follows the best."""
    spans: set[Span] = {(sentence.start, sentence.end) for sentence in chosen}
    for sentence in chosen:
        if _is_line_of_list(report, sentence):
            spans |= set(_lines(report, sentence))
    best = max(chosen, key=lambda sentence: sentence.score)
    spans |= set(_following(report, best))
    if DATE_KINDS & {wanted.name for wanted in focus.wanted}:
        spans |= {span for sentence in chosen[:DATED] for span in _day_heading(report, sentence)}
    return without_nested(sorted(spans))


def without_nested(spans: Sequence[Span]) -> list[Span]:
    """Sorted spans without those inside another."""
    kept: list[Span] = []
    for start, end in spans:
        if kept and end <= kept[-1][1]:
            continue
        if kept and start == kept[-1][0]:
            kept.pop()
        kept.append((start, end))
    return kept


def _is_line_of_list(report: Report, sentence: Sentence) -> bool:
    """Whether the sentence is a short line beside others, as on a slide or under a heading."""
    text = sentence.text.rstrip()
    return len(text) <= LINE and text[-1:] not in "。！？" and len(sentence.passage.text) <= LISTLIKE_PASSAGE


def _lines(report: Report, sentence: Sentence) -> list[Span]:
    """The passage's lines, and the bullets that go on below it."""
    passage = sentence.passage
    spans = [(passage.start + start, passage.start + end) for start, end in whole_sentences(passage.text)]
    below = report.text[passage.end :]
    offset = passage.end
    for line in below.split("\n")[:MOST_LINES]:
        text = line.strip()
        if text and not BULLET.match(text):
            break
        if text:
            start = offset + line.index(text)
            spans.append((start, start + len(text)))
        offset += len(line) + 1
    return spans


def _following(report: Report, best: Sentence) -> list[Span]:
    """The sentences that go on where the best one ends, in the same paragraph."""
    stop = report.text.find("\n", best.end)
    rest = report.text[best.end : stop if stop >= 0 else len(report.text)]
    spans = [(best.end + start, best.end + end) for start, end in whole_sentences(rest)]
    return [span for span in spans if span[1] - best.end <= FOLLOWING]


def _day_heading(report: Report, sentence: Sentence) -> list[Span]:
    """The heading with a date under which the sentence stands, if there is one."""
    around = [s for s in report.sections if s.start <= sentence.start < s.end and find_dates(s.heading)]
    return [_heading_span(report, section) for section in around[:1]]


def _heading_span(report: Report, section: Section) -> Span:
    heading = report.text[section.start : section.body].rstrip()
    return section.start, section.start + len(heading)
