"""Chinese text becomes index tokens: folding, words and character pairs.

Folding makes one spelling of many (width, case, Traditional and Simplified, 臺 and 台) and happens
in tokens only, never in stored text. Sole importer of rjieba and opencc. Knows nothing of passages,
indexes or questions beyond the list of words that carry no meaning in a query.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from functools import cache
from importlib.resources.abc import Traversable
from operator import add
from pathlib import Path
from typing import Any

DATA = Path(__file__).parent / "data"
# The index fields, and how much a match in each counts: words say more than pairs of characters.
FIELD_WEIGHTS = {"words": 1.0, "grams": 0.5}
FIELDS = tuple(FIELD_WEIGHTS)

CJK = "\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
_CJK_RUN = re.compile(f"[{CJK}]+")
_NOUN_TAGS = frozenset("nxjsqt") | {"e"}
_DIGIT_GROUP = re.compile(r"(?<=\d),(?=\d{3}(?!\d))")
_LATIN_PART = re.compile(r"[^\W\d_]+|\d+")
# Begins with the digit: most texts have more letters than figures.
_LETTER_BY_DIGIT = re.compile(r"\d(?:[a-z]|(?<=[a-z]\d))")
_MIXED = re.compile(r"^(?=.*[a-z])(?=.*\d)[a-z0-9]+$")
# Marks and variants that are changed one by one, which is several times as fast as asking Unicode for
# all of a text: most Chinese text is normal once its punctuation is.
_MARKS = (("，", ","), ("：", ":"), ("（", "("), ("）", ")"), ("！", "!"), ("？", "?"), ("；", ";"))
# Variants that OpenCC leaves apart because each is correct somewhere.
_VARIANTS = (("着", "著"), ("峯", "峰"), ("喫", "吃"), ("佔", "占"), ("祕", "秘"), ("卽", "即"), ("綫", "线"))


@cache
def _converter(name: str) -> Any:
    from opencc import OpenCC

    return OpenCC(name)


def simplify(text: str) -> str:
    """`text` in Simplified characters."""
    return str(_converter("t2s").convert(text))


def taiwanise(text: str) -> str:
    """Simplified `text` in Traditional characters with Taiwan's words (软件 becomes 軟體)."""
    return str(_converter("s2twp").convert(text))


def traditional(text: str) -> str:
    """Simplified `text` in Traditional characters, word for word."""
    return str(_converter("s2tw").convert(text))


def fold(text: str) -> str:
    """One spelling for all ways to write the same text; for comparison, never for showing."""
    if not text.isascii():
        for mark, plain in _MARKS:
            text = text.replace(mark, plain)
        if not unicodedata.is_normalized("NFKC", text):
            text = unicodedata.normalize("NFKC", text)
        for variant, usual in _VARIANTS:
            text = text.replace(variant, usual)
        text = simplify(text)
    text = text.lower()
    return _DIGIT_GROUP.sub("", text) if "," in text else text


def bigrams(folded: str) -> list[str]:
    """Pairs of neighbouring Chinese characters; a lone character stands for itself."""
    pairs: list[str] = []
    for run in _CJK_RUN.findall(folded):
        if len(run) == 1:
            pairs.append(run)
        else:
            pairs.extend(map(add, run, run[1:]))
    return pairs


def read_lines(path: Traversable) -> Iterator[str]:
    """The lines of a table of words on which something stands; `#` starts a comment."""
    for line in path.read_text(encoding="utf-8-sig").splitlines():
        if said := line.split("#")[0].strip():
            yield said


def read_words(path: Traversable) -> tuple[str, ...]:
    """The words of such a table, folded, in its order."""
    return tuple(fold(word) for line in read_lines(path) for word in line.split())


class Tokeniser:
    """Cuts folded text into words with one dictionary; `open` reads it."""

    def __init__(self, jieba: Any, stopwords: frozenset[str]) -> None:
        self._jieba = jieba
        self.stopwords = stopwords
        phrases = sorted((w for w in stopwords if len(w) > 1 and not w.isascii()), key=len, reverse=True)
        self._asking = re.compile("|".join(map(re.escape, phrases)) or r"(?!)")

    @classmethod
    def open(cls, folder: Path = DATA) -> Tokeniser:
        """The tokeniser with the project's user dictionary and stop words."""
        import rjieba

        jieba = rjieba.Jieba()
        for word in read_lines(folder / "userdict.txt"):
            jieba.add_word(fold(word), 20_000, "n")
        return cls(jieba, frozenset(fold(word) for word in read_lines(folder / "stopwords.txt")))

    def words(self, text: str) -> list[str]:
        """The words of `text` in reading order, long words also with their parts."""
        return self._cut(fold(text))

    def fields(self, text: str) -> dict[str, list[str]]:
        """The index tokens of a passage, by index field (`FIELDS`)."""
        folded = fold(text)
        return {"words": self._cut(folded), "grams": bigrams(folded)}

    def tokens(self, text: str) -> list[str]:
        """All index tokens of a passage in one list."""
        fields = self.fields(text)
        return fields["words"] + fields["grams"]

    def segments(self, folded: str, *, guess: bool = True) -> list[str]:
        """The words of folded text once each place: long words without their parts.

        With `guess` unknown neighbours are joined to likely words, as names are; without, only the
        dictionary is believed.
        """
        return [word for word in self._jieba.cut(folded, guess) if word[:1].isalnum()]

    def tagged(self, folded: str) -> list[tuple[str, str]]:
        """All of the folded text word by word, each with the dictionary's or the guesser's word class."""
        return list(self._jieba.tag(folded, True))

    def is_noun(self, word: str) -> bool:
        """Whether the folded word is a noun or name by its last part; unknown words count as such."""
        tags = [tag for _, tag in self._jieba.tag(word, False)]
        return not tags or tags[-1][:1] in _NOUN_TAGS or tags[-1] == "vn"

    def query_fields(self, text: str) -> dict[str, list[str]]:
        """The tokens of a query by index field, without what only makes it a question."""
        folded = fold(text)
        asked = self._asking.sub("\n", folded)
        words = [word for word in self._cut(asked, numbers=False) if word not in self.stopwords]
        if not words:
            return {"words": self._cut(folded), "grams": bigrams(folded)}
        kept = ("\n" if word in self.stopwords else word for word in self._jieba.cut(asked))
        return {"words": words, "grams": bigrams("".join(kept))}

    def query_tokens(self, text: str) -> list[str]:
        """All tokens of a query in one list."""
        fields = self.query_fields(text)
        return fields["words"] + fields["grams"]

    def _cut(self, folded: str, *, numbers: bool = True) -> list[str]:
        """Words of `folded`; WUF10 also gives WUF and, where `numbers` are wanted, 10."""
        words = [word for word in self._jieba.cut_for_search(folded) if len(word) > 1 or word.isalnum()]
        if _LETTER_BY_DIGIT.search(folded):
            parts = (part for word in words if _MIXED.match(word) for part in _LATIN_PART.findall(word))
            words += [part for part in parts if numbers or not part.isdigit()]
        return words
