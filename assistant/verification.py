"""Whether a sentence that a model wrote is supported by the passages that it cites; decided in code.

What the passages do not say at all (a number, a date, a name) decides alone, with its reason. Knows
nothing of how the sentence or its citations came about.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from assistant.actors import Actors
from assistant.alignment import Aligner, Field, Source, field_of, source_of
from assistant.answer import Support
from assistant.claims import ClaimReader, Claims
from assistant.grounds import Ground
from assistant.judging import judge
from assistant.lexicon import Lexicon
from assistant.look import Look, Looker
from assistant.named import NameFinder
from assistant.polarity import Polarity
from assistant.suspicion import Suspicion
from assistant.synonyms import Synonyms
from corpus.dates import find_dates
from corpus.names import Names
from index.tokenise import Tokeniser
from index.word_weights import WordWeights

KEPT_SOURCES = 256
ANY_YEAR = 2000

__all__ = ["Ground", "Span", "Verdict", "Verifier"]


@dataclass(frozen=True)
class Span:
    """A stretch of a report's stored text."""

    report_id: str
    start: int
    end: int


@dataclass(frozen=True)
class Verdict:
    """How far the grounds support a sentence, why not further, and the sentence that supports it best."""

    support: Support
    reasons: tuple[str, ...]
    span: Span | None


class Verifier:
    """Checks sentences with the tables that it is given; keeps what it read of the last passages."""

    def __init__(
        self, names: Names, tokeniser: Tokeniser, weights: WordWeights, synonyms: Synonyms, lexicon: Lexicon
    ) -> None:
        self._reader = ClaimReader(
            NameFinder(names, lexicon, tokeniser), tokeniser, weights, synonyms, lexicon
        )
        self._looker = Looker(Polarity.load(), Actors.load(synonyms), synonyms)
        self._suspicion = Suspicion.load()
        self._source = lru_cache(maxsize=KEPT_SOURCES)(self._read)

    @classmethod
    def load(
        cls,
        names: Names | None = None,
        tokeniser: Tokeniser | None = None,
        synonyms: Synonyms | None = None,
        lexicon: Lexicon | None = None,
    ) -> Verifier:
        """A verifier over the built-in tables, but for those that are given."""
        return cls(
            names or Names.load(),
            tokeniser or Tokeniser.open(),
            WordWeights.load(),
            synonyms or Synonyms.load(),
            lexicon or Lexicon.load(),
        )

    def check(self, sentence: str, grounds: Sequence[Ground]) -> Verdict:
        """The verdict on a sentence; without grounds nothing is supported."""
        if not grounds:
            return Verdict("unsupported", ("這一句沒有引用任何段落",), None)
        look = self.look(sentence, grounds)
        support, reasons = judge(look, self._suspicion)
        return Verdict(support, reasons, _best_span(look.aligner))

    def look(self, sentence: str, grounds: Sequence[Ground]) -> Look:
        """All that can be seen of a sentence beside its grounds, for those who measure it."""
        return self._looker.look(*self.read(sentence, grounds))

    def read(self, sentence: str, grounds: Sequence[Ground]) -> tuple[Claims, Field]:
        """What the sentence claims and what its grounds say."""
        year = next((ground.year for ground in grounds if ground.year), None)
        year = year or next((day.first.year for day in find_dates(sentence)), ANY_YEAR)
        field = field_of([self._source(ground, ground.year or year) for ground in grounds])
        people = tuple(dict.fromkeys(person for ground in grounds for person in ground.people))
        return self._reader.read(sentence, year=year, people=people), field

    def _read(self, ground: Ground, year: int) -> Source:
        body = self._reader.read(ground.text, year=year, people=ground.people)
        return source_of(ground, body, self._reader.read(ground.head, year=year))


def _best_span(aligner: Aligner) -> Span | None:
    """The sentence that says most of it, with the next one where both say clearly more."""
    sentences = aligner.field.sentences
    if not sentences:
        return None
    best = max(range(len(sentences)), key=lambda at: aligner.cover([at], head=False))
    ground = aligner.field.sources[sentences[best].ground].ground
    return Span(ground.report_id, sentences[best].start, sentences[best].end)
