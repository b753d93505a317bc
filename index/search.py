"""From two ranked lists to one: filter values, hits and the fusion of scores.

Pure functions over passage keys and scores. Knows nothing of the engines that made the lists, nor of
what a question means.
"""

from __future__ import annotations

from dataclasses import dataclass

from corpus.report import ChapterKind, Passage

DENSE_WEIGHT = 0.4


@dataclass(frozen=True)
class Filter:
    """Where to search; None means everywhere, an empty set nowhere."""

    report_ids: frozenset[str] | None = None
    chapters: frozenset[ChapterKind] | None = None


@dataclass(frozen=True)
class Hit:
    """A passage found, with its fused score and what each engine gave it (0 where it did not find it)."""

    passage: Passage
    score: float
    lexical: float
    dense: float


def _spread(scores: list[tuple[int, float]]) -> dict[int, float]:
    """Scores moved to the range 0 to 1 of their own list."""
    if not scores:
        return {}
    low = min(score for _, score in scores)
    width = max(score for _, score in scores) - low
    return {key: (score - low) / width if width > 0 else 1.0 for key, score in scores}


def fuse(
    lexical: list[tuple[int, float]], dense: list[tuple[int, float]], *, weight: float = DENSE_WEIGHT
) -> list[tuple[int, float]]:
    """Both lists as one, best first: the lexical score plus `weight` times the dense one, each min-max.

    Ranks are not used: they give a weak list as much say as a strong one.
    """
    first, second = _spread(lexical), _spread(dense)
    scores = {key: first.get(key, 0.0) + weight * second.get(key, 0.0) for key in first | second}
    return sorted(scores.items(), key=lambda item: (-item[1], item[0]))
