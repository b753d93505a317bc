"""The terms of a question: the words and names that an answer has to speak to.

From wording to `Term` values, in Chinese by dictionary and surname, in English by the lexicon.
Knows no archive and no passage.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path

from assistant.cues import Cues
from assistant.lexicon import Lexicon
from assistant.synonyms import Synonyms
from corpus.names import Entity
from corpus.numerals import NUMERAL_CHARS
from index.tokenise import Tokeniser, fold

CODE = re.compile(r"(?=.*\d)[a-z0-9][a-z0-9.:/-]*|[a-z]+")
SMALL_NUMBER = re.compile(r"\d{1,2}")
SPACE = re.compile(
    r"(?<![a-z0-9])\s+|\s+(?![a-z0-9])|(?<=\d)\s+(?=\d)|(?<=[a-z])\s+(?=\d)|(?<=\d)\s+(?=[a-z])"
)
SURNAMES = frozenset(
    fold((Path(__file__).parent / "data" / "surnames.txt").read_text(encoding="utf-8")).split()
)
TITLES = (
    "市長 處長 局長 部長 院長 署長 縣長 區長 秘書長 主任秘書 主任 議員 "
    "總統 總理 知事 教授 博士 先生 女士 夫人"
)
OFFICIAL = re.compile(
    f"[{''.join(sorted(SURNAMES))}]" + fold(f"(?:[一-鿿]{{2}})?副?(?:{TITLES.replace(' ', '|')})")
)
ASKED = re.compile(
    fold(r"([一-鿿]{2,6})(?:分別|各)?(?:是|為)(?:什麼|多少|哪|幾|何)|(?:送|收|給|頒)了?什麼([一-鿿]{2,8})")
)
COUNTS = re.compile(fold(r"(?:幾|多少)[個隻頭輛家座棟間位名件篇份棵株艘架條組]([一-鿿]{2,3})"))
ENGLISH_OFFICIAL = re.compile(r"(?:Mayor|Director|Governor|President|Minister|Commissioner|Councillor) [A-Z]")
ENGLISH_NAME = re.compile(r"[A-Z][\w'-]*(?: (?:of|the|and|for)(?= [A-Z])| [A-Z][\w'-]*)+")
COUNTED = re.compile(fold(r"[一二兩三四五六七八九十幾第那這哪每各][一-鿿]{1,2}"))
NAME_LENGTHS = (2, 3)
SHORTEST_FOREIGN = 3
NUMERALS = re.compile(f"[{fold(NUMERAL_CHARS)}]")
# A likely word that holds one of these is a chance neighbourhood, not a word.
FUNCTION = re.compile(
    fold(
        "[了的過那這叫是有在去來到先回比被把給跟和與由從對於也都就才還又很最更不沒會能可要想說講看問提用讓做得著嗎呢吧幾多哪誰何每各兩個位次]"
    )
)
SLIGHT = frozenset(
    fold(
        "人市處程座年月日國家位次場屆份項點時事會團行中上下內外前後裡者方面度種類名個天號間"
        "當本該全各每某此今日期縣區州府局部院所署長"
    )
)


@dataclass(frozen=True)
class Term:
    """One thing the question is about: `alternatives` are folded spellings, any of which meets it.

    `exact` marks names, codes and figures, for which nothing similar will do; `entity` is set
    where the term came from a known name; `head` marks what the question asks for by name (年費 in
    「年費是多少」), which the evidence must have. A verb says less than a noun (`is_noun`).
    A phrase of two words (`is_phrase`) helps to rank and is never required.
    """

    surface: str
    alternatives: tuple[str, ...]
    exact: bool = False
    entity: Entity | None = None
    head: bool = False
    is_noun: bool = True
    is_phrase: bool = False


def plain(text: str) -> str:
    """Folded text without the spaces that mean nothing: those beside a Chinese character or a figure."""
    return SPACE.sub("", fold(text))


def entity_term(entity: Entity, surface: str) -> Term:
    """The term of a known name: every spelling meets it; one edition or place is not another."""
    spellings = (surface, entity.name, entity.abbr, entity.english, *entity.aliases)
    alternatives = tuple(dict.fromkeys(plain(s) for s in spellings if len(s) > 1))
    return Term(surface, alternatives, exact=True, entity=entity)


def exact_term(surface: str, *spellings: str) -> Term:
    """A term that only these spellings meet."""
    return Term(surface, tuple(dict.fromkeys(plain(s) for s in (surface, *spellings))), exact=True)


def written(word: str, text: str) -> str:
    """A folded word as it stands in the text, to be shown; the folded word where it cannot be placed."""
    folded = fold(text)
    start = folded.find(word)
    return text[start : start + len(word)] if start >= 0 and len(folded) == len(text) else word


def merge_terms(*groups: Iterable[Term]) -> tuple[Term, ...]:
    """The terms of all groups, each once."""
    return tuple({term.alternatives: term for group in groups for term in group}.values())


class TermFinder:
    """Finds the terms in the part of a question that is no known name."""

    def __init__(self, lexicon: Lexicon, synonyms: Synonyms, tokeniser: Tokeniser, cues: Cues) -> None:
        self._lexicon = lexicon
        self._synonyms = synonyms
        self._tokeniser = tokeniser
        self._patterns = [c.pattern for c in cues.chapters] + [c.pattern for c in cues.units]
        self._patterns += [wanted.pattern for wanted in cues.wanted if not wanted.keep]
        self._kinds = [wanted.pattern for wanted in cues.wanted]

    def chinese(self, rest: str) -> tuple[Term, ...]:
        """Dictionary words, codes and likely names of people."""
        whole = fold(rest)
        officials = [found[0] for found in OFFICIAL.finditer(whole)]
        for name in officials:
            whole = whole.replace(name, " " * len(name))
        heads = _heads(whole, self._kinds)
        folded = whole
        for pattern in self._patterns:
            folded = _blank_all(pattern, folded)
        sure = self._tokeniser.segments(folded, guess=False)
        foreign = _foreign_names(sure, folded)
        for name in foreign:
            folded = folded.replace(name, " " * len(name))
        sure = self._tokeniser.segments(folded, guess=False) if foreign else sure
        guessed = [word for word in self._tokeniser.segments(folded) if word not in sure]
        guessed = [word for word in guessed if not FUNCTION.search(word)]
        names = [word for word in guessed if len(word) in NAME_LENGTHS and word[0] in SURNAMES]
        sure += [word for word in guessed if word not in names]
        words = [word for word in sure if self._is_telling(word)]
        return tuple(
            [self._word(word, heads, written(word, rest)) for word in words]
            + [Term(written(name, rest), (name,), exact=True) for name in officials]
            + [Term(written(name, rest), (name,), head=True) for name in foreign]
            + [Term(written(name, rest), (name,)) for name in names]
            + [Term(pair, (pair,), is_noun=False, is_phrase=True) for pair in _phrases(words, folded)]
        )

    def english(self, rest: str) -> tuple[Term, ...]:
        """Lexicon words with their Chinese terms, and the words that the lexicon lacks."""
        blanked = rest
        for pattern in self._patterns:
            blanked = _blank_all(pattern, blanked)
        known = tuple(
            Term(
                term.english,
                self._chinese_of(term.chinese, term.english),
                exact=bool(ENGLISH_OFFICIAL.match(rest[term.start : term.end])),
                is_noun=self._tokeniser.is_noun(fold(term.chinese[0])),
            )
            for term in self._lexicon.translate(blanked)
        )
        described = self._described(rest)
        unknown = tuple(
            Term(word, (fold(word),), exact=name, is_noun=name)
            for word in self._lexicon.unknown(blanked)
            if len(word) > 1
            for name in [_is_name(word) and word not in described]
        )
        return known + unknown

    def _described(self, text: str) -> frozenset[str]:
        """Words of names that say what they name (Loop Road): in Chinese they are translated, not kept."""
        runs = [found[0] for found in ENGLISH_NAME.finditer(text)]
        known = [run for run in runs if self._lexicon.translate(run) and not ENGLISH_OFFICIAL.match(run)]
        return frozenset(word for run in known for word in run.split())

    def _chinese_of(self, chinese: Sequence[str], english: str) -> tuple[str, ...]:
        spellings = [spelling for word in chinese for spelling in self._synonyms.of(fold(word))]
        return tuple(dict.fromkeys([*spellings, fold(english)]))

    def _word(self, word: str, heads: tuple[str, ...], surface: str) -> Term:
        if CODE.fullmatch(word) and not SMALL_NUMBER.fullmatch(word):
            return exact_term(surface)
        is_head = not COUNTED.fullmatch(word) and any(head.endswith(word) for head in heads)
        return Term(surface, self._synonyms.of(word), head=is_head, is_noun=self._tokeniser.is_noun(word))

    def _is_telling(self, word: str) -> bool:
        if word in self._tokeniser.stopwords or self._lexicon.is_stop_word(word):
            return False
        return len(word) > 1 or word.isdigit() or (word not in SLIGHT and self._tokeniser.is_noun(word))


def _phrases(words: Sequence[str], folded: str) -> list[str]:
    """Pairs of words that stand side by side in the question, as 國際組織 does."""
    plain_words = [word for word in words if not COUNTED.fullmatch(word)]
    pairs = (first + second for first, second in zip(plain_words, plain_words[1:], strict=False))
    return [pair for pair in pairs if pair in folded and not pair.isascii()]


def _foreign_names(words: Sequence[str], folded: str) -> list[str]:
    """Names spelt by sound (羅森柏格): characters in a row of which the dictionary knows no word."""
    names = []
    for single, run in groupby(words, lambda word: len(word) == 1 and not word.isascii()):
        name = "".join(run) if single else ""
        for part in FUNCTION.split(name):
            if len(part) >= SHORTEST_FOREIGN and part in folded and not NUMERALS.search(part):
                names.append(part)
    return names


def _is_name(word: str) -> bool:
    """Whether an English word that the lexicon lacks looks like a name or a code."""
    return word[0].isupper() or any(letter.isdigit() for letter in word)


def _heads(folded: str, kinds: Sequence[re.Pattern[str]]) -> tuple[str, ...]:
    """What stands before 是多少 or after 什麼 and is no wanted kind itself: what is asked for by name."""
    found = [before or after for before, after in ASKED.findall(folded)]
    found += [word for counted in COUNTS.findall(folded) for word in (counted[:2], counted)]
    return tuple(head for head in found if not any(pattern.search(head) for pattern in kinds))


def _blank_all(pattern: re.Pattern[str], text: str) -> str:
    """`text` with what the pattern finds in its lower case replaced by as many spaces."""
    letters = list(text)
    for found in pattern.finditer(text.lower()):
        letters[found.start() : found.end()] = " " * (found.end() - found.start())
    return "".join(letters)
