"""Slight shifts between a sentence and its passages that prove nothing and together make it suspect.

What is told as done where no such word stands, what is told outright where the passage denies something, and
two actors named in the other order. Decides nothing.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from assistant.actors import Actor
from assistant.alignment import Aligner, Field, Fit
from assistant.bindings import Binder
from assistant.polarity import NEGATION, Polarity

ShiftKind = Literal["done", "outright", "crossed"]
LEAST_FIT, MOST_CROSSED = 0.4, 2


@dataclass(frozen=True)
class Shift:
    """One shift: the words of the sentence, and those of the passage where it has any."""

    kind: ShiftKind
    said: str
    written: str = ""


def find_shifts(
    aligner: Aligner, fits: Sequence[Fit], binder: Binder, polarity: Polarity
) -> tuple[Shift, ...]:
    """The shifts of all clauses that have a place in the field."""
    placed = [fit for fit in fits if fit.spot >= 0]
    found = [shift for fit in placed for shift in _small_words(aligner, fit, polarity)]
    return (*found, *list(_crossed(binder))[:MOST_CROSSED])


def _small_words(aligner: Aligner, fit: Fit, polarity: Polarity) -> Iterator[Shift]:
    english = aligner.claims.english
    own = fit.clause.text.lower() if english else fit.clause.folded
    spot = aligner.field.spots[fit.spot]
    whole = aligner.field.sentences[spot.sentence].folded
    done = polarity.found("finished", own, english=english)
    if done and not polarity.found("finished", whole):
        yield Shift("done", done[0])
    denied = polarity.found(NEGATION, spot.clause.folded)
    if denied and fit.here > LEAST_FIT and not polarity.found(NEGATION, own, english=english):
        yield Shift("outright", fit.clause.text.strip(), spot.clause.text.strip())


def _crossed(binder: Binder) -> Iterator[Shift]:
    """Pairs of actors in one clause that the passages name only in the other order."""
    for acting in binder.acting:
        actors = [actor for actor in acting if actor.kind != "that"]
        for number, one in enumerate(actors):
            for other in actors[number + 1 :]:
                if not one.is_same(other) and _is_crossed(one, other, binder.field):
                    yield Shift("crossed", one.surface, other.surface)


def _is_crossed(one: Actor, other: Actor, field: Field) -> bool:
    orders = set()
    for sentence in field.sentences:
        first = [at for s in one.spellings if (at := sentence.folded.find(s)) >= 0]
        second = [at for s in other.spellings if (at := sentence.folded.find(s)) >= 0]
        if first and second:
            orders.add(min(first) < min(second))
    return orders == {False}
