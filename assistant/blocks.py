"""What the evidence of a plan shows: blocks of whole chapters, items or sentences, a block a report.

Decides what is shown of a report and which reports answer; which kind of answer a question gets is
`assistant.respond`'s.
"""

from __future__ import annotations

from collections.abc import Sequence

from assistant import wording
from assistant.answerable import judge, standing_with
from assistant.catalogue import newest_first
from assistant.compose import Block, Piece, span_piece
from assistant.evidence import Found, Sentence, score_sentences, unmet
from assistant.matching import Weighted, strength, unique_texts
from assistant.planning import Plan
from assistant.refusals import lists_reports
from assistant.selection import Shape, choose, spans_of
from assistant.terms import plain
from assistant.whole_chapters import Wish, chapter_pieces, has_chapter, topic_of
from corpus.report import Report

MOST_REPORTS = 4
RANKED, RANKED_LISTED = 60, 200
LISTS = ("list", "compare")
NEAR_FIRST = 0.7
FOUND, FOUND_LISTED = 30, 100


def chapter_blocks(plan: Plan, budget: int) -> list[Block]:
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
        if report.id in found
        and (plan.focus.chosen or _names_shown(plan, report, found[report.id]))
        and (not _lists_things(plan) or _place_shown(plan, report, found[report.id]))
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


def _lists_things(plan: Plan) -> bool:
    """Whether a list of something is asked for (哪些做法值得學習), not only for lessons (有哪些收穫)."""
    return plan.question.kind in LISTS and bool(plan.focus.terms)


def _place_shown(plan: Plan, report: Report, pieces: Sequence[Piece]) -> bool:
    """Whether the pieces, or the title, name the place asked of where the trip led to several."""
    apart = plan.focus.apart.get(report.id)
    shown = plain(f"{report.title} {' '.join(piece.text for piece in pieces)}")
    return apart is None or any(place in shown for place in apart.asked)


def _chapter_reports(plan: Plan, wish: Wish) -> list[Report]:
    reports = plan.sources.within(plan.scope.reports)
    if reports is None or (wish.topic and len(reports) > MOST_REPORTS):
        hits = plan.sources.search(plan.question.search_text, reports, chapters=wish.kinds)
        keys = list(dict.fromkeys(hit.passage.report_id for hit in hits))
    else:
        keys = [row.id for row in newest_first([plan.sources.row(key) for key in reports])]
    loaded = (plan.sources.report(key) for key in keys[: 2 * MOST_REPORTS])
    return [report for report in loaded if has_chapter(report, wish.kinds)][:MOST_REPORTS]


def sentence_blocks(plan: Plan, shape: Shape, *, lenient: bool = False) -> list[Block]:
    groups = answering(plan, MOST_REPORTS)
    if not groups and lenient:
        groups = by_report(ranked(plan))[:1]
    chosen = choose([sentence for _, group in groups for sentence in group], shape)
    blocks = []
    for key, _ in groups:
        own = [sentence for sentence in chosen if sentence.passage.report_id == key]
        if own:
            spans = sorted((sentence.start, sentence.end) for sentence in own)
            lists = plan.question.kind in LISTS
            spans = spans if plan.most else spans_of(plan.sources.report(key), own, plan.focus, lists=lists)
            blocks.append(block_of(plan, key, spans, ""))
    return blocks


def answering(plan: Plan, most: int, near: float = NEAR_FIRST) -> list[tuple[str, list[Sentence]]]:
    """The reports whose own sentences answer, best first, with their sentences ranked."""
    sure = _sure(plan)
    groups = by_report(ranked(plan))[:most] if sure is not False else []
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


def by_report(ranked: Sequence[Sentence]) -> list[tuple[str, list[Sentence]]]:
    groups: dict[str, list[Sentence]] = {}
    for sentence in ranked:
        groups.setdefault(sentence.passage.report_id, []).append(sentence)
    return list(groups.items())


def ranked(plan: Plan) -> Sequence[Sentence]:
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


def block_of(plan: Plan, report_id: str, spans: Sequence[tuple[int, int]], label: str) -> Block:
    report = plan.sources.report(report_id)
    lead = wording.lead(plan.sources.row(report_id), label, plan.question.language)
    return Block(report, lead, tuple(span_piece(report, start, end) for start, end in spans))


def asks_chapter(plan: Plan) -> bool:
    """Whether a chapter is asked for, and not a cost, a hotel or a flight that a chapter may hold."""
    return bool(plan.question.chapters) and not any(w.strict and w.keep for w in plan.question.wanted)
