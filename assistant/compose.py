"""From chosen spans of reports to an Answer: statements, numbered citations, leads.

Decides how an answer reads, not what it says.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from assistant import wording
from assistant.answer import Answer, Nearest, Statement
from assistant.citations import CitationList
from assistant.question import Question
from corpus.report import Report
from index.archive import ReportRow

BULLET = re.compile(r"^[-•・●▪◆*]\s+")


@dataclass(frozen=True)
class Piece:
    """One statement to be: `text` as shown and the span of the report that it rests on."""

    text: str
    start: int
    end: int


@dataclass(frozen=True)
class Block:
    """What one report says, under one lead."""

    report: Report
    lead: str
    pieces: tuple[Piece, ...]


def span_piece(report: Report, start: int, end: int) -> Piece:
    """A piece that shows its span as it stands, without its bullet, line ends and tabs as spaces."""
    return Piece(BULLET.sub("", report.text[start:end].replace("\n", " ").replace("\t", "　")), start, end)


def compose(question: Question, blocks: Sequence[Block]) -> Answer:
    """The answer that shows the blocks in their order."""
    citations = CitationList()
    statements: list[Statement] = []
    lines: list[str] = []
    for block in blocks:
        lines += [""] if lines else []
        lines.append(block.lead)
        for piece in block.pieces:
            citation = citations.cite(block.report, piece.start, piece.end)
            statements.append(Statement(piece.text, (citation.n,)))
            lines.append(f"- {piece.text} [{citation.n}]")
    return Answer(
        question=question.text,
        language=question.language,
        text="\n".join(lines),
        abstained=False,
        statements=tuple(statements),
        citations=citations.all,
    )


def refuse(question: Question, what: Sequence[str], near: Sequence[tuple[ReportRow, str]]) -> Answer:
    """The answer that says the archive has nothing, and what comes nearest."""
    lines = [wording.not_found(what, question.language)]
    if near:
        lines.append(wording.nearest_line([row.title for row, _ in near], question.language))
    return Answer(
        question=question.text,
        language=question.language,
        text="\n".join(lines),
        abstained=True,
        nearest=tuple(Nearest(row.id, row.file, row.title, why) for row, why in near),
    )
