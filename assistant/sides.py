"""Comparisons: one search a side, where a question sets trips, places or names beside one another.

Finds the sides and labels them; what a side shows is `assistant.blocks`'s.
"""

from __future__ import annotations

import re
from dataclasses import replace

from assistant.answer import Answer
from assistant.blocks import MOST_REPORTS, asks_chapter, chapter_blocks, sentence_blocks
from assistant.compose import Block, compose
from assistant.planning import Plan, apart_places
from assistant.selection import SHAPES
from assistant.whole_chapters import BUDGET

BESIDE = r"(?:市|處長|局長)?\s*(?:和|跟|與|及|、|and|,)\s*"
COMPARES = re.compile(r"各|分別|差|比一比|不同|對照|\beach\b|respectively|\bboth\b", re.I)
EACH = re.compile(r"各|分別|兩|\beach\b|respectively|\bboth\b")


def has_places(plan: Plan) -> bool:
    """Whether places that one report tells of are compared."""
    asked = [apart.asked for apart in plan.focus.apart.values()]
    compares = plan.question.kind == "compare" or bool(COMPARES.search(plan.question.text))
    return compares and any(len(places) > 1 for places in asked)


def by_places(plan: Plan) -> Answer | None:
    """One search a place of the report that tells of several."""
    blocks: list[Block] = []
    for place in plan.question.places:
        apart = apart_places((place,), plan.scope, plan.sources)
        found = sentence_blocks(replace(plan, focus=replace(plan.focus, apart=apart)), SHAPES["side"])[:1]
        blocks += [replace(block, lead=f"【{place.name}】{block.lead}") for block in found if apart]
    return compose(plan.question, blocks) if len(blocks) > 1 else None


def has_sides(plan: Plan) -> bool:
    return len(plan.scope.sides) > 1 and (plan.question.kind == "compare" or asks_chapter(plan))


def by_sides(plan: Plan) -> Answer | None:
    blocks: list[Block] = []
    sides = plan.scope.sides[:MOST_REPORTS]
    for label, reports in sides:
        side = replace(plan, scope=replace(plan.scope, reports=reports, sides=()))
        found = chapter_blocks(side, BUDGET // len(sides)) if asks_chapter(plan) else []
        found = found or sentence_blocks(side, SHAPES["side"], lenient=True)
        blocks += [replace(block, lead=f"【{label}】{block.lead}") for block in found]
    return compose(plan.question, blocks) if len({block.report.id for block in blocks}) > 1 else None


def sets_side_by_side(plan: Plan) -> bool:
    """Whether at least two names that chose no report stand beside one another."""
    names = [item.term.surface for item in plan.focus.terms if item.term.exact]
    if len(names) < 2 or plan.question.kind == "reports":
        return False
    between = "|".join(re.escape(name) for name in names)
    beside = re.search(f"(?:{between}){BESIDE}(?:{between})", plan.question.text, re.I) is not None
    return plan.question.kind == "compare" or (beside and bool(EACH.search(plan.question.text)))


def by_names(plan: Plan) -> Answer | None:
    """One search per name where two names are set side by side, as in 臺北和桃園."""
    names = [item for item in plan.focus.terms if item.term.exact]
    blocks: list[Block] = []
    for name in names:
        terms = tuple(item for item in plan.focus.terms if item is name or item not in names)
        found = sentence_blocks(replace(plan, focus=replace(plan.focus, terms=terms)), SHAPES["side"])[:1]
        if not found:
            return None
        blocks += [replace(block, lead=f"【{name.term.surface}】{block.lead}") for block in found]
    return compose(plan.question, blocks)
