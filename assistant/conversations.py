"""Conversations: questions and their answers with all citations, kept in archive.db.

Each belongs to an owner (one browser); nobody is handed another's, not even by guessing its id.
What is deleted is in no file afterwards. The tables are made by `corpus.migrations`. It does not
know how an answer was found.
"""

from __future__ import annotations

import json
import secrets
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import sqlalchemy as sa

from assistant.answer import Answer, Citation, Nearest, Statement, Turn, answer_json
from corpus.migrations import CONVERSATIONS, FEEDBACK, STATE, TURNS
from corpus.report import XindeError
from corpus.store import Store
from index.caches import IN_LOG, UNPURGED

TITLE_LENGTH = 40
LONGEST_TITLE = 80


class UnknownConversation(XindeError):
    """The conversation does not exist, or belongs to somebody else."""


class BadTitle(XindeError):
    """A conversation cannot be called that."""


@dataclass(frozen=True)
class Exchange:
    """A question and what was answered; `number` is its place in the stored conversation, from 0."""

    question: str
    answer: Answer
    number: int | None = field(default=None, compare=False)


@dataclass(frozen=True)
class Listed:
    """A conversation in the list of earlier ones; `updated_at` is UTC, ISO."""

    id: str
    title: str
    updated_at: str


class Conversations:
    """The stored conversations of all owners."""

    def __init__(self, store: Store) -> None:
        self.store = store

    @classmethod
    def open(cls, home: Path) -> Conversations:
        """The conversations of the archive in `home`."""
        home.mkdir(parents=True, exist_ok=True)
        return cls(Store.open(home / "archive.db"))

    def close(self) -> None:
        """Give the database back."""
        self.store.close()

    def listed(self, owner: str, limit: int = 30) -> tuple[Listed, ...]:
        """The owner's conversations, the last used first."""
        query = (
            sa.select(CONVERSATIONS.c.id, CONVERSATIONS.c.title, CONVERSATIONS.c.updated_at)
            .where(CONVERSATIONS.c.owner == owner)
            .order_by(CONVERSATIONS.c.updated_at.desc(), CONVERSATIONS.c.id)
            .limit(limit)
        )
        with self.store.read() as connection:
            return tuple(Listed(*row) for row in connection.execute(query))

    def find(self, owner: str, conversation_id: str) -> Listed:
        """One conversation as it stands in the list."""
        with self.store.read() as connection:
            return require(connection, owner, conversation_id)

    def load(self, owner: str, conversation_id: str) -> tuple[Exchange, ...]:
        """All exchanges of one conversation, in order."""
        query = (
            sa.select(TURNS.c.role, TURNS.c.content, TURNS.c.answer_json)
            .where(TURNS.c.conversation_id == conversation_id)
            .order_by(TURNS.c.position)
        )
        with self.store.read() as connection:
            require(connection, owner, conversation_id)
            rows = connection.execute(query).all()
        questions = [row.content for row in rows if row.role == "user"]
        answers = [answer_from_json(json.loads(row.answer_json)) for row in rows if row.role == "assistant"]
        pairs = zip(questions, answers, strict=True)
        return tuple(Exchange(q, a, number) for number, (q, a) in enumerate(pairs))

    def append(self, owner: str, conversation_id: str | None, exchange: Exchange) -> tuple[str, Exchange]:
        """Store one exchange; without an id a new conversation begins. Returns the id and the exchange
        with its number."""
        now = datetime.now(UTC).isoformat(timespec="microseconds")
        with self.store.write() as connection:
            if conversation_id is None:
                conversation_id = secrets.token_urlsafe(12)
                row = {"id": conversation_id, "owner": owner, "title": shorten(exchange.question)}
                connection.execute(sa.insert(CONVERSATIONS), [{**row, "created_at": now, "updated_at": now}])
            else:
                require(connection, owner, conversation_id)
                mine = CONVERSATIONS.c.id == conversation_id
                connection.execute(sa.update(CONVERSATIONS).where(mine).values(updated_at=now))
            used = sa.select(sa.func.count()).where(TURNS.c.conversation_id == conversation_id)
            position = connection.execute(used.select_from(TURNS)).scalar_one()
            connection.execute(sa.insert(TURNS), _rows(exchange, conversation_id, position, now))
        return conversation_id, replace(exchange, number=position // 2)

    def rename(self, owner: str, conversation_id: str, title: str) -> str:
        """Give it another title, which is returned as stored; raises BadTitle where it is none."""
        line = " ".join(title.split())
        if not line:
            raise BadTitle("名稱是空的。請輸入一個名稱，例如「滯洪池的做法」。")
        if len(line) > LONGEST_TITLE:
            raise BadTitle(f"名稱有 {len(line):,} 個字，最多 {LONGEST_TITLE} 個字。請縮短後再存。")
        with self.store.write() as connection:
            require(connection, owner, conversation_id)
            mine = CONVERSATIONS.c.id == conversation_id
            connection.execute(sa.update(CONVERSATIONS).where(mine).values(title=line))
        return line

    def delete(self, owner: str, conversation_id: str) -> None:
        """Delete it with what was thought of its answers; afterwards its words are in no file.

        Where other readers hold SQLite's log for long, it is emptied when the archive is next opened.
        """
        with self.store.write() as connection:
            require(connection, owner, conversation_id)
            for table in (FEEDBACK, TURNS):
                connection.execute(sa.delete(table).where(table.c.conversation_id == conversation_id))
            connection.execute(sa.delete(CONVERSATIONS).where(CONVERSATIONS.c.id == conversation_id))
            # What is removed from the caches may stand there already, and includes the log.
            if connection.execute(sa.select(STATE.c.value).where(STATE.c.name == UNPURGED)).first() is None:
                connection.execute(sa.insert(STATE), [{"name": UNPURGED, "value": IN_LOG}])
        if self.store.purge():
            marked = sa.and_(STATE.c.name == UNPURGED, STATE.c.value == IN_LOG)
            with self.store.write() as connection:
                connection.execute(sa.delete(STATE).where(marked))


def require(connection: sa.Connection, owner: str, conversation_id: str) -> Listed:
    """The owner's conversation; raises UnknownConversation where it is not there or not the owner's."""
    mine = sa.and_(CONVERSATIONS.c.id == conversation_id, CONVERSATIONS.c.owner == owner)
    query = sa.select(CONVERSATIONS.c.id, CONVERSATIONS.c.title, CONVERSATIONS.c.updated_at).where(mine)
    row = connection.execute(query).first()
    if row is None:
        raise UnknownConversation("找不到這段對話，可能已被刪除。請從清單重新選一段，或開始新對話。")
    return Listed(*row)


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
