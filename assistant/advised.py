"""Whether the passages recommend what a sentence says that the report recommends.

What is recommended must stand, action and object, in sentences that recommend, not in those that tell what
was seen elsewhere. Decides nothing.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

from assistant.alignment import Aligner, Field, Sentence
from assistant.claims import Claims, Clause, Word
from assistant.polarity import Polarity
from index.tokenise import fold

_SAYS = re.compile(fold("建議|主張|提議"))
_SAYS_EN = re.compile(r"\b(?:suggest|recommend|propos|advis)[a-z]*\b(?! by)", re.I)
# What wishes or plans may be told as a recommendation, though with care.
_WISHES = re.compile(fold("希望|盼|期許|期待|必須|須|可(?!能|見|說|謂)|得以|有助於|列為|納入"))
_RECOMMENDATIONS, _REFLECTIONS = fold("建議"), fold("心得")
_TELLING = frozenset(fold("報告 建議 主張 提議 本市 本府 代表團 心得 未來 應 可").split())
Strength = Literal["none", "wished", "recommended"]


@dataclass(frozen=True)
class Advised:
    """How far the passages recommend anything; `lacking` is the share that no such sentence says."""

    strength: Strength
    lacking: float


def look_for_advice(aligner: Aligner, polarity: Polarity) -> Advised | None:
    """How far the passages recommend it; None where the sentence tells of no recommendation."""
    words = _recommended(aligner.claims)
    if words is None:
        return None
    sentences = aligner.field.sentences
    numbers = [n for n, sentence in enumerate(sentences) if _recommends(sentence, aligner.field, polarity)]
    wished = [n for n, sentence in enumerate(sentences) if _WISHES.search(sentence.folded)]
    strength: Strength = "recommended" if numbers else "wished" if wished else "none"
    weight = sum(word.weight for word in words)
    met = sum(word.weight * aligner.met_in(word, numbers or wished) for word in words)
    return Advised(strength, 1 - met / weight if weight else 0.0)


def _recommended(claims: Claims) -> list[Word] | None:
    """The words of what is recommended, from where the sentence says so to its end."""
    for number, clause in enumerate(claims.clauses):
        says = _SAYS_EN.search(clause.text) if claims.english else _SAYS.search(clause.folded)
        if says:
            own = [word for word in clause.words if _place(word, clause, claims.english) >= says.start()]
            rest = [word for later in claims.clauses[number + 1 :] for word in later.words]
            return [word for word in dict.fromkeys((*own, *rest)) if word.text not in _TELLING]
    return None


def _place(word: Word, clause: Clause, english: bool) -> int:
    return word.at if english else clause.folded.find(word.text)


def _recommends(sentence: Sentence, field: Field, polarity: Polarity) -> bool:
    """Whether a sentence recommends, by its words or by the heading above it."""
    headings = [fold(heading) for heading in field.sources[sentence.ground].ground.path]
    under = any(_RECOMMENDATIONS in h and _REFLECTIONS not in h for h in headings)
    return under or bool(polarity.found("recommend", sentence.folded))
