"""What a rule of the review is given and what it answers with. Knows no rule."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Literal

from assistant.manuscript import Manuscript
from assistant.overlap import Overlap

Level = Literal["ok", "warn", "fail"]


@dataclass(frozen=True)
class Standards:
    """What an agency asks for: how many recommendations, whether a 摘要 must be there, and which
    share of a paragraph may be copied, in percent."""

    recommendations: int = 3
    needs_summary: bool = False
    overlap: int = 30


@dataclass(frozen=True)
class Subject:
    """A manuscript with the standards that it is held to; `overlaps` None where nothing was compared."""

    manuscript: Manuscript
    standards: Standards
    overlaps: tuple[Overlap, ...] | None = None


@dataclass(frozen=True)
class Flaw:
    """One thing found: what, where, and how it can be mended; level "ok" for a mere remark."""

    level: Level
    message: str
    where: str = ""
    mend: str = ""


Check = Callable[[Subject], Iterator[Flaw]]
