"""From a question understood to an answer: one strategy per kind of question.

The table `STRATEGIES` says which is tried for what; each gives an answer or None, and the next is tried.
Knows the archive only through `Sources`.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import replace

from assistant import wording
from assistant.answer import Answer
from assistant.answerable import judge, standing_with
from assistant.catalogue import newest_first
from assistant.compose import Block, Piece, compose, refuse, span_piece
from assistant.evidence import Found, Sentence, score_sentences, unmet
from assistant.matching import Weighted, strength, unique_texts
from assistant.planning import Plan, Planner
from assistant.refusals import is_out_of_reach, lists_reports, refuse_scope
from assistant.selection import SHAPES, Shape, choose, front_spans, spans_of
from assistant.terms import plain
from assistant.whole_chapters import BUDGET, Wish, chapter_pieces, has_chapter, topic_of
from corpus.report import Report

MOST_REPORTS = 4
LISTED_REPORTS = 12
AGENCY = re.compile(r"機關|單位|局處|agency|department|who organi", re.I)
RANKED, RANKED_LISTED = 60, 200
NEAREST = 2
LISTS = ("list", "compare")
BESIDE = r"(?:市|處長|局長)?\s*(?:和|跟|與|及|、|and|,)\s*"
EACH = re.compile(r"各|分別|兩|\beach\b|respectively|\bboth\b")
NEAR_FIRST = 0.7
LEAST_LISTED = 0.3
FOUND, FOUND_LISTED = 30, 100


class Responder:
    """Answers plans, looking at the whole archive where the reports named do not answer."""

    def __init__(self, planner: Planner) -> None:
        self._planner = planner

    def respond(self, plan: Plan) -> Answer:
        """The first answer that a strategy gives, else a refusal that names what is missing."""
        if plan.scope.missing:
            return refuse_scope(plan)
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


def _by_sides(plan: Plan) -> Answer | None:
    blocks: list[Block] = []
    sides = plan.scope.sides[:MOST_REPORTS]
    for label, reports in sides:
        side = replace(plan, scope=replace(plan.scope, reports=reports, sides=()))
        found = _chapter_blocks(side, BUDGET // len(sides)) if _asks_chapter(plan) else []
        found = found or _sentence_blocks(side, SHAPES["side"], lenient=True)
        blocks += [replace(block, lead=f"【{label}】{block.lead}") for block in found]
    return compose(plan.question, blocks) if len({block.report.id for block in blocks}) > 1 else None


def _by_names(plan: Plan) -> Answer | None:
    """One search per name where two names are set side by side, as in 臺北和桃園."""
    names = [item for item in plan.focus.terms if item.term.exact]
    blocks: list[Block] = []
    for name in names:
        terms = tuple(item for item in plan.focus.terms if item is name or item not in names)
        found = _sentence_blocks(replace(plan, focus=replace(plan.focus, terms=terms)), SHAPES["side"])[:1]
        if not found:
            return None
        blocks += [replace(block, lead=f"【{name.term.surface}】{block.lead}") for block in found]
    return compose(plan.question, blocks)


def _by_chapters(plan: Plan) -> Answer | None:
    blocks = _chapter_blocks(plan, BUDGET)
    return compose(plan.question, blocks) if blocks else None


def _by_sentences(plan: Plan) -> Answer | None:
    shape = SHAPES["list" if plan.question.kind in LISTS else "fact"]
    shape = shape.capped(plan.most) if plan.most else shape
    blocks = _sentence_blocks(plan, shape)
    return compose(plan.question, blocks) if blocks else None


def _by_reports(plan: Plan) -> Answer | None:
    topic = topic_of(plan.focus)
    if topic:
        groups = _answering(plan, LISTED_REPORTS, LEAST_LISTED)
        blocks = [
            _block(plan, key, [(best.start, best.end)], "")
            for key, group in groups
            for best in [max(group, key=lambda sentence: (sentence.own, sentence.score))]
        ]
        return compose(plan.question, blocks) if blocks else None
    asked = plan.question.text
    reports = plan.sources.within(plan.scope.reports)
    rows = [plan.sources.row(key) for key in (plan.sources.catalogue.rows if reports is None else reports)]
    trips = [row for row in rows if row.doc_type == "trip_report"] or rows
    blocks = [
        _block(plan, row.id, front_spans(plan.sources.report(row.id), agency=bool(AGENCY.search(asked))), "")
        for row in newest_first(trips)[:LISTED_REPORTS]
    ]
    return compose(plan.question, blocks) if blocks else None


def _chapter_blocks(plan: Plan, budget: int) -> list[Block]:
    kinds = frozenset(kind for kind in plan.question.chapter_kinds if plan.sources.allows_chapter(kind))
    topic = _narrowing(plan)
    wish = Wish(kinds, topic, plan.focus.days, plan.question.item or 0, plan.question.item_term)
    reports = _chapter_reports(plan, wish)
    reports = [report for report in reports if _names_met(plan, report)]
    found = chapter_pieces(reports, wish, budget)
    language = plan.question.language
    label = wording.chapter_name(plan.question.chapters[0].kinds[0], language)
    return [
        Block(
            report,
            wording.lead(plan.sources.row(report.id), label, plan.question.language),
            tuple(found[report.id]),
        )
        for report in reports
        if report.id in found and (plan.focus.chosen or _names_shown(plan, report, found[report.id]))
    ]


def _narrowing(plan: Plan) -> tuple[Weighted, ...]:
    """The topic, without what the chosen reports are about as a whole: 自行車 of a 自行車考察."""
    chosen = plan.scope.reports or frozenset()
    about = [plan.about(key) for key in chosen]
    return tuple(
        item
        for item in topic_of(plan.focus)
        if not about or not all(strength(item.term, text) for text in about)
    )


def _names_met(plan: Plan, report: Report) -> bool:
    """Whether every name, code and date of the question stands in the report."""
    whole = f"{plan.about(report.id)} {plain(report.text)}"
    return not any(item.term.exact for item in unmet(plan.focus.terms, whole))


def _names_shown(plan: Plan, report: Report, pieces: Sequence[Piece]) -> bool:
    """Whether the pieces themselves hold the names, for reports that only the search chose."""
    shown = f"{plan.about(report.id)} {plain(' '.join(piece.text for piece in pieces))}"
    return not any(item.term.exact for item in unmet(plan.focus.terms, shown))


def _chapter_reports(plan: Plan, wish: Wish) -> list[Report]:
    reports = plan.sources.within(plan.scope.reports)
    if reports is None or (wish.topic and len(reports) > MOST_REPORTS):
        hits = plan.sources.search(plan.question.search_text, reports, chapters=wish.kinds)
        keys = list(dict.fromkeys(hit.passage.report_id for hit in hits))
    else:
        keys = [row.id for row in newest_first([plan.sources.row(key) for key in reports])]
    loaded = (plan.sources.report(key) for key in keys[: 2 * MOST_REPORTS])
    return [report for report in loaded if has_chapter(report, wish.kinds)][:MOST_REPORTS]


def _sentence_blocks(plan: Plan, shape: Shape, *, lenient: bool = False) -> list[Block]:
    groups = _answering(plan, MOST_REPORTS)
    if not groups and lenient:
        groups = _by_report(_ranked(plan))[:1]
    chosen = choose([sentence for _, group in groups for sentence in group], shape)
    blocks = []
    for key, _ in groups:
        own = [sentence for sentence in chosen if sentence.passage.report_id == key]
        if own:
            spans = sorted((sentence.start, sentence.end) for sentence in own)
            lists = plan.question.kind in LISTS
            spans = spans if plan.most else spans_of(plan.sources.report(key), own, plan.focus, lists=lists)
            blocks.append(_block(plan, key, spans, ""))
    return blocks


def _answering(plan: Plan, most: int, near: float = NEAR_FIRST) -> list[tuple[str, list[Sentence]]]:
    """The reports whose own sentences answer, best first, with their sentences ranked."""
    sure = _sure(plan)
    groups = _by_report(_ranked(plan))[:most] if sure is not False else []
    least = near * groups[0][1][0].score if groups else 0.0
    return [
        (key, group if plan.focus.chosen else standing_with(group, plan.focus, plan.about(key)))
        for key, group in groups
        if group[0].score >= least and (sure or judge(group, plan.focus, plan.about(key)).answers)
    ]


def _sure(plan: Plan) -> bool | None:
    """Whether plain texts answer where the question names no report; None where each report is judged."""
    if plan.scope.reports is not None or plan.focus.every_name or lists_reports(plan):
        return None
    if "sure" not in plan.known:
        found = found_for(plan)
        form = plan.sources.row(found.sentences[0].passage.report_id).doc_type if found.sentences else "other"
        plan.known["sure"] = plan.assurance.answers(plan.question, found, form)
    return plan.known["sure"]


def _by_report(ranked: Sequence[Sentence]) -> list[tuple[str, list[Sentence]]]:
    groups: dict[str, list[Sentence]] = {}
    for sentence in ranked:
        groups.setdefault(sentence.passage.report_id, []).append(sentence)
    return list(groups.items())


def _ranked(plan: Plan) -> Sequence[Sentence]:
    return found_for(plan).sentences


def found_for(plan: Plan) -> Found:
    """What was found for a plan; a refusal looks at the same as the answer that was not given."""
    if "found" not in plan.known:
        plan.known["found"] = _find(plan)
    return plan.known["found"]


def _find(plan: Plan) -> Found:
    hits = plan.sources.search(
        plan.question.search_text,
        plan.scope.reports,
        k=FOUND_LISTED if lists_reports(plan) else FOUND,
        chapters=plan.question.strict_kinds,
    )
    about = {key: plan.about(key) for key in {hit.passage.report_id for hit in hits}}
    ranked = score_sentences(hits, plan.focus, about)
    kept = unique_texts(
        [sentence.text for sentence in ranked[: RANKED_LISTED if lists_reports(plan) else RANKED]]
    )
    return Found(tuple(ranked[position] for position in kept), hits)


def _block(plan: Plan, report_id: str, spans: Sequence[tuple[int, int]], label: str) -> Block:
    report = plan.sources.report(report_id)
    lead = wording.lead(plan.sources.row(report_id), label, plan.question.language)
    return Block(report, lead, tuple(span_piece(report, start, end) for start, end in spans))


def _refuse_evidence(plan: Plan) -> Answer:
    groups = _by_report(_ranked(plan))[:NEAREST]
    missing = judge(groups[0][1], plan.focus, plan.about(groups[0][0])).missing if groups else ()
    near = [(plan.sources.row(key), "內容最接近") for key, _ in groups]
    return refuse(plan.question, missing, near)


def _asks_chapter(plan: Plan) -> bool:
    """Whether a chapter is asked for, and not a cost, a hotel or a flight that a chapter may hold."""
    return bool(plan.question.chapters) and not any(w.strict and w.keep for w in plan.question.wanted)


def _has_sides(plan: Plan) -> bool:
    return len(plan.scope.sides) > 1 and (plan.question.kind == "compare" or _asks_chapter(plan))


def _sets_side_by_side(plan: Plan) -> bool:
    """Whether at least two names that chose no report stand beside one another."""
    names = [item.term.surface for item in plan.focus.terms if item.term.exact]
    if len(names) < 2 or plan.question.kind == "reports":
        return False
    between = "|".join(re.escape(name) for name in names)
    beside = re.search(f"(?:{between}){BESIDE}(?:{between})", plan.question.text, re.I) is not None
    return plan.question.kind == "compare" or (beside and bool(EACH.search(plan.question.text)))


def _always(plan: Plan) -> bool:
    return True


STRATEGIES: tuple[tuple[Callable[[Plan], bool], Callable[[Plan], Answer | None]], ...] = (
    (_has_sides, _by_sides),
    (lists_reports, _by_reports),
    (_asks_chapter, _by_chapters),
    (_always, _by_sentences),
    (_sets_side_by_side, _by_names),
)
