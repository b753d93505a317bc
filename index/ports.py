"""What an index must be able to do, so that an engine can be exchanged: one Protocol per kind of index.

Keys are the archive's passage keys. An index holds keys, tokens or vectors, and the two filter
fields; never text. Knows nothing of how an index is stored.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from corpus.report import ChapterKind

Vector = NDArray[np.float32]
Ranked = list[tuple[int, float]]


@dataclass(frozen=True)
class Where:
    """The passages a search may find: of these reports (their numbers) and these chapters."""

    reports: frozenset[int] | None = None
    chapters: frozenset[ChapterKind] | None = None


EVERYWHERE = Where()


@dataclass(frozen=True)
class LexicalRow:
    """A passage as its tokens, by index field."""

    key: int
    report: int
    chapter: str
    fields: dict[str, list[str]]


@dataclass(frozen=True)
class VectorRow:
    """A passage as its vector."""

    key: int
    report: int
    chapter: str
    vector: Vector


class Embedder(Protocol):
    """Texts become vectors of length one; `name` differs wherever the vectors would."""

    name: str
    dim: int

    def encode(self, texts: Sequence[str]) -> Vector:
        """One row a text."""
        ...


class LexicalIndex(Protocol):
    """Finds passages by tokens; higher scores are better."""

    def upsert(self, rows: Iterable[LexicalRow]) -> None:
        """Put rows in; a row with a known key replaces the old one. Visible after `flush`."""
        ...

    def delete(self, keys: Collection[int]) -> None:
        """Take rows out; unknown keys are fine. Visible after `flush`."""
        ...

    def flush(self) -> None:
        """Make all changes durable and visible."""
        ...

    def search(self, query: dict[str, list[str]], k: int, where: Where = EVERYWHERE) -> Ranked:
        """The `k` best (key, score) for the query's tokens, best first."""
        ...

    def keys(self) -> set[int]:
        """All keys in the index."""
        ...

    def count(self) -> int:
        """How many rows it holds."""
        ...

    def close(self) -> None:
        """Give back files and locks."""
        ...


class VectorIndex(Protocol):
    """Finds passages by the cosine of their vectors; vectors come normalised."""

    def upsert(self, rows: Sequence[VectorRow]) -> None:
        """Put rows in; a row with a known key replaces the old one."""
        ...

    def delete(self, keys: Collection[int]) -> None:
        """Take rows out; unknown keys are fine."""
        ...

    def flush(self) -> None:
        """Make all changes durable."""
        ...

    def search(self, query: Vector, k: int, where: Where = EVERYWHERE) -> Ranked:
        """The `k` nearest (key, cosine), nearest first."""
        ...

    def keys(self) -> set[int]:
        """All keys in the index."""
        ...

    def count(self) -> int:
        """How many rows it holds."""
        ...

    def close(self) -> None:
        """Give back files and connections."""
        ...
