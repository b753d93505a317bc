"""How often is the right passage found? DRCD dev and RGB dev as archives, with the product's own code.

    python -m evals.retrieval [--data ../shared/data] [--model FOLDER] [--split] [SET …]

A paragraph (DRCD) or passage (RGB) is one passage of the archive; with --split it is cut into passages as
a report is. Prints recall at 1 and 10 for tokens, vectors, both fused, and after the second look. The
halves are the questions of even and odd number: the first was tuned on, the second was not.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np

from corpus.report import Chapter, Page, Passage, Report
from evals import texts
from index.embed import open_embedder
from index.lexical import TantivyIndex
from index.passages import indexed_text, split_passages
from index.ports import Embedder, LexicalRow, Ranked
from index.search import Hit, fuse, look_again, rarity
from index.tokenise import Tokeniser

DEPTH = 100
CUTOFFS = (1, 10)
HALVES = {"all": slice(None), "even": slice(0, None, 2), "odd": slice(1, None, 2)}
STAGES = ("tokens", "vectors", "fused", "second look")
Found = dict[str, list[int]]


@dataclass(frozen=True)
class Task:
    """Texts to search, questions, and for each question the numbers of the texts that answer it."""

    name: str
    documents: tuple[str, ...]
    questions: tuple[tuple[str, frozenset[int]], ...]


def drcd(data: Path) -> Task:
    """Paragraphs and questions of DRCD dev."""
    return _task("DRCD dev", [(r.question, (r.paragraph,), ()) for r in texts.drcd(data)])


def rgb(data: Path) -> Task:
    """Passages and queries of RGB dev."""
    return _task("RGB dev", [(q.question, q.positive, q.negative) for q in texts.rgb(data)])


SETS: dict[str, Callable[[Path], Task]] = {"drcd": drcd, "rgb": rgb}


def _task(name: str, rows: Sequence[tuple[str, Sequence[str], Sequence[str]]]) -> Task:
    numbers: dict[str, int] = {}
    for _, right, wrong in rows:
        for text in (*right, *wrong):
            numbers.setdefault(text, len(numbers))
    questions = tuple((query, frozenset(numbers[text] for text in right)) for query, right, _ in rows)
    return Task(name, tuple(numbers), questions)


def _report(number: int, text: str) -> Report:
    """A document without title or headings, as one chapter."""
    chapter = Chapter("other", "", 1, 0, 0, len(text))
    empty: tuple = ()
    return Report(
        id=str(number),
        file=f"{number}.txt",
        sha256="",
        doc_type="other",
        title="",
        agency="",
        countries=empty,
        cities=empty,
        events=empty,
        category="",
        start_date=None,
        end_date=None,
        report_date=None,
        people=empty,
        keywords=empty,
        classification="公開",
        text=text,
        pages=(Page(1, 0, len(text)),),
        chapters=(chapter,),
        sections=empty,
        items=empty,
    )


class Bench:
    """A task's documents as passages in a lexical index and a matrix of vectors."""

    def __init__(self, task: Task, embedder: Embedder, folder: Path, *, split: bool) -> None:
        self.task = task
        self.passages: list[Passage] = []
        self.embedder = embedder
        self.tokeniser = Tokeniser.open()
        shown = []
        for number, text in enumerate(task.documents):
            report = _report(number, text)
            whole = Passage(report.id, "other", (), 1, 0, len(text), text)
            for passage in split_passages(report) if split else (whole,):
                self.passages.append(replace(passage, key=len(self.passages)))
                shown.append(indexed_text(passage, report))
        self.matrix = embedder.encode(shown)
        self.lexical = TantivyIndex.open(folder)
        self.lexical.upsert(
            LexicalRow(number, int(self.passages[number].report_id), "other", self.tokeniser.fields(text))
            for number, text in enumerate(shown)
        )
        self.lexical.flush()

    def search(self, question: str) -> Found:
        """The documents found at each stage, best first."""
        fields = self.tokeniser.query_fields(question)
        cosines = self.matrix @ self.embedder.encode([question])[0]
        lexical = self.lexical.search(fields, DEPTH)
        nearest = [int(n) for n in np.argsort(-cosines, kind="stable")[:DEPTH]]
        keys = dict.fromkeys((*nearest, *(key for key, _ in lexical)))
        dense = [(key, float(cosines[key])) for key in keys]
        fused = fuse(lexical, dense)
        by_tokens, by_vector = dict(lexical), dict(dense)
        hits = [Hit(self.passages[k], s, by_tokens.get(k, 0.0), by_vector.get(k, 0.0)) for k, s in fused]
        tokens = [token for field in fields.values() for token in field]
        again = look_again(hits, rarity(self.lexical.document_frequency(tokens), len(self.passages)), {})
        ordered = (lexical, dense[:DEPTH], fused, [(hit.passage.key, hit.score) for hit in again])
        return {stage: self._documents(ranked) for stage, ranked in zip(STAGES, ordered, strict=True)}

    def _documents(self, ranked: Ranked) -> list[int]:
        return list(dict.fromkeys(int(self.passages[key].report_id) for key, _ in ranked))


def recall_at(cutoff: int, found: Sequence[Sequence[int]], right: Sequence[frozenset[int]]) -> float:
    """The share of questions with a right document among the first `cutoff`."""
    held = [not wanted.isdisjoint(ranked[:cutoff]) for ranked, wanted in zip(found, right, strict=True)]
    return sum(held) / len(held)


def measure(task: Task, embedder: Embedder, *, split: bool = False) -> str:
    """The figures of one task as a table."""
    with tempfile.TemporaryDirectory() as folder:
        bench = Bench(task, embedder, Path(folder), split=split)
        started = time.perf_counter()
        found = [bench.search(question) for question, _ in task.questions]
        spent = (time.perf_counter() - started) / len(found) * 1000
        bench.lexical.close()
    right = [wanted for _, wanted in task.questions]
    size = f"{len(task.documents)} documents, {len(bench.passages)} passages, {len(right)} questions"
    columns = [f"{part} R@{cutoff}" for part in HALVES for cutoff in CUTOFFS]
    lines = [
        f"{task.name}: {size}, {spent:.1f} ms a question (all stages), model {embedder.name}",
        f"{'':12}" + "".join(f"{column:>13}" for column in columns),
    ]
    for stage in STAGES:
        ranked = [one[stage] for one in found]
        values = [recall_at(k, ranked[part], right[part]) for part in HALVES.values() for k in CUTOFFS]
        lines.append(f"{stage:12}" + "".join(f"{value:13.4f}" for value in values))
    return "\n".join(lines)


def main() -> None:
    """Measure the sets that are named, or all."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--data", type=Path, default=Path("../shared/data"))
    parser.add_argument("--model", help="a model name or folder instead of the built-in one")
    parser.add_argument("--split", action="store_true", help="cut the documents into passages")
    parser.add_argument("sets", nargs="*", choices=[*SETS, []], help="default: all")
    options = parser.parse_args()
    embedder = open_embedder(options.model)
    for name in options.sets or SETS:
        sys.stdout.write(measure(SETS[name](options.data), embedder, split=options.split) + "\n\n")


if __name__ == "__main__":
    main()
