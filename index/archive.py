"""The archive: a home folder of reports that can be added to, listed, searched, checked and made anew.

All that the assistant sees of storage and search. Knows nothing of questions or answers.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing, contextmanager
from functools import cache, cached_property
from pathlib import Path
from types import TracebackType

from corpus.changes import Change
from corpus.migrations import NewerHome
from corpus.report import Passage, Report, XindeError
from corpus.rows import ReportRow
from corpus.store import Store, StoreError
from index.caches import IN_CACHES, MOST_AT_ONCE, MOST_ON_OPENING, UNPURGED, Caches, Progress, nobody
from index.check import Problem, problems
from index.embed import open_embedder
from index.fingerprints import FingerprintCache, Fingerprints
from index.ingest import REPORTS_A_BATCH, Added, AddOutcome, DocumentReader, Ingest, Refused
from index.listing import Listing, UnknownReport, unknown
from index.lock import ArchiveBusy, is_unclean, writer_lock
from index.model_stamp import MODEL, OtherModel, check_model, model_of, reembed
from index.originals import Originals
from index.ports import EVERYWHERE, Embedder, Where
from index.reading import open_reader
from index.retrieval import Retrieval
from index.search import LOOKED_AT, Filter, Hit, look_again, rarity
from index.sources import find_files
from index.tokenise import Tokeniser

__all__ = [
    "AddOutcome", "Added", "Archive", "ArchiveBusy", "Filter", "Hit", "NewerHome", "OtherModel", "Problem",
    "Refused", "ReportRow", "StoreError", "UnknownReport",
]  # fmt: skip


class Archive:
    """An open home folder. Many may read it at once, in many processes; one writes."""

    def __init__(
        self, home: Path, store: Store, embedder: Callable[[], Embedder], reader: Callable[[], DocumentReader]
    ) -> None:
        self.home = home
        self.store = store
        self._open_embedder = embedder
        self._open_reader = reader
        self._originals = Originals(home / "files")
        self._fingerprints = FingerprintCache(home, store)
        self._lock = threading.RLock()
        self._retrieval: Retrieval | None = None
        self._listed = Listing(-1, ())
        self._checked_model = -1

    @classmethod
    def open(
        cls,
        home: Path,
        embedder: Embedder | None = None,
        *,
        model: str | None = None,
        extra_names: Path | None = None,
        reader: DocumentReader | None = None,
    ) -> Archive:
        """Open or create the archive in `home`; what a killed writer left undone is mended here.

        Without an `embedder` the one called `model` is opened when it is first needed.
        """
        try:
            home.mkdir(parents=True, exist_ok=True)
        except OSError as exc:
            raise XindeError(f"無法建立資料夾「{home}」。請換一個可以寫入的位置（--home）。") from exc
        store = Store.open(home / "archive.db")
        archive = cls(
            home,
            store,
            lambda: embedder or open_embedder(model),
            lambda: reader or open_reader(extra_names),
        )
        archive._mend()
        return archive

    def __enter__(self) -> Archive:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Give back files and connections."""
        self._let_go()
        self.store.close()

    @cached_property
    def embedder(self) -> Embedder:
        """The embedding model, opened when first needed."""
        return self._open_embedder()

    @property
    def tokeniser(self) -> Tokeniser:
        """The tokeniser, opened when first needed; its dictionary is the same for every archive."""
        return _tokeniser()

    @property
    def generation(self) -> int:
        """The number of the last change."""
        return self.store.generation()

    # Writing

    @contextmanager
    def _writing(self) -> Iterator[Caches]:
        """The caches, for the one writer; what the last one left undone is visible to `repair`."""
        with writer_lock(self.home) as unclean:
            self._let_go()
            if unclean:
                self._sweep()
            with Caches.writing(self.home, self.store, _tokeniser, doubtful=unclean) as caches:
                yield caches

    def _mend(self) -> None:
        """Repair what is behind; where another process is writing, go on with what is there."""
        if not is_unclean(self.home) and not Caches(self.home, self.store, _tokeniser).stale():
            return
        try:
            with self._writing() as caches:
                caches.repair(most=MOST_ON_OPENING)
        except ArchiveBusy:
            return

    def _sweep(self) -> None:
        self._originals.sweep([known.stored for known in self.store.known()])

    def add(
        self, paths: Sequence[Path], progress: Progress | None = None, *, batch: int = REPORTS_A_BATCH
    ) -> AddOutcome:
        """Take in files, folders and zips; what is unchanged stays, a changed file replaces its report."""
        files = find_files(paths)
        with self._writing() as caches:
            check_model(self.store, self.embedder)
            if caches.stale():
                caches.repair()
            with closing(self._open_reader()) as reader:
                ingest = Ingest(self.store, caches, self._originals, self.embedder, reader)
                outcome = ingest.run(files, progress or nobody, most=batch)
            self._forget(caches)
        return outcome

    def remove(self, id_or_file: str, *, most: int = MOST_AT_ONCE) -> Added:
        """Take a report out; afterwards its text and vectors are in no file of the home folder.

        More than `most` vectors are left to the next adding, and searched without an engine until then.
        """
        known = self._listing().find(id_or_file)
        with self._writing() as caches:
            self.store.apply(Change(remove=(known.number,), state=((UNPURGED, IN_CACHES),)))
            self._forget(caches, most)
        return Added(known.id, known.file, known.title)

    def _forget(self, caches: Caches, most: int = MOST_AT_ONCE) -> None:
        """Let nothing of what was removed stay on disk."""
        if self.store.state(UNPURGED):
            self._sweep()
            self._fingerprints.forget()
            caches.repair(most=most)

    def rebuild(self, progress: Progress | None = None) -> None:
        """Make the caches again from the truth; with another model than before, the vectors too."""
        with self._writing() as caches:
            if self.store.state(MODEL) not in (None, model_of(self.embedder)):
                reembed(self.store, self.embedder)
            self._sweep()
            self._fingerprints.discard()
            caches.remake(progress or nobody)

    # Reading

    def reports(self) -> tuple[ReportRow, ...]:
        """All reports without their text; read again only where something has changed."""
        return self._listing().rows

    def _listing(self) -> Listing:
        generation = self.generation
        if self._listed.generation != generation:
            self._listed = Listing(generation, self.store.rows())
        return self._listed

    def report(self, id_or_file: str) -> Report:
        """One whole report by its id or its file name."""
        report = self.store.report(self._listing().find(id_or_file).number)
        if report is None:
            raise unknown(id_or_file)
        return report

    def full_reports(self) -> Iterator[Report]:
        """All whole reports, in the order of being added."""
        return self.store.full_reports([row.number for row in self.reports()])

    def passages(self, report_id: str) -> tuple[Passage, ...]:
        """The passages of one report, in reading order."""
        return self.store.passages([self._listing().find(report_id).number])

    def search(self, query: str, k: int = 20, where: Filter | None = None) -> tuple[Hit, ...]:
        """The best passages for a query in plain words, best first."""
        place = self._place(where)
        if not query.strip() or k <= 0 or place is None:
            return ()
        retrieval = self._retrieving()
        table = retrieval.table()
        if not len(table):
            return ()
        tokens = self.tokeniser.query_fields(query)
        vector = self.embedder.encode([query])[0]
        scored = retrieval.candidates(tokens, vector, max(k, LOOKED_AT), place, table=table)
        passages = {p.key: p for p in self.store.passages_by_key([key for key, *_ in scored])}
        hits = [
            Hit(passages[key], score, lexical, dense)
            for key, score, lexical, dense in scored
            if key in passages
        ]
        frequencies = self.document_frequency([token for field in tokens.values() for token in field])
        return look_again(hits, rarity(frequencies, len(table)), self._listing().titles)[:k]

    def _place(self, where: Filter | None) -> Where | None:
        """The filter in the archive's own numbers; None where nothing can be found."""
        if where is None:
            return EVERYWHERE
        reports = None
        if where.report_ids is not None:
            reports = self._listing().numbers(where.report_ids)
        if reports == frozenset() or where.chapters == frozenset():
            return None
        return Where(reports, where.chapters)

    def document_frequency(self, tokens: Sequence[str]) -> dict[str, int]:
        """In how many passages each index token occurs."""
        index = self._retrieving().lexical()
        return index.document_frequency(tokens) if index else dict.fromkeys(tokens, 0)

    @property
    def passage_count(self) -> int:
        """How many passages can be found."""
        return self._listing().passages

    def fingerprints(self, progress: Progress = nobody) -> Fingerprints:
        """By which passages of the archive are found that share words with a text; made when first needed."""
        return self._fingerprints.current(progress)

    def _retrieving(self) -> Retrieval:
        with self._lock:
            if self._checked_model != self.generation:
                check_model(self.store, self.embedder)
                self._checked_model = self.generation
            if self._retrieval is None:
                self._retrieval = Retrieval(self.home, self.store, self.embedder.dim)
            return self._retrieval

    def _let_go(self) -> None:
        with self._lock:
            if self._retrieval is not None:
                self._retrieval.close()
            self._retrieval = None

    def check(self) -> tuple[Problem, ...]:
        """What does not agree; empty means clean."""
        self._let_go()
        return tuple(problems(self.home, self.store, self._originals))


@cache
def _tokeniser() -> Tokeniser:
    return Tokeniser.open()
