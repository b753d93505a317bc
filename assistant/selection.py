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
FRONT = 160
DATED = 3
BULLET = re.compile(r"\s*(?:[-•・●▪◆*]|\d{1,2}[.、)]|[(（]\d{1,2}[)）])")
MOST_LINES = 12
LINE_TEXT = re.compile(r"\S[^\n]*")
DESTINATION = re.compile(r"(?:[前派]\s?[往赴])?\s?(?:國家|地區|地點|出國期間|出國時間)")
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


SHAPES = {"fact": Shape(8, 650, 0.5), "list": Shape(14, 900, 0.45), "side": Shape(6, 450, 0.5)}


def choose(ranked: Sequence[Sentence], shape: Shape) -> list[Sentence]:
    """The best sentences within the shape."""
    chosen: list[Sentence] = []
    length = 0
    here = [sentence for sentence in ranked if not sentence.elsewhere]
    best_first = sorted(here or ranked, key=lambda sentence: -sentence.score)
    for sentence in best_first[: 3 * shape.sentences]:
        if sentence.score < shape.near_best * best_first[0].score or len(chosen) == shape.sentences:
            break
        if chosen and length + len(sentence.text) > shape.characters:
            continue
        chosen.append(sentence)
        length += len(sentence.text)
    return chosen


def spans_of(report: Report, chosen: Sequence[Sentence], focus: Focus, *, lists: bool) -> list[Span]:
    """The spans to show of one report: the chosen sentences, their lists, what follows the best."""
    spans: set[Span] = {(sentence.start, sentence.end) for sentence in chosen}
    for sentence in chosen:
        if lists and not focus.is_cover(sentence.passage) and _is_line_of_list(sentence):
            spans |= set(_rest_of_list(report, sentence))
    best = max(chosen, key=lambda sentence: sentence.score)
    spans |= set(_following(report, best))
    if DATE_KINDS & {wanted.name for wanted in focus.wanted}:
        spans |= {span for sentence in chosen[:DATED] for span in _day_heading(report, sentence)}
    return without_nested(sorted(spans))


def front_spans(report: Report, *, agency: bool) -> list[Span]:
    """The spans that show what a report is: its title, with its agency if asked, else its first sentence."""
    names = (report.title, report.agency) if agency else (report.title,)
    named = [(report.text.find(name), len(name)) for name in names if name]
    spans = sorted((place, place + length) for place, length in named if place >= 0)
    if spans:
        return without_nested(spans)
    first = next((chapter.body for chapter in report.chapters), 0)
    sentences = whole_sentences(report.text[first : first + 4 * FRONT])
    return [(first + start, first + end) for start, end in sentences[:1]] or [
        (0, min(FRONT, len(report.text)))
    ]


def destination_spans(report: Report) -> list[Span]:
    """The lines of the cover that say where a trip led and when."""
    end = next((chapter.start for chapter in report.chapters if chapter.kind != "other"), 0)
    return [line.span() for line in LINE_TEXT.finditer(report.text, 0, end) if DESTINATION.match(line[0])]


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


def _is_line_of_list(sentence: Sentence) -> bool:
    """Whether the sentence is a short line beside others, as on a slide or under a heading."""
    text = sentence.text.rstrip()
    return len(text) <= LINE and text[-1:] not in "。！？" and len(sentence.passage.text) <= LISTLIKE_PASSAGE


def _rest_of_list(report: Report, sentence: Sentence) -> list[Span]:
    """Of a bullet the bullets around it; of a heading the lines below it, bullets or not."""
    lines = _lines_around(report, sentence)
    at = next((place for place, span in enumerate(lines) if span[1] > sentence.start), 0)
    bullets = [bool(BULLET.match(report.text[start:end])) for start, end in lines]
    first = last = at
    if bullets[at : at + 1] == [True]:
        while first > 0 and bullets[first - 1]:
            first -= 1
    while last + 1 < len(lines) and bullets[last + 1] == bullets[min(at + 1, len(lines) - 1)]:
        last += 1
    return lines[first : last + 1][:MOST_LINES]


def _lines_around(report: Report, sentence: Sentence) -> list[Span]:
    """The spans of the lines of the sentence's passage and of the bullets right below it."""
    start, end = sentence.passage.start, sentence.passage.end
    lines = [
        (found.start() + start, found.end() + start) for found in LINE_TEXT.finditer(report.text[start:end])
    ]
    for found in LINE_TEXT.finditer(report.text, end):
        if not BULLET.match(found[0]) or len(lines) > 2 * MOST_LINES:
            break
        lines.append(found.span())
    return lines


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
