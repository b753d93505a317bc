"""Quantities in Chinese and English, in one form with their units."""

from __future__ import annotations

from decimal import Decimal

import pytest

from assistant.quantities import find_quantities, spaced

FORMS = [
    ("1 萬 2,400 人次", [("12400", "people")]),
    ("一萬二千名志工", [("12000", "people")]),
    ("１２，０００人", [("12000", "people")]),
    ("more than one thousand viewers", [("1000", "")]),
    ("one of two buses", [("1", ""), ("2", "")]),
    ("12,400 people", [("12400", "people")]),
    ("1.2 million visitors", [("1200000", "people")]),
    ("七成乘客", [("70", "share")]),
    ("70%", [("70", "share")]),
    ("百分之七十", [("70", "share")]),
    ("四分之一的票", [("25", "share")]),
    ("現場的 1/4", [("25", "share")]),
    ("half of them", [("50", "share")]),
    ("3.5 公里", [("3500", "length")]),
    ("3,500 metres", [("3500", "length")]),
    ("新臺幣 86 萬元", [("860000", "twd")]),
    ("NT$860,000", [("860000", "twd")]),
    ("5,000 歐元", [("5000", "eur")]),
    ("兩年半", [("24", "month")]),
    ("24 個月", [("24", "month")]),
    ("兩小時", [("120", "hour")]),
    ("百餘名官員", [("100", "people")]),
    ("12 項建議", [("12", "")]),
]


@pytest.mark.parametrize(("text", "expected"), FORMS)
def test_one_form_for_all_ways_to_write_it(text: str, expected: list[tuple[str, str]]) -> None:
    found = [(quantity.value, quantity.kind) for quantity in find_quantities(text)]
    assert found == [(Decimal(value), kind) for value, kind in expected]


@pytest.mark.parametrize("text", ["一起參加", "統一標誌", "WUF10", "0403 地震", "萬一下雨", "之一"])
def test_figures_that_count_nothing(text: str) -> None:
    assert find_quantities(text) == ()


@pytest.mark.parametrize(
    ("one", "other", "about", "agree"),
    [
        ("12,000 人", "1.2 萬名", False, True),
        ("12,000 人", "12,100 人", False, False),
        ("12,000 人", "12,100 人", True, True),
        ("1,160 家", "1,106 家", True, False),
        ("86 萬元", "新臺幣 86 萬元", False, True),
        ("86 萬美元", "新臺幣 86 萬元", False, False),
        ("5 日", "5 小時", False, False),
        ("5 項", "5 個", False, True),
    ],
)
def test_agreement_asks_for_value_and_unit(one: str, other: str, about: bool, agree: bool) -> None:
    (first,), (second,) = find_quantities(one), find_quantities(other)
    assert first.agrees(second, about=about) is agree


def test_a_lone_one_says_little() -> None:
    assert [quantity.is_one for quantity in find_quantities("一年 2 次，每人一張")] == [True, False, True]


def test_spaces_beside_chinese_go_and_others_stay() -> None:
    assert spaced("約 12 人 in Abu Dhabi") == "约12人in abu dhabi"
