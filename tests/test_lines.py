"""The text of an answer as lines with marks."""

from __future__ import annotations

import scripted

from assistant.answer import Answer, Statement
from assistant.lines import split_lines


def test_an_answer_is_cut_into_lines_with_marks() -> None:
    answer = scripted.answer_with("建議？", scripted.ADVISED)
    lead, item = split_lines(answer)
    assert lead.kind == "lead" and item.kind == "item"
    assert [(part.text, part.n) for part in item.segments] == [(scripted.ADVISED[0][:-1], 0), ("。", 1)]


def test_the_heading_of_a_whole_item_stands_on_its_own_line() -> None:
    quote = "一、選定一座鄰里公園試辦下凹式草坪（短期）\n" + scripted.ADVISED[0]
    citation = scripted.cite(scripted.COPENHAGEN, quote, 1)
    answer = Answer("?", "zh", f"- {quote.replace(chr(10), ' ')} [1]", False, (), (citation,))
    (line,) = split_lines(answer)
    assert [(part.text, part.heading) for part in line.segments] == [
        ("一、選定一座鄰里公園試辦下凹式草坪（短期）", True),
        (scripted.ADVISED[0][:-1], False),
        ("。", False),
    ]


def test_marks_of_no_citation_and_footnotes_of_a_report_stay_text() -> None:
    citation = scripted.cite(scripted.COPENHAGEN, scripted.LEARNED[0], 1)
    answer = Answer(
        "?",
        "zh",
        "- 見註[1]與[2]。 [1][7]",
        False,
        (Statement("見註[1]與[2]。", (1,), "partial"),),
        (citation,),
    )
    (line,) = split_lines(answer)
    assert [(part.text, part.n, part.support) for part in line.segments] == [
        ("見註[1]與[2]", 0, "partial"),
        ("。", 1, "partial"),
        ("[7]", 0, "supported"),
    ]
