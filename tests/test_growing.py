"""An answer on a terminal while it grows: only what is added, and no control characters."""

from __future__ import annotations

import io
from dataclasses import replace

import pytest
import scripted

from assistant.growing import CLEAR_LINE as CLEAR
from assistant.growing import Growing
from assistant.writing import Step

EXTRACTED = scripted.answer_with("問", scripted.LEARNED)


def written(text: str) -> Step:
    return Step(replace(EXTRACTED, text=text, mode="llm"))


def at_work() -> Step:
    return Step(EXTRACTED, progress="正在寫…")


def tail(text: str, end: str) -> Step:
    return replace(written(text), tail=end)


@pytest.mark.parametrize(
    ("steps", "shown"),
    [
        ([], ""),
        ([Step(EXTRACTED)], ""),
        ([at_work()], "正在寫…"),
        ([at_work(), at_work()], "正在寫…"),
        ([tail("", "甲"), tail("", "甲事"), written("甲事。[1]")], "甲事。[1]"),
        ([tail("", "甲"), tail("", "甲事。"), written("甲事。")], "甲事。"),
        ([written("甲。"), tail("甲。", "乙"), tail("甲。", "乙事")], "甲。\n乙事"),
        ([at_work(), tail("", "甲")], f"正在寫…{CLEAR}甲"),
        ([tail("甲。", "乙事"), written("甲。\n乙事。[1]")], "甲。\n乙事。[1]"),
        ([tail("甲。", "乙"), written("甲。\n丙。")], f"甲。\n乙{CLEAR}丙。"),
    ],
)
def test_each_step_shows_what_it_adds(steps: list[Step], shown: str) -> None:
    stream = io.StringIO()
    growing = Growing(stream)
    for step in steps:
        growing.show(step)
    assert stream.getvalue() == shown


def test_where_the_extracted_answer_stands_the_line_is_cleared() -> None:
    stream = io.StringIO()
    growing = Growing(stream)
    for step in (at_work(), Step(EXTRACTED)):
        growing.show(step)
    growing.end()
    assert stream.getvalue() == f"正在寫…{CLEAR}"


def test_the_extracted_answer_is_left_to_the_command_line() -> None:
    stream = io.StringIO()
    Growing(stream).show(Step(EXTRACTED, progress="正在寫…"))
    assert scripted.LEARNED[0] not in stream.getvalue()


def test_the_line_is_left_once_at_the_end() -> None:
    stream = io.StringIO()
    growing = Growing(stream)
    growing.show(written("甲。"))
    growing.end()
    assert stream.getvalue() == "甲。\n\n"


def test_nothing_shown_leaves_nothing() -> None:
    stream = io.StringIO()
    Growing(stream).end()
    assert stream.getvalue() == ""


def test_a_model_cannot_write_to_the_terminal() -> None:
    stream = io.StringIO()
    Growing(stream).show(tail("甲\033[2J。", "\033]0;pwned\a乙\r丙"))
    assert not set("\033\a\r") & set(stream.getvalue())


def test_without_a_stream_nothing_happens(capsys: pytest.CaptureFixture[str]) -> None:
    growing = Growing(None)
    growing.show(at_work())
    growing.show(Step(EXTRACTED))
    growing.end()
    assert capsys.readouterr() == ("", "")
