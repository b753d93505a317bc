"""Fields of a document: cover, derived values, places, people, events, dates and classification."""

from __future__ import annotations

from datetime import date

import pytest
import shapes

from corpus.classification import read_classification
from corpus.people import find_people
from corpus.sections import is_day_heading


def test_a_cover_in_the_central_form() -> None:
    report = shapes.report_of(shapes.CENTRAL)
    assert report.doc_type == "trip_report"
    assert report.title == "赴德國弗萊堡考察永續社區及綠色交通政策報告"
    assert report.agency == "臺中市政府都市發展局"
    assert (report.countries, report.cities, report.category) == (("德國",), ("弗萊堡",), "考察")
    assert (report.start_date, report.end_date) == (date(2024, 4, 1), date(2024, 4, 7))
    assert report.report_date == date(2024, 6, 30)
    assert report.people == ("林美玲", "陳志豪", "王怡君", "Klaus Hoppe")
    assert report.keywords == ("永續社區", "綠色交通", "再生能源")


def test_labels_of_other_covers() -> None:
    report = shapes.report_of(shapes.MERGED_NESTED)
    assert report.title == "韓國釜山智慧港區參訪報告"
    assert report.agency == "新竹市政府交通處"
    assert (report.countries, report.cities) == (("南韓",), ("釜山",))
    assert (report.start_date, report.end_date) == (date(2023, 10, 23), date(2023, 10, 27))
    assert report.people == ("倪茂榮", "李佳穎", "Kim Min-jae")


def test_a_document_without_a_cover_is_described() -> None:
    report = shapes.report_of(shapes.INLINE)
    assert report.title == "赴峴港出國報告（112 年 5 月）"
    assert (report.countries, report.cities) == (("越南",), ("峴港",))
    assert (report.start_date, report.end_date) == (date(2023, 5, 3), date(2023, 5, 6))


def test_the_edition_follows_from_place_and_year() -> None:
    report = shapes.report_of(shapes.BULLETS)
    assert report.events == ("世界城市論壇", "第十一屆世界城市論壇")


def test_an_event_that_no_table_knows_is_read_from_the_title() -> None:
    report = shapes.report_of(shapes.BARE)
    assert report.events == ("2023年亞洲水資源會議",)
    assert (report.countries, report.cities, report.category) == (("泰國",), ("曼谷",), "開會")


def test_a_transfer_is_no_destination() -> None:
    text = shapes.WRONG_ORDER.replace("抵達札幌", "搭機經新加坡轉機，抵達札幌")
    assert shapes.report_of(text).cities == ("札幌",)


@pytest.mark.parametrize(
    ("stated", "category"),
    [
        ("其他(出席國際會議)", "其他"),
        ("考察", "考察"),
        ("參訪", "考察"),
        ("國際會議", "開會"),
        ("訓練", "實習"),
        ("進修", "進修"),
        ("談判", "談判"),
    ],
)
def test_category_is_one_of_the_nine(stated: str, category: str) -> None:
    assert shapes.report_of(f"類別：{stated}\n" + shapes.BARE).category == category


@pytest.mark.parametrize(
    ("line", "level"),
    [
        ("密等：密", "密"),
        ("密等及解密條件或保密期限：", "公開"),
        ("機密等級：□公開 ■機密", "機密"),
        ("【限閱】", "限閱"),
        ("機密", "機密"),
        ("極 機 密", "極機密"),
        ("Confidential", "機密"),
        ("赴日談判報告（密）", "密"),
        ("本報告屬機密文件，不得外流", "機密"),
        ("對方重視資料保密，並建立緊密的合作關係。", "公開"),
        ("機密等級的分級管理是資安的起點", "公開"),
        ("機密性資料", "公開"),
        ("人口密度", "公開"),
    ],
)
def test_classification_is_read_from_marks_only(line: str, level: str) -> None:
    assert read_classification(shapes.raw(f"{line}\n{shapes.BARE}")) == level


@pytest.mark.parametrize(
    ("text", "people"),
    [
        ("由市長陳大文率局長林小美及科長王中興出席。", ("陳大文", "林小美", "王中興")),
        ("拜會東京都知事小池百合子、副知事松本明子。", ("小池百合子", "松本明子")),
        ("代表團團員甄子美、王大同及李小華一同前往。", ("甄子美", "王大同", "李小華")),
        ("王處長致詞。王大明處長先行返國。", ("王大明",)),
        ("布里斯本市長 Graham Quirk 致詞，Quirk 市長並合影。", ("Graham Quirk",)),
        (
            "由 Maimunah Mohd Sharif 博士主持，署長 Maimunah Binti Mohd Sharif 致詞。",
            ("Maimunah Mohd Sharif",),
        ),
        ("露珍怡代表(Representative Jenny Bloomfield)蒞臨。", ("露珍怡", "Jenny Bloomfield")),
        ("參加 Smart City Summit 與 World Urban Forum。", ()),
        ("市長高度重視，各國代表齊聚，高雄市副市長與會。", ()),
    ],
)
def test_people(text: str, people: tuple[str, ...]) -> None:
    assert find_people(text) == people


@pytest.mark.parametrize(
    ("line", "is_day"),
    [
        ("109 年 2 月 8 日(星期六)", True),
        ("第一天（112年2月6日）：抵達札幌", True),
        ("Day 2 京都", True),
        ("4/26（日） 東京", True),
        ("109 年 2 月 8 日本府代表團搭機前往，並於當日抵達。", False),
        ("2020 年的會議", False),
        ("歡迎晚宴", False),
    ],
)
def test_day_headings(line: str, is_day: bool) -> None:
    assert is_day_heading(line) is is_day


def test_a_cover_in_two_languages() -> None:
    report = shapes.report_of(shapes.MIXED_LANGUAGES)
    assert (report.countries, report.cities) == (("波蘭",), ("卡托維茲",))
    assert report.events == ("世界城市論壇", "第十一屆世界城市論壇")
    assert (report.start_date, report.end_date) == (date(2022, 6, 26), date(2022, 6, 30))
    assert report.people == ("林大同", "Maimunah Mohd Sharif")


def test_dates_and_places_of_an_itinerary_table() -> None:
    report = shapes.report_of(shapes.TABLE_AND_ORDINALS)
    assert (report.start_date, report.end_date) == (date(2021, 10, 10), date(2021, 10, 15))
    assert report.countries == ("德國",)
    assert "第二十七屆智慧運輸世界大會" in report.events


def test_a_summary_form_is_a_trip_report_and_minutes_are_not() -> None:
    form = shapes.report_of(shapes.SUMMARY_FORM)
    assert (form.doc_type, form.title) == ("trip_report", "參加第28屆聯合國氣候變化綱要公約締約方大會")
    assert (form.people, form.end_date) == (("王大明",), date(2023, 12, 12))
    assert shapes.report_of(shapes.MINUTES).doc_type == "other"


def test_a_date_line_of_the_cover_is_the_report_date() -> None:
    assert shapes.report_of(shapes.MAYOR).report_date == date(2023, 9, 1)
    assert shapes.report_of(shapes.MAYOR).countries == ("美國",)


def test_a_briefing() -> None:
    report = shapes.report_of(shapes.SPOKEN)
    assert (report.doc_type, report.title) == ("briefing", "縣府出席東京論壇簡報")
    assert (report.countries, report.start_date, report.report_date) == ((), None, date(2024, 5, 1))


def test_news_have_no_trip_and_no_agency() -> None:
    report = shapes.report_of(shapes.NEWS)
    assert (report.doc_type, report.agency, report.countries, report.start_date) == ("news", "", (), None)
    assert report.people == ("李小華", "黃大明")


def test_a_notice_above_or_before_the_title_is_none_of_it() -> None:
    above = shapes.report_of("【示範文件，非公文書】\n\n" + shapes.CENTRAL)
    assert above.title == "赴德國弗萊堡考察永續社區及綠色交通政策報告"
    title = "荷蘭智慧溫室與花卉拍賣考察成果簡報"
    slides = shapes.report_of(
        f"【示範文件】{title}\n屏東縣政府農業處\n報告人：溫子晴 技正\n112/8/24\n\n大綱\n\n- 行程\n- 心得\n"
    )
    assert slides.title == title


def test_a_briefing_names_its_agency_on_a_line_of_its_own() -> None:
    front = "荷蘭智慧溫室考察成果簡報\n屏東縣政府農業處\n報告人：溫子晴 技正\n112/8/24\n"
    slides = shapes.report_of(front + "\n簡報大綱\n- 行程\n- 五個看見\n- 經費\n- 期程\n簡報完畢\n")
    assert (slides.doc_type, slides.agency) == ("briefing", "屏東縣政府農業處")
