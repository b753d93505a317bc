"""Does the ledger hold what it should? Items and implicit recommendations of whole documents, and pairs.

    python -m evals.recommendations [--archive ../shared/archive] [--show]

Items and sentences are labelled by how they begin, in documents of the project and, where they are at
hand, of the archive given. All implicit ones and pairs have been tuned on: their halves are a cross-check.
--pairs and --implicit measure others. Runs the Finder and the Likeness that a user gets.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import combinations
from pathlib import Path
from typing import Any

from assistant.advice import plain
from assistant.clusters import SURE
from assistant.likeness import LEAST, Likeness, Weights
from assistant.recommendations import Finder
from corpus.report import Item, Report
from evals.documents import OWN, read_reports
from evals.fit_likeness import fit, measure, texts_of, without_own_words
from index.embed import open_embedder
from index.tokenise import Tokeniser

LABELLED = Path(__file__).with_suffix("")
HALVES = ("first half", "second half")

ITEMS = (
    ("trip_report", "items of 心得 and 建議 in trip reports", (0.97, 0.97)),
    ("briefing", "the same in slides, whose items are not taken in", None),
)

Row = dict[str, Any]


@dataclass(frozen=True)
class Score:
    """Counts of one measure: what is there, what was found, what of it is right; `least` is the target."""

    measure: str
    there: int
    found: int
    right: int
    least: tuple[float, float] | None = None

    @property
    def precision(self) -> float:
        """The share of what was found that is right."""
        return self.right / self.found if self.found else 1.0

    @property
    def recall(self) -> float:
        """The share of what is there that was found."""
        return self.right / self.there if self.there else 1.0

    @property
    def f1(self) -> float:
        """The harmonic mean of both."""
        total = self.precision + self.recall
        return 2 * self.precision * self.recall / total if total else 0.0


def read_rows(name: str, path: Path | None = None) -> list[Row]:
    """The labelled rows of this name, or of a file of the same shape."""
    lines = (path or LABELLED / f"{name}.jsonl").read_text(encoding="utf-8").splitlines()
    return [json.loads(line) for line in lines]


def score_items(rows: Sequence[Row], reports: dict[str, Report]) -> tuple[list[Score], list[str]]:
    """Items of 心得 and 建議 by kind, heading and how their text begins and ends; slides by themselves."""
    counts: dict[str, tuple[int, int, int]] = {}
    wrong = []
    for file in dict.fromkeys(row["file"] for row in rows if row["file"] in reports):
        report = reports[file]
        left = list(report.items)
        mine = [row for row in rows if row["file"] == file]
        for row in mine:
            met = next((item for item in left if _is_item(row, item)), None)
            if met is None:
                wrong.append(f"{file}: not found {row['kind']} {row['number']} {row['heading']}")
            else:
                left.remove(met)
        wrong += [f"{file}: not labelled {item.kind} {item.number} {item.heading}" for item in left]
        there, found, right = counts.get(report.doc_type, (0, 0, 0))
        right += len(report.items) - len(left)
        counts[report.doc_type] = (there + len(mine), found + len(report.items), right)
    return [Score(measure, *counts.get(kind, (0, 0, 0)), least) for kind, measure, least in ITEMS], wrong


def _is_item(row: Row, item: Item) -> bool:
    text = _even(item.text).rstrip("+")
    return (
        item.kind == row["kind"]
        and _even(item.heading).startswith(_even(row["heading"]))
        and text.startswith(_even(row["starts"]))
        and text.endswith(_even(row.get("ends", "")))
    )


def _even(text: str) -> str:
    """Folded text without commas: a label may end within a figure such as 3,000."""
    return plain(text).replace(",", "")


def score_implicit(rows: Sequence[Row], reports: dict[str, Report]) -> tuple[list[Score], list[str]]:
    """Sentences outside 建議 that recommend to the own side, among others that do not."""
    finder = Finder.load()
    found = {file: finder.find(report) for file, report in reports.items()}
    scores, wrong = [], []
    for half, name in enumerate(HALVES):
        mine = [row for row in rows[half::2] if row["file"] in reports]
        got = [_is_found(row, found[row["file"]]) for row in mine]
        true = [row["label"] == "implicit" for row in mine]
        scores.append(_counted(f"implicit recommendations, {name}", true, got, (0.8, 0.8)))
        missed = [row for row, a, b in zip(mine, true, got, strict=True) if a != b]
        wrong += [f"{row['id']} {row['label']}: {row['anchor']}" for row in missed]
    return scores, wrong


def _is_found(row: Row, found: Iterable[Any]) -> bool:
    anchor = plain(row["anchor"])
    return any(one.implicit and one.addressee == "own" and anchor in plain(one.text) for one in found)


def score_pairs(rows: Sequence[Row]) -> tuple[list[Score], list[str]]:
    """Pairs of recommendations that are the same, among near misses, by the weights that ship."""
    weights = Weights.load()
    measures = measure(texts_of(rows), Likeness.load(open_embedder(None), Tokeniser.open()))
    got = [weights.likeness(one) >= LEAST for one in measures]
    true = [row["same"] for row in rows]
    missed = [row for row, a, b in zip(rows, true, got, strict=True) if a != b]
    wrong = [f"{row['id']}: {row['a']} / {row['b']}" for row in missed]
    return [_counted("pairs that are the same, all", true, got)], wrong


def cross_check(rows: Sequence[Row]) -> list[Score]:
    """Each half by weights fitted on the other, without the synonyms that were written for these pairs."""
    scores, likeness = [], without_own_words()
    for half, name in enumerate(HALVES):
        weights, mine = fit(rows[1 - half :: 2]), rows[half::2]
        got = [weights.likeness(one) >= LEAST for one in measure(texts_of(mine), likeness)]
        told = f"pairs, {name}, by weights fitted on the other and no words of their own"
        scores.append(_counted(told, [row["same"] for row in mine], got))
    return scores


def joined_by_chance(reports: Iterable[Report]) -> str:
    """How many pairs of recommendations of different reports and topics are taken for the same."""
    finder, likeness = Finder.load(), Likeness.load(open_embedder(None), Tokeniser.open())
    found = [one for report in reports for one in finder.find(report)]
    profiles = likeness.profiles([(one.heading, one.text) for one in found])
    pairs = [
        (here, there)
        for here, there in combinations(range(len(found)), 2)
        if found[here].report_id != found[there].report_id and found[here].topic != found[there].topic
    ]
    alike = [likeness.of(profiles[here], profiles[there]) for here, there in pairs]
    same, sure = sum(one >= LEAST for one in alike), sum(one >= SURE for one in alike)
    return (
        f"Of {len(pairs)} pairs of different reports and topics {same} are taken for the same, "
        f"{sure} so surely that they go together in spite of their topics."
    )


def _counted(
    measure: str, true: Sequence[bool], got: Sequence[bool], least: tuple[float, float] | None = None
) -> Score:
    right = sum(a and b for a, b in zip(true, got, strict=True))
    return Score(measure, sum(true), sum(got), right, least)


def table(scores: Iterable[Score]) -> str:
    """The figures with their targets."""
    lines = ["| what | labelled | precision | recall | F1 | target |", "|---|---|---|---|---|---|"]
    for one in scores:
        target = "" if one.least is None else f"precision ≥ {one.least[0]}, recall ≥ {one.least[1]}"
        target = "F1 ≥ 0.85" if one.measure.startswith("pairs") else target
        figures = f"{one.precision:.3f} | {one.recall:.3f} | {one.f1:.3f}"
        lines.append(f"| {one.measure} | {one.there} | {figures} | {target} |")
    return "\n".join(lines)


def main(arguments: Sequence[str] | None = None) -> int:
    """Print the figures; with --show what is wrong too."""
    parser = argparse.ArgumentParser(
        prog="python -m evals.recommendations", description="Measure the ledger."
    )
    parser.add_argument("--archive", type=Path, default=Path("../shared/archive"))
    parser.add_argument("--pairs", type=Path, help="other labelled pairs")
    parser.add_argument("--implicit", type=Path, help="other labelled sentences")
    parser.add_argument("--show", action="store_true", help="list what is wrong")
    options = parser.parse_args(arguments)
    reports = read_reports((*OWN, options.archive))
    items = read_rows("items")
    implicit, pairs = read_rows("implicit", options.implicit), read_rows("pairs", options.pairs)
    absent = {row["file"] for row in (*items, *implicit)} - reports.keys()
    if absent:
        sys.stderr.write(f"{len(absent)} labelled documents are not at hand ({options.archive}); left out.\n")
    results = (score_items(items, reports), score_implicit(implicit, reports), score_pairs(pairs))
    scores = [score for found, _ in results for score in found]
    sys.stdout.write(table(scores if options.pairs else [*scores, *cross_check(pairs)]) + "\n")
    sys.stdout.write(joined_by_chance(reports.values()) + "\n")
    if options.show:
        sys.stdout.write("\n".join(line for _, wrong in results for line in wrong) + "\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
