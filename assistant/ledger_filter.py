"""Which records of the ledger somebody wants, from words to `Wanted`, checked against what exists.

The command line, the page and other programs' agents share it.
"""

from __future__ import annotations

from assistant.assistant import Assistant, check_question
from assistant.filters import build_filter
from assistant.ledger import Wanted
from assistant.statuses import find_status
from assistant.terms import Term
from assistant.topics import Topics


def build_wanted(
    assistant: Assistant,
    *,
    topic: str = "",
    year: str = "",
    query: str = "",
    status: str = "",
    others: bool = False,
) -> Wanted:
    """The records that these words mean; raises XindeError naming a value that does not exist."""
    return Wanted(
        topic=assistant.ledger.topics.find(topic) if topic.strip() else "",
        status=find_status(status.strip()) if status.strip() else "",
        terms=find_terms(assistant, query),
        where=build_filter(assistant.archive.reports(), year=year),
        others=others,
    )


def find_terms(assistant: Assistant, query: str) -> tuple[Term, ...]:
    """The words that a record has to hold, each in any of its spellings or synonyms."""
    if not query.strip():
        return ()
    check_question(query)
    return tuple(term for term in assistant.understand(query).terms if not term.is_phrase)


def is_topic(topics: Topics, word: str) -> bool:
    """Whether the word names a topic of the ledger."""
    return word.strip() in topics.names
