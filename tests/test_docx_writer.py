"""Word files, read again by python-docx, by our own reader, and as the XML they are."""

from __future__ import annotations

import io
import zipfile
from typing import Any

import docx
import export_samples as samples
import pytest
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml import parse_xml
from docx.oxml.ns import qn
from docx.shared import Pt

from assistant.export.document import Document, Paragraph, Source, Span
from assistant.export.docx_writer import to_docx
from corpus.readers.word import read_docx


def reopen(document: Document) -> Any:
    return docx.Document(io.BytesIO(to_docx(document)))


def lines(file: Any) -> list[tuple[str, str]]:
    return [(paragraph.style.name, paragraph.text) for paragraph in file.paragraphs]


def footnotes(file: Any) -> dict[int, str]:
    root = parse_xml(file.part.part_related_by(RELATIONSHIP_TYPE.FOOTNOTES).blob)
    return {
        int(note.get(qn("w:id"))): "".join(text.text for text in note.iter(qn("w:t")))
        for note in root
        if note.get(qn("w:type")) is None
    }


def test_text_in_its_styles() -> None:
    assert lines(reopen(samples.PLAIN)) == [
        ("Title", "赴丹麥考察報告"),
        ("Heading 1", "壹、心得"),
        ("Lead", "本府學到三件事："),
        ("List Paragraph", "公園就是滯洪池\n平日是草地。,"),
        ("List Paragraph", "四種語言。"),
        ("Heading 2", "一、步驟"),
        ("List Paragraph", "先選公園"),
        ("List Paragraph", "再試辦"),
        ("Quote", "草地也是水池。"),
        ("List Paragraph", "另起一列"),
        ("Heading 3", "（一）追蹤"),
        ("Normal", ""),
        ("Normal", "建議試辦。"),
        ("Normal", samples.DISCLOSURE),
        ("Heading 1", "來源"),
        *(("List Paragraph", line) for line in samples.SOURCE_LIST),
    ]


def test_a_cover_comes_first_on_a_page_of_its_own() -> None:
    file = reopen(samples.REPORT)
    assert lines(file)[:5] == [
        ("Cover Category", "出國報告（出國類別：考察）"),
        ("Cover Title", "赴丹麥考察報告"),
        ("Cover Field", "服務機關：範例市政府水利局"),
        ("Cover Field", "派赴國家：丹麥"),
        ("Normal", ""),
    ]
    cover, body = file.sections
    assert cover.footer.is_linked_to_previous and not body.footer.is_linked_to_previous
    sizes = [file.styles[name].font.size for name in ("Cover Category", "Cover Title", "Cover Field")]
    assert sizes == [Pt(20), Pt(26), Pt(14)]


def test_marks_lead_to_footnotes() -> None:
    file = reopen(samples.REPORT)
    marks = [int(mark.get(qn("w:id"))) for mark in file.element.body.iter(qn("w:footnoteReference"))]
    assert marks == [1, 2, 3, 4]
    assert tuple(text.strip() for text in footnotes(file).values()) == samples.NOTES
    settings = file.settings.element.iter(qn("w:footnote"))
    assert [note.get(qn("w:id")) for note in settings] == ["-1", "0"]


def test_every_style_has_the_official_fonts_and_no_theme() -> None:
    file = reopen(samples.REPORT)
    fonts = list(file.styles.element.iter(qn("w:rFonts")))
    assert len(fonts) == 1 + sum(style.type == 1 for style in file.styles)
    for font in fonts:
        assert font.get(qn("w:eastAsia")) == "標楷體" and font.get(qn("w:ascii")) == "Times New Roman"
        assert not [name for name in font.attrib if name.endswith("Theme")]
    assert file.styles["Normal"].font.size == Pt(12)
    assert all(file.styles[f"Heading {level}"].font.bold for level in (1, 2, 3))
    language = file.styles.element.find(f".//{qn('w:lang')}")
    assert language.get(qn("w:eastAsia")) == file.core_properties.language == "zh-TW"


@pytest.mark.parametrize("document", [samples.REPORT, samples.PLAIN])
def test_a4_with_the_page_number_in_the_middle_of_the_footer(document: Document) -> None:
    section = reopen(document).sections[-1]
    assert (round(section.page_width.cm, 1), round(section.page_height.cm, 1)) == (21.0, 29.7)
    assert round(section.left_margin.cm, 1) == 2.5
    (paragraph,) = section.footer.paragraphs
    assert paragraph.style.name == "Footer" and paragraph.style.paragraph_format.alignment == 1
    (field,) = paragraph._p.iter(qn("w:fldSimple"))
    assert field.get(qn("w:instr")).strip() == "PAGE"


def test_numbers_begin_anew_in_every_list() -> None:
    file = reopen(samples.PLAIN)
    numbers = [number.get(qn("w:val")) for number in file.element.body.iter(qn("w:numId"))]
    assert numbers == ["1", "1", "2", "2", "3", "4", "4"]
    restarts = file.part.numbering_part.element.iter(qn("w:startOverride"))
    assert [restart.get(qn("w:val")) for restart in restarts] == ["1", "1", "1"]


def test_a_table_repeats_its_header_and_holds_text_only() -> None:
    (table,) = reopen(samples.PLAIN).tables
    assert [[cell.text for cell in row.cells] for row in table.rows] == [
        ["編號", "建議"], ["1", "=SUM(A1)"], ["2", "甲|乙\n丙"],
    ]  # fmt: skip
    assert len(list(table._tbl.iter(qn("w:tblHeader")))) == 1
    assert table.columns[0].width < table.columns[1].width


def test_nothing_in_the_file_acts_or_points_outside() -> None:
    with zipfile.ZipFile(io.BytesIO(to_docx(samples.awkward("DDE http://example.com")))) as package:
        everything = {name: package.read(name) for name in package.namelist()}
    assert not [name for name in everything if name.endswith((".bin", ".jpeg", ".vml"))]
    whole = b"".join(everything.values())
    assert b'TargetMode="External"' not in whole and b"instrText" not in whole and b"w:hyperlink" not in whole
    assert whole.count(b"fldSimple w:instr") == whole.count(b'w:instr=" PAGE "') == 1


@pytest.mark.parametrize(
    ("text", "kept"), [(samples.AWKWARD, samples.PRINTABLE), (samples.LONG, samples.LONG)]
)
def test_awkward_text_comes_back(text: str, kept: str) -> None:
    file = reopen(samples.awkward(text))
    shown = [words for style, words in lines(file) if style in ("Normal", "Quote", "Heading 1") and words]
    assert shown == [kept, kept, kept, kept, "來源"]
    assert " ".join(kept.split()) in footnotes(file)[1]
    assert file.core_properties.title == kept[:255]


def test_an_empty_document_opens() -> None:
    assert lines(reopen(Document("題", ()))) == [("Title", "題")]


def test_our_own_reader_reads_it() -> None:
    pages = read_docx(to_docx(samples.REPORT), "export.docx").pages
    headings = [(line.level, line.text) for page in pages for line in page.lines if line.level]
    assert (1, "壹、心得") in headings and (2, "一、步驟") in headings
    assert len(pages) == 2


def test_many_marks_are_numbered_through() -> None:
    sources = tuple(Source(n, f"報告{n}", "心得", n, f"{n}.pdf", "引文") for n in range(1, 301))
    blocks = tuple(Paragraph((Span("句。", note=n),)) for n in range(1, 301))
    assert list(footnotes(reopen(Document("題", blocks, sources)))) == list(range(1, 301))
