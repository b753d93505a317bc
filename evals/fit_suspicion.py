"""Set the table of `assistant.suspicion` on the labelled sentences of evals/sentences.

    python -m evals.fit_suspicion [--archive FOLDER] [--check]

A logistic regression over the signs of those sentences that no contradiction strikes and no oddity marks,
with weights of nought or more. --check only shows how it does where it is fitted without the document.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from assistant.judging import judge
from assistant.suspicion import SIGNS, TABLE, Suspicion, signs_of
from assistant.verification import Verifier
from evals.verification import REAL, TUNED, Library, folders_of, load_rows

# What may pass unmarked of the false sentences.
PASSED = 0.04
RIDGE, STEPS, RATE, FOLDS, DIGITS = 0.02, 4000, 0.1, 8, 3
NEVER = 1e9


@dataclass(frozen=True)
class Case:
    """One labelled sentence: its document, whether it is false, its verdict without the table, its signs."""

    document: str
    is_false: bool
    support: str
    row: tuple[float, ...]


def collect(archive: Path) -> list[Case]:
    """The cases of all sets whose documents are there."""
    verifier, blank = Verifier.load(), Suspicion(0.0, NEVER, dict.fromkeys(SIGNS, 0.0))
    cases = []
    for name in TUNED:
        library = Library(*folders_of(name, archive))
        for row in load_rows(name):
            look = verifier.look(row.sentence, library.grounds(row))
            signs = signs_of(look)
            values = tuple(signs[sign] for sign in SIGNS)
            support = judge(look, blank)[0]
            cases.append(Case(f"{name} {row.sources[0][0]}", not row.supported, support, values))
    return cases


def fit(cases: Sequence[Case]) -> tuple[float, NDArray]:
    """The base and the weights that tell false from true best, none of them below nought."""
    left = [case for case in cases if case.support == "supported"]
    rows = np.array([case.row for case in left])
    labels = np.array([case.is_false for case in left], float)
    scale = rows.std(axis=0) + 1e-9
    rows = rows / scale
    base, weights = 0.0, np.zeros(len(SIGNS))
    for _ in range(STEPS):
        error = 1 / (1 + np.exp(-(base + rows @ weights))) - labels
        base -= RATE * error.mean()
        weights = np.maximum(0, weights - RATE * (rows.T @ error / len(left) + RIDGE * weights))
    return base, weights / scale


def limit(cases: Sequence[Case], values: NDArray) -> float:
    """From where on to mark."""
    is_false = np.array([case.is_false for case in cases])
    decided = np.array([case.support != "supported" for case in cases])
    passed = np.sort(np.where(decided, NEVER, values)[is_false])
    return float(passed[int(PASSED * len(passed))])


def across(cases: Sequence[Case]) -> NDArray:
    """The value of each case where the table is set without its document."""
    documents = sorted({case.document for case in cases})
    part = {document: number % FOLDS for number, document in enumerate(documents)}
    values = np.zeros(len(cases))
    for fold in range(FOLDS):
        base, weights = fit([case for case in cases if part[case.document] != fold])
        for number, case in enumerate(cases):
            if part[case.document] == fold:
                values[number] = base + np.array(case.row) @ weights
    return values


def shares(cases: Sequence[Case], values: NDArray, marked: float) -> str:
    """How many true and false sentences are left unmarked."""
    plain = np.array([case.support == "supported" for case in cases]) & (values < marked)
    is_false = np.array([case.is_false for case in cases])
    return f"true unmarked {plain[~is_false].mean():.3f}, false unmarked {plain[is_false].mean():.3f}"


def main(arguments: Sequence[str] | None = None) -> int:
    """Set the table, or show how it would do on documents that it has not seen."""
    parser = argparse.ArgumentParser(prog="python -m evals.fit_suspicion", description=__doc__)
    parser.add_argument("--archive", type=Path, default=REAL, help="the documents of heldout")
    parser.add_argument("--check", action="store_true", help="write nothing")
    options = parser.parse_args(arguments)
    cases = collect(options.archive)
    values = across(cases)
    marked = limit(cases, values)
    sys.stdout.write(f"by document: {shares(cases, values, marked)}, from {marked:.3f}\n")
    if options.check:
        return 0
    base, weights = fit(cases)
    own = base + np.array([case.row for case in cases]) @ weights
    sys.stdout.write(f"on all: {shares(cases, own, marked)}\n")
    table = {
        "base": round(float(base), DIGITS),
        "marked": round(marked, DIGITS),
        "weights": {sign: round(float(w), DIGITS) for sign, w in zip(SIGNS, weights, strict=True)},
    }
    TABLE.write_text(json.dumps(table, indent=1) + "\n", encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
