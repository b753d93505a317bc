"""Measure answers by a language model: does every way to fail end in time, and what does the path cost?

    python tests/measure_model.py [--rounds 5] [--seconds 2]

Asks the sample archive, in a temporary home, through the scripted server; prints Markdown tables.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

# Run as a program: only then the project is not where Python looks.
sys.path.insert(0, str(Path(__file__).parents[1]))

import model_behaviours
from model_server import NAMES, ModelServer
from model_shapes import Request, deltas

from assistant.answer import Answer
from assistant.assistant import Assistant
from assistant.citations import is_sound
from assistant.llm import load_libraries
from assistant.settings import Settings
from assistant.verification import Verifier
from evals.metrics import percentile
from index.archive import Archive

SAMPLES = Path(__file__).parents[1] / "corpus" / "samples"
QUESTIONS = (
    "哥本哈根考察有哪些建議？",
    "世界城市論壇我們學到什麼？",
    "新加坡世界城市高峰會的心得是什麼？",
    "What did we learn about water in Rotterdam?",
    "113 年波特蘭考察有哪些建議？",
)
REFUSALS = ("refused_connection", "status_401", "status_500")
GRACE = 1.0  # An answer is in time so many seconds after the model's time is over.


@dataclass
class Tally:
    """What became of the questions under one behaviour."""

    seconds: list[float] = field(default_factory=list)
    modes: Counter[str] = field(default_factory=Counter)
    sound: int = 0

    def add(self, seconds: float, answer: Answer, archive: Archive) -> None:
        self.seconds.append(seconds)
        self.modes[answer.mode] += 1
        known = {c.n for c in answer.citations if is_sound(c, archive.report(c.report_id))}
        self.sound += bool(answer.statements) and all(set(s.citations) <= known for s in answer.statements)


@contextmanager
def watched_verifier() -> Iterator[list[float]]:
    """The milliseconds of every check of a sentence while this is open."""
    spent: list[float] = []
    check = Verifier.check

    def timed(*arguments: Any) -> Any:
        began = time.perf_counter()
        try:
            return check(*arguments)
        finally:
            spent.append((time.perf_counter() - began) * 1000)

    Verifier.check = timed  # type: ignore[method-assign]
    try:
        yield spent
    finally:
        Verifier.check = check  # type: ignore[method-assign]


@contextmanager
def watched_server() -> Iterator[list[float]]:
    """The moments at which a streamed answer's first token left the server while this is open."""
    sent: list[float] = []

    def marked(request: Request, text: str) -> Iterator[bytes]:
        for number, data in enumerate(deltas(request, text)):
            if number == 1:  # the first one holds the role
                sent.append(time.perf_counter())
            yield data

    model_behaviours.deltas = marked
    try:
        yield sent
    finally:
        model_behaviours.deltas = deltas


def open_assistant(home: Path, server: ModelServer, seconds: int) -> Assistant:
    return Assistant.open(
        Settings(home=home, llm_base_url=server.base_url, llm_model="scripted", llm_seconds=seconds)
    )


def measure_behaviours(home: Path, rounds: int, seconds: int) -> dict[str, Tally]:
    """Every behaviour, each question so many times as there are rounds over the questions."""
    tallies = {}
    for name in NAMES:
        tallies[name] = tally = Tally()
        with ModelServer(name, interval=0.2) as server:
            with closing(open_assistant(home, server, seconds)) as assistant:
                for number in range(rounds):
                    began = time.perf_counter()
                    answer = assistant.ask(QUESTIONS[number % len(QUESTIONS)])
                    tally.add(time.perf_counter() - began, answer, assistant.archive)
    return tallies


def measure_first_token(home: Path, rounds: int) -> list[float]:
    """Milliseconds from the server's first token to the first step that holds it."""
    delays = []
    with watched_server() as sent, ModelServer("honest") as server:
        with closing(open_assistant(home, server, 60)) as assistant:
            for question in QUESTIONS[:-1] * rounds:
                sent.clear()
                for step in assistant.stream(question):
                    if step.tail or step.answer.mode == "llm" and step.answer.statements:
                        delays.append((time.perf_counter() - sent[0]) * 1000)
                        break
    return delays


def measure_extracting(home: Path, rounds: int) -> list[float]:
    """Milliseconds of the answers without a model, which every fall-back has to take as well."""
    taken = []
    with closing(Assistant.open(Settings(home=home))) as assistant:
        for question in QUESTIONS * rounds:
            began = time.perf_counter()
            assistant.ask(question)
            taken.append((time.perf_counter() - began) * 1000)
    return taken


def table(header: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    return "\n".join("| " + " | ".join(line) + " |" for line in (header, ["---"] * len(header), *rows))


def behaviour_table(tallies: dict[str, Tally], limit: float) -> str:
    rows = []
    for name, tally in tallies.items():
        in_time = sum(one <= limit for one in tally.seconds)
        count = len(tally.seconds)
        modes = ", ".join(f"{mode} {times}" for mode, times in sorted(tally.modes.items()))
        rows.append(
            (name, f"{in_time}/{count}", f"{tally.sound}/{count}", f"{max(tally.seconds):.2f}", modes)
        )
    total = [one for tally in tallies.values() for one in tally.seconds]
    in_time, sound = sum(one <= limit for one in total), sum(tally.sound for tally in tallies.values())
    modes = sum((tally.modes for tally in tallies.values()), Counter())
    said = ", ".join(f"{mode} {times}" for mode, times in sorted(modes.items()))
    rows.append(("**all**", f"{in_time}/{len(total)}", f"{sound}/{len(total)}", f"{max(total):.2f}", said))
    return table(("behaviour", f"within {limit:.0f} s", "sound", "seconds max", "mode"), rows)


def row_of(name: str, values: Sequence[float]) -> tuple[str, ...]:
    shares = (percentile(values, 0.5), percentile(values, 0.95), max(values, default=None))
    return (name, str(len(values)), *("–" if one is None else f"{one:.1f}" for one in shares))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--rounds", type=int, default=5, help="questions a behaviour")
    parser.add_argument("--seconds", type=int, default=2, help="the model's time for an answer")
    options = parser.parse_args()
    load_libraries()
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder)
        with closing(Archive.open(home)) as archive:
            archive.add([SAMPLES])
        with watched_verifier() as checks:
            tallies = measure_behaviours(home, options.rounds, options.seconds)
        delays = measure_first_token(home, options.rounds)
        extracting = measure_extracting(home, options.rounds)
    rows = [
        *(row_of(f"fall-back from {n}", [one * 1000 for one in tallies[n].seconds]) for n in REFUSALS),
        row_of("an answer without a model", extracting),
        row_of("first token sent → first step that holds it", delays),
        row_of("verification of one sentence", checks),
    ]
    costs = table(("milliseconds", "n", "median", "95 %", "max"), rows)
    sys.stdout.write(f"{behaviour_table(tallies, options.seconds + GRACE)}\n\n{costs}\n")


if __name__ == "__main__":
    main()
