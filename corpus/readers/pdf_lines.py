"""The lines of a PDF page with what their places say: indents, gaps between paragraphs, table cells.

An indent becomes leading blanks, a wide vertical gap an empty line, aligned columns tabs; so the
lines look as they would in a text file. Knows nothing of files and of other pages.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from statistics import median
from typing import Any

CELL_GAP = 0.7
COLUMN_GAP = 1.4
INDENT = (1.2, 5.0)
PARAGRAPH_GAP = 1.5
ALIGNED = 3.0
# PDFium marks a hyphen at a line's end with one of these.
HYPHENS = str.maketrans({"\x02": "-", "\ufffe": "-"})


@dataclass(frozen=True)
class Cell:
    """A run of characters without a gap: its text, its start, its distance from the one before in heights."""

    text: str
    left: float
    gap: float = 0.0


@dataclass(frozen=True)
class PlacedLine:
    """A line of cells, its baseline and the height of its first character."""

    cells: tuple[Cell, ...]
    bottom: float
    height: float


def page_lines(text_page: Any) -> list[str]:
    """The lines of a page, top to bottom as PDFium orders them."""
    lines = list(_placed(text_page))
    margin = _margin(lines)
    columns = _columns(lines)
    pitch = _pitch(lines)
    texts: list[str] = []
    for before, line in zip([None, *lines], lines, strict=False):
        if before is not None and pitch and before.bottom - line.bottom > PARAGRAPH_GAP * pitch:
            texts.append("")
        texts.append(_indent(line, margin) + _joined(line, columns))
    return texts


def _placed(text_page: Any) -> Iterator[PlacedLine]:
    from pypdfium2.raw import FPDFText_GetUnicode

    codes = [FPDFText_GetUnicode(text_page.raw, index) for index in range(text_page.count_chars())]
    start = 0
    for end in range(len(codes) + 1):
        if end < len(codes) and codes[end] not in (10, 13):
            continue
        inked = [index for index in range(start, end) if codes[index] not in (0, 9, 32, 0xA0, 0x3000)]
        if inked:
            yield _line(text_page, codes, inked)
        start = end + 1


def _line(text_page: Any, codes: Sequence[int], inked: Sequence[int]) -> PlacedLine:
    left, bottom, _, top = text_page.get_charbox(inked[0], loose=True)
    height = max(top - bottom, 1.0)
    cells: list[Cell] = []
    first, gap = inked[0], 0.0
    for before, index in zip(inked, inked[1:], strict=False):
        if index == before + 1:
            continue
        start = text_page.get_charbox(index, loose=True)[0]
        space = (start - text_page.get_charbox(before, loose=True)[2]) / height
        if space > CELL_GAP:
            cells.append(Cell(_text(codes[first : before + 1]), left, gap))
            first, left, gap = index, start, space
    cells.append(Cell(_text(codes[first : inked[-1] + 1]), left, gap))
    return PlacedLine(tuple(cells), bottom, height)


def _text(codes: Sequence[int]) -> str:
    text = "".join(map(chr, codes))
    if any("\ud800" <= char <= "\udfff" for char in text):
        text = text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    return text.translate(HYPHENS)


def _margin(lines: Sequence[PlacedLine]) -> float:
    """Where most lines begin."""
    lefts = Counter(round(line.cells[0].left) for line in lines)
    return float(min(lefts, key=lambda left: (-lefts[left], left))) if lefts else 0.0


def _pitch(lines: Sequence[PlacedLine]) -> float:
    """The usual distance between two lines."""
    steps = [a.bottom - b.bottom for a, b in zip(lines, lines[1:], strict=False) if a.bottom > b.bottom]
    return median(steps) if len(steps) > 2 else 0.0


def _indent(line: PlacedLine, margin: float) -> str:
    low, high = INDENT
    return "  " if low * line.height < line.cells[0].left - margin < high * line.height else ""


def _columns(lines: Sequence[PlacedLine]) -> list[float]:
    """Where cells begin below one another, at least one of them after a wide gap."""
    cells = sorted((cell for line in lines for cell in line.cells[1:]), key=lambda cell: cell.left)
    return [
        a.left
        for a, b in zip(cells, cells[1:], strict=False)
        if b.left - a.left <= ALIGNED and max(a.gap, b.gap) > COLUMN_GAP
    ]


def _joined(line: PlacedLine, columns: Sequence[float]) -> str:
    """Cells joined by tabs where they stand in columns, by blanks where they are mere spacing."""
    text = line.cells[0].text
    for before, cell in zip(line.cells, line.cells[1:], strict=False):
        in_column = any(abs(cell.left - column) <= ALIGNED for column in columns)
        is_label = re.search(r"[：:]$", before.text) or len(before.text) == len(cell.text) == 1
        text += ("\t" if in_column and not is_label else "   ") + cell.text
    return text
