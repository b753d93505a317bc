"""Stored conversations: whole after reload, and never another's."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
import scripted

from assistant.answer import Turn
from assistant.conversations import Conversations, Exchange, UnknownConversation, history

MINE, OTHERS = "m" * 43, "o" * 43


@pytest.fixture
def kept(tmp_path: Path) -> Iterator[Conversations]:
    with closing(Conversations.open(tmp_path)) as conversations:
        yield conversations


def exchange(question: str) -> Exchange:
    return Exchange(question, scripted.ScriptedAssistant().ask(question))


def test_a_conversation_comes_back_with_its_citations(tmp_path: Path) -> None:
    first, second = exchange("那次學到什麼？"), exchange("東京的預算？")
    with closing(Conversations.open(tmp_path)) as kept:
        chosen = kept.append(MINE, None, first)
        assert kept.append(MINE, chosen, second) == chosen
    with closing(Conversations.open(tmp_path)) as kept:
        assert kept.load(MINE, chosen) == (first, second)
        assert [row.title for row in kept.listed(MINE)] == ["那次學到什麼？"]


def test_the_last_used_is_listed_first(kept: Conversations) -> None:
    older = kept.append(MINE, None, exchange("甲"))
    newer = kept.append(MINE, None, exchange("乙"))
    kept.append(MINE, older, exchange("丙"))
    assert [row.id for row in kept.listed(MINE)] == [older, newer]
    assert len(kept.listed(MINE, limit=1)) == 1


def test_nobody_sees_or_continues_anothers(kept: Conversations) -> None:
    chosen = kept.append(MINE, None, exchange("甲"))
    assert kept.listed(OTHERS) == ()
    with pytest.raises(UnknownConversation):
        kept.load(OTHERS, chosen)
    with pytest.raises(UnknownConversation):
        kept.append(OTHERS, chosen, exchange("乙"))
    assert len(kept.load(MINE, chosen)) == 1


def test_an_unknown_one_is_refused_with_a_sentence(kept: Conversations) -> None:
    with pytest.raises(UnknownConversation, match="找不到這段對話"):
        kept.load(MINE, "nothing")


def test_a_long_question_makes_a_short_title(kept: Conversations) -> None:
    kept.append(MINE, None, exchange("問" * 100 + "\n問"))
    assert kept.listed(MINE)[0].title == "問" * 39 + "…"


def test_history_is_what_was_said() -> None:
    said = exchange("東京的預算？")
    assert history([said]) == (Turn("user", "東京的預算？"), Turn("assistant", said.answer.text))
