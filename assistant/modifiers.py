"""What stands before a thing and tells which one it is: 長榮航空 is not 中華航空.

A thing that the passages name is another one where what goes before it in the sentence stands nowhere in
them, while they say which one they mean. Decides nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from assistant.alignment import ONE_CHARACTER, Aligner
from assistant.claims import Clause, Word
from index.tokenise import traditional

_NOUNS = re.compile("n|j|l|b")
LEAST_WEIGHT, LONGEST_THING = 3.0, 4


@dataclass(frozen=True)
class OtherThing:
    """A thing as the sentence names it, and as the passages do."""

    said: str
    written: str


def other_things(aligner: Aligner) -> Iterator[OtherThing]:
    """The things of a Chinese sentence whose modifier no passage has, where the passages give another."""
    if aligner.claims.english:
        return
    for clause in aligner.claims.clauses:
        for before, thing in _pairs(clause):
            is_new = aligner.met(before) <= ONE_CHARACTER and before.weight >= LEAST_WEIGHT
            if is_new and (written := _written(thing, aligner)):
                yield OtherThing(traditional(before.text + thing.text), traditional(written))


def _pairs(clause: Clause) -> Iterator[tuple[Word, Word]]:
    """The words that stand side by side where the first may say which thing the second is."""
    for before, thing in zip(clause.words, clause.words[1:], strict=False):
        if (
            len(before.text) > 1
            and 1 < len(thing.text) <= LONGEST_THING
            and _NOUNS.match(before.tag)
            and _NOUNS.match(thing.tag)
            and before.text + thing.text in clause.folded
        ):
            yield before, thing


def _written(thing: Word, aligner: Aligner) -> str:
    """The thing with what goes before it in the passages; "" where it also stands by itself."""
    said = {word.text for word in aligner.words}
    found = ""
    for spot in aligner.field.spots:
        if thing.text not in spot.clause.folded:
            continue
        before = next((one for one, two in _pairs(spot.clause) if two.text == thing.text), None)
        if before is None or before.text in said:
            return ""
        found = found or before.text + thing.text
    return found
