"""「我下個月要去大阪考察防災，之前有哪些類似的出國案？」: answered from the precheck, every sentence cited.

Of each trip what was learned first, then what it recommended that nobody has settled. Knows the archive only
through the plan and the precheck that it is given.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace

from assistant import wording
from assistant.answer import Answer, Language
from assistant.compose import Block, Piece, compose, refuse, span_piece
from assistant.planning import Plan
from assistant.precheck import WHY_NAMES, Lesson, Precheck, SimilarTrip, Why
from assistant.precheck import Plan as Trip
from assistant.question import Question
from assistant.selection import front_spans
from corpus.report import Report
from index.sentences import split_sentences

MOST_TOLD, LEARNED, OPEN, SENTENCES = 4, 2, 2, 3
WHERE_TO: dict[Language, str] = {
    "zh": "請說出要去的地點、活動或考察主題，例如「下個月要去大阪考察防災，之前有哪些類似的出國案？」。",
    "en": "Please name the place, event or topic of the trip, for example “We are going to Osaka next month; "
    "are there similar past trips?”",
}
WHY_ENGLISH: dict[Why, str] = {
    "event": "the same event",
    "series": "the same series of events",
    "place": "the same place",
    "topic": "the same topic",
}


def planned(question: Question) -> Trip:
    """The trip that a question speaks of."""
    return Trip(
        " ".join(entity.name for entity in question.events),
        " ".join(entity.name for entity in question.places),
        question.ahead_topic,
    )


def by_precheck(plan: Plan, look_up: Callable[[Trip], Precheck]) -> Answer:
    """The similar trips with what they learned and what is still open; a refusal where there was none."""
    question = plan.question
    trip = planned(question)
    if not trip.text:
        return Answer(question.text, question.language, WHERE_TO[question.language], abstained=True)
    found = look_up(trip)
    allowed = plan.sources.within(None)
    trips = [one for one in found.trips if allowed is None or one.row.id in allowed][:MOST_TOLD]
    if not trips:
        return refuse(question, [trip.text], [])
    answer = compose(question, [_block(plan, trip, found) for trip in trips])
    return replace(answer, text=f"{_summary(trips, question.language)}\n\n{answer.text}")


def _block(plan: Plan, trip: SimilarTrip, found: Precheck) -> Block:
    report, language = plan.sources.report(trip.row.id), plan.question.language
    still = [lesson for lesson in trip.recommended if lesson.is_open][:OPEN]
    pieces = tuple(_pieces(report, [*trip.learned[:LEARNED], *still], found))
    if not pieces:
        pieces = tuple(span_piece(report, *span) for span in front_spans(report, agency=False))
    named = [WHY_NAMES[one] if language == "zh" else WHY_ENGLISH[one] for one in trip.why]
    label = "、".join(named) if language == "zh" else ", ".join(named)
    return Block(
        report, wording.lead(trip.row, f"〔{label}〕" if language == "zh" else label, language), pieces
    )


def _pieces(report: Report, lessons: list[Lesson], found: Precheck) -> Iterator[Piece]:
    by_number = {citation.n: citation for citation in found.citations}
    for lesson in lessons:
        start, end = by_number[lesson.citation].start, by_number[lesson.citation].end
        sentences = split_sentences(report.text[start:end])[:SENTENCES]
        yield span_piece(report, start, start + sentences[-1][1] if sentences else end)


def _summary(trips: list[SimilarTrip], language: Language) -> str:
    still = sum(lesson.is_open for trip in trips for lesson in trip.recommended)
    if language == "en":
        trip = "trip" if len(trips) == 1 else "trips"
        return f"{len(trips)} similar {trip}; {still} of their recommendations are not known to be settled."
    waiting = f"，其中 {still} 項建議的採行情形尚待確認" if still else ""
    return f"出發前可先看 {len(trips)} 次相近的出國案{waiting}："
