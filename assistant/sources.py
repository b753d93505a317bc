"""What answering needs of the archive: hits, reports and rows within what the user allows.

Wraps the archive with the user's filter; loads each report once per answer. Knows nothing of
wording.
"""

from __future__ import annotations

from collections.abc import Iterable

from assistant.answer import AskFilter
from assistant.catalogue import Catalogue, when
from corpus.report import ChapterKind, Passage, Report
from index.archive import Archive, ReportRow
from index.search import Filter, Hit

WHOLE_REPORTS = 3
WHOLE_PASSAGES = 120


class Sources:
    """One answer's view of the archive."""

    def __init__(self, archive: Archive, catalogue: Catalogue, allowed: AskFilter) -> None:
        self._archive = archive
        self.catalogue = catalogue
        self._chapters = frozenset(allowed.chapters)
        self._allowed = allowed_reports(catalogue, allowed)
        self._loaded: dict[str, Report] = {}

    def within(self, reports: frozenset[str] | None) -> frozenset[str] | None:
        """`reports` without those that the user's filter leaves out; None means all."""
        if self._allowed is None:
            return reports
        return self._allowed if reports is None else reports & self._allowed

    def search(
        self, text: str, reports: frozenset[str] | None, *, k: int = 30, chapters: Iterable[ChapterKind] = ()
    ) -> tuple[Hit, ...]:
        """The best passages in `reports`; of a few short reports all passages, found ones first."""
        kinds = frozenset(chapters) or self._chapters
        if self._chapters and frozenset(chapters):
            kinds = self._chapters & frozenset(chapters)
            if not kinds:
                return ()
        where = Filter(self.within(reports), kinds or None)
        hits = self._archive.search(text, k, where)
        if where.report_ids is None or len(where.report_ids) > WHOLE_REPORTS:
            return hits
        known = {(hit.passage.report_id, hit.passage.start) for hit in hits}
        rest = [
            Hit(passage, 0.0, 0.0, 0.0)
            for report_id in sorted(where.report_ids)
            for passage in self._archive.passages(report_id)
            if (passage.report_id, passage.start) not in known and (not kinds or passage.chapter in kinds)
        ]
        return hits + tuple(rest[:WHOLE_PASSAGES])

    def report(self, report_id: str) -> Report:
        """The whole report."""
        if report_id not in self._loaded:
            self._loaded[report_id] = self._archive.report(report_id)
        return self._loaded[report_id]

    def passages(self, report_id: str) -> tuple[Passage, ...]:
        """The passages of one report, in reading order, that the user's chapters let through."""
        passages = self._archive.passages(report_id)
        return tuple(p for p in passages if not self._chapters or p.chapter in self._chapters)

    def row(self, report_id: str) -> ReportRow:
        """The report's metadata."""
        return self.catalogue.rows[report_id]

    def allows_chapter(self, kind: ChapterKind) -> bool:
        """Whether the user's filter lets this chapter through."""
        return not self._chapters or kind in self._chapters


def allowed_reports(catalogue: Catalogue, allowed: AskFilter) -> frozenset[str] | None:
    """Ids of the reports that pass the filter; None where it asks nothing of reports."""
    if not (allowed.years or allowed.countries or allowed.reports):
        return None
    return frozenset(key for key, row in catalogue.rows.items() if passes(row, allowed))


def passes(row: ReportRow, allowed: AskFilter) -> bool:
    """Whether the report is one that the filter allows; chapters are no matter of whole reports."""
    if allowed.reports and row.id not in allowed.reports and row.file not in allowed.reports:
        return False
    if allowed.countries and not set(allowed.countries) & set(row.countries):
        return False
    if allowed.years:
        moment = when(row)
        return moment is not None and allowed.years[0] <= moment.year <= allowed.years[1]
    return True
