"""The bilingual lexicon: Chinese terms for the English words of a question.

Rows live in `data/lexicon.csv` (english, chinese alternatives divided by |); a user adds
rows in a file of the same shape. An entry spelt like a stop word ("US", "May") matches only in
its own capitals. Matching is longest first with simple morphology. Knows nothing of searching.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from corpus.report import XindeError

DATA = Path(__file__).parent / "data"
BUILT_IN = DATA / "lexicon.csv"
STOP_WORDS = DATA / "english_stopwords.txt"
IRREGULARS = DATA / "english_irregulars.csv"
COLUMNS = ("english", "chinese")

# "didn't" is one word; the s of "mayor's" is none.
WORD = re.compile(r"(?<!\w['’](?=s\b))[A-Za-z0-9À-ɏ]+(?:['’]t\b)?")
VOWEL = re.compile("[aeiouy]")
# The first ending that fits and leaves a vowel is replaced.
ENDINGS = (
    ("ies", "y"),
    ("ied", "y"),
    ("sses", "ss"),
    ("xes", "x"),
    ("ches", "ch"),
    ("shes", "sh"),
    ("ss", "ss"),
    ("us", "us"),
    ("is", "is"),
    ("ings", ""),
    ("ing", ""),
    ("ed", ""),
    ("s", ""),
)
# British spelling, after the endings are gone.
SPELLINGS = (("isation", "ization"), ("our", "or"), ("is", "iz"))
SHORTEST_SPELLING = 6
SHORTEST_STEM = 3

Row = tuple[str, str]


class LexiconUnreadable(XindeError):
    """A lexicon file that cannot be used, with a sentence saying what to mend."""


@dataclass(frozen=True)
class Term:
    """An English word or phrase found at `start:end` of a text, and its Chinese terms, best first."""

    english: str
    chinese: tuple[str, ...]
    start: int
    end: int


@dataclass(frozen=True)
class Word:
    """One English word of a text, without a possessive ending."""

    surface: str
    folded: str
    start: int
    end: int


class Lexicon:
    """Rows (english, chinese) by the words of their English and by the stems of these words."""

    def __init__(self, rows: Iterable[Row], stop_words: frozenset[str], irregular: Mapping[str, str]) -> None:
        self._stop_words = stop_words
        self._irregular = irregular
        self._cased: dict[str, Row] = {}
        self._exact: dict[str, Row] = {}
        self._stems: dict[str, Row] = {}
        for row in rows:
            self._store(row)
        self._longest = max((key.count(" ") + 1 for key in self._exact), default=1)

    @classmethod
    def load(cls, extra: Path | None = None) -> Lexicon:
        """The built-in lexicon, with the rows of the user's file `extra` (where it exists) before it."""
        rows = {row[0].lower(): row for row in _read_table(BUILT_IN, COLUMNS)}
        if extra is not None and extra.is_file():
            rows |= {row[0].lower(): row for row in _read_table(extra, COLUMNS)}
        stop_words = frozenset(STOP_WORDS.read_text(encoding="utf-8").split())
        irregular = dict(_read_table(IRREGULARS, ("form", "base")))
        return cls(rows.values(), stop_words, irregular)

    def __len__(self) -> int:
        return len(self._exact) + len(self._cased)

    def translate(self, text: str) -> tuple[Term, ...]:
        """Every entry found in `text`, longest match first, in the order of the text."""
        return tuple(
            Term(row[0], _alternatives(row[1]), words[0].start, words[-1].end)
            for words, row in self._scan(text)
            if row is not None
        )

    def is_stop_word(self, word: str) -> bool:
        """Whether a folded English word says nothing by itself."""
        return word in self._stop_words

    def unknown(self, text: str) -> tuple[str, ...]:
        """The words of `text` that have no entry, are no stop words and no bare numbers, as written."""
        found = (
            word.surface
            for words, row in self._scan(text)
            for word in words
            if row is None and word.folded not in self._stop_words and not word.folded.isdecimal()
        )
        return tuple(dict.fromkeys(found))

    def _store(self, row: Row) -> None:
        words = WORD.findall(row[0])
        if not words or not _alternatives(row[1]):
            return
        key = " ".join(words)
        folded = key.lower()
        if folded in self._stop_words:
            self._cased[key] = row
            return
        self._exact[folded] = row
        stems = self._stem_all(folded.split())
        known = self._stems.get(stems)
        # "house" rather than "housing" answers for "houses": the shorter entry is the base form.
        if known is None or len(row[0]) < len(known[0]):
            self._stems[stems] = row

    def _scan(self, text: str) -> Iterator[tuple[tuple[Word, ...], Row | None]]:
        words = find_words(text)
        at = 0
        while at < len(words):
            length, row = self._longest_at(words[at : at + self._longest])
            yield words[at : at + length], row
            at += length

    def _longest_at(self, words: tuple[Word, ...]) -> tuple[int, Row | None]:
        """How many of `words` the longest entry at their beginning takes, and its row."""
        for length in range(len(words), 0, -1):
            row = self._lookup(words[:length])
            if row is not None:
                return length, row
        return 1, None

    def _lookup(self, words: tuple[Word, ...]) -> Row | None:
        cased = self._cased.get(words[0].surface) if len(words) == 1 else None
        if cased is not None:
            return cased
        folded = [word.folded for word in words]
        exact = self._exact.get(" ".join(folded))
        if exact is not None:
            return exact
        if len(folded) == 1 and folded[0] in self._stop_words:
            return None
        return self._stems.get(self._stem_all(folded))

    def _stem_all(self, words: list[str]) -> str:
        return " ".join([stem(self._irregular.get(word, word)) for word in words])


def find_words(text: str) -> tuple[Word, ...]:
    """The runs of Latin letters and digits in `text`; "city-to-city" is three words."""
    return tuple(
        Word(match.group(), match.group().lower().replace("’", "'"), match.start(), match.end())
        for match in WORD.finditer(text)
    )


@lru_cache(maxsize=16384)
def stem(word: str) -> str:
    """`word` without plural, -ing, -ed, doubled consonant and final e: the same for all forms of a verb."""
    if word[-1] in "sgd":
        word = _without_ending(word)
    if len(word) > SHORTEST_STEM and word[-1] == word[-2] and word[-1] not in "aeious":
        word = word[:-1]
    if len(word) > SHORTEST_STEM and word[-1] == "e":
        word = word[:-1]
    if len(word) >= SHORTEST_SPELLING:
        word = _american(word)
    return word


def _without_ending(word: str) -> str:
    for ending, instead in ENDINGS:
        rest = word[: len(word) - len(ending)]
        if word.endswith(ending) and len(rest + instead) >= SHORTEST_STEM and VOWEL.search(rest):
            return rest + instead
    return word


def _american(word: str) -> str:
    for british, american in SPELLINGS:
        if word.endswith(british):
            return word[: len(word) - len(british)] + american
    return word


def _alternatives(chinese: str) -> tuple[str, ...]:
    return tuple(term for part in chinese.split("|") if (term := part.strip()))


def _read_table(path: Path, columns: tuple[str, str]) -> Iterator[Row]:
    try:
        lines = path.read_text(encoding="utf-8-sig").splitlines()
    except (OSError, UnicodeDecodeError) as exc:
        raise LexiconUnreadable(
            f"詞彙表「{path}」無法讀取：應為 UTF-8 編碼的 CSV 檔，請另存後再試。"
        ) from exc
    reader = csv.reader(lines)
    header = [cell.strip().lower() for cell in next(reader, [])]
    if any(name not in header for name in columns):
        wanted = ",".join(columns)
        raise LexiconUnreadable(f"詞彙表「{path}」缺少欄位：第一列應為 {wanted}，請補上欄名後再試。")
    first, second = (header.index(name) for name in columns)
    for row in reader:
        if len(row) > max(first, second):
            yield row[first].strip(), row[second].strip()
