"""What a recommendation is about, by its words: the rows of `data/topics.csv`.

A topic is named by the words that tell of it, never by a guess at what was meant. Knows nothing of
reports or of the ledger.
"""

from __future__ import annotations

import csv
from dataclasses import dataclass
from pathlib import Path

from assistant.matching import occurs
from corpus.report import XindeError
from index.tokenise import fold

DATA = Path(__file__).parent / "data" / "topics.csv"
OTHER = "其他"
# The heading says in a few words what the text says in many.
IN_HEADING = 3.0


class UnknownTopic(XindeError):
    """There is no topic of this name."""


@dataclass(frozen=True)
class Topics:
    """The topics in the order of the table, each with the folded words that tell of it."""

    words: dict[str, tuple[str, ...]]

    @classmethod
    def load(cls, path: Path = DATA) -> Topics:
        """Read the table: `topic,words`, the words separated by white space."""
        with path.open(encoding="utf-8", newline="") as file:
            rows = csv.DictReader(file)
            return cls({row["topic"]: tuple(fold(word) for word in row["words"].split()) for row in rows})

    @property
    def names(self) -> tuple[str, ...]:
        """All topics, 其他 last."""
        return tuple(self.words)

    def of(self, heading: str, text: str) -> str:
        """The topic that most is said of; 其他 where none of its words occurs."""
        best, most = OTHER, 0.0
        folded = fold(heading), fold(text)
        for topic, words in self.words.items():
            weight = sum(_weight(word, *folded) for word in words)
            if weight > most:
                best, most = topic, weight
        return best

    def find(self, name: str) -> str:
        """The topic of this name; raises UnknownTopic."""
        for topic in self.words:
            if fold(topic) == fold(name.strip()):
                return topic
        raise UnknownTopic(f"沒有「{name}」這個主題；可用的是：{'、'.join(self.words)}。")


def _weight(word: str, heading: str, text: str) -> float:
    """How much one word tells: longer words are less ambiguous."""
    size = min(len(word), 4) / 2
    return size * (IN_HEADING * occurs(word, heading) + occurs(word, text))
