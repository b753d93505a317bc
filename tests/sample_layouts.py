"""Layouts of the sample documents: one marked-up source becomes pdf, docx, odt, pptx, html or text.

Knows the mark-up of `tests/sample_texts` and how each format writes it; does not know which
sample takes which layout (see `make_samples`). Everything written is the same on every run.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from html import escape
from typing import Any

MOMENT = datetime(2024, 1, 1)
MARKS = {
    "@cover": "cover",
    "@toc": "toc",
    "@head": "head",
    "@cap": "caption",
    "@page": "page",
    "@slide": "slide",
    "|": "row",
    "-": "bullet",
    "#####": "h4",
    "####": "h3",
    "###": "h2",
    "##": "h1",
    "#": "title",
}
HEADINGS = {"title": 0, "h1": 1, "h2": 2, "h3": 3, "h4": 4}
NO_LINE_START = "，。、；：？！）」』》%"
FILE_DATES = re.compile(rb"<(meta:creation-date|dc:date)>[^<]*<")


@dataclass(frozen=True)
class Block:
    """One line of a source: what it is, and its text without the mark."""

    kind: str
    text: str

    @property
    def cells(self) -> list[str]:
        return [cell.strip() for cell in self.text.strip().strip("|").split("|")]


def blocks(source: str) -> list[Block]:
    """The blocks of a source; a line without a mark is a paragraph."""
    found = []
    for line in source.splitlines():
        mark, _, rest = line.partition(" ")
        kind = MARKS.get(mark)
        if line.strip():
            found.append(Block(kind, rest.strip()) if kind else Block("para", line.strip()))
    return found


def contents_line(block: Block, *, leader: str = "." * 24 + "\t") -> str:
    name, page = block.cells
    return f"{name}{leader}{page}"


def runs(found: list[Block]) -> Iterator[list[Block]]:
    """Blocks one by one, but the rows of one table, and the bullets of one list, together."""
    group: list[Block] = []
    for block in found:
        if group and (block.kind != group[0].kind or block.kind not in ("row", "bullet")):
            yield group
            group = []
        group.append(block)
    if group:
        yield group


# Text formats


def wrap(text: str, width: int) -> list[str]:
    """Hard-wrap as a word processor does: Latin words stay whole, no line begins with a full stop."""
    lines, line, used = [], "", 0
    for piece in re.findall(r"[0-9A-Za-zÀ-ž'’.,%&-]+|\s+|.", text):
        size = sum(2 if ord(char) > 0x2E7F else 1 for char in piece)
        if used + size > width and piece not in NO_LINE_START:
            lines.append(line.rstrip())
            line, used = "", 0
            piece = piece.lstrip()
        line, used = line + piece, used + size
    return [*lines, line.rstrip()] if line.strip() else lines


def plain(found: list[Block]) -> str:
    """One paragraph per line, as pasted from a word processor."""
    return "".join(f"{'　　' if block.kind == 'para' else ''}{block.text}\n" for block in found)


def printed(found: list[Block]) -> str:
    """What copying from a printed page gives: wrapped lines, each followed by an empty one, form feeds."""
    pages: list[str] = []
    page: list[str] = []
    for block in found:
        if block.kind == "page" or len(page) > 44:
            pages.append("\n\n".join(page))
            page = []
        page += [line + " " for line in wrap(block.text, 76)]
    pages.append("\n\n".join(page))
    return "\n\f ".join(pages) + "\n"


def markdown(found: list[Block]) -> str:
    marks = {"title": "# ", "h1": "## ", "h2": "### ", "h3": "#### ", "h4": "##### ", "cover": "- "}
    return "".join(f"{marks.get(block.kind, '')}{block.text}\n\n" for block in found)


def html(found: list[Block]) -> str:
    parts = [_html_group(group) for group in runs(found)]
    title = next(escape(block.text) for block in found if block.kind == "title")
    head = (
        f'<!DOCTYPE html>\n<html lang="zh-Hant"><head><meta charset="utf-8"><title>{title}</title>\n'
        "<style>body { max-width: 40em; margin: auto }</style></head><body>\n"
        '<nav><a href="/">首頁</a> <a href="/reports">出國報告</a></nav>\n<main>\n'
    )
    return head + "\n".join(parts) + "\n</main>\n<script>var page = '出國報告';</script></body></html>\n"


def _html_group(group: list[Block]) -> str:
    first = group[0]
    if first.kind == "row":
        rows = ("".join(f"<td>{escape(cell)}</td>" for cell in block.cells) for block in group)
        return "<table>" + "".join(f"<tr>{row}</tr>" for row in rows) + "</table>"
    tag = f"h{HEADINGS[first.kind] + 1}" if first.kind in HEADINGS else "p"
    return f"<{tag}>{escape(first.text)}</{tag}>"


# Office formats


def fixed(package: bytes) -> bytes:
    """The same zip package with every time stamp at one moment, members in their order."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(package)) as old, zipfile.ZipFile(out, "w") as new:
        for name in old.namelist():
            info = zipfile.ZipInfo(name, MOMENT.timetuple()[:6])
            info.compress_type = zipfile.ZIP_STORED if name == "mimetype" else zipfile.ZIP_DEFLATED
            content = old.read(name)
            if name == "meta.xml":
                content = FILE_DATES.sub(rb"<\1>" + MOMENT.isoformat().encode() + b"<", content)
            new.writestr(info, content)
    return out.getvalue()


def docx(found: list[Block], *, styled: bool = True) -> bytes:
    """A Word file; without `styled` its headings are bold paragraphs, as many offices write them."""
    from docx import Document

    document = Document()
    for group in runs(found):
        if group[0].kind == "row":
            _docx_table(document, group)
        else:
            _docx_block(document, group[0], styled)
    document.core_properties.created = document.core_properties.modified = MOMENT
    out = io.BytesIO()
    document.save(out)
    return fixed(out.getvalue())


def _docx_block(document: Any, block: Block, styled: bool) -> None:
    if block.kind == "page":
        document.add_page_break()
    elif block.kind in HEADINGS and styled:
        document.add_heading(block.text, HEADINGS[block.kind])
    else:
        text = contents_line(block) if block.kind == "toc" else block.text
        document.add_paragraph().add_run(text).bold = block.kind in HEADINGS


def _docx_table(document: Any, group: list[Block]) -> None:
    table = document.add_table(len(group), len(group[0].cells))
    for y, block in enumerate(group):
        for x, cell in enumerate(block.cells):
            table.cell(y, x).text = cell


def odt(found: list[Block]) -> bytes:
    from odfdo import Document, Header, Paragraph

    document = Document("text")
    document.body.clear()
    for block in found:
        level = HEADINGS.get(block.kind, 0)
        document.body.append(Header(level, block.text) if level else Paragraph(block.text))
    out = io.BytesIO()
    document.save(out)
    return fixed(out.getvalue())


def pptx(found: list[Block]) -> bytes:
    """One slide per `@slide`: its title, then lines or a table."""
    from pptx import Presentation
    from pptx.util import Cm

    deck = Presentation()
    for slide_blocks in _slides(found):
        slide = deck.slides.add_slide(deck.slide_layouts[1])
        slide.shapes.title.text = slide_blocks[0].text
        rows = [block.cells for block in slide_blocks if block.kind == "row"]
        lines = [block.text for block in slide_blocks[1:] if block.kind != "row"]
        slide.placeholders[1].text = "\n".join(lines)
        if rows:
            shape = slide.shapes.add_table(len(rows), len(rows[0]), Cm(2), Cm(5), Cm(20), Cm(6))
            for y, row in enumerate(rows):
                for x, cell in enumerate(row):
                    shape.table.cell(y, x).text = cell
    deck.core_properties.created = deck.core_properties.modified = MOMENT
    out = io.BytesIO()
    deck.save(out)
    return fixed(out.getvalue())


def _slides(found: list[Block]) -> list[list[Block]]:
    slides: list[list[Block]] = []
    for block in found:
        if block.kind == "slide":
            slides.append([])
        slides[-1].append(block)
    return slides


def zipped(name: str) -> Callable[[bytes], bytes]:
    """A maker of a zip that holds the given document under `name`."""

    def pack(data: bytes) -> bytes:
        out = io.BytesIO()
        with zipfile.ZipFile(out, "w") as package:
            info = zipfile.ZipInfo(name, MOMENT.timetuple()[:6])
            info.compress_type = zipfile.ZIP_DEFLATED
            package.writestr(info, data)
        return out.getvalue()

    return pack


# Pdf: each line of the page is drawn by itself, so the file has nothing but hard-wrapped lines

WIDTH, HEIGHT, MARGIN, TOP, BOTTOM, STEP = 595, 842, 80, 770, 80, 20


def pdf(found: list[Block], *, header: str) -> bytes:
    from reportlab.pdfbase import pdfmetrics
    from reportlab.pdfbase.cidfonts import UnicodeCIDFont
    from reportlab.pdfgen.canvas import Canvas

    pdfmetrics.registerFont(UnicodeCIDFont("MSung-Light"))
    out = io.BytesIO()
    canvas = Canvas(out, pagesize=(WIDTH, HEIGHT), invariant=1)
    for number, page in enumerate(_pages(found), 1):
        if number > 1:
            _draw(canvas, MARGIN, HEIGHT - 50, header, 9)
            _draw(canvas, WIDTH / 2 - 5, 40, str(number), 9)
        for row, (line, size) in enumerate(page):
            _draw(canvas, MARGIN, TOP - row * STEP, line, size)
        canvas.showPage()
    canvas.save()
    return out.getvalue()


def _pages(found: list[Block]) -> list[list[tuple[str, int]]]:
    pages: list[list[tuple[str, int]]] = [[]]
    for block in found:
        if block.kind == "page":
            pages.append([])
            continue
        size = {"title": 16, "h1": 14}.get(block.kind, 12)
        text = contents_line(block, leader=" " + "." * 40 + " ") if block.kind == "toc" else block.text
        indent = "　　" if block.kind == "para" else ""
        for line in wrap(indent + text, 72 * 12 // size):
            if len(pages[-1]) * STEP > TOP - BOTTOM:
                pages.append([])
            pages[-1].append((line, size))
    return pages


def _draw(canvas: Any, x: float, y: float, text: str, size: int) -> None:
    """One line of text; Latin runs take Times, for the Chinese font lacks accented letters."""
    line = canvas.beginText(x, y)
    for run in re.findall(r"[\x20-\u024F’–]+|[^\x20-\u024F’–]+", text):
        line.setFont("Times-Roman" if run[0] < "\u2e80" else "MSung-Light", size)
        line.textOut(run)
    canvas.drawText(line)
