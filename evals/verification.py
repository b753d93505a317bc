"""How well are invented sentences told from true ones? Labelled sentences against the passages they cite.

    python -m evals.verification [--set dev|unseen|heldout|blind_archive|blind_open …] [--archive FOLDER]

`dev` speaks of the sample documents, `unseen` of evals/archives and `heldout` of real documents that are not
part of the project, without which it is skipped; all three were tuned on. The blind sets were written without
sight of the program, over the real documents and over those of the project; sentences/README.md says what was
seen of them since.
Struck are sentences found unsupported, marked those shown with a reason, plain those shown without one. True
ones are to be kept (not struck), false ones struck or at least marked.
"""

from __future__ import annotations

import argparse
import json
import sys
import time
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from assistant.answer import Support
from assistant.verification import Ground, Verifier
from corpus.build import build_report
from corpus.readers import read_document
from corpus.report import Passage, Report, XindeError
from index.passages import split_passages
from index.sources import MEMBER, Source, find_files, read_sources

HERE = Path(__file__).parent
SENTENCES = HERE / "sentences"
SAMPLES, ARCHIVES = HERE.parent / "corpus" / "samples", HERE / "archives"
REAL = HERE.parent.parent / "shared" / "archive"
TUNED = {"dev": (SAMPLES,), "unseen": (ARCHIVES,), "heldout": (REAL,)}
FOLDERS = {**TUNED, "blind_archive": (REAL,), "blind_open": (ARCHIVES, SAMPLES)}
WORDS: dict[Support, str] = {"supported": "plain", "partial": "marked", "unsupported": "struck"}


class AnchorMissing(XindeError):
    """A labelled sentence cites words that its document does not have."""


@dataclass(frozen=True)
class Labelled:
    """A sentence with what it cites, whether that supports it, and what kind of truth or slip it is."""

    id: str
    sentence: str
    sources: tuple[tuple[str, str], ...]
    supported: bool
    kind: str


@dataclass(frozen=True)
class Outcome:
    """What the verifier said of one labelled sentence, and how long it took."""

    row: Labelled
    support: Support
    reasons: tuple[str, ...]
    ms: float


def load_rows(name: str) -> tuple[Labelled, ...]:
    """The labelled sentences of a set."""
    lines = (SENTENCES / f"{name}.jsonl").read_text(encoding="utf-8").splitlines()
    return tuple(_row(json.loads(line)) for line in lines)


def folders_of(name: str, archive: Path = REAL) -> tuple[Path, ...]:
    """Where the documents of a set lie, the real ones at `archive`."""
    return tuple(archive if folder == REAL else folder for folder in FOLDERS[name])


def _row(data: dict) -> Labelled:
    sources = tuple((source["file"], source["anchor"]) for source in data["sources"])
    return Labelled(data["id"], data["sentence"], sources, data["supported"], data["kind"])


class Library:
    """The documents of some folders, each with its passages; they are read as an archive reads them."""

    def __init__(self, *folders: Path) -> None:
        found = [source for file in find_files(folders) for source in read_sources(file)]
        self._read = dict(_read(source) for source in found if isinstance(source, Source))

    def grounds(self, row: Labelled) -> tuple[Ground, ...]:
        """The passages with the words that the row cites; two where the words run over."""
        found = [ground for file, anchor in row.sources for ground in self._grounds(file, anchor)]
        return tuple(dict.fromkeys(found))

    def _grounds(self, file: str, anchor: str) -> Iterator[Ground]:
        report, passages = self._read[file]
        wanted = _squeezed(anchor)
        pairs = zip(passages, passages[1:], strict=False)
        runs: Iterable[tuple[Passage, ...]] = (*((passage,) for passage in passages), *pairs)
        for run in runs:
            if wanted in "".join(_squeezed(passage.text) for passage in run):
                yield from (Ground.of(report, passage) for passage in run)
                return
        raise AnchorMissing(f"「{file}」裡找不到「{anchor}」，請檢查標記的句子。")


def _read(source: Source) -> tuple[str, tuple[Report, tuple[Passage, ...]]]:
    name = source.file.split(MEMBER)[0].split("/")[-1]
    raw = read_document(source.data, source.file)
    report = build_report(raw, file=source.file, sha256=source.sha256)
    return name, (report, split_passages(report))


def _squeezed(text: str) -> str:
    """Without white space and the lines between cells."""
    return "".join(text.replace("|", "").split())


def check(verifier: Verifier, library: Library, rows: Sequence[Labelled]) -> list[Outcome]:
    """The outcome of every row."""
    outcomes = []
    for row in rows:
        grounds = library.grounds(row)
        started = time.process_time()
        verdict = verifier.check(row.sentence, grounds)
        ms = (time.process_time() - started) * 1000
        outcomes.append(Outcome(row, verdict.support, verdict.reasons, ms))
    return outcomes


def summary(name: str, outcomes: Sequence[Outcome]) -> str:
    """Per kind how many were struck, marked and left plain, then the shares and the time."""
    lines = [f"{name}: {len(outcomes)} sentences"]
    for is_false, kind in sorted({(not o.row.supported, o.row.kind) for o in outcomes}):
        own = [o for o in outcomes if (not o.row.supported, o.row.kind) == (is_false, kind)]
        count = Counter(o.support for o in own)
        shown = (f"{word} {count[support]:3}" for support, word in WORDS.items())
        lines.append(f"  {'false' if is_false else 'true ':5} {kind:24} {len(own):3}: {', '.join(shown)}")
    return "\n".join([*lines, *_shares(outcomes)])


def _shares(outcomes: Sequence[Outcome]) -> Iterator[str]:
    count = Counter((o.row.supported, o.support) for o in outcomes)
    true = sum(o.row.supported for o in outcomes)
    false = len(outcomes) - true
    caught, lost = count[False, "unsupported"], count[True, "unsupported"]
    passed = count[False, "supported"]
    yield f"  true sentences: kept {1 - lost / true:.3f}, unmarked {count[True, 'supported'] / true:.3f}"
    yield f"  false sentences: struck {caught / false:.3f}, struck or marked {1 - passed / false:.3f}"
    yield f"  struck: {caught / max(1, caught + lost):.3f} of them false"
    yield f"  {sum(o.ms for o in outcomes) / len(outcomes):.1f} ms a sentence (processor time)"


def main(arguments: Sequence[str] | None = None) -> int:
    """Check the sets asked for and print how it went."""
    parser = argparse.ArgumentParser(prog="python -m evals.verification", description=__doc__)
    parser.add_argument("--set", dest="sets", nargs="+", choices=list(FOLDERS), default=list(FOLDERS))
    parser.add_argument("--archive", type=Path, default=REAL, help="the real documents")
    options = parser.parse_args(arguments)
    verifier = Verifier.load()
    for name in options.sets:
        folders = folders_of(name, options.archive)
        if not all(folder.is_dir() for folder in folders):
            sys.stdout.write(f"{name}: skipped, there are no documents at {folders[0]}\n")
            continue
        outcomes = check(verifier, Library(*folders), load_rows(name))
        sys.stdout.write(summary(name, outcomes) + "\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
