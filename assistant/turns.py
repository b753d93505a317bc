"""Where a sentence turns what its passages say: negated, made the contrary, made surer or made general.

A word is turned where it is negated in the sentence and nowhere so in the passages, or the other way round.
What the passages leave open, or say of some, is turned where the sentence has it done, or says it of all.
Decides nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from assistant.alignment import Aligner, Fit, Sentence
from assistant.claims import Clause, Word
from assistant.polarity import NEGATION, Polarity
from index.tokenise import fold

TurnKind = Literal["negated", "denied", "affirmed", "contrary", "reversed", "made_fact", "surer", "wider"]
# How far a negation reaches is uncertain: a word is turned only where it is so at both lengths.
REACHES, REACH, ENGLISH_REACH = (6, 8), 7, 40
LEAST_WEIGHT, LIGHT_CLAUSE = 3.5, 6.0
SHORTEST_CONTRARY = 2
LEAST_FIT, LEAST_AFFIRMED, LEAST_DENIED = 0.3, 0.35, 0.4
NEAR = 3
_NEGATING = frozenset(fold("不未沒無非"))
_DENIES = re.compile(fold("沒|未(?![來決婚])|無[須需]|毋須|並[不非無]|從不|不曾|不必|不需"))
_NO_COUNT = re.compile(fold(r"(?:沒有?|並?不是|並?非|未)\s?(?=\d|[二三四五六七八九十百千兩])"))
# What stands on its two sides cannot change places.
_RANKS = re.compile(fold("優先於|[高低多少早晚大小優重先快慢]於|勝過|超過|取代"))
_LIMITS = re.compile(fold("免|缺|僅|只|除外|以外|停|唯|難"))
_ADVISING = frozenset({"recommendations", "reflections_and_recommendations"})
_RECOMMENDATIONS, _REFLECTIONS = fold("建議"), fold("心得")


@dataclass(frozen=True)
class Turn:
    """One turn: how, the word that is said, and what the passage has instead, in its own characters."""

    kind: TurnKind
    said: str
    written: str
    fit: float


class TurnFinder:
    """Finds turns with the tables of small words."""

    def __init__(self, polarity: Polarity) -> None:
        self._polarity = polarity

    def find(self, aligner: Aligner, fits: Sequence[Fit]) -> tuple[Turn, ...]:
        """The turns of all clauses that have a place in the field."""
        placed = [fit for fit in fits if fit.sentence >= 0]
        found = [
            turn
            for fit in placed
            for turn in (
                *self._negated(aligner, fit),
                *self._denied(aligner, fit),
                *self._uncounted(aligner, fit),
                *self._contrary(aligner, fit),
                *_reversed(aligner, fit),
            )
        ]
        heavy = [fit for fit in placed if fit.weight >= LIGHT_CLAUSE]
        if not self._has(aligner, "recommend"):
            found += self._made_fact(aligner, heavy)
        if not self._has(aligner, "tentative") and not self._has(aligner, "recommend"):
            found += self._surer(aligner, heavy)
        return (*found, *self._wider(aligner, heavy))

    def _has(self, aligner: Aligner, kind: str) -> bool:
        """Whether the sentence says so itself or in what it quotes."""
        claims = aligner.claims
        own = self._polarity.found(kind, claims.folded, english=claims.english)
        return bool(own) or bool(self._polarity.found(kind, claims.folded))

    def _negated(self, aligner: Aligner, fit: Fit) -> Iterator[Turn]:
        for word in fit.clause.words:
            if word.weight < LEAST_WEIGHT or len(word.text) < 2 or self._polarity.found(NEGATION, word.text):
                continue
            if fit.here < LEAST_FIT or not _stands_there(aligner, fit, word):
                continue
            if aligner.claims.english and word.text in fit.clause.folded:
                continue  # Quoted as it stands.
            if self._both_negate(aligner, fit):
                continue
            said = {reach: self._is_negated_in(fit.clause, word, aligner, reach) for reach in REACHES}
            if all(self._is_turned(aligner, word, reach, said[reach]) for reach in REACHES):
                kind: TurnKind = "negated" if said[REACHES[0]] else "affirmed"
                if kind == "affirmed" and fit.here < LEAST_AFFIRMED:
                    continue
                yield Turn(kind, word.text, _clause_with(aligner, word), fit.here)

    def _denied(self, aligner: Aligner, fit: Fit) -> Iterator[Turn]:
        """A clause that plainly denies, where nothing is denied around the clause that fits it."""
        own = fit.clause.folded
        if aligner.claims.english or fit.here < LEAST_DENIED or not self._polarity.is_negated(own):
            return
        denied = _DENIES.search(own)
        inside = aligner.field.sentences[aligner.field.spots[fit.spot].sentence].spots
        near = [n for n in range(fit.spot - 1, fit.spot + 2) if n in inside]
        there = "\n".join(aligner.field.spots[n].clause.folded for n in near)
        if denied and not self._polarity.found(NEGATION, there) and not _LIMITS.search(there):
            yield Turn("denied", fit.clause.text.strip(), _clause_at(aligner, fit), fit.here)

    def _uncounted(self, aligner: Aligner, fit: Fit) -> Iterator[Turn]:
        """A count that is denied, where the passages deny none: 沒有 43 件."""
        denied = _NO_COUNT.search(fit.clause.folded)
        if denied and fit.here >= LEAST_FIT and not _NO_COUNT.search(aligner.field.text):
            yield Turn("denied", denied[0], _clause_at(aligner, fit), fit.here)

    def _both_negate(self, aligner: Aligner, fit: Fit) -> bool:
        """Whether both deny something: how far it reaches cannot be seen across two languages."""
        if not aligner.claims.english:
            return False
        there = aligner.field.sentences[fit.sentence].folded
        said = self._polarity.found(NEGATION, fit.clause.text.lower(), english=True)
        return bool(said) and bool(self._polarity.found(NEGATION, there))

    def _is_turned(self, aligner: Aligner, word: Word, reach: int, said: bool) -> bool:
        """Whether the word is negated otherwise at every place of the field that has it."""
        places = [place for s in aligner.field.sentences for place in self._places(word, s, reach)]
        return bool(places) and all(written != said for written in places)

    def _is_negated_in(self, clause: Clause, word: Word, aligner: Aligner, reach: int) -> bool:
        if aligner.claims.english:
            before = clause.text[max(0, word.at - ENGLISH_REACH) : word.at].lower()
            return self._polarity.is_negated(before, english=True)
        at = clause.folded.find(word.text)
        return self._polarity.negates(clause.folded, at, len(word.text), reach)

    def _places(self, word: Word, sentence: Sentence, reach: int) -> Iterator[bool]:
        """For every place of a word in a sentence of the field, whether it is negated there."""
        for spelling in word.spellings:
            at = sentence.folded.find(spelling) if len(spelling) > 1 else -1
            while at >= 0:
                yield self._polarity.negates(sentence.folded, at, len(spelling), reach)
                at = sentence.folded.find(spelling, at + 1)

    def _contrary(self, aligner: Aligner, fit: Fit) -> Iterator[Turn]:
        """Words that the passages do not say while the sentence that fits says the contrary."""
        there = aligner.field.sentences[fit.sentence].folded
        words = {word.text for word in fit.clause.words}
        whole = " ".join(words) if aligner.claims.english else fit.clause.folded
        for text, others in self._polarity.opposites.items():
            if text not in (words if len(text) < SHORTEST_CONTRARY else whole) or text in aligner.field.all:
                continue
            if any(same in there for same in self._polarity.siblings[text]):
                continue
            other = next((o for o in others if len(o) >= SHORTEST_CONTRARY and o in there), "")
            if other and other not in aligner.claims.folded and not self._excused(aligner, fit, text, other):
                yield Turn("contrary", text, other, fit.there)

    def _excused(self, aligner: Aligner, fit: Fit, text: str, other: str) -> bool:
        """Whether one of both is negated, so that they agree: 不收費 for 免費."""
        there = aligner.field.sentences[fit.sentence].folded
        if self._polarity.negates(there, there.find(other), len(other), REACH):
            return True
        if aligner.claims.english:
            return self._polarity.is_negated(fit.clause.text.lower(), english=True)
        at = fit.clause.folded.find(text)
        if any(mark in fit.clause.folded[max(0, at - NEAR) : at] for mark in _NEGATING):
            return True
        return self._polarity.negates(fit.clause.folded, at, len(text), REACH)

    def _made_fact(self, aligner: Aligner, fits: Sequence[Fit]) -> Iterator[Turn]:
        """A recommendation told as if it were no longer one."""
        for fit in fits[:1]:
            ground = aligner.field.sources[aligner.field.sentences[fit.sentence].ground].ground
            headings = [fold(heading) for heading in ground.path]
            named = any(_RECOMMENDATIONS in h and _REFLECTIONS not in h for h in headings)
            proposes = self._proposes(aligner, fit)
            done = self._has(aligner, "finished")
            if named and (proposes or done) and ground.chapter in _ADVISING:
                yield Turn("surer" if done else "made_fact", "", _clause_at(aligner, fit), fit.there)

    def _proposes(self, aligner: Aligner, fit: Fit) -> bool:
        """Whether the clause that fits stands where its sentence already recommends."""
        first = aligner.field.sentences[aligner.field.spots[fit.spot].sentence].spots.start
        before = "\n".join(spot.clause.folded for spot in aligner.field.spots[first : fit.spot + 1])
        return bool(self._polarity.found("recommend", before) or self._polarity.found("open", before))

    def _surer(self, aligner: Aligner, fits: Sequence[Fit]) -> Iterator[Turn]:
        """Something done that the passage leaves open."""
        english = aligner.claims.english
        for fit in fits:
            there = aligner.field.spots[fit.spot].clause.folded
            left_open = self._polarity.found("open", there)
            done = self._polarity.found("finished", _text(fit.clause, english), english=english)
            if done and left_open and not self._polarity.found("finished", there):
                yield Turn("surer", done[0], _clause_at(aligner, fit), fit.here)

    def _wider(self, aligner: Aligner, fits: Sequence[Fit]) -> Iterator[Turn]:
        """Something of all that the passage says of some."""
        english = aligner.claims.english
        for fit in fits:
            whole = aligner.field.sentences[fit.sentence].folded
            said = self._polarity.found("every", _text(fit.clause, english), english=english)
            some = self._polarity.found("part", whole) or self._polarity.found("only", whole)
            if said and some and not self._polarity.found("all", whole):
                yield Turn("wider", said[0], some[0], fit.there)


def _reversed(aligner: Aligner, fit: Fit) -> Iterator[Turn]:
    """Two things that a passage ranks the other way round: 車道優先於自行車道."""
    ranked = _RANKS.search(fit.clause.folded)
    if not ranked or aligner.claims.english:
        return
    words = sorted({word.text for word in fit.clause.words}, key=len, reverse=True)
    before, after = (
        _said(side, words)
        for side in (fit.clause.folded[: ranked.start()], fit.clause.folded[ranked.end() :])
    )
    for spot in aligner.field.spots:
        left, rank, right = spot.clause.folded.partition(ranked[0])
        there = _said(left, words), _said(right, words)
        first = (before - after) & (there[1] - there[0])
        if rank and first and (after - before) & (there[0] - there[1]):
            yield Turn("reversed", ranked[0], spot.clause.text.strip(), fit.here)
            return


def _said(side: str, words: Sequence[str]) -> frozenset[str]:
    """Which of the words, the longest first, a piece of text says; none that is only part of a longer one."""
    found = set()
    for word in words:
        if word in side:
            found.add(word)
            side = side.replace(word, "。")
    return frozenset(found)


def _text(clause: Clause, english: bool) -> str:
    return clause.text.lower() if english else clause.folded


def _stands_there(aligner: Aligner, fit: Fit, word: Word) -> bool:
    """Whether the sentence that fits says the word: one far from it speaks of something else."""
    there = aligner.field.sentences[fit.sentence].folded
    return any(len(spelling) > 1 and spelling in there for spelling in word.spellings)


def _clause_at(aligner: Aligner, fit: Fit) -> str:
    return aligner.field.spots[fit.spot].clause.text.strip()


def _clause_with(aligner: Aligner, word: Word) -> str:
    """The first clause of the field that says the word, as it is written."""
    clauses = (spot.clause for spot in aligner.field.spots)
    return next((c.text.strip() for c in clauses if any(s in c.folded for s in word.spellings)), "")
