"""Shorter forms of a sentence, cut where a clause ends, and the choice among forms that fills a length.

A cut never takes off what turns the meaning (但, 惟, 卻 …) nor leaves half a thought. Knows nothing of where
sentences come from.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import product

from assistant.draft import DraftSentence, length_of

SHORTEST = 16
MOST_FORMS = 4
LONG = 70
TOO_LONG = 110
_CLAUSE_END = re.compile(r"[，；]")
_PAIRS = ("「」", "『』", "（）", "()", "【】", "《》", "〈〉")


@dataclass(frozen=True)
class Borders:
    """Patterns for clauses that must not be cut off, and for those that must not be the last."""

    binds: re.Pattern[str]
    dangling: re.Pattern[str]


def shorter(text: str, borders: Borders) -> list[int]:
    """Where `text` may end instead, the longest first; each is just before a comma or semicolon."""
    ends = [found.start() for found in _CLAUSE_END.finditer(text)]
    return [end for end in reversed(ends) if end >= SHORTEST and _may_end(text, end, borders)]


def _may_end(text: str, end: int, borders: Borders) -> bool:
    kept, rest = text[:end], text[end + 1 :]
    last = re.split(r"[，；：]", kept)[-1].strip()
    first = re.split(r"[，；]", kept)[0].strip()
    balanced = all(kept.count(pair[0]) == kept.count(pair[1]) for pair in _PAIRS)
    turns = any(borders.binds.search(clause.strip()) for clause in re.split(r"[，；]", rest))
    hangs = bool(borders.dangling.search(last)) or (last == first and bool(borders.dangling.search(first)))
    return balanced and not turns and not hangs


def forms_of(text: str, borders: Borders) -> tuple[str, ...]:
    """The sentence and what it may be cut to, the fullest first."""
    body, stop = text.rstrip("。"), "。"
    found = [text, *(body[:end] + stop for end in shorter(body, borders))]
    # A sentence that is long for the house goes behind its shorter forms.
    found.sort(key=lambda form: length_of(form) > LONG)
    return tuple(form for form in found[:MOST_FORMS] if length_of(form) <= TOO_LONG) or (found[-1],)


def fill(
    slots: Sequence[Sequence[DraftSentence | None]], low: int, high: int, count: tuple[int, int]
) -> tuple[DraftSentence, ...]:
    """One form of each slot, the first choices as far as length and number of sentences allow.

    None in a slot stands for leaving it out. What comes nearest where nothing fits.
    """
    best: tuple[float, tuple[DraftSentence, ...]] | None = None
    for places in product(*(range(len(slot)) for slot in slots)):
        chosen = tuple(s for slot, at in zip(slots, places, strict=True) if (s := slot[at]) is not None)
        cost = _outside(chosen, low, high, count) + sum(places)
        if best is None or cost < best[0]:
            best = (cost, chosen)
    return best[1] if best else ()


def _outside(chosen: Iterable[DraftSentence], low: int, high: int, count: tuple[int, int]) -> float:
    sentences = tuple(chosen)
    length = sum(length_of(sentence.text) for sentence in sentences)
    missed = max(0, low - length, length - high)
    spare = max(0, count[0] - len(sentences), len(sentences) - count[1])
    return (100 + missed if missed else 0) + 1000 * spare
