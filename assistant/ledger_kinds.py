"""Kinds of recommendations, in people's words: said outright or implicit, for the city or for others.

Narrows what is wanted to one of them. Knows nothing of reports.
"""

from __future__ import annotations

from dataclasses import replace

from assistant.ledger import Wanted
from corpus.report import XindeError

KINDS: dict[str, bool | None] = {"": None, "明示": False, "隱含": True}
WHOM: dict[str, str] = {"": "", "對本市": "own", "對他人": "others", "全部": ""}


class UnknownKind(XindeError):
    """There is no such kind of recommendation; the sentence says which there are."""


def narrowed(wanted: Wanted, kind: str, whom: str) -> Wanted:
    """Only what is of a kind and for somebody, where they are not empty; raises UnknownKind."""
    for word, table in ((kind, KINDS), (whom, WHOM)):
        if word not in table:
            raise UnknownKind(f"沒有「{word}」這一種建議；可用的是：{'、'.join(filter(None, table))}。")
    return replace(wanted, implicit=KINDS[kind], addressee=WHOM[whom], others=wanted.others or bool(whom))
