"""Fusion of two lists and the second look: tables with exact outcomes."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.report import Passage
from index.search import (
    CHARACTER_WEIGHT,
    CLOSE_WEIGHT,
    LOOKED_AT,
    Filter,
    Hit,
    character_weights,
    closeness,
    fuse,
    held,
    look_again,
    rarity,
)
from index.tokenise import fold

FUSED = [
    ([], [], 0.5, []),
    ([(1, 8.0), (2, 4.0), (3, 0.0)], [], 0.5, [(1, 1.0), (2, 0.5), (3, 0.0)]),
    ([], [(1, 0.9), (2, 0.1)], 0.5, [(1, 0.5), (2, 0.0)]),
    ([(1, 7.0)], [(1, 0.3)], 0.5, [(1, 1.5)]),
    ([(1, 10.0), (2, 9.0), (3, 0.0)], [(2, 0.8), (1, 0.4), (3, 0.0)], 0.5, [(2, 1.4), (1, 1.25), (3, 0.0)]),
    ([(5, 1.0), (4, 1.0)], [], 0.5, [(4, 1.0), (5, 1.0)]),
]


@pytest.mark.parametrize(("lexical", "dense", "weight", "expected"), FUSED)
def test_fuse(lexical, dense, weight, expected):
    fused = fuse(lexical, dense, weight=weight)
    assert [key for key, _ in fused] == [key for key, _ in expected]
    assert [score for _, score in fused] == pytest.approx([score for _, score in expected])


RANKED = st.dictionaries(st.integers(1, 20), st.floats(-5, 50), max_size=12).map(
    lambda found: [*found.items()]
)


@given(RANKED, RANKED, st.floats(0, 2))
def test_fusion_keeps_every_key_once_in_order(lexical, dense, weight):
    fused = fuse(lexical, dense, weight=weight)
    assert {key for key, _ in fused} == {key for key, _ in lexical} | {key for key, _ in dense}
    scores = [score for _, score in fused]
    assert len(fused) == len({key for key, _ in fused})
    assert scores == sorted(scores, reverse=True)
    assert all(0 <= score <= 1 + weight + 1e-9 for score in scores)


def passage(text, *path, key=1):
    return Passage("r1", "process", path, 1, 0, len(text), text, key)


FAR = "，" * 60
TERMS = {"阿布达比": 3.0, "开幕": 1.0}
CLOSENESS = [
    ("", "阿布達比的開幕式", 1.0),
    ("", "阿布達比" + FAR + "開幕式", 0.75),
    ("", "開幕式", 0.25),
    ("二、阿布達比", "開幕式", 1.0),
    ("", "別的事", 0.0),
]


@pytest.mark.parametrize(("above", "text", "expected"), CLOSENESS)
def test_closeness(above, text, expected):
    assert closeness(fold(above), fold(text), TERMS) == pytest.approx(expected)


def test_nothing_asked_is_close_to_nothing():
    assert closeness("", "开幕", {}) == 0.0
    assert held("开幕", {}) == 0.0


def test_a_character_weighs_as_its_commonest_term():
    terms = {"防灾": 3.0, "灾害": 1.0, "wuf10": 5.0}
    assert character_weights(terms) == {"防": 3.0, "灾": 1.0, "害": 1.0}


@pytest.mark.parametrize(("text", "expected"), [("灾害防救", 1.0), ("救灾", 0.25), ("城市", 0.0)])
def test_characters_held(text, expected):
    assert held(text, {"防": 2.0, "灾": 1.0, "害": 1.0}) == pytest.approx(expected)


def test_rare_tokens_weigh_more():
    weights = rarity({"常": 90, "罕": 1, "無": 0}, 100)
    assert weights["常"] < weights["罕"] < weights["無"]


def test_the_second_look_prefers_what_stands_together():
    apart = Hit(passage("阿布達比" + FAR + "開幕式", key=1), 1.1, 5.0, 0.5)
    together = Hit(passage("阿布達比的開幕式", key=2), 1.0, 4.0, 0.4)
    first, second = look_again([apart, together], TERMS, {"r1": "出國報告"})
    assert (first.passage.key, second.passage.key) == (2, 1)
    assert (first.score, first.lexical, first.dense) == (
        pytest.approx(1.0 + CLOSE_WEIGHT + CHARACTER_WEIGHT),
        4.0,
        0.4,
    )


def test_the_second_look_loses_nothing_and_leaves_the_tail():
    hits = [
        Hit(passage("開幕式" if n % 2 else "其他", key=n), 1.0 - n / 100, 1.0, 0.0)
        for n in range(LOOKED_AT + 5)
    ]
    again = look_again(hits, TERMS, {})
    assert sorted(hit.passage.key for hit in again) == [*range(LOOKED_AT + 5)]
    assert list(again[LOOKED_AT:]) == hits[LOOKED_AT:]
    assert look_again([], TERMS, {}) == ()


def test_a_filter_lets_everything_through_unless_told():
    assert Filter() == Filter(report_ids=None, chapters=None)
