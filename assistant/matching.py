"""How far a piece of text meets the terms of a question.

Works on folded text and on weights; knows no archive, no passage and no answer.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from assistant.terms import Term, plain
from index.tokenise import bigrams

SYNONYM = 0.85
PARTIAL = 0.8
HALF = 0.5
LATIN = re.compile(r"[a-z0-9]{2,}")
LIKE_NAME = 0.8
LOOSE_TYPES = frozenset({"forum", "programme"})


@dataclass(frozen=True)
class Weighted:
    """A term with the weight of its presence or absence; a word of every report is not telling."""

    term: Term
    weight: float
    is_telling: bool = True


def strength(term: Term, folded: str) -> float:
    """0 to 1: how well `folded` text meets the term; its own spelling counts more than a synonym."""
    for position, spelling in enumerate(term.alternatives):
        if spelling in folded and occurs(spelling, folded):
            return 1.0 if position == 0 or term.entity is not None or term.exact else SYNONYM
    if term.is_phrase or (term.exact and term.entity is None):
        return 0.0
    if term.exact:
        share = max((_partial(spelling, folded, LIKE_NAME) for spelling in term.alternatives), default=0.0)
        return share if term.entity is not None and term.entity.type in LOOSE_TYPES else 0.0
    # Of its own spelling only: a part of a synonym may be any word, such as 國家 of 北歐國家.
    own = term.alternatives[0]
    return _partial(own, folded) if len(own) > 2 else 0.0


def coverage(terms: Sequence[Weighted], folded: str) -> float:
    """The weighted share of the terms that `folded` text meets, 0 to 1; 0 without terms."""
    total = sum(item.weight for item in terms)
    if not total:
        return 0.0
    return sum(item.weight * strength(item.term, folded) for item in terms) / total


def occurs(spelling: str, folded: str) -> bool:
    """Whether the spelling stands in the text; figures and Latin words only as wholes."""
    start = folded.find(spelling)
    while start >= 0:
        if _is_whole(spelling, folded, start):
            return True
        start = folded.find(spelling, start + 1)
    return False


def _is_whole(spelling: str, folded: str, start: int) -> bool:
    end = start + len(spelling)
    left, right = folded[start - 1 : start], folded[end : end + 1]
    for inner, outer in ((spelling[0], left), (spelling[-1], right)):
        if inner.isdigit() and outer.isdigit():
            return False
        if inner.isascii() and inner.isalpha() and outer.isascii() and outer.isalpha():
            return False
    return True


def _partial(spelling: str, folded: str, least: float = HALF) -> float:
    latin, pairs = _parts(spelling)
    if len(spelling) < 3 or len(pairs) < 2 or not all(occurs(part, folded) for part in latin):
        return 0.0
    share = len([pair for pair in pairs if pair in folded]) / len(pairs)
    if not share and len(pairs) == len(spelling) - 1:
        return 0.0
    if least <= HALF:
        share = max(share, _longest_part(spelling, folded) / len(spelling))
    return share * PARTIAL if share >= least else 0.0


@lru_cache(maxsize=2_048)
def _parts(spelling: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The Latin words and figures of a spelling, and the pairs of its Chinese characters."""
    return tuple(LATIN.findall(spelling)), tuple(bigrams(spelling))


def _longest_part(spelling: str, folded: str) -> int:
    """How long a beginning or end of the spelling stands in the text."""
    size = len(spelling)
    return next(
        (n for n in range(size, 1, -1) if spelling[:n] in folded or spelling[size - n :] in folded), 0
    )


def unique_texts(texts: Sequence[str]) -> list[int]:
    """Positions of the texts that no earlier one repeats or contains."""
    kept: list[int] = []
    seen: list[str] = []
    for position, text in enumerate(texts):
        squeezed = plain(text)
        if not any(squeezed in other for other in seen):
            kept.append(position)
            seen.append(squeezed)
    return kept
