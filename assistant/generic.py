"""Words that say little about what is asked, as two tables.

Generic words stand in almost every report and therefore decide nothing. Abstract words are how people
ask; a passage that answers need not hold them.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from index.tokenise import read_words

DATA = Path(__file__).parent / "data"


@dataclass(frozen=True)
class PlainWords:
    """Folded words by what they lack: power to tell reports apart, or a need to be in the answer."""

    generic: frozenset[str] = frozenset()
    abstract: frozenset[str] = frozenset()

    @classmethod
    def load(cls, folder: Path = DATA) -> PlainWords:
        """Read both tables; `#` starts a comment."""
        generic, abstract = (read_words(folder / f"{name}_words.txt") for name in ("generic", "abstract"))
        return cls(frozenset(generic), frozenset(abstract))
