"""Dates that contradict each other or the calendar, and the deadline."""

from __future__ import annotations

from datetime import date

import pytest
from drafts import COVER, PARTS, flaws

from assistant.review_dates import months_after

PERIOD = "113年5月14日至113年5月18日"


@pytest.mark.parametrize(
    ("period", "wrong"),
    [
        ("113年5月14日至113年5月18日", False),
        ("113年5月18日至113年5月14日", True),
        ("113年5月18日至5月14日", True),
        ("113年12月28日至1月3日", False),
        ("113.5.18-113.5.14", True),
        ("2024-05-14 至 2024-05-18", False),
        ("113年5月14日（星期二）至5月18日（星期六）", False),
    ],
)
def test_a_trip_does_not_end_before_it_begins(period: str, wrong: bool) -> None:
    found = flaws("dates", cover=COVER.replace(PERIOD, period), process="第二章 過程\n參觀西港。\n")
    assert [flaw.level for flaw in found if "早於開始" in flaw.message] == ["fail"] * wrong


@pytest.mark.parametrize(
    ("day", "level"),
    [
        ("113年5月15日（星期三）", ""),
        ("113年5月15日(週三)", ""),
        ("113年5月15日（星期五）", "fail"),
        ("5月15日（四）", "warn"),
        ("5/15（三）", ""),
        ("2024年5月15日星期天", "fail"),
    ],
)
def test_weekdays_are_those_of_the_calendar(day: str, level: str) -> None:
    found = flaws("dates", process=f"第二章 過程\n{day}\n參觀西港住宅區。\n")
    assert [flaw.level for flaw in found] == ([level] if level else [])
    assert all("113 年 5 月 15 日是星期三" in flaw.message for flaw in found)


def test_a_day_outside_the_period_is_named() -> None:
    (found,) = flaws("dates", process=PARTS["process"] + "113年5月28日（星期二）\n參觀抽水站與水文館。\n")
    assert found.level == "warn" and "不在出國期間" in found.message


def test_a_report_is_not_dated_before_the_return() -> None:
    (found,) = flaws("dates", cover=COVER.replace("113年8月1日", "113年5月1日"))
    assert (found.level, found.where) == ("fail", "封面") and "早於返國日" in found.message


@pytest.mark.parametrize(
    ("written", "levels"),
    [("113年8月18日", []), ("113年8月19日", ["fail"]), ("", ["ok"])],
)
def test_a_report_is_due_in_three_months(written: str, levels: list[str]) -> None:
    found = flaws(
        "deadline", cover=COVER.replace("報告日期：113年8月1日", f"報告日期：{written}" if written else "")
    )
    assert [flaw.level for flaw in found] == levels


@pytest.mark.parametrize(
    ("day", "later"),
    [
        (date(2024, 5, 18), date(2024, 8, 18)),
        (date(2023, 11, 30), date(2024, 2, 29)),
        (date(2024, 10, 1), date(2025, 1, 1)),
        (date(2024, 9, 15), date(2024, 12, 15)),
    ],
)
def test_months_after_keep_to_the_calendar(day: date, later: date) -> None:
    assert months_after(day, 3) == later
