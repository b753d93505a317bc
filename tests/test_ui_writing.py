"""An answer on the page while it is written: what is shown of it, and how often."""

from __future__ import annotations

import threading
from dataclasses import replace

import scripted

from assistant.answer import Statement
from assistant.ui.chat import Asked, Session
from assistant.ui.writing import at_intervals, is_written, show_writing
from assistant.writing import Step

ANSWER = scripted.answer_with("問", scripted.LEARNED)
WRITTEN = replace(ANSWER, mode="llm", model="語言模型 m（本機）")


def moments(*tails: str) -> list[Asked]:
    return [*(Asked(Session(), step=Step(WRITTEN, tail)) for tail in tails), Asked(Session("o"))]


def test_what_is_not_checked_yet_looks_so_and_is_only_text() -> None:
    html = show_writing(Step(WRITTEN, "還在寫 <img src=x onerror=alert(1)> ${alert(1)}"))
    assert '<p class="unchecked">還在寫 &lt;img' in html and "<img" not in html
    assert "語言模型 m（本機）" in html and scripted.LEARNED[0][:10] in html


def test_an_unsupported_sentence_is_struck_with_its_reason() -> None:
    text = "共有 99 國參加。"
    struck = replace(
        WRITTEN,
        text=text,
        statements=(Statement(text, (), "unsupported", ("數字不在段落裡",)),),
        citations=(),
    )
    html = show_writing(Step(struck))
    assert (
        '<span class="unsupported">共有 99 國參加。</span>' in html and "（不採用：數字不在段落裡）" in html
    )


def test_before_the_first_word_a_line_says_who_writes() -> None:
    html = show_writing(Step(ANSWER, progress="語言模型 m（本機）正在寫…"))
    assert "正在寫" in html and scripted.LEARNED[0] not in html
    assert show_writing(Step(ANSWER)) == ""
    assert (is_written(Step(ANSWER, "字")), is_written(Step(ANSWER))) == (True, False)


def test_the_last_moments_are_always_shown() -> None:
    shown = list(at_intervals(moments("一", "一二", "一二三"), interval=0))
    assert shown[-1].step is None and shown[-1].session.owner == "o"
    tails = [moment.step.tail for moment in shown if moment.step]
    assert tails == sorted(tails, key=len)


def test_the_latest_is_shown_while_the_next_is_waited_for() -> None:
    seen = threading.Event()

    def slow():
        yield from moments("一", "一二")[:2]
        assert seen.wait(5)
        yield Asked(Session("o"))

    found: list[str] = []
    for moment in at_intervals(slow(), interval=0):
        found.append(moment.step.tail if moment.step else "end")
        if found[-1] == "一二":
            seen.set()
    assert found[-2:] == ["一二", "end"]


def test_what_was_asked_is_finished_even_where_nobody_looks() -> None:
    done = threading.Event()

    def asking():
        yield from moments("一")
        done.set()

    next(at_intervals(asking(), interval=0))
    assert done.wait(5)
