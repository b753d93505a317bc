"""How telling a word is in general: inverse document frequencies counted over news text.

An archive of a few reports cannot tell a rare name from an ordinary word that happens not to
occur in it; a large body of other text can. `python -m index.word_weights NEWS.jsonl.xz`
makes the table anew. Knows nothing of reports or questions.
"""

from __future__ import annotations

import argparse
import json
import lzma
import math
from collections import Counter
from pathlib import Path

from index.tokenise import Tokeniser, fold

TABLE = Path(__file__).parent / "data" / "word_weights.tsv"
KEPT = 30_000
UNIT = 400  # characters of news text that count as one document


class WordWeights:
    """Inverse document frequency (natural logarithm) of folded words; unseen words weigh most."""

    def __init__(self, weights: dict[str, float], unseen: float) -> None:
        self._weights = weights
        self.unseen = unseen

    @classmethod
    def load(cls, path: Path = TABLE) -> WordWeights:
        """Read the table: `word<TAB>weight` a line, most frequent first."""
        rows = (line.split("\t") for line in path.read_text(encoding="utf-8").splitlines())
        weights = {word: float(weight) for word, weight in rows}
        return cls(weights, max(weights.values()))

    def of(self, word: str) -> float:
        """The weight of a folded word."""
        return self._weights.get(word, self.unseen)


def count_words(news: Path, tokeniser: Tokeniser) -> tuple[Counter[str], int]:
    """Document frequencies over the first units of each news text, and the number of units."""
    frequencies: Counter[str] = Counter()
    units = 0
    with lzma.open(news, "rt", encoding="utf-8") as lines:
        for line in lines:
            text = fold(json.loads(line))
            for start in range(0, len(text), UNIT):
                frequencies.update(set(tokeniser.segments(text[start : start + UNIT])))
                units += 1
    return frequencies, units


def main() -> None:
    """Count and write the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("news", type=Path)
    frequencies, units = count_words(parser.parse_args().news, Tokeniser.open())
    rows = [
        f"{word}\t{math.log(units / (1 + count)):.1f}"
        for word, count in frequencies.most_common(KEPT)
        if not word.isdigit() and word.strip()
    ]
    TABLE.write_text("\n".join(rows) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
