"""The terms of a question: the words and names that an answer has to speak to.

From wording to `Term` values, in Chinese by dictionary and surname, in English by the lexicon.
Knows no archive and no passage.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from assistant.cues import Cues
from assistant.lexicon import Lexicon
from assistant.synonyms import Synonyms
from corpus.names import Entity
from index.tokenise import Tokeniser, fold

CODE = re.compile(r"(?=.*\d)[a-z0-9][a-z0-9.:/-]*|[a-z]+")
SPACE = re.compile(
    r"(?<![a-z0-9])\s+|\s+(?![a-z0-9])|(?<=\d)\s+(?=\d)|(?<=[a-z])\s+(?=\d)|(?<=\d)\s+(?=[a-z])"
)
SURNAMES = frozenset(
    fold((Path(__file__).parent / "data" / "surnames.txt").read_text(encoding="utf-8")).split()
)
NAME_LENGTHS = (2, 3)
LOOSE_TYPES = frozenset({"concept", "forum", "programme"})


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


def plain(text: str) -> str:
    """Folded text without the spaces that mean nothing: those beside a Chinese character or a figure."""
    return SPACE.sub("", fold(text))


def entity_term(entity: Entity, surface: str) -> Term:
    """The term of a known name: every spelling meets it; one edition or place is not another."""
    spellings = (surface, entity.name, entity.abbr, entity.english, *entity.aliases)
    alternatives = tuple(dict.fromkeys(plain(s) for s in spellings if len(s) > 1))
    exact = bool(entity.edition or entity.year) or entity.type not in LOOSE_TYPES
    return Term(surface, alternatives, exact=exact, entity=entity)


def exact_term(surface: str, *spellings: str) -> Term:
    """A term that only these spellings meet."""
    return Term(surface, tuple(dict.fromkeys(plain(s) for s in (surface, *spellings))), exact=True)


def merge_terms(*groups: Iterable[Term]) -> tuple[Term, ...]:
    """The terms of all groups, each once."""
    return tuple({term.alternatives: term for group in groups for term in group}.values())


class TermFinder:
    """Finds the terms in the part of a question that is no known name."""

    def __init__(self, lexicon: Lexicon, synonyms: Synonyms, tokeniser: Tokeniser, cues: Cues) -> None:
        self._lexicon = lexicon
        self._synonyms = synonyms
        self._tokeniser = tokeniser
        self._patterns = [cue.pattern for cue in cues.chapters]
        self._patterns += [wanted.pattern for wanted in cues.wanted if not wanted.keep]

    def chinese(self, rest: str) -> tuple[Term, ...]:
        """Dictionary words, codes and likely names of people."""
        folded = fold(rest)
        for pattern in self._patterns:
            folded = pattern.sub(" ", folded)
        sure = self._tokeniser.segments(folded, guess=False)
        guessed = [word for word in self._tokeniser.segments(folded) if word not in sure]
        names = [word for word in guessed if len(word) in NAME_LENGTHS and word[0] in SURNAMES]
        words = [word for word in sure if self._is_telling(word)]
        return tuple(
            [Term(word, self._synonyms.of(word), exact=bool(CODE.fullmatch(word))) for word in words]
            + [Term(name, (name,), exact=True) for name in names]
        )

    def english(self, rest: str) -> tuple[Term, ...]:
        """Lexicon words with their Chinese terms, and the words that the lexicon lacks."""
        blanked = rest
        for pattern in self._patterns:
            blanked = _blank_all(pattern, blanked)
        known = tuple(
            Term(term.english, self._chinese_of(term.chinese, term.english))
            for term in self._lexicon.translate(blanked)
        )
        unknown = tuple(
            Term(word, (fold(word),), exact=word[0].isupper() or any(c.isdigit() for c in word))
            for word in self._lexicon.unknown(blanked)
            if len(word) > 1
        )
        return known + unknown

    def _chinese_of(self, chinese: Sequence[str], english: str) -> tuple[str, ...]:
        spellings = [spelling for word in chinese for spelling in self._synonyms.of(fold(word))]
        return tuple(dict.fromkeys([*spellings, fold(english)]))

    def _is_telling(self, word: str) -> bool:
        return word not in self._tokeniser.stopwords and (len(word) > 1 or word.isdigit())


def _blank_all(pattern: re.Pattern[str], text: str) -> str:
    """`text` with what the pattern finds in its lower case replaced by as many spaces."""
    letters = list(text)
    for found in pattern.finditer(text.lower()):
        letters[found.start() : found.end()] = " " * (found.end() - found.start())
    return "".join(letters)
