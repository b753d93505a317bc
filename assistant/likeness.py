"""How far two recommendations are one and the same: they are about the same, and what differs is alike.

Near misses share nearly all words and differ in what is done or to whom; so beside what they have in common
the words that only one has are set against each other, by vectors and by words that mean the same. Works on
heading and text alone; knows no report, no cluster and no store.
"""

from __future__ import annotations

import math
import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from assistant.synonyms import Synonyms
from index.ports import Embedder
from index.tokenise import Tokeniser, bigrams, fold, read_words
from index.word_weights import WordWeights

DATA = Path(__file__).parent / "data"
SAME_WORDS, COMMON_WORDS = DATA / "same_advice.txt", DATA / "common_advice.txt"
OPPOSITE_WORDS = DATA / "opposite_advice.txt"
LEAST = 0.5
SYNONYM, PARTLY = 0.85, 0.7
# A word of every other recommendation, or who is to act, says half of what others do.
COMMON = 0.5
_AGENCY = re.compile(fold("[局處科署]$"))
# What is wanted of it, who does it and who pays tells less than what is to be done.
ASIDE = 0.35
_ASIDE = re.compile(
    fold(
        r"^(?:以(?!學年|資料|動物|單|讀)|俾|讓|使|藉此|藉由此|進而|避免|並?期|作為|所需|展現|確保|提升|增進|促進"
        r"|並?由[^,]{2,8}(?:主辦|辦理|負責|統籌|督導|執行|抽查|追蹤)|並?請)"
    )
)
_CLAUSE = re.compile(r"[,。;:\n]")
# Below this share of words with a counterpart they are about different things.
COVERED = 0.24
# Fitted on the first half of `evals/recommendations/pairs.jsonl`.
ALIKE, BIAS = 17.6, -4.03
# So much with a counterpart is nearly word for word the same, if neither turns it round.
NEARLY, STEEP = 0.7, 20.0


@dataclass(frozen=True)
class Measures:
    """0 to 1 each: how much has a counterpart in the other, and how alike what only one of them has is.

    `opposed`: one of them has a word that turns it round, and the other has not.
    """

    covered: float
    alike: float
    opposed: bool

    @property
    def likeness(self) -> float:
        """All of it as one figure."""
        if self.covered < COVERED:
            return 0.0
        total = ALIKE * self.alike + BIAS
        if not self.opposed:
            total = max(total, STEEP * (self.covered - NEARLY))
        return 1 / (1 + math.exp(-total))


@dataclass(frozen=True)
class Profile:
    """What is compared of one recommendation: its words with their weights and vectors."""

    words: dict[str, float]
    turns: frozenset[str]
    vector: NDArray[np.float32]
    matrix: NDArray[np.float32]

    @cached_property
    def places(self) -> dict[str, int]:
        """The row of each word."""
        return {word: row for row, word in enumerate(self.words)}

    @cached_property
    def weights(self) -> NDArray[np.float64]:
        """The weights in the order of the rows."""
        return np.array(list(self.words.values()))

    @cached_property
    def pairs(self) -> dict[str, list[int]]:
        """The rows of the words that hold a pair of characters."""
        rows: dict[str, list[int]] = defaultdict(list)
        for row, word in enumerate(self.words):
            for pair in bigrams(word):
                rows[pair].append(row)
        return rows


class Likeness:
    """Compares recommendations with the tables that it is given."""

    def __init__(
        self,
        embedder: Embedder,
        tokeniser: Tokeniser,
        weights: WordWeights,
        synonyms: Synonyms,
        common: frozenset[str],
        opposite: frozenset[str],
    ) -> None:
        self._embedder = embedder
        self._tokeniser = tokeniser
        self._weights = weights
        self._synonyms = synonyms
        self._common = common
        self._opposite = opposite
        self._vectors: dict[str, NDArray[np.float32]] = {}
        self._same: dict[str, frozenset[str]] = {}

    @classmethod
    def load(cls, embedder: Embedder, tokeniser: Tokeniser) -> Likeness:
        """With the project's own tables."""
        common, opposite = (frozenset(read_words(path)) for path in (COMMON_WORDS, OPPOSITE_WORDS))
        return cls(embedder, tokeniser, WordWeights.load(), Synonyms.load(SAME_WORDS), common, opposite)

    def profiles(self, texts: Sequence[tuple[str, str]]) -> list[Profile]:
        """What is compared of each (heading, text)."""
        if not texts:
            return []
        whole = [f"{heading}\n{text}".strip() for heading, text in texts]
        vectors = self._embedder.encode(whole)
        words = [self._words(text) for text in whole]
        self._learn({word for one in words for word in one} - self._vectors.keys())
        return [
            Profile(one, self._turns(text), vector, np.array([self._vectors[word] for word in one]))
            for one, text, vector in zip(words, whole, vectors, strict=True)
        ]

    def of(self, one: Profile, other: Profile) -> float:
        """0 to 1; the same from LEAST on."""
        if not one.words or not other.words:
            return 0.0
        return self.measures(one, other).likeness

    def measures(self, one: Profile, other: Profile) -> Measures:
        """What the likeness is made of."""
        met = self._met(one, other)
        shared = one.places.keys() & other.places.keys()
        mine = [row for word, row in one.places.items() if word not in shared]
        theirs = [row for word, row in other.places.items() if word not in shared]
        sides = ((met.max(axis=1), one.weights), (met.max(axis=0), other.weights))
        covered = _mean(best @ weights / weights.sum() for best, weights in sides)
        opposed = one.turns != other.turns
        if not mine or not theirs:
            return Measures(covered, float(not opposed), opposed)
        rest = met[np.ix_(mine, theirs)]
        left = ((rest.max(axis=1), one.weights[mine]), (rest.max(axis=0), other.weights[theirs]))
        return Measures(covered, _mean(best @ weights / weights.sum() for best, weights in left), opposed)

    def _met(self, one: Profile, other: Profile) -> NDArray[np.float64]:
        """For every word of `one` how far each of `other` means the same."""
        met = np.clip(one.matrix @ other.matrix.T, 0, 1).astype(np.float64)
        for pair in one.pairs.keys() & other.pairs.keys():
            for row in one.pairs[pair]:
                places = other.pairs[pair]
                met[row, places] = np.maximum(met[row, places], PARTLY)
        for word, row in one.places.items():
            for same in self._same_as(word) & other.places.keys():
                met[row, other.places[same]] = (
                    1.0 if same == word else max(met[row, other.places[same]], SYNONYM)
                )
        return met

    def _same_as(self, word: str) -> frozenset[str]:
        if word not in self._same:
            self._same[word] = frozenset(self._synonyms.of(word))
        return self._same[word]

    def _words(self, text: str) -> dict[str, float]:
        """The telling words, each with the weight of the clause in which it says most."""
        words: dict[str, float] = {}
        for clause in _CLAUSE.split(fold(text)):
            share = ASIDE if _ASIDE.search(clause) else 1.0
            for word in self._tokeniser.segments(clause):
                if len(word) > 1 and not word.isdigit() and word not in self._tokeniser.stopwords:
                    words[word] = max(words.get(word, 0.0), share * self._weight(word))
        return words

    def _turns(self, text: str) -> frozenset[str]:
        folded = fold(text)
        return frozenset(word for word in self._opposite if word in folded)

    def _weight(self, word: str) -> float:
        is_common = word in self._common or _AGENCY.search(word)
        return self._weights.of(word) * (COMMON if is_common else 1.0)

    def _learn(self, words: set[str]) -> None:
        ordered = sorted(words)
        if ordered:
            self._vectors.update(zip(ordered, self._embedder.encode(ordered), strict=True))


def _mean(values: Iterable[float]) -> float:
    both = list(values)
    return float(sum(both) / len(both))
