"""From a question understood to an answer: one strategy per kind of question.

The table `STRATEGIES` says which is tried for what; each gives an answer or None, and the next is tried.
Knows the archive only through `Sources`.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from assistant import wording
from assistant.answer import Answer
from assistant.answerable import judge
from assistant.asked_before import asks_before, by_ledger
from assistant.before_trip import by_precheck
from assistant.blocks import (
    LISTS,
    answering,
    asks_chapter,
    block_of,
    by_report,
    chapter_blocks,
    ranked,
    sentence_blocks,
)
from assistant.catalogue import newest_first
from assistant.compose import compose, refuse
from assistant.ledger import Ledger
from assistant.planning import Plan, Planner
from assistant.precheck import Plan as Trip
from assistant.precheck import Precheck
from assistant.refusals import is_out_of_reach, lists_reports, refuse_scope
from assistant.selection import SHAPES, Span, destination_spans, front_spans, without_nested
from assistant.sides import by_names, by_places, by_sides, has_places, has_sides, sets_side_by_side
from assistant.whole_chapters import BUDGET, topic_of
from corpus.report import Report

LISTED_REPORTS = 12
AGENCY = re.compile(r"機關|單位|局處|agency|department|who organi", re.I)
NEAREST = 2
TRAVEL = "travel"
LEAST_LISTED = 0.3
FEW = 2


class Responder:
    """Answers plans, looking at the whole archive where the reports named do not answer."""

    def __init__(
        self, planner: Planner, ledger: Callable[[], Ledger], look_up: Callable[[Trip], Precheck]
    ) -> None:
        self._planner = planner
        self._ledger = ledger
        self._look_up = look_up

    def respond(self, plan: Plan) -> Answer:
        """The first answer that a strategy gives, else a refusal that names what is missing."""
        # A trip to come is in no archive, so nothing is missing.
        if plan.question.plans_ahead:
            return by_precheck(plan, self._look_up)
        if plan.scope.missing:
            return refuse_scope(plan)
        if asks_before(plan):
            return by_ledger(plan, self._ledger())
        if is_out_of_reach(plan):
            return _refuse_evidence(plan)
        if answer := _first_answer(plan):
            return answer
        if not plan.scope.firm and plan.scope.reports is not None:
            if answer := _first_answer(self._planner.widened(plan)):
                return answer
        return _refuse_evidence(plan)


def _first_answer(plan: Plan) -> Answer | None:
    for applies, strategy in STRATEGIES:
        if applies(plan) and (answer := strategy(plan)):
            return answer
    return None


def _by_chapters(plan: Plan) -> Answer | None:
    blocks = chapter_blocks(plan, BUDGET)
    return compose(plan.question, blocks) if blocks else None


def _by_sentences(plan: Plan) -> Answer | None:
    shape = SHAPES["list" if plan.question.kind in LISTS else "fact"]
    shape = shape.capped(plan.most) if plan.most else shape
    blocks = sentence_blocks(plan, shape)
    return compose(plan.question, blocks) if blocks else None


def _by_reports(plan: Plan) -> Answer | None:
    topic = topic_of(plan.focus)
    if topic:
        groups = answering(plan, LISTED_REPORTS, LEAST_LISTED)
        if len(groups) <= FEW:
            return _by_sentences(plan)
        blocks = [
            block_of(plan, key, [(best.start, best.end)], "")
            for key, group in groups
            for best in [max(group, key=lambda sentence: (sentence.own, sentence.score))]
        ]
        return compose(plan.question, blocks) if blocks else None
    reports = plan.sources.within(plan.scope.reports)
    rows = [plan.sources.row(key) for key in (plan.sources.catalogue.rows if reports is None else reports)]
    trips = [row for row in rows if row.doc_type == "trip_report"] or rows
    fronts = [
        (row.id, _front(plan.sources.report(row.id), plan)) for row in newest_first(trips)[:LISTED_REPORTS]
    ]
    blocks = [block_of(plan, key, spans, "") for key, spans in fronts]
    return compose(plan.question, blocks) if blocks else None


def _front(report: Report, plan: Plan) -> list[Span]:
    """What a report is: its title, and where it led to if that is asked."""
    spans = front_spans(report, agency=bool(AGENCY.search(plan.question.text)))
    return without_nested(sorted({*spans, *(destination_spans(report) if _asks_travel(plan) else ())}))


def _asks_travel(plan: Plan) -> bool:
    """Whether somebody wants to know where trips led, and nothing else of them."""
    return [wanted.name for wanted in plan.question.wanted] == [TRAVEL] and not any(
        item.is_telling for item in plan.focus.terms
    )


def _lists_trips(plan: Plan) -> bool:
    return plan.scope.reports is not None and _asks_travel(plan)


def _refuse_evidence(plan: Plan) -> Answer:
    groups = by_report(ranked(plan))[:NEAREST]
    missing = judge(groups[0][1], plan.focus, plan.about(groups[0][0])).missing if groups else ()
    near = [(plan.sources.row(key), wording.nearest_words(group[0])) for key, group in groups]
    return refuse(plan.question, missing, near)


def _always(plan: Plan) -> bool:
    return True


STRATEGIES: tuple[tuple[Callable[[Plan], bool], Callable[[Plan], Answer | None]], ...] = (
    (has_sides, by_sides),
    (has_places, by_places),
    (lists_reports, _by_reports),
    (_lists_trips, _by_reports),
    (asks_chapter, _by_chapters),
    (_always, _by_sentences),
    (sets_side_by_side, by_names),
)
