"""Ranges of two figures, 1 至 2 人, and those of a sentence whose edges are not those of its passages.

Each edge may well stand in the passages and the range be another. Knows nothing of dates.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from corpus.numerals import NUMERAL_CHARS, numeral
from index.tokenise import fold

_NUMERALS = fold(NUMERAL_CHARS).replace("o", "")
_EDGE = rf"\d+(?:\.\d+)?|[{_NUMERALS}]+"
_RANGE = re.compile(
    rf"(?<![\d.{_NUMERALS}])(?P<low>{_EDGE}) ?(?P<unit>[%％]|[一-鿿]{{0,2}}?) ?(?:至|到|~|～|-|–|—) ?"
    rf"(?P<high>{_EDGE})"
    rf"(?![\d./:{_NUMERALS}年月日时点号])"
)
_NO_UNIT = re.compile("[年月日时点号第共]")


@dataclass(frozen=True)
class Range:
    """Two figures as edges, and how it is written, folded."""

    low: float
    high: float
    surface: str


def find_ranges(folded: str) -> Iterator[Range]:
    """The ranges of a folded text, but for those of days, years and hours."""
    for found in _RANGE.finditer(folded):
        low, high = _value(found["low"]), _value(found["high"])
        if low is not None and high is not None and not _NO_UNIT.search(found["unit"]):
            yield Range(low, high, found[0])


def _value(figure: str) -> float | None:
    if figure[0].isdigit():
        return float(figure)
    value = numeral(figure)
    return None if value is None else float(value)


def other_ranges(said: str, known: str) -> Iterator[Range]:
    """The ranges of a sentence that are none, or share just one edge with a range of the passages."""
    there = list(find_ranges(known))
    edges = {(other.low, other.high) for other in there}
    for one in find_ranges(said):
        if (one.low, one.high) in edges:
            continue
        if one.low >= one.high or any((one.low == o.low) != (one.high == o.high) for o in there):
            yield one
