"""Which records of the ledger somebody wants, from words to `Wanted`, checked against what exists.

The command line, the page and other programs' agents share it.
"""

from __future__ import annotations

from collections.abc import Callable

from assistant.filters import build_filter
from assistant.ledger import Wanted
from assistant.statuses import find_status
from assistant.terms import Term
from assistant.topics import Topics
from index.archive import Archive

FindTerms = Callable[[str], tuple[Term, ...]]


def build_wanted(
    archive: Archive,
    topics: Topics,
    find_terms: FindTerms,
    *,
    topic: str = "",
    year: str = "",
    query: str = "",
    status: str = "",
    others: bool = False,
) -> Wanted:
    """The records that these words mean; raises XindeError naming a value that does not exist.

    `find_terms` reads a query, where there is one.
    """
    return Wanted(
        topic=topics.find(topic) if topic.strip() else "",
        status=find_status(status.strip()) if status.strip() else "",
        terms=find_terms(query) if query.strip() else (),
        where=build_filter(archive.reports(), year=year),
        others=others,
    )


def is_topic(topics: Topics, word: str) -> bool:
    """Whether the word names a topic of the ledger."""
    return word.strip() in topics.names
