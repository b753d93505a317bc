"""Searching the indexes of a home folder: candidates by tokens and by vector, fused, live ones only.

Follows the truth by its generation number and the caches by their stamps. Small archives and narrow
filters are compared exactly, which needs no Chroma at all; Chroma serves the rest while its stamp is
the truth's. Never writes. Knows nothing of questions.
"""

from __future__ import annotations

import threading
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from corpus.store import Store
from index.lexical import TantivyIndex
from index.lock import is_unclean
from index.ports import EVERYWHERE, Ranked, Vector, Where
from index.search import fuse
from index.stamps import Stamp, StampFile
from index.table import PassageTable
from index.vectors import ChromaVectors, VectorsDamaged

CANDIDATES = 100
# Up to so many rows the exact comparison is as fast as the graph search, never misses and needs no
# engine to be loaded.
EXACT = 50_000
EXACT_FILTERED = 50_000
# Of a filtered graph search at most so many neighbours are looked through.
WIDEST = 1_000

Mask = NDArray[np.bool_]
Scored = list[tuple[int, float, float, float]]


class Retrieval:
    """The readers of one home folder; safe to be used by several threads."""

    def __init__(
        self,
        home: Path,
        store: Store,
        dim: int,
        *,
        exact: int = EXACT,
        exact_filtered: int = EXACT_FILTERED,
    ) -> None:
        self._home = home
        self._store = store
        self._dim = dim
        self._exact = exact
        self._exact_filtered = exact_filtered
        self._lock = threading.RLock()
        self._lexical_stamp = StampFile(home / "lexical")
        self._vector_stamp = StampFile(home / "vectors")
        self._table: PassageTable | None = None
        self._lexical: tuple[str, TantivyIndex] | None = None
        self._vectors: tuple[Stamp, ChromaVectors] | None = None
        self._seen = 0
        # One filter often serves several searches in a row.
        self._masked: tuple[tuple[int, Where], Mask | None, int] | None = None

    def close(self) -> None:
        """Close what is open."""
        with self._lock:
            if self._lexical:
                self._lexical[1].close()
            self._close_vectors()
            self._lexical = self._table = None

    def table(self) -> PassageTable:
        """The live passages, read again where the truth has moved on."""
        with self._lock:
            if self._table is None or self._table.generation != self._store.generation():
                self._table = PassageTable.load(self._store, self._dim, self._table)
            return self._table

    def lexical(self) -> TantivyIndex | None:
        """The lexical index as last stamped; nothing where it is missing or damaged."""
        with self._lock:
            changed = self._lexical_stamp.changed()
            if self._lexical is None or changed != self._seen:
                self._lexical = self._reopened_lexical()
                self._seen = changed
            return self._lexical[1] if self._lexical else None

    def _reopened_lexical(self) -> tuple[str, TantivyIndex] | None:
        stamp = self._lexical_stamp.read()
        if stamp is None:
            return None
        try:
            if self._lexical and self._lexical[0] == stamp.folder:
                self._lexical[1].flush()
                return self._lexical
            return stamp.folder, TantivyIndex.existing(self._lexical_stamp.root / stamp.folder)
        except (OSError, ValueError):
            return None

    def _graph(self, table: PassageTable) -> ChromaVectors | None:
        """Chroma, where it holds exactly the truth and nobody is writing to it."""
        with self._lock:
            stamp = self._vector_stamp.read()
            usable = stamp is not None and stamp.generation == table.generation
            if not usable or is_unclean(self._home):
                self._close_vectors()
                return None
            assert stamp is not None
            if self._vectors is None or self._vectors[0] != stamp:
                self._close_vectors()
                try:
                    self._vectors = (stamp, ChromaVectors.open(self._vector_stamp.root / stamp.folder))
                except VectorsDamaged:
                    return None
            return self._vectors[1]

    def _close_vectors(self) -> None:
        if self._vectors:
            self._vectors[1].close()
            self._vectors = None

    def candidates(
        self,
        tokens: dict[str, list[str]],
        vector: Vector,
        k: int,
        where: Where = EVERYWHERE,
        *,
        table: PassageTable | None = None,
    ) -> Scored:
        """The `k` best live passages as (key, fused, lexical, dense); `table` if it has just been read."""
        table = self.table() if table is None else table
        wide = max(CANDIDATES, k)
        mask, count = self._mask(table, where)
        lexical = self._by_tokens(table, tokens, wide, EVERYWHERE if mask is None else where)
        dense = self._by_vector(table, vector, wide, mask, count)
        found = {key for key, _ in dense}
        dense += table.scores(vector, [key for key, _ in lexical if key not in found])
        by_tokens, by_vector = dict(lexical), dict(dense)
        return [
            (key, score, by_tokens.get(key, 0.0), by_vector.get(key, 0.0))
            for key, score in fuse(lexical, dense)[:k]
        ]

    def _by_tokens(self, table: PassageTable, tokens: dict[str, list[str]], k: int, where: Where) -> Ranked:
        index = self.lexical()
        if index is None:
            return []
        found = index.search(tokens, k, where)
        rows = table.rows_of([key for key, _ in found])
        return [hit for hit, row in zip(found, rows, strict=True) if row >= 0]

    def _mask(self, table: PassageTable, where: Where) -> tuple[Mask | None, int]:
        """The rows that a filter lets through and how many; no mask where it lets all through."""
        if where == EVERYWHERE:
            return None, len(table)
        key, known = (table.generation, where), self._masked
        if known is None or known[0] != key:
            mask = table.allowed(where)
            count = len(table) if mask is None else int(mask.sum())
            known = self._masked = (key, None if count == len(table) else mask, count)
        return known[1:]

    def _by_vector(
        self, table: PassageTable, vector: Vector, k: int, mask: Mask | None, count: int
    ) -> Ranked:
        if not count:
            return []
        exact = self._exact if mask is None else self._exact_filtered
        graph = self._graph(table) if count > exact else None
        if graph is None:
            return table.nearest(vector, k, mask)
        if mask is None:
            return graph.search(vector, k)
        return self._filtered(table, graph.search(vector, min(WIDEST, 2 * k * len(table) // count)), k, mask)

    @staticmethod
    def _filtered(table: PassageTable, found: Ranked, k: int, mask: Mask) -> Ranked:
        rows = table.rows_of([key for key, _ in found])
        return [hit for hit, row in zip(found, rows, strict=True) if row >= 0 and mask[row]][:k]
