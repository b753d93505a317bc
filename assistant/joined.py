"""Whether a sentence takes facts from several of its passages together, so that none says it by itself.

Each passage may be right and what they make together wrong. Where the sentence says that it joins what was
seen with what is recommended, the seam is in the open. Decides nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from assistant.alignment import Aligner, Source, strength
from assistant.claims import Claims, Word
from index.tokenise import fold, traditional

# What stands in a further passage only, by weight, before the sentence is taken to need both.
MET, UNMET, NEEDED = 0.7, 0.3, 5.0
NAME, FIGURE = 4.0, 5.0
LONGEST_SHOWN = 2
_OPEN_SEAM = re.compile(fold("報告|心得|建議|主張|作者|撰寫"))
_OPEN_SEAM_EN = re.compile(r"\b(?:report|recommend|suggest|propos)[a-z]*", re.I)
_ADVISING = frozenset({"recommendations", "reflections_and_recommendations", "reflections"})


@dataclass(frozen=True)
class Seam:
    """How much of the sentence only a second passage says, and its heaviest words."""

    weight: float
    words: tuple[str, ...]


def find_seam(aligner: Aligner) -> Seam | None:
    """What the passage that says most lacks and another one says; None where one says it all."""
    sources = aligner.field.sources
    if len(sources) < 2 or _is_open(aligner.claims, sources):
        return None
    met = {word: [_met(word, source) for source in sources] for word in aligner.words}
    totals = [sum(word.weight * row[n] for word, row in met.items()) for n in range(len(sources))]
    best = max(range(len(sources)), key=lambda n: totals[n])
    lacking = [word for word, row in met.items() if max(row) >= MET and row[best] <= UNMET]
    weight = sum(word.weight for word in lacking) + sum(_values(aligner.claims, sources, best))
    if weight < NEEDED:
        return None
    heaviest = sorted(lacking, key=lambda word: -word.weight)[:LONGEST_SHOWN]
    return Seam(weight, tuple(traditional(word.text) for word in heaviest))


def _met(word: Word, source: Source) -> float:
    return max(strength(word, source.body.folded), strength(word, source.head.folded))


def _values(claims: Claims, sources: tuple[Source, ...], best: int) -> Iterator[float]:
    """The weight of every figure and name that stands in another passage only."""
    for quantity in claims.quantities:
        has = [any(quantity.agrees(q) for r in (s.body, s.head) for q in r.quantities) for s in sources]
        if not quantity.is_one and any(has) and not has[best]:
            yield FIGURE
    for name in claims.names:
        has = [
            any(spelling in f"{s.body.folded}\n{s.head.folded}" for spelling in name.spellings)
            for s in sources
        ]
        if any(has) and not has[best]:
            yield NAME


def _is_open(claims: Claims, sources: tuple[Source, ...]) -> bool:
    """Whether the sentence says that one part of it is what the same report makes of the other."""
    if len({source.ground.report_id for source in sources}) > 1:
        return False
    advises = any(source.ground.chapter in _ADVISING for source in sources)
    mark = _OPEN_SEAM_EN if claims.english else _OPEN_SEAM
    return advises and bool(mark.search(claims.text if claims.english else claims.folded))
