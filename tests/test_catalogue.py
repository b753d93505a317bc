"""Reports by event, place, time, person and file."""

from __future__ import annotations

from datetime import date

import pytest
from trips import row
from wired import BALI, DAKAR, KUMAMOTO, SENDAI, catalogue, names, short

from assistant.catalogue import Catalogue, is_short_for, newest_first, when
from index.tokenise import fold


def entity(text):
    return names().find(text)[0].entity


@pytest.mark.parametrize(
    ("text", "reports"),
    [
        ("第九屆世界水論壇", ["dakar"]),
        ("第十屆世界水論壇", ["bali"]),
        ("2024 世界水論壇", ["bali"]),
        ("世界水論壇", ["bali", "dakar"]),
        ("第八屆世界水論壇", []),
        ("世界城市論壇", []),
    ],
)
def test_of_event_knows_editions(text, reports):
    assert short(catalogue().of_event(entity(text))) == reports


def test_of_series_is_every_edition():
    assert short(catalogue().of_series(entity("第三屆世界水論壇"))) == ["bali", "dakar"]
    assert catalogue().of_series(entity("WUF10")) == frozenset()


@pytest.mark.parametrize(
    ("text", "reports"),
    [("日本", ["kumamoto", "sendai"]), ("仙台", ["sendai"]), ("Japan", ["kumamoto", "sendai"]), ("札幌", [])],
)
def test_of_place(text, reports):
    assert short(catalogue().of_place(entity(text))) == reports


@pytest.mark.parametrize(
    ("first", "last", "reports"),
    [
        (date(2023, 1, 1), date(2023, 12, 31), ["kumamoto"]),
        (date(2022, 3, 25), date(2022, 3, 25), ["dakar"]),
        (date(2022, 3, 26), date(2022, 3, 26), []),
        (date(2024, 1, 1), date(2024, 12, 31), ["bali", "briefing"]),
        (date(1999, 1, 1), date(1999, 1, 1), []),
    ],
)
def test_of_time_is_the_trip_or_else_the_date_of_the_document(first, last, reports):
    assert short(catalogue().of_time(first, last)) == reports


def test_an_undated_report_is_of_no_time():
    undated = Catalogue.build([row("r1")], names())
    assert undated.of_time(date(1900, 1, 1), date(2100, 1, 1)) == frozenset()


def test_people_are_found_in_folded_text():
    assert catalogue().people_in(fold("高以寧和涂志安去了哪裡")) == tuple(map(fold, ("高以寧", "涂志安")))
    assert catalogue().people_in(fold("高以達去了哪裡")) == ()
    assert catalogue().people_in("") == ()


def test_latin_names_are_found_whole():
    people = Catalogue.build([row("r1", people=("Aissata Camara", "Ann Keita"))], names())
    assert people.people_in(fold("Who is Aissata Camara?")) == ("aissata camara",)
    assert people.people_in(fold("Where is Camara?")) == ()


def test_people_by_surname():
    assert catalogue().people_called("涂") == ["涂志安"]
    assert catalogue().people_called("饒") == []


@pytest.mark.parametrize(
    ("text", "reports"),
    [
        ("112熊本地下水考察.txt 的目的", ["kumamoto"]),
        (f"{SENDAI} 的建議", ["sendai"]),
        ("熊本的目的", []),
        ("報告.txt", []),
    ],
)
def test_reports_by_file_and_id(text, reports):
    assert short(catalogue().files_in(fold(text))) == reports


def test_a_file_in_a_folder_goes_by_its_name_too():
    nested = Catalogue.build([row("r1", file="匯入/112考察報告.pdf")], names())
    assert nested.files_in(fold("112考察報告.pdf 的心得")) == {"r1"}


def test_an_organiser_is_in_the_name_of_its_events():
    rows = [
        row("r1", events=("城市與地方政府聯盟世界大會",)),
        row("r2", events=("城市與地方政府聯盟世界大會",), doc_type="news"),
        row("r3", events=("世界水論壇",)),
    ]
    organisation = entity("城市與地方政府聯盟")
    assert Catalogue.build(rows, names()).of_organiser(organisation) == {"r1"}


def test_an_event_known_by_year_is_found_by_the_trip_to_its_series_in_that_year():
    rows = [
        row("r1", events=("巴塞隆納智慧城市展",), start_date=date(2023, 11, 6)),
        row("r2", events=("巴塞隆納智慧城市展",), start_date=date(2022, 11, 14)),
    ]
    assert Catalogue.build(rows, names()).of_event(entity("2023 巴塞隆納智慧城市展")) == {"r1"}


def test_order_is_newest_first_and_undated_last():
    rows = [catalogue().rows[key] for key in (SENDAI, BALI, KUMAMOTO, DAKAR)] + [row("r9")]
    assert [r.id for r in newest_first(rows)] == [BALI, KUMAMOTO, DAKAR, SENDAI, "r9"]


def test_when_is_the_trip_before_the_date_of_the_report():
    assert when(row("r", start_date=date(2022, 1, 2), report_date=date(2022, 3, 4))) == date(2022, 1, 2)
    assert when(row("r", report_date=date(2022, 3, 4))) == date(2022, 3, 4)
    assert when(row("r")) is None


@pytest.mark.parametrize(
    ("name", "agency", "is_short"),
    [
        ("運研所", "交通部運輸研究所", True),
        ("史前館", "國立臺灣史前文化博物館", True),
        ("臺中水利局", "臺中市政府水利局", True),
        ("水利局", "臺中市政府水利局", True),
        ("水利署", "臺中市政府水利局", False),
        ("所研運", "交通部運輸研究所", False),
        ("高雄水利局", "臺中市政府水利局", False),
    ],
)
def test_short_forms_of_agencies(name, agency, is_short):
    assert is_short_for(fold(name), fold(agency)) == is_short


def test_agencies_are_found_by_their_short_forms_where_they_tell_reports_apart():
    rows = [
        row("a", agency="交通部運輸研究所"),
        row("b", agency="臺中市政府水利局"),
        row("c", agency="臺中市政府水利局"),
        row("d", agency=""),
    ]
    archive = Catalogue.build(rows, names())
    assert archive.agencies_in(fold("那個運研所去了哪裡")) == {"运研所": frozenset("a")}
    assert archive.agencies_in(fold("水利局的建議")) == {"水利局": frozenset("bc")}
    assert archive.agencies_in(fold("教育局的建議")) == {}
    same = Catalogue.build([row("a", agency="甲市政府水利局"), row("b", agency="甲市政府水利局")], names())
    assert same.agencies_in(fold("水利局的建議")) == {}
