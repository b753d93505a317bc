"""OpenDocument text (odt) by odfdo: headings, paragraphs, lists and tables in order.

Pages change at soft page breaks and at paragraphs whose style asks for a new page. Notes,
annotations and tracked deletions are left out.
"""

from __future__ import annotations

import io
import re
from collections.abc import Callable, Iterator
from typing import Any

from corpus.readers.archive_zip import check_package
from corpus.readers.paging import PageBuilder
from corpus.readers.sniff import BROKEN_ZIP
from corpus.readers.word_numbering import numeral_text
from corpus.report import RawDocument, Refusal

BREAK, LINE = "\x0e", "\n"
MARKS = {"text:tab": "\t", "text:s": " ", "text:line-break": LINE, "text:soft-page-break": BREAK}
SKIPPED = {
    "text:note",
    "office:annotation",
    "office:annotation-end",
    "text:tracked-changes",
    "text:ruby-text",
}
CONTAINERS = {
    "text:section",
    "text:table-of-content",
    "text:index-body",
    "text:index-title",
    "text:alphabetical-index",
    "text:illustration-index",
    "text:table-index",
    "draw:text-box",
    "draw:frame",
    "draw:g",
    "table:table-header-rows",
    "table:table-rows",
    "table:table-row-group",
}
FORMATS = {
    "一, 二, 三, ...": "taiwaneseCounting",
    "一, 十, 一百(繁), ...": "taiwaneseCounting",
    "壹, 貳, 參, ...": "ideographLegalTraditional",
    "甲, 乙, 丙, ...": "ideographTraditional",
    "子, 丑, 寅, ...": "ideographZodiac",
    "1": "decimal",
    "a": "lowerLetter",
    "A": "upperLetter",
    "i": "lowerRoman",
    "I": "upperRoman",
}
MAX_DEPTH = 60


def read_odt(data: bytes, file: str) -> RawDocument:
    """Pages of an OpenDocument text."""
    check_package(data, file)
    from odfdo import Document

    try:
        document = Document(io.BytesIO(data))
        if _is_encrypted(document):
            raise Refusal("encrypted", f"「{file}」設有密碼，無法讀取；請先解除密碼另存一份再加入。")
        return _Walk(document).pages()
    except (KeyError, TypeError, AttributeError, SyntaxError, *BROKEN_ZIP) as exc:
        raise Refusal(
            "damaged", f"「{file}」不是完整的 odt，無法開啟；請用 LibreOffice 或 Word 打開後重新存檔再加入。"
        ) from exc


def _is_encrypted(document: Any) -> bool:
    manifest = document.container.get_part("META-INF/manifest.xml")
    return b"encryption-data" in (manifest if isinstance(manifest, bytes) else str(manifest).encode())


class _Walk:
    """One pass over the body."""

    def __init__(self, document: Any) -> None:
        self._body = document.body
        self._document = document
        self._breaking = set(_breaking_styles(document))
        self._out = PageBuilder()
        self._started = False
        self._handlers: dict[str, Callable[[Any, int], None]] = dict.fromkeys(CONTAINERS, self._blocks) | {
            "text:h": self._heading,
            "text:p": self._paragraph,
            "text:list": self._list,
            "table:table": self._rows,
            "text:soft-page-break": self._soft_break,
        }

    def pages(self) -> RawDocument:
        self._blocks(self._body, 0)
        return self._out.document()

    def _blocks(self, parent: Any, depth: int) -> None:
        if depth > MAX_DEPTH:
            return
        for child in parent.children:
            handle = self._handlers.get(child.tag)
            if handle:
                handle(child, depth + 1)

    def _heading(self, element: Any, depth: int) -> None:
        self._paragraph(element, depth, level=int(element.get_attribute("text:outline-level") or 1))

    def _soft_break(self, _element: Any, _depth: int) -> None:
        self._out.break_page(rendered=True)

    def _paragraph(self, element: Any, depth: int, *, level: int = 0, label: str = "") -> None:
        if element.get_attribute("text:style-name") in self._breaking and self._started:
            self._out.break_page()
        self._started = True
        for part in re.split(f"([{BREAK}{LINE}])", label + "".join(_texts(element))):
            if part == BREAK:
                self._out.break_page(rendered=True)
            elif part.strip():
                self._out.line(part, level)
        for box in _boxes(element):
            self._blocks(box, depth)

    def _list(self, element: Any, depth: int, style: str = "", level: int = 1) -> None:
        style = str(element.get_attribute("text:style-name") or style)
        count = 0
        for item in element.children:
            if item.tag not in ("text:list-item", "text:list-header") or depth > MAX_DEPTH:
                continue
            count += item.tag == "text:list-item"
            label = self._label(style, level, count) if item.tag == "text:list-item" else ""
            for child in item.children:
                if child.tag in ("text:p", "text:h"):
                    self._paragraph(child, depth, level=int(child.tag == "text:h"), label=label)
                    label = ""
                elif child.tag == "text:list":
                    self._list(child, depth + 1, style, level + 1)

    def _label(self, style: str, level: int, count: int) -> str:
        """The number of a list item as the list's style writes it; nothing for bullets."""
        node = _first(self._document, f'//text:list-style[@style:name="{_safe(style)}"]')
        found = node and _first_in(node, f'text:list-level-style-number[@text:level="{level}"]')
        if not found:
            return ""
        form = found.get_attribute("style:num-format")
        if not form:
            return ""
        before = found.get_attribute("style:num-prefix") or ""
        after = found.get_attribute("style:num-suffix") or ""
        start = int(found.get_attribute("text:start-value") or 1)
        label = before + numeral_text(start + count - 1, FORMATS.get(form, "decimal")) + after
        return label + " " if label[-1:].isalnum() or label.endswith(".") else label

    def _rows(self, table: Any, depth: int) -> None:
        for child in table.children:
            if child.tag == "table:table-row":
                self._out.row([_cell(cell) for cell in child.children if cell.tag == "table:table-cell"])
            elif child.tag == "text:soft-page-break":
                self._out.break_page(rendered=True)
            elif child.tag in CONTAINERS and depth < MAX_DEPTH:
                self._rows(child, depth + 1)


def _texts(element: Any) -> Iterator[str]:
    """Text of a paragraph in order, with marks for breaks; text boxes come separately."""
    yield element.text or ""
    for child in element.children:
        if child.tag in MARKS:
            yield MARKS[child.tag]
        elif child.tag not in SKIPPED and not child.tag.startswith("draw:"):
            yield from _texts(child)
        yield child.tail or ""


def _boxes(element: Any) -> Iterator[Any]:
    for child in element.children:
        if child.tag == "draw:frame" or child.tag == "draw:g":
            yield child
        elif child.tag in ("text:span", "text:a"):
            yield from _boxes(child)


def _cell(cell: Any) -> str:
    texts = []
    for child in cell.children:
        if child.tag in ("text:p", "text:h"):
            texts.append("".join(_texts(child)).replace(BREAK, ""))
        elif child.tag in (
            "text:list",
            "text:list-item",
            "table:table",
            "table:table-row",
            "table:table-cell",
        ):
            texts.append(_cell(child))
    return " ".join(text for text in texts if text.strip())


def _breaking_styles(document: Any) -> Iterator[str]:
    """Names of the automatic styles that begin a new page."""
    path = (
        '//style:style[style:paragraph-properties[@fo:break-before="page"]]'
        ' | //style:style[@style:master-page-name and @style:master-page-name!=""]'
    )
    for part in (document.get_part("content.xml"), document.get_part("styles.xml")):
        for style in part.root.xpath(path):
            name = style.get_attribute("style:name")
            if name:
                yield str(name)


def _first(document: Any, path: str) -> Any:
    for part in (document.get_part("content.xml"), document.get_part("styles.xml")):
        found = part.root.xpath(path)
        if found:
            return found[0]
    return None


def _first_in(node: Any, path: str) -> Any:
    found = node.xpath(path)
    return found[0] if found else None


def _safe(name: str) -> str:
    return name.replace('"', "")
