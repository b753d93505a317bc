"""What is not sent to a model that runs elsewhere."""

from __future__ import annotations

from dataclasses import replace

import pytest
import trips

from assistant.gate import Gate

REPORT = trips.report(next(iter(trips.FILES)))
MARKED = replace(REPORT, classification="限閱")
PERSONAL = replace(REPORT, text=REPORT.text + "\n聯絡人手機 0912-345-678。")


def test_an_open_report_may_be_sent() -> None:
    assert Gate(is_open=False).why_withheld(REPORT) == ""


@pytest.mark.parametrize(("report", "why"), [(MARKED, "限閱"), (PERSONAL, "手機號碼")])
def test_marked_and_personal_reports_stay(report, why) -> None:
    assert why in Gate(is_open=False).why_withheld(report)
    assert Gate(is_open=True).why_withheld(report) == ""


def test_a_question_with_personal_data_stays() -> None:
    assert "身分證" in Gate(is_open=False).why_unasked("A123456789 這個人去過哪裡？")
    assert Gate(is_open=False).why_unasked("去過哪裡？") == ""
    assert Gate(is_open=True).why_unasked("A123456789 這個人去過哪裡？") == ""
