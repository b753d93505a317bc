"""A Report becomes passages: runs of whole sentences under one heading, the unit that is found.

Positions are offsets into the report's stored text and a passage's text is exactly that substring.
Knows nothing of tokens or indexes.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from corpus.report import ChapterKind, DocType, Passage, Report, Section
from index.sentences import ASCII_ENDS, ENDS, Span, lines, split_sentences, trimmed

__all__ = ["indexed_text", "split_passages", "split_sentences"]

SMALL, LARGE, HUGE = 150, 350, 480
# A digest or a slide deck changes its subject with every paragraph or page.
_SMALL_BY_TYPE: dict[DocType, int] = {"news": 60, "briefing": 60}

_TABLE_ROW = re.compile(r"^\s*\||\t.*\t|^[^\t。]*\t[^\t。]*$")
_CAPTION = re.compile(
    r"^\s*[【(（]?(?:圖|表|照片|相片|圖片|Fig(?:ure)?|Table|Photo)\s*[\d一二三四五六七八九十]"
)
_CONTENTS = re.compile(
    r"(?:\.{3,}|…{2,}|·{3,}|‧{3,}|─{3,}|-{5,})[\s|]*[\divxIVX-]+[\s|]*$"
    r"|^\s*(?:圖|表|圖表|照片)?\s*目?\s*[次錄]\s*$"
)
_LIST_ITEM = re.compile(r"^\s*[-•●○◆◇■□▪*–]\s|^\s*\d+[.)]\s")
_LONGEST_HEADING, _MOST_HEADINGS = 40, 2
_TRAILING_MARKS = ENDS + ASCII_ENDS + ".，,、…"
_SOFT_CUTS = ("，", "、", ",", "\t", "|", " ")


@dataclass(frozen=True)
class _Unit:
    """A sentence, heading or table row; `first` where it opens a paragraph.

    A caption belongs to what stands before it, a line like a heading to what follows it, and one that
    `opens` a list, with a colon at its end, even more so.
    """

    start: int
    end: int
    first: bool
    caption: bool = False
    heading: bool = False
    opens: bool = False


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
        if span := trimmed(text, start, stop):
            yield span
        start = stop
    if span := trimmed(text, start, end):
        yield span


def _units(text: str, segment: _Segment) -> Iterator[_Unit]:
    for start, end in lines(text, segment.start, segment.end):
        line = text[start:end]
        spans = ((0, len(line)),) if _is_table_row(line) else split_sentences(line)
        caption, heading = bool(_CAPTION.match(line)), _is_heading(line)
        first = True
        for a, b in spans:
            for c, d in _soft_split(text, start + a, start + b):
                yield _Unit(c, d, first, first and caption, heading, text[d - 1] in "：:")
                first = False


def _is_table_row(line: str) -> bool:
    return ("\t" in line or "|" in line) and bool(_TABLE_ROW.search(line))


def _is_heading(line: str) -> bool:
    """Whether a line reads like a heading."""
    if len(line) > _LONGEST_HEADING or line[-1] in _TRAILING_MARKS:
        return False
    return not (_is_table_row(line) or _CAPTION.match(line) or _LIST_ITEM.match(line))


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
    for a, b in lines(text, start, end):
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
    count = next((n for n, unit in enumerate(reversed(run)) if not (unit.heading or unit.opens)), len(run))
    if count <= _MOST_HEADINGS and count < len(run):
        return count
    return 1 if run[-1].opens and len(run) > 1 else 0


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
