"""The desk at which drafts are made: notes are read, the trip is looked up, what is noticed is said.

Over an open Assistant, whose archive, names and model it uses. Knows no file formats and no terminal.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from assistant.assistant import Assistant
from assistant.budget import Budget
from assistant.differences import find_differences
from assistant.draft import Draft, Part
from assistant.draft_writing import DraftStep, DraftWriter
from assistant.drafting import FEWEST, MOST, Drafter, Order
from assistant.notes import Notes, read_given, read_notes
from assistant.trip import Trip, known_reports
from assistant.verification import Verifier
from assistant.wording import show_period
from corpus.limits import Limits
from corpus.report import XindeError
from corpus.sandbox import ReadingChild
from index.archive import ReportRow

KNOWN = (
    "檔案庫裡已有同一次出國的報告：《{title}》（{period}，{file}）。它不當作前例引用；請確認是否重複撰寫。"
)


class OrderRefused(XindeError):
    """A draft that cannot be ordered so; the sentence says what can."""


class Desk:
    """Makes drafts with one assistant."""

    def __init__(self, assistant: Assistant, limits: Limits | None = None) -> None:
        self._assistant = assistant
        self._limits = limits or Limits()
        self._drafter = Drafter.over(assistant.archive, assistant.names)
        self.writer: DraftWriter | None = None
        if assistant.writer is not None:
            verifier = Verifier.load(assistant.names, assistant.archive.tokeniser)
            model, seconds = assistant.writer.model, assistant.writer.budget().seconds
            self.writer = DraftWriter(model, verifier, assistant.archive, self._drafter.frames, seconds)

    def read(self, path: Path) -> Notes:
        """The notes in a file, read in a limited child process and stored nowhere."""
        with ReadingChild.start(self._limits) as child:
            return read_notes(path, child)

    def read_given(self, data: bytes, file: str) -> Notes:
        """The same of what was handed over under the name `file`."""
        with ReadingChild.start(self._limits) as child:
            return read_given(data, file, child)

    def order(self, trip: Trip, notes: Notes, parts: tuple[Part, ...], items: int) -> tuple[Order, list[str]]:
        """What is to be drafted, and what the archive already knows of the trip; raises `OrderRefused`."""
        if not FEWEST <= items <= MOST:
            raise OrderRefused(f"項數 {items} 不行：心得與建議各寫 {FEWEST} 到 {MOST} 項。")
        known = known_reports(trip, self._assistant.archive.reports(), self._assistant.names)
        remarks = [_known(row) for row in known]
        for row in known:
            remarks += self._differences(notes, row)
        return Order(trip, notes, parts, items, tuple(row.id for row in known)), remarks

    def draft(
        self, trip: Trip, notes: Notes, parts: tuple[Part, ...], items: int, *, use_model: bool = True
    ) -> Draft:
        """The draft, with what was noticed about trip and notes."""
        *_, last = self.steps(trip, notes, parts, items, use_model=use_model)
        return last.draft

    def steps(
        self,
        trip: Trip,
        notes: Notes,
        parts: tuple[Part, ...],
        items: int,
        *,
        use_model: bool = True,
        budget: Budget | None = None,
    ) -> Iterator[DraftStep]:
        """The draft as it grows; the last step stands. `budget` is how to stop it from outside."""
        order, remarks = self.order(trip, notes, parts, items)
        extracted = self._drafter.draft(order)
        extracted = replace(extracted, remarks=(*remarks, *extracted.remarks))
        if use_model and self.writer is not None:
            yield from self.writer.write(order, extracted, budget or self.writer.budget())
        else:
            yield DraftStep(extracted)

    def _differences(self, notes: Notes, row: ReportRow) -> tuple[str, ...]:
        archive = self._assistant.archive
        verifier = Verifier.load(self._assistant.names, archive.tokeniser)
        return find_differences(notes, archive.report(row.id), archive, verifier)


def _known(row: ReportRow) -> str:
    return KNOWN.format(title=row.title or row.file, period=show_period(row, "zh"), file=row.file)
