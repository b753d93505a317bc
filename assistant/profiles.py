"""What is compared of a recommendation: its telling words, weighted, their vectors, and what it asks for.

Reads heading and text alone. Knows neither likeness, nor clusters, nor the store.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from index.ports import Embedder
from index.tokenise import Tokeniser, bigrams, fold, read_words
from index.word_weights import WordWeights

DATA = Path(__file__).parent / "data"
COMMON_WORDS, OPPOSITE_WORDS = DATA / "common_advice.txt", DATA / "opposite_advice.txt"
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
# Long items tell first what was seen; their sentences that ask say what is to be done.
_SENTENCE = re.compile(r"[。\n]")
_ASKS = re.compile(
    fold("建議|建請|宜(?!居|蘭|人)|應(?!用|對|變|邀|急|援)|可(?!能|以自行|見)|請(?!求)|須|必要|值得|爰")
)


@dataclass(frozen=True)
class Clauses:
    """The vector of each clause of what is asked for, of length 1, and the weight of its words."""

    matrix: NDArray[np.float32]
    weights: NDArray[np.float64]


@dataclass(frozen=True)
class Profile:
    """What is compared of one recommendation; `turns` are the words that turn round what is asked for."""

    words: dict[str, float]
    turns: frozenset[str]
    vector: NDArray[np.float32]
    matrix: NDArray[np.float32]
    clauses: Clauses

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


class Profiler:
    """Makes profiles with the tables that it is given; remembers the vectors of words."""

    def __init__(
        self,
        embedder: Embedder,
        tokeniser: Tokeniser,
        weights: WordWeights,
        common: frozenset[str],
        opposite: frozenset[str],
    ) -> None:
        self._embedder = embedder
        self._tokeniser = tokeniser
        self._weights = weights
        self._common = common
        self._opposite = opposite
        self._vectors: dict[str, NDArray[np.float32]] = {}

    @classmethod
    def load(cls, embedder: Embedder, tokeniser: Tokeniser) -> Profiler:
        """With the project's own tables."""
        common, opposite = (frozenset(read_words(path)) for path in (COMMON_WORDS, OPPOSITE_WORDS))
        return cls(embedder, tokeniser, WordWeights.load(), common, opposite)

    def profiles(self, texts: Sequence[tuple[str, str]]) -> list[Profile]:
        """What is compared of each (heading, text)."""
        if not texts:
            return []
        whole = [f"{heading}\n{text}".strip() for heading, text in texts]
        asked = [f"{heading}\n{_asked(text)}" for heading, text in texts]
        vectors = self._embedder.encode(whole)
        told = [self._clauses(text) for text in whole]
        self._learn({word for some in told for clause in some for word in clause} - self._vectors.keys())
        return [
            Profile(
                words := _heaviest(clauses),
                self._turns(text),
                vector,
                np.array([self._vectors[word] for word in words]),
                self._summed(self._clauses(text), words),
            )
            for clauses, text, vector in zip(told, asked, vectors, strict=True)
        ]

    def _summed(self, clauses: Sequence[dict[str, float]], weights: dict[str, float]) -> Clauses:
        """The clauses by the words that they hold."""
        summed, heavy = [], []
        for clause in clauses:
            whole = np.sum([weights[word] * self._vectors[word] for word in clause], axis=0)
            summed.append(whole / max(float(np.linalg.norm(whole)), 1e-9))
            heavy.append(sum(weights[word] for word in clause))
        return Clauses(np.array(summed), np.array(heavy))

    def _clauses(self, text: str) -> list[dict[str, float]]:
        """The telling words of each clause that has any, with their weights."""
        clauses = []
        for clause in _CLAUSE.split(fold(text)):
            share = ASIDE if _ASIDE.search(clause) else 1.0
            words = {
                word: share * self._weight(word)
                for word in self._tokeniser.segments(clause)
                if len(word) > 1 and not word.isdigit() and word not in self._tokeniser.stopwords
            }
            clauses += [words] if words else []
        return clauses

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


def _heaviest(clauses: Sequence[dict[str, float]]) -> dict[str, float]:
    """A word has the weight of the clause in which it says most."""
    words: dict[str, float] = {}
    for clause in clauses:
        words |= {word: max(words.get(word, 0.0), weight) for word, weight in clause.items()}
    return words


def _asked(text: str) -> str:
    """The sentences that ask for something; all where none does."""
    sentences = [one for one in _SENTENCE.split(fold(text)) if one.strip()]
    return "\n".join([one for one in sentences if _ASKS.search(one)] or sentences)
