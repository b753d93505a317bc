"""The layout of official reports as one table, which the docx and the odt writer both follow.

Sizes and distances are in points, the page is in centimetres. Lines are not justified, since a line
that ends before the margin would be drawn out over it. Knows nothing of either format.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from assistant.export.document import Table
from assistant.render import width

CHINESE_FONT, LATIN_FONT = "標楷體", "Times New Roman"
PAGE_WIDTH, PAGE_HEIGHT, MARGIN = 21.0, 29.7, 2.5
BODY_SIZE = 12.0
SHORTEST_CELL, LONGEST_CELL = 6, 60
TEXT_WIDTH = PAGE_WIDTH - 2 * MARGIN
# How far the text of a list stands from its bullets or numbers.
HANGING = 24.0


@dataclass(frozen=True)
class Look:
    """How paragraphs of one kind look; `level` is not 0 for headings."""

    size: float = BODY_SIZE
    bold: bool = False
    align: Literal["left", "center"] = "left"
    before: float = 0
    after: float = 6
    indent: float = 0
    spacing: float = 1.25
    keep_with_next: bool = False
    level: int = 0


LOOKS = {
    "body": Look(),
    "lead": Look(before=4, keep_with_next=True),
    "title": Look(18, bold=True, align="center", after=18, keep_with_next=True),
    "cover category": Look(20, bold=True, align="center", before=72, after=48),
    "cover title": Look(26, bold=True, align="center", before=48, after=96),
    "cover field": Look(14, bold=True, indent=84, after=10),
    "heading 1": Look(16, bold=True, before=18, keep_with_next=True, level=1),
    "heading 2": Look(14, bold=True, before=12, keep_with_next=True, level=2),
    "heading 3": Look(12, bold=True, before=8, after=4, keep_with_next=True, level=3),
    "item": Look(after=4),
    "quote": Look(indent=24),
    "cell": Look(after=0, spacing=1.1),
    "note": Look(10, after=2, spacing=1.0),
    "footer": Look(10, align="center", after=0, spacing=1.0),
}
DEEPEST = max(look.level for look in LOOKS.values())


def heading_kind(level: int) -> str:
    """The kind of a heading; what lies deeper than the table goes looks like its last level."""
    return f"heading {min(max(level, 1), DEEPEST)}"


def column_widths(table: Table) -> list[float]:
    """Centimetres for each column, by its longest cell within limits; together the width of the text."""
    rows = (table.header, *table.rows)
    longest = [max(map(width, cells)) for cells in zip(*rows, strict=True)]
    shares = [min(max(length, SHORTEST_CELL), LONGEST_CELL) for length in longest]
    return [TEXT_WIDTH * share / sum(shares) for share in shares]
