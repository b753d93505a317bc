"""Word documents (docx) by python-docx: paragraphs and tables in order, pages where Word broke them.

Automatic numbers ("一、", "(一)") are written out, since the text of such a paragraph does not
hold them. Headers, footers, deleted text and comments are left out.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from typing import Any

from corpus.readers.archive_zip import check_package
from corpus.readers.paging import PageBuilder
from corpus.readers.sniff import BROKEN_ZIP
from corpus.readers.word_numbering import Numbering
from corpus.report import RawDocument, Refusal

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
VAL = f"{W}val"
HEADING_STYLE = re.compile(r"^(?:heading|標題|标题)\s*([1-9])$", re.I)
TITLE_STYLE = re.compile(r"^(?:title|標題|标题)$", re.I)
FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
TEXT_BOX = f"{W}txbxContent"
SKIPPED = {FALLBACK, TEXT_BOX, f"{W}del", f"{W}moveFrom", f"{W}instrText", f"{W}pPr", f"{W}rPr", f"{W}rt"}
RENDERED, EXPLICIT, LINE = "\x0e", "\x0c", "\n"
MARKS = {
    f"{W}tab": "\t",
    f"{W}cr": LINE,
    f"{W}noBreakHyphen": "-",
    f"{W}lastRenderedPageBreak": RENDERED,
}


def read_docx(data: bytes, file: str) -> RawDocument:
    """Pages of a Word document."""
    check_package(data, file)
    import docx
    from docx.opc.exceptions import OpcError
    from lxml.etree import LxmlError

    try:
        document = docx.Document(io.BytesIO(data))
        return _Walk(document).pages()
    except (OpcError, LxmlError, KeyError, TypeError, AttributeError, SyntaxError, *BROKEN_ZIP) as exc:
        raise Refusal(
            "damaged", f"「{file}」不是完整的 docx，無法開啟；請用 Word 或 LibreOffice 打開後重新存檔再加入。"
        ) from exc


class _Walk:
    """One pass over the body, keeping the page and the counters of automatic numbers."""

    def __init__(self, document: Any) -> None:
        self._body = document.element.body
        self._styles = {style.style_id: style for style in document.styles}
        self._numbering = Numbering.of(document)
        self._out = PageBuilder()

    def pages(self) -> RawDocument:
        self._blocks(self._body)
        return self._out.document()

    def _blocks(self, parent: Any) -> None:
        for child in parent:
            if child.tag == f"{W}p":
                self._paragraph(child)
            elif child.tag == f"{W}tbl":
                self._table(child)
            elif child.tag in (f"{W}sdt", f"{W}sdtContent", f"{W}customXml", f"{W}ins"):
                self._blocks(child)

    def _paragraph(self, paragraph: Any) -> None:
        style = self._style_of(paragraph)
        if _is_on(paragraph, f"{W}pPr/{W}pageBreakBefore"):
            self._out.break_page()
        level = _level_of(paragraph, style)
        text = self._numbering.label(paragraph, style) + "".join(_runs(paragraph))
        for part in re.split(f"([{RENDERED}{EXPLICIT}{LINE}])", text):
            if part == EXPLICIT:
                self._out.break_page()
            elif part == RENDERED:
                self._out.break_page(rendered=True)
            elif part.strip():
                self._out.line(part, level)
        for box in _text_boxes(paragraph):
            self._blocks(box)
        if _ends_section_on_new_page(paragraph):
            self._out.break_page()

    def _table(self, table: Any) -> None:
        for row in table.iter(f"{W}tr"):
            if next(row.iterancestors(f"{W}tbl")) is not table:
                continue
            if any(True for _ in row.iter(f"{W}lastRenderedPageBreak")):
                self._out.break_page(rendered=True)
            self._out.row([self._cell(cell) for cell in _cells(row)])

    def _cell(self, cell: Any) -> str:
        texts = []
        for paragraph in cell.iter(f"{W}p"):
            label = self._numbering.label(paragraph, self._style_of(paragraph))
            text = label + re.sub(f"[{RENDERED}{EXPLICIT}{LINE}]", " ", "".join(_runs(paragraph)))
            if text.strip():
                texts.append(text.strip())
        return " ".join(texts)

    def _style_of(self, paragraph: Any) -> Any:
        found = paragraph.find(f"{W}pPr/{W}pStyle")
        return self._styles.get(found.get(VAL)) if found is not None else None


def _runs(element: Any) -> Iterator[str]:
    """The text of a paragraph in order, with marks for breaks."""
    for child in element:
        if child.tag in SKIPPED:
            continue
        if child.tag == f"{W}t":
            yield child.text or ""
        elif child.tag == f"{W}br":
            yield EXPLICIT if child.get(f"{W}type") == "page" else LINE
        elif child.tag in MARKS:
            yield MARKS[child.tag]
        elif isinstance(child.tag, str):
            yield from _runs(child)


def _text_boxes(paragraph: Any) -> Iterator[Any]:
    """The text boxes anchored in a paragraph, each once (Word also stores an old-style copy)."""
    for box in paragraph.iter(TEXT_BOX):
        anchors = list(box.iterancestors(TEXT_BOX, FALLBACK))
        if not anchors:
            yield box


def _cells(row: Any) -> Iterator[Any]:
    for child in row:
        if child.tag == f"{W}tc":
            yield child
        elif child.tag in (f"{W}sdt", f"{W}sdtContent"):
            yield from _cells(child)


def _level_of(paragraph: Any, style: Any) -> int:
    outline = paragraph.find(f"{W}pPr/{W}outlineLvl")
    if outline is not None and outline.get(VAL, "9").isdigit() and int(outline.get(VAL)) < 9:
        return int(outline.get(VAL)) + 1
    while style is not None:
        heading = HEADING_STYLE.match(style.name or "")
        if heading:
            return int(heading.group(1))
        if TITLE_STYLE.match(style.name or ""):
            return 1
        style = style.base_style if hasattr(style, "base_style") else None
    return 0


def _is_on(paragraph: Any, path: str) -> bool:
    found = paragraph.find(path)
    return found is not None and found.get(VAL, "1") not in ("0", "false", "off")


def _ends_section_on_new_page(paragraph: Any) -> bool:
    section = paragraph.find(f"{W}pPr/{W}sectPr")
    if section is None:
        return False
    kind = section.find(f"{W}type")
    return kind is None or kind.get(VAL) != "continuous"
