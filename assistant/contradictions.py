"""What in a sentence contradicts the passages that it cites, each with the reason to show.

A wrong number, date or name, a value that belongs to something else, and a turned statement decide alone;
lesser signs make the sentence doubtful and decide only together. Knows nothing of how much of it is said.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from assistant.actors import Actor, ActorKind
from assistant.bindings import Binder, Binding
from assistant.deeds import Deed
from assistant.exchanged import Exchange
from assistant.look import Look
from assistant.titles import borne, same_title, unnamed_officials
from assistant.turns import Turn
from index.tokenise import fold, traditional

# By how much the place of a rival must fit better than the value's own, to decide and to make doubtful.
DECIDES = dict(
    number=0.35, date=0.2, year=0.45, place=0.4, person=0.15, office=2.0, event=0.6, home=2.0, role=2.0
)
DOUBTFUL = dict(
    number=0.15, date=0.15, year=0.3, place=0.2, person=0.1, office=0.2, event=0.3, home=0.3, role=0.4
)
DECISIVE_TURNS = frozenset({"denied", "surer", "wider", "reversed"})
# What a negation reaches is sure only where the rest of the clause is the passage's own.
TURNED, FITS_WELL = frozenset({"negated", "affirmed"}), 0.72
REPLACED: tuple[ActorKind, ...] = ("person", "place", "office")
# Other offices, such as centres and companies, often have several names.
_OFFICIAL = re.compile(fold("(?:局|署|處|府|部|科|所|課)$"))
_LEADS = fold("率 一行 帶隊 領隊 團長").split()
LONGEST_SHOWN = 40
ADVICE_LACKING = 0.5
SURE_GAIN, SURE_CLOSENESS = 6.0, 0.85


@dataclass(frozen=True)
class Doubt:
    """One reason against a sentence; a decisive one is enough."""

    reason: str
    is_decisive: bool


def doubts(look: Look) -> tuple[Doubt, ...]:
    """What speaks against the sentence, what decides first; nothing where nothing contradicts it."""
    found = [Doubt(finding.reason, True) for finding in look.findings if finding.is_sure]
    found += [
        Doubt(_of_binding(bound), bound.lost > DECIDES[bound.kind])
        for bound in look.bindings
        if bound.lost > DOUBTFUL[bound.kind]
    ]
    found += [Doubt(_of_turn(turn), _is_decisive(turn, look.claims.english)) for turn in look.turns]
    found += [Doubt(_of_other(actor, other), True) for actor, other in replaced(look.binder)]
    found += [Doubt(_of_doer(said, written), True) for said, written in look.doers]
    found += [Doubt(_of_deed(deed), deed.is_sure and look.closeness >= SURE_CLOSENESS) for deed in look.deeds]
    found += [Doubt(_of_exchange(both), both.gain >= SURE_GAIN) for both in look.exchanges]
    found += [Doubt(reason, True) for reason in (*_titles(look), *_advice(look))]
    found += [
        Doubt(f"引用的段落沒有「{shown(who)}」", False)
        for who in unnamed_officials(look.claims, look.field.all)
    ]
    unique = {doubt.reason: doubt for doubt in sorted(found, key=lambda doubt: doubt.is_decisive)}
    return tuple(sorted(unique.values(), key=lambda doubt: not doubt.is_decisive))


def _is_decisive(turn: Turn, english: bool) -> bool:
    """Whether the turn is enough: how sure an English sentence is cannot be seen that well."""
    if turn.kind in TURNED:
        return turn.fit >= FITS_WELL
    return turn.kind in DECISIVE_TURNS and not (english and turn.kind == "surer")


def _advice(look: Look) -> Iterator[str]:
    """A recommendation that no passage makes, or of which next to nothing stands where one is made."""
    if look.advised and look.advised.strength == "none":
        yield "引用的段落沒有提出建議"
    elif look.advised and look.advised.lacking >= ADVICE_LACKING:
        yield "引用的段落沒有這項建議"


def _titles(look: Look) -> Iterator[str]:
    """People who bear another title in the passages."""
    others = [name for source in look.field.sources for name in source.body.names]
    there = borne(look.claims, look.field.all, others)
    for person, said in borne(look.claims, look.claims.folded, others).items():
        known = there.get(person, set())
        wrong = [title for title in said if known and not any(same_title(title, other) for other in known)]
        for title in wrong:
            title, other = traditional(title), traditional(min(known))
            yield f"引用的段落裡「{traditional(person)}」的職稱是「{other}」，不是「{title}」"


def replaced(binder: Binder) -> Iterator[tuple[Actor, Actor]]:
    """Actors whom only the report's facts name, while the passages name another of their kind."""
    for clause, acting in zip(binder.claims.clauses, binder.acting, strict=True):
        if any(word in clause.folded for word in _LEADS):
            continue
        for actor in acting:
            if actor.kind not in REPLACED or (
                actor.kind == "office" and not _OFFICIAL.search(fold(actor.surface))
            ):
                continue
            if not binder.is_own(actor) and (other := binder.instead_of(actor)):
                yield actor, other


def _of_other(actor: Actor, other: Actor) -> str:
    return f"引用的段落說的是「{shown(other.surface)}」，不是「{shown(actor.surface)}」"


def _of_doer(said: str, written: str) -> str:
    return f"引用的段落說的是由「{shown(written)}」做，不是由「{shown(said)}」"


def _of_deed(deed: Deed) -> str:
    doing = f"「{traditional(deed.word)}」的是「{shown(deed.written)}」" if deed.written else ""
    return f"引用的段落說{doing or f'「{traditional(deed.word)}」的是別人'}，不是「{shown(deed.said)}」"


def _of_exchange(both: Exchange) -> str:
    return f"引用的段落裡「{shown(both.one)}」與「{shown(both.other)}」的位置和這一句相反"


def _of_binding(bound: Binding) -> str:
    return f"引用的段落在這件事上說的是「{shown(bound.instead)}」，不是「{shown(bound.surface)}」"


def _of_turn(turn: Turn) -> str:
    written = shown(turn.written)
    return {
        "negated": f"引用的段落沒有否定「{traditional(turn.said)}」，說的是「{written}」",
        "denied": f"引用的段落沒有否定，說的是「{written}」",
        "affirmed": f"引用的段落說的是「{written}」",
        "contrary": f"引用的段落說的是「{written}」，不是「{traditional(turn.said)}」",
        "reversed": f"引用的段落的次序相反：「{written}」",
        "made_fact": f"引用的段落是建議，不是已有的事：「{written}」",
        "surer": f"引用的段落沒有說已經定案，說的是「{written}」",
        "wider": f"引用的段落沒有說「{traditional(turn.said)}」，說的是「{written}」",
    }[turn.kind]


def shown(text: str) -> str:
    """A value as it is shown: in Traditional characters and not too long."""
    text = traditional(text.strip())
    return text if len(text) <= LONGEST_SHOWN else text[: LONGEST_SHOWN - 1] + "…"
