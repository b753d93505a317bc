"""Where in the cited passages each clause of a sentence is said: the clause and sentence that fit it best.

Fit is the share of a clause's content words, by weight, that stand there, as themselves, as a synonym or in
part. Knows nothing of numbers, names or negation.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from assistant.claims import Claims, Clause, Word
from assistant.grounds import Ground
from assistant.matching import occurs
from assistant.quantities import spaced
from index.sentences import split_sentences
from index.tokenise import bigrams

SYNONYM = 0.9
PARTIAL = 0.75
ONE_CHARACTER = 0.3
NEIGHBOUR = 0.45
# One character of a name says nothing of it.
_NAMES = ("nr", "ns", "nz")
_SLIGHT_CHARACTERS = frozenset(
    "的了在是有和与及为以于之其年月日人市上下中大小不一个各该此本可会行出入来去到时地所"
)


@dataclass(frozen=True)
class Spot:
    """One clause of a source with the number of the sentence that it belongs to, over all grounds."""

    clause: Clause
    sentence: int
    ground: int


@dataclass(frozen=True)
class Sentence:
    """A whole sentence of a ground: offsets into the report, folded text, and which spots it holds."""

    ground: int
    start: int
    end: int
    folded: str
    spots: range


@dataclass(frozen=True)
class Source:
    """A ground that was read: its claims, those of its headings, and its sentences with their clauses."""

    ground: Ground
    body: Claims
    head: Claims
    sentences: tuple[tuple[int, int, range], ...]


@dataclass(frozen=True)
class Field:
    """All grounds of one sentence side by side."""

    sources: tuple[Source, ...]
    spots: tuple[Spot, ...]
    sentences: tuple[Sentence, ...]
    text: str
    head: str

    @property
    def all(self) -> str:
        """Everything cited, folded, the headings too."""
        return f"{self.text}\n{self.head}"


def source_of(ground: Ground, body: Claims, head: Claims) -> Source:
    """The source that a ground is, once its text and headings were read."""
    sentences = []
    for start, end in split_sentences(ground.text):
        inside = [at for at, clause in enumerate(body.clauses) if start <= clause.start + _lead(clause) < end]
        if inside:
            sentences.append((start, end, range(inside[0], inside[-1] + 1)))
    return Source(ground, body, head, tuple(sentences))


def _lead(clause: Clause) -> int:
    return len(clause.text) - len(clause.text.lstrip())


def field_of(sources: Sequence[Source]) -> Field:
    """The sources side by side."""
    spots: list[Spot] = []
    sentences: list[Sentence] = []
    for number, source in enumerate(sources):
        for start, end, inside in source.sentences:
            first = len(spots)
            spots += [Spot(source.body.clauses[at], len(sentences), number) for at in inside]
            folded = spaced(source.ground.text[start:end])
            at = source.ground.start
            sentences.append(Sentence(number, at + start, at + end, folded, range(first, len(spots))))
    return Field(
        tuple(sources),
        tuple(spots),
        tuple(sentences),
        "\n".join(source.body.folded for source in sources),
        "\n".join(source.head.folded for source in sources),
    )


@dataclass(frozen=True)
class Fit:
    """How one clause of the checked sentence fits: shares by weight, from 0 to 1.

    `spot` and `sentence` fit best (-1 without any); `here` is the share met by that clause, `there` by that
    sentence, `anywhere` by all that is cited; `unmet` are the words met nowhere.
    """

    clause: Clause
    weight: float
    spot: int
    sentence: int
    here: float
    there: float
    anywhere: float
    unmet: tuple[Word, ...]


class Aligner:
    """Aligns the clauses of one sentence with a field."""

    def __init__(self, claims: Claims, field: Field) -> None:
        self.field = field
        self.claims = claims
        self.words = tuple(dict.fromkeys(claims.words))
        self._at = {word: at for at, word in enumerate(self.words)}
        self._spots = [[strength(word, spot.clause.folded) for spot in field.spots] for word in self.words]
        self._sentences = [
            [max([row[at] for at in s.spots], default=0.0) for s in field.sentences] for row in self._spots
        ]
        self._head = [strength(word, field.head) for word in self.words]
        self.total = sum(word.weight for word in self.words) or 1.0

    def met(self, word: Word) -> float:
        """How well the word is met anywhere."""
        at = self._at[word]
        return max([*self._sentences[at], self._head[at]], default=0.0)

    def met_in(self, word: Word, sentences: Sequence[int]) -> float:
        """How well these sentences of the field say the word."""
        at = self._at[word]
        return max([self._sentences[at][number] for number in sentences], default=0.0)

    def cover(self, sentences: Sequence[int], *, head: bool = True) -> float:
        """The share of the whole sentence that these sentences of the field meet together."""
        met = 0.0
        for at, word in enumerate(self.words):
            best = max([self._sentences[at][number] for number in sentences], default=0.0)
            met += word.weight * max(best, self._head[at] if head else 0.0)
        return met / self.total

    def everything(self) -> float:
        """The share of the sentence that is met anywhere."""
        return sum(word.weight * self.met(word) for word in self.words) / self.total

    def fit(self, clause: Clause) -> Fit:
        """Where the clause fits best."""
        rows = [self._at[word] for word in clause.words]
        weight = sum(word.weight for word in clause.words)
        spots = [self._spot_score(rows, at) for at in range(len(self.field.spots))]
        spot = max(range(len(spots)), key=lambda at: spots[at], default=-1)
        totals = [self._share(rows, self._sentences, at) for at in range(len(self.field.sentences))]
        sentence = self.field.spots[spot].sentence if spot >= 0 else -1
        best = max(range(len(totals)), key=lambda at: totals[at] + 0.05 * (at == sentence), default=-1)
        here = self._share(rows, self._spots, spot) if spot >= 0 else 0.0
        met = [self.met(word) for word in clause.words]
        anywhere = sum(w.weight * m for w, m in zip(clause.words, met, strict=True))
        return Fit(
            clause=clause,
            weight=weight,
            spot=spot,
            sentence=best,
            here=here,
            there=totals[best] if best >= 0 else 0.0,
            anywhere=anywhere / weight if weight else 1.0,
            unmet=tuple(w for w, m in zip(clause.words, met, strict=True) if m < ONE_CHARACTER),
        )

    def _spot_score(self, rows: Sequence[int], at: int) -> float:
        """The share met by a clause, with a part of what only its neighbours in the sentence meet."""
        inside = self.field.sentences[self.field.spots[at].sentence].spots
        near = [n for n in (at - 1, at + 1) if n in inside]
        score = 0.0
        for row in rows:
            own = self._spots[row][at]
            beside = max([self._spots[row][n] for n in near], default=0.0)
            score += self.words[row].weight * max(own, NEIGHBOUR * beside)
        return score

    def _share(self, rows: Sequence[int], table: list[list[float]], at: int) -> float:
        weight = sum(self.words[row].weight for row in rows)
        if not weight:
            return 1.0
        met = sum(self.words[row].weight * max(table[row][at], self._head[row] * NEIGHBOUR) for row in rows)
        return met / weight


@lru_cache(maxsize=65_536)
def strength(word: Word, folded: str) -> float:
    """0 to 1: how well the folded text says the word; a part of a long word counts by its share."""
    if _says(word.text, folded):
        return 1.0
    if any(_says(spelling, folded) for spelling in word.spellings[1:]):
        return SYNONYM
    pairs = bigrams(word.text)
    if len(word.text) > 2 and len(pairs) > 1:
        share = sum(pair in folded for pair in pairs) / len(pairs)
        if share:
            return PARTIAL * share
    is_name = word.tag.startswith(_NAMES)
    if len(word.text) > 1 and not is_name and any(c in folded for c in _telling(word.text)):
        return ONE_CHARACTER
    return 0.0


def _telling(text: str) -> list[str]:
    return [character for character in text if character not in _SLIGHT_CHARACTERS]


def _says(spelling: str, folded: str) -> bool:
    return spelling in folded and (not spelling.isascii() or occurs(spelling, folded))
