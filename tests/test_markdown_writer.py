"""Markdown: the same words and notes, and no text that becomes markup."""

from __future__ import annotations

import export_samples as samples
import pytest
from markdown_it import MarkdownIt

from assistant.export.document import Document, Heading, ListItem, Paragraph, Quote, Span, Table
from assistant.export.markdown_writer import to_markdown

WHOLE = """出國報告（出國類別：考察）

# 赴丹麥考察報告

- 服務機關：範例市政府水利局
- 派赴國家：丹麥

## 壹、心得

本府學到三件事：

- **公園就是滯洪池**\\
  平日是草地。[^1] [^2]
- ~~四種語言~~[^3]。

### 一、步驟

1. 先選公園
2. 再試辦

> 草地也是水池。

1. 另起一列

#### （一）追蹤

| 編號 | 建議 |
| --- | --- |
| 1 | =SUM(A1) |
| 2 | 甲\\|乙<br>丙 |

建議試辦。[^4]

{disclosure}

## 來源

1. {sources[0]}
2. {sources[1]}

[^1]: {notes[0]}
[^2]: {notes[1]}
[^3]: {notes[2]}
[^4]: {notes[3]}
"""


def test_a_whole_report() -> None:
    expected = WHOLE.format(disclosure=samples.DISCLOSURE, sources=samples.SOURCE_LIST, notes=samples.NOTES)
    assert to_markdown(samples.REPORT) == expected


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("- 不是項目", "\\- 不是項目"),
        ("1. 不是項目", "1\\. 不是項目"),
        ("# 不是標題", "\\# 不是標題"),
        ("上\n===", "上\\\n\\==="),
        ("    不是程式\n\n\n下", "不是程式\\\n下"),
        ("<script>a_b*c*[x](y)`z`|~~~", "\\<script\\>a\\_b\\*c\\*\\[x\\](y)\\`z\\`\\|\\~\\~\\~"),
        ("NT$3 與 NT$5 &amp;", "NT\\$3 與 NT\\$5 \\&amp;"),
        ("", ""),
    ],
)
def test_markup_in_a_text_is_escaped(text: str, written: str) -> None:
    assert to_markdown(Document("題", (Paragraph((Span(text),)),))) == f"# 題\n\n{written}\n"


@pytest.mark.parametrize(
    ("span", "written"),
    [
        (Span("粗", bold=True), "**粗**"),
        (Span("粗。", bold=True), "<strong>粗。</strong>"),
        (Span("劃", struck=True), "~~劃~~"),
        (Span("兩者", bold=True, struck=True), "<del>**兩者**</del>"),
        (Span("一\n二", bold=True), "**一**\\\n**二**"),
    ],
)
def test_emphasis_holds_beside_chinese_punctuation(span: Span, written: str) -> None:
    assert f"甲{written}乙" in to_markdown(Document("題", (Paragraph((Span("甲"), span, Span("乙"))),)))


def test_awkward_text_reads_as_text() -> None:
    text = samples.AWKWARD
    blocks = (
        Heading(1, text),
        Paragraph((Span(text),)),
        ListItem((Span(text),)),
        Quote((Span(text),)),
        Table((text,), ((text,),)),
    )
    parser = MarkdownIt().enable("table")
    tokens = parser.parse(to_markdown(Document(text, blocks)))
    inline = [token.children or [] for token in tokens if token.type == "inline"]
    said = ["".join(part.content or "\n" for part in parts if part.type != "html_inline") for parts in inline]
    folded = ["".join(words.split()) for words in said]
    assert folded == ["".join(samples.PRINTABLE.split())] * 7
