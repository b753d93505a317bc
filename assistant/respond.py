"""From a question understood to an answer: one strategy per kind of question.

The table `STRATEGIES` says which is tried for what; each gives an answer or None, and the next is tried.
Knows the archive only through `Sources`.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from assistant import wording
from assistant.answer import Answer
from assistant.answerable import Verdict, judge
from assistant.catalogue import newest_first, when
from assistant.compose import Block, compose, refuse, span_piece
from assistant.evidence import GENERIC_WEIGHT, Focus, Sentence, score_sentences, weigh
from assistant.matching import unique_texts
from assistant.question import Question
from assistant.scope import Scope, find_scope, unmet_dates
from assistant.sources import Sources
from assistant.terms import Term, exact_term, plain
from assistant.whole_chapters import BUDGET, chapter_pieces, has_chapter, topic_of
from corpus.dates import DateSpan, find_dates
from corpus.report import Report
from index.archive import ReportRow
from index.passages import split_sentences
from index.tokenise import fold
from index.word_weights import WordWeights

MOST_REPORTS = 4
LISTED_REPORTS = 12
FRONT = 160


@dataclass(frozen=True)
class Plan:
    """Everything that a strategy may look at."""

    question: Question
    scope: Scope
    focus: Focus
    sources: Sources


@dataclass(frozen=True)
class Shape:
    """How much a kind of answer shows: sentences, characters, and how near to the best they must be."""

    sentences: int
    characters: int
    near_best: float


SHAPES = {"fact": Shape(4, 360, 0.7), "list": Shape(9, 650, 0.55), "side": Shape(4, 300, 0.6)}


class Responder:
    """Answers questions with word weights that it is given."""

    def __init__(self, weights: WordWeights, generic: frozenset[str]) -> None:
        self._weights = weights
        self._generic = generic

    def plan(self, question: Question, sources: Sources) -> Plan:
        """The question with the reports that it points to."""
        return self._planned(question, find_scope(question, sources.catalogue), sources)

    def _planned(self, question: Question, scope: Scope, sources: Sources) -> Plan:
        """The question with its terms weighed and without the names that chose the reports."""
        people = [exact_term(name) for name in sources.catalogue.people_in(fold(question.text))]
        terms = [term for term in question.terms if term.entity is None or term.entity not in scope.used]
        terms = [term for term in terms if not any(term.alternatives[0] in p.alternatives[0] for p in people)]
        terms = [*terms, *people, *(date_term(question, span) for span in unmet_dates(question, scope))]
        year = _year(scope, sources)
        focus = Focus(
            terms=weigh(terms, self._weights, self._generic),
            wanted=question.wanted,
            chapters=question.chapter_kinds,
            days=find_dates(question.text, year=year) if year else question.dates,
        )
        return Plan(question, scope, focus, sources)

    def respond(self, plan: Plan) -> Answer:
        """The first answer that a strategy gives, else a refusal that names what is missing."""
        if plan.scope.missing:
            return _refuse_scope(plan)
        if answer := _first_answer(plan):
            return answer
        if not plan.scope.firm and plan.scope.reports is not None:
            wide = self._planned(plan.question, Scope(), plan.sources)
            if answer := _first_answer(wide):
                return answer
        return _refuse_evidence(plan, judge(_ranked(plan), plan.focus, _known(plan)))


def _first_answer(plan: Plan) -> Answer | None:
    for applies, strategy in STRATEGIES:
        if applies(plan) and (answer := strategy(plan)):
            return answer
    return None


def date_term(question: Question, span: DateSpan) -> Term:
    """A date of the question as something the evidence must hold, in either calendar."""
    year = span.first.year
    return exact_term(question.text[span.start : span.end], str(year), f"{year - 1911}年", f"{year - 1911}/")


def _year(scope: Scope, sources: Sources) -> int | None:
    """The year of the trip in question, by which days without a year are read."""
    years = {moment.year for key in scope.reports or () if (moment := when(sources.row(key)))}
    return years.pop() if len(years) == 1 else None


def _by_sides(plan: Plan) -> Answer | None:
    blocks: list[Block] = []
    for label, reports in plan.scope.sides[:MOST_REPORTS]:
        side = replace(plan, scope=replace(plan.scope, reports=reports, sides=()))
        side_blocks = _chapter_blocks(side, BUDGET // len(plan.scope.sides)) if _asks_chapter(plan) else []
        if not side_blocks:
            side_blocks = _sentence_blocks(side, SHAPES["side"], lenient=True)
        blocks += [replace(block, lead=f"【{label}】{block.lead}") for block in side_blocks]
    return compose(plan.question, blocks) if len(blocks) > 1 else None


def _by_chapters(plan: Plan) -> Answer | None:
    blocks = _chapter_blocks(plan, BUDGET)
    return compose(plan.question, blocks) if blocks else None


def _by_sentences(plan: Plan) -> Answer | None:
    shape = SHAPES["list" if plan.question.kind in ("list", "compare") else "fact"]
    blocks = _sentence_blocks(plan, shape)
    return compose(plan.question, blocks) if blocks else None


def _by_reports(plan: Plan) -> Answer | None:
    topic = topic_of(plan.focus, GENERIC_WEIGHT)
    if topic:
        ranked = _ranked(plan)
        if not judge(ranked, plan.focus, _known(plan)).answers:
            return None
        keys = list(
            dict.fromkeys(s.passage.report_id for s in ranked if s.context >= 0.5 * ranked[0].context)
        )
        best = {key: next(s for s in ranked if s.passage.report_id == key) for key in keys[:LISTED_REPORTS]}
        blocks = [_block(plan, key, [(sentence.start, sentence.end)], "") for key, sentence in best.items()]
        return compose(plan.question, blocks)
    reports = plan.sources.within(plan.scope.reports)
    rows = [plan.sources.row(key) for key in (plan.sources.catalogue.rows if reports is None else reports)]
    trips = [row for row in rows if row.doc_type == "trip_report"] or rows
    blocks = [
        _block(plan, row.id, [_front(plan.sources.report(row.id))], "")
        for row in newest_first(trips)[:LISTED_REPORTS]
    ]
    return compose(plan.question, blocks) if blocks else None


def _chapter_blocks(plan: Plan, budget: int) -> list[Block]:
    topic = topic_of(plan.focus, GENERIC_WEIGHT)
    kinds = frozenset(kind for kind in plan.question.chapter_kinds if plan.sources.allows_chapter(kind))
    reports = _chapter_reports(plan, topic)
    share = budget // max(1, len(reports))
    blocks = []
    for report in reports:
        pieces = chapter_pieces(report, kinds, topic, share)
        if pieces:
            label = "、".join(
                wording.chapter_name(kind, plan.question.language)
                for cue in plan.question.chapters[:1]
                for kind in cue.kinds[:1]
            )
            lead = wording.lead(plan.sources.row(report.id), label, plan.question.language)
            blocks.append(Block(report, lead, tuple(pieces)))
    return blocks


def _chapter_reports(plan: Plan, topic: Sequence[object]) -> list[Report]:
    kinds = plan.question.chapter_kinds
    reports = plan.sources.within(plan.scope.reports)
    if reports is None or (topic and len(reports) > MOST_REPORTS):
        hits = plan.sources.search(plan.question.search_text, reports, chapters=kinds)
        keys = list(dict.fromkeys(hit.passage.report_id for hit in hits))
    else:
        keys = [row.id for row in newest_first([plan.sources.row(key) for key in reports])]
    loaded = (plan.sources.report(key) for key in keys[: 2 * MOST_REPORTS])
    return [report for report in loaded if has_chapter(report, kinds)][:MOST_REPORTS]


def _sentence_blocks(plan: Plan, shape: Shape, *, lenient: bool = False) -> list[Block]:
    ranked = _ranked(plan)
    verdict = judge(ranked, plan.focus, _known(plan))
    if not verdict.answers and not lenient:
        return []
    chosen = _choose(ranked, shape)
    keys = dict.fromkeys(sentence.passage.report_id for sentence in chosen)
    return [
        _block(plan, key, sorted((s.start, s.end) for s in chosen if s.passage.report_id == key), "")
        for key in keys
    ]


def _ranked(plan: Plan) -> list[Sentence]:
    hits = plan.sources.search(plan.question.search_text, plan.scope.reports)
    titles = {hit.passage.report_id: plan.sources.row(hit.passage.report_id).title for hit in hits}
    ranked = score_sentences(hits, plan.focus, titles)
    kept = unique_texts([sentence.text for sentence in ranked[:40]])
    return [ranked[position] for position in kept]


def _choose(ranked: Sequence[Sentence], shape: Shape) -> list[Sentence]:
    chosen: list[Sentence] = []
    length = 0
    for sentence in ranked[: 3 * shape.sentences]:
        if sentence.score < shape.near_best * ranked[0].score or len(chosen) == shape.sentences:
            break
        if chosen and length + len(sentence.text) > shape.characters:
            continue
        chosen.append(sentence)
        length += len(sentence.text)
    return chosen


def _block(plan: Plan, report_id: str, spans: Sequence[tuple[int, int]], label: str) -> Block:
    report = plan.sources.report(report_id)
    lead = wording.lead(plan.sources.row(report_id), label, plan.question.language)
    return Block(report, lead, tuple(span_piece(report, start, end) for start, end in spans))


def _front(report: Report) -> tuple[int, int]:
    """The span that shows what a report is: its title, else its first sentence."""
    place = report.text.find(report.title) if report.title else -1
    if place >= 0:
        return place, place + len(report.title)
    first = next((chapter.body for chapter in report.chapters), 0)
    sentences = split_sentences(report.text[first : first + 4 * FRONT])
    return (
        (first + sentences[0][0], first + sentences[0][1]) if sentences else (0, min(FRONT, len(report.text)))
    )


def _known(plan: Plan) -> str:
    """Folded metadata of the reports in question, which counts as evidence for what they are about."""
    reports = plan.scope.reports or frozenset()
    rows = [plan.sources.row(key) for key in sorted(reports)][:MOST_REPORTS]
    return plain(
        " ".join(" ".join((row.title, row.agency, *row.countries, *row.cities, *row.events)) for row in rows)
    )


def _refuse_scope(plan: Plan) -> Answer:
    rows = newest_first([plan.sources.row(key) for key in plan.scope.near])
    near: list[tuple[ReportRow, str]] = [(row, "同一系列的活動") for row in rows[:3]]
    return refuse(plan.question, [item.what for item in plan.scope.missing], near)


def _refuse_evidence(plan: Plan, verdict: Verdict) -> Answer:
    keys = list(
        dict.fromkeys(
            hit.passage.report_id
            for hit in plan.sources.search(plan.question.search_text, plan.scope.reports)
        )
    )
    near = [(plan.sources.row(key), "內容最接近") for key in keys[:2]]
    return refuse(plan.question, verdict.missing, near)


def _asks_chapter(plan: Plan) -> bool:
    return bool(plan.question.chapters)


def _has_sides(plan: Plan) -> bool:
    return len(plan.scope.sides) > 1 and (plan.question.kind == "compare" or _asks_chapter(plan))


def _lists_reports(plan: Plan) -> bool:
    return plan.question.kind == "reports"


def _always(plan: Plan) -> bool:
    return True


STRATEGIES: tuple[tuple[Callable[[Plan], bool], Callable[[Plan], Answer | None]], ...] = (
    (_has_sides, _by_sides),
    (_lists_reports, _by_reports),
    (_asks_chapter, _by_chapters),
    (_always, _by_sentences),
)
