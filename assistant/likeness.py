"""How far two recommendations are one and the same: the words that tell, the vectors, action and target.

Works on heading and text alone; knows no report, no cluster and no store.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from assistant.synonyms import Synonyms
from index.ports import Embedder
from index.tokenise import Tokeniser, fold
from index.word_weights import WordWeights

LEAST = 0.5
SYNONYM = 0.85


@dataclass(frozen=True)
class Profile:
    """What is compared of one recommendation."""

    words: dict[str, float]
    vector: NDArray[np.float32]


class Likeness:
    """Compares recommendations with the tables that it is given."""

    def __init__(
        self, embedder: Embedder, tokeniser: Tokeniser, weights: WordWeights, synonyms: Synonyms
    ) -> None:
        self._embedder = embedder
        self._tokeniser = tokeniser
        self._weights = weights
        self._synonyms = synonyms

    @classmethod
    def load(cls, embedder: Embedder, tokeniser: Tokeniser) -> Likeness:
        """With the project's own tables."""
        return cls(embedder, tokeniser, WordWeights.load(), Synonyms.load())

    def profiles(self, texts: Sequence[tuple[str, str]]) -> list[Profile]:
        """What is compared of each (heading, text)."""
        if not texts:
            return []
        vectors = self._embedder.encode([f"{heading}\n{text}" for heading, text in texts])
        return [
            Profile(self._words(f"{heading}\n{text}"), vector)
            for (heading, text), vector in zip(texts, vectors, strict=True)
        ]

    def of(self, one: Profile, other: Profile) -> float:
        """0 to 1; the same from LEAST on."""
        shared = (self._share(one, other) + self._share(other, one)) / 2
        return (shared + max(0.0, float(one.vector @ other.vector))) / 2

    def _words(self, text: str) -> dict[str, float]:
        words = self._tokeniser.segments(fold(text))
        return {
            word: self._weights.of(word)
            for word in words
            if len(word) > 1 and not word.isdigit() and word not in self._tokeniser.stopwords
        }

    def _share(self, one: Profile, other: Profile) -> float:
        """The weighted share of the words of `one` that `other` has, or has by a synonym."""
        met = sum(weight * self._met(word, other) for word, weight in one.words.items())
        return met / (sum(one.words.values()) or 1.0)

    def _met(self, word: str, other: Profile) -> float:
        if word in other.words:
            return 1.0
        return SYNONYM if any(same in other.words for same in self._synonyms.of(word)) else 0.0
