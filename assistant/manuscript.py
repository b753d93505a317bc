"""A finished or half-finished report as a review sees it: its text, parts, places and quotations.

Wraps the `Report` that the reader made of the file. Judges nothing.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from assistant.quotations import Quotation, find_quotations
from corpus.chapters import MAIN_KINDS
from corpus.paragraphs import Paragraph, find_paragraphs
from corpus.report import Chapter, ChapterKind, Item, Report, XindeError
from index.sentences import split_sentences

MERGED: ChapterKind = "reflections_and_recommendations"
WORDS = {"briefing": "簡報", "news": "新聞", "other": "其他文件", "trip_report": "出國報告"}


class NotAReport(XindeError):
    """A readable file that is no trip report; the sentence says what was looked for."""


@dataclass(frozen=True)
class Sentence:
    """`report.text[start:end]` is one sentence."""

    text: str
    start: int
    end: int


class Manuscript:
    """A report with what the rules ask of it, each found once."""

    def __init__(self, report: Report) -> None:
        self.report = report

    @classmethod
    def of(cls, report: Report) -> Manuscript:
        """The report as a manuscript; raises `NotAReport` where it is a document of another kind."""
        chaptered = report.doc_type == "other" and any(c.kind in MAIN_KINDS for c in report.chapters)
        if report.doc_type != "trip_report" and not chaptered:
            raise NotAReport(
                f"「{report.file}」讀起來是{WORDS[report.doc_type]}，不是出國報告："
                "裡面找不到目的、過程、心得、建議這些章節。請改用報告全文，或先加上章節標題再檢查。"
            )
        return cls(report)

    @cached_property
    def paragraphs(self) -> tuple[Paragraph, ...]:
        """The non-empty lines of the text."""
        return find_paragraphs(self.report.text)

    @cached_property
    def quotations(self) -> tuple[Quotation, ...]:
        """What stands in quotation marks and is long enough to be somebody's words."""
        return find_quotations(self.report.text)

    def chapters(self, *kinds: ChapterKind) -> tuple[Chapter, ...]:
        """The chapters of these kinds, in order."""
        return tuple(chapter for chapter in self.report.chapters if chapter.kind in kinds)

    def body(self, chapter: Chapter) -> str:
        """The text of a chapter without its heading."""
        return self.report.text[chapter.body : chapter.end]

    def items(self, kind: str) -> tuple[Item, ...]:
        """The items of 心得 ("reflections") or 建議 ("recommendations")."""
        return tuple(item for item in self.report.items if item.kind == kind)

    def sentences(self, start: int, end: int) -> Iterator[Sentence]:
        """The sentences of `text[start:end]`."""
        for first, last in split_sentences(self.report.text[start:end]):
            yield Sentence(self.report.text[start + first : start + last], start + first, start + last)

    def where(self, offset: int) -> str:
        """The place of a character in words: 第三章 心得，第 2 段（第 5 頁）."""
        chapter = self.report.chapter_at(offset)
        before = not self.report.chapters or offset < self.report.chapters[0].start
        name = chapter.heading if chapter else "封面" if before else "章節之外"
        page = f"第 {self.report.page_at(offset)} 頁"
        number = self._paragraph_number(chapter.body if chapter else 0, offset)
        paragraph = f"第 {number} 段" if number else ""
        place = "，".join(part for part in (name, paragraph) if part)
        return f"{place}（{page}）"

    def where_item(self, item: Item) -> str:
        """The place of an item in words: 第四章 建議 二（第 7 頁）."""
        number = f" {item.number}" if item.number else ""
        return f"{item.chapter}{number}（第 {item.page} 頁）"

    def _paragraph_number(self, start: int, offset: int) -> int:
        """Which paragraph from `start` on holds the character; 0 for what stands before the first."""
        starts = [paragraph.start for paragraph in self.paragraphs if paragraph.start >= start]
        return bisect_right(starts, offset)
