"""A manuscript against the archive and the writer's sources: which paragraphs stand there already.

Fingerprints name the passages that may be meant; those are then read and compared character by character,
masked as `index.shingles` says. Quotations with a source are nobody's copying. Judges nothing.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from assistant.answer import Citation
from assistant.manuscript import Manuscript
from assistant.overlap import Overlap, Twin
from corpus.paragraphs import Paragraph
from corpus.report import Passage, Report
from corpus.store import Known
from index.archive import Archive
from index.caches import Progress, nobody
from index.fingerprints import Fingerprints
from index.passages import split_passages
from index.sentences import Span
from index.shingles import BARRIER, MASK, Masked, mask, masked_text

# Shorter paragraphs, in masked characters, say too little of their own to be copied.
LEAST_PARAGRAPH = 20
CANDIDATES = 8
# Characters compared at once, and how many must agree in a row to count.
GRAM, LEAST_RUN = 6, 9
# A second passage is named where it adds so many characters, a paragraph from this share on.
LEAST_ADDED = 12
LEAST_SHARE = 0.15
_GAP = 2


@dataclass(frozen=True)
class _Shelf:
    """Passages to compare with: their fingerprints, how to read them and what their reports are called.

    Of an archive the reports are looked up as they are met: it may hold very many.
    """

    table: Fingerprints
    passages: dict[int, Passage] | Archive
    reports: dict[str, Report | Known]
    excluded: frozenset[str] = frozenset()

    def near(self, masked: str) -> list[Passage]:
        """The passages that may hold something of a masked text."""
        keys = self.table.nearest(masked, CANDIDATES)
        if isinstance(self.passages, dict):
            return [self.passages[key] for key in keys]
        found = {passage.key: passage for passage in self.passages.store.passages_by_key(keys)}
        met = {passage.report_id for passage in found.values()} - set(self.reports)
        self.reports.update((one.id, one) for one in self.passages.store.known(id=tuple(met)))
        return [found[key] for key in keys if key in found and found[key].report_id not in self.excluded]


def compare(
    manuscript: Manuscript,
    archive: Archive | None,
    sources: Sequence[Report] = (),
    progress: Progress = nobody,
) -> tuple[Overlap, ...]:
    """The paragraphs of which a part stands in the archive or in a source, in order.

    A report of the archive that is the same trip is not compared with.
    """
    shelves = [_archive_shelf(manuscript.report, archive, progress)] if archive is not None else []
    shelves += [_source_shelf(sources)] if sources else []
    comparison = _Comparison(manuscript, shelves)
    return tuple(overlap for paragraph in manuscript.paragraphs for overlap in comparison.of(paragraph))


def same_trip(report: Report, archive: Archive) -> frozenset[str]:
    """The reports of the archive that are this one: the same file, or the same title and days."""
    known = archive.store.known(sha256=(report.sha256,), title=(report.title,))
    days = (report.start_date, report.end_date)
    same = [one.id for one in known if one.sha256 == report.sha256]
    if report.start_date is not None:
        alike = [archive.store.report(one.number) for one in known if one.title == report.title]
        same += [one.id for one in alike if one and (one.start_date, one.end_date) == days]
    return frozenset(same)


def _archive_shelf(report: Report, archive: Archive, progress: Progress) -> _Shelf:
    return _Shelf(archive.fingerprints(progress), archive, {}, same_trip(report, archive))


def _source_shelf(sources: Sequence[Report]) -> _Shelf:
    """The sources as passages with keys of their own; their reports have no id."""
    named = [replace(source, id=f"source{n}") for n, source in enumerate(sources)]
    passages = [passage for source in named for passage in split_passages(source)]
    keyed = dict(enumerate(passages))
    table = Fingerprints.of((key, passage.text) for key, passage in keyed.items())
    return _Shelf(table, keyed, {source.id: source for source in named})


class _Comparison:
    """One manuscript with the shelves that it is compared with."""

    def __init__(self, manuscript: Manuscript, shelves: Sequence[_Shelf]) -> None:
        self._report = manuscript.report
        self._shelves = shelves
        self._quoted = [(q.start, q.end) for q in manuscript.quotations if q.sourced]
        self._masked: dict[tuple[str, int], str] = {}

    def of(self, paragraph: Paragraph) -> Iterator[Overlap]:
        """The overlap of one paragraph, where there is a noticeable one."""
        skip = [(a - paragraph.start, b - paragraph.start) for a, b in self._quoted]
        own = mask(paragraph.text, skip)
        size = _real(own.text, range(len(own.text)))
        if size < LEAST_PARAGRAPH:
            return
        covered: set[int] = set()
        twins: list[Twin] = []
        for passage, citation in self._near(own.text):
            places = matching(own.text, self._mask(passage))
            if _real(own.text, places - covered) >= LEAST_ADDED:
                covered |= places
                twins.append(Twin(replace(citation, n=len(twins) + 1), _real(own.text, places) / size))
        share = _real(own.text, covered) / size
        if share >= LEAST_SHARE:
            spans = tuple((paragraph.start + a, paragraph.start + b) for a, b in _spans(own, covered))
            page = self._report.page_at(paragraph.start)
            yield Overlap(paragraph.text, paragraph.start, paragraph.end, page, share, spans, tuple(twins))

    def _near(self, masked: str) -> list[tuple[Passage, Citation]]:
        """The candidates of all shelves, those that hold most first."""
        found = [
            (len(matching(masked, self._mask(passage))), passage, shelf)
            for shelf in self._shelves
            for passage in shelf.near(masked)
        ]
        found.sort(key=lambda one: -one[0])
        return [(passage, _cite(passage, shelf)) for size, passage, shelf in found if size]

    def _mask(self, passage: Passage) -> str:
        key = (passage.report_id, passage.start)
        if key not in self._masked:
            self._masked[key] = masked_text(passage.text)
        return self._masked[key]


def _cite(passage: Passage, shelf: _Shelf) -> Citation:
    report = shelf.reports[passage.report_id]
    known = passage.report_id if isinstance(report, Known) else ""
    heading = " ".join(passage.path[:2])
    return Citation(
        0, known, report.file, report.title, passage.chapter, heading, passage.page,
        passage.start, passage.end, passage.text,
    )  # fmt: skip


def matching(masked: str, other: str) -> set[int]:
    """The places of a masked text at which a long enough run stands in the other one too."""
    grams = {other[at : at + GRAM] for at in range(len(other) - GRAM + 1)}
    places: set[int] = set()
    start = None
    for at in range(len(masked) - GRAM + 2):
        known = at <= len(masked) - GRAM and masked[at : at + GRAM] in grams
        if known and start is None:
            start = at
        elif not known and start is not None:
            run = range(start, at + GRAM - 1)
            if _real(masked, run) >= LEAST_RUN:
                places.update(run)
            start = None
    return places


def _real(masked: str, places: Iterable[int]) -> int:
    """How many of the places hold characters that were written, not placeholders."""
    return sum(masked[at] not in (MASK, BARRIER) for at in places)


def _spans(masked: Masked, covered: set[int]) -> list[Span]:
    """The covered places as spans of the original, those close together joined."""
    spans: list[Span] = []
    for at in sorted(covered):
        start, end = masked.places[at]
        if spans and start - spans[-1][1] <= _GAP:
            spans[-1] = (spans[-1][0], end)
        else:
            spans.append((start, end))
    return spans
