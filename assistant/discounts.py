"""What is taken off the score of a sentence for the kind of line that it is: cover, caption, journey.

Knows nothing of how the score came about, and nothing of the archive.
"""

from __future__ import annotations

import re
from collections.abc import Set
from dataclasses import dataclass

from index.tokenise import fold

COVER_SHARE, CAPTION_SHARE, TRANSIT_SHARE, ELSEWHERE_SHARE = 0.3, 0.75, 0.6, 0.3
CAPTION = re.compile(r"[图表]\d|照片\d")
TRANSIT = re.compile(
    fold(r"(?:搭機|搭乘[^，。]{0,8}(?:機|號|車)|乘機|轉機|啟程|返國|返抵|抵臺|^(?:自|從|由)[^，。]{2,6}出發)")
)
# Kinds of thing asked for (cues.toml) that a cover gives, or a line on the journey.
COVER_KINDS = frozenset({"members", "person", "date", "year", "flight", "place", "travel"})
TRANSIT_KINDS = frozenset({"date", "year", "time", "flight", "place", "travel"})


@dataclass(frozen=True)
class Standing:
    """Where a sentence stands: on a report's cover, or where another place is told of than that asked of."""

    on_cover: bool
    elsewhere: bool


def discount(folded: str, standing: Standing, asked: Set[str], *, is_met: bool) -> float:
    """The share of its score that a sentence keeps; `is_met`: it has a word of the question."""
    share = 1.0
    if standing.on_cover and not COVER_KINDS & asked:
        share *= COVER_SHARE
    if CAPTION.match(folded):
        share *= CAPTION_SHARE
    if not is_met and TRANSIT.search(folded) and not TRANSIT_KINDS & asked:
        share *= TRANSIT_SHARE
    return share * ELSEWHERE_SHARE if standing.elsewhere else share
