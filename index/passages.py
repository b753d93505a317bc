"""A Report becomes passages: runs of whole sentences under one heading, the unit that is found.

Positions are offsets into the report's stored text and a passage's text is exactly that substring.
Also finds sentences, which is what answers are cut with. Knows nothing of tokens or indexes.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from corpus.report import ChapterKind, DocType, Passage, Report, Section

SMALL, LARGE, HUGE = 150, 350, 480
# A digest or a slide deck changes its subject with every paragraph or page.
_SMALL_BY_TYPE: dict[DocType, int] = {"news": 60, "briefing": 60}

_OPEN, _CLOSE = "「『（(【《〈“", "」』）)】》〉”"
_ENDS = "。！？；"
_ASCII_ENDS = "!?;"
_TRAILING = _CLOSE + "。！？；!?…\"'’"
# After 「好。」 these go on with the same sentence.
_GOES_ON = "，、；：,的與及和等之為是並而"
_LONGEST_QUOTE = 120
_LATIN_END = re.compile(r"[.!?][\"'”’)]*(?=\s+[A-Z\"“「(\u3400-\u9fff])")
_ABBREVIATION = re.compile(
    r"(?:^|[\s(（「“])(?:[A-Za-z]|Mr|Mrs|Ms|Dr|Prof|St|No|Nos|vs|etc|Inc|Ltd|Co|Corp|Jr|Sr|Fig|Vol|pp|ed|eds"
    r"|Gov|Gen|Hon|Sec|Dept|Univ|approx|ca|(?:[A-Za-z]\.)+[A-Za-z])$"
)
_TABLE_ROW = re.compile(r"^\s*\||\t.*\t|^[^\t。]*\t[^\t。]*$")
_CAPTION = re.compile(
    r"^\s*[【(（]?(?:圖|表|照片|相片|圖片|Fig(?:ure)?|Table|Photo)\s*[\d一二三四五六七八九十]"
)
_CONTENTS = re.compile(
    r"(?:\.{3,}|…{2,}|·{3,}|‧{3,}|─{3,}|-{5,})[\s|]*[\divxIVX-]+[\s|]*$|^\s*目\s*[次錄]\s*$"
)
_LIST_ITEM = re.compile(r"^\s*[-•●○◆◇■□▪*–]\s|^\s*\d+[.)]\s")
_LONGEST_HEADING, _MOST_HEADINGS = 40, 2
_TRAILING_MARKS = _ENDS + _ASCII_ENDS + ".，,、…"
_SOFT_CUTS = ("，", "、", ",", "\t", "|", " ")

Span = tuple[int, int]


def _trimmed(text: str, start: int, end: int) -> Span | None:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return (start, end) if start < end else None


def _lines(text: str, start: int, end: int) -> Iterator[Span]:
    while start < end:
        stop = text.find("\n", start, end)
        stop = end if stop < 0 else stop
        if span := _trimmed(text, start, stop):
            yield span
        start = stop + 1


def _quoted(line: str) -> list[int]:
    """For every position the end of the outermost quotation or bracket it stands in, else 0."""
    inside = [0] * len(line)
    stack: list[tuple[str, int]] = []
    for position, mark in enumerate(line):
        if mark in _OPEN:
            stack.append((mark, position))
        elif mark in _CLOSE and stack and _OPEN.index(stack[-1][0]) == _CLOSE.index(mark):
            _, start = stack.pop()
            if position - start <= _LONGEST_QUOTE:
                inside[start : position + 1] = [position] * (position + 1 - start)
    return inside


def _is_latin_end(line: str, position: int) -> bool:
    if line[position] not in ".!?" or not _LATIN_END.match(line, position):
        return False
    return line[position] != "." or not (
        _ABBREVIATION.search(line[max(0, position - 12) : position])
        or line[position - 1 : position].isdigit()
    )


def _is_end(line: str, position: int) -> bool:
    mark = line[position]
    if mark in _ENDS:
        return True
    if mark in _ASCII_ENDS:
        before, after = line[position - 1 : position], line[position + 1 : position + 2]
        return any(side > "\u2fff" for side in (before, after) if side)
    return False


def _cuts(line: str) -> Iterator[int]:
    """The positions after which a sentence of `line` ends."""
    inside = _quoted(line)
    position = 0
    while position < len(line):
        if not (_is_end(line, position) or _is_latin_end(line, position)):
            position += 1
            continue
        stop = position + 1
        while stop < len(line) and line[stop] in _TRAILING:
            stop += 1
        enclosed = inside[position] >= stop
        goes_on = stop < len(line) and stop - position > 1 and line[stop] in _GOES_ON
        if not enclosed and not goes_on:
            yield stop
        position = stop


def split_sentences(text: str) -> tuple[Span, ...]:
    """The spans of the sentences of `text`, without the space around them."""
    spans = []
    for start, end in _lines(text, 0, len(text)):
        last = start
        for stop in (*(start + cut for cut in _cuts(text[start:end])), end):
            if span := _trimmed(text, last, stop):
                spans.append(span)
            last = stop
    return tuple(spans)


@dataclass(frozen=True)
class _Unit:
    """A sentence, heading or table row; `first` where it opens a paragraph.

    A caption belongs to what stands before it, a line like a heading to what follows it.
    """

    start: int
    end: int
    first: bool
    caption: bool = False
    heading: bool = False


@dataclass(frozen=True)
class _Segment:
    """A stretch of text under one heading path; `bare` while it is nothing but headings."""

    start: int
    end: int
    kind: ChapterKind
    path: tuple[str, ...]
    bare: bool = False


def _soft_split(text: str, start: int, end: int) -> Iterator[Span]:
    """Cut what has no sentence marks at commas, cells or spaces."""
    while end - start > HUGE:
        stops = [text.rfind(mark, start + SMALL, start + LARGE) for mark in _SOFT_CUTS]
        stop = next((found + 1 for found in stops if found > 0), start + LARGE)
        if span := _trimmed(text, start, stop):
            yield span
        start = stop
    if span := _trimmed(text, start, end):
        yield span


def _units(text: str, segment: _Segment) -> Iterator[_Unit]:
    for start, end in _lines(text, segment.start, segment.end):
        line = text[start:end]
        spans = ((0, len(line)),) if _TABLE_ROW.search(line) else split_sentences(line)
        first = True
        for a, b in spans:
            for c, d in _soft_split(text, start + a, start + b):
                yield _Unit(c, d, first, first and bool(_CAPTION.match(line)), _is_heading(line))
                first = False


def _is_heading(line: str) -> bool:
    """Whether a line reads like a heading or introduces what follows."""
    if _TABLE_ROW.search(line) or _CAPTION.match(line) or _LIST_ITEM.match(line):
        return False
    return line[-1] in "：:" or (len(line) <= _LONGEST_HEADING and line[-1] not in _TRAILING_MARKS)


def _regions(report: Report) -> Iterator[_Segment]:
    """The chapters in order, and what stands outside them without contents lists."""
    position = 0
    for chapter in report.chapters:
        yield from _outside(report.text, position, chapter.start)
        yield _Segment(
            chapter.start, chapter.end, chapter.kind, (chapter.heading,) if chapter.heading else ()
        )
        position = max(position, chapter.end)
    yield from _outside(report.text, position, len(report.text))


def _outside(text: str, start: int, end: int) -> Iterator[_Segment]:
    opened = None
    for a, b in _lines(text, start, end):
        if _CONTENTS.search(text[a:b]):
            if opened is not None:
                yield _Segment(opened, a, "other", ())
            opened = None
        elif opened is None:
            opened = a
    if opened is not None:
        yield _Segment(opened, end, "other", ())


def _segments(report: Report) -> Iterator[_Segment]:
    """Regions cut at every heading below them."""
    for region in _regions(report):
        sections = [s for s in report.sections if region.start <= s.start < region.end]
        edges = {edge for s in sections for edge in (s.start, s.end) if region.start < edge < region.end}
        cuts = [region.start, *sorted(edges), region.end]
        for start, end in zip(cuts, cuts[1:], strict=False):
            yield _segment(report, region, sections, (start, end))


def _segment(report: Report, region: _Segment, sections: list[Section], span: Span) -> _Segment:
    above = [s for s in sections if s.start <= span[0] < s.end]
    bodies = [s.body for s in above] + [c.body for c in report.chapters if c.start == span[0]]
    body = max([span[0], *(b for b in bodies if b <= span[1])])
    path = region.path + tuple(s.heading for s in sorted(above, key=lambda s: (s.level, s.start)))
    return _Segment(*span, region.kind, path, bare=not report.text[body : span[1]].strip())


def _joined(segments: Iterator[_Segment]) -> Iterator[_Segment]:
    """Headings without text of their own go to the text below them."""
    waiting: _Segment | None = None
    for segment in segments:
        start = segment.start
        if waiting and segment.path[: len(waiting.path)] == waiting.path:
            start = waiting.start
        elif waiting:
            yield waiting
        grown = _Segment(start, segment.end, segment.kind, segment.path, segment.bare)
        waiting = grown if grown.bare else None
        if not grown.bare:
            yield grown
    if waiting:
        yield waiting


def _is_full(run: list[_Unit], unit: _Unit, rest: int, small: int) -> bool:
    """Whether `run` should end before `unit`, when `rest` characters are still to come."""
    size = run[-1].end - run[0].start
    grown = unit.end - run[0].start
    parts = unit.first and not unit.caption and size >= small
    return grown > HUGE or (rest >= small // 2 and (parts or (grown > LARGE and size >= SMALL)))


def _headings_at_end(run: list[_Unit]) -> int:
    """How many units at the end of `run` belong to what follows; none where all is short lines."""
    count = next((n for n, unit in enumerate(reversed(run)) if not unit.heading), len(run))
    return count if count <= _MOST_HEADINGS and count < len(run) else 0


def _packed(units: list[_Unit], small: int) -> Iterator[list[_Unit]]:
    """Units in runs of about SMALL to LARGE characters, parted at paragraphs where possible."""
    run: list[_Unit] = []
    rest = sum(unit.end - unit.start for unit in units)
    for unit in units:
        if run and _is_full(run, unit, rest, small):
            kept = len(run) - _headings_at_end(run)
            yield run[:kept]
            run = run[kept:]
        run.append(unit)
        rest -= unit.end - unit.start
    if run:
        yield run


def split_passages(report: Report) -> tuple[Passage, ...]:
    """The passages of `report`, in order, without overlap, covering all text of its chapters."""
    small = _SMALL_BY_TYPE.get(report.doc_type, SMALL)
    passages = []
    for segment in _joined(_segments(report)):
        for run in _packed(list(_units(report.text, segment)), small):
            start, end = run[0].start, run[-1].end
            passages.append(
                Passage(
                    report.id,
                    segment.kind,
                    segment.path,
                    report.page_at(start),
                    start,
                    end,
                    report.text[start:end],
                )
            )
    return tuple(passages)


def indexed_text(passage: Passage, report: Report) -> str:
    """What is indexed of a passage: the report's title and the headings above it, then its text."""
    headings = [heading for heading in passage.path if heading not in passage.text]
    return "\n".join([report.title, *headings, passage.text])
