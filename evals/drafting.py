"""Ten worked drafts: does each declared source bear its sentence out, do items keep to the lengths.

    python -m evals.drafting [--home HOME] [--items N] [--show]

Without --home an archive of the shipped samples is made for the time being. Sources are checked by the
verifier that checks answers, and quotations letter by letter. Knows nothing of how a draft is made.
"""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from assistant.assistant import Assistant
from assistant.desk import Desk
from assistant.draft import PARTS, Draft, DraftSentence
from assistant.draft_grounds import grounds_of
from assistant.render_draft import render_draft
from assistant.settings import Settings
from assistant.trip import Trip
from assistant.verification import Verifier
from corpus.report import XindeError

ROOT = Path(__file__).parents[1]
CASES = Path(__file__).parent / "drafts"
ARCHIVES = (ROOT / "corpus" / "samples", ROOT / "evals" / "archives")


@dataclass(frozen=True)
class DraftCase:
    """A trip with the notes that were taken on it."""

    name: str
    trip: Trip
    notes: Path


@dataclass(frozen=True)
class Drafted:
    """One case with what came of it; `faults` are sentences that their declared source does not bear out."""

    case: DraftCase
    draft: Draft
    faults: tuple[str, ...]

    @property
    def sentences(self) -> tuple[DraftSentence, ...]:
        """All sentences of all items."""
        return tuple(sentence for item in self.draft.items for sentence in item.sentences)


def load(folder: Path = CASES) -> tuple[DraftCase, ...]:
    """The cases of a folder: NAME.json is the trip, NAME.txt the notes."""
    return tuple(_case(path) for path in sorted(folder.glob("*.json")))


def _case(path: Path) -> DraftCase:
    known = json.loads(path.read_text(encoding="utf-8"))
    trip = Trip.read(
        known["event"], known["place"], known["from"], known["to"], known["agency"], known["people"]
    )
    return DraftCase(path.stem, trip, path.with_suffix(".txt"))


def measure(assistant: Assistant, cases: Sequence[DraftCase], items: int) -> list[Drafted]:
    """Every case drafted and checked; with a model only where the assistant has one."""
    desk = Desk(assistant)
    verifier = Verifier.load(assistant.names, assistant.archive.tokeniser)
    made = []
    for case in cases:
        draft = desk.draft(case.trip, desk.read(case.notes), PARTS["both"], items)
        made.append(Drafted(case, draft, tuple(find_faults(draft, assistant, verifier))))
    return made


def find_faults(draft: Draft, assistant: Assistant, verifier: Verifier) -> Iterator[str]:
    """Quotations that are none, and sentences that their declared source does not bear out."""
    cited = {c.n: (c, assistant.archive.report(c.report_id)) for c in draft.citations}
    for citation, report in cited.values():
        if report.text[citation.start : citation.end] != citation.quote:
            yield f"引文不是原文：{citation.quote}"
    for sentence in (s for item in draft.items for s in item.sentences):
        if sentence.kind in ("observation", "precedent"):
            grounds = grounds_of(sentence, draft.trip, draft.notes.notes, cited)
            verdict = verifier.check(sentence.text, grounds)
            if verdict.support == "unsupported":
                yield f"{sentence.text}（{'；'.join(verdict.reasons) or '內容不合'}）"


def table(made: Sequence[Drafted]) -> str:
    """A line a case and the sums."""
    rows = [
        "| 案例 | 項 | 在範圍內 | 標題待補 | 句 | 札記 | 前例 | 擬議 | 待補 | 依據不合 |",
        "|---|---|---|---|---|---|---|---|---|---|",
    ]
    rows += [_row(one.case.name, [one]) for one in made]
    return "\n".join([*rows, _row("合計", made)])


def _row(name: str, made: Sequence[Drafted]) -> str:
    items = [item for one in made for item in one.draft.items]
    sentences = [sentence for one in made for sentence in one.sentences]
    counts = [
        sum(sentence.kind == kind for sentence in sentences)
        for kind in ("observation", "precedent", "proposal", "gap")
    ]
    asked = sum("【待補" in item.heading for item in items)
    cells = [len(items), sum(item.is_within for item in items), asked, len(sentences), *counts]
    return f"| {name} | {' | '.join(map(str, cells))} | {sum(len(one.faults) for one in made)} |"


def main(arguments: Sequence[str] | None = None) -> int:
    """Draft all cases and write the figures; 1 where a declared source does not bear its sentence out."""
    parser = argparse.ArgumentParser(prog="python -m evals.drafting", description="Measure drafts.")
    parser.add_argument("--home", type=Path, help="the archive to draft from; else the samples")
    parser.add_argument("--items", type=int, default=3, help="items a chapter (default 3)")
    parser.add_argument("--show", action="store_true", help="print the drafts too")
    options = parser.parse_args(arguments)
    with tempfile.TemporaryDirectory() as folder:
        settings = Settings.load({"home": options.home or folder})
        try:
            with closing(Assistant.open(settings)) as assistant:
                if not options.home:
                    assistant.archive.add(ARCHIVES)
                made = measure(assistant, load(), options.items)
        except XindeError as error:
            sys.stderr.write(f"{error}\n")
            return 1
    if options.show:
        sys.stdout.write("\n\n".join(render_draft(one.draft) for one in made) + "\n\n")
    sys.stdout.write(table(made) + "\n")
    for one in made:
        sys.stdout.writelines(f"{one.case.name}: {fault}\n" for fault in one.faults)
    return int(any(one.faults for one in made))


if __name__ == "__main__":
    sys.exit(main())
