"""The names in a sentence, in Chinese or English: known ones, people, offices, Latin words and quotations.

A name carries every way in which it may be written elsewhere, so that a short form, an alias or a surname
with a title can be looked for. Decides nothing.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Literal

from assistant.lexicon import Lexicon
from assistant.personal import PersonFinder
from assistant.quantities import spaced
from assistant.question import HOME_COUNTRY
from assistant.terms import FUNCTION, SURNAMES
from corpus.name_tables import Entity
from corpus.names import Mention, Names
from corpus.numerals import NUMERAL_CHARS
from corpus.people import find_people
from index.tokenise import Tokeniser, fold, traditional

Kind = Literal["known", "person", "surname", "office", "latin", "quote"]
KNOWN_TYPES = frozenset({"country", "city", "place", "organisation", "forum", "event", "agency"})
_TITLE_FILE = Path(__file__).parents[1] / "corpus" / "data" / "titles.txt"
_ROMANISED = Path(__file__).parent / "data" / "romanised_surnames.csv"
_LATIN = re.compile(r"[A-Za-zÀ-ɏ][A-Za-z0-9À-ɏ_.&'’-]*[A-Za-z0-9À-ɏ]|(?<![A-Za-z])[A-Z](?![A-Za-z])")
_CAPITAL = re.compile(r"(?<![\w'’-])[A-ZÀ-Þ][A-Za-zÀ-ɏ'’-]*")
_QUOTE = re.compile(r"[「『《〈“]([^」』》〉”]{3,120})[」』》〉”]")
_HAN = re.compile("[一-鿿]")
_OFFICE = fold(
    "委員會 基金會 協會 學會 公會 中心 公司 集團 大學 小學 國小 國中 聯盟 學校 局 署 處 科 課"
).split()
_ENDS_IN_OFFICE = re.compile(rf"[一-鿿]{{2,}}(?:{'|'.join(_OFFICE)})$")
_NO_OFFICE = re.compile(
    fold(
        "^[各該本此某何到好用多兩數幾一住近遠貴當結布郵分全這那]|[簽連部]署$|各局處|局處$|好處|用處|之處|百科|功課|上課|課程$"
    )
)
# These may be part of many names: what goes before them is what names them.
GENERIC_OFFICES = re.compile(fold("(?:中心|公司|集團|大學|聯盟|委員會|協會|學校|課|科|處)$"))
_NUMERALS = fold(NUMERAL_CHARS)
_NOUNS = ("n", "vn", "j", "l", "b")
_SURNAME_TITLE = "(?P<name>[{surnames}])(?P<title>{titles})"
_ACTS = (
    " ?(?:接待|說明|表示|簡報|陪同|負責|指出|認為|主持|介紹|提醒|報告|率|出席|致詞|示範|強調|坦言|坦承|播放)"
)
_FOREIGN = frozenset(fold("西大小中上下山田川村本松竹藤井原岡佐高鈴渡伊加吉池石森清坂岸崔朴金鄭姜尹瀨堀野宮"))
_LATIN_NAME = r"(?<![A-Za-zÀ-ɏ.&-])[A-ZÀ-Þ][A-Za-zÀ-ɏ'’-]+(?: [A-ZÀ-Þ][A-Za-zÀ-ɏ'’-]+){0,3}"
_LATIN_SPEAKER = re.compile(
    rf"[A-ZÀ-Þ][A-Za-zÀ-ɏ'’-]+(?: (?:[a-z]{{1,3}} )?[A-ZÀ-Þ][A-Za-zÀ-ɏ'’-]+){{1,3}}(?={_ACTS})"
)
_LATIN_TITLE = re.compile(r"^(?:mr|mrs|ms|dr|prof|professor|sir|st|no|vol)$")
_PLACE, _GOVERNMENT = re.compile("[市縣府州]$"), re.compile("[市縣]政?府$")
_GENERIC = frozenset(
    "affairs bureau department office ministry council committee centre center division".split()
)
_LONGEST_SHORT = 3


@dataclass(frozen=True)
class Named:
    """`text[start:end]` (= `surface`) names something; `spellings` are folded ways to write it.

    For a `surname` the spellings are the surnames that it may stand for.
    """

    kind: Kind
    surface: str
    spellings: tuple[str, ...]
    start: int
    end: int
    type: str = ""
    place: str = ""


class NameFinder:
    """Finds names with the tables that it is given."""

    def __init__(self, names: Names, lexicon: Lexicon, tokeniser: Tokeniser) -> None:
        self._names = names
        self._tokeniser = tokeniser
        self._lexicon = lexicon
        titles = sorted(all_titles(), key=len, reverse=True)
        pattern = _SURNAME_TITLE.format(surnames="".join(sorted(_surnames())), titles="|".join(titles))
        self._surname_title = re.compile(pattern)
        either = "|".join(titles)
        self._latin_titles = (
            re.compile(rf"(?P<name>{_LATIN_NAME})(?= ?(?:{either}))"),
            re.compile(rf"(?:{either}) ?(?P<name>{_LATIN_NAME})(?![A-Za-z])"),
        )
        self._persons = PersonFinder(tokeniser, all_titles())
        self._title_name = re.compile(rf"(?:{'|'.join(titles)}) ?(?P<name>[一-鿿]{{2,4}})(?={_ACTS})")

    def find(self, text: str, *, english: bool, people: Sequence[str] = ()) -> tuple[Named, ...]:
        """The names in a text, in order, each place once; `people` are known without a title beside them."""
        found: list[Named] = []
        guesses = [_chinese_quotes(text), self._capitals(text)] if english else self._chinese(text, people)
        sources = [self._known(text), *guesses]
        for source in sources:
            for name in source:
                if name.kind == "quote" or not _overlaps(name, found):
                    found.append(name)
        return tuple(sorted(found, key=lambda name: name.start))

    def _chinese(self, text: str, people: Sequence[str]) -> list[Iterator[Named]]:
        return [
            _given(text, people),
            self._people(text),
            self._after_titles(text),
            self._said_to_act(text),
            self._surnames(text),
            _latin(text),
            self._offices(text),
            _quotes(text),
        ]

    def _known(self, text: str) -> Iterator[Named]:
        for mention in self._names.find(text):
            if (
                mention.entity.type in KNOWN_TYPES
                and mention.entity.name not in HOME_COUNTRY
                and not _is_chance(text, mention)
            ):
                yield Named(
                    "known",
                    mention.surface,
                    spellings_of(mention.entity, mention.surface),
                    mention.start,
                    mention.end,
                    mention.entity.type,
                    mention.entity.place,
                )

    def _people(self, text: str) -> Iterator[Named]:
        for name in find_people(text):
            at = text.find(name)
            if at >= 0 and (name[0] < "一" or self._is_likely(name)):
                yield Named("person", name, (spaced(name),), at, at + len(name))

    def _is_likely(self, name: str) -> bool:
        """Whether a Chinese name is no piece of a sentence: 方建議, 任期長."""
        folded = fold(name)
        if FUNCTION.search(folded[1:]) or name[-1] in "長員":
            return False
        if len(name) <= _LONGEST_SHORT and folded[0] not in SURNAMES:
            return False
        words = self._tokeniser.segments(folded, guess=False)
        return not any(1 < len(word) < len(folded) or word == folded[1:] for word in words)

    def _after_titles(self, text: str) -> Iterator[Named]:
        """Names between a title and what its bearer does: 課長西村奈緒接待."""
        for found in _LATIN_SPEAKER.finditer(text):
            yield Named("person", found[0], (spaced(found[0]),), found.start(), found.end())
        for found in (one for pattern in self._latin_titles for one in pattern.finditer(text)):
            if not found["name"].isupper():
                start, end = found.span("name")
                yield Named("person", found["name"], (spaced(found["name"]),), start, end)
        for found in self._title_name.finditer(text):
            if FUNCTION.search(fold(found["name"])) or fold(found["name"])[0] not in SURNAMES | _FOREIGN:
                continue
            yield Named(
                "person", found["name"], (spaced(found["name"]),), found.start("name"), found.end("name")
            )

    def _said_to_act(self, text: str) -> Iterator[Named]:
        for at, name in self._persons.find(text):
            yield Named("person", name, (spaced(name),), at, at + len(name))

    def _surnames(self, text: str) -> Iterator[Named]:
        starts = {start for start, _, _ in self._words(text)}
        for found in self._surname_title.finditer(text):
            before = text[: found.start()].strip()
            if (found.start() in starts or not before) and not before.endswith("駐"):
                yield Named("surname", found[0], (fold(found["name"]),), found.start(), found.end())

    def _words(self, text: str) -> list[tuple[int, str, str]]:
        """The words of a text with the places at which they stand in it."""
        places = _places(text)
        found, at = [], 0
        for word, tag in self._tokeniser.tagged(spaced(text)):
            found.append((places[at] if at < len(places) else len(text), word, tag))
            at += sum(not char.isspace() for char in word)
        return found

    def _offices(self, text: str) -> Iterator[Named]:
        """Words that end like an office, and such endings with the noun before them."""
        words = self._words(text)
        for number, (start, word, tag) in enumerate(words):
            name = word
            if word in _OFFICE and number:
                start, before, tag = words[number - 1]
                name = before + word if len(before) > 1 and before[-1] not in _NUMERALS else ""
            if tag.startswith(_NOUNS) and _ENDS_IN_OFFICE.search(name) and not _NO_OFFICE.search(name):
                yield Named("office", traditional(name), (name,), start, start + len(name))

    def _capitals(self, text: str) -> Iterator[Named]:
        """English capitalised words that the lexicon does not know: names of people and places."""
        unknown = set(self._lexicon.unknown(text))
        for found in _CAPITAL.finditer(text):
            word = found[0].removesuffix("'s").removesuffix("’s")
            first = not text[: found.start()].strip(" \"“'‘") or text[: found.start()].rstrip()[-1:] in ".!?"
            if word not in unknown or word.lower() in _GENERIC or _LATIN_TITLE.match(word.lower()):
                continue
            surnames = _romanised().get(word.lower(), ())
            if surnames or not first:
                kind: Kind = "surname" if surnames else "latin"
                spellings = surnames or (spaced(word),)
                yield Named(kind, word, spellings, found.start(), found.start() + len(word))


def _is_chance(text: str, mention: Mention) -> bool:
    """Whether a short form is only part of a code (EY473) or an English word (most for MOST)."""
    surface = mention.surface
    if not surface.isascii() or " " in surface:
        return False
    after = text[mention.end : mention.end + 1]
    return (after.isascii() and after.isalnum()) or (
        surface.islower() and surface == mention.entity.abbr.lower()
    )


def _given(text: str, people: Sequence[str]) -> Iterator[Named]:
    for name in people:
        at = text.find(name)
        if at >= 0:
            yield Named("person", name, (spaced(name),), at, at + len(name))


def spellings_of(entity: Entity, surface: str) -> tuple[str, ...]:
    """Every folded way to write a known thing; a city also without 市."""
    spellings = [surface, *entity.surfaces]
    suffix = _PLACE if entity.type in ("city", "place", "country") else _GOVERNMENT
    spellings += [shorter for s in spellings if len(shorter := suffix.sub("", s)) > 1]
    return tuple(dict.fromkeys(spaced(s) for s in spellings if len(s) > 1))


def _latin(text: str) -> Iterator[Named]:
    for found in _LATIN.finditer(text):
        yield Named("latin", found[0], (spaced(found[0]),), found.start(), found.end())


def _places(text: str) -> list[int]:
    """Where the characters of `spaced(text)` stand in the text, those that are no spaces."""
    return [at for at, char in enumerate(text) if not char.isspace() and not _is_group(text, at)]


def _is_group(text: str, at: int) -> bool:
    """Whether the comma of 1,000 stands there, which folding leaves out."""
    return text[at] in ",，" and text[at - 1 : at].isdigit() and text[at + 1 : at + 4].isdigit()


def _quotes(text: str) -> Iterator[Named]:
    for found in _QUOTE.finditer(text):
        yield Named("quote", found[1], (spaced(found[1]),), found.start(1), found.end(1))


def _chinese_quotes(text: str) -> Iterator[Named]:
    """What an English sentence quotes in the passage's own words."""
    return (quote for quote in _quotes(text) if _HAN.search(quote.surface))


def _overlaps(name: Named, others: Iterable[Named]) -> bool:
    return any(name.start < other.end and other.start < name.end for other in others)


@cache
def all_titles() -> tuple[str, ...]:
    """The titles that may stand beside a name."""
    return tuple(_TITLE_FILE.read_text(encoding="utf-8").split())


@cache
def _surnames() -> frozenset[str]:
    path = Path(__file__).parent / "data" / "surnames.txt"
    return frozenset(path.read_text(encoding="utf-8").split())


@cache
def _romanised() -> dict[str, tuple[str, ...]]:
    """Latin spelling of a surname → the folded surnames that it may stand for."""
    with _ROMANISED.open(encoding="utf-8") as rows:
        return {row["latin"]: tuple(fold(row["chinese"]).split("|")) for row in csv.DictReader(rows)}
