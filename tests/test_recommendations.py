"""The recommendations of a report: items whole, advice outside 建議, what is for others, what is none."""

from __future__ import annotations

from dataclasses import replace

import pytest
import shapes
import trips

from assistant.recommendations import Finder, Recommendation

FINDER = Finder.load()
DAKAR, BALI, *_ = trips.FILES

REPORT = """\
出國報告（出國類別：考察）
赴挪威考察夜間圖書館報告
服務機關：範例市政府文化局
出國期間：民國114年3月3日至3月8日
壹、目的
本次考察的目的在於了解夜間圖書館的人力配置，作為本市新館開放時間的參考。
貳、過程
3月4日（二）參觀奧斯陸的夜間圖書館
館員說明，讀者應先登記證件才能在夜間進館。本市可借鏡其以讀者證開門的作法。
參、心得
一、無人時段也能安心
夜間只有一名保全，卻少有失竊。未來本市新館規劃時，應預留讀者證的門禁線路。
主辦單位如能提供夜間統計，將更有助於各館比較。
肆、建議
一、延長新館開放時間
夜間到館人數逐年增加。
二、訓練志工
建議文化局每半年訓練二十名夜間志工。整體而言，本次考察收穫豐富。
"""


def found(text: str) -> tuple[Recommendation, ...]:
    return FINDER.find(shapes.report_of(text))


def test_items_and_what_is_recommended_elsewhere_in_the_order_of_the_text() -> None:
    rows = [(one.implicit, one.addressee, one.number, one.heading, one.text[:12]) for one in found(REPORT)]
    assert rows == [
        (True, "own", "", "3月4日（二）參觀奧斯陸的夜間圖書館", "本市可借鏡其以讀者證開門"),
        (True, "own", "", "一、無人時段也能安心", "未來本市新館規劃時，應預"),
        (True, "others", "", "一、無人時段也能安心", "主辦單位如能提供夜間統計"),
        (False, "own", "一", "延長新館開放時間", "夜間到館人數逐年增加。"),
        (False, "own", "二", "訓練志工", "建議文化局每半年訓練二十"),
    ]  # fmt: skip


def test_a_heading_recommends_nothing() -> None:
    text = REPORT.replace("一、無人時段也能安心", "一、未來本市應重視無人時段的安全")
    assert [one.text[:12] for one in found(text)] == [one.text[:12] for one in found(REPORT)]


def test_a_record_says_where_it_stands() -> None:
    report = shapes.report_of(REPORT)
    for one in FINDER.find(report):
        assert one.text in report.text[one.start : one.end]
        assert one.id == f"{report.id}-{one.start}" and one.page == report.page_at(one.start)
        assert (one.report_id, one.file, one.title) == (report.id, report.file, report.title)
        assert str(one.date) == "2025-03-03"
    assert [one.actor for one in FINDER.find(report)][-1] == "文化局"


def test_the_term_of_an_item_stays_with_it() -> None:
    assert [one.term for one in FINDER.find(trips.report(DAKAR))] == ["立即可行", "中長期"]


def test_a_key_is_the_words_whatever_report_and_white_space() -> None:
    one, other = found(REPORT)[:2]
    again = replace(one, id="x-1", report_id="x", text=one.text.replace("讀者", "讀\n者"), start=1)
    assert again.key == one.key != other.key


@pytest.mark.parametrize("advice", ["無。", "本次無相關建議。", "以上建議，謹供參考。"])
def test_a_chapter_that_recommends_nothing_gives_no_record(advice: str) -> None:
    text = f"{REPORT[: REPORT.index('肆、建議')]}肆、建議\n{advice}\n"
    assert not [one for one in found(text) if not one.implicit]


def test_news_and_slides_without_chapters_have_none() -> None:
    assert found(shapes.NEWS) == () == found(shapes.SPOKEN)


def test_the_sample_reports_recommend_outside_too() -> None:
    assert [one.text[-6:] for one in FINDER.find(trips.report(BALI)) if one.implicit] == ["得我們借鏡。"]
