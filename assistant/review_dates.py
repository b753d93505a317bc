"""Rules on dates: ranges that end before they begin, wrong weekdays, days outside the trip, the deadline."""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from assistant.flaws import Flaw, Subject
from assistant.manuscript import Manuscript
from corpus.dates import DateSpan, find_dates, show_roc
from corpus.paragraphs import Paragraph
from corpus.sections import is_day_heading

MONTHS_ALLOWED = 3
WEEKDAYS = "一二三四五六日"
_JOINER = re.compile(r"(?:[-–—~～〜－至到迄]|起至)")
_WEEKDAY = re.compile(
    r"\s{0,2}[(（]\s?(?:星期|週|周|禮拜)?(?P<a>[一二三四五六日天])\s?[)）]|\s{0,2}(?:星期|週|禮拜)(?P<b>[一二三四五六日天])"
)
_BETWEEN = re.compile(rf"(?:\s{{0,2}}[(（][^)）]{{1,6}}[)）])?\s{{0,3}}(?:{_JOINER.pattern})\s{{0,3}}$")
_PERIOD = re.compile(r"(?:期間|(?:出國|出訪|考察|參訪|訪問|派遣|起[訖迄])日期)\s{0,4}[：:\t]")
_WRAPS = 10


@dataclass(frozen=True)
class _Day:
    """One written day; `sure` where its year is written too."""

    start: int
    end: int
    day: date
    sure: bool


def check_dates(subject: Subject) -> Iterator[Flaw]:
    """Dates agree with each other and with the calendar."""
    manuscript = subject.manuscript
    year = _year_of(manuscript)
    for paragraph in manuscript.paragraphs:
        days = list(_days(paragraph.text, year))
        yield from _reversed_ranges(manuscript, paragraph, days)
        yield from _wrong_weekdays(manuscript, paragraph, days)
    yield from _outside(manuscript, year)
    report = manuscript.report
    if report.report_date and report.end_date and report.report_date < report.end_date:
        yield Flaw(
            "fail",
            f"報告日期 {show_roc(report.report_date)} 早於返國日 {show_roc(report.end_date)}。",
            "封面",
            "請核對兩個日期。",
        )


def _year_of(manuscript: Manuscript) -> int | None:
    """The year of days that are written without one: that of the trip, else of the first full date."""
    report = manuscript.report
    if report.start_date:
        return report.start_date.year
    return next((span.first.year for span in find_dates(report.text) if span.precision == "day"), None)


def _days(text: str, year: int | None) -> Iterator[_Day]:
    """Every single day of a text; the ends of a range are read one by one."""
    parted = _JOINER.sub(lambda match: "；" * len(match[0]), text)
    parted = text if _is_numeric(text) else parted
    own = year
    for span in _single(parted, own):
        sure = _has_year(text[span.start : span.end])
        day = span.first
        if not sure and own:
            day = _in_year(day, own) or day
        own = day.year if sure else own
        yield _Day(span.start, span.end, day, sure)


def _is_numeric(text: str) -> bool:
    """Whether dashes part the fields of dates (2024-05-18), so that they join none."""
    return bool(re.search(r"\d-\d{1,2}-\d", text))


def _single(text: str, year: int | None) -> list[DateSpan]:
    return [s for s in find_dates(text, year=year) if s.precision == "day" and s.first == s.last]


def _has_year(written: str) -> bool:
    return (
        "年" in written
        or bool(re.match(r"\d{2,4}[./-]\d{1,2}[./-]\d", written))
        or bool(re.search(r"(?:19|20)\d\d", written))
    )


def _in_year(day: date, year: int) -> date | None:
    return day.replace(year=year) if day.day <= monthrange(year, day.month)[1] else None


def _reversed_ranges(manuscript: Manuscript, paragraph: Paragraph, days: list[_Day]) -> Iterator[Flaw]:
    text = paragraph.text
    for first, last in zip(days, days[1:], strict=False):
        joined = _BETWEEN.fullmatch(text[first.end : last.start])
        wraps = not last.sure and first.day.month >= _WRAPS and last.day.month <= MONTHS_ALLOWED
        if joined and last.day < first.day and not wraps:
            yield Flaw(
                "fail",
                f"「{text[first.start : last.end]}」結束早於開始。",
                manuscript.where(paragraph.start),
                "請核對起訖日期。",
            )


def _wrong_weekdays(manuscript: Manuscript, paragraph: Paragraph, days: list[_Day]) -> Iterator[Flaw]:
    for day in days:
        match = _WEEKDAY.match(paragraph.text, day.end)
        if not match:
            continue
        stated = (match["a"] or match["b"]).replace("天", "日")
        true = WEEKDAYS[day.day.weekday()]
        if stated != true:
            written = paragraph.text[day.start : match.end()]
            yield Flaw(
                "fail" if day.sure else "warn",
                f"「{written}」的星期不對：{show_roc(day.day)}是星期{true}。",
                manuscript.where(paragraph.start),
                "請核對日期或星期。",
            )


def _outside(manuscript: Manuscript, year: int | None) -> Iterator[Flaw]:
    """Day headings outside the period that the cover states."""
    period = _stated_period(manuscript, year)
    if period is None:
        return
    first, last = period
    for paragraph in manuscript.paragraphs:
        if not is_day_heading(paragraph.text) or manuscript.report.chapter_at(paragraph.start) is None:
            continue
        for day in list(_days(paragraph.text, year))[:1]:
            if not first <= day.day <= last:
                yield Flaw(
                    "warn",
                    f"「{paragraph.text}」不在出國期間（{show_roc(first)}至 {show_roc(last)}）之內。",
                    manuscript.where(paragraph.start),
                    "請核對封面的期間與這一天的日期。",
                )


def _stated_period(manuscript: Manuscript, year: int | None) -> tuple[date, date] | None:
    for paragraph in manuscript.paragraphs:
        if manuscript.report.chapter_at(paragraph.start) is not None:
            return None
        if _PERIOD.search(paragraph.text):
            days = [day.day for day in _days(paragraph.text, year)]
            if len(days) == 2 and days[0] <= days[1]:
                return days[0], days[1]
    return None


def check_deadline(subject: Subject) -> Iterator[Flaw]:
    """The report is dated within three months of the day of return."""
    report = subject.manuscript.report
    if not report.end_date:
        yield Flaw("ok", "看不出返國日，沒有核對繳交期限。")
        return
    due = months_after(report.end_date, MONTHS_ALLOWED)
    if not report.report_date:
        yield Flaw("ok", f"沒有寫報告日期；返國後三個月是 {show_roc(due)}。")
    elif report.report_date > due:
        yield Flaw(
            "fail",
            f"報告日期 {show_roc(report.report_date)} 超過返國後三個月（{show_roc(due)}）。",
            "封面",
            "請核對日期；確已逾期時，請依機關規定說明原因。",
        )


def months_after(day: date, months: int) -> date:
    """The same day of a later month, or its last day where it has fewer."""
    month = day.month - 1 + months
    year, month = day.year + month // 12, month % 12 + 1
    return date(year, month, min(day.day, monthrange(year, month)[1]))
