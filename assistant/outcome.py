"""What a command hands back to the command line: words for people, a document for scripts, a code.

A command never prints; it knows neither the terminal nor whether `--json` was given.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

DONE, REFUSED, USAGE = 0, 1, 2
EMPTY = "檔案庫還是空的。請先加入報告：xinde add 資料夾"


@dataclass(frozen=True)
class Outcome:
    """`text` goes to stdout unless `--json` asks for `document`; `notes` always go to stderr."""

    text: str
    document: Any
    code: int = DONE
    notes: tuple[str, ...] = ()
