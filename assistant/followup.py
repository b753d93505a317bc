"""Follow-up questions: what a question leaves out is taken from the turns before it.

Rules on wording: ellipsis (「那建議呢？」), pointing words (那次, 他, it) and a missing trip. Works on
questions that were read one by one; knows no archive.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from assistant.answer import Turn
from assistant.cues import Cues
from assistant.question import Question, Reader, search_text
from assistant.terms import Term, merge_terms
from corpus.names import Entity
from index.tokenise import fold

TURNS = 4
SHORT = 2  # own topic words up to which a pointing question also keeps the topic before it


def read_in_context(reader: Reader, cues: Cues, text: str, history: Sequence[Turn]) -> Question:
    """The question in the light of the user's earlier turns."""
    question = reader.read(text)
    earlier = [turn.content for turn in history if turn.role == "user" and turn.content.strip()]
    if not earlier:
        return question
    previous = reader.read(earlier[0])
    for content in earlier[1:]:
        previous = carry_over(previous, reader.read(content), cues)
    result = carry_over(previous, question, cues)
    if cues.person.search(fold(text)):
        result = replace(result, antecedent=" ".join(turn.content for turn in history[-TURNS:]))
    return result


def carry_over(previous: Question, question: Question, cues: Cues) -> Question:
    """`question` with the trip, chapter and topic that it leaves to the one before it."""
    folded = fold(question.text)
    elliptic = bool(cues.ellipsis.search(folded))
    pointing = bool(cues.pointing.search(folded))
    if question.kind == "reports" or (question.all_trips and not (elliptic or pointing)):
        return question
    result = question
    if not question.names_a_trip or (elliptic and not question.events and not question.places):
        result = _with_trip(result, previous)
    own = _topic(question)
    if question.item and not question.chapters and not question.names_a_trip:
        result = replace(result, chapters=previous.chapters, kind="chapter")
    elif elliptic and not own and not question.chapters:
        result = _with_request(result, previous)
    elif pointing and len(own) <= SHORT and not question.chapters and not question.names_a_trip:
        result = replace(result, search_text=f"{result.search_text} {search_text('', _topic(previous))}")
    return result


def _with_trip(question: Question, previous: Question) -> Question:
    """The question about the previous one's event, place, time and quotation."""
    anew = bool(question.dates or question.ordinals)
    events = tuple(_series(event) for event in previous.events) if anew else previous.events
    kept = {entity.name for entity in (*events, *previous.places)}
    trip = [t for t in previous.terms if t.entity is not None and t.entity.name in kept]
    return replace(
        question,
        entities=tuple(dict.fromkeys(question.entities + events + previous.places)),
        dates=question.dates or previous.dates,
        ordinals=question.ordinals or previous.ordinals,
        doc_types=question.doc_types or previous.doc_types,
        quoted=question.quoted or previous.quoted,
        terms=merge_terms(question.terms, trip),
        search_text=f"{question.search_text} {search_text('', trip)}",
    )


def _series(event: Entity) -> Entity:
    """The event without its edition, for a question that names another year."""
    if not event.series or event.series == event.name:
        return event
    return replace(event, name=event.series, abbr="", aliases=(), edition=None, year=None, place="")


def _with_request(question: Question, previous: Question) -> Question:
    """The question asking of its trip what the previous one asked of another."""
    topic = _topic(previous)
    return replace(
        question,
        kind=previous.kind,
        chapters=previous.chapters,
        wanted=question.wanted or previous.wanted,
        terms=merge_terms(question.terms, topic),
        search_text=f"{question.search_text} {search_text('', topic)}",
    )


def _topic(question: Question) -> list[Term]:
    return [term for term in question.terms if term.entity is None and not term.is_phrase]
