"""Words that stand in almost every report and therefore decide nothing, as a table."""

from __future__ import annotations

from pathlib import Path

from index.tokenise import fold

DATA = Path(__file__).parent / "data" / "generic_words.txt"


def load_generic(path: Path = DATA) -> frozenset[str]:
    """Folded words of the table; `#` starts a comment."""
    lines = path.read_text(encoding="utf-8").splitlines()
    return frozenset(fold(word) for line in lines for word in line.split("#")[0].split())
