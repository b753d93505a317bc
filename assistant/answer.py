"""Values of an answer: statements, their citations, and the JSON that scripts rely on.

Pure values. How an answer is found or shown is decided elsewhere.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, Literal

from corpus.report import ChapterKind

Language = Literal["zh", "en"]
Support = Literal["supported", "partial", "unsupported"]

NOT_FOUND = "檔案中查無"


@dataclass(frozen=True)
class Turn:
    """One earlier turn of a conversation."""

    role: Literal["user", "assistant"]
    content: str


@dataclass(frozen=True)
class AskFilter:
    """What the user narrowed the archive to; empty means everything. Years are Gregorian, inclusive."""

    years: tuple[int, int] | None = None
    countries: tuple[str, ...] = ()
    chapters: tuple[ChapterKind, ...] = ()
    reports: tuple[str, ...] = ()


@dataclass(frozen=True)
class Citation:
    """`quote` is exactly the report's stored text from `start` to `end`; `gloss` says it in English."""

    n: int
    report_id: str
    file: str
    title: str
    chapter: ChapterKind
    heading: str
    page: int
    start: int
    end: int
    quote: str
    gloss: str = ""


@dataclass(frozen=True)
class Statement:
    """One sentence (or item) of the answer with the numbers of the citations it rests on.

    `reasons` say what of it the cited passages do not hold.
    """

    text: str
    citations: tuple[int, ...]
    support: Support = "supported"
    reasons: tuple[str, ...] = ()


@dataclass(frozen=True)
class Nearest:
    """A report offered where the archive does not hold what was asked for."""

    report_id: str
    file: str
    title: str
    why: str


@dataclass(frozen=True)
class Answer:
    """What the user gets; `text` is the answer as plain text with [n] marks.

    `model` is the language model that wrote it, where one did; `notes` say what was withheld or went wrong.
    """

    question: str
    language: Language
    text: str
    abstained: bool
    statements: tuple[Statement, ...] = ()
    citations: tuple[Citation, ...] = ()
    nearest: tuple[Nearest, ...] = ()
    mode: Literal["extractive", "llm"] = "extractive"
    model: str = ""
    notes: tuple[str, ...] = ()
    timings_ms: dict[str, float] = field(default_factory=dict)


def answer_json(answer: Answer) -> dict[str, Any]:
    """The answer in the stable shape of the command line; what a model adds is there only where it is."""
    return {
        "question": answer.question,
        "language": answer.language,
        "answer": answer.text,
        "abstained": answer.abstained,
        "mode": answer.mode,
        "statements": [
            {"text": s.text, "citations": list(s.citations), "support": s.support}
            | _given(reasons=list(s.reasons))
            for s in answer.statements
        ],
        "citations": [
            {name: value for name, value in vars(c).items() if name != "gloss"} | _given(gloss=c.gloss)
            for c in answer.citations
        ],
        "nearest": [vars(n) for n in answer.nearest],
        "timings_ms": {name: round(ms, 1) for name, ms in answer.timings_ms.items()},
    } | _given(model=answer.model, notes=list(answer.notes))


def _given(**values: Any) -> dict[str, Any]:
    return {name: value for name, value in values.items() if value}
