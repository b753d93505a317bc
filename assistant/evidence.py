"""The sentences that speak to a question, ranked.

Takes passages that a search found and scores their sentences by what the question names and
wants. Whether the best of them suffice is decided in `assistant.answerable`.
"""

from __future__ import annotations

import math
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from assistant.cues import UnitCue, Wanted
from assistant.discounts import Standing, discount
from assistant.generic import PlainWords
from assistant.matching import Weighted, coverage, strength
from assistant.terms import COUNTED, Term, plain
from corpus.dates import DateSpan, find_dates
from corpus.report import Passage
from index.search import Hit
from index.sentences import split_sentences
from index.tokenise import fold
from index.word_weights import WordWeights

ABOUT = 0.5
OWN, AROUND, SLOT, CHAPTER, FOUND, DAY = 1.0, 0.45, 0.2, 0.25, 0.35, 0.5
COUNT, DATE = "count", "date"
PLACE, NAMED = 0.3, 0.4
CARRIED = 0.9
CONTINUES = re.compile(
    fold(
        r"(?:副?(?:市長|處長|局長|知事|署長)|他|她|其|該|此|這|並|演說|演講|簡報|致詞|會中|席間|雙方|同時|也|另|又|亦)"
    )
)
LONGEST_JOINED = 180
GENERIC_WEIGHT = 1.5
BARE_SLOT, BARE_OWN = 0.6, 1.2
NAME_WEIGHT = 9.0
ORDINARY = 7.0
VERB = 0.5
PHRASE_WEIGHT = 2.0


@dataclass(frozen=True)
class Sentence:
    """A sentence of a passage with what was measured of it against the question.

    `start` and `end` are offsets into the report's text; `own` is the share of the question's
    terms met by the sentence itself, `context` by it with its heading and neighbours; `slot` is the share of
    the wanted kinds of thing that it gives. One that stands `elsewhere` speaks of another place than that
    asked of.
    """

    passage: Passage
    start: int
    end: int
    text: str
    folded: str
    own: float
    context: float
    slot: float
    score: float
    surroundings: str
    elsewhere: bool = False


@dataclass(frozen=True)
class Found:
    """The sentences found, the best first, and the hits that they stand in."""

    sentences: tuple[Sentence, ...]
    hits: tuple[Hit, ...]


@dataclass(frozen=True)
class Apart:
    """Folded names of the places that a question asks of, and of the other places of the same report."""

    asked: tuple[str, ...]
    others: tuple[str, ...]

    def is_elsewhere(self, path: Sequence[str]) -> bool:
        """Whether the headings (folded, outermost first) lead to another place than those asked of."""
        for heading in reversed(path):
            if any(place in heading for place in self.asked):
                return False
            if any(place in heading for place in self.others):
                return True
        return False


@dataclass(frozen=True)
class Focus:
    """What sentences are measured against: the terms with weights, wanted kinds, chapters, days.

    `every_name` where the question's places chose reports that did not answer; `chosen` where it says
    which reports are meant; `places` of the trip where one is asked; `names` by which it chose;
    `apart` are the places of reports on several of which one is asked of;
    `covered` reports have a cover, which says little; `digests` change their subject at every paragraph.
    """

    terms: tuple[Weighted, ...]
    wanted: tuple[Wanted, ...]
    chapters: frozenset[str]
    days: tuple[DateSpan, ...]
    units: tuple[UnitCue, ...] = ()
    places: tuple[str, ...] = ()
    names: tuple[Term, ...] = ()
    covered: frozenset[str] = frozenset()
    digests: frozenset[str] = frozenset()
    apart: Mapping[str, Apart] = field(default_factory=dict)
    chosen: bool = False
    every_name: bool = False

    def is_cover(self, passage: Passage) -> bool:
        """Whether the passage stands on the cover of its report."""
        return passage.report_id in self.covered and passage.chapter == "other"


def weigh(terms: Sequence[Term], weights: WordWeights, plain_words: PlainWords) -> tuple[Weighted, ...]:
    """Each term with how telling it is: names and codes most, words of every report least."""
    return tuple(_weighted(term, weights, plain_words) for term in terms)


def _weighted(term: Term, weights: WordWeights, plain_words: PlainWords) -> Weighted:
    word = term.alternatives[0]
    generic = plain_words.generic
    if not term.exact and (word in generic or fold(term.surface) in generic or COUNTED.fullmatch(word)):
        return Weighted(term, GENERIC_WEIGHT, is_telling=False)
    is_telling = term.exact or (term.is_noun and word not in plain_words.abstract)
    return Weighted(term, _weight(term, weights), is_telling=is_telling)


def _weight(term: Term, weights: WordWeights) -> float:
    if term.exact:
        return NAME_WEIGHT
    weight = min(ORDINARY, max(1.0, weights.of(term.alternatives[0])))
    if term.is_phrase:
        return PHRASE_WEIGHT
    return weight if term.is_noun else VERB * weight


def score_sentences(hits: Sequence[Hit], focus: Focus, about: Mapping[str, str]) -> list[Sentence]:
    """All sentences of the passages found, the best first; `about` reports, by id, is context."""
    best = max((hit.score for hit in hits), default=0.0) or 1.0
    scored = [
        sentence
        for hit in hits
        for sentence in _of_passage(
            hit.passage, hit.score / best, focus, about.get(hit.passage.report_id, "")
        )
    ]
    return sorted(scored, key=lambda s: (-s.score, s.passage.report_id, s.start))


@dataclass(frozen=True)
class _Place:
    """What all sentences of one passage share: its texts, folded, and what is known of where it stands."""

    passage: Passage
    found: float
    spans: list[tuple[int, int]]
    texts: list[str]
    above: str
    about: str
    dated: str
    day: float
    elsewhere: bool

    def around(self, position: int) -> str:
        """A sentence with its neighbours and what stands above the passage."""
        return " ".join((self.above, *self.texts[max(0, position - 1) : position + 2]))


def _of_passage(passage: Passage, found: float, focus: Focus, about: str) -> list[Sentence]:
    spans = whole_sentences(passage.text)
    headings = [plain(part) for part in passage.path]
    apart = focus.apart.get(passage.report_id)
    place = _Place(
        passage,
        found,
        spans,
        [plain(passage.text[start:end]) for start, end in spans],
        f"{about} {plain(' '.join(passage.path))}",
        about,
        plain(" ".join(part for part in passage.path if find_dates(part))),
        _day_match(passage, focus.days),
        apart is not None and apart.is_elsewhere(headings),
    )
    return [
        _sentence(place, position, focus) for position, text in enumerate(place.texts) if text not in headings
    ]


def _sentence(place: _Place, position: int, focus: Focus) -> Sentence:
    text, (start, end) = place.texts[position], place.spans[position]
    around = place.around(position)
    own, context = coverage(focus.terms, text), coverage(focus.terms, around)
    if position and CONTINUES.match(text):
        own = max(own, CARRIED * coverage(focus.terms, place.texts[position - 1] + text))
    slot = slot_share(text, focus, place.dated)
    near = _near_share(focus.terms, around, len(place.about))
    passage = place.passage
    standing = Standing(focus.is_cover(passage), place.elsewhere)
    asked = {wanted.name for wanted in focus.wanted}
    score = _fit(place, text, focus, (own, near, slot))
    score *= discount(text, standing, asked, is_met=own > 0)
    begin = passage.start + start
    return Sentence(
        passage, begin, passage.start + end, passage.text[start:end], text, own, context, slot, score, around,
        place.elsewhere,
    )  # fmt: skip


def _near_share(terms: Sequence[Weighted], around: str, about: int) -> float:
    """The share of the terms met around a sentence; topics that only its report's title names count for less.

    `about` is how many characters of `around` say what the report is about.
    """
    names, topics = ([item for item in terms if item.term.exact == exact] for exact in (True, False))
    apart = around[about:]
    met = total(names) * coverage(names, around)
    met += total(topics) * (ABOUT * coverage(topics, around) + (1 - ABOUT) * coverage(topics, apart))
    return met / (total(terms) or 1.0)


def _fit(place: _Place, text: str, focus: Focus, shares: tuple[float, float, float]) -> float:
    """How well a sentence fits by what it holds and by where it stands; `shares` are own, context, slot."""
    own, context, slot = shares
    in_chapter = 1.0 if place.passage.chapter in focus.chapters else 0.0
    score = OWN * own + AROUND * context + CHAPTER * in_chapter + FOUND * place.found + DAY * place.day
    if any(item.weight > GENERIC_WEIGHT and not item.term.is_phrase for item in focus.terms):
        score += SLOT * slot * max(own, context)
    else:
        score += BARE_SLOT * slot - BARE_OWN * own
        score += NAMED * any(strength(name, text) for name in focus.names)
    return score + PLACE * any(town in text for town in focus.places)


def whole_sentences(text: str) -> list[tuple[int, int]]:
    """Spans of sentences, clauses before a semicolon kept with what follows while that stays short."""
    spans: list[tuple[int, int]] = []
    for start, end in split_sentences(text):
        if spans and text[spans[-1][1] - 1] in "；;" and end - spans[-1][0] <= LONGEST_JOINED:
            start = spans.pop()[0]
        spans.append((start, end))
    return spans


def slot_share(folded: str, focus: Focus, dated: str = "") -> float:
    """The share of the wanted kinds of thing that a sentence gives, a date also by its heading."""
    given = [
        bool(wanted.evidence.search(f"{folded} {dated}" if wanted.name == DATE else folded))
        for wanted in focus.wanted
        if wanted.name != COUNT or not focus.units
    ]
    given += [any(unit.evidence.search(folded) for unit in focus.units)] if focus.units else []
    return sum(given) / len(given) if given else 1.0


def gives(wanted: Wanted, sentence: Sentence, focus: Focus) -> bool:
    """Whether the sentence gives a thing of the wanted kind, in the unit that the question counts."""
    if wanted.name == COUNT and focus.units:
        return any(unit.evidence.search(sentence.folded) for unit in focus.units)
    if wanted.name == DATE and any(find_dates(heading) for heading in sentence.passage.path):
        return True
    return bool(wanted.evidence.search(sentence.folded))


def _day_match(passage: Passage, days: Sequence[DateSpan]) -> float:
    if not days:
        return 0.0
    headings = find_dates(" ".join(passage.path), year=days[0].first.year)
    fine = [d for d in days if d.precision == "day"]
    return float(
        any(d.first <= h.last and h.first <= d.last for d in fine for h in headings if h.precision == "day")
    )


def unmet(terms: Sequence[Weighted], folded: str) -> tuple[Weighted, ...]:
    """The terms that `folded` text does not meet at all."""
    return tuple(item for item in terms if strength(item.term, folded) == 0.0)


def rescored(sentence: Sentence, bonus: float) -> Sentence:
    """The sentence with `bonus` added to its score."""
    return replace(sentence, score=sentence.score + bonus)


def total(terms: Sequence[Weighted]) -> float:
    """The weight of all terms together."""
    return math.fsum(item.weight for item in terms)
