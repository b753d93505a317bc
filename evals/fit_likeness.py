"""Fit what each sign of `assistant.likeness` counts for on the labelled pairs of recommendations.

    python -m evals.fit_likeness

A small logistic regression; writes `assistant/data/likeness.toml`. How well it does, half by half, is shown
by `python -m evals.recommendations`.
"""

from __future__ import annotations

import json
import random
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np

from assistant.likeness import FITTED, SAME_WORDS, SIGNS, Likeness, Measures, Weights
from assistant.profiles import Profiler
from assistant.synonyms import Synonyms
from index.embed import open_embedder
from index.tokenise import Tokeniser

Row = dict[str, Any]

PAIRS = Path(__file__).parent / "recommendations" / "pairs.jsonl"
# So many pairs by chance are added, which together count as so many times the labelled ones.
UNRELATED, BY_CHANCE = 3_000, 2.0
# Shrinks the weights of signs that tell little; steps of Newton's method until nothing moves.
SHRINK, STEPS = 3.0, 30
HEAD = """\
# What each sign of assistant.likeness counts for: two recommendations are alike as far as the logistic
# function of bias + the sum of sign x weight says. Written by `python -m evals.fit_likeness`, fitted on all
# {count} pairs of evals/recommendations/pairs.jsonl and on {chance} pairs of their texts by chance, each with
# and without the words of same_advice.txt, which were written for these pairs.
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


def measure(pairs: Sequence[tuple[str, str]], likeness: Likeness) -> list[Measures]:
    """The measures of each pair of texts."""
    profiles = likeness.profiles([("", text) for pair in pairs for text in pair])
    return [likeness.measures(*profiles[2 * n : 2 * n + 2]) for n in range(len(pairs))]


def texts_of(rows: Sequence[Row]) -> list[tuple[str, str]]:
    """The pairs of texts."""
    return [(row["a"], row["b"]) for row in rows]


def unrelated(rows: Sequence[Row]) -> list[tuple[str, str]]:
    """Texts put together by chance: nearly all of them have nothing to do with each other."""
    texts = [text for pair in texts_of(rows) for text in pair]
    chosen = random.Random(0)
    return [(a, b) for a, b in (chosen.sample(texts, 2) for _ in range(UNRELATED))]


def fit(rows: Sequence[Row]) -> Weights:
    """The weights that tell these pairs best, and from pairs by chance, with and without own words."""
    pairs = [*texts_of(rows), *unrelated(rows)]
    kinds = (with_own_words(), without_own_words())
    measures = [one for likeness in kinds for one in measure(pairs, likeness)]
    table = np.array([[getattr(one, name) for name in SIGNS] for one in measures])
    by_chance = BY_CHANCE * len(rows) / UNRELATED
    share = np.array(([1.0] * len(rows) + [by_chance] * UNRELATED) * len(kinds)) / len(kinds)
    wanted = np.array(([row["same"] for row in rows] + [False] * UNRELATED) * len(kinds), dtype=float)
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
        HEAD.format(count=len(rows), chance=UNRELATED) + "\n".join(lines) + "\n", encoding="utf-8"
    )
    sys.stdout.write("\n".join(lines) + "\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
