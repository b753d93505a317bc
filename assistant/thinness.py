"""How much of a sentence its passages say at all: what is too little to support it, and what to half.

The limits were set on labelled sentences (`python -m evals.verification`). Knows nothing of contradictions.
"""

from __future__ import annotations

from collections.abc import Iterator

from assistant.claims import Word
from assistant.framing import is_framing
from assistant.look import Look
from index.tokenise import traditional

LEAST_WEIGHT = 10.0
LEAST_COVER, LEAST_CLAUSE, LEAST_CLOSENESS = 0.5, 0.25, 0.45
# A recommendation that the report makes is told in the report's own words.
ADVICE_COVER, ADVICE_CLOSENESS = 0.58, 0.48
HEAVY_WORD, MOST_HEAVY = 5.0, 4
FULL_COVER = 0.7
LONGEST_SHOWN = 30


def thin(look: Look) -> tuple[str, ...]:
    """The reasons why the passages say too little of the sentence; none where they say enough."""
    return tuple(dict.fromkeys(_thin(look)))


def _thin(look: Look) -> Iterator[str]:
    for fit in look.heavy:
        own = sum(word.weight for word in fit.clause.words if not is_framing(word.text))
        if own >= LEAST_WEIGHT and fit.anywhere < LEAST_CLAUSE:
            yield f"引用的段落沒有提到「{_shown(fit.clause.text)}」"
    cover, closeness = look.aligner.everything(), look.closeness
    unmet = [word for fit in look.fits for word in fit.unmet if word.weight >= HEAVY_WORD]
    if look.recommends and not look.advised and (cover < ADVICE_COVER or closeness < ADVICE_CLOSENESS):
        yield f"引用的段落沒有這項建議{_of(unmet)}"
    elif (
        cover < LEAST_COVER
        or (closeness < LEAST_CLOSENESS and cover < FULL_COVER)
        or len(unmet) >= MOST_HEAVY
    ):
        yield f"引用的段落說到的太少{_of(unmet)}"


def lacking(look: Look) -> str:
    """The reason why a sentence is supported in part only."""
    unmet = [word for fit in look.fits for word in fit.unmet]
    return f"引用的段落只說了一部分{_of(unmet)}"


def _of(words: list[Word]) -> str:
    """The heaviest words that are not there."""
    heaviest = sorted(words, key=lambda word: -word.weight)[:2]
    shown = "、".join(f"「{traditional(word.text)}」" for word in heaviest)
    return f"：沒有{shown}" if shown else ""


def _shown(text: str) -> str:
    text = text.strip()
    return text if len(text) <= LONGEST_SHOWN else text[: LONGEST_SHOWN - 1] + "…"
