"""A review as text for a terminal: findings by level with place and mending, then copied paragraphs."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import zip_longest

from assistant.copied import name_twins
from assistant.flaws import Level
from assistant.overlap import Overlap
from assistant.render import WIDTH, cut, wrap
from assistant.review import LEVELS, RULES, Finding, Review

LEVEL_WORDS: dict[Level, str] = {"fail": "須修正", "warn": "請留意", "ok": "通過"}
COPIED = "雷同的段落"


def render_review(done: Review, columns: int = WIDTH) -> str:
    """The whole review; what must be mended comes first."""
    parts = [f"{wrap(done.title or done.file, columns)}\n{tally(done)}"]
    for level in LEVELS:
        found = [finding for finding in done.findings if finding.level == level]
        if found:
            lines = _passed(found, columns) if level == "ok" else _findings(found, columns)
            parts.append("\n".join([f"{LEVEL_WORDS[level]}（{len(found)}）", *lines]))
    if done.overlaps:
        shown = "\n\n".join(_overlap(overlap, columns) for overlap in done.overlaps)
        parts.append(f"{COPIED}（{len(done.overlaps)}）\n{shown}")
    return "\n\n".join(parts)


def tally(done: Review) -> str:
    """How many findings of each level there are, in one line."""
    return "，".join(f"{LEVEL_WORDS[level]} {done.count(level)} 項" for level in LEVELS)


def _findings(found: Sequence[Finding], columns: int) -> Iterator[str]:
    """Each with its place; what mends several in a row is said once, after the last."""
    for finding, following in zip_longest(found, found[1:]):
        yield wrap(f"〔{finding.title}〕{finding.message}", columns, "  ", "- ")
        if finding.where:
            yield wrap(f"位置：{finding.where}", columns, "        ", "  ")
        if finding.mend and (following is None or following.mend != finding.mend):
            yield wrap(f"→ {finding.mend}", columns, "     ", "  ")


def _passed(found: Sequence[Finding], columns: int) -> Iterator[str]:
    """The rules that found nothing in one line, and what else is remarked."""
    plain = {rule.passed for rule in RULES}
    titles = "、".join(finding.title for finding in found if finding.message in plain)
    if titles:
        yield wrap(titles, columns, "  ", "- ")
    yield from _findings([finding for finding in found if finding.message not in plain], columns)


def _overlap(overlap: Overlap, columns: int) -> str:
    return "\n".join(_overlap_lines(overlap, columns))


def _overlap_lines(overlap: Overlap, columns: int) -> Iterator[str]:
    yield wrap(f"第 {overlap.page} 頁，{overlap.share:.0%}：{name_twins(overlap)}", columns, "  ", "- ")
    for twin in overlap.twins[:2]:
        yield "  " + cut(f"「{twin.passage.quote}」", columns - 2)
