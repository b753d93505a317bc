"""What a sentence of a draft rests on, as the verifier sees it: a note of the writer, or a past passage.

The facts of the trip count as known, since the writer gave them. Decides nothing.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from assistant.answer import Citation
from assistant.draft import DraftSentence
from assistant.grounds import Ground
from assistant.notes import Note
from assistant.trip import Trip
from corpus.report import Passage, Report

NOTES = "notes"


def ground_of_note(note: Note, trip: Trip) -> Ground:
    """The ground that a note gives."""
    return Ground(
        report_id=NOTES,
        title=trip.title,
        agency=trip.agency,
        places=trip.places,
        events=(trip.event,) if trip.event else (),
        people=(trip.people,) if trip.people else (),
        start_date=trip.first,
        end_date=trip.last,
        report_date=None,
        chapter="process",
        path=(note.heading,) if note.heading else (),
        text=note.said,
        start=note.start,
    )


def ground_of_citation(citation: Citation, report: Report) -> Ground:
    """The ground that a cited stretch of a report gives."""
    passage = Passage(
        report_id=report.id,
        chapter=citation.chapter,
        path=(citation.heading,) if citation.heading else (),
        page=citation.page,
        start=citation.start,
        end=citation.end,
        text=citation.quote,
    )
    return Ground.of(report, passage)


def grounds_of(
    sentence: DraftSentence,
    trip: Trip,
    notes: Sequence[Note],
    cited: Mapping[int, tuple[Citation, Report]],
) -> list[Ground]:
    """The grounds that a sentence declares."""
    by_number = {note.n: note for note in notes}
    grounds = [ground_of_note(by_number[n], trip) for n in sentence.notes]
    return grounds + [ground_of_citation(*cited[n]) for n in sentence.citations]
