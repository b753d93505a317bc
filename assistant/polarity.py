"""Small words that turn a statement: negation, degree, how sure and of what kind, and pairs of opposites.

Says which of them stand in a piece of folded text. Compares nothing.
"""

from __future__ import annotations

import re
import tomllib
from collections import defaultdict
from dataclasses import dataclass
from pathlib import Path

from index.tokenise import fold

DATA = Path(__file__).parent / "data"
NEGATION = "negation"
# 要不要, 是否 and 有沒有 leave it open; after these a negation no longer holds.
_OPEN = re.compile(fold(r"(.)不\1|有沒有|[是與能可]否"))
_STOP = re.compile(
    fold(
        r"[,;。:、(「\n]|時(?!間)|後|但|卻|則|先(?!進)|(?<![因然從])而|問題|引起|招來|造成|導致|為目標|為原則"
    )
)
_BEHIND = re.compile(fold(r"(?:不[了起出來]|不到(?![\d一二三四五六七八九十百])|未果)"))


@dataclass(frozen=True)
class Polarity:
    """The compiled tables; `opposites` gives for a folded word those that say the contrary.

    `siblings` gives those that stand with it on one side.
    """

    chinese: dict[str, re.Pattern[str]]
    english: dict[str, re.Pattern[str]]
    opposites: dict[str, frozenset[str]]
    siblings: dict[str, frozenset[str]]

    @classmethod
    def load(cls, folder: Path = DATA) -> Polarity:
        """Read polarity.toml and antonyms.txt."""
        table = tomllib.loads((folder / "polarity.toml").read_text(encoding="utf-8"))
        return cls(
            {name: re.compile(fold("|".join(row["zh"]))) for name, row in table.items()},
            {name: re.compile("|".join(row["en"])) for name, row in table.items()},
            *_opposites((folder / "antonyms.txt").read_text(encoding="utf-8")),
        )

    def found(self, kind: str, folded: str, *, english: bool = False) -> list[str]:
        """The words of one kind that stand in the text."""
        pattern = (self.english if english else self.chinese)[kind]
        return [found[0] for found in pattern.finditer(folded)]

    def is_negated(self, folded: str, *, english: bool = False) -> bool:
        """Whether an odd number of negations stands in the text."""
        return len(self.found(NEGATION, folded, english=english)) % 2 == 1

    def negates(self, folded: str, at: int, size: int, reach: int) -> bool:
        """Whether the word of `size` at a place is negated from within `reach` characters before it."""
        start = max(0, at - reach)
        window = folded[start : at + 2]
        stops = [found.end() for found in _STOP.finditer(window, 0, at - start)]
        first = max(stops, default=0)
        open_ones = [found.span() for found in _OPEN.finditer(window)]
        negations = [
            found
            for found in self.chinese[NEGATION].finditer(window, first)
            if found.end() <= at - start and not any(a <= found.start() < b for a, b in open_ones)
        ]
        return (len(negations) % 2 == 1) != bool(_BEHIND.match(folded, at + size))


def _opposites(text: str) -> tuple[dict[str, frozenset[str]], dict[str, frozenset[str]]]:
    """For every word of the table those of the other side, and those of its own."""
    found: dict[str, set[str]] = defaultdict(set)
    same: dict[str, set[str]] = defaultdict(set)
    for line in text.splitlines():
        if "/" not in line or line.startswith("#"):
            continue
        left, right = (fold(side).split() for side in line.split("/"))
        for one, other in ((left, right), (right, left)):
            for word in one:
                found[word].update(other)
                same[word].update(one)
    sides = ({word: frozenset(others) for word, others in table.items()} for table in (found, same))
    return next(sides), next(sides)
