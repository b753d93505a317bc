"""「這件事以前建議過嗎？」: answered from the ledger, with every time it was made and what became of it.

A record meets the question by its words; the other times of its cluster come with it. Knows the archive
only through the ledger and the plan.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from assistant import wording
from assistant.answer import Answer, Language
from assistant.compose import Block, compose, refuse, span_piece
from assistant.ledger import Ledger, Record
from assistant.matching import HALF, Weighted, coverage, strength
from assistant.planning import Plan
from assistant.terms import Term, plain
from corpus.report import Report
from index.sentences import split_sentences
from index.tokenise import fold

LEAST = 0.6
# A word that is needed is met by more than some of its characters, unless nearly all else is met whole.
MET, NEARLY = 0.6, 0.85
# What a sentence in passing speaks of often stands just before it, in the same paragraph.
BEFORE = 160
MOST = 8
# What every other recommendation speaks of need not be met.
SLIGHT_WEIGHT = 1.5
# Words of the asking, not of what is asked for.
ASKING = frozenset(
    map(fold, "以前 過去 曾經 曾 之前 先前 這件 這件事 此事 歷年 before previously ever already".split())
)
NEAREST, LOOKED_AT = 2, 5


@dataclass(frozen=True)
class _Scored:
    """A record with the share of the question's words that it holds, and whether it meets all it needs."""

    record: Record
    score: float
    whole: bool


def asks_before(plan: Plan) -> bool:
    """Whether it is asked if something was recommended before."""
    return plan.question.asks_before and any(map(_is_needed, _topic(plan)))


def by_ledger(plan: Plan, ledger: Ledger) -> Answer:
    """Every time that it was recommended, the earliest first; a refusal where it never was."""
    topic = _topic(plan)
    reports = plan.sources.within(plan.scope.reports)
    records = [r for r in ledger.records() if reports is None or r.recommendation.report_id in reports]
    scored = sorted((_scored(plan, topic, record) for record in records), key=lambda one: -one.score)
    hits = [one for one in scored if one.score >= (LEAST if one.whole else NEARLY)]
    if not hits:
        return _never(plan, topic, scored)
    clusters = {one.record.cluster.id for one in hits}
    told = [
        one.record for one in scored if one in hits or one.record.cluster.id in clusters and one.score >= HALF
    ]
    told = told[:MOST]
    told.sort(key=lambda record: (str(record.recommendation.date), record.recommendation.start))
    answer = compose(plan.question, [_block(plan, record) for record in told])
    return replace(answer, text=f"{_summary(told, plan.question.language)}\n\n{answer.text}")


def _topic(plan: Plan) -> tuple[Weighted, ...]:
    """What is asked for: its words, without those of the asking."""
    words = (item for item in plan.focus.terms if not item.term.is_phrase)
    return tuple(item for item in words if item.term.alternatives[0] not in ASKING)


def _is_needed(item: Weighted) -> bool:
    return item.weight > SLIGHT_WEIGHT and len(item.term.surface) > 1


def _scored(plan: Plan, topic: Sequence[Weighted], record: Record) -> _Scored:
    one = record.recommendation
    said = plain(f"{one.heading} {one.text}")
    if one.implicit:
        report = plan.sources.report(one.report_id)
        said = plain(report.text[_opening(report, one.start) : one.end])
    whole = all(strength(item.term, said) >= MET for item in topic if _is_needed(item))
    return _Scored(record, coverage(topic, said), whole)


def _block(plan: Plan, record: Record) -> Block:
    one = record.recommendation
    report = plan.sources.report(one.report_id)
    lead = wording.lead(
        plan.sources.row(report.id), _label(record, plan.question.language), plan.question.language
    )
    start = _opening(report, one.start) if one.implicit else one.start
    return Block(report, lead, (span_piece(report, start, one.end),))


def _opening(report: Report, start: int) -> int:
    """Where the sentence before the one at `start` begins, if it stands in the same paragraph."""
    first = max(0, start - BEFORE)
    before = report.text[first:start].rsplit("\n", 1)[-1]
    sentences = split_sentences(before)
    whole = sentences[-1][0] if len(sentences) > 1 or len(before) < BEFORE and sentences else len(before)
    return start - len(before) + whole


def _label(record: Record, language: Language) -> str:
    implicit, status = record.recommendation.implicit, record.follow_up.status
    if language == "en":
        return f"{'Said in passing' if implicit else 'Recommendation'}, status {status}"
    return f"{'隱含建議' if implicit else '建議'}，採行情形 {status}"


def _summary(told: Sequence[Record], language: Language) -> str:
    reports = {record.recommendation.report_id for record in told}
    days = [record.recommendation.date for record in told if record.recommendation.date]
    if language == "en":
        since = f", first in {min(days).year}" if days else ""
        return f"Yes: recommended in {len(reports)} report{'s' if len(reports) > 1 else ''}{since}."
    since = f"，自 {min(days).year - 1911} 年起" if days else ""
    return f"建議過：{len(reports)} 份報告提出{since}。"


def _never(plan: Plan, topic: Sequence[Weighted], scored: Sequence[_Scored]) -> Answer:
    missing = [item.term.surface for item in topic if _is_needed(item) and _stands_nowhere(plan, item.term)]
    near = dict.fromkeys(one.record.recommendation.report_id for one in scored if one.score)
    rows = [(plan.sources.row(key), "建議內容最接近") for key in list(near)[:NEAREST]]
    return refuse(plan.question, missing, rows)


def _stands_nowhere(plan: Plan, term: Term) -> bool:
    """Whether no passage has the word, in a recommendation or elsewhere."""
    hits = plan.sources.search(term.surface, plan.scope.reports, k=LOOKED_AT)
    return not any(strength(term, plain(hit.passage.text)) >= MET for hit in hits)
