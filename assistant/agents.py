"""Who does a thing by 由 or 被: 由志工量測. Another doer of the same deed in the passages is found.

A doer is what stands between the mark and the words that both share. Knows nothing of who may act.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from difflib import SequenceMatcher

from assistant.alignment import Aligner
from assistant.synonyms import Synonyms

_MARK = re.compile(r"(?<![自理缘原来经])[由被](?!于|来|此|衷|奏)([^,;。:、(「]{4,14})")
_CHINESE = re.compile(r"[一-鿿]{2,8}")
_NO_DEED = "的者是等和与"
SHORTEST_DEED = 2


def other_doers(aligner: Aligner, synonyms: Synonyms) -> Iterator[tuple[str, str]]:
    """Doers that a Chinese sentence names, each with the one whom the passages name for the same deed."""
    if aligner.claims.english:
        return
    there = [found[1] for found in _MARK.finditer(aligner.field.text)]
    for found in _MARK.finditer(aligner.claims.folded):
        pairs = [pair for rest in there if (pair := _doers(found[1], rest))]
        if pairs and not any(_is_same(one, other, synonyms) for one, other in pairs):
            yield pairs[0]


def _doers(said: str, written: str) -> tuple[str, str] | None:
    """What stands before the longest words that both share; None where they share too little."""
    match = SequenceMatcher(None, said, written, autojunk=False).find_longest_match()
    one, other = said[: match.a], written[: match.b]
    if (
        match.size < SHORTEST_DEED
        or said[match.a] in _NO_DEED
        or not (_CHINESE.fullmatch(one) and _CHINESE.fullmatch(other))
    ):
        return None
    return one, other


def _is_same(one: str, other: str, synonyms: Synonyms) -> bool:
    """Whether both share a character, or one of them is another word for the other."""
    if set(one) & set(other):
        return True
    return any(word in other for word in synonyms.of(one)) or any(word in one for word in synonyms.of(other))
