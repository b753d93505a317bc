"""What people may say of a recommendation, and the half-yearly day on which to look again."""

from __future__ import annotations

from datetime import date

import pytest

from assistant.statuses import LONGEST, STATUSES, BadStatus, FollowUp, next_half_year


@pytest.mark.parametrize(
    ("day", "check"),
    [
        ((2026, 1, 1), (2026, 6, 30)),
        ((2026, 6, 29), (2026, 6, 30)),
        ((2026, 6, 30), (2026, 12, 31)),
        ((2026, 12, 30), (2026, 12, 31)),
        ((2026, 12, 31), (2027, 6, 30)),
    ],
)
def test_the_next_half_yearly_day(day: tuple[int, int, int], check: tuple[int, int, int]) -> None:
    assert next_half_year(date(*day)) == date(*check)


def test_the_next_check_counts_from_the_last_word() -> None:
    today = date(2026, 11, 1)
    assert FollowUp().next_check(today) == date(2026, 12, 31)
    assert FollowUp("辦理中", updated_at="2026-02-03T01:00:00+00:00").next_check(today) == date(2026, 6, 30)
    settled = [name for name in STATUSES if FollowUp(name).next_check(today) is None]
    assert settled == ["不採行", "已辦理"]


def test_what_is_not_named_stays() -> None:
    known = FollowUp("採行", unit="水利局", note="已發包")
    assert known.changed({"status": "辦理中", "note": " 工程\n進行中 "}) == FollowUp(
        "辦理中", unit="水利局", note="工程 進行中"
    )
    assert known.changed({"unit": ""}).unit == ""


@pytest.mark.parametrize(
    ("values", "sentence"),
    [
        ({}, "沒有要改的內容。請至少給一項：採行情形、權責機關"),
        ({"status": "做了"}, "沒有「做了」這種採行情形；可用的是：未填、採行、部分採行"),
        ({"status": "不採行"}, "「不採行」時要說明理由"),
        ({"note": "字" * (LONGEST + 1)}, "辦理情形有 501 個字，最多 500 個字"),
    ],
)
def test_what_cannot_be_kept_is_a_sentence(values: dict[str, str], sentence: str) -> None:
    with pytest.raises(BadStatus, match=sentence):
        FollowUp().changed(values)


def test_a_reason_given_before_is_enough() -> None:
    assert FollowUp("研議中", reason="經費不足").changed({"status": "不採行"}).status == "不採行"
