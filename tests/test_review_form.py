"""Chapters, 摘要, language, blanks, headings and lengths."""

from __future__ import annotations

import pytest
from drafts import ADVICE, PARTS, flaws

from assistant.flaws import Standards
from assistant.review_form import foreign_share

MERGED = "第三章 心得及建議\n" + PARTS["recommendations"].split("\n", 1)[1]


@pytest.mark.parametrize("part", ["purpose", "process", "reflections", "recommendations"])
def test_a_missing_chapter_fails(part: str) -> None:
    (found,) = flaws("chapters", **{part: ""})
    assert found.level == "fail" and found.message.startswith("缺少「")


def test_merged_reflections_and_recommendations_are_both() -> None:
    assert flaws("chapters", reflections="", recommendations=MERGED) == []


def test_chapters_out_of_order_are_named() -> None:
    (found,) = flaws("chapters", reflections=PARTS["recommendations"], recommendations=PARTS["reflections"])
    assert (found.level, found.message) == ("warn", "「建議」排在「心得」之前。")


@pytest.mark.parametrize(
    ("body", "levels"),
    [
        ("", ["fail"]),
        ("考察水岸。", ["warn"]),
        ("考察馬爾摩市水岸更新的作法、經費來源與居民參與的方式。" * 2, []),
    ],
)
def test_a_chapter_needs_text(body: str, levels: list[str]) -> None:
    assert [found.level for found in flaws("chapters", purpose=f"第一章 目的\n{body}\n")] == levels


def test_no_recommendations_may_be_said_in_one_word() -> None:
    assert flaws("chapters", recommendations="第四章 建議\n無\n") == []


@pytest.mark.parametrize(
    ("size", "found"),
    [(199, "「摘要」有 199 個中文字"), (200, ""), (300, ""), (301, "「摘要」有 301 個中文字")],
)
def test_only_chinese_characters_of_the_summary_count(size: int, found: str) -> None:
    summary = "摘要\n" + "水" * size + "，2024 Malmö。\n關鍵詞：水岸、更新\n"
    assert [flaw.message.split("，")[0] for flaw in flaws("summary", summary=summary)] == (
        [found] if found else []
    )


def test_the_agency_decides_how_much_a_summary_matters() -> None:
    levels = [
        flaws("summary", Standards(needs_summary=needs), summary="")[0].level for needs in (False, True)
    ]
    assert levels == ["warn", "fail"]


@pytest.mark.parametrize(
    "blank",
    ["○○○", "〇〇", "TODO", "待填", "【待補：會議人數？】", "（待確認）", "______", "XXX", "（請填寫姓名）"],
)
def test_blanks_are_found_where_they_stand(blank: str) -> None:
    (found,) = flaws("placeholders", purpose=PARTS["purpose"] + f"本次由{blank}率團前往。\n")
    assert (
        found.level == "fail" and blank in found.message and found.where == "第一章 目的，第 2 段（第 1 頁）"
    )


@pytest.mark.parametrize("plain", ["二〇〇九年", "二○○九年", "待遇優厚", "BOOK", "等待填土完成"])
def test_what_only_looks_like_a_blank_is_none(plain: str) -> None:
    assert flaws("placeholders", purpose=PARTS["purpose"] + f"該計畫{plain}開始。\n") == []


def test_foreign_writing_is_measured_and_shown() -> None:
    english = (
        "The western harbour was rebuilt after the shipyard closed, and its houses are heated by the sea. "
        * 80
    )
    whole, *paragraphs = flaws("language", process=PARTS["process"] + english + "\n")
    assert whole.level == "fail" and whole.message.startswith("外文約占全文")
    assert [flaw.message[:9] for flaw in paragraphs] == ["這一段大多是外文："]
    assert flaws("language", process=PARTS["process"] + "主持人為 Klaus Hoppe（Malmö stad）。\n") == []


@pytest.mark.parametrize(("text", "share"), [("水岸", 0.0), ("abc水", 0.5), ("", 0.0), ("みずべ水", 0.75)])
def test_three_letters_are_as_long_as_a_character(text: str, share: float) -> None:
    assert foreign_share(text) == share


def test_headings_and_lengths_of_the_house_are_reminders() -> None:
    found = flaws(
        "style",
        recommendations=f"第四章 建議\n一、訂約\n{ADVICE}\n二、成立水岸的居民監督小組\n建議水利局辦理。\n",
    )
    assert [(flaw.level, flaw.message, flaw.where) for flaw in found] == [
        ("warn", "標題「訂約」有 2 字。", "第四章 建議 一（第 1 頁）"),
        ("warn", "建議內文有 8 字，偏短。", "第四章 建議 二（第 1 頁）"),
    ]
