"""What a sentence looks like that recommends: the rows of `data/advice.toml`, compiled.

`assistant.recommendations` loops over them. Patterns meet folded text without white space. Nothing here
knows a report or its items.
"""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

from assistant.cues import compile_cue
from corpus.report import ChapterKind
from index.tokenise import fold

DATA = Path(__file__).parent / "data" / "advice.toml"
LOCAL = re.compile("[縣市區鄉鎮]")

Addressee = Literal["own", "others"]
By = Literal["own", "others", "central"]


@dataclass(frozen=True)
class Cue:
    """`pattern` in a chapter of `kinds` (any where there are none) tells `by` to act."""

    by: By
    pattern: re.Pattern[str]
    kinds: frozenset[ChapterKind]


@dataclass(frozen=True)
class Advice:
    """All tables; sentences are to be given as they stand in the report."""

    cues: tuple[Cue, ...]
    refuse: re.Pattern[str]
    closing: re.Pattern[str]
    nothing: re.Pattern[str]
    actors: tuple[re.Pattern[str], ...]

    @classmethod
    def load(cls, path: Path = DATA) -> Advice:
        """Read and compile the tables."""
        data = tomllib.loads(path.read_text(encoding="utf-8"))
        parts = data["parts"]
        whole = {name: compile_cue(data[name]["ask"], parts) for name in ("refuse", "closing", "nothing")}
        return cls(
            cues=tuple(_cue(row, parts) for row in data["cue"]),
            actors=tuple(compile_cue([row], parts) for row in data["actor"]["ask"]),
            **whole,
        )

    def addressee(self, sentence: str, kind: ChapterKind, agency: str = "") -> Addressee | None:
        """Whom the sentence of such a chapter tells to act; None where it recommends nothing.

        To an agency of the central government that government is no other.
        """
        said = plain(sentence)
        if self.refuse.search(said) or self.closing.search(said):
            return None
        for cue in self.cues:
            if (not cue.kinds or kind in cue.kinds) and cue.pattern.search(said):
                return _resolved(cue.by, agency)
        return None

    def sums_up(self, text: str) -> bool:
        """Whether this only closes the report, or says that there is nothing to recommend."""
        said = plain(text)
        return bool(self.closing.search(said) or self.nothing.search(said.strip("。.")))

    def actor(self, text: str) -> str:
        """Who is to act, as far as the text says so."""
        squeezed = "".join(text.split())
        said = fold(squeezed)
        for pattern in self.actors:
            if found := pattern.search(said):
                start, end = found.span(1)
                # Folding keeps the length of nearly all text; where it did not, the folded name is shown.
                return squeezed[start:end] if len(said) == len(squeezed) else found[1]
        return ""


def _resolved(by: By, agency: str) -> Addressee:
    if by != "central":
        return by
    return "others" if LOCAL.search(agency) else "own"


def plain(text: str) -> str:
    """Folded text without white space."""
    return fold("".join(text.split()))


def _cue(row: dict[str, Any], parts: dict[str, str]) -> Cue:
    return Cue(row["by"], compile_cue(row["ask"], parts), frozenset(row.get("chapters", ())))
