"""Where sentences end."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.passages import split_sentences

TABLE = [
    ("第一句。第二句！第三句？", ["第一句。", "第二句！", "第三句？"]),
    ("他說：「好。我們走。」然後離開。", ["他說：「好。我們走。」", "然後離開。"]),
    ("「沒有了。」，他說。", ["「沒有了。」，他說。"]),
    ("主題是「韌性！永續？」的論壇。第二句。", ["主題是「韌性！永續？」的論壇。", "第二句。"]),
    ("如下（例如甲。乙）等；另外如此。", ["如下（例如甲。乙）等；", "另外如此。"]),
    ("人均 4.5 萬元，占 2.4%。下一句", ["人均 4.5 萬元，占 2.4%。", "下一句"]),
    ("高雄是城市!高雄是港。", ["高雄是城市!", "高雄是港。"]),
    ("Mr. Mark Pearson met Dr. Wu. He left.", ["Mr. Mark Pearson met Dr. Wu.", "He left."]),
    ("See No. 3 of the U.S. Army. Thanks!", ["See No. 3 of the U.S. Army.", "Thanks!"]),
    ("1. 開幕式 2. 參觀 SusHi Tech", ["1. 開幕式 2. 參觀 SusHi Tech"]),
    ("沒有標點的一行\n另一行", ["沒有標點的一行", "另一行"]),
    ("真的嗎？！真的。", ["真的嗎？！", "真的。"]),
    ("沒有關上的「引號。還是要斷。", ["沒有關上的「引號。", "還是要斷。"]),
    ("  前後有空白。  ", ["前後有空白。"]),
    ("", []),
    (" \n ", []),
]


@pytest.mark.parametrize(("text", "expected"), TABLE)
def test_sentences(text, expected):
    assert [text[start:end] for start, end in split_sentences(text)] == expected


@given(st.text(alphabet='甲乙。！？；「」（）\n .aA1"', max_size=80))
def test_spans_are_ordered_and_lose_nothing(text):
    spans = split_sentences(text)
    position = 0
    for start, end in spans:
        assert position <= start < end
        assert not text[position:start].strip()
        assert text[start:end] == text[start:end].strip()
        position = end
    assert not text[position:].strip()
