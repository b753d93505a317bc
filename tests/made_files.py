"""Small files of every format for the reader tests, whole and hostile, made in memory."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable, Iterable, Mapping, Sequence

import docx
import pptx
from docx.enum.text import WD_BREAK
from odfdo import Document, Header, List, Paragraph, Style, Table
from pptx.util import Cm
from reportlab.lib.pdfencrypt import StandardEncryption
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfgen.canvas import Canvas

FONT = "MSung-Light"


def made_docx(build: Callable[[docx.document.Document], object]) -> bytes:
    """A Word file that `build` has filled."""
    document = docx.Document()
    build(document)
    return _saved(document.save)


def simple_docx(document: docx.document.Document) -> None:
    """A heading, a paragraph, a table, a page break and a last paragraph."""
    document.add_heading("第一章 目的", level=1)
    document.add_paragraph("本次考察主題為水岸更新。")
    table = document.add_table(rows=2, cols=2)
    for cell, text in zip(table._cells, ("日期", "地點", "5/1", "馬爾摩"), strict=True):
        cell.text = text
    document.add_paragraph("考察結束").add_run().add_break(WD_BREAK.PAGE)
    document.add_paragraph("次頁內容。")


def made_odt(parts: Iterable[object], styles: Sequence[Style] = ()) -> bytes:
    """An OpenDocument text of the given elements."""
    document = Document("text")
    for style in styles:
        document.insert_style(style, automatic=True)
    document.body.clear()
    for part in parts:
        document.body.append(part)
    return _saved(document.save)


def simple_odt() -> bytes:
    """A heading, a paragraph with a tab and blanks, a list, a table, and a page break by style."""
    table = Table("行程", width=2, height=2)
    for place, text in (((0, 0), "日期"), ((1, 0), "地點"), ((0, 1), "5/1"), ((1, 1), "馬爾摩")):
        table.set_value(place, text)
    style = Style("paragraph", name="NewPage")
    style.set_properties({"fo:break-before": "page"}, area="paragraph")
    parts = [
        Header(1, "第一章 目的"),
        Paragraph("本次考察主題為水岸更新。"),
        List(["甲", "乙"]),
        table,
        Paragraph("次頁內容。", style="NewPage"),
    ]
    return made_odt(parts, [style])


def simple_pptx() -> bytes:
    """A slide with title, text and notes, and one with a table and grouped shapes."""
    deck = pptx.Presentation()
    first = deck.slides.add_slide(deck.slide_layouts[1])
    first.shapes.title.text = "城市外交\v年度成果"
    first.placeholders[1].text = "接待外賓\n簽署協議"
    first.notes_slide.notes_text_frame.text = "講者備忘"
    second = deck.slides.add_slide(deck.slide_layouts[6])
    group = second.shapes.add_group_shape()
    box = group.shapes.add_textbox(Cm(1), Cm(9), Cm(5), Cm(1))
    box.text_frame.text = "群組文字"
    table = second.shapes.add_table(1, 2, Cm(1), Cm(1), Cm(8), Cm(1)).table
    table.cell(0, 0).text, table.cell(0, 1).text = "團數", "61"
    return _saved(deck.save)


def made_pdf(pages: Sequence[Sequence[str]], password: str = "") -> bytes:
    """A PDF of the given lines; a page without lines holds a drawn box only."""
    pdfmetrics.registerFont(UnicodeCIDFont(FONT))
    target = io.BytesIO()
    canvas = Canvas(target, encrypt=StandardEncryption(password, canPrint=0) if password else None)
    for lines in pages:
        canvas.setFont(FONT, 12)
        canvas.rect(50, 50, 100, 100, fill=1)
        for index, line in enumerate(lines):
            canvas.drawString(72, 780 - 20 * index, line)
        canvas.showPage()
    canvas.save()
    return target.getvalue()


def made_zip(members: Mapping[str | zipfile.ZipInfo, bytes]) -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as package:
        for name, content in members.items():
            package.writestr(name, content)
    return target.getvalue()


def changed_zip(data: bytes, name: str, change: Callable[[bytes], bytes]) -> bytes:
    """A zip with one member changed."""
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        members = {info.filename: package.read(info) for info in package.infolist()}
    return made_zip(members | {name: change(members.get(name, b""))})


def with_entity(xml: bytes, path: str) -> bytes:
    """An XML part that tries to read a file into the text."""
    head, _, tail = xml.partition(b"?>")
    doctype = f'<!DOCTYPE x [<!ENTITY leak SYSTEM "file://{path}">]>'.encode()
    return head + b"?>" + doctype + tail.replace("本次".encode(), b"&leak;")


def _saved(save: Callable[[io.BytesIO], object]) -> bytes:
    target = io.BytesIO()
    save(target)
    return target.getvalue()
