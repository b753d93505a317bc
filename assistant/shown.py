"""The passages that a model is shown: those that the extracted answer quotes, with what stands around them.

Numbers them and writes them as data. What must not be sent is left out by the gate. Knows no model.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from assistant.answer import Answer, Citation
from assistant.gate import Gate
from assistant.grounds import Ground
from assistant.planning import Plan
from corpus.report import Passage, Report

MOST_PASSAGES = 12
MOST_CHARACTERS = 4_500
BESIDES = 3


@dataclass(frozen=True)
class Shown:
    """Passage number `n` of a prompt."""

    n: int
    report: Report
    passage: Passage

    def holds(self, citation: Citation) -> bool:
        """Whether the quotation begins in this passage."""
        is_its_report = citation.report_id == self.report.id
        return is_its_report and self.passage.start <= citation.start < self.passage.end


@dataclass(frozen=True)
class Pack:
    """What is shown, and the reports that were withheld with the reason."""

    shown: tuple[Shown, ...]
    withheld: tuple[tuple[Report, str], ...]

    @property
    def text(self) -> str:
        """The passages as data in a prompt; nothing in them can end the fence."""
        return "\n".join(_fenced(one) for one in self.shown)

    def ground(self, citation: Citation) -> Ground:
        """What a quotation from one of the passages says, to check a sentence against."""
        one = next(one for one in self.shown if one.holds(citation))
        start, end = citation.start, citation.end
        return Ground.of(one.report, replace(one.passage, start=start, end=end, text=citation.quote))


def pack(plan: Plan, answer: Answer, gate: Gate) -> Pack:
    """The passages behind an extracted answer that may be sent, best reports first."""
    reports = {key: plan.sources.report(key) for key in dict.fromkeys(c.report_id for c in answer.citations)}
    reasons = {key: gate.why_withheld(report) for key, report in reports.items()}
    open_keys = [key for key in reports if not reasons[key]]
    passages = _within(_wanted(plan, answer, open_keys))
    shown = tuple(Shown(n, reports[p.report_id], p) for n, p in enumerate(passages, start=1))
    return Pack(shown, tuple((reports[key], why) for key, why in reasons.items() if why))


def _wanted(plan: Plan, answer: Answer, keys: Sequence[str]) -> Iterator[Passage]:
    """The passages that are quoted, in the order of the answer; then those that the search adds."""
    by_report = {key: plan.sources.passages(key) for key in keys}
    for citation in answer.citations:
        for passage in by_report.get(citation.report_id, ()):
            if passage.start < citation.end and citation.start < passage.end:
                yield passage
    hits = plan.sources.search(plan.question.search_text, frozenset(keys), k=BESIDES) if keys else ()
    yield from (hit.passage for hit in hits[:BESIDES])


def _within(passages: Iterable[Passage]) -> list[Passage]:
    kept: list[Passage] = []
    length = 0
    for passage in dict.fromkeys(passages):
        if len(kept) == MOST_PASSAGES or length + len(passage.text) > MOST_CHARACTERS:
            break
        kept.append(passage)
        length += len(passage.text)
    return kept


def _fenced(one: Shown) -> str:
    chapter = one.passage.path[0] if one.passage.path else ""
    place = f"{chapter}，第 {one.passage.page} 頁".lstrip("，")
    head = f'<passage n="{one.n}" report="《{_attribute(one.report.title)}》" place="{_attribute(place)}">'
    return f"{head}\n{_harmless(one.passage.text)}\n</passage>"


def _attribute(text: str) -> str:
    return _harmless(" ".join(text.split())).replace('"', "”")


def _harmless(text: str) -> str:
    """Text that can neither open nor close a fence."""
    return text.replace("<", "＜").replace(">", "＞")
