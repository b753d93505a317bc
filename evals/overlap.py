"""Does the comparison find copies, and only copies? Plants some in drafts, and prints what was found.

    python -m evals.overlap [--against HOME]

Copies are made of paragraphs of the samples and of evals/archives, in five ways; clean texts are paragraphs
of the same documents, which are then left out of the comparison. `--against` also times a review against
an archive of any size, which gets its table of fingerprints if it has none.
"""

from __future__ import annotations

import argparse
import random
import re
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass, replace
from pathlib import Path

from assistant.comparing import compare
from assistant.flaws import Standards
from assistant.manuscript import Manuscript
from assistant.reviewing import review_file
from corpus.build import build_report
from corpus.names import Mention, Names
from corpus.people import find_people
from corpus.report import RawDocument, RawLine, RawPage, Report
from index.archive import Archive
from index.reading import ReadingPool
from index.sentences import split_sentences
from index.tokenise import Tokeniser, fold, simplify

ROOT = Path(__file__).parents[1]
FOLDERS = tuple(ROOT / name for name in ("corpus/samples", "evals/archives/unseen", "evals/archives/unseen2"))
COPIES, CLEAN = 60, 60
LEAST = 90
PEOPLE = ("柯景行", "尤書瑋", "簡若彤", "翁紹恩", "湯以晴", "Marta Lindqvist", "Owen Achebe", "Ilse Brandt")
UNITS = (
    "水利局",
    "交通局",
    "教育局",
    "文化局",
    "環境保護局",
    "衛生局",
    "消防局",
    "觀光旅遊局",
    "社會局",
    "資訊局",
)


@dataclass(frozen=True)
class Sample:
    """A paragraph of a report of the archive."""

    report: Report
    text: str


@dataclass(frozen=True)
class Result:
    """What the comparison said of one text: the share, and whether the twin is the text's own report."""

    kind: str
    share: float
    own: bool
    text: str

    @property
    def found(self) -> bool:
        """Whether the product would speak of it."""
        return self.share >= Standards().overlap / 100


@dataclass(frozen=True)
class Forger:
    """Makes copies that are not word for word."""

    names: Names
    tokeniser: Tokeniser
    words: tuple[str, ...]
    draw: random.Random

    def verbatim(self, text: str) -> str:
        """The text as it is."""
        return text

    def reordered(self, text: str) -> str:
        """Its sentences, or where it has one or two its clauses, in another order."""
        parts = [text[a:b] for a, b in split_sentences(text)]
        if len(parts) < 3:
            parts = [part + "，" for part in re.split(r"[，。]", text) if part]
        return "".join(parts[1::2] + parts[0::2])

    def simplified(self, text: str) -> str:
        """In Simplified characters with half-width punctuation."""
        return simplify(text).replace("，", ",").replace("（", "(").replace("）", ")")

    def renamed(self, text: str) -> str:
        """With other places, agencies, people, dates and figures."""
        for person in find_people(text):
            text = text.replace(person, self.draw.choice(PEOPLE))
        for mention in reversed(self.names.find(text)):
            text = text[: mention.start] + self._other(mention) + text[mention.end :]
        text = re.sub("|".join(UNITS), lambda _: self.draw.choice(UNITS), text)
        return re.sub(r"\d+", lambda found: str(self.draw.randint(2, 10 ** len(found[0]))), text)

    def _other(self, mention: Mention) -> str:
        alike = [e.name for e in self.names.entities if e.type == mention.entity.type and e != mention.entity]
        return self.draw.choice(alike)

    def tenth(self, text: str) -> str:
        """With every tenth word changed for another of its length."""
        folded = fold(text)
        if len(folded) != len(text):
            return text
        out, at, count = "", 0, 0
        for word, _ in self.tokeniser.tagged(folded):
            own = text[at : at + len(word)]
            at += len(word)
            count += own[:1].isalnum()
            alike = [other for other in self.words if len(other) == len(own)] or [own]
            out += self.draw.choice(alike) if own[:1].isalnum() and count % 10 == 0 else own
        return out


WAYS: tuple[tuple[str, Callable[[Forger, str], str]], ...] = (
    ("verbatim", Forger.verbatim),
    ("reordered", Forger.reordered),
    ("Simplified", Forger.simplified),
    ("names changed", Forger.renamed),
    ("every tenth word changed", Forger.tenth),
)


def main(arguments: Sequence[str] | None = None) -> int:
    """Print the figures; 1 where a target is missed."""
    parser = argparse.ArgumentParser(prog="python -m evals.overlap", description=__doc__)
    parser.add_argument("--against", metavar="HOME", type=Path, help="an archive to time a review against")
    options = parser.parse_args(arguments)
    with tempfile.TemporaryDirectory() as folder, Archive.open(Path(folder)) as archive:
        archive.add(FOLDERS)
        results = list(measure(archive))
    say = sys.stdout.write
    say(table(results) + "\n")
    if options.against:
        say("".join(f"{line}\n" for line in timed(options.against)))
    copies = [one for one in results if one.kind != "clean"]
    clean = [one for one in results if one.kind == "clean"]
    return int(sum(one.found for one in copies) < 58 or sum(one.found for one in clean) > 1)


def measure(archive: Archive) -> Iterator[Result]:
    """The planted copies, then the clean texts, each compared with the archive."""
    samples = list(paragraphs(archive))
    draw = random.Random(0)
    words = sorted({w for s in samples for w in re.findall(r"[\u4e00-\u9fff]{1,3}", s.text)})
    forger = Forger(Names.load(), archive.tokeniser, tuple(words), draw)
    for number, sample in enumerate(evenly(samples, COPIES)):
        kind, way = WAYS[number % len(WAYS)]
        yield compared(archive, kind, way(forger, sample.text), sample.report, left_out=False)
    for sample in evenly(samples[1:], CLEAN):
        yield compared(archive, "clean", sample.text, sample.report, left_out=True)


def paragraphs(archive: Archive) -> Iterator[Sample]:
    """The paragraphs of all trip reports that are long enough to be copied."""
    for row in archive.reports():
        report = archive.report(row.id)
        if report.doc_type == "trip_report":
            yield from (
                Sample(report, p.text)
                for p in Manuscript(report).paragraphs
                if len(p.text) >= LEAST and "\t" not in p.text
            )


def evenly(samples: Sequence[Sample], count: int) -> list[Sample]:
    """As many samples, from all over the archive."""
    return [samples[at * len(samples) // count] for at in range(count)]


def compared(archive: Archive, kind: str, text: str, source: Report, *, left_out: bool) -> Result:
    """What is found of a draft with this text; a clean one passes for a version of its own report."""
    lines = (RawLine("心得"), RawLine(text))
    draft = build_report(RawDocument((RawPage(1, lines),)), file="draft.txt", sha256="")
    if left_out:
        draft = replace(draft, sha256=source.sha256)
    overlaps = compare(Manuscript(draft), archive)
    best = max(overlaps, key=lambda overlap: overlap.share, default=None)
    own = best is not None and best.twins[0].passage.report_id == source.id
    return Result(kind, best.share if best else 0.0, own, text)


def table(results: Sequence[Result]) -> str:
    """The figures by kind of text, and the texts that were missed or wrongly flagged."""
    lines = ["| texts | flagged | own report named | lowest share | highest share |", "|---|---|---|---|---|"]
    for kind in dict.fromkeys(one.kind for one in results):
        ones = [one for one in results if one.kind == kind]
        shares = [one.share for one in ones]
        lines.append(
            f"| {kind} | {sum(one.found for one in ones)} of {len(ones)} | {sum(one.own for one in ones)}"
            f" | {min(shares):.2f} | {max(shares):.2f} |"
        )
    wrong = [one for one in results if one.found == (one.kind == "clean")]
    return "\n".join([*lines, *(f"{one.kind}, {one.share:.2f}: {one.text}" for one in wrong)])


def timed(home: Path) -> Iterator[str]:
    """How long the table takes to make and a review of each sample report takes with it, in one process."""
    with closing(ReadingPool(1)) as reader:
        with Archive.open(home) as archive:
            started = time.perf_counter()
            archive.fingerprints()
            yield f"table of {archive.passage_count:,} passages: {time.perf_counter() - started:.1f} s"
        for path in sorted((ROOT / "corpus/samples").glob("*考察*.[dpt]*")):
            started = time.perf_counter()
            with Archive.open(home) as archive:
                done = review_file(path, Standards(), reader, archive=archive)
            yield f"{path.name}: {time.perf_counter() - started:.2f} s, {len(done.overlaps)} paragraphs alike"


if __name__ == "__main__":
    sys.exit(main())
