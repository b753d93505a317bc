"""A raw document becomes a Report: one text, its metadata, chapters, sections and items.

The only module that knows the order of the steps. Reads no files and stores nothing.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TypeVar

from corpus.chapters import find_chapters
from corpus.classification import OPEN_LEVELS, read_classification
from corpus.items import find_items
from corpus.metadata import read_metadata
from corpus.names import Names
from corpus.paragraphs import find_paragraphs
from corpus.report import Chapter, Item, Page, RawDocument, Refusal, Report
from corpus.sections import find_sections
from corpus.text import join_pages

_Paged = TypeVar("_Paged", Chapter, Item)


def build_report(raw: RawDocument, *, file: str, sha256: str, names: Names | None = None) -> Report:
    """The report in a document; refuses what holds no text and what is classified above 限閱."""
    classification = read_classification(raw)
    if classification not in OPEN_LEVELS:
        raise Refusal(
            "classified",
            f"「{file}」標示為「{classification}」；這裡只收「公開」與「限閱」的文件，請改用公開的版本。",
        )
    flow = join_pages(raw)
    if not flow.text.strip():
        raise Refusal("empty", f"「{file}」裡沒有文字；請確認檔案內容後再加入。")
    paragraphs = find_paragraphs(flow.text, flow.levels)
    chapters = find_chapters(paragraphs, len(flow.text))
    known = read_metadata(flow.text, paragraphs, chapters, file=file, names=names or Names.load())
    has_items = known.doc_type == "trip_report"
    items = find_items(flow.text, chapters, paragraphs) if has_items else ()
    return Report(
        id="r" + sha256[:10],
        file=file,
        sha256=sha256,
        **vars(known),
        classification=classification,
        text=flow.text,
        pages=flow.pages,
        chapters=_with_pages(chapters, flow.pages),
        sections=find_sections(chapters, paragraphs, len(flow.text)),
        items=_with_pages(items, flow.pages),
    )


def _with_pages(parts: Sequence[_Paged], pages: Sequence[Page]) -> tuple[_Paged, ...]:
    """The parts with the number of the page on which each begins."""
    return tuple(replace(part, page=_page_at(part.start, pages)) for part in parts)


def _page_at(offset: int, pages: Sequence[Page]) -> int:
    return next((page.number for page in pages if offset < page.end), pages[-1].number if pages else 1)
