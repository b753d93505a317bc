"""Chinese numerals: known forms, refusals, and the round trip for every number."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.numerals import numeral, to_chinese


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("十", 10),
        ("十一", 11),
        ("廿三", 23),
        ("卅", 30),
        ("壹", 1),
        ("叁", 3),
        ("參", 3),
        ("拾壹", 11),
        ("壹佰零玖", 109),
        ("一百零九", 109),
        ("一百一十五", 115),
        ("一〇九", 109),
        ("二〇二〇", 2020),
        ("兩千零二十", 2020),
        ("１０", 10),
        ("10", 10),
        ("2,400", 2400),
        ("2 萬 4,000", 24000),
        ("四百萬", 4000000),
        ("", None),
        ("12a", None),
        ("三百五", None),
        ("十十", None),
        ("1,23", None),
        ("第十", None),
    ],
)
def test_numeral(text: str, value: int | None) -> None:
    assert numeral(text) == value


@given(st.integers(0, 10**12 - 1))
def test_round_trip(number: int) -> None:
    assert numeral(to_chinese(number)) == number


@given(st.text(alphabet="一二三十百千萬零〇廿壹拾0123,", max_size=12))
def test_any_text_is_a_number_or_none(text: str) -> None:
    assert numeral(text) is None or numeral(text) >= 0


@pytest.mark.parametrize("number", [-1, 10**12])
def test_to_chinese_refuses_what_it_cannot_write(number: int) -> None:
    with pytest.raises(ValueError, match="to_chinese"):
        to_chinese(number)
