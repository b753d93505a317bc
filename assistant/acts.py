"""Acts of consequence that a sentence tells and no passage: signing, promising, winning, cancelling.

Words of one row of the table are one kind of act; any of them in the passages will do. Decides nothing.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from pathlib import Path

from assistant.alignment import Field
from assistant.claims import Claims, Clause
from index.tokenise import fold, read_lines, traditional

_TABLE = Path(__file__).parent / "data" / "weighty_acts.txt"


def unsaid_acts(claims: Claims, field: Field) -> tuple[str, ...]:
    """The acts of a Chinese sentence of which the passages have no word."""
    if claims.english:
        return ()
    found = (act for clause in claims.clauses for act in _acts(clause, field.all))
    return tuple(dict.fromkeys(traditional(act) for act in found))


def _acts(clause: Clause, text: str) -> Iterator[str]:
    for act, row in _ways().items():
        if act in clause.folded:
            same = [word for word in clause.words if act in word.text]
            spellings = (*row, *(spelling for word in same for spelling in word.spellings))
            if not any(spelling in text for spelling in spellings):
                yield act


@cache
def _ways() -> dict[str, tuple[str, ...]]:
    rows = [tuple(fold(line).split()) for line in read_lines(_TABLE)]
    return {word: row for row in rows for word in row if len(word) > 1}
