"""A draft written by a language model, every sentence checked against the note or passage that it declares.

What its source does not bear out becomes a question to the writer; what declares none stays only as a
proposal that tells nothing new. Where that leaves too little, or the model fails, the extracted draft stands.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

import prompts
from assistant.answer import Citation
from assistant.budget import Budget
from assistant.citations import CitationList
from assistant.draft import (
    HEADING,
    LENGTHS,
    NAMES,
    SENTENCES,
    Draft,
    DraftItem,
    DraftSentence,
    Part,
    length_of,
)
from assistant.draft_grounds import ground_of_citation, ground_of_note
from assistant.draft_reading import DraftReader, SaidItem
from assistant.drafting import Order, renumbered
from assistant.frames import Frames
from assistant.gate import Gate
from assistant.llm import Message, Model, ModelUnavailable
from assistant.marks import Said
from assistant.notes import Note, Notes
from assistant.trimming import fill
from assistant.unfounded import unfounded
from assistant.verification import Verifier
from corpus.report import Report
from index.archive import Archive

MOST_CHARACTERS = 6_000
CHARACTERS = 6_000
WITHHELD = "札記{why}，沒有送給遠端語言模型；以下是摘錄的草稿。"
NOT_SENT = "沒有送給遠端語言模型的前例：{named}。"
FAILED = "{why}以下是摘錄的草稿。"
REPLACED = "語言模型寫的{part}第 {numbers} 項依據不足，改用摘錄的草稿。"
NOTHING = "語言模型寫的句子都沒有依據，沒有採用。"
PARTLY = "這一句只有部分依據，請對照札記核對：「{text}」"
LEFT_OUT = "札記較長，語言模型只讀了前 {count} 則。"


@dataclass(frozen=True)
class DraftStep:
    """The draft so far; `tail` is the line that is being written and not checked yet."""

    draft: Draft
    tail: str = ""


@dataclass(frozen=True)
class _Shown:
    """What a model is shown: notes, and past passages by their numbers; `reports` are all that are quoted."""

    notes: tuple[Note, ...]
    passages: dict[int, tuple[Citation, Report]]
    reports: dict[str, Report]


class DraftWriter:
    """Writes drafts with one model."""

    def __init__(
        self, model: Model, verifier: Verifier, archive: Archive, frames: Frames, seconds: float
    ) -> None:
        self._model = model
        self._verifier = verifier
        self._archive = archive
        self._frames = frames
        self._seconds = seconds
        self._gate = Gate(is_open=model.is_trusted)

    def budget(self) -> Budget:
        """The time and length of one draft, from now on."""
        return Budget(self._seconds, CHARACTERS)

    def write(self, order: Order, extracted: Draft, budget: Budget) -> Iterator[DraftStep]:
        """The draft in steps; the last one is what stands."""
        if why := self._gate.why_withheld(order.notes):
            yield DraftStep(_remarked(extracted, WITHHELD.format(why=why)))
            return
        yield DraftStep(extracted)
        shown, remarks = self._shown(order.notes, extracted)
        checker = _Checker(self._verifier, self._frames, order, shown)
        items: list[DraftItem] = []
        written = 0
        try:
            for part in order.parts:
                reader = DraftReader()
                for piece in self._model.stream([_message(part, order, shown)], budget):
                    reader.feed(piece)
                    yield DraftStep(extracted, reader.tail)
                reader.finish()
                made = checker.items(part, reader.items)
                written += len(made)
                items += [*made, *checker.adopt(extracted, part, len(made))]
                remarks += _replaced(part, len(made), len(extracted.of(part)))
        except ModelUnavailable as error:
            yield DraftStep(_remarked(extracted, *remarks, FAILED.format(why=error)))
            return
        if written:
            yield DraftStep(self._signed(extracted, items, checker, remarks))
        else:
            yield DraftStep(_remarked(extracted, FAILED.format(why=NOTHING)))

    def _signed(
        self, extracted: Draft, items: Sequence[DraftItem], checker: _Checker, remarks: Sequence[str]
    ) -> Draft:
        place = "本機" if self._model.is_local else "遠端"
        draft = replace(
            extracted,
            items=tuple(items),
            citations=checker.citations.all,
            mode="llm",
            model=f"語言模型 {self._model.name}（{place}）",
        )
        return _remarked(renumbered(draft), *remarks, *checker.doubts)

    def _shown(self, notes: Notes, extracted: Draft) -> tuple[_Shown, list[str]]:
        kept: list[Note] = []
        for note in notes.notes:
            if sum(len(one.said) for one in kept) + len(note.said) > MOST_CHARACTERS:
                break
            kept.append(note)
        remarks = [LEFT_OUT.format(count=len(kept))] if len(kept) < len(notes.notes) else []
        reports = {c.report_id: self._archive.report(c.report_id) for c in extracted.citations}
        reasons = {key: self._gate.why_withheld(report) for key, report in reports.items()}
        held = [f"《{reports[key].title or reports[key].file}》{why}" for key, why in reasons.items() if why]
        remarks += [NOT_SENT.format(named="；".join(held))] if held else []
        passages = {c.n: (c, reports[c.report_id]) for c in extracted.citations if not reasons[c.report_id]}
        return _Shown(tuple(kept), passages, reports), remarks


class _Checker:
    """Turns what was said into items of declared, checked sentences."""

    def __init__(self, verifier: Verifier, frames: Frames, order: Order, shown: _Shown) -> None:
        self._verifier = verifier
        self._frames = frames
        self._passages = shown.passages
        self._grounds = {note.n: ground_of_note(note, order.trip) for note in shown.notes}
        self._reports = shown.reports
        self._most = order.items
        self.citations = CitationList()
        self.doubts: list[str] = []

    def items(self, part: Part, said: Sequence[SaidItem]) -> list[DraftItem]:
        """The items whose sentences and heading stand as the house writes them."""
        made = []
        for one in said:
            checked = [sentence for given in one.sentences if (sentence := self._sentence(given))]
            founded = any(sentence.kind in ("observation", "precedent") for sentence in checked)
            fits = HEADING[0] <= length_of(one.heading) <= HEADING[1] and not self._adds(one.heading)
            sentences = self._fitted(part, checked) if founded and fits else ()
            made.append(DraftItem(part, self._frames.own_side(one.heading), sentences))
        return [item for item in made if item.is_within][: self._most]

    def adopt(self, extracted: Draft, part: Part, first: int) -> list[DraftItem]:
        """The extracted items from number `first` on, their citations numbered along with the others."""
        by_number = {citation.n: citation for citation in extracted.citations}
        return [
            replace(
                item,
                sentences=tuple(
                    replace(s, citations=tuple(self._cite(by_number[n]) for n in s.citations))
                    for s in item.sentences
                ),
            )
            for item in extracted.of(part)[first:]
        ]

    def _sentence(self, said: Said) -> DraftSentence | None:
        text = self._frames.own_side(said.text)
        if "【待補" in text:
            asks = self._frames.only_asks(text) and not self._adds(text)
            return DraftSentence(text, "gap") if asks else None
        notes = tuple(n for n in said.notes if n in self._grounds)
        numbers = tuple(n for n in said.numbers if n in self._passages)
        if not notes and not numbers:
            proposes = self._frames.only_proposes(text) and not self._adds(text)
            return DraftSentence(text, "proposal") if proposes else None
        grounds = [self._grounds[n] for n in notes]
        grounds += [ground_of_citation(*self._passages[n]) for n in numbers]
        support = self._verifier.check(text, grounds).support
        if support == "unsupported":
            return DraftSentence(self._frames.unfounded[0], "gap")
        if support == "partial":
            self.doubts.append(PARTLY.format(text=text))
        cited = tuple(self._cite(self._passages[n][0]) for n in numbers)
        return DraftSentence(text, "observation" if notes else "precedent", notes, cited)

    def _cite(self, citation: Citation) -> int:
        report = self._reports[citation.report_id]
        return self.citations.cite(report, citation.start, citation.end).n

    def _adds(self, text: str) -> bool:
        """Whether a sentence without a source has a figure, a date or a name that no note has."""
        claims, field = self._verifier.read(text, list(self._grounds.values()))
        return any(found.kind in ("number", "date", "name") for found in unfounded(claims, field))

    def _fitted(self, part: Part, checked: Sequence[DraftSentence]) -> tuple[DraftSentence, ...]:
        """As many of the sentences as the house's lengths allow, and a question where there are too few."""
        asks = self._frames.closings["reflections"] if part == "reflections" else self._frames.reasons
        most = SENTENCES[part][1] + 1
        slots: list[list[DraftSentence | None]] = [[sentence, None] for sentence in _once(checked)[:most]]
        slots.append([None, *(DraftSentence(ask, "gap") for ask in asks)])
        return fill(slots, *LENGTHS[part], SENTENCES[part])


def _once(sentences: Sequence[DraftSentence]) -> list[DraftSentence]:
    """The sentences without those that are there already, as gaps may be."""
    return list({sentence.text: sentence for sentence in sentences}.values())


def _replaced(part: Part, kept: int, wanted: int) -> list[str]:
    numbers = "、".join(str(at + 1) for at in range(kept, wanted))
    return [REPLACED.format(part=NAMES[part], numbers=numbers)] if numbers else []


def _remarked(draft: Draft, *remarks: str) -> Draft:
    return replace(draft, remarks=(*draft.remarks, *remarks))


def _message(part: Part, order: Order, shown: _Shown) -> Message:
    trip = order.trip
    known = (trip.title, trip.period, trip.agency, trip.people)
    text = prompts.load(
        f"draft_{part}",
        items=str(order.items),
        trip=_harmless("；".join(one for one in known if one)),
        notes="\n".join(f"[N{note.n}] {_harmless(note.said)}" for note in shown.notes),
        passages="\n".join(
            f"[{n}] 《{_harmless(c.title or c.file)}》：{_harmless(c.quote)}"
            for n, (c, _) in shown.passages.items()
        )
        or "（無）",
    )
    return Message("user", text)


def _harmless(text: str) -> str:
    """Text on one line that cannot pass for a heading or a mark of its own."""
    return " ".join(text.replace("[", "〔").replace("]", "〕").replace("#", "＃").split())
