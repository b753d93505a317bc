"""Conversations as documents: questions, answers with marks numbered through, refusals, doubts."""

from __future__ import annotations

from dataclasses import replace

import pytest
import scripted

from assistant.answer import Support
from assistant.conversations import Exchange
from assistant.export.conversation import BY_MODEL, EMPTY, conversation_document
from assistant.export.document import Document, Heading, ListItem, Paragraph, Quote, Span
from assistant.export.docx_writer import to_docx
from assistant.export.markdown_writer import to_markdown
from assistant.export.odt_writer import to_odt

LEAD = Paragraph((Span("2023 年哥本哈根考察（《哥本哈根雨水調適與港區再生考察報告》）："),), lead=True)


def exchange(question: str) -> Exchange:
    return Exchange(question, scripted.ScriptedAssistant().ask(question))


def test_marks_are_numbered_through_and_a_passage_is_one_source() -> None:
    learned, advised = exchange("學到什麼？"), exchange("建議？")
    document = conversation_document("哥本哈根", [learned, advised, learned])
    items = [block.spans for block in document.blocks if isinstance(block, ListItem)]
    first = [(Span(text, note=n),) for n, text in enumerate(scripted.LEARNED, start=1)]
    assert items == [*first, (Span(scripted.ADVISED[0], note=4),), *first]
    assert [source.n for source in document.sources] == [1, 2, 3, 4]
    source = document.sources[3]
    assert (source.title, source.heading, source.page) == (scripted.COPENHAGEN.title, "第四章 建議", 2)
    assert (source.file, source.quote) == ("copenhagen.pdf", scripted.ADVISED[0])


def test_a_question_is_a_heading_over_its_answer() -> None:
    document = conversation_document("題", [exchange("建議\n呢？")], disclosure="用了 AI。")
    assert document.blocks[:2] == (Heading(1, "建議 呢？"), LEAD)
    assert (document.title, document.disclosure, document.language) == ("題", "用了 AI。", "zh-TW")


def test_a_long_question_is_cut_in_its_heading_and_whole_below() -> None:
    question = "建議" * 40
    heading, whole = conversation_document("題", [exchange(question)]).blocks[:2]
    assert heading == Heading(1, "建議" * 29 + "建…")
    assert whole == Quote((Span(question),))


def test_a_refusal_names_the_nearest_reports() -> None:
    document = conversation_document("題", [exchange("東京的預算？")])
    assert document.sources == ()
    assert document.blocks == (
        Heading(1, "東京的預算？"),
        Paragraph((Span("檔案中查無：沒有任何報告提到這件事。"),), lead=True),
        Paragraph((Span("最接近的報告", bold=True),), lead=True),
        ListItem((Span("《出席大阪智慧城市會議報告》：同樣是智慧城市會議，但年份是 2025 年。"),)),
    )


@pytest.mark.parametrize(
    ("mode", "remarks", "line"),
    [
        ("extractive", (), None),
        ("extractive", ("甲",), "甲"),
        ("llm", (), BY_MODEL),
        ("llm", ("模型：甲。",), BY_MODEL + "模型：甲。"),
    ],
)
def test_an_answer_by_a_model_says_so(mode: str, remarks: tuple[str, ...], line: str | None) -> None:
    asked = exchange("建議？")
    asked = Exchange(asked.question, replace(asked.answer, mode=mode))
    under = conversation_document("題", [asked], remarks=remarks).blocks[1]
    assert under == (LEAD if line is None else Paragraph((Span(line),), lead=True))


@pytest.mark.parametrize(
    ("support", "struck", "doubt"),
    [("partial", False, "（出處只支持一部分）"), ("unsupported", True, "（出處不支持）")],
)
def test_a_sentence_that_its_sources_do_not_bear_out_is_marked(
    support: Support, struck: bool, doubt: str
) -> None:
    answer = scripted.answer_with("學到？", scripted.LEARNED[:2])
    first, second = answer.statements
    answer = replace(
        answer,
        text=f"{first.text}[1][2]{second.text}[2]",
        mode="llm",
        statements=(replace(first, support=support, citations=(1, 2)), second),
    )
    (line,) = [block for block in conversation_document("題", [Exchange("?", answer)]).blocks[2:]]
    assert isinstance(line, Paragraph)
    assert line.spans == (
        Span(first.text, struck=struck, note=1),
        Span("", note=2),
        Span(doubt + second.text, note=2),
    )


def test_the_heading_of_a_whole_item_stays_on_its_own_line() -> None:
    quote = "一、選定一座鄰里公園試辦下凹式草坪（短期）\n" + scripted.ADVISED[0]
    answer = scripted.answer_with("?", (quote,))
    answer = replace(answer, text=f"- {quote.replace(chr(10), ' ')} [1]")
    (item,) = conversation_document("題", [Exchange("?", answer)]).blocks[1:]
    assert item == ListItem(
        (
            Span("一、選定一座鄰里公園試辦下凹式草坪（短期）\n", bold=True),
            Span(scripted.ADVISED[0], note=1),
        )
    )


def test_a_conversation_without_questions_says_so() -> None:
    assert conversation_document("題", []) == Document("題", (Paragraph((Span(EMPTY),)),))


def test_fifty_questions_are_written_in_every_format() -> None:
    document = conversation_document("五十題", [exchange("學到什麼？")] * 50)
    markdown = to_markdown(document)
    assert "[^150]: 同註 3，" in markdown and markdown.count("## 學到什麼？") == 50
    assert to_docx(document)[:2] == to_odt(document)[:2] == b"PK"
