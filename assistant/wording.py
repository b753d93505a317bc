"""What the assistant says around quotations, in Chinese and in English.

Leads, refusals and labels only; every fact in an answer is quoted, never worded here.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from assistant.answer import NOT_FOUND, Language
from assistant.evidence import Sentence
from corpus.dates import show_roc
from corpus.report import ChapterKind
from index.archive import ReportRow

LONGEST_NEAREST = 100
CHAPTER_NAMES: dict[ChapterKind, tuple[str, str]] = {
    "purpose": ("目的", "Purpose"),
    "process": ("過程", "Process"),
    "reflections": ("心得", "Reflections"),
    "recommendations": ("建議", "Recommendations"),
    "reflections_and_recommendations": ("心得及建議", "Reflections and recommendations"),
    "summary": ("摘要", "Summary"),
    "appendix": ("附錄", "Appendix"),
    "other": ("內容", "Contents"),
}


def lead(row: ReportRow, label: str, language: Language) -> str:
    """The line above what one report says: title, dates, chapter."""
    if language == "en":
        dates = show_period(row, "en")
        return f"{label + ': ' if label else ''}《{row.title}》{f' ({dates})' if dates else ''}:"
    dates = show_period(row, "zh")
    return f"《{row.title}》{f'（{dates}）' if dates else ''}{label}："


def chapter_name(kind: ChapterKind, language: Language) -> str:
    """What a chapter of this kind is called in the language."""
    return CHAPTER_NAMES[kind][0 if language == "zh" else 1]


def show_period(row: ReportRow, language: Language) -> str:
    """「109 年 2 月 8 日至 14 日」 or "8–14 February 2020"; empty where no date is known."""
    first, last = row.start_date or row.report_date, row.end_date
    if first is None:
        return ""
    if language == "en":
        return _period_en(first, last)
    if last is None or last == first:
        return show_roc(first)
    if (first.year, first.month) == (last.year, last.month):
        return f"{show_roc(first)}至 {last.day} 日"
    return f"{show_roc(first)}至 {show_roc(last)}"


def _period_en(first: date, last: date | None) -> str:
    if last is None or last == first:
        return f"{first.day} {first:%B %Y}"
    if (first.year, first.month) == (last.year, last.month):
        return f"{first.day}–{last.day} {last:%B %Y}"
    return f"{first.day} {first:%B %Y} – {last.day} {last:%B %Y}"


def not_found(what: Sequence[str], language: Language) -> str:
    """The refusal: what the archive does not have."""
    named = "、".join(dict.fromkeys(w for w in what if w))
    if language == "en":
        return f"Not in the archive（{NOT_FOUND}）{': ' + named if named else ''}."
    return f"{NOT_FOUND}{f'「{named}」的記載' if named else '可以回答這個問題的記載'}。"


def nearest_line(titles: Sequence[str], language: Language) -> str:
    """The offer that follows a refusal."""
    shown = "、".join(f"《{title}》" for title in titles)
    return f"Nearest in the archive: {shown}." if language == "en" else f"檔案中最接近的是：{shown}。"


def nearest_words(sentence: Sentence) -> str:
    """What of a report comes nearest to a question that it does not answer, in its own words."""
    said = " ".join(sentence.text.split())
    shown = said if len(said) <= LONGEST_NEAREST else said[: LONGEST_NEAREST - 1] + "…"
    return f"最接近的一句：「{shown}」（第 {sentence.passage.page} 頁）"


EMPTY_ARCHIVE = {
    "zh": f"{NOT_FOUND}：檔案庫裡還沒有任何報告。請先用「xinde add 資料夾」加入報告，再提問。",
    "en": f"Not in the archive（{NOT_FOUND}）: no report has been added yet. "
    "Add some with `xinde add FOLDER`, then ask again.",
}
