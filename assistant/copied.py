"""The rule against copying: paragraphs of which too much stands in the archive or in a source."""

from __future__ import annotations

from collections.abc import Iterator

from assistant.flaws import Flaw, Subject
from assistant.overlap import Overlap, Twin
from assistant.render import heading

COPIED = 0.6
_SHOWN = 40


def check_copied(subject: Subject) -> Iterator[Flaw]:
    """Paragraphs whose copied share reaches what the agency allows; from `COPIED` on they fail."""
    if subject.overlaps is None:
        yield Flaw("ok", "沒有可以比對的檔案庫或來源。")
        return
    text = subject.manuscript.report.text
    limit = subject.standards.overlap / 100
    for overlap in subject.overlaps:
        if overlap.share >= limit:
            copied = _cut(text[slice(*overlap.spans[0])])
            yield Flaw(
                "fail" if overlap.share >= max(COPIED, limit) else "warn",
                f"這一段有 {overlap.share:.0%} 與{name_twins(overlap)}雷同，例如「{copied}」。",
                subject.manuscript.where(overlap.start),
                "請改寫成自己的觀察；確是引用時，請加引號並註明出處。",
            )


def name_twins(overlap: Overlap) -> str:
    """Where the copied words stand, at most two places: 《title》第三章 心得（第 7 頁）."""
    return "、".join(_name(twin) for twin in overlap.twins[:2])


def _name(twin: Twin) -> str:
    passage = twin.passage
    name = f"《{passage.title or passage.file}》" if passage.report_id else f"來源「{passage.file}」"
    return f"{name}{heading(passage)}（第 {passage.page} 頁）"


def _cut(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= _SHOWN else line[:_SHOWN] + "…"
