"""The names in a sentence, in Chinese or English: known ones, people, offices, Latin words and quotations.

A name carries every way in which it may be written elsewhere, so that a short form, an alias or a surname
with a title can be looked for. Decides nothing.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Literal

from assistant.lexicon import Lexicon
from assistant.quantities import spaced
from assistant.terms import FUNCTION, SURNAMES
from corpus.name_tables import Entity
from corpus.names import Names
from corpus.people import find_people
from index.tokenise import fold

Kind = Literal["known", "person", "surname", "office", "latin", "quote"]
KNOWN_TYPES = frozenset({"country", "city", "place", "organisation", "forum", "event", "agency", "programme"})
HOME = frozenset({"臺灣", "中華民國"})
_TITLE_FILE = Path(__file__).parents[1] / "corpus" / "data" / "titles.txt"
_ROMANISED = Path(__file__).parent / "data" / "romanised_surnames.csv"
_LATIN = re.compile(r"[A-Za-zÀ-ɏ][\w.&'’À-ɏ-]*[A-Za-z0-9À-ɏ]|(?<![A-Za-z])[A-Z](?![A-Za-z])")
_CAPITAL = re.compile(r"(?<![\w'’-])[A-ZÀ-Þ][\w'’À-ɏ-]*")
_QUOTE = re.compile(r"[「『《〈“]([^」』》〉”]{3,40})[」』》〉”]")
_OFFICE = re.compile(
    r"(?<=[一-鿿]{2})(?:局(?![長勢面部限])|署(?![長名])|處(?![長理於置境罰分所在])|科(?![長技學員目室])"
    r"|委員會|基金會|協會|學會|公會|研考會|中心(?!主管|的)|公司|集團|大學|小學|國小|國中|聯盟(?!的?會員))"
)
_NO_OFFICE = frozenset(
    "各局 分局 當局 結局 布局 佈局 郵局 到處 何處 好處 用處 某處 該處 此處 各處 多處 兩處 數處 幾處 一處 "
    "住處 近處 遠處 局處 本科 百科 外科 內科 該局 本局 貴局 本處 教科 專科".split()
)
_NUMERAL = re.compile(r"[\d一二兩三四五六七八九十百千萬幾數第每各該本此等]")
_SURNAME_TITLE = "(?<![一-鿿]{{2}}[一-鿿])(?P<name>[{surnames}])(?P<title>{titles})"
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


class NameFinder:
    """Finds names with the tables that it is given."""

    def __init__(self, names: Names, lexicon: Lexicon) -> None:
        self._names = names
        self._lexicon = lexicon
        titles = sorted(_titles(), key=len, reverse=True)
        pattern = _SURNAME_TITLE.format(surnames="".join(sorted(_surnames())), titles="|".join(titles))
        self._surname_title = re.compile(pattern)

    def find(self, text: str, *, english: bool) -> tuple[Named, ...]:
        """The names in a text, in order, each place once; a known name goes before a guess."""
        found: list[Named] = []
        sources = [self._known(text), self._capitals(text)] if english else [
            self._known(text), self._people(text), self._surnames(text), _latin(text), _offices(text),
            _quotes(text)]  # fmt: skip
        for source in sources:
            for name in source:
                if name.kind == "quote" or not _overlaps(name, found):
                    found.append(name)
        return tuple(sorted(found, key=lambda name: name.start))

    def _known(self, text: str) -> Iterator[Named]:
        for mention in self._names.find(text):
            if mention.entity.type in KNOWN_TYPES and mention.entity.name not in HOME:
                yield Named(
                    "known",
                    mention.surface,
                    spellings_of(mention.entity, mention.surface),
                    mention.start,
                    mention.end,
                    mention.entity.type,
                )

    def _people(self, text: str) -> Iterator[Named]:
        for name in find_people(text):
            at = text.find(name)
            if at < 0 or (not name.isascii() and (FUNCTION.search(fold(name[1:])) or name[-1] in "長員")):
                continue
            if "一" <= name[0] <= "鿿" and len(name) <= _LONGEST_SHORT and fold(name[0]) not in SURNAMES:
                continue
            yield Named("person", name, (spaced(name),), at, at + len(name))

    def _surnames(self, text: str) -> Iterator[Named]:
        for found in self._surname_title.finditer(text):
            yield Named("surname", found[0], (fold(found["name"]),), found.start(), found.end())

    def _capitals(self, text: str) -> Iterator[Named]:
        """English capitalised words that the lexicon does not know: names of people and places."""
        unknown = set(self._lexicon.unknown(text))
        for found in _CAPITAL.finditer(text):
            word = found[0].removesuffix("'s").removesuffix("’s")
            first = not text[: found.start()].strip(" \"“'‘") or text[: found.start()].rstrip()[-1:] in ".!?"
            surnames = _romanised().get(word.lower(), ())
            if (
                word.lower() in _GENERIC
                or _LATIN_TITLE.match(word.lower())
                or (first and word in unknown and not surnames)
            ):
                continue
            if word in unknown or (surnames and not first):
                kind: Kind = "surname" if surnames else "latin"
                spellings = surnames or (spaced(word),)
                yield Named(kind, word, spellings, found.start(), found.start() + len(word))


def spellings_of(entity: Entity, surface: str) -> tuple[str, ...]:
    """Every folded way to write a known thing; a city also without 市."""
    spellings = [surface, *entity.surfaces]
    suffix = _PLACE if entity.type in ("city", "place", "country") else _GOVERNMENT
    spellings += [shorter for s in spellings if len(shorter := suffix.sub("", s)) > 1]
    return tuple(dict.fromkeys(spaced(s) for s in spellings if len(s) > 1))


def _latin(text: str) -> Iterator[Named]:
    for found in _LATIN.finditer(text):
        yield Named("latin", found[0], (spaced(found[0]),), found.start(), found.end())


def _offices(text: str) -> Iterator[Named]:
    for found in _OFFICE.finditer(text):
        start = found.start() - 2
        name = text[start : found.end()]
        core = text[start : found.start()]
        if name[1:3] in _NO_OFFICE or _NUMERAL.search(core) or FUNCTION.search(fold(core)):
            continue
        yield Named("office", name, (spaced(name),), start, found.end())


def _quotes(text: str) -> Iterator[Named]:
    for found in _QUOTE.finditer(text):
        yield Named("quote", found[1], (spaced(found[1]),), found.start(1), found.end(1))


def _overlaps(name: Named, others: Iterable[Named]) -> bool:
    return any(name.start < other.end and other.start < name.end for other in others)


@cache
def _titles() -> tuple[str, ...]:
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
