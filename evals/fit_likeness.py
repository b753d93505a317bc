"""Fit what each sign of `assistant.likeness` counts for on the labelled pairs of recommendations.

    python -m evals.fit_likeness

A small logistic regression; writes `assistant/data/likeness.toml`. How well it does, half by half, is shown
by `python -m evals.recommendations`.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Sequence
from functools import cache
from itertools import combinations
from pathlib import Path
from typing import Any

import numpy as np

from assistant.likeness import FITTED, SAME_WORDS, SIGNS, Likeness, Measures, Weights
from assistant.profiles import Profiler
from assistant.recommendations import Finder
from assistant.synonyms import Synonyms
from evals.documents import read_reports
from index.embed import open_embedder
from index.tokenise import Tokeniser

Row = dict[str, Any]
Pair = tuple[str, str]

PAIRS = Path(__file__).parent / "recommendations" / "pairs.jsonl"
# Records of different reports, nearly all unrelated, together count as so many times the labelled pairs.
BY_CHANCE = 4.0
# Shrinks the weights of signs that tell little; steps of Newton's method until nothing moves.
SHRINK, STEPS = 1.0, 30
HEAD = """\
# What each sign of assistant.likeness counts for: two recommendations are alike as far as the logistic
# function of bias + the sum of sign x weight says. Written by `python -m evals.fit_likeness`, fitted on all
# {count} pairs of evals/recommendations/pairs.jsonl and on {chance} pairs of recommendations of different
# reports of corpus/samples and evals/archives, taken for unrelated, each with and without the words of
# same_advice.txt, which were written for these pairs.
"""


def read_pairs(path: Path = PAIRS) -> list[Row]:
    """The labelled pairs: texts `a` and `b`, and whether they are the `same`."""
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def with_own_words() -> Likeness:
    """The Likeness that a user gets, but for its weights."""
    profiler = Profiler.load(open_embedder(None), Tokeniser.open())
    return Likeness(profiler, Synonyms.load(SAME_WORDS), Weights(0.0, {}))


def without_own_words() -> Likeness:
    """One without the synonyms that were written for these very pairs: others will not have them."""
    profiler = Profiler.load(open_embedder(None), Tokeniser.open())
    return Likeness(profiler, Synonyms.load(), Weights(0.0, {}))


def measure(pairs: Sequence[Pair], likeness: Likeness) -> list[Measures]:
    """The measures of each pair of texts; a heading is a line of its own."""
    texts = dict.fromkeys(text for pair in pairs for text in pair)
    profiles = dict(zip(texts, likeness.profiles([_parted(text) for text in texts]), strict=True))
    return [likeness.measures(profiles[one], profiles[other]) for one, other in pairs]


def _parted(text: str) -> tuple[str, str]:
    heading, _, body = text.partition("\n")
    return (heading, body) if body else ("", text)


def texts_of(rows: Sequence[Row]) -> list[Pair]:
    """The pairs of texts."""
    return [(row["a"], row["b"]) for row in rows]


@cache
def unrelated() -> tuple[Pair, ...]:
    """Recommendations of two of the project's own documents: nearly all are unrelated."""
    finder = Finder.load()
    found = [one for report in read_reports().values() for one in finder.find(report)]
    return tuple(
        (f"{one.heading}\n{one.text}", f"{other.heading}\n{other.text}")
        for one, other in combinations(found, 2)
        if one.report_id != other.report_id
    )


def fit(rows: Sequence[Row]) -> Weights:
    """The weights that tell these pairs best, and from unrelated ones, with and without own words."""
    chance = unrelated()
    pairs = [*texts_of(rows), *chance]
    kinds = (with_own_words(), without_own_words())
    measures = [one for likeness in kinds for one in measure(pairs, likeness)]
    table = np.array([[getattr(one, name) for name in SIGNS] for one in measures])
    by_chance = BY_CHANCE * len(rows) / len(chance)
    share = np.array(([1.0] * len(rows) + [by_chance] * len(chance)) * len(kinds)) / len(kinds)
    wanted = np.array(([row["same"] for row in rows] + [False] * len(chance)) * len(kinds), dtype=float)
    mean, spread = table.mean(axis=0), table.std(axis=0)
    signs = np.column_stack([(table - mean) / spread, np.ones(len(table))])
    penalty = np.diag([SHRINK] * len(SIGNS) + [0.0])
    weights = np.zeros(len(SIGNS) + 1)
    for _ in range(STEPS):
        told = 1 / (1 + np.exp(-signs @ weights))
        slope = signs.T @ (share * (told - wanted)) + penalty @ weights
        bend = (signs * (share * told * (1 - told))[:, None]).T @ signs + penalty
        weights -= np.linalg.solve(bend, slope)
    plain = weights[:-1] / spread
    bias = float(weights[-1] - plain @ mean)
    return Weights(round(bias, 2), {name: round(float(w), 2) for name, w in zip(SIGNS, plain, strict=True)})


def main() -> int:
    """Fit on all pairs and write the table."""
    rows = read_pairs()
    weights = fit(rows)
    lines = [f"bias = {weights.bias}", "", "[signs]", *(f"{n} = {w}" for n, w in weights.signs.items())]
    FITTED.write_text(
        HEAD.format(count=len(rows), chance=len(unrelated())) + "\n".join(lines) + "\n", encoding="utf-8"
    )
    sys.stdout.write("\n".join(lines) + "\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
