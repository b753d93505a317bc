"""How fast is it? Measures with the product's own code and prints a table with the targets.

    python -m evals.speed [--data ../shared/data] [--keep FOLDER] [--passages 100000] [PART …]

Parts: tokens add retrieval ask start restart. The homes that it fills lie in the --keep folder and are
used again. Times are of this machine, other work on it included.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import random
import shutil
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterable, Sequence
from contextlib import closing
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from assistant.assistant import Assistant
from assistant.settings import Settings
from corpus.build import build_report
from corpus.readers import read_document
from corpus.report import XindeError
from corpus.store import Store
from evals import metrics, texts
from evals.processes import XINDE, Run, run, run_and_kill
from index.archive import Archive
from index.passages import indexed_text, split_passages
from index.search import Filter
from index.tokenise import Tokeniser

QUESTIONS = 500
BATCH = 4000
STARTS = 5
KILLS_AFTER = (2.0, 4.0, 6.0)
QUESTION = "what did we learn at WUF10"


@dataclass(frozen=True)
class Figure:
    """One measured value; `most` and `least` are the target, if there is one."""

    what: str
    value: float
    unit: str
    most: float | None = None
    least: float | None = None

    @property
    def verdict(self) -> str:
        """Whether the target is met."""
        missed = (self.most is not None and self.value > self.most) or (
            self.least is not None and self.value < self.least
        )
        return "" if self.most is None and self.least is None else "misses" if missed else "meets"


@dataclass(frozen=True)
class Bench:
    """Where the data lies, where homes are kept, and how much is measured."""

    data: Path
    documents: Path
    folder: Path
    passages: int
    files: int

    def questions(self) -> list[str]:
        """Real questions of both data sets, always the same ones."""
        asked = [one.question for one in texts.rgb(self.data)]
        asked += [one.question for one in texts.drcd(self.data)]
        random.Random(0).shuffle(asked)
        return asked[:QUESTIONS]

    def news_folder(self, name: str, first: int, last: int) -> Path:
        """A folder with these news texts as files."""
        folder = self.folder / name
        if not folder.is_dir():
            part = folder.with_name(folder.name + ".part")
            texts.write_files(texts.news(self.data, first, last), part)
            part.rename(folder)
        return folder

    def large_home(self) -> Path:
        """A home with at least as many passages as wanted, filled with news texts."""
        home = self.folder / f"home-{self.passages}"
        first = 0
        while count_passages(home) < self.passages:
            folder = self.news_folder(f"news-{first}-{first + BATCH}", first, first + BATCH)
            with closing(Archive.open(home)) as archive:
                archive.add([folder])
            first += BATCH
        return home


def count_passages(home: Path) -> int:
    """How many passages an archive holds; 0 where there is none."""
    if not (home / "archive.db").is_file():
        return 0
    with closing(Store.open(home / "archive.db")) as store:
        return len(store.keys())


def measure_tokens(bench: Bench) -> list[Figure]:
    """Tokenising of passages as the index does it."""
    reports = [
        build_report(read_document(text.encode(), f"{n}.txt"), file=f"{n}.txt", sha256=f"{n:064}")
        for n, text in enumerate(texts.news(bench.data, 0, 2000))
    ]
    passages = [indexed_text(p, report) for report in reports for p in split_passages(report)]
    tokeniser = Tokeniser.open()
    tokeniser.fields(passages[0])
    start, start_cpu = time.perf_counter(), time.process_time()
    for text in passages:
        tokeniser.fields(text)
    seconds, cpu = time.perf_counter() - start, time.process_time() - start_cpu
    return [
        Figure(f"tokenising {len(passages):,} passages", len(passages) / seconds, "passages/s", least=8000),
        Figure("  by the processor's own time", len(passages) / cpu, "passages/s"),
    ]


def measure_add(bench: Bench) -> list[Figure]:
    """`xinde add` of a folder of news texts into an empty home, as a process."""
    folder = bench.news_folder(f"news-0-{bench.files}", 0, bench.files)
    home = bench.folder / f"home-files-{bench.files}"
    shutil.rmtree(home, ignore_errors=True)
    done = run([*XINDE, "--home", home, "add", folder, "--json"], watch=True)
    added = len(json.loads(done.stdout)["added"])
    passages = count_passages(home)
    name = f"xinde add, {added:,} texts, {passages:,} passages"
    return [
        Figure(name, passages / done.seconds, "passages/s", least=500),
        Figure("  its peak memory, children included", (done.peak or 0) / 2**20, "MB", most=1500),
        Figure("  its time", done.seconds, "s"),
        *processor_time([done]),
        Figure("  its home on disk", disk_use(home) / 2**20, "MB"),
    ]


def disk_use(folder: Path) -> int:
    """Bytes of all files below a folder."""
    return sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())


def measure_retrieval(bench: Bench) -> list[Figure]:
    """Archive.search at full size, with and without filters."""
    home = bench.large_home()
    questions = bench.questions()
    with closing(Archive.open(home)) as archive:
        ids = [row.id for row in archive.reports()]
        some = frozenset(random.Random(0).sample(ids, min(1000, len(ids))))
        filters: dict[str, list[Filter | None]] = {
            "off": [None],
            "on": [Filter(chapters=frozenset({"other"})), Filter(report_ids=some)],
        }
        figures = []
        for name, wheres in filters.items():
            archive.search(questions[0], where=wheres[-1])
            ms = []
            for n, question in enumerate(questions):
                ms.append(timed(partial(archive.search, question, where=wheres[n % len(wheres)])))
            figures += percentiles(f"retrieval, filters {name}", ms, middle=12, high=30)
    return [Figure("passages in the home", count_passages(home), ""), *figures]


def measure_ask(bench: Bench) -> list[Figure]:
    """A whole extractive answer at full size in a running process."""
    home = bench.large_home()
    questions = bench.questions()
    with closing(Assistant.open(Settings(home=home))) as assistant:
        for question in questions[:20]:
            assistant.ask(question)
        ms = [timed(partial(assistant.ask, question)) for question in questions[20:]]
    return percentiles("whole ask", ms, middle=None, high=60)


def measure_start(bench: Bench) -> list[Figure]:
    """How long a user waits for the command line."""
    home = bench.folder / "home-documents"
    if not count_passages(home):
        run([*XINDE, "--home", home, "add", bench.documents])
    rows: tuple[tuple[str, list[str | Path], float], ...] = (
        ("xinde --help", [*XINDE, "--help"], 0.3),
        ("cold xinde ask on the documents", [*XINDE, "--home", home, "ask", QUESTION], 2.5),
    )
    figures = []
    for name, command, most in rows:
        runs = [run(command, expect=(0, 1)) for _ in range(STARTS)]
        figures.append(Figure(name, statistics.median(one.seconds for one in runs), "s", most))
        figures += processor_time(runs)
    return figures


def processor_time(runs: Sequence[Run]) -> list[Figure]:
    """What the processor itself was busy with the median of them: other work on the machine left out."""
    times = [one.cpu for one in runs if one.cpu is not None]
    return [Figure("  its processor time", statistics.median(times), "s")] if times else []


def measure_restart(bench: Bench) -> list[Figure]:
    """From the start of a fresh process after a kill in the middle of `add` to its first answer."""
    kept = bench.folder / f"home-files-{bench.files}"
    if not count_passages(kept):
        measure_add(bench)
    home = bench.folder / "home-killed"
    shutil.rmtree(home, ignore_errors=True)
    shutil.copytree(kept, home)
    folder = bench.news_folder("news-60000-64000", 60000, 64000)
    asked = []
    for after in KILLS_AFTER:
        if run_and_kill([*XINDE, "--home", home, "add", folder], after):
            asked.append(run([*XINDE, "--home", home, "ask", QUESTION], expect=(0, 1)))
    slowest = max(one.seconds for one in asked)
    clean = run([*XINDE, "--home", home, "check"], expect=(0, 1)).code == 0
    shutil.rmtree(home, ignore_errors=True)
    return [
        Figure(f"first answer after a kill, slowest of {len(asked)}", slowest, "s", most=5),
        *processor_time(asked),
        Figure("  check is clean afterwards", float(clean), "(1 = yes)", least=1),
    ]


PARTS: dict[str, Callable[[Bench], list[Figure]]] = {
    "tokens": measure_tokens,
    "add": measure_add,
    "retrieval": measure_retrieval,
    "ask": measure_ask,
    "start": measure_start,
    "restart": measure_restart,
}


def timed(call: Callable[[], object]) -> float:
    """Milliseconds of a call."""
    start = time.perf_counter()
    call()
    return (time.perf_counter() - start) * 1000


def percentiles(what: str, ms: Sequence[float], *, middle: float | None, high: float | None) -> list[Figure]:
    """The two figures of a list of times."""
    p50, p95 = metrics.percentile(ms, 0.5) or 0.0, metrics.percentile(ms, 0.95) or 0.0
    return [Figure(f"{what}, p50", p50, "ms", middle), Figure(f"{what}, p95", p95, "ms", high)]


def table(figures: Iterable[Figure]) -> str:
    """The figures as a Markdown table."""
    lines = ["| what | measured | target | |", "|---|---|---|---|"]
    for one in figures:
        target = f"≤ {one.most:,g}" if one.most is not None else f"≥ {one.least:,g}" if one.least else ""
        value = f"{one.value:,.0f}" if one.value >= 1000 or not one.unit else f"{one.value:,.2f}"
        lines.append(f"| {one.what} | {value} {one.unit} | {target} | {one.verdict} |")
    return "\n".join(lines)


def machine() -> str:
    """What the figures were measured on, and how much else it was doing."""
    load = f", load average {os.getloadavg()[0]:.1f}" if hasattr(os, "getloadavg") else ""
    return f"{os.cpu_count()} processors, {platform.system()} {platform.machine()}{load}"


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure the parts that are named, all of them if none is."""
    parser = argparse.ArgumentParser(prog="python -m evals.speed", description="Measure speed and memory.")
    parser.add_argument("parts", nargs="*", metavar="PART", help=f"of {' '.join(PARTS)}; all if none")
    parser.add_argument("--data", type=Path, default=Path("../shared/data"), help="the public data sets")
    parser.add_argument("--documents", type=Path, default=Path("../shared/archive"), help="for cold ask")
    parser.add_argument("--passages", type=int, default=100_000, help="size for retrieval and ask")
    parser.add_argument("--files", type=int, default=10_000, help="texts for add")
    parser.add_argument("--keep", type=Path, help="folder in which the homes stay for the next time")
    options = parser.parse_args(arguments)
    unknown = [part for part in options.parts if part not in PARTS]
    if unknown:
        parser.error(f"no part {', '.join(unknown)}; there are {', '.join(PARTS)}")
    with tempfile.TemporaryDirectory() as temporary:
        folder = (options.keep or Path(temporary)).resolve()
        folder.mkdir(parents=True, exist_ok=True)
        bench = Bench(
            options.data.resolve(), options.documents.resolve(), folder, options.passages, options.files
        )
        try:
            figures = [figure for part in options.parts or PARTS for figure in PARTS[part](bench)]
        except XindeError as error:
            sys.stderr.write(f"{error}\n")
            return 1
    sys.stdout.write(f"{table(figures)}\n\n{machine()}\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
