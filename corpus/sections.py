"""Headings below the chapter: days, numbered entries and unnumbered sub-headings, nested.

A heading's level follows from what is open above it, since documents mix styles freely. Knows
one chapter's paragraphs at a time.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from corpus.dates import find_dates
from corpus.entries import WEAK_STYLES, is_heading_like, split_heading
from corpus.paragraphs import Paragraph
from corpus.report import Chapter, Section

_LONGEST_SUB = 50
_LABELLED = re.compile(r"[^：:]{1,20}[：:]\s?\S")
_DAY_HEADING = re.compile(
    r"(?:第\s?[0-9一二三四五六七八九十]{1,3}\s?[天日]|Day\s?\d{1,2})[\s：:（(]{0,3}", re.I
)


@dataclass(frozen=True)
class _Head:
    """A heading line: its style, which decides what it stands beside or under."""

    style: str
    heading: str
    start: int
    body: int


def is_day_heading(text: str) -> bool:
    """Whether a paragraph is the heading of a day: 109 年 2 月 8 日(星期六), 第一天：4/26 東京."""
    lead = _DAY_HEADING.match(text)
    if len(text) > 45 or text[-1] in "。；，、" or "\t" in text:
        return False
    rest = text[lead.end() :] if lead else text
    spans = find_dates(rest[:40], year=2000)
    if spans and spans[0].start <= 1 and spans[0].precision == "day":
        return True
    return bool(lead)


def find_sections(
    chapters: Sequence[Chapter], paragraphs: Sequence[Paragraph], length: int
) -> tuple[Section, ...]:
    """The sections of every chapter; a text without chapters has those that its format marks."""
    if not chapters:
        return tuple(_nest(_marked(paragraphs), length))
    found: list[Section] = []
    for chapter in chapters:
        inside = [p for p in paragraphs if chapter.body <= p.start < chapter.end]
        found.extend(_nest(_heads(inside), chapter.end))
    return tuple(found)


def _marked(paragraphs: Sequence[Paragraph]) -> Iterator[_Head]:
    for paragraph in paragraphs:
        if paragraph.level:
            yield _Head(f"marked{paragraph.level}", paragraph.text, paragraph.start, paragraph.end)


def _heads(inside: Sequence[Paragraph]) -> Iterator[_Head]:
    """The heading lines of a chapter in order."""
    for index, paragraph in enumerate(inside):
        following = inside[index + 1] if index + 1 < len(inside) else None
        if is_day_heading(paragraph.text):
            yield _Head("day", paragraph.text.rstrip("：:"), paragraph.start, paragraph.end)
        elif paragraph.marker:
            yield from _numbered(paragraph, following)
        elif following and (paragraph.level or _is_sub(paragraph, following)):
            yield _Head("sub", paragraph.text.rstrip("：:"), paragraph.start, paragraph.end)


def _numbered(paragraph: Paragraph, following: Paragraph | None) -> Iterator[_Head]:
    """A numbered line where it has a heading and text under it; a mere enumeration has none."""
    marker = paragraph.marker
    if marker is None or marker.style in WEAK_STYLES:
        return
    heading, body = split_heading(paragraph.rest, following)
    if heading and (following or body < len(paragraph.rest)):
        end = paragraph.rest_start + (body if body < len(paragraph.rest) else len(paragraph.rest))
        written = paragraph.text[: marker.end] + heading
        yield _Head(marker.style, " ".join(written.split()), paragraph.start, end)


def _is_sub(paragraph: Paragraph, following: Paragraph) -> bool:
    """A short line without a full stop over a paragraph or over numbered entries."""
    text = paragraph.text
    if not is_heading_like(text, _LONGEST_SUB):
        return False
    if _LABELLED.match(text) and (len(text) < 12 or len(following.text) < _LONGEST_SUB):
        return False
    if following.marker:
        return following.marker.number == 1
    return (
        not is_heading_like(following.text, _LONGEST_SUB)
        and "\t" not in following.text
        and (len(following.text) > len(paragraph.text))
    )


def _nest(heads: Iterator[_Head], end: int) -> Iterator[Section]:
    """Sections with their levels; each ends where the next of its level or above begins."""
    open_styles: list[str] = []
    flat: list[Section] = []
    for head in heads:
        if head.style == "day":
            open_styles = []
        elif head.style in open_styles:
            del open_styles[open_styles.index(head.style) :]
        open_styles.append(head.style)
        flat.append(Section(len(open_styles), head.heading, head.start, head.body, end))
    for index, section in enumerate(flat):
        after = (later.start for later in flat[index + 1 :] if later.level <= section.level)
        yield replace(section, end=next(after, end))
