"""Whether the evidence answers the question, and what is missing where it does not.

Refuses because what is asked for (that edition, that name, that kind of thing) is not in the
evidence, not because a score is low. Knows nothing of how evidence was found.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from assistant.evidence import Focus, Sentence, slot_share, unmet
from assistant.matching import coverage

ENOUGH = 0.45
CONSIDERED = 4


@dataclass(frozen=True)
class Verdict:
    """`missing` are the words to show for what the evidence lacks; empty where it answers."""

    answers: bool
    missing: tuple[str, ...] = ()


def judge(sentences: Sequence[Sentence], focus: Focus, background: str = "") -> Verdict:
    """Whether the best sentences answer; `background` is folded text that counts as known."""
    best = sentences[:CONSIDERED]
    if not best:
        return Verdict(False)
    seen = " ".join((background, *(sentence.surroundings for sentence in best)))
    names = [item.term.surface for item in unmet(focus.terms, seen) if item.term.exact]
    if names:
        return Verdict(False, tuple(names))
    for wanted in focus.wanted:
        single = Focus((), (wanted,), frozenset(), ())
        if wanted.strict and not any(slot_share(s.folded, single) for s in best):
            return Verdict(False, (wanted.zh,))
    if focus.terms and coverage(focus.terms, seen) < ENOUGH:
        return Verdict(False, tuple(item.term.surface for item in unmet(focus.terms, seen))[:3])
    return Verdict(True)
