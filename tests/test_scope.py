"""Which reports a question is about, and what it names that no report covers."""

from __future__ import annotations

from datetime import date

import pytest
from trips import row
from wired import catalogue, names, read, short

from assistant.catalogue import Catalogue
from assistant.matching import strength
from assistant.planning import date_term
from assistant.scope import find_scope, unmet_dates, unmet_ordinals


def scope(text):
    return find_scope(read(text), catalogue())


@pytest.mark.parametrize(
    ("text", "reports"),
    [
        ("第九屆世界水論壇的建議", ["dakar"]),
        ("第十屆世界水論壇我們學到什麼？", ["bali"]),
        ("2022 世界水論壇的建議", ["dakar"]),
        ("what did we learn at the 10th World Water Forum", ["bali"]),
        ("世界水論壇的心得", ["bali", "dakar"]),
        ("2024 年世界水論壇的心得", ["bali"]),
        ("日本的心得", ["kumamoto", "sendai"]),
        ("去日本仙台的心得", ["kumamoto", "sendai"]),
        ("2023 年去日本的心得", ["kumamoto"]),
        ("108 年那次出國的目的？", ["sendai"]),
        ("113 年 5 月那次出國的目的？", ["bali"]),
        ("112熊本地下水考察.txt 的目的", ["kumamoto"]),
        ("簡報裡提到接待幾團外賓？", ["briefing"]),
        ("涂志安去過哪些國家？", ["dakar", "kumamoto"]),
        ("感測器工作坊由誰主持？", None),
        ("札幌的心得", None),
        ("去日本的飛機", ["kumamoto", "sendai"]),
    ],
)
def test_reports_that_names_places_and_times_point_to(text, reports):
    assert short(scope(text).reports) == reports
    assert scope(text).missing == ()


@pytest.mark.parametrize(
    ("text", "missing", "near"),
    [
        ("第十一屆世界水論壇有哪些建議？", "第十一屆世界水論壇", ["bali", "dakar"]),
        ("2019 年世界水論壇學到什麼？", "2019世界水論壇", ["bali", "dakar"]),
        ("2025 年世界水論壇學到什麼？", "2025世界水論壇", ["bali", "dakar"]),
        ("2018 世界水論壇學到什麼？", "第八屆世界水論壇", ["bali", "dakar"]),
        ("WUF11 我們學到什麼？", "第十一屆世界城市論壇（WUF11）", []),
        ("what did we learn at WUF10", "第十屆世界城市論壇（WUF10）", []),
    ],
)
def test_an_edition_that_no_report_covers_is_missing_with_its_series_near(text, missing, near):
    found = scope(text)
    assert [item.what for item in found.missing] == [missing]
    assert short(found.near) == near
    assert found.firm and found.reports == frozenset()


@pytest.mark.parametrize(
    ("text", "firm"),
    [
        ("第九屆世界水論壇的建議", True),
        ("112熊本地下水考察.txt", True),
        ("日本的心得", False),
        ("誰主持？", False),
    ],
)
def test_events_and_files_leave_no_other_reading_but_places_do(text, firm):
    assert scope(text).firm is firm


@pytest.mark.parametrize(
    ("text", "used"),
    [
        ("第九屆世界水論壇的建議", ["第九屆世界水論壇"]),
        ("仙台的心得", ["仙台"]),
        ("札幌的心得", []),
    ],
)
def test_names_that_chose_reports_need_not_stand_in_sentences(text, used):
    assert [entity.name for entity in scope(text).used] == used


@pytest.mark.parametrize(
    ("text", "sides"),
    [
        ("仙台和熊本的心得有什麼不同？", {"仙台": ["sendai"], "熊本": ["kumamoto"]}),
        (
            "第九屆世界水論壇和第十屆世界水論壇的建議比較",
            {"第九屆世界水論壇": ["dakar"], "第十屆世界水論壇": ["bali"]},
        ),
        ("2019 年和 2023 年去日本的建議有何不同", {"2019 年": ["sendai"], "2023 年": ["kumamoto"]}),
        ("仙台的心得", {}),
    ],
)
def test_sides_to_compare(text, sides):
    assert {label: short(reports) for label, reports in scope(text).sides} == sides


@pytest.mark.parametrize(
    ("text", "unmet"),
    [("2023 年去日本的心得", 0), ("2050 年去日本的心得", 1), ("誰主持？", 0), ("2050 年的報告", 1)],
)
def test_a_time_that_chose_no_report_stays_to_be_met(text, unmet):
    question = read(text)
    assert len(unmet_dates(question, find_scope(question, catalogue()))) == unmet


def test_in_an_empty_archive_an_edition_is_missing_and_nothing_is_near():
    empty = Catalogue.build([], names())
    found = find_scope(read("第九屆世界水論壇的建議"), empty)
    assert [item.what for item in found.missing] == ["第九屆世界水論壇"] and found.near == frozenset()
    assert find_scope(read("仙台的心得"), empty).reports is None


def test_an_edition_of_an_unknown_event_stays_wanted():
    asked = read("第67屆婦女論壇跟誰合作？")
    assert unmet_ordinals(asked, find_scope(asked, catalogue())) == (67,)
    known = read("第九屆世界水論壇的建議")
    assert unmet_ordinals(known, find_scope(known, catalogue())) == ()


@pytest.mark.parametrize(
    ("text", "spelling", "held"),
    [
        ("114 年 9 月的會議", "114年9月", True),
        ("114 年 9 月的會議", "2025年9月", True),
        ("114 年 9 月的會議", "115年9月", False),
        ("114 年 9 月的會議", "114年6月", False),
        ("114 年的會議", "2025", True),
    ],
)
def test_a_date_is_looked_for_no_coarser_than_it_was_asked(text, spelling, held):
    asked = read(text)
    dated = Catalogue.build([row("a", start_date=date(2020, 1, 1))], names())
    assert (strength(date_term(asked, asked.dates[0], dated), spelling) > 0) == held
