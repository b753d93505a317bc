"""Pages of lines become running text: tables of lines in and text out, and what must never be lost."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus.characters import normalise
from corpus.line_kinds import ends_sentence, kind_of_line
from corpus.readers import read_document
from corpus.report import Page, RawDocument, RawLine, RawPage
from corpus.text import join_pages


def document(*pages: str) -> RawDocument:
    """A document from its pages as texts."""
    return RawDocument(
        tuple(
            RawPage(number, tuple(RawLine(line) for line in page.split("\n")))
            for number, page in enumerate(pages, start=1)
        )
    )


def joined(*pages: str) -> list[str]:
    return join_pages(document(*pages)).text.split("\n")


NORMAL = {
    "⽔利署⼀⽉⽇": "水利署一月日",
    "⻄⻘⺠": "西青民",
    "\uf9d1\uf967": "六不",
    "Ａ１，臺／台 ㈠①": "Ａ１，臺／台 ㈠①",
    "都\u200b市\u202e更\ufeff新\U000e0041": "都市更新",
    "NBSP\u00a0and\u3000wide": "NBSP and wide",
    "﹁引文﹂︵註︶": "「引文」（註）",
    "oﬃce": "office",
    "a\x00b\x1fc\x7f\ud800": "abc",
    "\uf06c要點": "●要點",
}


@pytest.mark.parametrize("text", NORMAL)
def test_normalise(text):
    assert normalise(text) == NORMAL[text]


KINDS = {
    "第一章 目的": "chapter",
    "第十二章　附錄": "chapter",
    "壹、目的": "chapter",
    "叁、心得": "chapter",
    "附錄：照片": "chapter",
    "一、強化韌性": "item",
    "(一)背景": "item",
    "（十二）其他": "item",
    "1. 啟程": "item",
    "2.1、概況": "item",
    "3.5 公里的步道": "",
    "2015 年在聯合國大會": "",
    "(IGES)與聯合國": "",
    "(1) 交通": "point",
    "A. 交通": "point",
    "● 交通": "bullet",
    "- 交通": "bullet",
    "-19 疫情": "",
    "圖 1：合影": "caption",
    "圖 1-3 東京公園": "caption",
    "照片 2": "caption",
    "表 4 經費": "caption",
    "圖 3 所示之流程": "",
    "109 年 2 月 8 日(星期六)": "day",
    "中華民國113年2月29日": "day",
    "115.04.26": "day",
    "4/26(日) 啟程": "date",
    "第三天 考察": "date",
    "日期\t地點": "row",
    "| 一 | 二 |": "row",
    "第一章 目的.....02": "contents",
    "第一章 目的 ........ 2": "contents",
    "-----": "rule",
    "服務機關：秘書處": "field",
    "本府代表團抵達東京": "",
}


@pytest.mark.parametrize("line", KINDS)
def test_kind_of_line(line):
    assert kind_of_line(line) == KINDS[line]


ENDS = {
    "完成。": True,
    "「好。」": True,
    "結束)": False,
    "see p. 3.": False,
    "the end.": True,
    "包括：": False,
}


@pytest.mark.parametrize("line", ENDS)
def test_ends_sentence(line):
    assert ends_sentence(line) is ENDS[line]


# Hard-wrapped text

WRAPPED = """第一章 目的
本次考察由市政府秘書處率隊，成員來自交通局、環境保護局與
社會局，全程共計七日，拜會對象涵蓋市議會、公共運輸管理局
以及三個社區發展協會，並由 Copenhagen Solutions Lab
Foundation 安排專題簡報，說明該市如何以資料治理改善市民
每日通勤的經驗。
一、行前準備
行前會議確認各組任務。
"""
WRAPPED_LINES = [
    "第一章 目的",
    "本次考察由市政府秘書處率隊，成員來自交通局、環境保護局與社會局，全程共計七日，拜會對象涵蓋市議會、"
    "公共運輸管理局以及三個社區發展協會，並由 Copenhagen Solutions Lab Foundation 安排專題簡報，"
    "說明該市如何以資料治理改善市民每日通勤的經驗。",
    "一、行前準備",
    "行前會議確認各組任務。",
]


def test_wrapped_lines_are_joined():
    assert joined(WRAPPED) == WRAPPED_LINES


def test_an_empty_line_after_every_line_changes_nothing():
    assert joined(WRAPPED.replace("\n", "\n\n")) == WRAPPED_LINES


def test_trailing_blanks_that_mark_paragraph_ends_keep_a_full_line_with_a_stop_in_its_paragraph():
    text = (
        "本府應邀參加於哥本哈根市舉行的國際研討會並發表專題演講內容\n"
        "研討會由丹麥建築中心主辦，共有來自三十個城市的代表參加。\n"
        "會中並安排實地參訪舊港區的改造成果，由市府規劃師沿途解說\n"
        "改造歷程。 \n"
        "次日拜會市政府交通局，瞭解號誌時制調整與公車優先的作法及\n"
        "成效。 \n"
    )
    assert [len(line) for line in joined(text)] == [90, 31]


def test_first_line_indents_separate_paragraphs():
    text = (
        "　　本府應邀參加於哥本哈根市舉行的國際研討會並發表專題演講\n"
        "研討會由丹麥建築中心主辦，共有來自三十個城市的代表參加。\n"
        "會中並安排實地參訪舊港區的改造成果，由市府規劃師沿途解說。\n"
        "　　次日拜會市政府交通局，瞭解號誌時制調整與公車優先的作\n"
        "法，並交換雙方在人本交通上的經驗，獲益良多，值得借鏡之處\n"
        "甚多。\n"
        "　　最後一日返國。\n"
    )
    assert [line[:4] for line in joined(text)] == ["本府應邀", "次日拜會", "最後一日"]


def test_letter_spaced_headings_close_up():
    assert joined("目　　次\n第 一 章 目 的\n用心 創新 秘書處") == ["目次", "第一章目的", "用心 創新 秘書處"]


def test_hyphen_at_a_line_end_stays():
    lines = WRAPPED.replace("Copenhagen Solutions Lab\nFoundation", "全球永續城市網絡秘書處 G-\nNETS")
    assert "秘書處 G-NETS 安排" in joined(lines)[1]


# A paragraph on every line

PARAGRAPHS = """類別：考察

地區：日本

第二章 過程

考察臨海防災公園

本府代表團抵達後隨即考察防災公園與體驗設施。該地為首都圈發生大規模災害時的指揮據點，其核心價值不僅在於

展示尖端科技，更在於為市民提供實地演練的場所。

歡迎晚宴

本日晚間由都廳舉辦歡迎晚宴。

交流對象包括下列城市：

1. 赫爾辛基

2. 新加坡

日期	地點
4/26	東京
"""


def test_paragraphs_on_a_line_each_stay_apart_but_a_cut_sentence_is_mended():
    assert joined(PARAGRAPHS) == [
        "類別：考察",
        "地區：日本",
        "第二章 過程",
        "考察臨海防災公園",
        "本府代表團抵達後隨即考察防災公園與體驗設施。該地為首都圈發生大規模災害時的指揮據點，其核心價值不僅在於"
        "展示尖端科技，更在於為市民提供實地演練的場所。",
        "歡迎晚宴",
        "本日晚間由都廳舉辦歡迎晚宴。",
        "交流對象包括下列城市：",
        "1. 赫爾辛基",
        "2. 新加坡",
        "日期\t地點",
        "4/26\t東京",
    ]


def test_headlines_are_not_wrapped_lines():
    headlines = [f"市府與第 {n} 座友好城市{'共同' * (n % 5)}發表永續宣言" for n in range(3, 20)]
    assert joined("\n".join(headlines)) == headlines


# Slides

SLIDES = """報告人
秘書處 王小明

- 從被動到主動
- 從配合到整合

姊妹市
來訪成果

發表《2021 自願
檢視報告》

共同見證29國駐臺使節、
250位貴賓
"""


def test_phrases_of_a_slide_are_kept_in_one_line():
    assert joined(SLIDES) == [
        "報告人 秘書處 王小明",
        "- 從被動到主動",
        "- 從配合到整合",
        "姊妹市 來訪成果",
        "發表《2021 自願檢視報告》",
        "共同見證29國駐臺使節、250位貴賓",
    ]


# Pages


def paged(count: int, header: str = "", footer: str = "") -> list[str]:
    """Pages of one sentence each, with a header and a footer in which # is the page's number."""
    pages = []
    for number in range(1, count + 1):
        lines = [header, f"這是第{'甲乙丙丁戊己庚'[number - 1]}段的內容。", footer]
        pages.append("\n".join(line.replace("#", str(number)) for line in lines if line))
    return pages


FURNITURE = {
    ("", "#"): "",
    ("", "- # -"): "",
    ("", "第 # 頁，共 5 頁"): "",
    ("", "#/5"): "",
    ("出國報告 #", ""): "",
    ("範例市政府出國報告", "#"): "範例市政府出國報告",
}


@pytest.mark.parametrize("rims", FURNITURE)
def test_running_lines_and_page_numbers_go(rims):
    body = [f"這是第{char}段的內容。" for char in "甲乙丙丁戊"]
    assert joined(*paged(5, *rims)) == [kept for kept in [FURNITURE[rims]] if kept] + body


def test_day_headings_and_captions_at_the_rim_stay():
    pages = [f"109 年 2 月 {n} 日(星期一)\n參訪第{n}站。\n照片 {n}：合影" for n in range(1, 5)]
    text = "\n".join(joined(*pages))
    assert (text.count("月"), text.count("照片")) == (4, 4)


def test_numbers_that_rise_through_an_unpaged_text_go_but_a_lonely_one_stays():
    assert joined("甲段。\n\n6\n\n乙段。\n\n7\n\n丙段。\n\n10\n") == ["甲段。", "乙段。", "丙段。"]
    assert joined("人數\n\n6\n\n乙段。") == ["人數", "6", "乙段。"]


def test_sentence_cut_by_a_page_is_mended_and_both_pages_know_their_part():
    flow = join_pages(
        document(
            "代表團於上午抵達會場，由主辦單位引導入席並致贈紀念品。\n雙方同意就都市更新與社會住宅等議題，持續\n3",
            "交換經驗。\n隔日返國。\n4",
        )
    )
    assert flow.text == (
        "代表團於上午抵達會場，由主辦單位引導入席並致贈紀念品。\n"
        "雙方同意就都市更新與社會住宅等議題，持續交換經驗。\n隔日返國。"
    )
    assert [flow.text[page.start :][:4] for page in flow.pages] == ["代表團於", "交換經驗"]
    assert flow.pages[-1].end == len(flow.text)


def test_page_without_text_has_no_length():
    assert join_pages(document("", "甲。", "", "乙。")).pages == (
        Page(1, 0, 0),
        Page(2, 0, 3),
        Page(3, 3, 3),
        Page(4, 3, 5),
    )


def test_marked_headings_keep_their_level_and_their_line():
    raw = RawDocument(
        (RawPage(1, (RawLine("目的", 1), RawLine("甲，"), RawLine("乙。"), RawLine("過程", 2))),)
    )
    flow = join_pages(raw)
    assert flow.text == "目的\n甲，乙。\n過程"
    assert flow.levels == ((0, 1), (8, 2))


def test_captions_side_by_side_become_a_line_each():
    assert joined("圖 1：開幕致詞            圖 2：會議交流 圖 3：合影") == [
        "圖 1：開幕致詞",
        "圖 2：會議交流",
        "圖 3：合影",
    ]


# Nothing is lost

LINE = st.text(st.sampled_from("市政府參訪，。、「」（）：；ABc 12\t-…一二三第章圖"), max_size=60)


def bare(text: str) -> str:
    return "".join(text.split())


@settings(max_examples=200, deadline=None)
@given(st.lists(LINE, max_size=30))
def test_one_page_loses_nothing_but_white_space_and_furniture(lines):
    text = join_pages(document("\n".join(lines))).text
    kept = bare("".join(dict.fromkeys(lines)))
    if not any(line.strip().isdigit() for line in lines) and len(set(lines)) == len(lines):
        assert bare(text) == kept


@settings(max_examples=100, deadline=None)
@given(st.lists(st.lists(LINE, max_size=8), min_size=1, max_size=6))
def test_pages_cover_the_text_without_gap(pages):
    flow = join_pages(document(*["\n".join(lines) for lines in pages]))
    ends = [0] + [page.end for page in flow.pages]
    assert [page.start for page in flow.pages] == ends[:-1]
    assert ends[-1] == len(flow.text)
    assert "\n\n" not in flow.text


ARCHIVE = {"000": 91, "001": 43, "002": 85, "003": 48, "004": 11}


@pytest.mark.parametrize("start", ARCHIVE)
def test_development_documents_come_out_in_paragraphs(shared, start):
    (path,) = (shared / "archive").glob(f"{start}*")
    flow = join_pages(read_document(path.read_bytes(), path.name))
    assert len(flow.text.split("\n")) == ARCHIVE[start]
