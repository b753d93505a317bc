"""Verdicts on answers: kept with what was said, replaced by the same browser, never on another's answer."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
import scripted
import sqlalchemy as sa

from assistant.conversations import Conversations, Exchange, UnknownConversation, history
from assistant.feedback import BadFeedback, Feedback
from corpus.migrations import FEEDBACK

MINE, OTHERS = "m" * 43, "o" * 43


@pytest.fixture
def kept(tmp_path: Path) -> Iterator[Conversations]:
    with closing(Conversations.open(tmp_path)) as conversations:
        yield conversations


@pytest.fixture
def feedback(kept: Conversations) -> Feedback:
    return Feedback(kept.store)


def exchange(question: str) -> Exchange:
    return Exchange(question, scripted.ScriptedAssistant().ask(question))


@pytest.fixture
def chosen(kept: Conversations) -> str:
    """A conversation of two answers."""
    conversation, _ = kept.append(MINE, None, exchange("學到什麼？"))
    return kept.append(MINE, conversation, exchange("那建議呢？"))[0]


def test_a_verdict_is_kept_with_what_was_said(feedback: Feedback, chosen: str) -> None:
    first, second = exchange("學到什麼？"), exchange("那建議呢？")
    feedback.add(MINE, chosen, 1, "bad", " 數字\n不對 ")
    feedback.add(MINE, chosen, 0, "good")
    later, earlier = feedback.listed()
    assert (later.verdict, later.word, later.question, later.answer) == (
        "bad", "數字 不對", second.question, second.answer,
    )  # fmt: skip
    assert later.history == history([first])
    assert (earlier.verdict, earlier.word, earlier.answer, earlier.history) == ("good", "", first.answer, ())
    assert feedback.of(MINE, chosen) == {0: ("good", ""), 1: ("bad", "數字 不對")}


def test_the_cited_spans_stand_beside_it(kept: Conversations, feedback: Feedback, chosen: str) -> None:
    feedback.add(MINE, chosen, 0, "good")
    with kept.store.read() as connection:
        (spans,) = connection.execute(sa.select(FEEDBACK.c.passages)).scalars()
    citations = exchange("學到什麼？").answer.citations
    assert spans == [{"report_id": c.report_id, "start": c.start, "end": c.end} for c in citations]


def test_a_second_verdict_replaces_the_first(feedback: Feedback, chosen: str) -> None:
    feedback.add(MINE, chosen, 0, "good")
    (first,) = feedback.listed()
    feedback.add(MINE, chosen, 0, "bad")
    feedback.add(MINE, chosen, 0, "bad", "年份不對")
    (last,) = feedback.listed()
    assert (last.id, last.verdict, last.word) == (first.id, "bad", "年份不對")


@pytest.mark.parametrize(
    ("number", "verdict", "word", "sentence"),
    [
        (0, "fine", "", "good 或 bad，卻是「fine」"),
        (0, "bad", "字" * 501, "501 個字，最多 500 個字"),
        (2, "good", "", "找不到要評的答案"),
        (-1, "good", "", "找不到要評的答案"),
    ],
)
def test_what_cannot_be_kept_is_refused(
    feedback: Feedback, chosen: str, number: int, verdict: str, word: str, sentence: str
) -> None:
    with pytest.raises(BadFeedback, match=sentence):
        feedback.add(MINE, chosen, number, verdict, word)
    assert feedback.listed() == ()


def test_nobody_judges_anothers_answer(feedback: Feedback, chosen: str) -> None:
    with pytest.raises(UnknownConversation):
        feedback.add(OTHERS, chosen, 0, "bad")
    feedback.add(MINE, chosen, 0, "good")
    assert feedback.of(OTHERS, chosen) == {}


def test_it_goes_with_its_conversation(kept: Conversations, feedback: Feedback, chosen: str) -> None:
    other, _ = kept.append(MINE, None, exchange("建議？"))
    for conversation in (chosen, other):
        feedback.add(MINE, conversation, 0, "good")
    kept.delete(MINE, chosen)
    assert [one.question for one in feedback.listed()] == ["建議？"]
