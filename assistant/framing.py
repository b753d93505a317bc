"""Words that lead to what a sentence tells and tell nothing themselves: 報告, 指出, 因此. Decides nothing."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from index.tokenise import read_words

_TABLE = Path(__file__).parent / "data" / "framing.txt"


def is_framing(folded: str) -> bool:
    """Whether a folded word is one of them."""
    return folded in _words()


@cache
def _words() -> frozenset[str]:
    return frozenset(read_words(_TABLE))
