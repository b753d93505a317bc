"""A question as it was understood, without any model: what it names, wants and is about.

Reads wording only. Which reports that points to is decided in `assistant.scope`; what
answers it, in `assistant.evidence`.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from assistant.answer import Language
from assistant.cues import ChapterCue, Cues, Kind, UnitCue, Wanted
from assistant.terms import Term, TermFinder, entity_term, merge_terms, plain
from corpus.dates import DateSpan, find_dates
from corpus.names import Entity, Mention, Names
from corpus.numerals import numeral
from corpus.report import ChapterKind, DocType
from index.tokenise import fold, traditional

CJK = re.compile(r"[一-鿿]")
LATIN_WORD = re.compile(r"[A-Za-zÀ-ɏ]{2,}")
ORDINAL = re.compile(r"第\s*([0-9０-９一二三四五六七八九十廿]+)\s*屆|\b(\d{1,2})(?:st|nd|rd|th)\b", re.I)
BARE_DATE = re.compile(
    r"(?<!\d)\d{1,4}[/.]\d{1,2}(?:[/.]\d{1,2})?(?!\d)|\d{1,2}\s*月(?:\s*\d{1,2}\s*[日號])?"
)
ITEM = re.compile(r"第\s*([0-9０-９一二三四五六七八九十])\s*[項點個]")
ITEM_TERMS = (
    ("立即", re.compile(r"立即可行|立即|短期|short[- ]term|immediate", re.I)),
    ("長期", re.compile(r"中長期|長期|中期|long[- ]term|medium[- ]term", re.I)),
)
QUOTED = re.compile(r"[「『“\"]([^」』”\"]{2,60})[」』”\"]")
EVENT_TYPES = frozenset({"forum", "event"})
PLACE_TYPES = frozenset({"place", "country", "city"})
TOWN_ENDS, TOWN_OFFICES = "市縣區州國鎮鄉", "長議府民政會"
OFFICE = re.compile("的?(?:市長|縣長|區長|市議員|副市長|州長|總統|總理)")
NAME_SPELLINGS, WORD_SPELLINGS = 6, 2
HOME_COUNTRY = frozenset({"臺灣", "中華民國"})


@dataclass(frozen=True)
class Question:
    """What one question asks. `text` is as typed; everything else is derived from it and the history.

    `antecedent` is the earlier text in which the person stands that 他 or 這位 means.
    """

    text: str
    language: Language
    kind: Kind
    chapters: tuple[ChapterCue, ...]
    wanted: tuple[Wanted, ...]
    units: tuple[UnitCue, ...]
    doc_types: tuple[DocType, ...]
    terms: tuple[Term, ...]
    entities: tuple[Entity, ...]
    dates: tuple[DateSpan, ...]
    ordinals: tuple[int, ...]
    quoted: tuple[str, ...]
    search_text: str
    offices: tuple[tuple[Entity, Term], ...]
    item: int | None
    item_term: str
    ours: bool
    all_trips: bool
    asks_before: bool = False
    plans_ahead: bool = False
    ahead_topic: str = ""
    antecedent: str = ""

    @property
    def chapter_kinds(self) -> frozenset[ChapterKind]:
        """The chapters that the wording asks for; empty where it asks for none."""
        return frozenset(kind for cue in self.chapters for kind in cue.kinds)

    @property
    def strict_kinds(self) -> frozenset[ChapterKind]:
        """The chapters outside which nothing is an answer; empty where anything may be."""
        return frozenset(kind for cue in self.chapters if cue.strict for kind in cue.kinds)

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
    """Reads one question with the names and tables that it is given."""

    def __init__(self, names: Names, finder: TermFinder, cues: Cues) -> None:
        self._names = names
        self._finder = finder
        self._cues = cues

    def read(self, text: str) -> Question:
        """The question as understood by itself."""
        typed, text = text, in_traditional(text)
        folded = fold(text)
        language = language_of(text)
        mentions = [mention for mention in self._names.find(text) if _names_something(mention)]
        dates = tuple(
            d for d in find_dates(text) if not any(m.start < d.end and d.start < m.end for m in mentions)
        )
        named = [(m.start, m.end) for m in mentions]
        counted = [found.span() for found in (*ORDINAL.finditer(text), *BARE_DATE.finditer(text))]
        rest = _blank(text, named + counted + [(d.start, d.end) for d in dates])
        chapters = tuple(cue for cue in self._cues.chapters if cue.pattern.search(folded))
        words = self._finder.english(rest) if language == "en" else self._finder.chinese(rest)
        terms = merge_terms((entity_term(m.entity, m.surface) for m in mentions), words)
        return Question(
            text=typed,
            language=language,
            kind=self._kind(folded, chapters),
            chapters=chapters,
            wanted=tuple(w for w in self._cues.wanted if w.pattern.search(folded)),
            units=tuple(u for u in self._cues.units if u.pattern.search(folded)),
            doc_types=tuple(d.doc_type for d in self._cues.documents if d.pattern.search(folded)),
            offices=tuple((m.entity, term) for m in mentions if (term := _office_term(text, m))),
            item=_item_number(text),
            item_term=next((name for name, pattern in ITEM_TERMS if pattern.search(text)), ""),
            terms=terms,
            entities=tuple(dict.fromkeys(m.entity for m in mentions)),
            dates=dates,
            ordinals=ordinals_in(_blank(text, named)),
            quoted=tuple(QUOTED.findall(text)),
            search_text=search_text(text if language == "zh" else "", terms),
            ours=bool(self._cues.ours.search(folded)),
            all_trips=bool(self._cues.all_trips.search(folded)),
            asks_before=bool(self._cues.asks_before.search(folded)),
            plans_ahead=bool(self._cues.plans_ahead.search(folded)),
            ahead_topic=_group(self._cues.ahead_topic, folded),
        )

    def _kind(self, folded: str, chapters: Sequence[ChapterCue]) -> Kind:
        for cue in self._cues.kinds:
            if cue.pattern.search(folded):
                return cue.kind
        return "chapter" if chapters else "fact"


def language_of(text: str) -> Language:
    """English where Latin words outnumber Chinese characters, else Chinese."""
    return "en" if len(LATIN_WORD.findall(text)) > len(CJK.findall(text)) else "zh"


def in_traditional(text: str) -> str:
    """A question typed in Simplified characters as names are written here, position by position."""
    converted = traditional(text)
    return converted if fold(text) == text.lower() and len(converted) == len(text) else text


def search_text(text: str, terms: Sequence[Term]) -> str:
    """What is sent to the search: the wording with the other spellings of its terms."""
    extra = [spelling for term in terms for spelling in _sent(term) if spelling not in text]
    return " ".join([text, *extra]).strip()


def _sent(term: Term) -> tuple[str, ...]:
    """The spellings of a term that are searched for: of names and translations many, of words few."""
    return term.alternatives[: NAME_SPELLINGS if term.exact or term.surface.isascii() else WORD_SPELLINGS]


def _names_something(mention: Mention) -> bool:
    return mention.entity.type != "concept" and mention.entity.name not in HOME_COUNTRY


def ordinals_in(text: str) -> tuple[int, ...]:
    """The editions that a text numbers: 第十屆, 10th."""
    values = (numeral(a or b) for a, b in ORDINAL.findall(text))
    return tuple(value for value in values if value)


def _office_term(text: str, mention: Mention) -> Term | None:
    """大田市長 as a term of its own: the mayor of that town and no other."""
    found = OFFICE.match(text, mention.end - (mention.surface[-1] in TOWN_ENDS))
    return Term(mention.surface, (plain(mention.surface.rstrip(TOWN_ENDS) + found[0]),)) if found else None


def _item_number(text: str) -> int | None:
    found = ITEM.search(text)
    return numeral(found[1]) if found else None


def _group(pattern: re.Pattern[str], folded: str) -> str:
    """What the first group that matches holds, in Traditional characters; empty where none does."""
    found = pattern.search(folded)
    return traditional(next((group for group in found.groups() if group), "")) if found else ""


def _blank(text: str, spans: Sequence[tuple[int, int]]) -> str:
    """`text` with blanks for the spans; 大田市長 keeps its 市長, which is more than the town."""
    letters = list(text)
    for start, end in spans:
        keep = (
            text[end - 1 : end] in TOWN_ENDS and text[end : end + 1] in TOWN_OFFICES and text[end : end + 1]
        )
        stop = end - 1 if keep else end
        letters[start:stop] = " " * (stop - start)
    return "".join(letters)
