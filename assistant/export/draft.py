"""A draft as a document: cover, items, footnotes to notes and past reports; gaps and proposals stand out.

Knows nothing of formats, nor of how a draft was made.
"""

from __future__ import annotations

from collections.abc import Iterator

from assistant.draft import KIND_NAMES, NAMES, NUMERALS, Draft, DraftItem, DraftSentence
from assistant.export.document import Block, Cover, Document, Heading, Paragraph, Source, Span
from assistant.export.side_file import Made
from assistant.render import heading
from assistant.trip import Trip

LEAD = "草稿，待承辦人確認。【待補】請補上或刪除，〔擬議〕請決定是否採用；處理後請刪除這些標記與本段。"
NOTES_TITLE = "出國人員札記"
ASKED = "【待補：{what}】"


def draft_document(draft: Draft, disclosure: str) -> Document:
    """The draft in the layout of official reports."""
    sources = {source.heading: source for source in _note_sources(draft)}
    blocks: list[Block] = [Paragraph((Span(LEAD, bold=True),))]
    for part in dict.fromkeys(item.part for item in draft.items):
        blocks.append(Heading(1, NAMES[part]))
        for number, item in enumerate(draft.of(part)):
            blocks += [Heading(2, f"{NUMERALS[number]}、{item.heading}"), _paragraph(item, sources)]
    return Document(
        title=draft.trip.title,
        blocks=tuple(blocks),
        sources=(*_passages(draft), *sources.values()),
        cover=_cover(draft.trip),
        disclosure=disclosure,
    )


def made_items(draft: Draft) -> tuple[Made, ...]:
    """Each item with the passages that it quotes, for the side file."""
    by_number = {citation.n: citation for citation in draft.citations}
    return tuple(
        Made(
            f"{NAMES[item.part]}：{item.heading}",
            draft.mode,
            tuple(by_number[n] for sentence in item.sentences for n in sentence.citations),
            draft.model,
        )
        for item in draft.items
    )


def _cover(trip: Trip) -> Cover:
    fields = (
        ("服務機關", trip.agency or ASKED.format(what="服務機關")),
        ("姓名職稱", trip.people or ASKED.format(what="姓名、職稱")),
        ("派赴國家（地區）", trip.place or ASKED.format(what="國家或地區")),
        ("出國期間", trip.period or ASKED.format(what="起訖日期")),
        ("報告日期", ASKED.format(what="報告日期")),
    )
    return Cover(f"出國報告（出國類別：{'開會' if trip.event else '考察'}）", fields)


def _passages(draft: Draft) -> Iterator[Source]:
    for citation in draft.citations:
        title = citation.title or citation.file
        yield Source(citation.n, title, heading(citation), citation.page, citation.file, citation.quote)


def _note_sources(draft: Draft) -> Iterator[Source]:
    """The notes that are used, numbered after the passages."""
    used = {n for item in draft.items for sentence in item.sentences for n in sentence.notes}
    notes = [note for note in draft.notes.notes if note.n in used]
    for number, note in enumerate(notes, start=len(draft.citations) + 1):
        yield Source(number, NOTES_TITLE, f"[N{note.n}]", note.page, draft.notes.file, note.text)


def _paragraph(item: DraftItem, sources: dict[str, Source]) -> Paragraph:
    return Paragraph(tuple(span for sentence in item.sentences for span in _spans(sentence, sources)))


def _spans(sentence: DraftSentence, sources: dict[str, Source]) -> Iterator[Span]:
    for piece, is_gap in sentence.pieces:
        yield Span(piece, bold=is_gap)
    if sentence.kind == "proposal":
        yield Span(f"〔{KIND_NAMES['proposal']}〕", bold=True)
    for n in sentence.notes:
        yield Span("", note=sources[f"[N{n}]"].n)
    for n in sentence.citations:
        yield Span("", note=n)
