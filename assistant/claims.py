"""What a text says, taken apart clause by clause: quantities, days, names and content words.

The same is read from a sentence that is to be checked and from the passages that it cites, so that both can
be compared in one form. Decides nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from assistant.lexicon import Lexicon
from assistant.named import Named, NameFinder
from assistant.quantities import Quantity, find_quantities, spaced
from assistant.synonyms import Synonyms
from assistant.terms import SLIGHT
from corpus.dates import DateSpan, find_dates
from index.tokenise import Tokeniser
from index.word_weights import WordWeights

HEAVIEST = 9.0
_BREAK = re.compile(
    r"[；。！？：\n]|(?<!的)，|(?<=的)，(?!就?是)|(?<=[\d%％成元人戶團件])、(?=[^\d、，。]{2,12}\d)|[,;:!?](?!\d)|\.(?=\s|$)"
    r"|(?<=[a-z]) (?=(?:while|whereas|because|but|although) )"
)
_SHARE = re.compile(r"(?<![\d./])\d{1,2}/\d{1,3}(?![\d/])")
_SHARE_BEFORE = re.compile(r"(?:的|有|約|占|佔|達|為|到|僅|剩)\s?$")
_BARE_YEAR = re.compile(r"(?<![\d.,/])(?:19|20)\d\d(?![\d/%]|\.\d)")
_ROC_YEAR = re.compile(r"(?<![\d.,/])(1[0-4]\d)(?=\s?[和與及、至到~～–-]\s?1\d\d\s?年)")
_QUOTED = re.compile(r"[「『“][^」』”]*[」』”]")
_HAN = re.compile(r"[一-鿿]{2,}")
# Lone characters of other classes are grammar, or pieces of foreign letters.
_SINGLE = ("v", "a", "n")


@dataclass(frozen=True)
class Word:
    """A content word, folded, with all words that mean the same; `at` is its place in an English clause.

    `tag` is its word class, as far as the dictionary knows it.
    """

    text: str
    weight: float
    spellings: tuple[str, ...]
    at: int = field(default=0, compare=False)
    tag: str = field(default="", compare=False)


@dataclass(frozen=True)
class Clause:
    """One clause: `text[start:end]` of what was read, with what it says."""

    text: str
    start: int
    end: int
    folded: str
    words: tuple[Word, ...]
    quantities: tuple[Quantity, ...]
    dates: tuple[DateSpan, ...]
    years: frozenset[int]
    names: tuple[Named, ...]


@dataclass(frozen=True)
class Claims:
    """A text with its clauses; `folded` is the whole of it."""

    text: str
    folded: str
    english: bool
    clauses: tuple[Clause, ...]

    @property
    def words(self) -> tuple[Word, ...]:
        """The content words of all clauses, in order."""
        return tuple(word for clause in self.clauses for word in clause.words)

    @property
    def names(self) -> tuple[Named, ...]:
        """The names of all clauses."""
        return tuple(name for clause in self.clauses for name in clause.names)

    @property
    def quantities(self) -> tuple[Quantity, ...]:
        """The quantities of all clauses."""
        return tuple(quantity for clause in self.clauses for quantity in clause.quantities)

    @property
    def dates(self) -> tuple[DateSpan, ...]:
        """The dates of all clauses."""
        return tuple(day for clause in self.clauses for day in clause.dates)

    @property
    def years(self) -> frozenset[int]:
        """The years that stand by themselves in any clause."""
        return frozenset(year for clause in self.clauses for year in clause.years)


class ClaimReader:
    """Reads claims with the tables that it is given."""

    def __init__(
        self,
        names: NameFinder,
        tokeniser: Tokeniser,
        weights: WordWeights,
        synonyms: Synonyms,
        lexicon: Lexicon,
    ) -> None:
        self._names = names
        self._tokeniser = tokeniser
        self._weights = weights
        self._synonyms = synonyms
        self._lexicon = lexicon

    def read(self, text: str, *, year: int | None = None, people: Sequence[str] = ()) -> Claims:
        """The claims of a text; `year` completes dates written without one, `people` are known by name."""
        english = is_english(text)
        named = self._names.find(text, english=english, people=people)
        clauses = tuple(self._clause(text, span, named, english, year) for span in _spans(text))
        return Claims(text, spaced(text), english, clauses)

    def _clause(
        self, text: str, span: tuple[int, int], named: tuple[Named, ...], english: bool, year: int | None
    ) -> Clause:
        start, end = span
        own = text[start:end]
        dates = tuple(
            day for day in find_dates(own.replace("每年", "每。"), year=year) if not _is_share(own, day)
        )
        rest = _blank(own, [(day.start, day.end) for day in dates])
        years = {int(bare[0]) for bare in _BARE_YEAR.finditer(rest)}
        years |= {int(roc[1]) + 1911 for roc in _ROC_YEAR.finditer(own)}
        spans = [one.span() for pattern in (_ROC_YEAR, _BARE_YEAR) for one in pattern.finditer(own)]
        names = tuple(name for name in named if name.start < end and start < name.end)
        spans += [(max(0, n.start - start), n.end - start) for n in names if n.kind != "quote"]
        return Clause(
            text=own,
            start=start,
            end=end,
            folded=spaced(own),
            words=tuple(self._words(own) if english else self._chinese(rest)),
            quantities=find_quantities(_blank(rest, spans)),
            dates=dates,
            years=frozenset(years),
            names=names,
        )

    def _words(self, text: str) -> Iterator[Word]:
        """The words of an English clause, and those that it quotes in Chinese."""
        yield from self._english(text)
        for quoted in _HAN.findall(text):
            yield from self._chinese(quoted)

    def _chinese(self, text: str) -> Iterator[Word]:
        for word, tag in dict.fromkeys(self._tokeniser.tagged(spaced(text))):
            if not word[:1].isalpha() or word.isascii() or tag == "m" or word in self._tokeniser.stopwords:
                continue
            if len(word) == 1 and (word in SLIGHT or not tag.startswith(_SINGLE)):
                continue
            weight = min(HEAVIEST, self._weights.of(word))
            yield Word(word, weight, self._synonyms.of(word), tag=tag)

    def _english(self, text: str) -> Iterator[Word]:
        for term in dict.fromkeys(self._lexicon.translate(text)):
            spellings = [spelling for word in term.chinese for spelling in self._synonyms.of(spaced(word))]
            first = spaced(term.chinese[0])
            weight = min(HEAVIEST, self._weights.of(first))
            tag = next((tag for _, tag in self._tokeniser.tagged(first)), "")
            yield Word(first, weight, tuple(dict.fromkeys(spellings)), term.start, tag)


def is_english(text: str) -> bool:
    """Whether a sentence is in English rather than in Chinese, whatever it quotes."""
    text = _QUOTED.sub("", text)
    latin = len(re.findall(r"[A-Za-z]{2,}", text))
    return latin > len(re.findall(r"[一-鿿]", text))


def _spans(text: str) -> Iterator[tuple[int, int]]:
    """The clauses: what stands between commas, stops and line ends."""
    start = 0
    for found in [*_BREAK.finditer(text), None]:
        end = found.start() if found else len(text)
        if text[start:end].strip():
            yield start, end
        start = found.end() if found else end


def _is_share(text: str, day: DateSpan) -> bool:
    """Whether what looks like a day is a fraction: 只有對照組的 1/3."""
    return bool(_SHARE.fullmatch(text[day.start : day.end]) and _SHARE_BEFORE.search(text[: day.start]))


def _blank(text: str, spans: list[tuple[int, int]]) -> str:
    letters = list(text)
    for start, end in spans:
        letters[start:end] = "。" * (min(end, len(letters)) - start)
    return "".join(letters)


def days_agree(said: DateSpan, known: DateSpan) -> bool:
    """Whether a date that was said lies within a known one of the same fineness; a range must be the same."""
    if said.precision == "year":
        return known.first.year <= said.first.year <= known.last.year
    if said.precision == "month":
        return (known.first.year, known.first.month) <= (said.first.year, said.first.month) <= (
            known.last.year, known.last.month)  # fmt: skip
    if said.first != said.last:
        return (said.first, said.last) == (known.first, known.last)
    return known.precision == "day" and known.first <= said.first <= known.last
