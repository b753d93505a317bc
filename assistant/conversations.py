"""Conversations: questions and their answers with all citations, kept in archive.db.

Each belongs to an owner (one browser); nobody is handed another's, not even by guessing its id.
The tables are made by `corpus.migrations`. It does not know how an answer was found.
"""

from __future__ import annotations

import json
import secrets
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import sqlalchemy as sa

from assistant.answer import Answer, Citation, Nearest, Statement, Turn, answer_json
from corpus.migrations import CONVERSATIONS, TURNS
from corpus.report import XindeError
from corpus.store import Store

TITLE_LENGTH = 40


class UnknownConversation(XindeError):
    """The conversation does not exist, or belongs to somebody else."""


@dataclass(frozen=True)
class Exchange:
    """A question and what was answered."""

    question: str
    answer: Answer


@dataclass(frozen=True)
class Listed:
    """A conversation in the list of earlier ones; `updated_at` is UTC, ISO."""

    id: str
    title: str
    updated_at: str


class Conversations:
    """The stored conversations of all owners."""

    def __init__(self, store: Store) -> None:
        self._store = store

    @classmethod
    def open(cls, home: Path) -> Conversations:
        """The conversations of the archive in `home`."""
        home.mkdir(parents=True, exist_ok=True)
        return cls(Store.open(home / "archive.db"))

    def close(self) -> None:
        """Give the database back."""
        self._store.close()

    def listed(self, owner: str, limit: int = 30) -> tuple[Listed, ...]:
        """The owner's conversations, the last used first."""
        query = (
            sa.select(CONVERSATIONS.c.id, CONVERSATIONS.c.title, CONVERSATIONS.c.updated_at)
            .where(CONVERSATIONS.c.owner == owner)
            .order_by(CONVERSATIONS.c.updated_at.desc(), CONVERSATIONS.c.id)
            .limit(limit)
        )
        with self._store.read() as connection:
            return tuple(Listed(*row) for row in connection.execute(query))

    def load(self, owner: str, conversation_id: str) -> tuple[Exchange, ...]:
        """All exchanges of one conversation, in order."""
        query = (
            sa.select(TURNS.c.role, TURNS.c.content, TURNS.c.answer_json)
            .where(TURNS.c.conversation_id == conversation_id)
            .order_by(TURNS.c.position)
        )
        with self._store.read() as connection:
            self._require(connection, owner, conversation_id)
            rows = connection.execute(query).all()
        questions = [row.content for row in rows if row.role == "user"]
        answers = [answer_from_json(json.loads(row.answer_json)) for row in rows if row.role == "assistant"]
        return tuple(Exchange(q, a) for q, a in zip(questions, answers, strict=True))

    def append(self, owner: str, conversation_id: str | None, exchange: Exchange) -> str:
        """Store one exchange; without an id a new conversation begins. Returns the id."""
        now = datetime.now(UTC).isoformat(timespec="microseconds")
        with self._store.write() as connection:
            if conversation_id is None:
                conversation_id = secrets.token_urlsafe(12)
                row = {"id": conversation_id, "owner": owner, "title": shorten(exchange.question)}
                connection.execute(sa.insert(CONVERSATIONS), [{**row, "created_at": now, "updated_at": now}])
            else:
                self._require(connection, owner, conversation_id)
                mine = CONVERSATIONS.c.id == conversation_id
                connection.execute(sa.update(CONVERSATIONS).where(mine).values(updated_at=now))
            used = sa.select(sa.func.count()).where(TURNS.c.conversation_id == conversation_id)
            position = connection.execute(used.select_from(TURNS)).scalar_one()
            connection.execute(sa.insert(TURNS), _rows(exchange, conversation_id, position, now))
        return conversation_id

    def _require(self, connection: sa.Connection, owner: str, conversation_id: str) -> None:
        mine = sa.and_(CONVERSATIONS.c.id == conversation_id, CONVERSATIONS.c.owner == owner)
        if connection.execute(sa.select(CONVERSATIONS.c.id).where(mine)).first() is None:
            raise UnknownConversation("找不到這段對話，可能已被刪除。請從清單重新選一段，或開始新對話。")


def history(exchanges: Iterable[Exchange]) -> tuple[Turn, ...]:
    """The exchanges as the earlier turns that a follow-up builds on."""
    turns: list[Turn] = []
    for exchange in exchanges:
        turns += [Turn("user", exchange.question), Turn("assistant", exchange.answer.text)]
    return tuple(turns)


def shorten(question: str, longest: int = TITLE_LENGTH) -> str:
    """The question on one line of at most that many characters, ending in … where it was cut."""
    line = " ".join(question.split())
    return line if len(line) <= longest else line[: longest - 1] + "…"


def answer_from_json(document: dict[str, Any]) -> Answer:
    """The answer that `answer_json` wrote."""
    return Answer(
        question=document["question"],
        language=document["language"],
        text=document["answer"],
        abstained=document["abstained"],
        statements=tuple(
            Statement(s["text"], tuple(s["citations"]), s["support"], tuple(s.get("reasons", ())))
            for s in document["statements"]
        ),
        citations=tuple(Citation(**citation) for citation in document["citations"]),
        nearest=tuple(Nearest(**nearest) for nearest in document["nearest"]),
        mode=document["mode"],
        model=document.get("model", ""),
        notes=tuple(document.get("notes", ())),
        timings_ms=document["timings_ms"],
    )


def _rows(exchange: Exchange, conversation_id: str, position: int, now: str) -> Sequence[dict[str, Any]]:
    answer = json.dumps(answer_json(exchange.answer), ensure_ascii=False)
    turns = (("user", exchange.question, None), ("assistant", exchange.answer.text, answer))
    return [
        {
            "id": f"{conversation_id}-{position + step}",
            "conversation_id": conversation_id,
            "position": position + step,
            "role": role,
            "content": content,
            "answer_json": document,
            "created_at": now,
        }
        for step, (role, content, document) in enumerate(turns)
    ]
