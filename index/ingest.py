"""Taking documents in: which are new, reading them in parallel, storing them in batches of whole reports.

A batch is one transaction; then the caches follow. A document that cannot be read is refused by name
and nothing of it is kept. Knows nothing of searching.
"""

from __future__ import annotations

import time
from collections import deque
from collections.abc import Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, field, replace
from typing import Protocol

from corpus import failpoints
from corpus.changes import Change, RefusedRow
from corpus.report import Passage, Refusal, Report
from corpus.rows import Entry
from corpus.store import Known, Store
from index.caches import IN_CACHES, UNPURGED, Caches, Progress, Stored
from index.model_stamp import MODEL, model_of
from index.originals import Originals
from index.passages import indexed_text, split_passages
from index.ports import Embedder
from index.sources import Found, Source, Unreadable, read_sources, still_there
from index.table import STORED

# Each batch costs the engines a flush to the disk, whatever its size.
REPORTS_A_BATCH = 1_000
PASSAGES_A_BATCH = 2_500
SECONDS_A_BATCH = 5.0
# More than there are reading children: some of them always wait for the disk.
READING_THREADS = 6
WAITING = 32
WAITING_BYTES = 64_000_000


@dataclass(frozen=True)
class Added:
    """A report as an outcome names it."""

    id: str
    file: str
    title: str


@dataclass(frozen=True)
class Refused:
    """A document that was not taken in; `message` is a sentence for the user."""

    file: str
    reason: str
    message: str


@dataclass(frozen=True)
class AddOutcome:
    """What became of every document."""

    added: tuple[Added, ...]
    unchanged: tuple[Added, ...]
    replaced: tuple[Added, ...]
    refused: tuple[Refused, ...]


class DocumentReader(Protocol):
    """Makes a report of a document's bytes, or raises Refusal; called from several threads."""

    def read(self, data: bytes, *, file: str, sha256: str) -> Report:
        """The report."""
        ...

    def close(self) -> None:
        """End whatever was started for reading."""
        ...


@dataclass
class _Batch:
    """What the next transaction will do."""

    entries: list[tuple[Source, Report, tuple[Passage, ...]]] = field(default_factory=list)
    remove: list[int] = field(default_factory=list)
    moved: list[tuple[int, str, str]] = field(default_factory=list)
    refused: list[RefusedRow] = field(default_factory=list)
    passages: int = 0
    since: float = field(default_factory=time.monotonic)

    def take(self, source: Source, report: Report) -> None:
        """Put a report in; its bytes are on disk by now."""
        passages = split_passages(report)
        self.entries.append((replace(source, data=b""), report, passages))
        self.passages += len(passages)

    def full(self, most: int) -> bool:
        """Whether it is time to store it."""
        return bool(self.entries) and (
            len(self.entries) >= most
            or self.passages >= PASSAGES_A_BATCH
            or time.monotonic() - self.since >= SECONDS_A_BATCH
        )


@dataclass(frozen=True)
class _Waiting:
    """A document in turn; `future` is empty for one that need not be read (any more)."""

    source: Source | Unreadable
    position: int
    future: Future[Report] | None = None


class Ingest:
    """One run of adding; whoever starts it holds the writer's lock and has repaired the caches."""

    def __init__(
        self, store: Store, caches: Caches, originals: Originals, embedder: Embedder, reader: DocumentReader
    ) -> None:
        self._store = store
        self._caches = caches
        self._originals = originals
        self._embedder = embedder
        self._reader = reader
        self._by_sha: dict[str, Known] = {}
        self._by_source: dict[str, Known] = {}
        self._batch = _Batch()
        self._outcome: dict[str, list[Added]] = {"added": [], "unchanged": [], "replaced": []}
        self._refused: list[Refused] = []
        self._refused_before: frozenset[RefusedRow] = frozenset()
        self._following: Future[None] | None = None

    def run(self, files: Sequence[Found], progress: Progress, *, most: int = REPORTS_A_BATCH) -> AddOutcome:
        """Take in all files; what is already there by content is left alone."""
        for known in self._store.known():
            self._know(known)
        self._refused_before = frozenset(self._store.refusals())
        with ThreadPoolExecutor(READING_THREADS) as pool, ThreadPoolExecutor(1) as self._caching:
            for waiting in self._in_turn(files, pool):
                self._settle(waiting)
                progress(waiting.position, len(files), waiting.source.file)
                if self._batch.full(most):
                    self._flush()
            self._flush()
            self._followed()
        kinds = {kind: tuple(one) for kind, one in self._outcome.items()}
        return AddOutcome(**kinds, refused=tuple(self._refused))

    def _know(self, known: Known) -> None:
        self._by_sha[known.sha256] = known
        self._by_source[known.source] = known

    def _in_turn(self, files: Sequence[Found], pool: ThreadPoolExecutor) -> Iterator[_Waiting]:
        """All documents in order; the ones to be read are already being read some places ahead."""
        queue: deque[_Waiting] = deque()
        held = 0
        ahead: set[str] = set()
        for position, found in enumerate(files, 1):
            for source in read_sources(found):
                future = None
                if isinstance(source, Source) and not self._is_expected(source.sha256, ahead):
                    ahead.add(source.sha256)
                    future = pool.submit(self._read, source)
                queue.append(_Waiting(source, position, future))
                held += source.size
                while len(queue) > WAITING or held > WAITING_BYTES:
                    held -= queue[0].source.size
                    yield queue.popleft()
        yield from queue

    def _is_expected(self, sha256: str, ahead: set[str]) -> bool:
        return sha256 in self._by_sha or sha256 in ahead

    def _read(self, source: Source) -> Report:
        """The original is on disk before anything is known of it; a refused one is taken back."""
        name = self._originals.keep(source.data, source.sha256, source.file)
        failpoints.reached(failpoints.AFTER_FILE)
        try:
            return self._reader.read(source.data, file=source.file, sha256=source.sha256)
        except Refusal:
            self._originals.drop(name)
            raise

    def _settle(self, waiting: _Waiting) -> None:
        source = waiting.source
        if isinstance(source, Unreadable):
            self._refuse(source.identity, source.file, source.refusal)
            return
        known = self._by_sha.get(source.sha256)
        if known is not None:
            self._keep(source, known)
            return
        try:
            report = waiting.future.result() if waiting.future else self._read(source)
        except Refusal as refusal:
            self._refuse(source.identity, source.file, refusal)
            return
        failpoints.reached(failpoints.AFTER_PARSE)
        self._take(source, report)

    def _refuse(self, identity: str, file: str, refusal: Refusal) -> None:
        self._refused.append(Refused(file, refusal.reason, refusal.message))
        row = RefusedRow(identity, file, refusal.reason, refusal.message)
        if row not in self._refused_before:
            self._batch.refused.append(row)

    def _keep(self, source: Source, known: Known) -> None:
        """The content is there already; it may have moved, and what stood at this path before may be over."""
        named = Added(known.id, known.file, known.title)
        before = self._by_source.get(source.identity)
        if before is not None and before.sha256 == known.sha256:
            self._outcome["unchanged"].append(named)
            return
        if before is not None or not still_there(known.source):
            # Numbered first: what goes and what takes its place belong to one transaction.
            known = self._numbered(known)
            if before is not None:
                self._remove(before)
            self._by_source.pop(known.source, None)
            self._batch.moved.append((known.number, source.identity, source.file))
            self._know(replace(known, source=source.identity, file=source.file))
            named = replace(named, file=source.file)
        self._outcome["replaced" if before else "unchanged"].append(named)

    def _numbered(self, known: Known) -> Known:
        """The same, as stored: one that is still waiting in the batch has no number yet."""
        if not known.number:
            self._flush()
        return self._by_sha[known.sha256]

    def _remove(self, known: Known) -> None:
        known = self._numbered(known)
        del self._by_sha[known.sha256]
        self._batch.remove.append(known.number)

    def _take(self, source: Source, report: Report) -> None:
        before = self._by_source.get(source.identity)
        if before is not None:
            self._remove(before)
        self._outcome["replaced" if before else "added"].append(Added(report.id, report.file, report.title))
        self._batch.take(source, report)
        stored = self._originals.name(source.sha256, source.file)
        self._know(Known(0, report.id, source.identity, report.file, source.sha256, stored, report.title))

    def _flush(self) -> None:
        batch, self._batch = self._batch, _Batch()
        if not (batch.entries or batch.remove or batch.moved or batch.refused):
            return
        entries = self._entries(batch)
        self._followed()
        self._caches.prepare()
        removed = [passage.key for passage in self._store.passages(batch.remove)]
        unpurged = ((UNPURGED, IN_CACHES),) if batch.remove else ()
        applied = self._store.apply(
            Change(
                add=tuple(entries),
                remove=tuple(batch.remove),
                moved=tuple(batch.moved),
                refused=tuple(batch.refused),
                state=((MODEL, model_of(self._embedder)), *unpurged),
            )
        )
        stored = []
        for entry, (number, first) in zip(entries, applied.added, strict=True):
            keyed = tuple(replace(p, key=first + i) for i, p in enumerate(entry.passages))
            stored.append(Stored(number, entry.report, keyed, entry.vectors))
            self._know(replace(self._by_sha[entry.report.sha256], number=number))
        self._following = self._caching.submit(self._caches.follow, applied.generation, stored, removed)

    def _followed(self) -> None:
        """Wait until the caches have the batch before; they work while the next one is being read."""
        if self._following is not None:
            self._following.result()

    def _entries(self, batch: _Batch) -> list[Entry]:
        texts = [indexed_text(p, report) for _, report, passages in batch.entries for p in passages]
        vectors = self._embedder.encode(texts).astype(STORED) if texts else ()
        blobs = iter([vector.tobytes() for vector in vectors])
        return [
            Entry(
                report,
                source.identity,
                self._originals.name(source.sha256, source.file),
                passages,
                tuple(next(blobs) for _ in passages),
            )
            for source, report, passages in batch.entries
        ]
