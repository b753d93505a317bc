"""Values of the corpus: what a parsed document is, as frozen dataclasses.

A `Report` is one document with its stored text, pages, chapters and items; every
position is a character offset into `Report.text`. Nothing here reads files,
searches or knows what a question is.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal

ChapterKind = Literal[
    "purpose",
    "process",
    "reflections",
    "recommendations",
    "reflections_and_recommendations",
    "summary",
    "appendix",
    "other",
]
DocType = Literal["trip_report", "briefing", "news", "other"]
ItemKind = Literal["reflections", "recommendations"]


@dataclass(frozen=True)
class RawLine:
    """One line as a reader found it; `level` > 0 where the format itself marks a heading."""

    text: str
    level: int = 0


@dataclass(frozen=True)
class RawPage:
    """One page (or slide); `number` starts at 1 and is what a reader of the file would count."""

    number: int
    lines: tuple[RawLine, ...]


@dataclass(frozen=True)
class RawDocument:
    """What a reader hands on: pages of lines, still with hard wraps, headers and contents list."""

    pages: tuple[RawPage, ...]


@dataclass(frozen=True)
class Page:
    """`text[start:end]` of the report stands on page `number`."""

    number: int
    start: int
    end: int


@dataclass(frozen=True)
class Chapter:
    """A chapter, its heading included: `text[start:end]`; `body` is where its heading ends."""

    kind: ChapterKind
    heading: str
    page: int
    start: int
    body: int
    end: int


@dataclass(frozen=True)
class Section:
    """A heading below the chapter: an item, a day or an unnumbered sub-heading.

    `level` counts from 1 directly under the chapter; `text[start:end]` is the heading with
    everything under it, `body` is where the heading ends.
    """

    level: int
    heading: str
    start: int
    body: int
    end: int


@dataclass(frozen=True)
class Item:
    """A numbered reflection or recommendation, or the whole chapter where it has no items.

    `number` is written as in the document ("一", "(二)", "1"), empty for an unnumbered one;
    `text` is the body without number and heading; `text[start:end]` of the report covers
    number, heading and body; `term` is 立即可行, 短期, 中長期 ... as written, or empty.
    """

    kind: ItemKind
    chapter: str
    number: str
    heading: str
    text: str
    page: int
    start: int
    end: int
    term: str = ""


@dataclass(frozen=True)
class Report:
    """One document of the archive. Dates are Gregorian; empty strings and tuples mean unknown."""

    id: str
    file: str
    sha256: str
    doc_type: DocType
    title: str
    agency: str
    countries: tuple[str, ...]
    cities: tuple[str, ...]
    events: tuple[str, ...]
    category: str
    start_date: date | None
    end_date: date | None
    report_date: date | None
    people: tuple[str, ...]
    keywords: tuple[str, ...]
    classification: str
    text: str
    pages: tuple[Page, ...]
    chapters: tuple[Chapter, ...]
    sections: tuple[Section, ...]
    items: tuple[Item, ...]

    def page_at(self, offset: int) -> int:
        """The number of the page on which the character at `offset` stands."""
        for page in self.pages:
            if offset < page.end:
                return page.number
        return self.pages[-1].number if self.pages else 1

    def chapter_at(self, offset: int) -> Chapter | None:
        """The chapter that holds the character at `offset`, if any."""
        for chapter in self.chapters:
            if chapter.start <= offset < chapter.end:
                return chapter
        return None


@dataclass(frozen=True)
class Passage:
    """A run of whole sentences of one report: the unit that is indexed and found.

    `text` is exactly `report.text[start:end]`; `path` is the chapter heading and the section
    headings above it. `key` is the archive's own number for it, 0 while it has none.
    """

    report_id: str
    chapter: ChapterKind
    path: tuple[str, ...]
    page: int
    start: int
    end: int
    text: str
    key: int = 0


class XindeError(Exception):
    """Root of every error that the user may see; its text is a sentence in Traditional Chinese."""


class Refusal(XindeError):
    """A document that is not taken in, with a named `reason` and a sentence that says what to do."""

    def __init__(self, reason: str, message: str) -> None:
        super().__init__(message)
        self.reason = reason
        self.message = message
