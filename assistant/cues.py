"""What wording tells about a question: the rows of `data/cues.toml`, compiled.

`assistant.question` loops over them. Patterns meet folded text, so Simplified wording and
full-width letters are met too. Nothing here knows an archive, a report or a search.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

from corpus.report import ChapterKind, DocType
from index.tokenise import fold

DATA = Path(__file__).parent / "data" / "cues.toml"
# Parts may be made of parts, but not deeper than this.
DEPTH = 3
Kind = Literal["fact", "list", "compare", "chapter", "reports", "yesno"]


@dataclass(frozen=True)
class ChapterCue:
    """`pattern` asks for the chapters of `kinds`; `strict` where nothing outside them will do."""

    name: str
    pattern: re.Pattern[str]
    kinds: tuple[ChapterKind, ...]
    strict: bool = False


@dataclass(frozen=True)
class KindCue:
    """`pattern` makes the question one of `kind`."""

    kind: Kind
    pattern: re.Pattern[str]


@dataclass(frozen=True)
class Wanted:
    """A kind of thing asked for, and what a sentence that gives one looks like.

    `strict`: without a match in the evidence there is no answer; `keep`: the wording is a term too.
    """

    name: str
    zh: str
    pattern: re.Pattern[str]
    evidence: re.Pattern[str]
    strict: bool
    keep: bool


@dataclass(frozen=True)
class UnitCue:
    """`pattern` counts things of a kind; only a figure like `evidence` says how many."""

    pattern: re.Pattern[str]
    evidence: re.Pattern[str]


@dataclass(frozen=True)
class DocumentCue:
    """`pattern` speaks of documents of one type."""

    doc_type: DocType
    pattern: re.Pattern[str]


@dataclass(frozen=True)
class Cues:
    """All tables; the flags: does it span trips, ask about ourselves, ask what was recommended before,
    ask what to know before a trip (and on what matter),
    leave out words, point back."""

    chapters: tuple[ChapterCue, ...]
    kinds: tuple[KindCue, ...]
    wanted: tuple[Wanted, ...]
    units: tuple[UnitCue, ...]
    documents: tuple[DocumentCue, ...]
    all_trips: re.Pattern[str]
    ours: re.Pattern[str]
    asks_before: re.Pattern[str]
    plans_ahead: re.Pattern[str]
    ahead_topic: re.Pattern[str]
    ellipsis: re.Pattern[str]
    pointing: re.Pattern[str]
    person: re.Pattern[str]

    @classmethod
    def load(cls, path: Path = DATA) -> Cues:
        """Read and compile the tables."""
        data = tomllib.loads(path.read_text(encoding="utf-8"))
        parts = data["parts"]
        return cls(
            chapters=tuple(_chapter(row, parts) for row in data["chapter"]),
            kinds=tuple(KindCue(row["kind"], compile_cue(row["ask"], parts)) for row in data["kind"]),
            wanted=tuple(_wanted(row, parts) for row in data["wanted"]),
            units=tuple(
                UnitCue(compile_cue(r["ask"], parts), compile_cue(r["give"], parts)) for r in data["unit"]
            ),
            documents=tuple(
                DocumentCue(r["doc_type"], compile_cue(r["ask"], parts)) for r in data["document"]
            ),
            **{name: compile_cue(rows, parts) for name, rows in data["flags"].items()},
        )


def _chapter(row: dict[str, Any], parts: dict[str, str]) -> ChapterCue:
    return ChapterCue(
        row["name"], compile_cue(row["ask"], parts), tuple(row["kinds"]), row.get("strict", False)
    )


def _wanted(row: dict[str, Any], parts: dict[str, str]) -> Wanted:
    ask, give = compile_cue(row["ask"], parts), compile_cue(row["give"], parts)
    return Wanted(row["name"], row["zh"], ask, give, row["strict"], row.get("keep", False))


def compile_cue(alternatives: Sequence[str], parts: dict[str, str]) -> re.Pattern[str]:
    """A pattern for any of the alternatives, folded, with every {name} replaced by the part of that name."""
    pattern = "|".join(alternatives)
    for _ in range(DEPTH):
        for name, part in parts.items():
            pattern = pattern.replace("{" + name + "}", part)
    return re.compile(fold(pattern))
