"""Where a note says another number or day than the archive's report of the same trip does.

Compares a note only with a passage that speaks of the same thing; says nothing of which of them is right.
"""

from __future__ import annotations

from collections.abc import Iterator

from assistant.alignment import Aligner, Field
from assistant.claims import Claims
from assistant.grounds import Ground
from assistant.notes import Note, Notes
from assistant.unfounded import unfounded
from assistant.verification import Verifier
from corpus.report import Report
from index.archive import Archive
from index.search import Filter
from index.tokenise import traditional

SAME_MATTER = 0.7
LOOKED_AT = 4
MOST_SAID = 10
SENTENCE = "札記 [N{n}] 寫「{value}」，檔案中《{title}》第 {page} 頁寫「{sentence}」。請核對哪一個正確。"


def find_differences(notes: Notes, report: Report, archive: Archive, verifier: Verifier) -> tuple[str, ...]:
    """A sentence for each note that differs in a number or a date, up to ten."""
    said = (line for note in notes.notes for line in _of_note(note, report, archive, verifier))
    return tuple(line for _, line in zip(range(MOST_SAID), said, strict=False))


def _of_note(note: Note, report: Report, archive: Archive, verifier: Verifier) -> Iterator[str]:
    if not any(character.isdigit() for character in note.said):
        return
    hits = archive.search(note.said, LOOKED_AT, Filter(frozenset({report.id})))
    claims, field = verifier.read(note.said, [Ground.of(report, hit.passage) for hit in hits])
    aligner = Aligner(claims, field)
    sentences = range(len(field.sentences))
    best = max(sentences, key=lambda at: aligner.cover([at], head=False), default=None)
    if best is None or aligner.cover([best], head=False) < SAME_MATTER:
        return
    values = [found.value for found in unfounded(claims, field) if found.kind in ("number", "date")]
    if values and _counts_the_same(claims, field, best):
        sentence = field.sentences[best]
        yield SENTENCE.format(
            n=note.n,
            value=traditional("、".join(values)),
            title=report.title or report.file,
            page=report.page_at(sentence.start),
            sentence=" ".join(report.text[sentence.start : sentence.end].split()),
        )


def _counts_the_same(claims: Claims, field: Field, at: int) -> bool:
    """Whether the sentence has a figure in a unit of the note, or both have a date."""
    clauses = [field.spots[spot].clause for spot in field.sentences[at].spots]
    kinds = {quantity.kind for clause in clauses for quantity in clause.quantities}
    said = {quantity.kind for quantity in claims.quantities}
    return bool((kinds & said) - {""}) or bool(claims.dates and any(clause.dates for clause in clauses))
