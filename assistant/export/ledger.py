"""The ledger as a document: recommendations by topic, each with its source and what became of it.

Knows nothing of formats, nor of how the records were chosen.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from assistant.answer import Citation
from assistant.export.document import Block, Document, Heading, ListItem, Paragraph, Source, Span
from assistant.export.side_file import Made
from assistant.export.tracking import TITLE
from assistant.ledger import Record
from assistant.ledger_view import day, made, name
from assistant.statuses import LABELS

LEAD = "共 {count} 項；採行情形由承辦人填寫，沒有人填的是「未填」。每一項後面的註是報告原文的位置。"
WHAT = "ledger"


def ledger_document(records: Sequence[Record], disclosure: str) -> Document:
    """The records under their topics, in the order in which topics first come; every one is cited."""
    topics: dict[str, list[tuple[int, Record]]] = {}
    for number, record in enumerate(records, start=1):
        topics.setdefault(record.recommendation.topic, []).append((number, record))
    blocks: list[Block] = [Paragraph((Span(LEAD.format(count=len(records))),))]
    for topic, numbered in topics.items():
        blocks += [Heading(1, topic), *(_item(record, number) for number, record in numbered)]
    sources = tuple(_source(number, record) for number, record in enumerate(records, start=1))
    return Document(TITLE, tuple(blocks), sources, disclosure=disclosure)


def made_ledger(records: Sequence[Record]) -> Made:
    """The passages that are listed, for the side file."""
    return Made(WHAT, "extractive", tuple(_citation(n, one) for n, one in enumerate(records, start=1)))


def _item(record: Record, number: int) -> ListItem:
    one = record.recommendation
    called = name(record)
    # What has no heading is called by its first words.
    head = (
        [] if one.text.startswith(called.rstrip("…")) else [Span(f"{one.number} {called}\n".lstrip(), True)]
    )
    return ListItem((*head, Span(one.text, note=number), Span(f"\n{'；'.join(_facts(record))}")))


def _facts(record: Record) -> Iterator[str]:
    one, told = record.recommendation, record.follow_up
    yield day(one.date)
    yield from (part for part in (made(record.cluster), one.term) if part)
    if one.implicit:
        yield "隱含建議"
    if one.addressee == "others":
        yield "對他人"
    yield from (f"{label}：{getattr(told, key)}" for key, label in LABELS.items() if getattr(told, key))


def _source(number: int, record: Record) -> Source:
    one = record.recommendation
    return Source(number, one.title or one.file, one.heading, one.page, one.file, "")


def _citation(number: int, record: Record) -> Citation:
    one = record.recommendation
    return Citation(
        n=number,
        report_id=one.report_id,
        file=one.file,
        title=one.title,
        chapter="other" if one.implicit else "recommendations",
        heading=one.heading,
        page=one.page,
        start=one.start,
        end=one.end,
        quote=one.text,
    )
