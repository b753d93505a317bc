"""Footnotes and the list of sources: numbers, words, and the second mark of a source."""

from __future__ import annotations

import export_samples as samples

from assistant.export.document import Document, Heading, ListItem, Paragraph, Span
from assistant.export.notes import Note, Notes, all_blocks


def test_every_mark_gets_its_own_note() -> None:
    spans = [span for block in samples.BLOCKS for span in getattr(block, "spans", ())]
    notes = [piece for piece in Notes(samples.SOURCES).resolve(spans) if isinstance(piece, Note)]
    assert [note.number for note in notes] == [1, 2, 3, 4]
    assert tuple(note.text for note in notes) == samples.NOTES


def test_a_mark_directly_after_another_is_joined() -> None:
    spans = (Span("甲", note=1), Span("", note=2), Span("\x00", note=3), Span("乙", note=1))
    pieces = list(Notes(samples.SOURCES).resolve(spans))
    assert [piece.joined if isinstance(piece, Note) else piece.text for piece in pieces] == [
        "甲", False, True, True, "乙", False,
    ]  # fmt: skip


def test_the_document_closes_with_the_disclosure_and_the_reports_cited() -> None:
    closing = all_blocks(samples.REPORT)[len(samples.BLOCKS) :]
    assert closing == (
        Paragraph((Span(samples.DISCLOSURE),)),
        Heading(1, "來源"),
        *(ListItem((Span(line),), numbered=True) for line in samples.SOURCE_LIST),
    )


def test_nothing_closes_a_document_without_sources_or_disclosure() -> None:
    assert all_blocks(Document("題", ())) == ()
