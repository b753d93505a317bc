"""The ledger: every recommendation of the archive, the times it was made, and what people say became of it.

Found in the reports; only what people say is stored, in archive.db beside them. A report that is replaced
hands it on to items of the same words (see `corpus.changes`). Knows no question and no page.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from typing import Any

import sqlalchemy as sa

from assistant.answer import AskFilter
from assistant.clusters import Cluster, Clusters, clusters_of
from assistant.ledger_cache import Kept, LedgerCache
from assistant.matching import SYNONYM, strength
from assistant.recommendations import Finder, Place, Recommendation
from assistant.sources import passes
from assistant.statuses import FollowUp
from assistant.terms import Term
from assistant.topics import Topics
from corpus.migrations import LEDGER
from corpus.report import XindeError
from index.archive import Archive
from index.model_stamp import MODEL
from index.tokenise import fold

Places = dict[tuple[str, str], FollowUp]


class UnknownRecommendation(XindeError):
    """There is no recommendation with this id."""


@dataclass(frozen=True)
class Record:
    """A recommendation with what people say of it and the cluster of all times it was made."""

    recommendation: Recommendation
    follow_up: FollowUp
    cluster: Cluster


@dataclass(frozen=True)
class Wanted:
    """Which records; empty means all. All `terms` have to be met; advice to others only if asked for.

    `implicit` and `addressee` narrow to one kind, and to whom it is given, where they are not empty.
    """

    topic: str = ""
    status: str = ""
    terms: tuple[Term, ...] = ()
    where: AskFilter = field(default_factory=AskFilter)
    others: bool = False
    implicit: bool | None = None
    addressee: str = ""

    def holds(self, record: Record) -> bool:
        """Whether the record is one of them, but for `where`, which is a matter of its report."""
        one = record.recommendation
        if self.implicit not in (None, one.implicit) or self.addressee not in ("", one.addressee):
            return False
        if self.topic and one.topic != self.topic or self.status and record.follow_up.status != self.status:
            return False
        if one.implicit and one.addressee == "others" and not self.others:
            return False
        about = fold("\n".join((one.title, one.heading, one.text))) if self.terms else ""
        return all(strength(term, about) >= SYNONYM for term in self.terms)


@dataclass(frozen=True)
class _Found:
    """All recommendations of one generation of the archive, and their clusters by id."""

    generation: int
    recommendations: tuple[Recommendation, ...]
    clusters: dict[str, Cluster]


class Ledger:
    """The recommendations of one open archive; what was found is kept until the archive changes."""

    def __init__(self, archive: Archive, finder: Finder, clusters: Callable[[], Clusters]) -> None:
        self._archive = archive
        self._finder = finder
        self._open_clusters = clusters
        self._cache = LedgerCache(archive.home, archive.store.state(MODEL) or "")
        self._found = _Found(-1, (), {})

    @classmethod
    def open(cls, archive: Archive) -> Ledger:
        """The ledger of the archive, with the project's own tables."""
        return cls(archive, Finder.load(), lambda: Clusters.over(archive.embedder, archive.tokeniser))

    @property
    def topics(self) -> Topics:
        """The topics there are."""
        return self._finder.topics

    def records(self, wanted: Wanted | None = None) -> tuple[Record, ...]:
        """The records that are wanted: the newest report first, each in the order of its text."""
        wanted = wanted or Wanted()
        now = self._current()
        rows = [row for row in self._archive.reports() if passes(row, wanted.where)]
        allowed = {row.id for row in rows}
        found = [one for one in now.recommendations if one.report_id in allowed]
        found.sort(key=lambda one: (-(one.date or date.min).toordinal(), one.report_id, one.start))
        return tuple(record for record in self._as_records(found, now.clusters) if wanted.holds(record))

    def find(self, recommendation_id: str) -> Record:
        """One record by its id; raises UnknownRecommendation."""
        now = self._current()
        found = [one for one in now.recommendations if one.id == recommendation_id]
        if not found:
            raise UnknownRecommendation(
                f"建議追蹤裡沒有「{recommendation_id}」。代號寫在 xinde ledger 每一項的最後，"
                "例如 r0123456789-1024。"
            )
        return next(iter(self._as_records(found, now.clusters)))

    def set_status(self, recommendation_id: str, **values: str) -> Record:
        """Keep what people say of a recommendation: any of status, unit, timetable, budget, reason, note.

        Raises UnknownRecommendation, and BadStatus where it cannot be kept.
        """
        one = self.find(recommendation_id).recommendation
        mine = sa.and_(LEDGER.c.report_id == one.report_id, LEDGER.c.words == one.key)
        now = datetime.now(UTC).isoformat(timespec="seconds")
        with self._archive.store.write() as connection:
            row = connection.execute(sa.select(LEDGER).where(mine)).mappings().first()
            known = _follow_up(row) if row else FollowUp()
            stored = {**vars(known.changed(values)), "updated_at": now}
            connection.execute(sa.delete(LEDGER).where(mine))
            connection.execute(sa.insert(LEDGER), [{"report_id": one.report_id, "words": one.key, **stored}])
        return self.find(recommendation_id)

    def _current(self) -> _Found:
        generation = self._archive.generation
        if self._found.generation != generation:
            self._found = self._find(generation)
        return self._found

    def _find(self, generation: int) -> _Found:
        """All of them; only what the cache does not hold is looked for, and put together anew."""
        kept = self._cache.read()
        places: dict[str, tuple[Place, ...]] = {}
        found: list[Recommendation] = []
        for report in self._archive.full_reports():
            # A report of an id never changes.
            known = kept.places.get(report.id)
            places[report.id] = self._finder.places(report) if known is None else known
            found += [self._finder.record(report, place) for place in places[report.id]]
        by_id = {one.id: one for one in found}
        groups = kept.groups
        if sorted(member for group in groups for member in group) != sorted(by_id):
            made = self._open_clusters().groups(found)
            groups = tuple(tuple(one.id for one in group) for group in made)
            if self._archive.generation == generation:
                self._cache.write(Kept(places, groups), generation)
        clusters = clusters_of([by_id[member] for member in group] for group in groups)
        return _Found(generation, tuple(found), clusters)

    def _as_records(self, found: Iterable[Recommendation], clusters: dict[str, Cluster]) -> Iterable[Record]:
        told = self._told()
        for one in found:
            follow_up = told.get((one.report_id, one.key), FollowUp())
            yield Record(one, follow_up, clusters[one.id])

    def _told(self) -> Places:
        with self._archive.store.read() as connection:
            rows = connection.execute(sa.select(LEDGER)).mappings().all()
        return {(row["report_id"], row["words"]): _follow_up(row) for row in rows}


def _follow_up(row: Any) -> FollowUp:
    return FollowUp(**{name: row[name] for name in FollowUp.__dataclass_fields__})


def record_json(record: Record, today: date) -> dict[str, Any]:
    """The record in the stable shape of the command line, then what people say and whom it is for."""
    one, told = record.recommendation, record.follow_up
    check = told.next_check(today)
    return {
        "id": one.id,
        "report_id": one.report_id,
        "file": one.file,
        "date": one.date.isoformat() if one.date else None,
        "number": one.number,
        "heading": one.heading,
        "text": one.text,
        "page": one.page,
        "term": one.term,
        "implicit": one.implicit,
        "topic": one.topic,
        "status": told.status,
        "cluster": record.cluster.id,
        "title": one.title,
        "addressee": one.addressee,
        "actor": one.actor,
        "times": record.cluster.times,
        "since": record.cluster.since.isoformat() if record.cluster.since else None,
        **{name: value for name, value in vars(told).items() if name != "status"},
        "next_check": check.isoformat() if check else None,
    }
