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
SYNONYM, PARTLY = 0.85, 0.7
# With so many words that have a counterpart they are about the same, and more say nothing more.
ENOUGH = 0.27
# Of unrelated ones with more words than this, so much more is covered at each doubling.
SHORT, DOUBLED = 16, 0.04
# Unrelated recommendations share characters as if there were so many.
CHARACTERS = 600
# So much with a counterpart is nearly word for word the same, if neither turns it round.
NEARLY, STEEP = 0.85, 20.0


@dataclass(frozen=True)
class Measures:
    """0 to 1 each, less for chance. `covered`: how much has a counterpart in the other, `by_chance` of it for
    no other reason than length. The next three are of the words that only one of them has: how alike they
    are, how many have a synonym in the other, how many of their characters both have. `uneven`: how much
    better the clauses that fit best fit than the rest do. `opposed`: one has a word that turns it round, and
    the other has not.
    """

    covered: float
    by_chance: float
    alike: float
    synonymous: float
    characters: float
    uneven: float
    opposed: float

    @property
    def related(self) -> float:
        """How far they are about the same at all."""
        return min(self.covered - self.by_chance, ENOUGH)


SIGNS = ("related", "alike", "synonymous", "characters", "uneven", "opposed")


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
            synonymous = _both(synonyms[mine].max(axis=1), synonyms[:, theirs].max(axis=0), left)
            characters = _characters(one.words.keys() - shared, other.words.keys() - shared)
        covered = _both(met.max(axis=1), met.max(axis=0), weights)
        uneven = _uneven(one.clauses, other.clauses)
        chance = _by_chance(one, other)
        return Measures(covered, chance, alike, synonymous, characters, uneven, opposed)

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


def _by_chance(one: Profile, other: Profile) -> float:
    """How much more of long recommendations has a counterpart than of short ones, whatever they are about."""
    return max(0.0, DOUBLED * math.log2(math.sqrt(len(one.words) * len(other.words)) / SHORT))


def _characters(mine: Iterable[str], theirs: Iterable[str]) -> float:
    """How many of the characters of these words both sides have, beyond what chance would give them."""
    some, others = set("".join(mine)), set("".join(theirs))
    by_chance = len(some) * len(others) / CHARACTERS
    return 2 * (len(some & others) - by_chance) / (len(some) + len(others))


def _uneven(one: Clauses, other: Clauses) -> float:
    """How far the best fit of two clauses is above the average of the best fits of all."""
    fit = np.clip(one.matrix @ other.matrix.T, 0, 1)
    return float(fit.max()) - _both(fit.max(axis=1), fit.max(axis=0), (one.weights, other.weights))


def _both(mine: NDArray[Any], theirs: NDArray[Any], weights: tuple[NDArray[Any], NDArray[Any]]) -> float:
    """The weighed average of both sides."""
    return float(sum(v @ w / w.sum() for v, w in zip((mine, theirs), weights, strict=True))) / 2
