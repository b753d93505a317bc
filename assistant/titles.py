"""The title that a person bears beside the name: 簡毓庭科長, 處長沈若蘭. Decides nothing."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache

from assistant.claims import Claims
from assistant.named import Named, all_titles
from assistant.quantities import spaced
from index.tokenise import fold

# These say nothing of a rank.
_POLITE = frozenset(
    fold("先生 女士 小姐 夫人 代表 成員 團員 學者 專家 官員 窗口 主管 首長 老師 博士 教授 講者").split()
)

_PLACES = frozenset({"city", "country"})
_LEVELS = fold("市|縣|府|州")
_ENDS_IN_LEVEL = re.compile(f"(?:{_LEVELS})$")


def borne(claims: Claims, folded: str, others: Sequence[Named] = ()) -> dict[str, set[str]]:
    """The people named in the claims, or by the others, with the titles beside them in a folded text."""
    people = {name.spellings[0] for name in (*claims.names, *others) if name.kind == "person"}
    found = {person: set(_beside(person, folded)) for person in people}
    return {person: titles for person, titles in found.items() if titles}


def _beside(person: str, folded: str) -> Iterator[str]:
    before, after = _patterns()
    at = folded.find(person)
    while at >= 0:
        if (found := before.search(folded[max(0, at - 10) : at])) is not None:
            yield found[1]
        if (found := after.match(folded, at + len(person))) is not None:
            yield found[1]
        at = folded.find(person, at + 1)


@cache
def _patterns() -> tuple[re.Pattern[str], re.Pattern[str]]:
    titles = set(map(fold, all_titles())) - _POLITE
    either = "|".join(sorted(titles, key=len, reverse=True))
    return re.compile(rf"({either}),?(?:就?是|为|名?叫)? ?$"), re.compile(rf" ?({either})")


def same_title(one: str, other: str) -> bool:
    """Whether one title is a short form of the other: 研究員 and 主任研究員, but not 處長 and 副處長."""
    return spaced(one) == spaced(other) or (
        (one in other or other in one) and (fold("副") in one) == (fold("副") in other)
    )


def unnamed_officials(claims: Claims, folded: str) -> Iterator[str]:
    """Officials whom a Chinese sentence names by their place, 高雄市長, and the folded text does not."""
    if claims.english:
        return
    for clause in claims.clauses:
        for name in clause.names:
            place = _ENDS_IN_LEVEL.sub("", fold(name.surface)) if name.type in _PLACES else ""
            at = clause.folded.find(place) if len(place) > 1 else -1
            title = _title_after().match(clause.folded, at + len(place)) if at >= 0 else None
            if title and not re.search(f"{place}[^,;。\n]{{0,8}}{title[1]}", folded):
                yield clause.folded[at : title.end()]


@cache
def _title_after() -> re.Pattern[str]:
    titles = "|".join(sorted(map(fold, all_titles()), key=len, reverse=True))
    return re.compile(rf"(?:{_LEVELS})?({titles})")
