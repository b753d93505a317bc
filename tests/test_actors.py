"""Who acts in a clause, and who is the same."""

from __future__ import annotations

import pytest
from cited import PROCESS, verifier

from assistant.actors import Actors
from assistant.synonyms import Synonyms

ACTORS = Actors.load(Synonyms.load())


def actors(text: str):
    claims, _ = verifier().read(text, [PROCESS])
    return ACTORS.of(claims.clauses[0], english=claims.english)


@pytest.mark.parametrize(
    ("text", "kinds"),
    [
        ("本市代表團訪札幌市", ["home", "home", "place"]),
        ("志工協助住戶", ["role", "role"]),
        ("松井健一課長接待", ["person"]),
        ("該市試辦公車", ["that"]),
    ],
)
def test_kinds_in_order(text: str, kinds: list[str]) -> None:
    assert [actor.kind for actor in actors(text)] == kinds


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("松井健一課長", "松井健一", True),
        ("沈若蘭處長說", "沈處長說", True),
        ("陳處長說", "沈處長說", False),
        ("本市", "本府", True),
        ("志工", "義工", True),
        ("志工", "住戶", False),
        ("札幌市", "Sapporo", True),
    ],
)
def test_two_ways_to_speak_of_one(one: str, other: str, same: bool) -> None:
    assert actors(one)[0].is_same(actors(other)[0]) is same
