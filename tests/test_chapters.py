"""Chapters of every shape of document: kinds, headings, order, and that they never overlap."""

from __future__ import annotations

import pytest
import shapes
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus.chapters import find_chapters
from corpus.headings import chapter_kind, is_contents
from corpus.paragraphs import find_paragraphs, read_marker


def kinds(text: str) -> list[tuple[str, str]]:
    return [(chapter.kind, chapter.heading) for chapter in find_chapters(find_paragraphs(text), len(text))]


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("目的", "purpose"),
        ("緣起與目的", "purpose"),
        ("經過", "process"),
        ("考察過程", "process"),
        ("參訪行程及內容", "process"),
        ("心得", "reflections"),
        ("考察心得", "reflections"),
        ("心得及建議事項", "reflections_and_recommendations"),
        ("心得、建議", "reflections_and_recommendations"),
        ("結論與建議", "reflections_and_recommendations"),
        ("建議事項", "recommendations"),
        ("摘要", "summary"),
        ("附錄：照片", "appendix"),
        ("結論", "other"),
        ("會議", None),
        ("目次", None),
        ("市府秘書處", None),
    ],
)
def test_kind_of_a_chapter_name(name: str, kind: str | None) -> None:
    assert chapter_kind(name, numbered=False) == kind


def test_a_numbered_chapter_may_have_words_of_its_own() -> None:
    assert chapter_kind("對本市之建議", numbered=True) == "recommendations"
    assert chapter_kind("對本市之建議", numbered=False) is None
    assert is_contents("圖目錄")


@pytest.mark.parametrize(
    ("line", "style", "number", "written"),
    [
        ("第一章 目的", "chapter", 1, "一"),
        ("叁、心得", "formal", 3, "叁"),
        ("拾壹、附件", "formal", 11, "拾壹"),
        ("十二、其他", "cn", 12, "十二"),
        ("（一）甲", "cn_paren", 1, "（一）"),
        ("1. 甲", "digit", 1, "1"),
        ("(12) 甲", "digit_paren", 12, "(12)"),
        ("建議二：甲", "named", 2, "二"),
        ("③甲", "circled", 3, "③"),
        ("● 甲", "bullet", 0, ""),
    ],
)
def test_numbering_marks(line: str, style: str, number: int, written: str) -> None:
    marker = read_marker(line)
    assert marker is not None
    assert (marker.style, marker.number, marker.written) == (style, number, written)


@pytest.mark.parametrize(
    "line", ["一般而言", "1.5 公里", "第二行政中心", "十分感謝", "參加會議", "109年2月8日"]
)
def test_what_only_looks_like_a_numbering_mark(line: str) -> None:
    assert read_marker(line) is None


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("第一章 目的\n甲。\n第二章 過程\n乙。", [("purpose", "第一章 目的"), ("process", "第二章 過程")]),
        ("目的\n甲。\n心得：\n乙。", [("purpose", "目的"), ("reflections", "心得")]),
        ("一、目的：甲。\n二、心得：乙。", [("purpose", "一、目的"), ("reflections", "二、心得")]),
        ("壹、目的 1\n甲。\n貳、心得 2\n乙。", [("purpose", "壹、目的"), ("reflections", "貳、心得")]),
        (
            "一、目的\n甲。\n二、心得\n一、其一\n乙。\n二、其二\n丙。\n三、其三\n丁。\n三、建議\n戊。",
            [("purpose", "一、目的"), ("reflections", "二、心得"), ("recommendations", "三、建議")],
        ),
        (
            "壹、目的\n甲。\n貳、拜會東京都廳\n乙。\n參、心得\n丙。",
            [("purpose", "壹、目的"), ("process", "貳、拜會東京都廳"), ("reflections", "參、心得")],
        ),
        ("目的在於學習。\n本文沒有章節。", []),
    ],
)
def test_chapters_of_a_text(text: str, expected: list[tuple[str, str]]) -> None:
    filled = text.replace("。", "，" + "文字" * 20 + "。")
    assert kinds(filled) == expected


@pytest.mark.parametrize(
    "contents",
    [
        "目次\n壹、目的......1\n貳、心得......2\n",
        "目次\n壹、目的\t1\n貳、心得\t2\n",
        "目次\n| 壹、目的 | 1 |\n| 貳、心得 | 2 |\n",
        "目錄\n壹、目的\n貳、心得\n",
        "目　次\n壹、目的…………1\n貳、心得…………2\n",
    ],
)
def test_lines_of_a_contents_list_are_no_headings(contents: str) -> None:
    body = (
        "壹、目的\n本次考察的目的在於學習他市的經驗，並比較制度差異與成效，作為施政參考。\n"
        "貳、心得\n他市重視資料公開，市民隨時可以查詢進度，值得借鏡。\n"
    )
    text = contents + body
    chapters = find_chapters(find_paragraphs(text), len(text))
    assert [(c.kind, c.start) for c in chapters] == [
        ("purpose", len(contents)),
        ("reflections", text.rindex("貳、心得")),
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (shapes.CENTRAL, ["summary", "purpose", "process", "reflections", "recommendations"]),
        (shapes.BARE, ["purpose", "process", "reflections", "recommendations"]),
        (shapes.MERGED_NESTED, ["purpose", "process", "reflections_and_recommendations", "appendix"]),
        (shapes.INLINE, ["purpose", "process", "reflections", "recommendations"]),
        (shapes.WRONG_ORDER, ["purpose", "recommendations", "process"]),
        (shapes.MERGED_PLAIN, ["purpose", "reflections_and_recommendations"]),
        (shapes.NEWS, []),
    ],
)
def test_chapters_of_the_shapes(text: str, expected: list[str]) -> None:
    assert [chapter.kind for chapter in shapes.report_of(text).chapters] == expected


LINES = [
    "壹、目的",
    "貳、過程",
    "一、目的",
    "心得",
    "建議：",
    "第三章 心得及建議",
    "目次",
    "壹、目的....1",
    "一、甲",
    "文字。",
    "",
    "附錄：照片",
]


@settings(max_examples=150)
@given(st.lists(st.sampled_from(LINES), max_size=25))
def test_chapters_are_in_order_and_do_not_overlap(lines: list[str]) -> None:
    text = "\n".join(lines)
    end = 0
    for chapter in find_chapters(find_paragraphs(text), len(text)):
        assert end <= chapter.start < chapter.body <= chapter.end <= len(text)
        assert "".join(chapter.heading.split()) in "".join(text[chapter.start : chapter.body].split())
        end = chapter.end
