"""Grow the table of `assistant.confidence` from public questions with and without what answers them.

    python -m evals.fit_confidence [--data ../shared/data] [--keep FOLDER] [--check]

RGB dev teaches when to answer where documents retell each other; CMRC and DRCD dev where each tells
something of its own. --check only shows how it does on questions that it was not grown on.
"""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
import zlib
from collections.abc import Callable, Iterable, Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from assistant.answer import AskFilter
from assistant.assistant import Assistant
from assistant.blocks import found_for
from assistant.confidence import TABLE, sign_row
from assistant.settings import Settings
from assistant.signs import Signs
from evals import texts
from evals.boosting import Forest, grow
from evals.reading import fill
from index.word_weights import WordWeights

FOLDS = 10
EVERY = {"drcd": 4, "cmrc": 4}
SHARES = {"retold": 0.935, "single": 0.985}
ROUNDS = {"retold": 150, "single": 150}


@dataclass(frozen=True)
class Case:
    """One question asked once: its signs, and whether what answers it was there."""

    data_set: str
    mode: str
    question: str
    answered: bool
    row: tuple[float, ...]


def collect(data: Path, folder: Path) -> list[Case]:
    """All cases; homes that stand in the folder are used again."""
    cases = list(_rgb(data, folder))
    cases += _paragraphs("drcd", texts.drcd(data), folder)
    cases += _paragraphs("cmrc", texts.cmrc(data), folder)
    return cases


def _rgb(data: Path, folder: Path) -> Iterable[Case]:
    queries = texts.rgb(data)
    passages = (text for one in queries for text in (*one.positive, *one.negative))
    ids = fill(folder / "home-rgb", passages, folder / "rgb")
    everything = set(ids.values())
    with closing(Assistant.open(Settings(home=folder / "home-rgb"))) as assistant:
        signs = Signs(WordWeights.load(), assistant.archive.tokeniser)
        for one in queries:
            positive = {ids[text] for text in one.positive if text in ids}
            own = {ids[text] for text in one.negative if text in ids} | positive
            for mode, among in (("own", own), ("all", everything)):
                for answered, reports in ((True, among), (False, among - positive)):
                    yield from _case(assistant, signs, ("rgb", mode, answered), one.question, reports)


def _paragraphs(name: str, readings: Sequence[texts.Reading], folder: Path) -> Iterable[Case]:
    ids = fill(folder / f"home-{name}", (one.paragraph for one in readings), folder / name)
    everything = set(ids.values())
    with closing(Assistant.open(Settings(home=folder / f"home-{name}"))) as assistant:
        signs = Signs(WordWeights.load(), assistant.archive.tokeniser)
        for one in readings[:: EVERY[name]]:
            if one.paragraph not in ids:
                continue
            for answered, reports in ((True, everything), (False, everything - {ids[one.paragraph]})):
                yield from _case(assistant, signs, (name, "all", answered), one.question, reports)


def _case(
    assistant: Assistant, signs: Signs, which: tuple[str, str, bool], question: str, reports: set[str]
) -> Iterable[Case]:
    plan = assistant.plan(question, AskFilter(reports=tuple(sorted(reports))))
    found = found_for(plan)
    if plan.scope.reports is None and not plan.scope.missing and found.sentences:
        row = sign_row(signs, question, found.sentences, found.hits)
        yield Case(which[0], which[1], question, which[2], tuple(row.values()))


def folds(cases: Sequence[Case]) -> NDArray:
    """A fold for every case, the same for all that ask the same question."""
    return np.array([zlib.crc32(case.question.encode()) % FOLDS for case in cases])


def held_out(cases: Sequence[Case], rounds: int) -> NDArray:
    """The sum of the trees for each case, from trees that never saw its question."""
    rows, labels = _arrays(cases)
    fold = folds(cases)
    values = np.zeros(len(cases))
    for number in range(FOLDS):
        forest = grow(rows[fold != number], labels[fold != number], rounds=rounds)
        values[fold == number] = forest.values(rows[fold == number])
    return values


def _arrays(cases: Sequence[Case]) -> tuple[NDArray, NDArray]:
    return np.array([case.row for case in cases]), np.array([case.answered for case in cases], float)


def limit(cases: Sequence[Case], values: NDArray, share: float, chosen: Callable[[Case], bool]) -> float:
    """The limit at which `share` of the chosen cases that can be answered are."""
    can = np.sort([v for c, v in zip(cases, values, strict=True) if c.answered and chosen(c)])
    return float(can[int((1 - share) * len(can))])


def report(cases: Sequence[Case], values: NDArray, least: float) -> str:
    """Per data set and mode how many are answered of those that can be and refused of the others."""
    lines = []
    for key in dict.fromkeys((case.data_set, case.mode) for case in cases):
        pairs = [(c, v) for c, v in zip(cases, values, strict=True) if (c.data_set, c.mode) == key]
        answered = np.mean([v >= least for c, v in pairs if c.answered])
        refused = np.mean([v < least for c, v in pairs if not c.answered])
        lines.append(f"  {' '.join(key):10} answers {answered:.3f}  refuses {refused:.3f}  of {len(pairs)}")
    return "\n".join(lines)


PARTS: dict[str, tuple[tuple[str, ...], Callable[[Case], bool]]] = {
    "retold": (("rgb",), lambda case: case.mode == "own"),
    "single": (("drcd", "cmrc"), lambda case: case.data_set == "drcd"),
}


def fit(cases: Sequence[Case], out: Callable[[str], object]) -> dict[str, Forest]:
    """The forests of both parts, each with a limit that was set on held-out questions."""
    forests = {}
    for name, (sets, chosen) in PARTS.items():
        own = [case for case in cases if case.data_set in sets]
        values = held_out(own, ROUNDS[name])
        least = limit(own, values, SHARES[name], chosen)
        out(f"{name}: questions not seen\n{report(own, values, least)}\n")
        rows, labels = _arrays(own)
        forests[name] = grow(rows, labels, rounds=ROUNDS[name]).with_limit(least)
    return forests


def main(arguments: Sequence[str] | None = None) -> int:
    """Collect, fit, and write the table."""
    parser = argparse.ArgumentParser(prog="python -m evals.fit_confidence", description=__doc__)
    parser.add_argument("--data", type=Path, default=Path("../shared/data"), help="the public data sets")
    parser.add_argument("--keep", type=Path, help="folder in which the homes stay for the next time")
    parser.add_argument("--check", action="store_true", help="write nothing")
    options = parser.parse_args(arguments)
    with tempfile.TemporaryDirectory() as temporary:
        cases = collect(options.data, (options.keep or Path(temporary)).resolve())
    forests = fit(cases, sys.stdout.write)
    if not options.check:
        TABLE.write_text(
            json.dumps({name: forest.table() for name, forest in forests.items()}, separators=(",", ":"))
            + "\n"
        )
    return 0


if __name__ == "__main__":
    sys.exit(main())
