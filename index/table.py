"""The live passages in memory: keys, reports, chapters and vectors as arrays, at one generation.

It says which keys are live, scores any of them exactly, and searches exactly where a filter leaves
few. Read from the truth, so it is never stale against itself. Knows nothing of engines.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, get_args

import numpy as np
from numpy.typing import NDArray

from corpus.report import ChapterKind
from corpus.store import Store
from index.ports import EVERYWHERE, Ranked, Vector, Where

STORED = np.dtype("<f2")
# Gathering single rows costs about as much as three rows read in sequence.
GATHER = 3
# Comparing words for every row would cost more than all the rest.
CODES = {kind: code for code, kind in enumerate(get_args(ChapterKind))}


@dataclass(frozen=True)
class PassageTable:
    """Arrays of equal length, ordered by key."""

    generation: int
    numbers: NDArray[np.int64]
    reports: NDArray[np.int64]
    chapters: NDArray[np.int8]
    matrix: NDArray[np.float32]

    @classmethod
    def load(cls, store: Store, dim: int, before: PassageTable | None = None) -> PassageTable:
        """Read what is new since `before`, and drop what is no longer live."""
        generation, live, new, vectors = store.since(before.last if before else 0)
        matrix = np.frombuffer(b"".join(vector for _, vector in vectors), dtype=STORED)
        table = cls(
            generation,
            np.array([key for key, _, _ in new], dtype=np.int64),
            np.array([report for _, report, _ in new], dtype=np.int64),
            np.array([CODES[chapter] for _, _, chapter in new], dtype=np.int8),
            matrix.astype(np.float32).reshape(-1, dim),
        )
        return before._followed_by(table, live) if before else table

    def _followed_by(self, new: PassageTable, live: frozenset[int]) -> PassageTable:
        kept = np.isin(self.reports, np.fromiter(live, dtype=np.int64))
        old: tuple[NDArray[Any], ...] = (self.numbers, self.reports, self.chapters, self.matrix)
        if not kept.all():
            old = tuple(array[kept] for array in old)
        if not len(new.numbers):
            return PassageTable(new.generation, *old)
        more: tuple[NDArray[Any], ...] = (new.numbers, new.reports, new.chapters, new.matrix)
        return PassageTable(
            new.generation, *(np.concatenate([first, then]) for first, then in zip(old, more, strict=True))
        )

    @property
    def last(self) -> int:
        """The highest key; keys only ever grow."""
        return int(self.numbers[-1]) if len(self.numbers) else 0

    def __len__(self) -> int:
        return len(self.numbers)

    def allowed(self, where: Where) -> NDArray[np.bool_] | None:
        """Which rows a filter lets through; None where there is no filter."""
        mask: NDArray[np.bool_] | None = None
        if where.reports is not None:
            mask = np.isin(self.reports, np.fromiter(where.reports, dtype=np.int64))
        if where.chapters is not None:
            chapters = np.isin(self.chapters, [CODES[kind] for kind in where.chapters])
            mask = chapters if mask is None else mask & chapters
        return mask

    def rows_of(self, keys: Sequence[int]) -> NDArray[np.int64]:
        """The row of each key, -1 where it is not live."""
        wanted = np.asarray(keys, dtype=np.int64)
        if not len(self.numbers):
            return np.full(len(wanted), -1, dtype=np.int64)
        rows = np.minimum(np.searchsorted(self.numbers, wanted), len(self.numbers) - 1)
        return np.where(self.numbers[rows] == wanted, rows, -1)

    def scores(self, query: Vector, keys: Sequence[int]) -> Ranked:
        """The exact cosine of each live key among `keys`."""
        rows = self.rows_of(keys)
        rows = rows[rows >= 0]
        cosines = _products(self.matrix[rows], query)
        return list(zip(self.numbers[rows].tolist(), cosines.tolist(), strict=True))

    def search(self, query: Vector, k: int, where: Where = EVERYWHERE) -> Ranked:
        """The `k` nearest by comparing with every allowed row."""
        return self.nearest(query, k, self.allowed(where))

    def nearest(self, query: Vector, k: int, mask: NDArray[np.bool_] | None) -> Ranked:
        """The `k` nearest among the rows of `mask`."""
        rows = None if mask is None else np.flatnonzero(mask)
        if rows is None:
            cosines, keys = _products(self.matrix, query), self.numbers
        elif len(rows) * GATHER > len(self):
            cosines, keys = _products(self.matrix, query)[rows], self.numbers[rows]
        else:
            cosines, keys = _products(self.matrix[rows], query), self.numbers[rows]
        if k < len(keys):
            best = np.argpartition(-cosines, k)[:k]
            cosines, keys = cosines[best], keys[best]
        order = np.lexsort((keys, -cosines))
        return list(zip(keys[order].tolist(), cosines[order].tolist(), strict=True))


def _products(matrix: NDArray[np.float32], query: Vector) -> NDArray[np.float32]:
    # Done at the speed of memory by one thread; `@` asks for all of them and waits for the slowest,
    # which on a busy machine takes several times as long.
    return np.einsum("ij,j->i", matrix, query)
