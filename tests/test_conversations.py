"""Stored conversations: whole after reload, and never another's."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
import scripted

from assistant.answer import Turn
from assistant.conversations import BadTitle, Conversations, Exchange, UnknownConversation, history
from assistant.feedback import Feedback
from index.archive import Archive
from index.caches import IN_CACHES, IN_LOG, UNPURGED

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
        chosen, _ = kept.append(MINE, None, first)
        assert kept.append(MINE, chosen, second) == (chosen, second)
    with closing(Conversations.open(tmp_path)) as kept:
        assert kept.load(MINE, chosen) == (first, second)
        assert [one.number for one in kept.load(MINE, chosen)] == [0, 1]
        assert kept.append(MINE, chosen, first)[1].number == 2
        assert [row.title for row in kept.listed(MINE)] == ["那次學到什麼？"]


def test_the_last_used_is_listed_first(kept: Conversations) -> None:
    older, _ = kept.append(MINE, None, exchange("甲"))
    newer, _ = kept.append(MINE, None, exchange("乙"))
    kept.append(MINE, older, exchange("丙"))
    assert [row.id for row in kept.listed(MINE)] == [older, newer]
    assert len(kept.listed(MINE, limit=1)) == 1


def test_nobody_sees_or_continues_anothers(kept: Conversations) -> None:
    chosen, _ = kept.append(MINE, None, exchange("甲"))
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


def test_a_new_title_stays_and_changes_no_order(kept: Conversations) -> None:
    older, _ = kept.append(MINE, None, exchange("甲"))
    newer, _ = kept.append(MINE, None, exchange("乙"))
    assert kept.rename(MINE, older, "  滯洪池的\n做法 ") == "滯洪池的 做法"
    assert [(row.id, row.title) for row in kept.listed(MINE)] == [(newer, "乙"), (older, "滯洪池的 做法")]
    assert kept.find(MINE, older).title == "滯洪池的 做法"


@pytest.mark.parametrize(
    ("title", "sentence"), [("", "名稱是空的"), (" \n", "名稱是空的"), ("名" * 81, "81 個字，最多 80 個字")]
)
def test_a_title_that_is_none_is_refused(kept: Conversations, title: str, sentence: str) -> None:
    chosen, _ = kept.append(MINE, None, exchange("甲"))
    with pytest.raises(BadTitle, match=sentence):
        kept.rename(MINE, chosen, title)
    assert kept.find(MINE, chosen).title == "甲"


def test_nobody_renames_or_deletes_anothers(kept: Conversations) -> None:
    chosen, _ = kept.append(MINE, None, exchange("甲"))
    for act in (lambda: kept.rename(OTHERS, chosen, "乙"), lambda: kept.delete(OTHERS, chosen)):
        with pytest.raises(UnknownConversation, match="找不到這段對話"):
            act()
    assert kept.find(MINE, chosen).title == "甲" and len(kept.load(MINE, chosen)) == 1


def test_deleted_means_gone_from_every_file(kept: Conversations, tmp_path: Path) -> None:
    said = exchange("無可取代的標記學到什麼？")
    chosen, _ = kept.append(MINE, None, said)
    others = [kept.append(OTHERS, None, exchange(f"第 {number} 題學到什麼？"))[0] for number in range(20)]
    kept.append(MINE, chosen, exchange("東京的無可取代的標記？"))
    Feedback(kept.store).add(MINE, chosen, 0, "bad", "無可取代的標記")
    kept.rename(MINE, chosen, "無可取代的標記")
    assert files_with(tmp_path, "無可取代的標記")
    kept.delete(MINE, chosen)
    assert files_with(tmp_path, "無可取代的標記") == []
    assert files_with(tmp_path, chosen) == []
    assert kept.listed(MINE) == () and Feedback(kept.store).listed() == ()
    assert all(len(kept.load(OTHERS, other)) == 1 for other in others)
    assert kept.store.state(UNPURGED) is None
    with pytest.raises(UnknownConversation):
        kept.delete(MINE, chosen)


@pytest.mark.parametrize(("before", "after"), [(None, IN_LOG), (IN_CACHES, IN_CACHES)])
def test_a_log_that_a_reader_holds_is_emptied_later(
    kept: Conversations, tmp_path: Path, before: str | None, after: str
) -> None:
    if before:
        kept.store.remember(UNPURGED, before)
    chosen, _ = kept.append(MINE, None, exchange("無可取代的標記？"))
    with closing(sqlite3.connect(tmp_path / "archive.db", isolation_level=None)) as reader:
        reader.execute("BEGIN")
        reader.execute("SELECT * FROM turns").fetchall()
        with kept.store.read() as connection:
            connection.exec_driver_sql("PRAGMA busy_timeout=1")
        kept.delete(MINE, chosen)
        assert kept.store.state(UNPURGED) == after
    if after == IN_LOG:
        Archive.open(tmp_path).close()
        assert kept.store.state(UNPURGED) is None
        assert files_with(tmp_path, "無可取代的標記") == []


def files_with(folder: Path, marker: str) -> list[str]:
    """The files that hold the marker, as it is or as JSON would escape it."""
    forms = (marker.encode(), json.dumps(marker)[1:-1].encode())
    files = [path for path in folder.rglob("*") if path.is_file()]
    return [path.name for path in files if any(form in path.read_bytes() for form in forms)]
