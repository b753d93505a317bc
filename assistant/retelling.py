"""Whether an archive tells the same things several times, as a collection of news does, or once.

Where documents retell each other, an answer that stands in none of those that tell of the matter is
most likely not there at all; where each tells something of its own, one sentence is enough. A property
of the archive, found by looking for the nearest neighbours of a few of its documents.
"""

from __future__ import annotations

from collections.abc import Sequence

from assistant.terms import plain
from corpus.report import Passage
from index.archive import Archive
from index.tokenise import Tokeniser
from index.word_weights import WordWeights

FEWEST_DOCUMENTS = 40
SAMPLED = 24
NEIGHBOURS = 3
OPENING = 60
TELLING, HEAVIEST = 5.0, 9.0
RETOLD = 0.35


def retells(archive: Archive, ids: Sequence[str], weights: WordWeights) -> bool:
    """Whether the documents with these ids mostly retell one another."""
    return len(ids) >= FEWEST_DOCUMENTS and retelling(archive, ids, weights) >= RETOLD


def retelling(archive: Archive, ids: Sequence[str], weights: WordWeights) -> float:
    """The mean share of a sampled document's telling words that its nearest neighbour shares."""
    ordered = sorted(ids)
    sample = ordered[:: max(1, len(ordered) // SAMPLED)][:SAMPLED]
    shares = [_nearest(archive, report_id, weights) for report_id in sample]
    return sum(shares) / max(1, len(shares))


def _nearest(archive: Archive, report_id: str, weights: WordWeights) -> float:
    passages = archive.passages(report_id)
    if not passages:
        return 0.0
    passage = passages[len(passages) // 2]
    own = _telling(passage, weights, archive.tokeniser)
    hits = archive.search(passage.text[:OPENING], NEIGHBOURS + 1)
    others = [hit.passage for hit in hits if hit.passage.report_id != report_id]
    return max((_shared(own, _telling(other, weights, archive.tokeniser)) for other in others), default=0.0)


def _telling(passage: Passage, weights: WordWeights, tokeniser: Tokeniser) -> dict[str, float]:
    words = set(tokeniser.segments(plain(passage.text)))
    weighed = {word: min(HEAVIEST, weights.of(word)) for word in words if len(word) > 1}
    return {word: weight for word, weight in weighed.items() if weight >= TELLING and not word.isdigit()}


def _shared(first: dict[str, float], second: dict[str, float]) -> float:
    """The weight both have, as a share of what the one with less has."""
    least = min(sum(first.values()), sum(second.values()))
    return sum(weight for word, weight in first.items() if word in second) / least if least else 0.0
