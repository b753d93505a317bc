"""Who does what to whom, in a sentence and in its passages: 甲向乙索取 is not 乙向甲索取.

Doers are the actors before a deed that no preposition governs, or the one after 由 or 被; receivers stand
after 向, 對 or 給, or behind the deed. Another doer may be the same one under another name; a receiver made
the doer is not. Decides nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from assistant.actors import Actor
from assistant.alignment import Aligner, strength
from assistant.bindings import Binder
from assistant.claims import Clause, Word
from index.tokenise import fold, read_lines

# A place of the deed counts where it says about as much of the clause as the best place does.
NEAR_BEST, LONGEST_GAP, NEAR_BY = 0.75, 3, 24
_GOVERNS = re.compile(
    fold("(?:向|對|給|替|為|與|和|跟|同|在|於|從|自|到|赴|往|把|將|針對|就|依|據|至|訪|經)$")
)
_TOWARDS = re.compile(fold("(?:向|對|給|與|和|跟|替|為)$"))
_BY = re.compile(fold("(?:(?<![自理緣原來經])由|被|讓)$"))
_OWNS = re.compile(fold("^(?:的|之|方案|內|中|上|裡|裏|期間)"))
_BESIDE = re.compile(fold("[市的]?(?:副?[一-鿿]?長|代表|政府)?"))
_ENGLISH_GOVERNS = re.compile(r"\b(?:of|to|from|with|in|at|for|by|on|into|like)(?: the| its| a)? $")
_ENGLISH_BY = re.compile(r"\bby(?: the| a)? $")
_CLEFT = re.compile("的,?(?:就)?是")
_TABLE = Path(__file__).parent / "data" / "deeds.txt"
_KINDS = ("person", "place", "office", "home", "role")


@dataclass(frozen=True)
class Deed:
    """A deed that is done to its doer in the passages: `written` is who does it there, "" where unnamed.

    It is not sure where the passages only name other people who do it.
    """

    word: str
    said: str
    written: str
    is_sure: bool = True


@dataclass(frozen=True)
class _Roles:
    doers: tuple[Actor, ...]
    receivers: tuple[Actor, ...]


def find_deeds(aligner: Aligner, binder: Binder) -> Iterator[Deed]:
    """The deeds of a sentence that the passages give to somebody else, wherever they tell of them."""
    english = aligner.claims.english
    carried: tuple[Actor, ...] = ()
    for clause, acting in zip(aligner.claims.clauses, binder.acting, strict=True):
        for word in _deeds(clause):
            at = word.at if english else clause.folded.find(word.text)
            roles = _roles(clause.text if english else clause.folded, acting, at, len(word.text), english)
            doers = roles.doers or carried
            said = _Roles(doers, roles.receivers)
            if doers and (found := _compare(word, said, clause, aligner, binder)):
                yield found
        own = _roles(clause.folded, acting, len(clause.folded), 0, english).doers
        carried = own or carried


def _deeds(clause: Clause) -> Iterator[Word]:
    """The words of a clause that are deeds of the table."""
    for word in clause.words:
        if any(deed in word.text for deed in _ways()):
            yield word


def _compare(word: Word, said: _Roles, clause: Clause, aligner: Aligner, binder: Binder) -> Deed | None:
    """The deed turned round; None where some place of it agrees, or none says who receives it."""
    places = list(_places(word, clause, aligner, binder))
    if not places or any(_agree(said.doers, place.doers) for place in places):
        return None
    for place in places:
        is_done_to = _agree(said.doers, place.receivers) and (place.doers or not _is_home(said.doers))
        if is_done_to or (_agree(said.receivers, place.doers) and _is_known(said.doers, binder)):
            written = place.doers[-1].surface if place.doers else ""
            return Deed(word.text, said.doers[-1].surface, written)
    if _are_people(said.doers) and all(_are_people(place.doers) for place in places):
        return Deed(word.text, said.doers[-1].surface, places[0].doers[-1].surface, is_sure=False)
    return None


def _are_people(doers: Sequence[Actor]) -> bool:
    return bool(doers) and all(doer.kind == "person" for doer in doers)


def _is_known(doers: Sequence[Actor], binder: Binder) -> bool:
    """Whether the passages speak of the doers at all: one under another name may be anybody."""
    spots = range(len(binder.field.spots))
    return any(_agree(doers, binder.meant(n)) for n in spots)


def _is_home(doers: Sequence[Actor]) -> bool:
    """Whether the report's own side acts: its deeds are often told without a doer."""
    return any(doer.kind == "home" for doer in doers)


def _places(word: Word, clause: Clause, aligner: Aligner, binder: Binder) -> Iterator[_Roles]:
    """Who does the deed wherever the passages tell of it in a clause close to the one said."""
    spots = aligner.field.spots
    deed = next(deed for deed in _ways() if deed in word.text)
    spellings = tuple(dict.fromkeys((word.text, *_ways()[deed])))
    having = [n for n, s in enumerate(spots) if any(x in s.clause.folded for x in spellings)]
    if not having:
        return
    fits = {n: _fit(clause.words, aligner, n) for n in having}
    best = max(fits.values())
    for n in having:
        if fits[n] < NEAR_BEST * best:
            continue
        folded = spots[n].clause.folded
        spelling = next(x for x in spellings if x in folded)
        roles = _roles(folded, binder.meant(n), folded.find(spelling), len(spelling), False)
        yield roles if roles.doers else _Roles(_earlier(n, aligner, binder), roles.receivers)


def _fit(words: Sequence[Word], aligner: Aligner, n: int) -> float:
    inside = aligner.field.sentences[aligner.field.spots[n].sentence].folded
    folded = aligner.field.spots[n].clause.folded
    return sum(w.weight * max(strength(w, folded), 0.5 * strength(w, inside)) for w in words)


def _earlier(n: int, aligner: Aligner, binder: Binder) -> tuple[Actor, ...]:
    """The doers of the clauses before a place in its sentence, the nearest first."""
    first = aligner.field.sentences[aligner.field.spots[n].sentence].spots.start
    for m in range(n - 1, first - 1, -1):
        folded = aligner.field.spots[m].clause.folded
        if doers := _roles(folded, binder.meant(m), len(folded), 0, False).doers:
            return doers
    return ()


def _roles(text: str, acting: Sequence[Actor], at: int, size: int, english: bool) -> _Roles:
    """Who does the deed at a place of a clause, and to whom."""
    actors = [a for a in acting if a.kind in _KINDS and not (english and a.kind == "role")]
    before = [a for a in actors if a.at < at]
    by = [a for a in before if _is_after(text, a, _ENGLISH_BY if english else _BY)]
    after = [a for a in actors if a.at >= at + size]
    passive = [a for a in after if english and _is_after(text, a, _ENGLISH_BY) and a.at - at < NEAR_BY]
    if not english and (cleft := _CLEFT.search(text, at + size)):
        passive = [a for a in after if a.at >= cleft.end()]
    if passive:
        return _Roles(tuple(passive), tuple(before))
    before = _heads(text, before)
    governs = _ENGLISH_GOVERNS if english else _GOVERNS
    free = [a for a in before if not _is_after(text, a, governs) and not _is_owner(text, a, before)]
    towards = [] if english else [a for a in before if _is_after(text, a, _TOWARDS)]
    towards += after[:2] if size else []
    if by:
        free = _cluster(text, by[-1], before)
    return _Roles(tuple(free), tuple(a for a in towards if a not in free))


def _heads(text: str, actors: Sequence[Actor]) -> list[Actor]:
    """The actors but for those that only say whose official follows: 紐約市國際事務局局長."""
    kept = []
    for number, actor in enumerate(actors):
        following = actors[number + 1] if number + 1 < len(actors) else None
        gap = text[actor.at + len(actor.surface) : following.at] if following else ""
        if following is None or following.kind not in ("person", "office") or not _BESIDE.fullmatch(gap):
            kept.append(actor)
    return kept


def _cluster(text: str, actor: Actor, actors: Sequence[Actor]) -> list[Actor]:
    """The actor with those named right beside it: 由交通局會同工務局."""
    found = [actor]
    for other in actors:
        gap = text[found[-1].at + len(found[-1].surface) : other.at]
        if other.at > found[-1].at and len(gap) <= LONGEST_GAP:
            found.append(other)
    return found


def _is_after(text: str, actor: Actor, mark: re.Pattern[str]) -> bool:
    return mark.search(text[max(0, actor.at - 9) : actor.at]) is not None


def _is_owner(text: str, actor: Actor, actors: Sequence[Actor]) -> bool:
    """Whether the actor only says whose something is, or where: 新北的政策."""
    end = actor.at + len(actor.surface)
    return bool(_OWNS.match(text[end : end + 2])) and len(actors) > 1


def _agree(said: Sequence[Actor], written: Sequence[Actor]) -> bool:
    return any(one.is_same(other) for one in said for other in written)


@cache
def _ways() -> dict[str, tuple[str, ...]]:
    """Every deed of the table with the other ways to say it."""
    rows = [tuple(fold(line).split()) for line in read_lines(_TABLE)]
    return {word: row for row in rows for word in row}
