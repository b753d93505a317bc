"""Passages found, in the shape that other people's programs get: the exact text and where it stands.

Thin over `Assistant.retrieve`. Knows no framework and no protocol.
"""

from __future__ import annotations

from dataclasses import dataclass

from assistant.answer import AskFilter
from assistant.assistant import Assistant, check_question
from corpus.report import ChapterKind
from index.archive import ReportRow
from index.search import HIGHEST, Hit

PATH = "／"


@dataclass(frozen=True)
class Found:
    """One passage; `text` is exactly the report's stored text from `start` to `end`.

    `id` stays the same as long as the report does. `score` runs from 0 to 1 and orders the passages
    of one question; it is no probability and cannot be compared between questions.
    """

    id: str
    report_id: str
    file: str
    title: str
    chapter: ChapterKind
    heading: str
    page: int
    start: int
    end: int
    text: str
    score: float


def find(assistant: Assistant, text: str, where: AskFilter, k: int) -> tuple[Found, ...]:
    """The `k` passages that an answer to `text` would be looked for in, best first.

    Raises `QuestionRefused` where there is nothing, or far too much, to look for.
    """
    check_question(text)
    rows = {row.id: row for row in assistant.archive.reports()}
    hits = assistant.retrieve(text, (), where, k)
    return tuple(_found(hit, rows[hit.passage.report_id]) for hit in hits if hit.passage.report_id in rows)


def _found(hit: Hit, row: ReportRow) -> Found:
    passage = hit.passage
    return Found(
        id=f"{row.id}:{passage.start}-{passage.end}",
        report_id=row.id,
        file=row.file,
        title=row.title,
        chapter=passage.chapter,
        heading=PATH.join(passage.path),
        page=passage.page,
        start=passage.start,
        end=passage.end,
        text=passage.text,
        score=min(1.0, hit.score / HIGHEST),
    )
