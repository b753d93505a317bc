"""Writing the two indexes of a home folder, which are caches of the truth: following it, repair, making anew.

Whoever uses this holds the writer's lock. A cache whose stamp is behind the truth was interrupted;
its keys are compared with the live ones and the difference is mended. Knows nothing of files being
added or of what is searched for.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from corpus import failpoints
from corpus.report import Passage, Report
from corpus.store import Store
from index.lexical import TantivyIndex
from index.passages import indexed_text
from index.ports import LexicalRow, VectorRow
from index.stamps import Stamp, StampFile
from index.table import STORED
from index.tokenise import Tokeniser
from index.vectors import ChromaVectors, VectorsDamaged, probe

CHUNK = 2_000
# With more vectors than this, mending them would keep the first answer waiting; exact search stands in.
MOST_ON_OPENING = 4_000
# Nor may removing a report take longer than somebody waits.
MOST_AT_ONCE = 20_000
# So few vectors are made again sooner than a child process could say whether the old ones are sound.
NOT_WORTH_A_PROBE = 1_000
# The vectors are left as they are by intention until something is added or rebuilt; doubtful ones were
# being written by a process that was killed.
LATER, SOUND, DOUBTFUL = "later", "vectors", "doubtful"
# What was deleted from the truth may still be in the files of the caches, then in SQLite's log.
UNPURGED, IN_CACHES, IN_LOG = "unpurged", "caches", "log"

Progress = Callable[[int, int, str], None]


@dataclass(frozen=True)
class Stored:
    """A report that has just become true, with what the caches need of it."""

    number: int
    report: Report
    passages: tuple[Passage, ...]
    vectors: tuple[bytes, ...]


def nobody(_done: int, _total: int, _what: str) -> None:
    """Nobody is watching."""


class Caches:
    """Both caches, open for writing while a `with Caches.writing(...)` block lasts."""

    def __init__(
        self, home: Path, store: Store, tokeniser: Callable[[], Tokeniser], *, doubtful: bool = False
    ) -> None:
        self.lexical_stamp = StampFile(home / "lexical")
        self.vector_stamp = StampFile(home / "vectors")
        self._doubtful = doubtful
        self._store = store
        self._tokeniser = tokeniser
        self._lexical: TantivyIndex | None = None
        self._vectors: ChromaVectors | None = None

    @classmethod
    @contextmanager
    def writing(
        cls, home: Path, store: Store, tokeniser: Callable[[], Tokeniser], *, doubtful: bool
    ) -> Iterator[Caches]:
        """The caches of `home`, for a process that holds its lock; `doubtful` after a killed writer."""
        caches = cls(home, store, tokeniser, doubtful=doubtful)
        try:
            yield caches
        finally:
            caches.close()

    def close(self) -> None:
        """Close both."""
        if self._lexical is not None:
            self._lexical.close()
            self._lexical = None
        if self._vectors is not None:
            self._vectors.close()
            self._vectors = None

    def stale(self) -> bool:
        """Whether a cache is missing, behind or unusable, or something deleted is still in the files."""
        generation = self._store.generation()
        return (
            _reached(self.lexical_stamp) != generation
            or _reached(self.vector_stamp) != generation
            or bool(self._store.state(UNPURGED))
            or not self._lexical_opens()
        )

    def _lexical_opens(self) -> bool:
        # Costs milliseconds. Vectors are not tried: loading their engine costs a second, and where they
        # are damaged the exact comparison stands in for them.
        stamp = self.lexical_stamp.read()
        try:
            return stamp is not None and TantivyIndex.existing(self.lexical_stamp.root / stamp.folder).sound()
        except (OSError, ValueError):
            return False

    def prepare(self) -> None:
        """Open both for writing, at the state of the truth; done before the truth moves on."""
        if self._lexical is None or self._vectors is None:
            self.repair()

    def repair(self, progress: Progress = nobody, *, most: int | None = None) -> None:
        """Bring both caches to the truth; more than `most` vectors are left for later, None is all."""
        if self._store.state(UNPURGED) == IN_CACHES:
            self._drop()
            self._store.remember(UNPURGED, IN_LOG)
        self._repair_lexical(progress)
        later = most is not None and len(self._store.keys()) > most
        if not later:
            self._repair_vectors(progress)
        self._note(later)
        self._purge()

    def follow(self, generation: int, stored: Sequence[Stored], removed: Collection[int]) -> None:
        """Do to both caches what has just been done to the truth."""
        assert self._lexical is not None and self._vectors is not None, "prepare comes first"
        failpoints.reached(failpoints.BEFORE_LEXICAL)
        self._lexical.delete(removed)
        self._lexical.upsert(self._lexical_rows(stored))
        self._lexical.flush()
        failpoints.reached(failpoints.AFTER_LEXICAL)
        self._stamp(self.lexical_stamp, generation)
        failpoints.reached(failpoints.BEFORE_VECTORS)
        self._vectors.delete(removed)
        self._vectors.upsert(_vector_rows(stored))
        failpoints.reached(failpoints.AFTER_VECTORS)
        self._stamp(self.vector_stamp, generation)
        failpoints.reached(failpoints.AFTER_STAMP)

    def remake(self, progress: Progress = nobody) -> None:
        """Throw both caches away and make them again from the truth."""
        self._drop()
        self.repair(progress)

    def _drop(self) -> None:
        # Engines keep deleted vectors and tokens in their files; only new files are free of them.
        self.close()
        self.lexical_stamp.discard()
        self.vector_stamp.discard()
        failpoints.reached(failpoints.DURING_REMOVE)

    def _note(self, later: bool) -> None:
        known = self._store.state(LATER)
        if later and known != DOUBTFUL and (self._doubtful or not known):
            self._store.remember(LATER, DOUBTFUL if self._doubtful else SOUND)
        if not later and known:
            self._store.forget(LATER)

    def _purge(self) -> None:
        if self._store.state(UNPURGED) and self._store.purge():
            self._store.forget(UNPURGED)

    @staticmethod
    def _stamp(stamp: StampFile, generation: int) -> None:
        current = stamp.read()
        assert current is not None
        stamp.write(Stamp(current.folder, generation))

    def _lexical_rows(self, stored: Sequence[Stored]) -> Iterator[LexicalRow]:
        tokeniser = self._tokeniser()
        for one in stored:
            for passage in one.passages:
                fields = tokeniser.fields(indexed_text(passage, one.report))
                yield LexicalRow(passage.key, one.number, passage.chapter, fields)

    def _repair_lexical(self, progress: Progress) -> None:
        generation = self._store.generation()
        stamp, index = self._open_lexical()
        self._lexical = index
        if stamp.generation == generation:
            return
        live, have = self._store.keys(), index.keys()
        index.delete(have - live)
        missing = sorted(live - have)
        heads = self._store.heads() if missing else {}
        numbers = {head.id: number for number, head in heads.items()}
        for start in range(0, len(missing), CHUNK):
            passages = self._store.passages_by_key(missing[start : start + CHUNK])
            stored = [Stored(numbers[p.report_id], heads[numbers[p.report_id]], (p,), ()) for p in passages]
            index.upsert(self._lexical_rows(stored))
            progress(start + len(passages), len(missing), "lexical")
            failpoints.reached(failpoints.DURING_REBUILD)
        index.flush()
        self.lexical_stamp.write(Stamp(stamp.folder, generation))

    def _open_lexical(self) -> tuple[Stamp, TantivyIndex]:
        stamp = self.lexical_stamp.read()
        if stamp is not None:
            try:
                return stamp, TantivyIndex.existing(self.lexical_stamp.root / stamp.folder)
            except (OSError, ValueError):
                self.lexical_stamp.discard()
        stamp = Stamp(self.lexical_stamp.fresh(), -1)
        index = TantivyIndex.open(self.lexical_stamp.root / stamp.folder)
        return stamp, index

    def _repair_vectors(self, progress: Progress) -> None:
        generation = self._store.generation()
        stamp, index = self._open_vectors()
        self._vectors = index
        if stamp.generation == generation:
            return
        live, have = self._store.keys(), index.keys()
        index.delete(have - live)
        missing = sorted(live - have)
        for start in range(0, len(missing), CHUNK):
            rows = self._store.vectors(missing[start : start + CHUNK])
            index.upsert([VectorRow(k, number, chapter, _vector(blob)) for k, number, chapter, blob in rows])
            progress(start + len(rows), len(missing), "vectors")
        self.vector_stamp.write(Stamp(stamp.folder, generation))

    def _open_vectors(self) -> tuple[Stamp, ChromaVectors]:
        stamp = self.vector_stamp.read()
        doubtful = self._doubtful or self._store.state(LATER) == DOUBTFUL
        if stamp is not None and doubtful and not self._sound(self.vector_stamp.root / stamp.folder):
            self.vector_stamp.discard()
            stamp = None
        self._doubtful = False
        if stamp is not None:
            try:
                index = ChromaVectors.open(self.vector_stamp.root / stamp.folder)
                index.flush()
                return stamp, index
            except VectorsDamaged:
                self.vector_stamp.discard()
        stamp = Stamp(self.vector_stamp.fresh(), -1)
        return stamp, ChromaVectors.open(self.vector_stamp.root / stamp.folder)

    def _sound(self, folder: Path) -> bool:
        return len(self._store.keys()) > NOT_WORTH_A_PROBE and probe(folder)


def _reached(stamp: StampFile) -> int | None:
    current = stamp.read()
    return current.generation if current else None


def _vector(blob: bytes) -> np.ndarray:
    return np.frombuffer(blob, dtype=STORED).astype(np.float32)


def _vector_rows(stored: Sequence[Stored]) -> list[VectorRow]:
    return [
        VectorRow(passage.key, one.number, passage.chapter, _vector(blob))
        for one in stored
        for passage, blob in zip(one.passages, one.vectors, strict=True)
    ]
