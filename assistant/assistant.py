"""The assistant: opens an archive and answers questions from it, every sentence cited.

The one door for command line, page and evaluation. Wording, evidence and search are the parts
that it puts together.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import closing
from dataclasses import replace
from datetime import date
from functools import cached_property
from pathlib import Path

from assistant import wording
from assistant.answer import Answer, AskFilter, Turn
from assistant.assurance import Assurance
from assistant.budget import Budget
from assistant.catalogue import Catalogue
from assistant.cues import Cues
from assistant.endpoint import Endpoint
from assistant.followup import read_in_context
from assistant.generic import PlainWords
from assistant.ledger import Ledger
from assistant.lexicon import Lexicon
from assistant.llm import Model, ServedModel
from assistant.opening import open_archive
from assistant.planning import Plan, Planner
from assistant.precheck import precheck
from assistant.question import Question, Reader, language_of
from assistant.respond import Responder
from assistant.settings import Settings
from assistant.sources import Sources
from assistant.synonyms import Synonyms
from assistant.terms import Term, TermFinder
from assistant.verification import Verifier
from assistant.writing import Manner, Step, Writer, recent
from corpus.names import Names
from corpus.report import XindeError
from index.archive import Archive
from index.embed import open_embedder
from index.search import Hit
from index.word_weights import WordWeights

LONGEST_QUESTION = 2_000


class QuestionRefused(XindeError):
    """A question that cannot be read at all: empty or far too long."""


class Assistant:
    """Answers from one archive. Thread-safe as far as its archive is."""

    def __init__(
        self,
        archive: Archive,
        reader: Reader,
        cues: Cues,
        planner: Planner,
        names: Names,
        make_writer: Callable[[], Writer | None] = lambda: None,
    ) -> None:
        self.archive = archive
        self._reader = reader
        self._cues = cues
        self._planner = planner
        self._responder = Responder(
            planner, lambda: self.ledger, lambda trip: precheck(self, trip, date.today())
        )
        self.names = names
        self._make_writer = make_writer
        self._catalogue: tuple[int, Catalogue] | None = None

    @cached_property
    def ledger(self) -> Ledger:
        """The recommendations of the archive, opened when first needed."""
        return Ledger.open(self.archive)

    @cached_property
    def writer(self) -> Writer | None:
        """What writes answers; raises `BadEndpoint`. Made when first needed: reading needs no address."""
        return self._make_writer()

    @classmethod
    def open(cls, settings: Settings, model: Model | None = None) -> Assistant:
        """The assistant over the archive of `settings.home`.

        Writes with `model` (see `assistant.llm.HandedModel`), else with the one that the settings name, else
        extracts.
        """
        names = Names.load(settings.names_folder)
        archive = open_archive(settings, open_embedder(settings.embedder))
        lexicon = Lexicon.load(settings.own_table("lexicon.csv"))
        cues = Cues.load()
        synonyms = _synonyms(settings.own_table("synonyms.txt"))
        reader = Reader(names, TermFinder(lexicon, synonyms, archive.tokeniser, cues), cues)
        weights = WordWeights.load()
        planner = Planner(weights, PlainWords.load(), Assurance.over(archive, weights))

        def make_writer() -> Writer | None:
            writes = model or served_model(settings)
            if writes is None:
                return None
            verifier = Verifier(names, archive.tokeniser, weights, synonyms, lexicon)
            return Writer(writes, verifier, manner_of(settings))

        return cls(archive, reader, cues, planner, names, make_writer)

    def ask(
        self,
        text: str,
        history: Sequence[Turn] = (),
        where: AskFilter | None = None,
        *,
        most: int = 0,
        use_model: bool = True,
    ) -> Answer:
        """The answer to `text`, in the light of the earlier turns, within the reports that `where` allows.

        `most` caps its sentences to the best ones; 0 leaves the length to the kind of question. Without
        `use_model` the answer is extracted even where a language model is set.
        """
        *_, last = self.stream(text, history, where, most=most, use_model=use_model)
        return last.answer

    def stream(
        self,
        text: str,
        history: Sequence[Turn] = (),
        where: AskFilter | None = None,
        *,
        most: int = 0,
        use_model: bool = True,
        budget: Budget | None = None,
    ) -> Iterator[Step]:
        """The answer as it grows; the last step stands. `budget` is how to stop it from outside."""
        started = time.perf_counter()
        check_question(text)
        if not self._current_catalogue().rows:
            language = language_of(text)
            yield Step(Answer(text, language, wording.EMPTY_ARCHIVE[language], abstained=True))
            return
        plan = replace(self._plan(text, history, where or AskFilter()), most=most)
        understood = time.perf_counter()
        answer = self._responder.respond(plan)
        timings = {
            "understand": (understood - started) * 1000,
            "answer": (time.perf_counter() - understood) * 1000,
        }
        steps: Iterable[Step] = [Step(answer)]
        if use_model and self.writer is not None:
            earlier = tuple(turn.content for turn in history if turn.role == "user")
            steps = self._written(plan, answer, earlier, budget or self.writer.budget())
        for step in steps:
            total = {"total": (time.perf_counter() - started) * 1000}
            yield replace(step, answer=replace(step.answer, timings_ms=timings | total))

    def _written(
        self, plan: Plan, answer: Answer, earlier: tuple[str, ...], budget: Budget
    ) -> Iterator[Step]:
        """The answer by the model; a follow-up that the rules do not understand is put in full first."""
        assert self.writer is not None
        if answer.abstained and earlier:
            full = self.writer.in_full(plan.question.text, earlier, budget)
            if full:
                again = self._planner.plan(self._reader.read(full), plan.sources)
                answer, plan = self._responder.respond(again), again
                answer = replace(answer, notes=(f"問題讀作：{full}",))
        if answer.abstained:
            yield Step(answer)
        else:
            yield from self.writer.write(plan, answer, recent(earlier), budget)

    def retrieve(
        self, text: str, history: Sequence[Turn] = (), where: AskFilter | None = None, k: int = 10
    ) -> tuple[Hit, ...]:
        """The passages that an answer to `text` would be looked for in, best first."""
        plan = self._plan(text, history, where or AskFilter())
        return plan.sources.search(plan.question.search_text, plan.scope.reports, k=k)[:k]

    def plan(self, text: str, where: AskFilter) -> Plan:
        """What would be done about `text`, for those who measure it."""
        return self._plan(text, (), where)

    def understand(self, text: str, history: Sequence[Turn] = ()) -> Question:
        """The question as it is understood, for those who want to see why an answer came."""
        return read_in_context(self._reader, self._cues, text, history)

    def words(self, text: str) -> tuple[Term, ...]:
        """What has to be met of a few words, each in any of its spellings or synonyms."""
        check_question(text)
        return tuple(term for term in self.understand(text).terms if not term.is_phrase)

    def close(self) -> None:
        """Let go of the archive."""
        self.archive.close()

    def _plan(self, text: str, history: Sequence[Turn], where: AskFilter) -> Plan:
        catalogue = self._current_catalogue()
        question = self.understand(text, history)
        return self._planner.plan(question, Sources(self.archive, catalogue, where))

    def _current_catalogue(self) -> Catalogue:
        generation = self.archive.generation
        if self._catalogue is None or self._catalogue[0] != generation:
            self._catalogue = (generation, Catalogue.build(self.archive.reports(), self.names))
        return self._catalogue[1]


def words_of(text: str, settings: Settings) -> tuple[Term, ...]:
    """What has to be met of a few words, for those who have no assistant open."""
    with closing(Assistant.open(settings)) as assistant:
        return assistant.words(text)


def check_question(text: str) -> None:
    """Raise `QuestionRefused` where there is nothing, or far too much, to read."""
    if not text.strip():
        raise QuestionRefused("問題是空的。請輸入想問的事，例如「第十屆世界城市論壇有哪些建議？」。")
    if len(text) > LONGEST_QUESTION:
        raise QuestionRefused(
            f"問題有 {len(text):,} 個字，最多 {LONGEST_QUESTION:,} 個字。請只留下要問的那一句再試。"
        )


def served_model(settings: Settings) -> Model | None:
    """The model behind the endpoint of the settings; None where they name none."""
    if not settings.llm_base_url:
        return None
    endpoint = Endpoint.parse(
        settings.llm_base_url, settings.llm_model, settings.llm_api_key, settings.llm_allow
    )
    return ServedModel(endpoint, max_tokens=settings.llm_max_tokens)


def manner_of(settings: Settings) -> Manner:
    """How answers are to be written."""
    return Manner(
        seconds=settings.llm_seconds,
        samples=settings.answer_samples,
        drops_unsupported=settings.answer_unsupported == "drop",
        asks_again=settings.answer_judge == "yes",
    )


def _synonyms(extra: Path | None) -> Synonyms:
    return Synonyms.load(extra) if extra else Synonyms.load()
