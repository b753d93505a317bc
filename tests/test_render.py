"""Text for a terminal: width, line breaks, tables, and no control characters from documents."""

from __future__ import annotations

from dataclasses import replace

import pytest
import scripted
from hypothesis import given
from hypothesis import strategies as st

from assistant import render
from assistant.answer import Answer


@pytest.mark.parametrize(
    ("text", "columns"), [("", 0), ("abc", 3), ("心得", 4), ("Ａ１", 4), ("e\u0301", 1), ("第 7 頁", 7)]
)
def test_width_counts_chinese_as_two(text: str, columns: int) -> None:
    assert render.width(text) == columns


@pytest.mark.parametrize(
    ("text", "columns", "lines"),
    [
        ("心得與建議", 6, ["心得與", "建議"]),
        ("心得與建，議", 8, ["心得與", "建，議"]),
        ("參加（會議", 6, ["參加", "（會議"]),
        ("我在 World Urban Forum", 11, ["我在 World", "Urban Forum"]),
        ("一\n二", 8, ["一", "二"]),
        ("abcdefgh", 3, ["abc", "def", "gh"]),
        ("", 8, [""]),
    ],
)
def test_wrap(text: str, columns: int, lines: list[str]) -> None:
    assert render.wrap(text, columns).split("\n") == lines


@given(st.text(), st.integers(min_value=4, max_value=40))
def test_wrapped_lines_fit_and_lose_nothing_but_space(text: str, columns: int) -> None:
    wrapped = render.wrap(text, columns)
    assert all(render.width(line) <= columns for line in wrapped.split("\n"))
    assert "".join(wrapped.split()) == "".join(render.clean(text).split())


def test_documents_cannot_move_the_cursor() -> None:
    assert render.clean("a\x1b[2Jb\u202ec\rd\x07") == "a[2Jbcd"


def test_cut_ends_in_an_ellipsis() -> None:
    assert render.cut("世界城市論壇", 8) == "世界城…"
    assert render.cut("a\nb", 8) == "a b"


def test_an_extract_with_its_sources() -> None:
    assert render.render_answer(scripted.answer_with("建議？", scripted.ADVISED), 60).split("\n") == [
        "2023 年哥本哈根考察（《哥本哈根雨水調適與港區再生考察報",
        "告》）：",
        "- 建議由水利局會同綠美化環境景觀處擇一鄰里公園試辦，並在一年",
        "  內公布蓄水成效。[1]",
        "",
        "出處（上面各句都是報告原文）",
        "[1]《哥本哈根雨水調適與港區再生考察報告》第四章 建議，第 2",
        "   頁",
    ]


def test_an_answer_in_other_words_shows_what_it_rests_on() -> None:
    answer = replace(
        scripted.answer_with("建議？", scripted.ADVISED), text="可以先試辦一座公園。[1]", mode="llm"
    )
    assert render.render_answer(answer, 60).split("\n") == [
        "可以先試辦一座公園。[1]",
        "",
        "出處",
        "[1]《哥本哈根雨水調適與港區再生考察報告》第四章 建議，第 2",
        "   頁",
        "    「建議由水利局會同綠美化環境景觀處擇一鄰里公園試辦，並在",
        "    一年內公布蓄水成效。」",
    ]


def test_an_answer_that_found_nothing() -> None:
    text = render.render_answer(scripted.ScriptedAssistant().ask("東京的預算？"))
    assert text.startswith("檔案中查無")
    assert "最接近的報告\n- 《出席大阪智慧城市會議報告》\n  同樣是智慧城市會議" in text


def test_an_answer_without_sources_is_its_text() -> None:
    assert render.render_answer(Answer("?", "zh", "沒有。", True)) == "沒有。"


def test_the_list_fits_the_terminal() -> None:
    rows = scripted.ScriptedArchive().reports()
    lines = render.render_reports(rows).split("\n")
    assert lines[0].split() == ["代號", "日期", "標題", "檔案"]
    assert lines[1].startswith("rcope000001  2023-09-04  哥本哈根雨水調適")
    assert lines[-1] == "共 2 份。"
    assert all(render.width(line) <= 80 for line in lines)
