"""A conversation as a document: every question with its answer, marks numbered through.

Knows nothing of formats, nor of how an answer was found.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from assistant.answer import Answer, Citation, Nearest, Support
from assistant.conversations import Exchange, shorten
from assistant.export.document import Block, Document, Heading, ListItem, Paragraph, Quote, Source, Span
from assistant.lines import Line, split_lines
from assistant.render import heading

EMPTY = "這段對話還沒有任何提問。"
BY_MODEL = "本題由語言模型依檔案內容撰寫。"
NEAREST = "最接近的報告"
LONGEST_HEADING = 60
# What is said after a sentence that its sources do not bear out.
DOUBTS: dict[Support, str] = {
    "supported": "",
    "partial": "（出處只支持一部分）",
    "unsupported": "（出處不支持）",
}


def conversation_document(
    title: str, exchanges: Sequence[Exchange], *, remarks: Sequence[str] = (), disclosure: str = ""
) -> Document:
    """The conversation under its title; `remarks[i]`, where given, stands under question i.

    An answer written by a model says so there. A passage cited by several answers is one source.
    """
    cited = _Cited()
    padded = [*remarks, *[""] * len(exchanges)]
    blocks = [
        block
        for exchange, remark in zip(exchanges, padded, strict=False)
        for block in _exchange(exchange, remark, cited)
    ]
    return Document(
        title, tuple(blocks) or (Paragraph((Span(EMPTY),)),), tuple(cited.sources), disclosure=disclosure
    )


class _Cited:
    """The passages cited so far, in order of first use."""

    def __init__(self) -> None:
        self.sources: list[Source] = []
        self._numbers: dict[tuple[str, int, int], int] = {}

    def number(self, citation: Citation) -> int:
        """The number of the cited passage in the whole document."""
        span = (citation.report_id, citation.start, citation.end)
        if span not in self._numbers:
            self._numbers[span] = len(self._numbers) + 1
            title, place = citation.title or citation.file, heading(citation)
            self.sources.append(
                Source(self._numbers[span], title, place, citation.page, citation.file, citation.quote)
            )
        return self._numbers[span]


def _exchange(exchange: Exchange, remark: str, cited: _Cited) -> Iterator[Block]:
    answer = exchange.answer
    yield from _question(exchange.question)
    written = (answer.model + "寫成。" if answer.model else BY_MODEL) if answer.mode == "llm" else ""
    if remark := written + remark + "".join(answer.notes):
        yield Paragraph((Span(remark),), lead=True)
    yield from _answer(answer, cited)
    if answer.nearest:
        yield Paragraph((Span(NEAREST, bold=True),), lead=True)
        yield from (ListItem((Span(_near(near)),)) for near in answer.nearest)


def _question(question: str) -> Iterator[Block]:
    shown = shorten(question, LONGEST_HEADING)
    yield Heading(1, shown)
    if shown != " ".join(question.split()):
        yield Quote((Span(question),))


def _answer(answer: Answer, cited: _Cited) -> Iterator[Block]:
    numbers = {citation.n: cited.number(citation) for citation in answer.citations}
    for line in split_lines(answer):
        spans = tuple(_join(_spans(line, numbers)))
        yield ListItem(spans) if line.kind == "item" else Paragraph(spans, lead=line.kind == "lead")


def _near(near: Nearest) -> str:
    return f"《{near.title or near.file}》" + (f"：{near.why}" if near.why else "")


def _spans(line: Line, numbers: dict[int, int]) -> Iterator[Span]:
    doubt = ""
    for segment in line.segments:
        if segment.text and doubt:
            yield Span(doubt)
            doubt = ""
        text = segment.text + ("\n" if segment.heading else "")
        struck = segment.support == "unsupported"
        yield Span(text, bold=segment.heading, struck=struck, note=numbers.get(segment.n))
        doubt = (
            f"（{segment.why}）" if segment.why else (DOUBTS[segment.support] if segment.n else "") or doubt
        )
    if doubt:
        yield Span(doubt)


def _join(spans: Iterator[Span]) -> list[Span]:
    """The spans with neighbours of one look as one, as far as no mark stands between them."""
    joined: list[Span] = []
    for span in spans:
        last = joined[-1] if joined else None
        if last and last.note is None and (last.bold, last.struck) == (span.bold, span.struck):
            joined[-1] = replace(span, text=last.text + span.text)
        else:
            joined.append(span)
    return joined
