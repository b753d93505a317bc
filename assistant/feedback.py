"""What people thought of the answers they got: good or bad, with a word on what is wrong.

Kept in archive.db with question, answer and cited passages, until the conversation is deleted.
It does not know how an answer was found, nor what is made of the verdicts.
"""

from __future__ import annotations

import json
import secrets
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, Literal, get_args

import sqlalchemy as sa

from assistant.answer import Answer, Turn
from assistant.conversations import answer_from_json, require
from corpus.migrations import FEEDBACK, TURNS
from corpus.report import XindeError
from corpus.store import Store

Verdict = Literal["good", "bad"]
VERDICTS = get_args(Verdict)
LONGEST_WORD = 500


class BadFeedback(XindeError):
    """What was said of an answer cannot be kept; the sentence says why."""


@dataclass(frozen=True)
class Judged:
    """A verdict on one answer; `history` is what had been said before its question."""

    id: str
    verdict: Verdict
    word: str
    question: str
    answer: Answer
    history: tuple[Turn, ...]
    created_at: str


class Feedback:
    """The verdicts of all owners."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def add(self, owner: str, conversation_id: str, number: int, verdict: str, word: str = "") -> None:
        """Keep the verdict on the answer of that number, in place of an earlier one on the same answer.

        Raises BadFeedback, and UnknownConversation where the conversation is not the owner's.
        """
        if verdict not in VERDICTS:
            raise BadFeedback(f"評價應是 {' 或 '.join(VERDICTS)}，卻是「{verdict}」。")
        word = " ".join(word.split())
        if len(word) > LONGEST_WORD:
            raise BadFeedback(f"說明有 {len(word):,} 個字，最多 {LONGEST_WORD} 個字。請縮短後再送出。")
        now = datetime.now(UTC).isoformat(timespec="microseconds")
        with self._store.write() as connection:
            require(connection, owner, conversation_id)
            values = {**_said(connection, conversation_id, number), "verdict": verdict, "word": word}
            mine = {"owner": owner, "conversation_id": conversation_id, "created_at": now}
            known = _drop(connection, conversation_id, values["position"])
            row = {"id": known or secrets.token_hex(6), **mine, **values}
            connection.execute(sa.insert(FEEDBACK), [row])

    def of(self, owner: str, conversation_id: str) -> dict[int, tuple[Verdict, str]]:
        """Verdict and word by the number of the answer, of one conversation of the owner."""
        query = sa.select(FEEDBACK.c.position, FEEDBACK.c.verdict, FEEDBACK.c.word)
        query = query.where(FEEDBACK.c.conversation_id == conversation_id, FEEDBACK.c.owner == owner)
        with self._store.read() as connection:
            return {row.position // 2: (row.verdict, row.word) for row in connection.execute(query)}

    def listed(self) -> tuple[Judged, ...]:
        """Every verdict of every owner, the earliest first."""
        query = sa.select(FEEDBACK).order_by(FEEDBACK.c.created_at, FEEDBACK.c.id)
        with self._store.read() as connection:
            return tuple(
                Judged(
                    id=row.id,
                    verdict=row.verdict,
                    word=row.word,
                    question=row.question,
                    answer=answer_from_json(json.loads(row.answer_json)),
                    history=_history(connection, row.conversation_id, row.position - 1),
                    created_at=row.created_at,
                )
                for row in connection.execute(query).all()
            )


def _said(connection: sa.Connection, conversation_id: str, number: int) -> dict[str, Any]:
    """Question and answer of that number, as they are kept beside a verdict."""
    position = 2 * number + 1
    query = (
        sa.select(TURNS.c.content, TURNS.c.answer_json)
        .where(TURNS.c.conversation_id == conversation_id, TURNS.c.position.in_((position - 1, position)))
        .order_by(TURNS.c.position)
    )
    rows = connection.execute(query).all()
    if number < 0 or len(rows) != 2:
        raise BadFeedback("找不到要評的答案。請重新整理網頁再試。")
    question, answer = rows
    citations = json.loads(answer.answer_json)["citations"]
    passages = [{name: one[name] for name in ("report_id", "start", "end")} for one in citations]
    return {
        "position": position,
        "question": question.content,
        "answer_json": answer.answer_json,
        "passages": passages,
    }


def _drop(connection: sa.Connection, conversation_id: str, position: int) -> str | None:
    """Take an earlier verdict on this answer away; returns its id."""
    same = sa.and_(FEEDBACK.c.conversation_id == conversation_id, FEEDBACK.c.position == position)
    known = connection.execute(sa.select(FEEDBACK.c.id).where(same)).scalar()
    connection.execute(sa.delete(FEEDBACK).where(same))
    return known


def _history(connection: sa.Connection, conversation_id: str, position: int) -> tuple[Turn, ...]:
    """What had been said in the conversation before that position."""
    query = (
        sa.select(TURNS.c.role, TURNS.c.content)
        .where(TURNS.c.conversation_id == conversation_id, TURNS.c.position < position)
        .order_by(TURNS.c.position)
    )
    return tuple(Turn(row.role, row.content) for row in connection.execute(query))
