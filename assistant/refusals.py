"""What is refused before any evidence is weighed, and why.

An edition, a chapter or a time that no report covers, and wording that says nothing. Whether evidence
suffices is `assistant.answerable`'s.
"""

from __future__ import annotations

from assistant.answer import Answer
from assistant.catalogue import newest_first
from assistant.compose import refuse
from assistant.evidence import GENERIC_WEIGHT
from assistant.planning import Plan
from assistant.scope import unmet_dates
from assistant.whole_chapters import has_chapter
from index.archive import ReportRow

ITEM_CHAPTERS = frozenset({"reflections", "recommendations", "reflections_and_recommendations"})
LOOKED_AT = 4
OFFERED = 3


def lists_reports(plan: Plan) -> bool:
    """Whether reports are asked for rather than what they say."""
    return plan.question.kind == "reports"


def is_out_of_reach(plan: Plan) -> bool:
    """Whether the wording says nothing, or asks a chapter or time that the reports do not have."""
    return _says_nothing(plan) or _lacks_chapter(plan) or _lacks_time(plan)


def refuse_scope(plan: Plan) -> Answer:
    """The refusal for a name or edition that no report covers, with its nearest relatives."""
    rows = newest_first([plan.sources.row(key) for key in plan.scope.near])
    near: list[tuple[ReportRow, str]] = [(row, "同一系列的活動") for row in rows[:OFFERED]]
    return refuse(plan.question, [item.what for item in plan.scope.missing], near)


def _says_nothing(plan: Plan) -> bool:
    """Whether the wording names no report, no chapter and nothing to look for."""
    if plan.scope.reports is not None or plan.question.chapters or lists_reports(plan):
        return False
    return all(item.weight <= GENERIC_WEIGHT for item in plan.focus.terms if not item.term.is_phrase)


def _lacks_chapter(plan: Plan) -> bool:
    """Whether 心得 or 建議 is asked of reports that the question fixes and that have none."""
    reports = plan.sources.within(plan.scope.reports)
    asked = plan.question.chapter_kinds
    if not reports or not plan.scope.firm or not asked or not asked <= ITEM_CHAPTERS:
        return False
    return not any(has_chapter(plan.sources.report(key), asked) for key in sorted(reports)[:LOOKED_AT])


def _lacks_time(plan: Plan) -> bool:
    """Whether trips of a time are asked for in which there was none; a year to come is no trip."""
    asked = plan.question.chapter_kinds
    of_trips = plan.question.kind == "reports" or (bool(asked) and asked <= ITEM_CHAPTERS)
    latest = plan.sources.catalogue.latest_year
    past = [span for span in unmet_dates(plan.question, plan.scope) if span.first.year <= latest]
    return of_trips and plan.scope.reports is None and bool(past)
