"""How sure it is that what was found answers a question that names no report: a number from 0 to 1.

A frozen table of small trees over the signs of the best sentences. `python -m evals.fit_confidence`
grows it anew: `retold` on RGB dev, `single` on a quarter of the DRCD and CMRC dev questions.
"""

from __future__ import annotations

import json
import math
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from assistant.evidence import Sentence
from assistant.signs import GROUPS, SUPPORTS, TOPICAL, Asked, Look, Signs, found_shares
from index.search import Hit
from index.tokenise import Tokeniser
from index.word_weights import WordWeights

TABLE = Path(__file__).parent / "data" / "confidence.json"
LOOKED_AT = 60
# Of what the tables were grown on, next to nothing that answers holds less of its question.
LEAST_HELD = 0.25


@dataclass(frozen=True)
class Tree:
    """Splits in level order: a sign and a limit each; `leaves` from all below to all above."""

    splits: tuple[tuple[int, float], ...]
    leaves: tuple[float, ...]

    def value(self, row: Sequence[float]) -> float:
        """The leaf that the row falls into."""
        node = 0
        while node < len(self.splits):
            sign, limit = self.splits[node]
            node = 2 * node + 1 + (row[sign] > limit)
        return self.leaves[node - len(self.splits)]


@dataclass(frozen=True)
class Table:
    """Trees, where their sum starts, and the sum from which the answer is yes."""

    base: float
    limit: float
    trees: tuple[Tree, ...]

    def value(self, row: Sequence[float]) -> float:
        """How sure, from 0 to 1; one half at the limit."""
        total = self.base + sum(tree.value(row) for tree in self.trees)
        return 1 / (1 + math.exp(self.limit - total))


class Confidence:
    """The tables with the reader of signs: one for archives that retell things, one for the others."""

    def __init__(self, signs: Signs, retold: Table, single: Table) -> None:
        self._signs = signs
        self.tables = {True: retold, False: single}

    @classmethod
    def load(cls, weights: WordWeights, tokeniser: Tokeniser, path: Path = TABLE) -> Confidence:
        """Read the tables."""
        data = json.loads(path.read_text(encoding="utf-8"))
        return cls(Signs(weights, tokeniser), _table(data["retold"]), _table(data["single"]))

    def of(self, question: str, sentences: Sequence[Sentence], hits: Sequence[Hit], *, retold: bool) -> float:
        """How sure it is that the sentences, those of the hits, answer; from one half on they do.

        Not at all sure where none of them, with its surroundings, holds enough of the question.
        """
        row = self.row(question, sentences, hits)
        if row.get("context_0", 0.0) < LEAST_HELD:
            return 0.0
        return self.tables[retold].value(list(row.values()))

    def row(self, question: str, sentences: Sequence[Sentence], hits: Sequence[Hit]) -> dict[str, float]:
        """All signs by name; nothing where there is no sentence."""
        return sign_row(self._signs, question, sentences, hits) if sentences else {}


def _table(data: dict) -> Table:
    trees = (
        Tree(tuple((int(sign), limit) for sign, limit in tree["splits"]), tuple(tree["leaves"]))
        for tree in data["trees"]
    )
    return Table(data["base"], data["limit"], tuple(trees))


def sign_row(
    signs: Signs, question: str, sentences: Sequence[Sentence], hits: Sequence[Hit]
) -> dict[str, float]:
    """All signs by name, for at least one sentence."""
    asked = signs.asked(question)
    found = found_shares(hits)
    looks = [
        signs.look(asked, sentence, found.get((sentence.passage.report_id, sentence.passage.start), 0.0))
        for sentence in sentences[:LOOKED_AT]
    ]
    return {
        **_of_best(max(looks, key=lambda look: look.rank)),
        **_of_all(looks),
        **_of_agreement(looks),
        **_of_hits(looks, hits, asked),
        **_of_question(asked),
    }


def _of_best(look: Look) -> dict[str, float]:
    best = look.best
    return {
        "cover": look.cover,
        "context": look.context,
        "grams": look.grams,
        "rare": look.rare,
        "figures": look.figures,
        "asks": look.asks,
        "year": look.other_year,
        "found": look.found,
        "own": look.own,
        "candidate": float(bool(look.all)),
        "window": best.window,
        "near": best.near,
        "close": best.close,
        "clause": best.clause,
        "other_year": best.other_year,
        "limited": best.limited,
        "elsewhere": best.elsewhere,
    }


def _of_all(looks: Sequence[Look]) -> dict[str, float]:
    """The greatest and some later values over all sentences: whether it is said once or often."""
    fit = [1 - 0.5 * look.asks - 0.25 * look.other_year for look in looks]
    series = {
        "cover": ([look.cover for look in looks], (0,)),
        "context": ([look.context for look in looks], (0,)),
        "grams": ([look.grams for look in looks], (0,)),
        "window": (
            [f * (look.best.window if look.all else 0.0) for f, look in zip(fit, looks, strict=True)],
            (0, 1, 3, 6),
        ),
        "near": ([f * look.best.near for f, look in zip(fit, looks, strict=True)], (0, 1, 3, 6)),
        "value": ([look.value for look in looks], (0, 1, 3, 6)),
        "close": ([look.best.close * look.best.window for look in looks], (0, 3)),
        "clause": ([look.best.clause for look in looks], (0, 3)),
        "rank": ([look.rank for look in looks], (0, 1, 2)),
    }
    return {f"{name}_{k}": _at(values, k) for name, (values, places) in series.items() for k in places}


def _of_agreement(looks: Sequence[Look]) -> dict[str, float]:
    """How many documents give the same candidate, and how far it leads the next."""
    support: dict[str, dict[str, float]] = defaultdict(dict)
    for look in looks:
        for one in look.all:
            before = support[one.text].get(look.report, 0.0)
            support[one.text][look.report] = max(before, one.value * (1 - 0.5 * look.asks))
    weights = [sum(value * value for value in by.values()) for by in support.values()]
    counts = [sum(value > SUPPORTS for value in by.values()) for by in support.values()]
    topical = [look for look in looks if look.context >= TOPICAL]
    return {
        "support_0": math.log1p(_at(weights, 0)),
        "support_1": math.log1p(_at(weights, 1)),
        "supporters": math.log1p(max(counts, default=0)),
        "topical": math.log1p(len(topical)),
        "topical_giving": sum(bool(look.all) for look in topical) / max(1, len(topical)),
    }


def _of_hits(looks: Sequence[Look], hits: Sequence[Hit], asked: Asked) -> dict[str, float]:
    """How the search scores fall off, and how the documents do in what they hold of the question."""
    lexical = sorted((hit.lexical for hit in hits), reverse=True)
    dense = sorted((hit.dense for hit in hits), reverse=True)
    held: dict[str, float] = defaultdict(float)
    for look in looks:
        held[look.report] = max(held[look.report], look.context)
    return {
        "lexical": _at(lexical, 0) / asked.total,
        "lexical_1": _fall(lexical, 1),
        "lexical_4": _fall(lexical, 4),
        "dense": _at(dense, 0),
        "dense_4": _fall(dense, 4),
        "documents_1": _fall(held.values(), 1),
        "documents_4": _fall(held.values(), 4),
        "documents_9": _fall(held.values(), 9),
    }


def _of_question(asked: Asked) -> dict[str, float]:
    names = {kind.name for kind in asked.kinds}
    return {
        "kinds": float(bool(names)),
        **{f"kind_{group}": float(bool(names & members)) for group, members in GROUPS},
        "words": float(len(asked.weights)),
        "weight": asked.total,
    }


def _at(values: Iterable[float], place: int) -> float:
    """The value at a place of the ranking, 0 where the ranking is shorter."""
    ranked = sorted(values, reverse=True)
    return ranked[place] if place < len(ranked) else 0.0


def _fall(values: Iterable[float], place: int) -> float:
    ranked = sorted(values, reverse=True)
    return ranked[place] / ranked[0] if place < len(ranked) and ranked[0] > 0 else 0.0
