"""How a report is cut: spans are exact, nothing of a chapter is lost, headings stay with their text."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from corpus.report import Chapter, Page, Report, Section
from index.passages import HUGE, indexed_text, split_passages

SENTENCE = "本府代表團拜會當地市政府並就城市治理交換意見，雙方同意持續合作。"


def report(text, chapters=(), sections=(), *, doc_type="trip_report", pages=None):
    return Report(
        id="r1", file="a.txt", sha256="", doc_type=doc_type, title="赴東京出國報告", agency="", countries=(),
        cities=(), events=(), category="", start_date=None, end_date=None, report_date=None, people=(),
        keywords=(), classification="公開", text=text, pages=pages or (Page(1, 0, len(text)),),
        chapters=chapters, sections=sections, items=(),
    )  # fmt: skip


def one_chapter(text, *sections, kind="process", doc_type="trip_report"):
    heading = text.split("\n", 1)[0]
    return report(text, (Chapter(kind, heading, 1, 0, len(heading), len(text)),), sections, doc_type=doc_type)


def section(text, heading, until=None, level=1):
    start = text.index(heading)
    end = text.index(until) if until else len(text)
    return Section(level, heading, start, start + len(heading), end)


def test_a_short_chapter_is_one_passage_with_its_heading():
    text = f"第一章 目的\n{SENTENCE}"
    (passage,) = split_passages(one_chapter(text, kind="purpose"))
    assert passage.text == text
    assert (passage.chapter, passage.path, passage.page) == ("purpose", ("第一章 目的",), 1)


def test_each_section_is_a_passage_and_the_chapter_heading_goes_with_the_first():
    text = f"第四章 建議\n一、參與組織\n{SENTENCE}\n二、培育人才\n{SENTENCE}"
    first, second = section(text, "一、參與組織", "二、"), section(text, "二、培育人才")
    passages = split_passages(one_chapter(text, first, second, kind="recommendations"))
    assert [p.text for p in passages] == [
        f"第四章 建議\n一、參與組織\n{SENTENCE}",
        f"二、培育人才\n{SENTENCE}",
    ]
    assert [p.path for p in passages] == [("第四章 建議", "一、參與組織"), ("第四章 建議", "二、培育人才")]


def test_long_text_is_cut_between_sentences():
    text = "第二章 過程\n" + SENTENCE * 40
    passages = split_passages(one_chapter(text))
    assert all(150 <= len(p.text) <= HUGE for p in passages)
    assert all(p.text.endswith("。") for p in passages)
    assert all(p.text.startswith(("第二章", "本府")) for p in passages)


def test_a_line_like_a_heading_goes_with_what_follows():
    text = f"第二章 過程\n{SENTENCE * 5}\n參觀防災公園\n{SENTENCE * 5}"
    assert [p.text[:6] for p in split_passages(one_chapter(text))] == ["第二章 過程", "參觀防災公園"]


def test_a_caption_goes_with_what_stands_before_it():
    text = f"第二章 過程\n{SENTENCE * 5}\n圖 1：與市長合影\n{SENTENCE * 5}"
    first, second = split_passages(one_chapter(text))
    assert first.text.endswith("圖 1：與市長合影")
    assert second.text.startswith("本府")


def test_rows_of_a_table_stay_whole():
    row = "115/4/26\t日本\t東京\t1. 啟程。2. 考察。"
    text = "行程表\n" + "\n".join([row] * 30)
    for passage in split_passages(report(text)):
        assert all(line in (row, "行程表") for line in passage.text.split("\n"))


def test_text_without_sentence_marks_is_cut_at_commas():
    passages = split_passages(report("城市交流，" * 300))
    assert max(len(p.text) for p in passages) <= HUGE
    assert all(p.text.endswith("，") for p in passages[:-1])


def test_contents_lists_outside_chapters_are_left_out():
    text = f"赴日本出國報告\n目次\n第一章 目的.....1\n第二章 過程……2\n圖次\n圖 1 合影.....3\n前言\n{SENTENCE}"
    assert [p.text for p in split_passages(report(text))] == ["赴日本出國報告", f"前言\n{SENTENCE}"]


def test_paragraphs_of_a_digest_are_passages_of_their_own():
    text = f"{SENTENCE * 3}\n{SENTENCE * 3}\n{SENTENCE * 3}"
    assert len(split_passages(report(text, doc_type="news"))) == 3


def test_the_page_is_that_of_the_first_character():
    text = f"第二章 過程\n{SENTENCE * 6}\n{SENTENCE * 6}"
    cut = text.index("\n" + SENTENCE, 10) + 1
    pages = (Page(3, 0, cut), Page(4, cut, len(text)))
    chapter = Chapter("process", "第二章 過程", 3, 0, 6, len(text))
    assert [p.page for p in split_passages(report(text, (chapter,), pages=pages))] == [3, 4]


def test_an_empty_report_has_no_passages():
    assert split_passages(report("")) == ()
    assert split_passages(report(" \n \n")) == ()


def test_indexed_text_has_title_and_headings_once():
    text = f"第四章 建議\n一、參與組織\n{SENTENCE * 16}"
    whole = one_chapter(text, section(text, "一、參與組織"), kind="recommendations")
    first, second = split_passages(whole)
    assert indexed_text(first, whole) == f"赴東京出國報告\n{first.text}"
    assert indexed_text(second, whole) == f"赴東京出國報告\n第四章 建議\n一、參與組織\n{second.text}"


PIECES = st.sampled_from(
    [
        "第一章 目的",
        "一、前往",
        SENTENCE,
        "短句。",
        "「引」",
        "圖 1 合影",
        "a\tb",
        "，" * 40,
        "\n",
        " ",
        "Mr. Lee",
    ]
)


@given(st.lists(PIECES, max_size=40), st.lists(st.integers(0, 400), max_size=6), st.integers(0, 3))
def test_passages_are_exact_ordered_and_complete(pieces, cuts, levels):
    text = "".join(pieces)
    edges = sorted({0, len(text), *(min(cut, len(text)) for cut in cuts)})
    spans = list(zip(edges, edges[1:], strict=False))
    chapters = tuple(Chapter("process", f"章{a}", 1, a, min(a + 2, b), b) for a, b in spans)
    sections = tuple(
        Section(1, f"節{a}", a + (b - a) // 2, min(a + (b - a) // 2 + 2, b), b) for a, b in spans[:levels]
    )
    position = 0
    for passage in split_passages(report(text, chapters, sections)):
        assert passage.text == text[passage.start : passage.end]
        assert position <= passage.start < passage.end
        assert not text[position : passage.start].strip()
        assert any(a <= passage.start and passage.end <= b for a, b in spans)
        position = passage.end
    assert not text[position:].strip()
