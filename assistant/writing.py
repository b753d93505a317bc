"""An answer written by a language model from passages, every sentence checked against what it cites.

Gives the answer as it grows. What the passages do not support is struck or dropped; where nothing is left, or
the model fails, the extracted answer stands, with a note that says why. Knows nothing of HTTP or pages.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Protocol

import prompts
from assistant.answer import Answer, Language, Statement
from assistant.asides import condense, doubts, gloss
from assistant.budget import Budget
from assistant.citations import CitationList
from assistant.gate import Gate
from assistant.llm import Message, Model, ModelUnavailable
from assistant.marks import Said, Sentences
from assistant.planning import Plan
from assistant.shown import Pack, Shown, pack
from assistant.verification import Ground, Verdict

LANGUAGE: dict[Language, str] = {
    "zh": "用臺灣的繁體中文回答。",
    "en": "Answer in English, in plain sentences. Keep names of people, dates and figures as they are; "
    "write Chinese names of organisations in English with the Chinese in brackets.",
}
NOTHING = ("查無", "not found", "not in the passages")
UNCITED = "這一句沒有附出處"
DOUBTED = "再問一次語言模型，它說引文沒有這樣寫"
EARLIER_TOKENS = 300
CHARACTERS = 4_000


class Checker(Protocol):
    """What writing needs of the verification."""

    def check(self, sentence: str, grounds: Sequence[Ground]) -> Verdict:
        """Whether the grounds support the sentence."""
        ...


@dataclass(frozen=True)
class Step:
    """The answer so far; `tail` is what is being written and not checked yet, `progress` a line about it."""

    answer: Answer
    tail: str = ""
    progress: str = ""


@dataclass(frozen=True)
class Manner:
    """How answers are written: seconds in all, drafts to choose from, what becomes of the unsupported."""

    seconds: float = 60.0
    samples: int = 1
    drops_unsupported: bool = False
    asks_again: bool = False


class Writer:
    """Writes answers with one model."""

    def __init__(self, model: Model, checker: Checker, manner: Manner) -> None:
        self.model = model
        self._checker = checker
        self._manner = manner
        self._gate = Gate(is_open=model.is_trusted)

    def budget(self) -> Budget:
        """The time of one answer, from now on, and the length of each draft."""
        return Budget(self._manner.seconds, CHARACTERS)

    def write(self, plan: Plan, extracted: Answer, earlier: Sequence[str], budget: Budget) -> Iterator[Step]:
        """The answer in steps; the last one is what stands. `earlier` are the user's questions before."""
        shown = pack(plan, extracted, self._gate)
        notes = [_withheld(shown)] if shown.withheld else []
        why = self._gate.why_unasked(" ".join((extracted.question, *earlier)))
        if why or not shown.shown:
            notes += [f"{why}，沒有送給語言模型；以下是摘錄。"] if why else ["以下是摘錄。"]
            yield Step(replace(extracted, notes=tuple(notes)))
            return
        yield Step(replace(extracted, notes=tuple(notes)), progress=f"{self.named}正在寫…")
        yield from self._drafts(plan, extracted, (shown, tuple(notes)), earlier, budget)

    def in_full(self, question: str, earlier: Sequence[str], budget: Budget) -> str:
        """A follow-up as a question of its own; empty where the model does not help or must not be asked."""
        if self._gate.why_unasked(" ".join((question, *earlier))):
            return ""
        return condense(self.model, recent(earlier), question, budget)

    @property
    def named(self) -> str:
        """The model as users are told of it."""
        return f"語言模型 {self.model.name}（{'本機' if self.model.is_local else '遠端'}）"

    def _drafts(
        self,
        plan: Plan,
        extracted: Answer,
        given: tuple[Pack, tuple[str, ...]],
        earlier: Sequence[str],
        budget: Budget,
    ) -> Iterator[Step]:
        best: _Draft | None = None
        failure: ModelUnavailable | None = None
        message = _message(plan, given[0], earlier)
        for number in range(1, self._manner.samples + 1):
            draft = _Draft(extracted, given[0], self._checker, self._manner.drops_unsupported)
            try:
                for tail in draft.take(self.model.stream([message], budget)):
                    if self._manner.samples == 1:
                        yield Step(self._signed(draft.answer(), given[1]), tail)
                    else:
                        yield Step(extracted, progress=f"{self.named}正在寫第 {number} 份草稿…")
            except ModelUnavailable as error:
                failure = error
            best = draft if best is None or draft.recall > best.recall else best
            if failure is not None:
                break
        assert best is not None
        if self._manner.asks_again:
            best.look_again(self.model, budget)
        answer = self._judged(best, extracted, given[1], failure)
        yield Step(answer)
        if answer.mode == "llm" and answer.language == "en" and not budget.is_over:
            yield Step(self._glossed(answer, given[0], budget))

    def _glossed(self, answer: Answer, shown: Pack, budget: Budget) -> Answer:
        """The answer with its Chinese quotations in English too, as far as figures and names agree."""
        glosses = gloss(self.model, {c.n: c.quote for c in answer.citations}, budget)
        grounds = {c.n: shown.ground(c) for c in answer.citations if c.n in glosses}
        kept = {
            n: glosses[n]
            for n, ground in grounds.items()
            if self._checker.check(glosses[n], [ground]).support != "unsupported"
        }
        citations = tuple(replace(c, gloss=kept.get(c.n, "")) for c in answer.citations)
        return replace(answer, citations=citations)

    def _judged(
        self, draft: _Draft, extracted: Answer, notes: tuple[str, ...], failure: ModelUnavailable | None
    ) -> Answer:
        """The draft where something of it stands, else the extracted answer and why."""
        if draft.stands:
            cut = [f"{failure}以下是已經寫好、查核過的部分。"] if failure else []
            return self._signed(draft.answer(), (*notes, *cut))
        why = str(failure) if failure else draft.why_nothing
        return replace(extracted, notes=(*notes, f"{why}以下是摘錄的原文。"))

    def _signed(self, answer: Answer, notes: tuple[str, ...]) -> Answer:
        return replace(answer, model=self.named, notes=notes)


class _Draft:
    """One draft while it is being written."""

    def __init__(self, extracted: Answer, shown: Pack, checker: Checker, drops: bool) -> None:
        self._extracted = extracted
        self._shown = {one.n: one for one in shown.shown}
        self._checker = checker
        self._drops = drops
        self._citations = CitationList()
        self._statements: list[tuple[Said, Statement]] = []
        self._said_nothing = False

    def take(self, pieces: Iterator[str]) -> Iterator[str]:
        """Read all pieces; gives the unfinished end after each."""
        sentences = Sentences()
        for piece in pieces:
            for said in sentences.feed(piece):
                self._add(said)
            yield sentences.tail
        for said in sentences.finish():
            self._add(said)
        yield ""

    def _add(self, said: Said) -> None:
        if said.text.strip(" 。.").lower() in NOTHING:
            self._said_nothing = True
            return
        cited = [self._shown[number] for number in said.numbers if number in self._shown]
        if not cited:
            statement = Statement(said.text, (), "unsupported", (UNCITED,))
        else:
            verdict = self._checker.check(said.text, [_ground(one) for one in cited])
            statement = Statement(said.text, self._cite(verdict, cited), verdict.support, verdict.reasons)
        self._statements.append((said, statement))

    def _cite(self, verdict: Verdict, cited: Sequence[Shown]) -> tuple[int, ...]:
        """Numbers of the citations: the best span of the verdict, and the whole passage of the others."""
        best = verdict.span
        numbers = []
        for one in cited:
            first, last = one.passage.start, one.passage.end
            if best and best.report_id == one.report.id and first <= best.start < last:
                first, last = best.start, best.end
            numbers.append(self._citations.cite(one.report, first, last).n)
        return tuple(dict.fromkeys(numbers))

    def look_again(self, model: Model, budget: Budget) -> None:
        """Strike what is only partly supported and the model itself does not find in the quotations."""
        quotes = {citation.n: citation.quote for citation in self._citations.all}
        for place, (said, statement) in enumerate(self._statements):
            if statement.support == "partial" and not budget.is_over:
                passage = "\n".join(quotes[number] for number in statement.citations)
                if doubts(model, statement.text, passage, budget):
                    struck = replace(statement, support="unsupported", reasons=(*statement.reasons, DOUBTED))
                    self._statements[place] = (said, struck)

    @property
    def recall(self) -> float:
        """The share of the sentences that their citations support: the citation recall of ALCE."""
        held = sum(statement.support == "supported" for _, statement in self._statements)
        return held / len(self._statements) if self._statements else 0.0

    @property
    def stands(self) -> bool:
        """Whether something of the draft is left once it is checked."""
        return any(statement.support != "unsupported" for _, statement in self._statements)

    @property
    def why_nothing(self) -> str:
        """Why nothing is left."""
        if self._statements:
            return "語言模型寫的句子都沒有依據，沒有採用。"
        return "語言模型認為段落不足以回答。" if self._said_nothing else "語言模型沒有回答。"

    def answer(self) -> Answer:
        """The answer as far as it is written."""
        kept = [
            (said, statement)
            for said, statement in self._statements
            if not self._drops or statement.support != "unsupported"
        ]
        used = {number for _, statement in kept for number in statement.citations}
        return replace(
            self._extracted,
            text=_text(kept),
            statements=tuple(statement for _, statement in kept),
            citations=tuple(citation for citation in self._citations.all if citation.n in used),
            mode="llm",
        )


def recent(earlier: Sequence[str], tokens: int = EARLIER_TOKENS) -> tuple[str, ...]:
    """The last of the earlier questions that fit into so many tokens, in their order.

    A Chinese character counts as one token, and so do four other characters.
    """
    kept: list[str] = []
    for text in reversed(earlier):
        chinese = sum(character > "\u2fff" for character in text)
        tokens -= chinese + (len(text) - chinese + 3) // 4
        if tokens < 0:
            break
        kept.insert(0, text)
    return tuple(kept)


def _ground(one: Shown) -> Ground:
    return Ground.of(one.report, one.passage)


def _message(plan: Plan, shown: Pack, earlier: Sequence[str]) -> Message:
    question = plan.question
    before = "先前問過：\n" + "\n".join(f"- {text}" for text in earlier) + "\n" if earlier else ""
    text = prompts.load(
        "answer",
        language=LANGUAGE[question.language],
        passages=shown.text,
        earlier=before,
        question=question.text,
    )
    return Message("user", text)


def _text(kept: Sequence[tuple[Said, Statement]]) -> str:
    """The sentences in their lines, each with its marks."""
    lines: list[str] = []
    for said, statement in kept:
        marks = "".join(f" [{number}]" for number in statement.citations)
        sentence = f"{'- ' if said.bullet else ''}{statement.text}{marks}"
        if said.opens_line or not lines:
            lines.append(sentence)
        else:
            lines[-1] += " " + sentence
    return "\n".join(lines)


def _withheld(shown: Pack) -> str:
    named = "；".join(f"《{report.title or report.file}》{why}" for report, why in shown.withheld)
    return f"沒有送給遠端語言模型的報告：{named}。"
