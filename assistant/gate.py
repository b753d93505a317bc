"""Which reports may be sent to a language model that does not run here, and which are withheld.

Reports marked 限閱 and those that hold personal data stay, unless the model is trusted. Knows nothing of
how a model is asked.
"""

from __future__ import annotations

from functools import lru_cache
from typing import Protocol

from corpus.personal_data import KIND_NAMES, find_personal_data

OPEN = "公開"


class Guarded(Protocol):
    """A text with how it is classified: a report, or somebody's notes."""

    @property
    def classification(self) -> str: ...
    @property
    def text(self) -> str: ...


class Gate:
    """Decides once per report; `is_open` where everything may be sent."""

    def __init__(self, *, is_open: bool) -> None:
        self._is_open = is_open

    def why_withheld(self, report: Guarded) -> str:
        """Why a report or notes must not be sent; empty where they may."""
        if self._is_open:
            return ""
        if report.classification not in ("", OPEN):
            return f"標示為「{report.classification}」"
        kinds = _kinds(report.text)
        return f"含有個人資料（{'、'.join(kinds)}）" if kinds else ""

    def why_unasked(self, question: str) -> str:
        """Why a question must not be sent; empty where it may."""
        kinds = () if self._is_open else _kinds(question)
        return f"問題裡有個人資料（{'、'.join(kinds)}）" if kinds else ""


@lru_cache(maxsize=512)
def _kinds(text: str) -> tuple[str, ...]:
    """The kinds of personal data in a text, as users call them."""
    return tuple(dict.fromkeys(KIND_NAMES[datum.kind] for datum in find_personal_data(text)))
