"""How far a text meets a term: names whole and exact, words by their spellings and pairs."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from wired import names

from assistant.matching import Weighted, coverage, occurs, strength, unique_texts
from assistant.terms import Term, entity_term, exact_term, plain

SPELLINGS = st.text("水雨城市a1", min_size=1, max_size=6)


@pytest.mark.parametrize(
    ("spelling", "text", "expected"),
    [
        ("30", "共30人", True),
        ("30", "共300人", False),
        ("30", "共130人", False),
        ("30", "共300人,其中30人", True),
        ("un", "un habitat", True),
        ("un", "the fund", False),
        ("wuf", "wuf10", True),
        ("1年", "111年", False),
        ("水利局", "市府水利局长", True),
        ("水利局", "水利处", False),
    ],
)
def test_figures_and_latin_words_stand_as_wholes(spelling, text, expected):
    assert occurs(spelling, text) is expected


@given(SPELLINGS, SPELLINGS)
def test_a_spelling_with_gaps_around_it_always_occurs(spelling, other):
    assert occurs(spelling, f"{other} {spelling} {other}")


WORD = Term("地铁", ("地铁", "捷运"))
LONG = Term("雨水回收制度", ("雨水回收制度",))
NORTH = Term("北欧", ("北欧", "北欧国家"))
PERSON = exact_term("高以寧")


@pytest.mark.parametrize(
    ("term", "better", "worse"),
    [
        (WORD, "搭地铁前往", "搭捷运前往"),
        (WORD, "搭捷运前往", "搭公车前往"),
        (LONG, "雨水回收制度", "雨水的回收"),
        (LONG, "雨水回收", "制度"),
        (PERSON, plain("高以寧致詞"), plain("高以達致詞")),
    ],
)
def test_closer_wording_counts_more(term, better, worse):
    assert strength(term, better) > strength(term, worse)


@pytest.mark.parametrize(
    ("term", "text", "expected"),
    [
        (WORD, "搭地铁前往", 1.0),
        (WORD, "搭公车前往", 0.0),
        (PERSON, plain("高以寧致詞"), 1.0),
        (PERSON, plain("高以先生寧可不去"), 0.0),
        (exact_term("BR215"), "br2150班机", 0.0),
        (NORTH, "已开发国家", 0.0),
        (exact_term("112年", "2023"), "2023年", 1.0),
    ],
)
def test_met_and_not_met(term, text, expected):
    assert strength(term, text) == expected


@pytest.mark.parametrize(
    ("name", "surface", "text", "met"),
    [
        ("第十屆世界城市論壇", "WUF10", "出席第十屆世界城市論壇", True),
        ("第十屆世界城市論壇", "WUF10", "wuf10的場地", True),
        ("熊本", "熊本", "熊本市水保全課", True),
        ("熊本", "熊本", "拜會仙台市", False),
    ],
)
def test_a_name_is_met_by_any_of_its_spellings(name, surface, text, met):
    assert (strength(entity_term(names().named(name), surface), plain(text)) > 0) is met


def test_coverage_is_the_weighted_share():
    terms = [Weighted(exact_term("熊本"), 3.0), Weighted(exact_term("仙台"), 1.0)]
    assert coverage(terms, "熊本市") == 0.75
    assert coverage(terms, "熊本与仙台") == 1.0
    assert coverage(terms, "札幌") == 0.0
    assert coverage([], "熊本") == 0.0


@given(st.lists(st.tuples(SPELLINGS, st.floats(0.1, 9)), max_size=4), st.text("水雨城市a1 ", max_size=30))
def test_coverage_is_a_share(weighed, text):
    terms = [Weighted(Term(word, (word,)), weight) for word, weight in weighed]
    assert 0.0 <= coverage(terms, text) <= 1.0 + 1e-9


def test_texts_that_repeat_or_stand_in_an_earlier_one_are_left_out():
    texts = ["出席第九屆論壇。", "第九屆論壇", "出席第 九 屆論壇。", "第十屆論壇"]
    assert unique_texts(texts) == [0, 3]
    assert unique_texts([]) == []
