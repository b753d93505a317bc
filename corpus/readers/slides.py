"""Slide decks (pptx) by python-pptx: one page a slide, its title first as a heading.

Reads text frames, tables and grouped shapes in reading order; speaker's notes are left out, since
they are not what was shown.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from typing import Any

from corpus.readers.archive_zip import check_package
from corpus.readers.sniff import BROKEN_ZIP
from corpus.report import RawDocument, RawLine, RawPage, Refusal

MAX_DEPTH = 20
FURNITURE = {"SLIDE_NUMBER", "FOOTER", "HEADER", "DATE"}


def read_pptx(data: bytes, file: str) -> RawDocument:
    """Slides of a deck as pages."""
    check_package(data, file)
    import pptx
    from lxml.etree import LxmlError
    from pptx.exc import PythonPptxError

    try:
        slides = pptx.Presentation(io.BytesIO(data)).slides
        return RawDocument(tuple(RawPage(n, tuple(_slide(slide))) for n, slide in enumerate(slides, start=1)))
    except (PythonPptxError, LxmlError, KeyError, TypeError, AttributeError, *BROKEN_ZIP) as exc:
        raise Refusal(
            "damaged",
            f"「{file}」不是完整的 pptx，無法開啟；請用 PowerPoint 或 Impress 打開後重新存檔再加入。",
        ) from exc


def _slide(slide: Any) -> Iterator[RawLine]:
    title = slide.shapes.title
    if title is not None:
        text = " ".join(title.text_frame.text.split())
        if text:
            yield RawLine(text, 1)
    shapes = [shape for shape in slide.shapes if title is None or shape.shape_id != title.shape_id]
    yield from _shapes(shapes, 0)


def _shapes(shapes: list[Any], depth: int) -> Iterator[RawLine]:
    if depth > MAX_DEPTH:
        return
    for shape in sorted(shapes, key=_place):
        if _is_furniture(shape):
            continue
        if hasattr(shape, "shapes"):
            yield from _shapes(list(shape.shapes), depth + 1)
        elif getattr(shape, "has_table", False):
            yield from _rows(shape.table)
        elif shape.has_text_frame:
            yield from _paragraphs(shape.text_frame)


def _place(shape: Any) -> tuple[int, int]:
    """Reading order: by rows of about half a centimetre, then from left to right."""
    return ((shape.top or 0) // 180_000, shape.left or 0)


def _is_furniture(shape: Any) -> bool:
    return bool(shape.is_placeholder) and shape.placeholder_format.type.name in FURNITURE


def _paragraphs(frame: Any) -> Iterator[RawLine]:
    for paragraph in frame.paragraphs:
        text = " ".join(re.split(r"[\v\n]+", paragraph.text)).strip()
        if text:
            yield RawLine(text)


def _rows(table: Any) -> Iterator[RawLine]:
    for row in table.rows:
        cells = [" ".join(cell.text_frame.text.split()) for cell in row.cells]
        if any(cells):
            yield RawLine("\t".join(cells))
