"""Citations: from a span of a report to what the user can check, and the check itself.

A citation's quotation is always cut out of the stored text, never written. Knows nothing of how a
span was chosen.
"""

from __future__ import annotations

from dataclasses import replace

from assistant.answer import Citation
from corpus.report import Report


class CitationList:
    """Numbers the spans that an answer cites; the same span keeps its number."""

    def __init__(self) -> None:
        self._by_span: dict[tuple[str, int, int], Citation] = {}

    def cite(self, report: Report, start: int, end: int) -> Citation:
        """The citation of `report.text[start:end]`, numbered from 1 in order of first use."""
        span = (report.id, start, end)
        if span not in self._by_span:
            self._by_span[span] = citation_of(report, start, end, n=len(self._by_span) + 1)
        return self._by_span[span]

    @property
    def all(self) -> tuple[Citation, ...]:
        """Every citation so far, by number."""
        return tuple(self._by_span.values())


def citation_of(report: Report, start: int, end: int, *, n: int) -> Citation:
    """Citation number `n` of a span, with the chapter and page on which the span begins."""
    chapter = report.chapter_at(start)
    return Citation(
        n=n,
        report_id=report.id,
        file=report.file,
        title=report.title,
        chapter=chapter.kind if chapter else "other",
        heading=chapter.heading if chapter else "",
        page=report.page_at(start),
        start=start,
        end=end,
        quote=report.text[start:end],
    )


def is_sound(citation: Citation, report: Report) -> bool:
    """Whether the citation says exactly what the report says at its span, chapter and page."""
    said = citation_of(report, citation.start, citation.end, n=citation.n)
    return replace(citation, gloss="") == said
