"""A value that stands in the passages must be said of the same thing."""

from __future__ import annotations

from dataclasses import replace

import pytest
from cited import PROCESS, aligner

from assistant.actors import Actors
from assistant.bindings import Binder
from assistant.synonyms import Synonyms

ACTORS = Actors.load(Synonyms.load())
WATER = replace(
    PROCESS,
    text="供水中再生水占25%、海水淡化占33%，其餘取自河川。住戶負擔選擇性項目，必要項目由政府全額負擔。",
)


def lost(sentence: str, *grounds) -> dict[str, str]:
    """Kind → what stands instead, of the values that a rival has clearly taken."""
    found = Binder(aligner(sentence, *grounds), ACTORS).all()
    return {binding.kind: binding.instead for binding in found if binding.lost > 0.15}


@pytest.mark.parametrize(
    ("sentence", "kind", "instead"),
    [
        ("再生水占 33%。", "number", "25%"),
        ("海水淡化占 25%。", "number", "33%"),
        ("必要項目由住戶全額負擔。", "role", "政府"),
    ],
)
def test_a_value_said_of_something_else_has_a_rival(sentence: str, kind: str, instead: str) -> None:
    assert lost(sentence, WATER)[kind] == instead


@pytest.mark.parametrize(
    "sentence", ["再生水占 25%，海水淡化占 33%。", "海水淡化的占比是 33%。", "必要項目由政府全額負擔。"]
)
def test_values_in_their_places_have_none(sentence: str) -> None:
    assert lost(sentence, WATER) == {}


def test_that_city_is_the_city_spoken_of_before() -> None:
    text = "上午拜會札幌市。該市每晚開 6 班夜間公車。下午訪函館市。"
    two = replace(PROCESS, text=text, path=(), title="考察報告", places=())
    assert lost("函館市每晚開 6 班夜間公車。", two) == {"place": "札幌市"}
    assert lost("札幌市每晚開 6 班夜間公車。", two) == {}


def test_a_person_whom_only_the_report_names_is_replaced() -> None:
    binder = Binder(aligner("由卓立群接待。"), ACTORS)
    (actor,) = (a for acting in binder.acting for a in acting if a.kind == "person")
    other = binder.instead_of(actor)
    assert other is not None and other.surface == "松井健一"
