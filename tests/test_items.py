"""Items of 心得 and 建議: numbers, headings, terms, merged chapters, and that their text is the report's."""

from __future__ import annotations

import pytest
import shapes
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus.report import Item

OWN = "甲的內容說明得十分完整，足以自成一項，包括原因、做法與期程三個部分，" * 2 + "逐年檢討。"


def items(text: str) -> list[tuple[str, str, str, str]]:
    return [(i.kind, i.number, i.heading, i.term) for i in shapes.report_of(text).items]


def chapter(body: str, name: str = "建議") -> tuple[Item, ...]:
    head = "壹、目的\n本次考察的目的在於學習他市的經驗，並作為施政參考。\n"
    return shapes.report_of(f"{head}貳、{name}\n{body}\n").items


def test_term_groups_are_no_items_and_give_their_term() -> None:
    assert items(shapes.CENTRAL) == [
        ("reflections", "一", "公共運輸先行", ""),
        ("reflections", "二", "居民參與要有預算", ""),
        ("recommendations", "（一）", "於重劃區試辦停車集中管理", "立即可行"),
        ("recommendations", "（二）", "成立社區論壇", "立即可行"),
        ("recommendations", "（一）", "研擬無車社區專章", "中長期"),
    ]


def test_the_agency_lines_stay_with_their_recommendation() -> None:
    first = shapes.report_of(shapes.CENTRAL).items[2]
    assert first.text.endswith("主辦機關：交通局\n協辦機關：都市發展局")


def test_a_merged_chapter_is_told_apart_by_its_sub_headings() -> None:
    assert items(shapes.MERGED_NESTED) == [
        ("reflections", "1", "資料交換是自動化的前提", ""),
        ("reflections", "2", "人員轉型需要勞資協商", ""),
        ("recommendations", "1", "", ""),
        ("recommendations", "2", "", ""),
    ]


def test_a_merged_chapter_without_numbers_is_cut_where_it_begins_to_recommend() -> None:
    first, second = shapes.report_of(shapes.MERGED_PLAIN).items
    assert (first.kind, first.number, first.heading) == ("reflections", "", "第二章 心得及建議")
    assert (second.kind, second.text[:6]) == ("recommendations", "建議本市研議")


def test_a_merged_chapter_is_told_apart_by_its_wording() -> None:
    found = chapter(
        "一、運輸服務以人為本\n他市的轉乘動線清楚，長者也能自行搭乘。\n二、建立轉乘標準\n建議交通局訂定轉乘動線設計標準。",
        "心得及建議",
    )
    assert [item.kind for item in found] == ["reflections", "recommendations"]


def test_a_chapter_without_numbers_is_one_item() -> None:
    assert items(shapes.BARE) == [("reflections", "", "心得", ""), ("recommendations", "", "建議", "")]


def test_bullets_are_items_without_numbers() -> None:
    assert [(i.kind, i.number, i.text[:4]) for i in shapes.report_of(shapes.BULLETS).items] == [
        ("reflections", "", "論壇規模"),
        ("reflections", "", "各國展館"),
        ("recommendations", "", "建議提早"),
        ("recommendations", "", "建議培訓"),
    ]


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        (
            "一、甲案推動\n甲的內容。\n二、乙案推動\n乙的內容。",
            [("一", "甲案推動", "甲的內容。"), ("二", "乙案推動", "乙的內容。")],
        ),
        (
            "一、甲案推動：甲的內容。\n二、乙案推動：乙的內容。",
            [("一", "甲案推動", "甲的內容。"), ("二", "乙案推動", "乙的內容。")],
        ),
        (
            "一、建議甲案，並推動。\n二、建議乙案，並推動。",
            [("一", "", "建議甲案，並推動。"), ("二", "", "建議乙案，並推動。")],
        ),
        ("一、推動甲案\n二、推動乙案", [("一", "推動甲案", ""), ("二", "推動乙案", "")]),
        (
            "（一）甲案推動\n甲的內容。\n（二）乙案推動\n乙的內容。",
            [("（一）", "甲案推動", "甲的內容。"), ("（二）", "乙案推動", "乙的內容。")],
        ),
        (
            "建議一：甲案推動\n甲的內容。\n建議二：乙案推動\n乙的內容。",
            [("一", "甲案推動", "甲的內容。"), ("二", "乙案推動", "乙的內容。")],
        ),
        ("一、甲案的內容；二、乙案的內容。", [("一", "", "甲案的內容；"), ("二", "", "乙案的內容。")]),
        (
            f"一、推動韌性城市的整備工作\n{OWN}\n1. 子項甲\n2. 子項乙",
            [
                (
                    "一",
                    "推動韌性城市的整備工作",
                    f"{OWN}\n1. 子項甲\n2. 子項乙",
                )
            ],
        ),
    ],
)
def test_items_of_a_chapter(body: str, expected: list[tuple[str, str, str]]) -> None:
    assert [(item.number, item.heading, item.text) for item in chapter(body)] == expected


def test_a_term_in_brackets_or_over_the_items() -> None:
    found = chapter("短期建議\n一、甲案推動\n甲的內容。\n中長期建議\n一、乙案推動\n乙的內容。")
    assert [(item.heading, item.term) for item in found] == [("甲案推動", "短期"), ("乙案推動", "中長期")]
    assert [
        item.term for item in chapter("一、甲案推動（短期）\n甲的內容。\n二、長期照顧研議\n乙的內容。")
    ] == ["短期", ""]


def test_sections_part_a_merged_chapter() -> None:
    assert items(shapes.MAYOR) == [
        ("reflections", "一", "城市外交需長期經營", ""),
        ("recommendations", "一", "設立紐約聯絡窗口", ""),
        ("recommendations", "二", "推動青年實習", ""),
    ]


def test_ordinals_and_terms_begin_items() -> None:
    assert items(shapes.TABLE_AND_ORDINALS) == [
        ("reflections", "一", "", ""),
        ("reflections", "二", "", ""),
        ("recommendations", "", "短期", "短期"),
        ("recommendations", "", "中長期", "中長期"),
    ]


def test_briefings_and_news_have_no_items() -> None:
    assert shapes.report_of(shapes.SPOKEN).doc_type == "briefing"
    assert shapes.report_of(shapes.SPOKEN).items == ()
    assert shapes.report_of(shapes.NEWS).items == ()


LINES = [
    "一、甲",
    "二、乙",
    "（一）丙",
    "1. 丁",
    "● 戊",
    "心得",
    "建議",
    "立即可行建議",
    "這是一段說明的文字。",
    "主辦機關：甲局",
    "",
]


@settings(max_examples=150)
@given(st.lists(st.sampled_from(LINES), max_size=20), st.sampled_from(["心得", "建議", "心得及建議"]))
def test_the_text_of_an_item_is_the_reports(lines: list[str], name: str) -> None:
    text = f"壹、目的\n本次考察的目的在於學習。\n貳、過程\n拜會市府。\n參、{name}\n" + "\n".join(lines)
    report = shapes.report_of(text)
    end = 0
    for item in report.items:
        assert item.text in report.text[item.start : item.end]
        assert end <= item.start <= item.end <= len(report.text)
        end = item.end
