"""Does it read well? Plain paragraphs of public data sets as the archive, questions with known answers.

    python -m evals.reading [--data ../shared/data] [--keep FOLDER] [--limit N] [--show N] [drcd] [rgb]

DRCD: an answer of at most two sentences holds the known one. RGB: it refuses where the passages that
answer are taken away and answers where they are there. Runs the Assistant a user gets.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
import time
from collections.abc import Callable, Iterable, Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from assistant.answer import Answer, AskFilter, Turn
from assistant.assistant import Assistant
from assistant.settings import Settings
from corpus.report import XindeError
from evals import metrics, texts
from index.archive import Archive

SENTENCES = 2


class Reader(Protocol):
    """What is measured: the Assistant, or a script in a test."""

    def ask(
        self, text: str, history: Sequence[Turn] = (), where: AskFilter | None = None, *, most: int = 0
    ) -> Answer: ...


@dataclass(frozen=True)
class Outcome:
    """What came of one question: whether it was right, and the words to show if it was not."""

    measure: str
    right: bool
    question: str
    expected: str
    got: str


@dataclass(frozen=True)
class Target:
    """What a measure says and how high it should be."""

    meaning: str
    least: float | None = None


MEASURES: dict[str, Target] = {
    "drcd": Target("DRCD dev: two sentences hold the answer", 0.85),
    "drcd_answers": Target("DRCD dev: answers at all"),
    "drcd_paragraph": Target("DRCD dev: the answer's sentences are of the right paragraph"),
    "drcd_given": Target("DRCD dev: the same, with the right paragraph given"),
    "rgb_without": Target("RGB dev, a question's passages without the positive ones: abstains", 0.60),
    "rgb_with": Target("RGB dev, a question's passages, the positive ones too: answers", 0.92),
    "rgb_right": Target("RGB dev, the same: the answer holds the known one"),
    "rgb_all_without": Target("RGB dev, all passages but the positive ones: abstains"),
    "rgb_all_honest": Target("RGB dev, the same: abstains or finds the known answer elsewhere"),
    "rgb_all_with": Target("RGB dev, all passages: answers"),
}


def read_drcd(reader: Reader, asked: Iterable[texts.Reading], ids: dict[str, str]) -> Iterable[Outcome]:
    """The outcomes of each reading question; `ids` are the reports of the paragraphs."""
    for one in asked:
        if one.paragraph not in ids:  # refused when it was added, and said so then
            continue
        gold, own = "|".join(one.answers), ids[one.paragraph]
        answer = reader.ask(one.question, most=SENTENCES)
        given = reader.ask(one.question, where=AskFilter(reports=(own,)), most=SENTENCES)
        cited = {citation.report_id for citation in _cited(answer)}
        rows = (
            ("drcd", metrics.holds(gold, short(answer)), answer),
            ("drcd_answers", not answer.abstained, answer),
            ("drcd_paragraph", own in cited, answer),
            ("drcd_given", metrics.holds(gold, short(given)), given),
        )
        for measure, right, of in rows:
            yield Outcome(measure, right, one.question, gold, short(of) or of.text)


def read_rgb(reader: Reader, asked: Iterable[texts.Query], ids: dict[str, str]) -> Iterable[Outcome]:
    """The outcomes of each query, with and without the passages that answer it.

    Once among its own passages only, once among all: there many a passage of another question holds
    the answer too, so that not to abstain is no fault by itself.
    """
    everything = set(ids.values())
    for one in asked:
        positive = {ids[text] for text in one.positive if text in ids}
        negative = {ids[text] for text in one.negative if text in ids} - positive

        def ask(reports: set[str], question: str = one.question) -> Answer:
            return reader.ask(question, where=AskFilter(reports=tuple(sorted(reports))))

        def right(answer: Answer, facts: tuple[str, ...] = one.answers) -> bool:
            return not answer.abstained and all(metrics.held(facts, metrics.shown_text(answer)))

        without, with_them = ask(negative), ask(negative | positive)
        all_without, all_with = ask(everything - positive), reader.ask(one.question)
        gold = "；".join(one.answers)
        rows = (
            ("rgb_without", without.abstained, f"查無（{gold}）", without),
            ("rgb_with", not with_them.abstained, gold, with_them),
            ("rgb_right", right(with_them), gold, with_them),
            ("rgb_all_without", all_without.abstained, f"查無（{gold}）", all_without),
            ("rgb_all_honest", all_without.abstained or right(all_without), gold, all_without),
            ("rgb_all_with", not all_with.abstained, gold, all_with),
        )
        for measure, good, expected, answer in rows:
            yield Outcome(measure, good, one.question, expected, answer.text)


def short(answer: Answer) -> str:
    """The first two sentences of an answer, nothing of a refusal."""
    if answer.abstained:
        return ""
    return "\n".join(statement.text for statement in answer.statements[:SENTENCES])


def _cited(answer: Answer) -> list:
    numbers = {n for statement in answer.statements[:SENTENCES] for n in statement.citations}
    return [citation for citation in answer.citations if citation.n in numbers]


def fill(home: Path, paragraphs: Iterable[str], files: Path) -> dict[str, str]:
    """Every paragraph as a document in the home; returns paragraph → report id."""
    names = texts.write_files(paragraphs, files)
    with closing(Archive.open(home)) as archive:
        refused = archive.add([files]).refused
        ids = {row.file: row.id for row in archive.reports()}
    for one in refused:
        sys.stderr.write(f"refused {one.file}: {one.reason} {one.message}\n")
    return {text: ids[name] for text, name in names.items() if name in ids}


def run_drcd(data: Path, folder: Path, limit: int | None) -> list[Outcome]:
    """All of DRCD dev as files, and its questions."""
    readings = texts.drcd(data)
    ids = fill(folder / "home-drcd", (one.paragraph for one in readings), folder / "drcd")
    with closing(Assistant.open(Settings(home=folder / "home-drcd"))) as assistant:
        return list(read_drcd(assistant, _spread(readings, limit), ids))


def run_rgb(data: Path, folder: Path, limit: int | None) -> list[Outcome]:
    """All passages of RGB dev as files, and its questions."""
    queries = texts.rgb(data)
    passages = (text for one in queries for text in (*one.positive, *one.negative))
    ids = fill(folder / "home-rgb", passages, folder / "rgb")
    with closing(Assistant.open(Settings(home=folder / "home-rgb"))) as assistant:
        return list(read_rgb(assistant, _spread(queries, limit), ids))


PARTS: dict[str, Callable[[Path, Path, int | None], list[Outcome]]] = {"drcd": run_drcd, "rgb": run_rgb}


def _spread(asked: Sequence, limit: int | None) -> Sequence:
    """At most `limit` of them, taken at even steps."""
    if not limit or limit >= len(asked):
        return asked
    return [asked[n * len(asked) // limit] for n in range(limit)]


def table(outcomes: Sequence[Outcome]) -> str:
    """The share of right outcomes of every measure, with its target."""
    lines = ["| what | questions | share | target | |", "|---|---|---|---|---|"]
    for name, target in MEASURES.items():
        right = [outcome.right for outcome in outcomes if outcome.measure == name]
        if not right:
            continue
        share = sum(right) / len(right)
        verdict = "" if target.least is None else "meets" if share >= target.least else "misses"
        least = "" if target.least is None else f"≥ {target.least:.2f}"
        lines.append(f"| {target.meaning} | {len(right)} | {share:.4f} | {least} | {verdict} |")
    return "\n".join(lines)


def failures(outcomes: Iterable[Outcome], show: int) -> str:
    """The first failures of every measure that has a target."""
    outcomes = list(outcomes)
    lines = []
    for name, target in MEASURES.items():
        wrong = [outcome for outcome in outcomes if outcome.measure == name and not outcome.right]
        if target.least is None or not wrong:
            continue
        lines.append(f"\n## {target.meaning}: {len(wrong)} wrong")
        for one in wrong[:show]:
            lines.append(
                f"- {one.question}\n  - expected {one.expected}\n  - got {' '.join(one.got.split())}"
            )
    return "\n".join(lines)


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure the parts that are named, both if none is."""
    parser = argparse.ArgumentParser(prog="python -m evals.reading", description="Measure reading.")
    parser.add_argument("parts", nargs="*", metavar="PART", help=f"of {' '.join(PARTS)}; all if none")
    parser.add_argument("--data", type=Path, default=Path("../shared/data"), help="the public data sets")
    parser.add_argument("--keep", type=Path, help="folder in which the homes stay for the next time")
    parser.add_argument("--limit", type=int, help="ask only so many questions of each set")
    parser.add_argument("--show", type=int, default=0, metavar="N", help="show N failures of each measure")
    options = parser.parse_args(arguments)
    unknown = [part for part in options.parts if part not in PARTS]
    if unknown:
        parser.error(f"no part {', '.join(unknown)}; there are {', '.join(PARTS)}")
    start = time.perf_counter()
    with tempfile.TemporaryDirectory() as temporary:
        folder = (options.keep or Path(temporary)).resolve()
        try:
            outcomes = [
                outcome
                for part in options.parts or PARTS
                for outcome in PARTS[part](options.data, folder, options.limit)
            ]
        except XindeError as error:
            sys.stderr.write(f"{error}\n")
            return 1
    sys.stdout.write(table(outcomes) + "\n")
    if options.show:
        sys.stdout.write(failures(outcomes, options.show) + "\n")
    sys.stderr.write(f"{time.perf_counter() - start:.0f} s\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
