"""Cases × assistant → results: asks every question the way a user does and scores what comes back.

`MEASURES` is the table of what is scored; a new measure is a new row. Knows neither files nor
reports for people: `evals.cases` reads, `evals.scorecard` writes.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any, Protocol

from assistant.answer import Answer, AskFilter, Support, Turn
from corpus.report import Passage, Report, XindeError
from evals import metrics
from evals.cases import Case

DEPTH = 10
Progress = Callable[[int, int], None]


class Row(Protocol):
    """What is known of a report without its text."""

    @property
    def id(self) -> str: ...
    @property
    def file(self) -> str: ...


class Found(Protocol):
    """What the retrieval hands back: a passage with scores that do not matter here."""

    @property
    def passage(self) -> Passage: ...


class Shelf(Protocol):
    """The archive behind an assistant, to check citations against the truth."""

    def reports(self) -> Sequence[Row]: ...
    def report(self, id_or_file: str) -> Report: ...


class Subject(Protocol):
    """What is measured: the Assistant a user gets, or a script in a test."""

    @property
    def archive(self) -> Shelf: ...
    @property
    def writer(self) -> object | None: ...
    def ask(self, text: str, history: Sequence[Turn] = (), where: AskFilter | None = None) -> Answer: ...
    def retrieve(
        self, text: str, history: Sequence[Turn] = (), where: AskFilter | None = None, k: int = DEPTH
    ) -> Sequence[Found]: ...


@dataclass(frozen=True)
class Trial:
    """One case with everything that came back. `faults` has one entry a citation, "" where it is right.

    `may_write` where a language model was to write the answer.
    """

    case: Case
    answer: Answer
    found: tuple[str, ...]
    texts: tuple[str, ...]
    faults: tuple[str, ...]
    ms: float
    may_write: bool

    @property
    def answered(self) -> bool:
        """Whether the case could be answered and was."""
        return self.case.answerable and not self.answer.abstained


@dataclass(frozen=True)
class CaseResult:
    """One case scored; `missing`, `forbidden` and `faults` say what was wrong with the answer."""

    case: Case
    answer: str
    abstained: bool
    files: tuple[str, ...]
    scores: dict[str, float]
    missing: tuple[str, ...]
    forbidden: tuple[str, ...]
    faults: tuple[str, ...]

    @property
    def passed(self) -> bool:
        """Nothing to complain of: refused what it should, else all facts and no fault."""
        right = self.abstained != self.case.answerable
        return right and not (self.missing or self.forbidden or self.faults)


@dataclass(frozen=True)
class Results:
    """All cases with their means; `absent` are files that cases name and the archive does not hold."""

    name: str
    results: tuple[CaseResult, ...]
    metrics: dict[str, float | None]
    per_type: dict[str, dict[str, float | None]]
    absent: tuple[str, ...] = field(default=())


def _facts(trial: Trial) -> list[bool]:
    if not trial.answered:
        return [False for _ in trial.case.must_include]
    return list(metrics.held(trial.case.must_include, metrics.shown_text(trial.answer)))


def _forbidden(trial: Trial) -> tuple[str, ...]:
    shown = metrics.folded(metrics.shown_text(trial.answer))
    return tuple(fact for fact in trial.case.must_not if metrics.holds_folded(fact, shown))


def _doc_hit(trial: Trial) -> float | None:
    if not trial.case.answerable or not trial.case.docs:
        return None
    return float(bool(trial.found) and trial.found[0] in trial.case.docs)


def _fact_recall_at(k: int) -> Callable[[Trial], float | None]:
    return lambda trial: metrics.fact_recall(trial.case.must_include, trial.texts[:k])


def _all_facts(trial: Trial) -> float | None:
    return float(all(_facts(trial))) if trial.case.must_include else None


def _citation_precision(trial: Trial) -> float | None:
    docs = trial.case.docs
    return metrics.mean(
        not fault and (not docs or citation.file in docs)
        for fault, citation in zip(trial.faults, trial.answer.citations, strict=True)
    )


def _citation_recall(trial: Trial) -> float | None:
    pairs = zip(trial.faults, trial.answer.citations, strict=True)
    valid = frozenset(citation.n for fault, citation in pairs if not fault)
    return metrics.citation_recall(trial.answer.statements, valid) if trial.answered else None


def _written(trial: Trial) -> float | None:
    return float(trial.answer.mode == "llm") if trial.may_write and trial.answered else None


def _share_of(support: Support) -> Callable[[Trial], float | None]:
    """The share of the sentences that a model wrote of which the verification says so."""

    def share(trial: Trial) -> float | None:
        is_written = trial.answer.mode == "llm"
        return metrics.mean(s.support == support for s in trial.answer.statements) if is_written else None

    return share


# name → its value for one case, None where the case has nothing to say about it.
MEASURES: dict[str, Callable[[Trial], float | None]] = {
    "doc_hit@1": _doc_hit,
    "fact_recall@5": _fact_recall_at(5),
    "fact_recall@10": _fact_recall_at(10),
    "fact_recall": lambda t: metrics.mean(_facts(t)),
    "all_facts": _all_facts,
    "must_not_violations": lambda t: float(len(_forbidden(t))) if t.case.must_not else None,
    "citation_valid": lambda t: metrics.mean(not fault for fault in t.faults),
    "citation_precision": _citation_precision,
    "citation_recall": _citation_recall,
    "abstained_when_unanswerable": lambda t: None if t.case.answerable else float(t.answer.abstained),
    "answered_when_answerable": lambda t: float(t.answered) if t.case.answerable else None,
    "written": _written,
    "supported": _share_of("supported"),
    "unsupported_shown": _share_of("unsupported"),
    "shown_length": lambda t: float(metrics.shown_length(t.answer)) if t.answered else None,
    "latency_ms": lambda t: t.ms,
}
Combine = Callable[[Iterable[float]], float | None]
# metric of the whole set → (measure of the cases, how their values are put together)
COMBINED: dict[str, tuple[str, Combine]] = {
    **{name: (name, metrics.mean) for name in MEASURES if name not in ("must_not_violations", "latency_ms")},
    "must_not_violations": ("must_not_violations", sum),
    "latency_p50_ms": ("latency_ms", lambda values: metrics.percentile(values, 0.5)),
    "latency_p95_ms": ("latency_ms", lambda values: metrics.percentile(values, 0.95)),
}


def evaluate(
    assistant: Subject, cases: Sequence[Case], progress: Progress | None = None, *, name: str = "cases"
) -> Results:
    """Ask every case and score it; `progress` is told how many of how many are done."""
    files = {row.id: row.file for row in assistant.archive.reports()}
    results = []
    for done, case in enumerate(cases, start=1):
        results.append(score(try_case(assistant, case, files)))
        if progress:
            progress(done, len(cases))
    types = sorted({case.type for case in cases})
    wanted = dict.fromkeys(doc for case in cases for doc in case.docs)
    return Results(
        name=name,
        results=tuple(results),
        metrics=combine(results),
        per_type={kind: combine([r for r in results if r.case.type == kind]) for kind in types},
        absent=tuple(doc for doc in wanted if doc not in files.values()),
    )


def try_case(assistant: Subject, case: Case, files: dict[str, str]) -> Trial:
    """Ask one case and look up what the retrieval alone finds; only the asking is timed."""
    start = time.perf_counter()
    answer = assistant.ask(case.question, case.history)
    ms = (time.perf_counter() - start) * 1000
    hits = assistant.retrieve(case.question, case.history, None, DEPTH)
    return Trial(
        case=case,
        answer=answer,
        found=tuple(files.get(hit.passage.report_id, "") for hit in hits),
        texts=tuple(hit.passage.text for hit in hits),
        faults=tuple(
            metrics.citation_fault(citation, find_report(assistant.archive, citation.report_id))
            for citation in answer.citations
        ),
        ms=ms,
        may_write=assistant.writer is not None,
    )


def find_report(shelf: Shelf, report_id: str) -> Report | None:
    """The report, or None where the archive does not have it."""
    try:
        return shelf.report(report_id)
    except XindeError:
        return None


def score(trial: Trial) -> CaseResult:
    """One trial with its measures and the reasons why it fails."""
    values = {name: measure(trial) for name, measure in MEASURES.items()}
    facts = zip(trial.case.must_include, _facts(trial), strict=True)
    return CaseResult(
        case=trial.case,
        answer=trial.answer.text,
        abstained=trial.answer.abstained,
        files=tuple(dict.fromkeys(citation.file for citation in trial.answer.citations)),
        scores={name: value for name, value in values.items() if value is not None},
        missing=tuple(fact for fact, found in facts if not found),
        forbidden=_forbidden(trial),
        faults=tuple(fault for fault in trial.faults if fault),
    )


def combine(results: Sequence[CaseResult]) -> dict[str, float | None]:
    """The metrics of a set of results; None where no case says anything about one."""
    combined: dict[str, float | None] = {}
    for name, (measure, together) in COMBINED.items():
        values = [result.scores[measure] for result in results if measure in result.scores]
        combined[name] = together(values) if values else None
    return combined


def results_json(results: Results) -> dict[str, Any]:
    """The results in the stable shape of the command line."""
    return {
        "cases": len(results.results),
        "metrics": _rounded(results.metrics),
        "per_type": {
            kind: {"cases": sum(r.case.type == kind for r in results.results), **_rounded(values)}
            for kind, values in results.per_type.items()
        },
        "per_case": [_case_json(result) for result in results.results],
    }


def _case_json(result: CaseResult) -> dict[str, Any]:
    return {
        "id": result.case.id,
        "type": result.case.type,
        "question": result.case.question,
        "answerable": result.case.answerable,
        "passed": result.passed,
        "abstained": result.abstained,
        **_rounded(result.scores),
        "missing": list(result.missing),
        "must_not_found": list(result.forbidden),
        "citation_faults": list(result.faults),
        "docs": list(result.case.docs),
        "cited": list(result.files),
        "answer": result.answer,
    }


def _rounded(values: dict[str, Any]) -> dict[str, float | None]:
    return {name: None if value is None else round(value, 4) for name, value in values.items()}
