"""Two actors of a sentence that have changed places: each stands among the words that the other has there.

Beside each actor stand words of what it does and is; where those of two actors fit better with the names
changed than as they are, the names were changed. Knows nothing of deeds.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from assistant.actors import Actor
from assistant.bindings import Binder
from assistant.claims import Claims, Clause, Word
from index.tokenise import fold

# How fast nearness falls, how far is looked, and by how much the change must fit better.
FADE, FARTHEST = 6.0, 24
LEAST_GAIN, LEAST_SHARE, MOST_MENTIONS, MOST_ACTORS = 2.5, 0.6, 12, 12
SMALL_WEIGHT = 3.0
_SMALL = tuple(fold("由 向 對 給 被 把 與 的 在 率 偕").split())
_LIST = re.compile(fold("[和與及、跟暨,]|以及"))
_KINDS = ("person", "place", "office", "home", "event", "role")
Around = dict[tuple[str, str], float]


@dataclass(frozen=True)
class Exchange:
    """Two actors in each other's place, and how much better the change fits than what is said."""

    one: str
    other: str
    gain: float


def find_exchanges(claims: Claims, binder: Binder) -> Iterator[Exchange]:
    """The pairs of actors in a Chinese sentence that fit the passages better the other way round."""
    if claims.english:
        return
    placed = [
        _Placed(actor, clause.folded, clause.words)
        for clause, acting in zip(claims.clauses, binder.acting, strict=True)
        for actor in (*acting, *_latin(clause))
        if actor.kind in _KINDS
    ][:MOST_ACTORS]
    for number, one in enumerate(placed):
        for other in placed[number + 1 :]:
            if not one.actor.is_same(other.actor) and not _is_listed(one, other):
                yield from _exchange(one, other, binder.field.text)


def _latin(clause: Clause) -> Iterator[Actor]:
    """Names in Latin letters, such as OASC: whoever they are, they may have changed places too."""
    for name in clause.names:
        at = clause.folded.find(name.spellings[0])
        if name.kind == "latin" and at >= 0:
            yield Actor("office", name.surface, name.spellings, at)


@dataclass(frozen=True)
class _Placed:
    """An actor in its clause."""

    actor: Actor
    text: str
    words: tuple[Word, ...]

    def around(self, words: Sequence[Word]) -> Around:
        """What stands around it."""
        return _around(self.actor.at, len(self.actor.surface), self.text, words)


def _is_listed(one: _Placed, other: _Placed) -> bool:
    """Whether both stand side by side in a list, where their order says nothing."""
    gap = one.text[one.actor.at + len(one.actor.surface) : other.actor.at]
    return one.text is other.text and (other.actor.at <= one.actor.at or bool(_LIST.fullmatch(gap)))


def _exchange(one: _Placed, other: _Placed, text: str) -> Iterator[Exchange]:
    pair = (one.actor, other.actor)
    own = [[word for word in placed.words if not _is_in(word.text, pair)] for placed in (one, other)]
    content = list(dict.fromkeys((*own[0], *own[1])))
    first, second = (_all_around(actor, text, content) for actor in pair)
    if not first or not second:
        return
    here, there = one.around(own[0]), other.around(own[1])
    kept = _best(here, first) + _best(there, second)
    changed = _best(here, second) + _best(there, first)
    if changed - kept >= LEAST_GAIN and kept <= LEAST_SHARE * changed:
        yield Exchange(one.actor.surface, other.actor.surface, changed - kept)


def _all_around(actor: Actor, text: str, words: Sequence[Word]) -> list[Around]:
    """What stands around each mention of the actor."""
    found: dict[int, Around] = {}
    for spelling in actor.spellings:
        at = text.find(spelling)
        while at >= 0 and len(found) < MOST_MENTIONS:
            found[at] = _around(at, len(spelling), text, words)
            at = text.find(spelling, at + 1)
    return list(found.values())


def _around(at: int, size: int, text: str, words: Sequence[Word]) -> Around:
    """The words near a place, by side, each with its weight faded by its distance."""
    found: Around = {}
    listed = [(word.text, spelling, word.weight) for word in words for spelling in word.spellings]
    listed += [(small, small, SMALL_WEIGHT) for small in _SMALL]
    for name, spelling, weight in listed:
        left = text.rfind(spelling, max(0, at - FARTHEST), at)
        if left >= 0:
            near = weight * math.exp(-(at - left - len(spelling)) / FADE)
            found["left", name] = max(found.get(("left", name), 0.0), near)
        right = text.find(spelling, at + size, at + size + FARTHEST)
        if right >= 0:
            near = weight * math.exp(-(right - at - size) / FADE)
            found["right", name] = max(found.get(("right", name), 0.0), near)
    return found


def _best(here: Around, there: Sequence[Around]) -> float:
    return max(sum(min(near, place.get(key, 0.0)) for key, near in here.items()) for place in there)


def _is_in(text: str, actors: Sequence[Actor]) -> bool:
    return any(text in spelling or spelling in text for actor in actors for spelling in actor.spellings)
