"""Measure drafts by a language model: how much of what it gets wrong is still shown as borne out?

    python tests/measure_drafts.py [--items 3] [--show]

The ten cases of `evals/drafts` over the sample archives, in a temporary home, written by a scripted model:
honestly, and with each slip of `draft_sayings` once an item. Prints a Markdown table.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass, field, replace
from pathlib import Path

# Run as a program: only then the project is not where Python looks.
sys.path.insert(0, str(Path(__file__).parents[1]))

import draft_sayings
from draft_sayings import PLANTS, Planted

from assistant.assistant import Assistant
from assistant.budget import Budget
from assistant.citations import is_sound
from assistant.desk import Desk
from assistant.draft import PARTS, Draft, DraftSentence
from assistant.draft_writing import DraftWriter
from assistant.drafting import Drafter
from assistant.llm import Message
from assistant.settings import Settings
from assistant.verification import Verifier
from evals.drafting import ARCHIVES, DraftCase, load

HONEST = "honest"
SOURCED = ("observation", "precedent")


@dataclass
class Script:
    """A model that writes each chapter with one slip, or honestly; it remembers what it planted."""

    slip: str = HONEST
    name: str = "scripted"
    is_local: bool = True
    is_trusted: bool = True
    planted: list[Planted] = field(default_factory=list)

    def stream(self, messages: Sequence[Message], budget: Budget) -> Iterator[str]:
        """The chapter, in one piece."""
        prompt = messages[0].content
        if self.slip == HONEST:
            yield draft_sayings.honest(prompt)
            return
        text, planted = draft_sayings.slipping(prompt, self.slip)
        self.planted += planted
        yield text


@dataclass
class Tally:
    """What became of one slip over all cases."""

    planted: int = 0
    shown: list[str] = field(default_factory=list)
    remarked: list[str] = field(default_factory=list)
    sourced: int = 0
    written: int = 0
    items: int = 0
    invented: int = 0

    @property
    def share(self) -> float:
        """Of the sentences shown with a source, those whose source does not support them."""
        return len(self.shown) / self.sourced if self.sourced else 0.0


def measure(assistant: Assistant, cases: Sequence[DraftCase], slip: str, items: int) -> Tally:
    """All cases written with one slip."""
    tally = Tally()
    desk = Desk(assistant)
    frames = Drafter.over(assistant.archive, assistant.names).frames
    verifier = Verifier.load(assistant.names, assistant.archive.tokeniser)
    for case in cases:
        script = Script(slip)
        desk.writer = DraftWriter(script, verifier, assistant.archive, frames, 60.0)
        draft = desk.draft(case.trip, desk.read(case.notes), PARTS["both"], items)
        planted = [replace(one, text=frames.own_side(one.text)) for one in script.planted]
        _count(tally, draft, planted, assistant)
    return tally


def _count(tally: Tally, draft: Draft, planted: Sequence[Planted], assistant: Assistant) -> None:
    sentences = [s for item in draft.items for s in item.sentences]
    headings = {item.heading for item in draft.items}
    tally.planted += len(planted)
    tally.items += len(draft.items)
    tally.written += draft.mode == "llm"
    tally.sourced += sum(s.kind in SOURCED for s in sentences)
    remarks = " ".join(draft.remarks)
    wrong = {(one.text, one.marks) for one in planted if not one.heading}
    for sentence in sentences:
        if _is_shown(sentence, wrong):
            (tally.remarked if sentence.text in remarks else tally.shown).append(sentence.text)
    tally.shown += [one.heading for one in planted if one.heading and one.heading in headings]
    notes = {note.n for note in draft.notes.notes}
    known = {c.n for c in draft.citations if is_sound(c, assistant.archive.report(c.report_id))}
    tally.invented += sum(not (set(s.notes) <= notes and set(s.citations) <= known) for s in sentences)


def _is_shown(sentence: DraftSentence, wrong: set[tuple[str, str]]) -> bool:
    """Whether a planted sentence stands in the draft: as borne out with its marks, or without any.

    The extracted draft, in place of what the model spoilt, may tell the same with the right mark.
    """
    if sentence.kind in SOURCED:
        return any(sentence.text == text and _has_marks(sentence, marks) for text, marks in wrong)
    return any(sentence.text == text for text, _ in wrong)


def _has_marks(sentence: DraftSentence, marks: str) -> bool:
    """Whether the sentence rests on what it was planted with; citations are numbered anew."""
    by_number = not marks or "N" in marks
    return sentence.marks == marks if by_number else bool(sentence.citations)


def table(tallies: dict[str, Tally]) -> str:
    """A line a slip, and their sum."""
    rows = [
        "| the model | planted | shown as borne out | shown with a remark | sentences with a source | share "
        "| invented citations | drafts by the model |",
        "|---|---|---|---|---|---|---|---|",
    ]
    slips = {name: tally for name, tally in tallies.items() if name != HONEST}
    total = Tally(
        sum(t.planted for t in slips.values()),
        [text for t in slips.values() for text in t.shown],
        [text for t in slips.values() for text in t.remarked],
        sum(t.sourced for t in slips.values()),
        sum(t.written for t in slips.values()),
        0,
        sum(t.invented for t in slips.values()),
    )
    for name, tally in {**tallies, "**all slips**": total}.items():
        cells = (tally.planted, len(tally.shown), len(tally.remarked), tally.sourced)
        said = " | ".join(map(str, cells))
        rows.append(f"| {name} | {said} | {tally.share:.3f} | {tally.invented} | {tally.written} |")
    return "\n".join(rows)


def main() -> int:
    """Write all drafts and print the figures."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--items", type=int, default=3, help="items a chapter")
    parser.add_argument("--cases", type=int, default=10, help="the first so many cases only")
    parser.add_argument("--show", action="store_true", help="print what is shown although it is wrong")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        with closing(Assistant.open(Settings.load({"home": folder}))) as assistant:
            assistant.archive.add(ARCHIVES)
            cases = load()[: options.cases]
            names = (HONEST, *PLANTS)
            tallies = {name: measure(assistant, cases, name, options.items) for name in names}
    sys.stdout.write(table(tallies) + "\n")
    if options.show:
        for name, tally in tallies.items():
            sys.stdout.writelines(f"{name}: {text}\n" for text in tally.shown)
    return 0


if __name__ == "__main__":
    sys.exit(main())
