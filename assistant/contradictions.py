"""What in a sentence contradicts the passages that it cites, each with the reason to show.

A wrong number, date or name, a value that belongs to something else, and a turned statement each decide
alone. Knows nothing of how much of the sentence is said at all.
"""

from __future__ import annotations

from collections.abc import Iterator

from assistant.actors import Actor, ActorKind
from assistant.bindings import Binder, Binding
from assistant.support_signs import Look
from assistant.turns import Turn
from index.tokenise import fold, traditional

# By how much the place of a rival must fit better than the value's own.
LIMITS = dict(number=0.2, date=0.2, place=0.2, person=0.15, office=0.25, event=0.3, home=0.3, role=0.5)
REPLACED: tuple[ActorKind, ...] = ("person", "place", "office")
_LEADS = fold("率 一行 帶隊 領隊 團長").split()
LONGEST_SHOWN = 40


def contradictions(look: Look) -> tuple[str, ...]:
    """The reasons why the sentence is wrong; none where nothing contradicts it."""
    reasons = [finding.reason for finding in look.findings if finding.kind != "quote"]
    reasons += [_of_binding(bound) for bound in look.bindings if bound.lost > LIMITS[bound.kind]]
    reasons += [_of_turn(turn) for turn in look.turns]
    reasons += [
        f"引用的段落說的是「{_shown(other.surface)}」，不是「{_shown(actor.surface)}」"
        for actor, other in replaced(look.binder)
    ]
    return tuple(dict.fromkeys(reasons))


def replaced(binder: Binder) -> Iterator[tuple[Actor, Actor]]:
    """Actors whom only the report's facts name, while the passages name another of their kind."""
    for clause, acting in zip(binder.claims.clauses, binder.acting, strict=True):
        if any(word in clause.folded for word in _LEADS):
            continue
        for actor in acting:
            other = binder.instead_of(actor) if actor.kind in REPLACED else None
            if other:
                yield actor, other


def _of_binding(bound: Binding) -> str:
    return f"引用的段落在這件事上說的是「{_shown(bound.instead)}」，不是「{_shown(bound.surface)}」"


def _of_turn(turn: Turn) -> str:
    written = _shown(turn.written)
    return {
        "negated": f"引用的段落沒有否定「{traditional(turn.said)}」，說的是「{written}」",
        "affirmed": f"引用的段落說的是「{written}」",
        "contrary": f"引用的段落說的是「{written}」，不是「{traditional(turn.said)}」",
        "made_fact": f"引用的段落是建議，不是已有的事：「{written}」",
        "surer": f"引用的段落沒有說已經定案，說的是「{written}」",
        "wider": f"引用的段落沒有說「{traditional(turn.said)}」，說的是「{written}」",
    }[turn.kind]


def _shown(text: str) -> str:
    """A value as it is shown: in Traditional characters and not too long."""
    text = traditional(text.strip())
    return text if len(text) <= LONGEST_SHOWN else text[: LONGEST_SHOWN - 1] + "…"
