"""A question as it was understood, without any model: what it names, wants and is about.

Reads wording only. Which reports that points to is decided in `assistant.scope`; what
answers it, in `assistant.evidence`.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from assistant.answer import Language, Turn
from assistant.cues import ChapterCue, Cues, Kind, Wanted
from assistant.lexicon import Lexicon
from assistant.synonyms import Synonyms
from corpus.dates import DateSpan, find_dates
from corpus.names import Entity, Names
from corpus.numerals import numeral
from corpus.report import ChapterKind
from index.tokenise import Tokeniser, fold

CJK = re.compile(r"[一-鿿]")
LATIN_WORD = re.compile(r"[A-Za-zÀ-ɏ]{2,}")
ORDINAL = re.compile(
    r"第?\s*([0-9０-９一二三四五六七八九十廿]+)\s*(?:屆|次)|\b(\d{1,2})(?:st|nd|rd|th)\b", re.I
)
QUOTED = re.compile(r"[「『“\"]([^」』”\"]{2,60})[」』”\"]")
COUNT_UNIT = re.compile(r"(?:多少|几)\s*([一-鿿]{1,3})")
CODE = re.compile(r"[A-Za-z]+[- ]?\d+[A-Za-z0-9]*|\d+[A-Za-z]+")
EVENT_TYPES = frozenset({"forum", "event"})
PLACE_TYPES = frozenset({"place", "country", "city"})
FOLLOW_UP_TERMS = 3


@dataclass(frozen=True)
class Term:
    """One thing the question is about: `alternatives` are folded spellings, any of which meets it.

    `exact` marks names, codes and figures, for which nothing similar will do; `entity` is set
    where the term came from a known name.
    """

    surface: str
    alternatives: tuple[str, ...]
    exact: bool = False
    entity: Entity | None = None


@dataclass(frozen=True)
class Question:
    """What one question asks. `text` is as typed; everything else is derived from it and the history."""

    text: str
    language: Language
    kind: Kind
    chapters: tuple[ChapterCue, ...]
    wanted: tuple[Wanted, ...]
    terms: tuple[Term, ...]
    entities: tuple[Entity, ...]
    dates: tuple[DateSpan, ...]
    ordinals: tuple[int, ...]
    quoted: tuple[str, ...]
    counters: tuple[str, ...]
    search_text: str
    ours: bool
    all_trips: bool
    follows: bool = False

    @property
    def chapter_kinds(self) -> frozenset[ChapterKind]:
        """The chapters that the wording asks for; empty where it asks for none."""
        return frozenset(kind for cue in self.chapters for kind in cue.kinds)

    @property
    def events(self) -> tuple[Entity, ...]:
        """The events that the question names."""
        return tuple(e for e in self.entities if e.type in EVENT_TYPES or e.edition or e.year)

    @property
    def places(self) -> tuple[Entity, ...]:
        """The countries and cities that the question names."""
        return tuple(e for e in self.entities if e.type in PLACE_TYPES)

    @property
    def names_a_trip(self) -> bool:
        """Whether the wording itself says which trip or document is meant."""
        return bool(self.events or self.places or self.dates or self.quoted)


class Reader:
    """Reads questions with the names, words and tables that it is given."""

    def __init__(
        self, names: Names, lexicon: Lexicon, synonyms: Synonyms, tokeniser: Tokeniser, cues: Cues
    ) -> None:
        self._names = names
        self._lexicon = lexicon
        self._synonyms = synonyms
        self._tokeniser = tokeniser
        self._cues = cues

    def read(self, text: str, history: Sequence[Turn] = ()) -> Question:
        """The question as understood, with what it leaves out taken from earlier turns."""
        question = self._read_alone(text)
        earlier = [turn.content for turn in history if turn.role == "user" and turn.content.strip()]
        if not earlier:
            return question
        previous = self._read_alone(earlier[0])
        for content in earlier[1:]:
            previous = self._carry_over(previous, self._read_alone(content))
        return self._carry_over(previous, question)

    def _read_alone(self, text: str) -> Question:
        plain = fold(text)
        language = language_of(text)
        mentions = self._names.find(text)
        dates = find_dates(text)
        taken = [(m.start, m.end) for m in mentions] + [(d.start, d.end) for d in dates]
        rest = _blank(text, taken)
        chapters = tuple(cue for cue in self._cues.chapters if cue.pattern.search(plain))
        entities = tuple(dict.fromkeys(m.entity for m in mentions))
        terms = tuple(_entity_term(m.entity, m.surface) for m in mentions)
        terms += self._word_terms(rest, language)
        terms = tuple({term.alternatives: term for term in terms}.values())
        return Question(
            text=text,
            language=language,
            kind=self._kind(plain, chapters),
            chapters=chapters,
            wanted=tuple(w for w in self._cues.wanted if w.pattern.search(plain)),
            terms=terms,
            entities=entities,
            dates=dates,
            ordinals=_ordinals(rest),
            quoted=tuple(QUOTED.findall(text)),
            counters=tuple(COUNT_UNIT.findall(plain)),
            search_text=self._search_text(text, language, terms),
            ours=bool(self._cues.ours.search(plain)),
            all_trips=bool(self._cues.all_trips.search(plain)),
        )

    def _word_terms(self, rest: str, language: Language) -> tuple[Term, ...]:
        if language == "en":
            return self._english_terms(rest)
        folded = fold(rest)
        for cue in self._cues.chapters:
            folded = cue.pattern.sub(" ", folded)
        words = self._tokeniser.segments(folded)
        return tuple(
            Term(word, self._synonyms.of(word), exact=_is_exact(word))
            for word in words
            if word not in self._tokeniser.stopwords and (len(word) > 1 or word.isdigit())
        )

    def _english_terms(self, rest: str) -> tuple[Term, ...]:
        folded = rest.lower()
        for cue in self._cues.chapters:
            folded = cue.pattern.sub(lambda found: " " * len(found[0]), folded)
        known = tuple(
            Term(
                term.english,
                tuple(dict.fromkeys(s for zh in term.chinese for s in self._synonyms.of(fold(zh))))
                + (fold(term.english),),
            )
            for term in self._lexicon.translate(folded)
        )
        unknown = tuple(
            Term(word, (fold(word),), exact=word[0].isupper() or bool(re.search(r"\d", word)))
            for word in self._lexicon.unknown(rest)
            if len(word) > 1 and not any(cue.pattern.search(word.lower()) for cue in self._cues.chapters)
        )
        return known + unknown

    def _kind(self, plain: str, chapters: Sequence[ChapterCue]) -> Kind:
        for cue in self._cues.kinds:
            if cue.pattern.search(plain):
                return cue.kind
        return "chapter" if chapters else "fact"

    def _search_text(self, text: str, language: Language, terms: Sequence[Term]) -> str:
        extra = [spelling for term in terms if not _is_concept(term) for spelling in term.alternatives[:6]]
        own = [] if language == "en" and extra else [text]
        return " ".join(own + extra)

    def _carry_over(self, previous: Question, question: Question) -> Question:
        """`question` with the trip, topic or chapter that it leaves to the turn before it."""
        plain = fold(question.text)
        elliptic = bool(self._cues.ellipsis.search(plain))
        pointing = bool(self._cues.pointing.search(plain))
        if question.all_trips and not pointing and not elliptic:
            return question
        result = question
        if not question.names_a_trip:
            result = replace(
                result,
                entities=question.entities + previous.events + previous.places,
                dates=previous.dates,
                ordinals=question.ordinals or previous.ordinals,
                quoted=previous.quoted,
                follows=True,
            )
            result = _with_trip_terms(result, previous)
        own_topic = [term for term in question.terms if term.entity is None]
        if elliptic and not question.chapters and len(own_topic) == 0:
            result = replace(
                result,
                kind=previous.kind,
                chapters=previous.chapters,
                wanted=question.wanted or previous.wanted,
                counters=question.counters or previous.counters,
                follows=True,
            )
            topic = tuple(t for t in previous.terms if t.entity is None)
            result = replace(result, terms=_merged(result.terms, topic))
        elif (
            pointing
            and not question.chapters
            and len(own_topic) < FOLLOW_UP_TERMS
            and not question.names_a_trip
        ):
            result = replace(result, follows=True)
        extra = " ".join(s for t in result.terms if t not in question.terms for s in t.alternatives[:4])
        return replace(result, search_text=f"{question.search_text} {extra}".strip())


def language_of(text: str) -> Language:
    """English where Latin words outnumber Chinese characters, else Chinese."""
    return "en" if len(LATIN_WORD.findall(text)) > len(CJK.findall(text)) else "zh"


def _with_trip_terms(question: Question, previous: Question) -> Question:
    trip = tuple(t for t in previous.terms if t.entity is not None and t.entity in question.entities)
    return replace(question, terms=_merged(question.terms, trip))


def _merged(first: tuple[Term, ...], second: tuple[Term, ...]) -> tuple[Term, ...]:
    return tuple({term.alternatives: term for term in first + second}.values())


def _ordinals(text: str) -> tuple[int, ...]:
    values = (numeral(a or b) for a, b in ORDINAL.findall(text))
    return tuple(value for value in values if value)


def _entity_term(entity: Entity, surface: str) -> Term:
    spellings = (
        (surface,) if entity.type == "concept" else (surface, entity.name, entity.abbr, *entity.aliases)
    )
    alternatives = tuple(dict.fromkeys(fold(s) for s in spellings if len(s) > 1))
    return Term(surface, alternatives or (fold(surface),), exact=entity.type != "concept", entity=entity)


def _is_concept(term: Term) -> bool:
    return term.entity is not None and term.entity.type == "concept"


def _is_exact(word: str) -> bool:
    return bool(CODE.fullmatch(word)) or word.isdigit() or (word.isascii() and word.isalpha())


def _blank(text: str, spans: Sequence[tuple[int, int]]) -> str:
    letters = list(text)
    for start, end in spans:
        letters[start:end] = " " * (end - start)
    return "".join(letters)
