"""Values of a comparison: which paragraph of a draft is copied, how far, and from where."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any

from assistant.answer import Citation


@dataclass(frozen=True)
class Twin:
    """What a paragraph was found in again; the passage of a source, not of the archive, has no `report_id`.

    `share` is the part of the paragraph that this passage holds.
    """

    passage: Citation
    share: float


@dataclass(frozen=True)
class Overlap:
    """A paragraph `text` of the draft, from `start` to `end`; `share` of it is copied, namely its `spans`.

    All offsets are into the draft's stored text.
    """

    text: str
    start: int
    end: int
    page: int
    share: float
    spans: tuple[tuple[int, int], ...]
    twins: tuple[Twin, ...]

    @property
    def pieces(self) -> tuple[tuple[str, bool], ...]:
        """The text in pieces, each with whether it is copied."""
        pieces, at = [], self.start
        for first, last in (*self.spans, (self.end, self.end)):
            pieces += [(at, first, False), (first, last, True)]
            at = last
        return tuple((self.text[a - self.start : b - self.start], copied) for a, b, copied in pieces if b > a)

    def as_json(self) -> dict[str, Any]:
        """All of it, shares with two decimals."""
        twins = [_twin_json(twin) for twin in self.twins]
        return {**asdict(self), "share": round(self.share, 2), "spans": list(self.spans), "twins": twins}


def _twin_json(twin: Twin) -> dict[str, Any]:
    passage = asdict(twin.passage)
    del passage["gloss"]
    return {**passage, "share": round(twin.share, 2)}
