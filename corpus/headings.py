"""The names that chapters go by, and the kind of chapter that a name stands for.

The vocabulary is data (data/headings.csv): core words carry a kind, neutral words and joiners may
stand around them, so 考察心得及建議事項 needs no row of its own. Knows nothing of positions.
"""

from __future__ import annotations

import csv
from dataclasses import dataclass
from functools import cache
from importlib import resources

from corpus.report import ChapterKind

_LONGEST_NAME = 24
_MAIN = ("reflections", "recommendations", "process", "purpose")


@dataclass(frozen=True)
class HeadingWords:
    """Word → kind, with the length of the longest word."""

    kinds: dict[str, str]
    longest: int

    def read(self, name: str) -> tuple[str, ...] | None:
        """The kinds of the words that make up `name` entirely; None where another word is in it."""
        text = "".join(name.split()).lower() if not name.isascii() else name.strip().lower()
        if not text or len(text) > _LONGEST_NAME:
            return None
        kinds: list[str] = []
        position = 0
        while position < len(text):
            size = self._longest_word(text, position)
            if not size:
                return None
            kinds.append(self.kinds[text[position : position + size]])
            position += size
        return tuple(kinds)

    def _longest_word(self, text: str, position: int) -> int:
        for size in range(min(self.longest, len(text) - position), 0, -1):
            if text[position : position + size] in self.kinds:
                return size
        return 0

    def read_end(self, name: str) -> tuple[str, ...] | None:
        """The kinds of the words that end `name`: 參加世界城市論壇心得 → (reflections,)."""
        text = "".join(name.split()).lower()
        for start in range(max(0, len(text) - 10), len(text) - 1):
            kinds = self.read(text[start:])
            if kinds and kinds[0] != "joiner" and any(kind in _MAIN for kind in kinds):
                return kinds
        return None


@cache
def heading_words() -> HeadingWords:
    """The vocabulary of data/headings.csv."""
    source = resources.files("corpus").joinpath("data/headings.csv").read_text(encoding="utf-8")
    kinds = {row["word"]: row["kind"] for row in csv.DictReader(source.splitlines())}
    return HeadingWords(kinds, max(map(len, kinds)))


def chapter_kind(name: str, *, numbered: bool) -> ChapterKind | None:
    """The kind of chapter called `name`; None where the name is no chapter's.

    After a chapter number (`numbered`) a name may begin with words of its own.
    """
    plain = name.strip(" \t\u3000：:【】《》〈〉[]")
    if any(plain.startswith(word) for word in ("附錄", "附件", "附表")) and len(plain) <= 40:
        return "appendix" if not plain.endswith(("。", "；", "，")) else None
    words = heading_words().read(plain)
    if words is None and numbered and len(plain) <= 40:
        words = heading_words().read_end(plain)
    return _kind_of_words(words) if words else None


def is_contents(name: str) -> bool:
    """Whether `name` heads a list of chapters or figures."""
    words = heading_words().read(name.strip(" \t\u3000：:【】"))
    return bool(words) and "contents" in (words or ())


def _kind_of_words(words: tuple[str, ...]) -> ChapterKind | None:
    """One kind for a whole name; the last core word decides unless they are joined."""
    cores = [kind for kind in words if kind not in ("neutral", "joiner", "contents")]
    if not cores or {"contents", "table"} & set(words) or words[0] == "joiner" or words[-1] == "joiner":
        return None
    if "recommendations" in cores and {"reflections", "conclusion"} & set(cores):
        return "reflections_and_recommendations"
    if "joiner" in words:
        cores = sorted(cores, key=lambda kind: _MAIN.index(kind) if kind in _MAIN else len(_MAIN))
        first = cores[0] if "process" not in cores or "purpose" not in cores else "purpose"
        return _as_kind(first)
    return _as_kind(cores[-1])


def _as_kind(core: str) -> ChapterKind:
    kinds: dict[str, ChapterKind] = {
        "purpose": "purpose",
        "process": "process",
        "reflections": "reflections",
        "recommendations": "recommendations",
        "summary": "summary",
        "appendix": "appendix",
    }
    return kinds.get(core, "other")
