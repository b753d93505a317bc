"""A review as a document: a table of findings for each level, then every copied paragraph with its twins.

Knows nothing of formats, nor of how a finding came about.
"""

from __future__ import annotations

from collections.abc import Iterator

from assistant.export.document import Block, Document, Heading, Paragraph, Quote, Source, Span, Table
from assistant.export.side_file import Made
from assistant.render import heading
from assistant.review import LEVELS, Finding, Review
from assistant.review_render import COPIED, LEVEL_WORDS, tally

HEADER = ("項目與位置", "說明", "如何修正")


def review_document(done: Review) -> Document:
    """The review under the title of the report; the passages that were copied are its sources."""
    sources = tuple(
        Source(n, twin.passage.title or twin.passage.file, heading(twin.passage), twin.passage.page,
               twin.passage.file, twin.passage.quote)
        for n, twin in enumerate((twin for overlap in done.overlaps for twin in overlap.twins), start=1)
    )  # fmt: skip
    blocks = [Paragraph((Span(f"檔案：{done.file}"),)), Paragraph((Span(tally(done)),))]
    return Document(
        f"出國報告自我檢核：{done.title or done.file}", (*blocks, *_tables(done), *_copied(done)), sources
    )


def made_review(done: Review) -> Made:
    """The review with the passages that were copied, for the side file."""
    passages = tuple(twin.passage for overlap in done.overlaps for twin in overlap.twins)
    return Made("review", "extractive", passages)


def _tables(done: Review) -> Iterator[Block]:
    for level in LEVELS:
        found = [finding for finding in done.findings if finding.level == level]
        rows = tuple((_place(one), one.message, one.mend) for one in found)
        if rows:
            yield Heading(1, LEVEL_WORDS[level])
            yield Table(HEADER, rows)


def _place(finding: Finding) -> str:
    return "：".join(part for part in (finding.title, finding.where) if part)


def _copied(done: Review) -> Iterator[Block]:
    if done.overlaps:
        yield Heading(1, COPIED)
    number = 0
    for overlap in done.overlaps:
        marks = []
        for twin in overlap.twins:
            number += 1
            marks.append(Span(f"（{twin.share:.0%}）", note=number))
        yield Paragraph((Span(f"第 {overlap.page} 頁，{overlap.share:.0%} 雷同，出處"), *marks), lead=True)
        yield Quote((Span(overlap.text),))
