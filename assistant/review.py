"""The self-check of a report before it is handed in: one table of rules, and what they find.

The rules follow the official review sheet (出國報告審核表): format, copying, substance, value of the
recommendations, sources. Each finding has its place and a way to mend it. Reads and stores nothing.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from assistant.copied import check_copied
from assistant.flaws import Check, Flaw, Level, Subject
from assistant.overlap import Overlap
from assistant.review_content import (
    check_actors,
    check_figures,
    check_hollow,
    check_quotations,
    check_recommendations,
)
from assistant.review_dates import check_dates, check_deadline
from assistant.review_form import (
    check_chapters,
    check_language,
    check_placeholders,
    check_style,
    check_summary,
)

LEVELS: tuple[Level, ...] = ("fail", "warn", "ok")


@dataclass(frozen=True)
class Rule:
    """One row of the table: `name` for programs, `title` for people, `passed` where nothing is found."""

    name: str
    title: str
    passed: str
    check: Check


RULES: tuple[Rule, ...] = (
    Rule("chapters", "章節", "目的、過程、心得、建議都有，次序正確。", check_chapters),
    Rule("summary", "摘要", "摘要字數在 200 到 300 字之間。", check_summary),
    Rule("recommendations", "建議項數", "建議的項數足夠。", check_recommendations),
    Rule("actors", "建議的主體與作法", "每一項建議都寫出由誰做、做什麼。", check_actors),
    Rule("hollow", "空泛的話", "心得與建議裡沒有單獨出現的空泛用語。", check_hollow),
    Rule("quotations", "引文出處", "較長的引文都寫出來源。", check_quotations),
    Rule("figures", "數字", "心得與建議裡的數字在前面的章節都找得到。", check_figures),
    Rule("language", "外文比例", "全文以中文撰寫。", check_language),
    Rule("placeholders", "待填欄位", "沒有留下待填的空位。", check_placeholders),
    Rule("style", "標題與長度", "各項標題與內文的長度合乎慣例。", check_style),
    Rule("dates", "日期", "日期前後一致，星期也對。", check_dates),
    Rule("deadline", "繳交期限", "報告日期在返國後三個月內。", check_deadline),
    Rule("overlap", "抄襲比對", "沒有與檔案庫或來源雷同的段落。", check_copied),
)


@dataclass(frozen=True)
class Finding:
    """What one rule says: `where` is empty where it speaks of the whole; `mend` says what to do."""

    rule: str
    title: str
    level: Level
    message: str
    where: str = ""
    mend: str = ""


@dataclass(frozen=True)
class Review:
    """All findings about one file, in the order of the rules, and the copied paragraphs."""

    file: str
    title: str
    findings: tuple[Finding, ...]
    overlaps: tuple[Overlap, ...] = ()

    @property
    def failed(self) -> bool:
        """Whether anything must be mended before the report is handed in."""
        return any(finding.level == "fail" for finding in self.findings)

    def count(self, level: Level) -> int:
        """How many findings have this level."""
        return Counter(finding.level for finding in self.findings)[level]


def review(subject: Subject) -> Review:
    """What every rule says about a manuscript."""
    findings = [finding for rule in RULES for finding in _apply(rule, subject)]
    report = subject.manuscript.report
    return Review(report.file, report.title, tuple(findings), subject.overlaps or ())


def _apply(rule: Rule, subject: Subject) -> Iterator[Finding]:
    for flaw in list(rule.check(subject)) or [Flaw("ok", rule.passed)]:
        yield Finding(rule.name, rule.title, flaw.level, flaw.message, flaw.where, flaw.mend)


def review_json(done: Review) -> dict[str, Any]:
    """The review as the command line's contract has it; spans are offsets into the draft's text."""
    return {
        "file": done.file,
        "title": done.title,
        "findings": [
            {
                "rule": one.rule,
                "level": one.level,
                "message": one.message + one.mend,
                "where": one.where,
            }
            for one in done.findings
        ],
        "overlaps": [overlap.as_json() for overlap in done.overlaps],
    }
