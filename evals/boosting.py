"""Small trees grown one after another on what those before left over: logistic boosting, numpy only.

Trees of two levels, so that a table of them stays small. Knows nothing of what the columns mean.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

RATE = 0.07
SMOOTHING = 4.0
FEWEST = 12
BINS = 24
DEPTH = 2
DIGITS = 4


@dataclass(frozen=True)
class Forest:
    """Trees in level order (see `assistant.confidence.Tree`), where they start, and the limit to say yes."""

    base: float
    trees: tuple[tuple[tuple[tuple[int, float], ...], tuple[float, ...]], ...]
    limit: float = 0.0

    def values(self, rows: NDArray) -> NDArray:
        """The sum of the trees for each row."""
        total = np.full(len(rows), self.base)
        for splits, leaves in self.trees:
            node = np.zeros(len(rows), int)
            while node[0] < len(splits):
                column = np.array([splits[n][0] for n in node])
                least = np.array([splits[n][1] for n in node])
                node = 2 * node + 1 + (rows[np.arange(len(rows)), column] > least)
            total += np.array(leaves)[node - len(splits)]
        return total

    def with_limit(self, limit: float) -> Forest:
        """The same forest, saying yes from this limit on."""
        return replace(self, limit=limit)

    def table(self) -> dict:
        """As plain values."""
        trees = [{"splits": splits, "leaves": leaves} for splits, leaves in self.trees]
        return {"limit": round(self.limit, DIGITS), "base": round(self.base, DIGITS), "trees": trees}


def grow(rows: NDArray, labels: NDArray, *, rounds: int) -> Forest:
    """A forest that tells rows labelled 1 from those labelled 0."""
    parts = np.linspace(0, 1, BINS + 1)[1:-1]
    edges = [np.unique(np.quantile(column, parts).round(DIGITS)) for column in rows.T]
    share = float(labels.mean())
    base = float(np.log(share / (1 - share)))
    forest = Forest(base, ())
    total = np.full(len(rows), base)
    trees = []
    for _ in range(rounds):
        chance = 1 / (1 + np.exp(-total))
        tree = _tree(rows, labels - chance, chance * (1 - chance), edges)
        trees.append(tree)
        total += Forest(0.0, (tree,)).values(rows)
    return replace(forest, trees=tuple(trees))


def _tree(rows: NDArray, rest: NDArray, curve: NDArray, edges: list[NDArray]) -> tuple:
    """One tree of DEPTH levels for what is left over."""
    parts = [np.ones(len(rows), bool)]
    splits: list[tuple[int, float]] = []
    for _ in range(DEPTH):
        below = []
        for part in parts:
            column, least = _best_split(rows[part], rest[part], curve[part], edges)
            splits.append((column, least))
            above = rows[:, column] > least
            below += [part & ~above, part & above]
        parts = below
    leaves = [RATE * rest[part].sum() / (curve[part].sum() + SMOOTHING) for part in parts]
    return tuple(splits), tuple(round(float(leaf), DIGITS) for leaf in leaves)


def _best_split(rows: NDArray, rest: NDArray, curve: NDArray, edges: list[NDArray]) -> tuple[int, float]:
    """The column and limit that part what is left over best; a limit above all where none does."""
    best, where = 0.0, (0, 1e9)
    for column, limits in enumerate(edges):
        if not len(limits):
            continue
        bins = np.searchsorted(limits, rows[:, column])
        count = np.cumsum(np.bincount(bins, minlength=len(limits) + 1))[:-1]
        left = np.cumsum(np.bincount(bins, rest, len(limits) + 1))[:-1]
        bent = np.cumsum(np.bincount(bins, curve, len(limits) + 1))[:-1]
        right, other = rest.sum() - left, curve.sum() - bent
        gain = left**2 / (bent + SMOOTHING) + right**2 / (other + SMOOTHING)
        gain -= rest.sum() ** 2 / (curve.sum() + SMOOTHING)
        gain[(count < FEWEST) | (len(rows) - count < FEWEST)] = 0.0
        place = int(np.argmax(gain))
        if gain[place] > best:
            best, where = float(gain[place]), (column, float(limits[place]))
    return where
