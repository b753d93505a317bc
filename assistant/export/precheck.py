"""What the archive holds for a planned trip as a document: similar trips, their lessons, what is still open.

Knows nothing of formats, nor of how the trips were found.
"""

from __future__ import annotations

from collections.abc import Iterator

from assistant.export.document import Block, Document, Heading, ListItem, Paragraph, Source, Span
from assistant.export.side_file import Made
from assistant.precheck import RECENT_YEARS, WHY_NAMES, Lesson, Precheck, SimilarTrip
from assistant.render import heading
from assistant.render_precheck import ASK, OPEN
from assistant.wording import show_period

TITLE = "出國前參考：{plan}"
LEAD = "檔案庫裡相近的出國案 {count} 次，近 {years} 年的在前；每一項後面的註是報告原文的位置。"


def precheck_document(found: Precheck, disclosure: str) -> Document:
    """The trips with what they learned and recommended, then what is open; every item with its source."""
    lead = LEAD.format(count=len(found.trips), years=RECENT_YEARS)
    blocks: list[Block] = [Paragraph((Span(lead),))]
    for is_recent, label in ((True, f"近 {RECENT_YEARS} 年"), (False, "更早")):
        trips = [trip for trip in found.trips if trip.is_recent == is_recent]
        blocks += [Heading(1, label)] if trips else []
        blocks += [block for trip in trips for block in _trip(trip)]
    still = [block for trip in found.trips for block in _open(trip)]
    if still:
        blocks += [Heading(1, OPEN), Paragraph((Span(f"{ASK}。"),)), *still]
    sources = tuple(
        Source(one.n, one.title or one.file, heading(one), one.page, one.file, one.quote)
        for one in found.citations
    )
    return Document(TITLE.format(plan=found.plan.named), tuple(blocks), sources, disclosure=disclosure)


def made_precheck(found: Precheck) -> Made:
    """The passages that were looked up, for the side file."""
    return Made(f"precheck：{found.plan.text}", "extractive", found.citations)


def _trip(trip: SimilarTrip) -> Iterator[Block]:
    period = show_period(trip.row, "zh")
    yield Heading(2, f"《{trip.row.title or trip.row.file}》{f'（{period}）' if period else ''}")
    yield Paragraph((Span("、".join(WHY_NAMES[one] for one in trip.why)),), lead=True)
    for label, lessons in (("學到", trip.learned), ("建議", trip.recommended)):
        if lessons:
            yield Paragraph((Span(label, bold=True),), lead=True)
        yield from (_lesson(lesson) for lesson in lessons)


def _lesson(lesson: Lesson) -> ListItem:
    head = [Span(f"{lesson.heading}\n", bold=True)] if lesson.heading else []
    return ListItem((*head, Span(lesson.text, note=lesson.citation)))


def _open(trip: SimilarTrip) -> Iterator[Block]:
    when = show_period(trip.row, "zh") or trip.row.file
    for lesson in trip.recommended:
        if lesson.is_open:
            named = lesson.heading or lesson.text
            yield ListItem((Span(f"{named}（{when}，{lesson.status}）", note=lesson.citation),))
