"""A trip as it is given, and the archive's reports that may be of the same one."""

from __future__ import annotations

from datetime import date

import pytest
import trips
import wired

from assistant.trip import Trip, TripError, known_reports


def test_dates_are_read_in_either_calendar() -> None:
    trip = Trip.read("某論壇", "日本東京", "115/4/26", "2026-04-30")
    assert (trip.first, trip.last) == (date(2026, 4, 26), date(2026, 4, 30))
    assert trip.period == "115 年 4 月 26 日至 115 年 4 月 30 日"
    assert trip.title == "赴日本東京出席某論壇出國報告"


def test_a_latin_name_keeps_its_distance() -> None:
    assert Trip("Velo-city").title == "出席 Velo-city 出國報告"


@pytest.mark.parametrize(
    ("first", "last", "said"),
    [
        ("115/4/30", "115/4/26", "結束日期 115 年 4 月 26 日早於開始日期 115 年 4 月 30 日"),
        ("下週", "", "開始日期「下週」看不懂"),
        ("115/13/1", "", "開始日期「115/13/1」看不懂"),
        ("115 年 4 月", "", "開始日期「115 年 4 月」看不懂"),
    ],
)
def test_dates_that_cannot_be_are_refused(first: str, last: str, said: str) -> None:
    with pytest.raises(TripError, match=said):
        Trip.read(first=first, last=last)


@pytest.mark.parametrize(
    ("trip", "found"),
    [
        (Trip("世界水論壇", "塞內加爾", date(2022, 3, 21), date(2022, 3, 25)), ["111達卡世界水論壇.txt"]),
        (Trip("", "印尼", date(2024, 5, 20)), ["113峇里島世界水論壇.txt"]),
        (Trip("", "日本", date(2024, 5, 20)), []),
        (Trip("世界水論壇", "塞內加爾"), []),
    ],
)
def test_reports_of_the_same_trip(trip: Trip, found: list[str]) -> None:
    rows = [trips.row_of(report) for report in wired.reports().values()]
    assert [row.file for row in known_reports(trip, rows, wired.names())] == found
