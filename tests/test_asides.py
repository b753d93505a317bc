"""The small requests beside an answer: what of a model's words is used, and what is not trusted."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import pytest

from assistant.asides import LONGEST, condense, doubts, gloss
from assistant.budget import Budget
from assistant.llm import Message, ModelUnavailable

EARLIER = ("第十屆世界水論壇在 2024 年學到什麼？",)
QUESTION = "那建議呢？"
QUOTES = {1: "該站每日供水 38 萬噸。", 3: "現場約有 150 人\n聆聽。"}


class Says:
    """A model that says one thing, or fails after it; remembers what it was asked."""

    name, is_local, is_trusted = "says", True, True

    def __init__(self, text: str, failure: ModelUnavailable | None = None) -> None:
        self._text = text
        self._failure = failure
        self.asked = ""

    def stream(self, messages: Sequence[Message], budget: Budget) -> Iterator[str]:
        self.asked += "".join(message.content for message in messages)
        yield from self._text
        if self._failure:
            raise self._failure


def budget() -> Budget:
    return Budget(5, 4_000)


@pytest.mark.parametrize(
    ("said", "used"),
    [
        ("第十屆世界水論壇有哪些建議？", "第十屆世界水論壇有哪些建議？"),
        ("  「第十屆世界水論壇有哪些建議？」 ", "第十屆世界水論壇有哪些建議？"),
        ("<think>是 2030 年嗎</think>\n2024 年有哪些建議？", "2024 年有哪些建議？"),
        ("2024 年有哪些建議？\n因為前面問的是 2024 年。", "2024 年有哪些建議？"),
        ("2025 年有哪些建議？", ""),
        ("世界水論壇有哪 3 項建議？", ""),
        ("第十一屆世界水論壇有哪些建議？", ""),
        ("What did the 2024 World Water Forum recommend?", ""),
        ("提供的段落裡沒有答案。", ""),
        ("請問您想知道哪個城市的交通政策？", ""),
        ("？", ""),
        ("", ""),
        ("\n \n", ""),
        ("<think>還在想", ""),
        ("建" * LONGEST, "建" * LONGEST),
        ("建" * (LONGEST + 1), ""),
    ],
)
def test_a_follow_up_is_put_in_full_from_what_was_said(said: str, used: str) -> None:
    model = Says(said)
    assert condense(model, EARLIER, QUESTION, budget()) == used
    assert EARLIER[0] in model.asked and QUESTION in model.asked


def test_an_english_follow_up_stays_english() -> None:
    full = "What did the 2024 World Water Forum recommend?"
    earlier = ("What did we learn at the World Water Forum in 2024?",)
    assert condense(Says(full), earlier, "And what was recommended?", budget()) == full
    assert (
        condense(Says("2024 年世界水論壇有哪些建議？"), earlier, "And what was recommended?", budget()) == ""
    )


@pytest.mark.parametrize(
    ("said", "used"),
    [
        ("[1] It supplies water.\n[3] People listened.", {1: "It supplies water.", 3: "People listened."}),
        ("  [3]   About 150 people listened.  ", {3: "About 150 people listened."}),
        ("Here you are:\n[1] It supplies water.\n\nThat is all.", {1: "It supplies water."}),
        ("<think>\n[3] Perhaps.\n</think>\n[1] It supplies water.", {1: "It supplies water."}),
        ("[2] Of nothing.\n[99] Of nothing either.", {}),
        ("[1]\n[3] ", {}),
        ("1. It supplies water.", {}),
        ("", {}),
    ],
)  # fmt: skip
def test_glosses_are_read_by_their_numbers(said: str, used: dict[int, str]) -> None:
    assert gloss(Says(said), QUOTES, budget()) == used


def test_each_quotation_is_sent_as_one_line() -> None:
    model = Says("")
    gloss(model, QUOTES, budget())
    assert "[1] 該站每日供水 38 萬噸。\n[3] 現場約有 150 人 聆聽。" in model.asked


@pytest.mark.parametrize(
    ("said", "doubted"),
    [("否", True), ("否。", True), (" 不是", True), ("No", True), ("no.", True), ("NO", True),
     ("<think>是嗎</think>否", True), ("「否」", True),
     ("是", False), ("是。", False), ("Yes", False), ("Nothing is wrong: yes.", False), ("", False),
     ("是否如此，難說。", False), ("不確定", False)],
)  # fmt: skip
def test_only_a_plain_no_is_a_doubt(said: str, doubted: bool) -> None:
    model = Says(said)
    assert doubts(model, "共有 42 名學員。", "現場約有 150 人聆聽。", budget()) is doubted
    assert "共有 42 名學員。" in model.asked and "現場約有 150 人聆聽。" in model.asked


def test_where_the_model_fails_nothing_comes_of_it() -> None:
    for said in ("", "否", "[1] It supplies water.", "第十屆世界水論壇有哪些建議？"):
        model = Says(said, ModelUnavailable("timeout", seconds=5))
        assert condense(model, EARLIER, QUESTION, budget()) == ""
        assert gloss(model, QUOTES, budget()) == {}
        assert doubts(model, "甲", "乙", budget()) is False
