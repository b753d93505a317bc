"""From two ranked lists to one: filter values, hits, the fusion of scores, and a second look.

Pure functions over scores and passages. The second look prefers passages in which much of the query
stands close together or is said in words that share its characters. Knows nothing of the engines that
made the lists, nor of what a question means.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from corpus.report import ChapterKind, Passage
from index.tokenise import fold

DENSE_WEIGHT = 0.4
CLOSE_WEIGHT = 1.2
CHARACTER_WEIGHT = 0.5
# What a passage gets that is first in both lists and holds the query close together.
HIGHEST = 1 + DENSE_WEIGHT + CLOSE_WEIGHT + CHARACTER_WEIGHT
# So many characters count as close together: about a sentence.
CLOSE = 40
# So many of the best passages get the second look; those below keep their order.
LOOKED_AT = 30

_folded = lru_cache(maxsize=4_096)(fold)


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


def _places(folded: str, terms: Mapping[str, float]) -> list[tuple[int, str]]:
    places = []
    for term in terms:
        position = folded.find(term)
        while position >= 0:
            places.append((position, term))
            position = folded.find(term, position + 1)
    return sorted(places)


def _closest(folded: str, terms: Mapping[str, float]) -> float:
    """The greatest weight of different terms that stand within CLOSE characters of each other."""
    places = _places(folded, terms)
    inside: Counter[str] = Counter()
    best = weight = 0.0
    first = 0
    for position, term in places:
        if not inside[term]:
            weight += terms[term]
        inside[term] += 1
        while places[first][0] < position - CLOSE:
            gone = places[first][1]
            inside[gone] -= 1
            if not inside[gone]:
                weight -= terms[gone]
            first += 1
        best = max(best, weight)
    return best


def closeness(above: str, folded: str, terms: Mapping[str, float]) -> float:
    """How much of the query (its terms with their weights) stands close together, from 0 to 1.

    What the title and the headings `above` say holds for all of the passage.
    """
    given = sum(weight for term, weight in terms.items() if term in above)
    rest = {term: weight for term, weight in terms.items() if term not in above}
    total = sum(terms.values())
    return (given + _closest(folded, rest)) / total if total else 0.0


def character_weights(terms: Mapping[str, float]) -> dict[str, float]:
    """The Chinese characters of the terms; each is at least as common as the commonest term with it."""
    weights: dict[str, float] = {}
    for term, weight in terms.items():
        for character in term:
            if character > "\u2fff":
                weights[character] = min(weight, weights.get(character, weight))
    return weights


def held(folded: str, characters: Mapping[str, float]) -> float:
    """How much of the query's characters a text has, from 0 to 1: words of like meaning share some."""
    total = sum(characters.values())
    return sum(w for character, w in characters.items() if character in folded) / total if total else 0.0


def rarity(frequencies: Mapping[str, int], count: int) -> dict[str, float]:
    """How telling each token is, when it occurs in so many of `count` passages."""
    return {token: math.log(1 + (count - n + 0.5) / (n + 0.5)) for token, n in frequencies.items()}


def look_again(hits: Sequence[Hit], terms: Mapping[str, float], titles: Mapping[str, str]) -> tuple[Hit, ...]:
    """The hits in a better order, with new scores: the best LOOKED_AT get points for how well they fit.

    `terms` are the tokens of the query with their rarity, `titles` the titles by report id.
    """
    characters = character_weights(terms)

    def fit(passage: Passage) -> float:
        above = _folded("\n".join((titles.get(passage.report_id, ""), *passage.path)))
        folded = _folded(passage.text)
        close = closeness(above, folded, terms)
        return CLOSE_WEIGHT * close + CHARACTER_WEIGHT * held(above + folded, characters)

    first = [replace(hit, score=hit.score + fit(hit.passage)) for hit in hits[:LOOKED_AT]]
    first.sort(key=lambda hit: -hit.score)
    return (*first, *hits[LOOKED_AT:])
