"""How far two recommendations are one and the same: they are about the same, and what differs is alike.

Near misses share nearly all words, often whole clauses, and differ in what is done or to whom; so what only
one has is set against what only the other has. Works on profiles; knows no report, no cluster and no store.
"""

from __future__ import annotations

import math
import tomllib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from assistant.profiles import DATA, Clauses, Profile, Profiler
from assistant.synonyms import Synonyms
from index.ports import Embedder
from index.tokenise import Tokeniser

SAME_WORDS, FITTED = DATA / "same_advice.txt", DATA / "likeness.toml"
LEAST = 0.5
SYNONYM, PARTLY = 0.75, 0.7
# From so much on they are about the same, and more says nothing more: a near miss has most of all.
ENOUGH, NEAR, FITTING = 0.11, 0.3, 0.2
# What long unrelated recommendations have more of than short ones, at each doubling of their words.
COVERED_DOUBLED, ALIKE_DOUBLED = 0.036, 0.027
# Unrelated recommendations share characters as if there were so many.
CHARACTERS = 600
# So much with a counterpart is nearly word for word the same, if neither turns it round.
NEARLY, STEEP = 0.85, 20.0


@dataclass(frozen=True)
class Measures:
    """0 to 1 each, less what mere length gives. `covered`: how much has a counterpart in the other; `related`
    is of it what tells. `near`: how close the whole texts are. `fits`: how well the clauses that ask fit, and
    `uneven`: how much better the two that fit best. The next three are of the words that only one of them
    has: how alike they are, how many have a synonym in the other, how many of their characters both have.
    `opposed`: one asks with a word that turns it round, and the other does not.
    """

    covered: float
    related: float
    near: float
    fits: float
    alike: float
    synonymous: float
    characters: float
    uneven: float
    opposed: float


SIGNS = ("related", "near", "fits", "alike", "synonymous", "characters", "uneven", "opposed")


@dataclass(frozen=True)
class Weights:
    """What each of the SIGNS counts for; the table says how that was fitted."""

    bias: float
    signs: dict[str, float]

    @classmethod
    def load(cls, path: Path = FITTED) -> Weights:
        """Read the table."""
        data = tomllib.loads(path.read_text(encoding="utf-8"))
        return cls(data["bias"], {name: data["signs"][name] for name in SIGNS})

    def likeness(self, measures: Measures) -> float:
        """All of it as one figure from 0 to 1."""
        total = self.bias + sum(weight * getattr(measures, name) for name, weight in self.signs.items())
        if not measures.opposed:
            total = max(total, STEEP * (measures.covered - NEARLY))
        return 1 / (1 + math.exp(-total))


class Likeness:
    """Compares recommendations with the tables that it is given."""

    def __init__(self, profiler: Profiler, synonyms: Synonyms, weights: Weights) -> None:
        self._profiler = profiler
        self._synonyms = synonyms
        self._weights = weights
        self._same: dict[str, frozenset[str]] = {}

    @classmethod
    def load(cls, embedder: Embedder, tokeniser: Tokeniser) -> Likeness:
        """With the project's own tables."""
        return cls(Profiler.load(embedder, tokeniser), Synonyms.load(SAME_WORDS), Weights.load())

    def profiles(self, texts: Sequence[tuple[str, str]]) -> list[Profile]:
        """What is compared of each (heading, text)."""
        return self._profiler.profiles(texts)

    def of(self, one: Profile, other: Profile) -> float:
        """0 to 1; the same from LEAST on."""
        if not one.words or not other.words:
            return 0.0
        return self._weights.likeness(self.measures(one, other))

    def measures(self, one: Profile, other: Profile) -> Measures:
        """What the likeness is made of."""
        synonyms = self._synonyms_met(one, other)
        met = np.maximum(_met(one, other), SYNONYM * synonyms)
        shared = one.places.keys() & other.places.keys()
        for word in shared:
            met[one.places[word], other.places[word]] = 1.0
        mine, theirs = ([row for word, row in p.places.items() if word not in shared] for p in (one, other))
        weights, left = (one.weights, other.weights), (one.weights[mine], other.weights[theirs])
        opposed = float(one.turns != other.turns)
        alike = synonymous = characters = 1.0 - opposed
        if mine and theirs:
            rest = met[np.ix_(mine, theirs)]
            alike = _both(rest.max(axis=1), rest.max(axis=0), left)
            there, back = _telling(synonyms, weights)
            synonymous = _both(there[mine].max(axis=1), back[:, theirs].max(axis=0), left)
            characters = _characters(one.words.keys() - shared, other.words.keys() - shared)
        there, back = _telling(met, weights)
        covered = _both(there.max(axis=1), back.max(axis=0), weights)
        doubled = math.log2(math.sqrt(len(one.words) * len(other.words)))
        fits, best = _fit(one.clauses, other.clauses)
        return Measures(
            covered=covered,
            related=min(covered - COVERED_DOUBLED * doubled, ENOUGH),
            near=min(float(one.vector @ other.vector), NEAR),
            fits=min(fits, FITTING),
            alike=alike - ALIKE_DOUBLED * doubled,
            synonymous=synonymous,
            characters=characters,
            uneven=best - fits,
            opposed=opposed,
        )

    def _synonyms_met(self, one: Profile, other: Profile) -> NDArray[np.float64]:
        """1 for every word of `one` and every other word of `other` that means the same."""
        met = np.zeros((len(one.words), len(other.words)))
        for word, row in one.places.items():
            for same in self._same_as(word) & other.places.keys():
                met[row, other.places[same]] = float(same != word)
        return met

    def _same_as(self, word: str) -> frozenset[str]:
        if word not in self._same:
            self._same[word] = frozenset(self._synonyms.of(word))
        return self._same[word]


def _met(one: Profile, other: Profile) -> NDArray[np.float64]:
    """For every word of `one` how near each of `other` is, by vectors and by pairs of characters."""
    met = np.clip(one.matrix @ other.matrix.T, 0, 1).astype(np.float64)
    for pair in one.pairs.keys() & other.pairs.keys():
        for row in one.pairs[pair]:
            places = other.pairs[pair]
            met[row, places] = np.maximum(met[row, places], PARTLY)
    return met


def _telling(
    met: NDArray[np.float64], weights: tuple[NDArray[np.float64], NDArray[np.float64]]
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """The same for the words of either side: a word that says less than it does covers less of it."""
    mine, theirs = weights[0][:, None], weights[1][None, :]
    return met * np.minimum(1, theirs / mine), met * np.minimum(1, mine / theirs)


def _characters(mine: Iterable[str], theirs: Iterable[str]) -> float:
    """How many of the characters of these words both sides have, beyond what chance would give them."""
    some, others = set("".join(mine)), set("".join(theirs))
    by_chance = len(some) * len(others) / CHARACTERS
    return 2 * (len(some & others) - by_chance) / (len(some) + len(others))


def _fit(one: Clauses, other: Clauses) -> tuple[float, float]:
    """The average of the best fits of all clauses, and the best fit of two."""
    fit = np.clip(one.matrix @ other.matrix.T, 0, 1)
    return _both(fit.max(axis=1), fit.max(axis=0), (one.weights, other.weights)), float(fit.max())


def _both(mine: NDArray[Any], theirs: NDArray[Any], weights: tuple[NDArray[Any], NDArray[Any]]) -> float:
    """The weighed average of both sides."""
    return float(sum(v @ w / w.sum() for v, w in zip((mine, theirs), weights, strict=True))) / 2
