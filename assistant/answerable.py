"""Whether the evidence answers the question, and what is missing where it does not.

Refuses because what is asked for (that edition, that name, that kind of thing) is not in the
evidence, not because a score is low. Knows nothing of how evidence was found.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from assistant.cues import Wanted
from assistant.evidence import GENERIC_WEIGHT, Focus, Sentence, gives, unmet
from assistant.matching import Weighted, coverage
from assistant.terms import plain

ENOUGH = 0.2
SOME = 0.3
MOST = 0.74
CONSIDERED = 5
CONSIDERED_CHOSEN = 8
NAMED = 3
NEAR = 500
# What is wanted must stand with so much of the question as the sentence has that holds the most of it.
BESIDE = 0.8
REASON = "reason"  # why a flight was early asks no flight number


@dataclass(frozen=True)
class Verdict:
    """`missing` are the words to show for what the evidence lacks; empty where it answers."""

    answers: bool
    missing: tuple[str, ...] = ()


def judge(sentences: Sequence[Sentence], focus: Focus, known: str) -> Verdict:
    """Whether the best sentences of ONE report answer; `known` is what the report is about, folded.

    Where nothing but the search chose the report, names must stand with the best sentence; where
    the question chose it, anywhere among the best.
    """
    best = sentences[: CONSIDERED_CHOSEN if focus.chosen else CONSIDERED]
    if not best or best[0].elsewhere:
        return Verdict(False)
    seen = " ".join((known, *(sentence.surroundings for sentence in best)))
    close = seen if focus.chosen else " ".join((known, *_together(best, focus)))
    words = [item for item in focus.terms if not (item.term.exact or item.term.is_phrase)]
    names = [item for item in unmet(focus.terms, close) if item.term.exact]
    if any(focus.every_name or not _goes_without_saying(item) for item in names) or (
        names and coverage(words, close) < MOST
    ):
        return Verdict(False, tuple(item.term.surface for item in names))
    lacking = [item.term.surface for item in unmet(words, seen) if item.term.head and item.is_telling]
    if lacking:
        return Verdict(False, tuple(lacking))
    why = any(wanted.name == REASON for wanted in focus.wanted)
    for wanted in focus.wanted:
        if wanted.strict and not (wanted.keep and why) and not _is_given(wanted, best, focus):
            return Verdict(False, (wanted.zh,))
    nouns = [item for item in words if item.is_telling]
    least = (ENOUGH if unmet(nouns, seen) else 0.0) if nouns else _least_of_verbs(words, focus)
    if coverage(words, seen) < least:
        lacking = [item.term.surface for item in unmet(focus.terms, seen) if item.is_telling]
        return Verdict(False, tuple(lacking[:NAMED]))
    return Verdict(True)


def _is_given(wanted: Wanted, best: Sequence[Sentence], focus: Focus) -> bool:
    """Whether a sentence that speaks of what the question names gives a thing of the wanted kind."""
    least = BESIDE * max(sentence.context for sentence in best)
    return any(sentence.context >= least and gives(wanted, sentence, focus) for sentence in best)


def _least_of_verbs(words: Sequence[Weighted], focus: Focus) -> float:
    """How much of a question without nouns must be met: some of it, where a figure or date is asked."""
    strict = any(wanted.strict for wanted in focus.wanted)
    return SOME if strict and any(item.weight > GENERIC_WEIGHT for item in words) else 0.0


def _goes_without_saying(item: Weighted) -> bool:
    """Whether a name may be left out by a text that speaks of nothing else: a country."""
    return item.term.entity is not None and item.term.entity.type == "country"


def standing_with(sentences: Sequence[Sentence], focus: Focus, known: str) -> list[Sentence]:
    """The sentences whose passage names as much of what the question names as the best one's does."""
    names = [item for item in focus.terms if item.term.exact]

    def named(sentence: Sentence) -> int:
        passage = f"{known} {' '.join(sentence.passage.path)} {plain(sentence.passage.text)}"
        return len(names) - len(unmet(names, passage))

    least = named(sentences[0])
    return [sentence for sentence in sentences if named(sentence) >= least]


def _together(best: Sequence[Sentence], focus: Focus) -> list[str]:
    """What stands with the best sentence: its passage, its section, and what is near where subjects last."""
    first = best[0].passage
    near = 0 if first.report_id in focus.digests else NEAR
    return [
        sentence.surroundings
        for sentence in best
        if sentence.passage == first
        or (first.path and sentence.passage.path == first.path)
        or abs(sentence.start - best[0].start) < near
    ]
