"""Which records of the ledger somebody wants, from words to `Wanted`, checked against what exists.

The command line, the page and other programs' agents share it.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TypeVar

from assistant.assistant import Assistant, check_question
from assistant.filters import build_filter
from assistant.ledger import Wanted
from assistant.statuses import find_status
from assistant.terms import Term
from assistant.topics import Topics
from corpus.report import XindeError

T = TypeVar("T")
KINDS: dict[str, bool | None] = {"": None, "明示": False, "隱含": True}
WHOM = {"": "", "對本市": "own", "對他人": "others", "全部": ""}


class UnknownKind(XindeError):
    """There is no such kind of recommendation; the sentence says which there are."""


def build_wanted(
    assistant: Assistant,
    *,
    topic: str = "",
    year: str = "",
    query: str = "",
    status: str = "",
    others: bool = False,
    kind: str = "",
    whom: str = "",
) -> Wanted:
    """The records that these words mean; raises XindeError naming a value that does not exist."""
    return Wanted(
        topic=assistant.ledger.topics.find(topic) if topic.strip() else "",
        status=find_status(status.strip()) if status.strip() else "",
        terms=find_terms(assistant, query),
        where=build_filter(assistant.archive.reports(), year=year),
        others=others or whom in ("對他人", "全部"),
        implicit=_one_of(KINDS, kind),
        addressee=_one_of(WHOM, whom),
    )


def _one_of(table: Mapping[str, T], word: str) -> T:
    if word not in table:
        raise UnknownKind(f"沒有「{word}」這一種建議；可用的是：{'、'.join(filter(None, table))}。")
    return table[word]


def find_terms(assistant: Assistant, query: str) -> tuple[Term, ...]:
    """The words that a record has to hold, each in any of its spellings or synonyms."""
    if not query.strip():
        return ()
    check_question(query)
    return tuple(term for term in assistant.understand(query).terms if not term.is_phrase)


def is_topic(topics: Topics, word: str) -> bool:
    """Whether the word names a topic of the ledger."""
    return word.strip() in topics.names
