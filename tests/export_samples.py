"""Documents to write: an invented report with everything in it, and one of awkward text."""

from __future__ import annotations

from assistant.export.document import (
    Cover,
    Document,
    Heading,
    ListItem,
    Paragraph,
    Quote,
    Source,
    Span,
    Table,
)

SOURCES = (
    Source(
        1,
        "哥本哈根考察報告",
        "第三章 心得",
        2,
        "copenhagen.pdf",
        "一、公園就是滯洪池\n公園整片降低六十公分。",
    ),
    Source(2, "大阪會議報告", "參、心得", 7, "osaka.docx", "導引全程有四種語言。"),
    Source(3, "哥本哈根考察報告", "第四章 建議", 5, "copenhagen.pdf", "建議擇一公園試辦。"),
)
NOTES = (
    "《哥本哈根考察報告》第三章 心得，第 2 頁（copenhagen.pdf）："
    "「一、公園就是滯洪池 公園整片降低六十公分。」",
    "《大阪會議報告》參、心得，第 7 頁（osaka.docx）：「導引全程有四種語言。」",
    "同註 2，《大阪會議報告》參、心得，第 7 頁。",
    "《哥本哈根考察報告》第四章 建議，第 5 頁（copenhagen.pdf）：「建議擇一公園試辦。」",
)
SOURCE_LIST = (
    "《哥本哈根考察報告》（copenhagen.pdf），第 2、5 頁",
    "《大阪會議報告》（osaka.docx），第 7 頁",
)
DISCLOSURE = "本文部分內容以生成式 AI 輔助草擬，並經承辦人審閱。"
COVER = Cover("出國報告（出國類別：考察）", (("服務機關", "範例市政府水利局"), ("派赴國家", "丹麥")))
BLOCKS = (
    Heading(1, "壹、心得"),
    Paragraph((Span("本府學到三件事："),), lead=True),
    ListItem((Span("公園就是滯洪池\n", bold=True), Span("平日是草地。", note=1), Span("", note=2))),
    ListItem((Span("四種語言", struck=True, note=2), Span("。"))),
    Heading(2, "一、步驟"),
    ListItem((Span("先選公園"),), numbered=True),
    ListItem((Span("再試辦"),), numbered=True),
    Quote((Span("草地也是水池。"),)),
    ListItem((Span("另起一列"),), numbered=True),
    Heading(3, "（一）追蹤"),
    Table(("編號", "建議"), (("1", "=SUM(A1)"), ("2", "甲|乙\n丙"))),
    Paragraph((Span("建議試辦。", note=3),)),
)
REPORT = Document("赴丹麥考察報告", BLOCKS, SOURCES, COVER, DISCLOSURE)
PLAIN = Document("赴丹麥考察報告", BLOCKS, SOURCES, disclosure=DISCLOSURE)

AWKWARD = "a\x00b\x1b[2Jc\x0bd\r\ne\tf  g\ud800\ufffe 😀𠮷 <b>&amp;\"'</b> ]]> ${x} =1+1 \x85z"
# The same as a file can hold it.
PRINTABLE = "ab[2Jc\nd\ne\tf  g 😀𠮷 <b>&amp;\"'</b> ]]> ${x} =1+1 \nz"
LONG = "".join(chr(0x4E00 + n * 7919 % 20000) for n in range(18_000))


def awkward(text: str) -> Document:
    """A document with that text in every place that takes text."""
    span = (Span(text, bold=True, note=1),)
    blocks = (
        Heading(1, text),
        Paragraph(span),
        ListItem(span),
        ListItem(span, numbered=True),
        Quote(span),
        Table((text, text), ((text, text),)),
    )
    cover = Cover(text, ((text, text),))
    return Document(text, blocks, (Source(1, text, text, 1, text, text),), cover, text)
