"""The verdict on a sentence that was looked at: struck where that is sure, shown plain where nothing is odd.

What contradicts the passages strikes; what is merely odd marks, with its reason. Knows nothing of citations.
"""

from __future__ import annotations

from collections.abc import Iterator

from assistant.answer import Support
from assistant.contradictions import doubts, shown
from assistant.look import Look
from assistant.shifts import Shift
from assistant.suspicion import Suspicion, unsaid_words
from assistant.thinness import lacking, thin
from index.tokenise import traditional

# Lesser doubts strike where there are several, or where the sentence is not close to what the passages say.
MANY, CLOSE = 2, 0.65
# From this share on what is recommended is not what the passages recommend; English is told more freely.
ADVICE_LACKING, ADVICE_LACKING_EN = 0.27, 0.4


def judge(look: Look, suspicion: Suspicion) -> tuple[Support, tuple[str, ...]]:
    """How far a sentence is supported, and the reasons why not further."""
    against = doubts(look)
    reasons = tuple(doubt.reason for doubt in against)
    several = len(against) >= MANY or (bool(against) and look.closeness < CLOSE)
    missing = thin(look)
    if several or any(doubt.is_decisive for doubt in against) or len(missing) >= MANY:
        return "unsupported", (*reasons, *missing)
    odd = tuple(dict.fromkeys((*reasons, *_oddities(look), *missing)))
    if odd or suspicion.of(look) >= suspicion.marked:
        return "partial", odd or (_main(look, suspicion),)
    return "supported", ()


def _oddities(look: Look) -> Iterator[str]:
    """What marks a sentence by itself."""
    for finding in look.findings:
        if not finding.is_sure:
            yield finding.reason
    if look.seam:
        words = "、".join(f"「{word}」" for word in look.seam.words)
        which = f"：{words}在另一段" if words else ""
        yield f"引用的段落要合起來才有這一句，沒有一段說兩者是同一件事{which}"
    for thing in look.things:
        yield f"引用的段落說的是「{thing.written}」，不是「{thing.said}」"
    for act in look.acts:
        yield f"引用的段落沒有說「{act}」"
    least = ADVICE_LACKING_EN if look.claims.english else ADVICE_LACKING
    if look.advised and look.advised.strength == "wished":
        yield "引用的段落沒有明說是建議"
    elif look.advised and look.advised.lacking >= least:
        yield f"引用的段落沒有完整說到這項建議{_unsaid(look)}"


def _main(look: Look, suspicion: Suspicion) -> str:
    """The reason for the sign that adds most to the suspicion."""
    sign = suspicion.heaviest(look)
    shift = next((shift for shift in look.shifts if shift.kind == sign), None)
    if shift:
        return _of_shift(shift)
    bound = max(
        (bound for bound in look.bindings if bound.kind == sign and bound.instead),
        key=lambda bound: bound.lost,
        default=None,
    )
    if bound:
        return f"引用的段落在這件事上說的可能是「{shown(bound.instead)}」，不是「{shown(bound.surface)}」"
    if sign == "unsaid" and unsaid_words(look):
        return lacking(look)
    loosest = min(look.heavy, key=lambda fit: fit.here, default=None)
    return f"引用的段落沒有一處把「{shown(loosest.clause.text)}」說完整" if loosest else lacking(look)


def _of_shift(shift: Shift) -> str:
    said, written = shown(traditional(shift.said)), shown(shift.written)
    return {
        "done": f"引用的段落沒有說「{said}」",
        "outright": f"引用的段落是否定的說法：「{written}」",
        "crossed": f"「{said}」與「{written}」在引用的段落裡先後相反，請確認是誰對誰",
    }[shift.kind]


def _unsaid(look: Look) -> str:
    heaviest = sorted(unsaid_words(look), key=lambda word: -word.weight)[:2]
    named = "、".join(f"「{traditional(word.text)}」" for word in heaviest)
    return f"：沒有{named}" if named else ""
