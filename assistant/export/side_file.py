"""The file beside an exported document that tells how it came about: program, date, modes, passages.

For whoever keeps the record; it holds no text of reports.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from importlib import metadata
from typing import Any, Literal

from assistant.answer import Citation
from assistant.conversations import Exchange

PROGRAM = "xinde"


@dataclass(frozen=True)
class Made:
    """One thing that was generated, such as an answer, and the passages it was made from."""

    what: str
    mode: Literal["extractive", "llm"]
    passages: tuple[Citation, ...]
    model: str = ""


def made_answers(exchanges: Sequence[Exchange]) -> tuple[Made, ...]:
    """The answers of a conversation."""
    return tuple(
        Made(one.question, one.answer.mode, one.answer.citations, one.answer.model) for one in exchanges
    )


def side_file(title: str, made: Iterable[Made], *, moment: datetime) -> dict[str, Any]:
    """What goes into the side file, ready for `json.dumps`."""
    return {
        "program": PROGRAM,
        "version": metadata.version(PROGRAM),
        "date": moment.isoformat(timespec="seconds"),
        "title": title,
        "made": [
            {"what": one.what, "mode": one.mode, "model": one.model, "passages": _passages(one.passages)}
            for one in made
        ],
    }


def _passages(citations: Iterable[Citation]) -> list[dict[str, str | int]]:
    return [
        {"report_id": c.report_id, "file": c.file, "start": c.start, "end": c.end, "page": c.page}
        for c in citations
    ]
