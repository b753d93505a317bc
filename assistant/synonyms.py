"""Words that mean the same in these reports, as a table that users can extend.

A row of the table is a group; any member meets a question that uses another. The table
says nothing about names of events and organisations: those are in the glossary.
"""

from __future__ import annotations

from pathlib import Path

from index.tokenise import fold, read_lines

DATA = Path(__file__).parent / "data" / "synonyms.txt"


class Synonyms:
    """Groups of words with one meaning."""

    def __init__(self, groups: dict[str, tuple[str, ...]]) -> None:
        self._groups = groups

    @classmethod
    def load(cls, *paths: Path) -> Synonyms:
        """Read tables of one group a line, words separated by white space; `#` starts a comment.

        The given ones come first, so that a user's words are the first to be searched for.
        """
        groups: dict[str, tuple[str, ...]] = {}
        for path in (*paths, DATA):
            for line in read_lines(path):
                words = [fold(word) for word in line.split()]
                for word in words:
                    others = (*groups.get(word, ()), *words)
                    groups[word] = tuple(dict.fromkeys((word, *others)))
        return cls(groups)

    def of(self, word: str) -> tuple[str, ...]:
        """`word` (folded) first, then every word that means the same."""
        return self._groups.get(word, (word,))
