"""Which words in quotation marks are somebody's, and whether it is said whose."""

from __future__ import annotations

import pytest

from assistant.quotations import find_quotations

WORDS = "水岸不是屋後的空地，而是城市最大的客廳，人人都有一張椅子"


@pytest.mark.parametrize(
    ("text", "sourced"),
    [
        (f"市長表示「{WORDS}」。", [True]),
        (f"「{WORDS}」，市長在致詞時這樣說。", [True]),
        (f"「{WORDS}」（資料來源：馬爾摩市網站）。", [True]),
        (f"入口寫著「{WORDS}」。［1］", [False]),
        (f"入口寫著「{WORDS}」[1]。", [True]),
        (f"入口寫著「{WORDS}」。（摘自西港手冊）", [True]),
        (f"入口寫著「{WORDS}」。", [False]),
        (f"入口寫著『{WORDS}』，令人難忘。", [False]),
        ("入口寫著 “Every street ends at the water and every child can swim” 。", [False]),
        ("入口寫著「最大的客廳」。", []),
        (f"本次以「{WORDS}」為題發表演說。", []),
        (f"參加「{WORDS}」論壇。", []),
        (f"「{WORDS}」與「{WORDS}」兩句並列。", [False, False]),
    ],
)
def test_quotations_and_their_sources(text: str, sourced: list[bool]) -> None:
    assert [quotation.sourced for quotation in find_quotations(text)] == sourced


def test_offsets_are_those_of_the_words_between_the_marks() -> None:
    text = f"入口寫著「{WORDS}」。"
    (found,) = find_quotations(text)
    assert text[found.start : found.end] == WORDS
