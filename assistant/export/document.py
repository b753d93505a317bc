"""Values of a document to be written: what it says and what it cites, not how a format puts it.

Blocks stand in reading order; a span may end in a mark, which every format turns into a footnote.
Knows nothing of answers, drafts or files.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import groupby

_LINE_END = re.compile(r"\r\n|[\r\x0b\x0c\x85\u2028\u2029]")
# What XML 1.0 forbids, and the control characters that it only tolerates.
_UNPRINTABLE = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")


@dataclass(frozen=True)
class Span:
    """A stretch of text in one look; `note` is the number of the source that the mark after it cites."""

    text: str
    bold: bool = False
    struck: bool = False
    note: int | None = None


@dataclass(frozen=True)
class Heading:
    """`level` 1 is that of a chapter."""

    level: int
    text: str


@dataclass(frozen=True)
class Paragraph:
    """Running text; a line end within a span stays a line end. A lead stays on the page of what follows."""

    spans: tuple[Span, ...]
    lead: bool = False


@dataclass(frozen=True)
class ListItem:
    """An item of a list; neighbours of one kind make one list, and numbers begin anew in the next."""

    spans: tuple[Span, ...]
    numbered: bool = False


@dataclass(frozen=True)
class Quote:
    """Somebody's words, set apart."""

    spans: tuple[Span, ...]


@dataclass(frozen=True)
class Table:
    """Cells of plain text; every row has as many as the header."""

    header: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


Block = Heading | Paragraph | ListItem | Quote | Table
Part = Heading | Paragraph | Quote | Table | tuple[ListItem, ...]


@dataclass(frozen=True)
class Source:
    """A passage that marks cite by its number `n`; no `quote` where the document itself has its words."""

    n: int
    title: str
    heading: str
    page: int
    file: str
    quote: str


@dataclass(frozen=True)
class Cover:
    """The first page of a report: its category line, and fields as (label, value) below the title."""

    category: str
    fields: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Document:
    """All that is written; `disclosure` tells of the help of an AI and stands after the blocks.

    Raises ValueError where a mark cites a number that no source has.
    """

    title: str
    blocks: tuple[Block, ...]
    sources: tuple[Source, ...] = ()
    cover: Cover | None = None
    disclosure: str = ""
    language: str = "zh-TW"

    def __post_init__(self) -> None:
        known = {source.n for source in self.sources}
        unknown = sorted({n for n in _marks(self.blocks) if n not in known})
        if unknown:
            raise ValueError(f"every mark needs its source, but none has the number {unknown[0]}")


def printable(text: str) -> str:
    """The text as any format can hold it: line ends as \\n, no control characters."""
    return _UNPRINTABLE.sub("", _LINE_END.sub("\n", text))


def gather_lists(blocks: Iterable[Block]) -> Iterator[Part]:
    """The blocks in order, with neighbouring items of one kind as one tuple."""
    for numbered, run in groupby(blocks, key=lambda block: getattr(block, "numbered", None)):
        items = tuple(run)
        if numbered is None:
            yield from (block for block in items if not isinstance(block, ListItem))
        else:
            yield tuple(block for block in items if isinstance(block, ListItem))


def _marks(blocks: tuple[Block, ...]) -> Iterator[int]:
    for block in blocks:
        if isinstance(block, Paragraph | ListItem | Quote):
            yield from (span.note for span in block.spans if span.note is not None)
