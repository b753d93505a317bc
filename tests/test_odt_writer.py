"""OpenDocument texts, read again by odfdo and by our own reader."""

from __future__ import annotations

import io
import zipfile

import export_samples as samples
import odfdo
import pytest

from assistant.export.document import Document, Paragraph, Source, Span
from assistant.export.odt_writer import to_odt
from corpus.readers.odf import read_odt


def reopen(document: Document) -> odfdo.Document:
    return odfdo.Document(io.BytesIO(to_odt(document)))


def said(element: odfdo.Element) -> str:
    """The text of a paragraph without that of its footnotes."""
    copy = element.clone
    for note in copy.get_elements("descendant::text:note"):
        note.delete()
    return copy.inner_text


def lines(file: odfdo.Document) -> list[tuple[str, str]]:
    path = "descendant::text:h | descendant::text:p[not(ancestor::text:note) and not(ancestor::table:table)]"
    found = file.body.xpath(path)
    return [(element.get_attribute("text:style-name"), said(element)) for element in found]


def notes(file: odfdo.Document) -> list[tuple[str, str]]:
    return [(note.citation, note.note_body.strip()) for note in file.body.get_notes(note_class="footnote")]


def test_text_in_its_styles() -> None:
    assert lines(reopen(samples.PLAIN)) == [
        ("Title", "赴丹麥考察報告"),
        ("Heading_20_1", "壹、心得"),
        ("Lead", "本府學到三件事："),
        ("List_20_Contents", "公園就是滯洪池\n平日是草地。,"),
        ("List_20_Contents", "四種語言。"),
        ("Heading_20_2", "一、步驟"),
        ("List_20_Contents", "先選公園"),
        ("List_20_Contents", "再試辦"),
        ("Quotations", "草地也是水池。"),
        ("List_20_Contents", "另起一列"),
        ("Heading_20_3", "（一）追蹤"),
        ("Standard", ""),
        ("Standard", "建議試辦。"),
        ("Standard", samples.DISCLOSURE),
        ("Heading_20_1", "來源"),
        *(("List_20_Contents", line) for line in samples.SOURCE_LIST),
    ]
    levels = [header.get_attribute("text:outline-level") for header in reopen(samples.PLAIN).body.headers]
    assert levels == ["1", "2", "3", "1"]


def test_a_cover_comes_first_on_a_page_of_its_own() -> None:
    file = reopen(samples.REPORT)
    assert lines(file)[:5] == [
        ("Cover_20_Start", "出國報告（出國類別：考察）"),
        ("Cover_20_Title", "赴丹麥考察報告"),
        ("Cover_20_Field", "服務機關：範例市政府水利局"),
        ("Cover_20_Field", "派赴國家：丹麥"),
        ("Cover_20_End", ""),
    ]
    names = ("Cover_20_Category", "Cover_20_Title", "Cover_20_Field")
    sizes = [file.get_style("paragraph", name).get_properties("text")["fo:font-size"] for name in names]
    assert sizes == ["20pt", "26pt", "14pt"]
    cover = file.get_style("master-page", "Cover")
    assert cover.get_element("style:footer") is None
    assert cover.get_attribute("style:next-style-name") == "Standard"


def test_marks_lead_to_footnotes() -> None:
    file = reopen(samples.REPORT)
    assert notes(file) == [(str(number), text) for number, text in enumerate(samples.NOTES, start=1)]


def test_every_style_has_the_official_fonts() -> None:
    file = reopen(samples.REPORT)
    styles = file.styles.root.xpath("//style:style[@style:family='paragraph']/style:text-properties")
    assert len(styles) >= 13
    for style in styles:
        assert style.get_attribute("style:font-name-asian") == "標楷體"
        assert style.get_attribute("style:font-name") == "Times New Roman"
    (default,) = file.styles.root.xpath("//style:default-style/style:text-properties")
    assert default.get_attribute("style:language-asian") == "zh"
    assert default.get_attribute("style:country-asian") == "TW"
    assert default.get_attribute("style:font-size-asian") == "12pt"
    assert file.meta.language == "zh-TW"


def test_a4_with_the_page_number_in_the_middle_of_the_footer() -> None:
    file = reopen(samples.PLAIN)
    page = file.get_style("page-layout", "A4").get_properties("page-layout")
    assert (page["fo:page-width"], page["fo:page-height"]) == ("21.0cm", "29.7cm")
    (number,) = file.get_style("master-page", "Standard").xpath("style:footer//text:page-number")
    assert number.get_attribute("text:select-page") == "current"
    footer = file.get_style("paragraph", "Footer").get_properties("paragraph")
    assert footer["fo:text-align"] == "center"


def test_lists_and_the_table() -> None:
    file = reopen(samples.PLAIN)
    found = [(one.style, len(one.get_items())) for one in file.body.get_lists()]
    assert found == [("Bullets", 2), ("Numbers", 2), ("Numbers", 1), ("Numbers", 2)]
    (table,) = file.body.tables
    cells = [cell.inner_text.strip() for cell in table.get_elements("descendant::table:table-cell")]
    assert cells == ["編號", "建議", "1", "=SUM(A1)", "2", "甲|乙\n丙"]
    assert not table.xpath("descendant::table:table-cell[@table:formula]")


def test_nothing_in_the_file_acts_or_points_outside() -> None:
    with zipfile.ZipFile(io.BytesIO(to_odt(samples.awkward("http://example.com")))) as package:
        assert set(package.namelist()) == {
            "mimetype", "content.xml", "styles.xml", "settings.xml", "meta.xml", "META-INF/manifest.xml",
        }  # fmt: skip
        assert package.read("mimetype") == b"application/vnd.oasis.opendocument.text"
        whole = b"".join(package.read(name) for name in package.namelist())
    assert b"xlink:href" not in whole and b"<office:script" not in whole


@pytest.mark.parametrize(
    ("text", "kept"), [(samples.AWKWARD, samples.PRINTABLE), (samples.LONG, samples.LONG)]
)
def test_awkward_text_comes_back(text: str, kept: str) -> None:
    file = reopen(samples.awkward(text))
    shown = [words for style, words in lines(file) if style in ("Standard", "Quotations", "Heading_20_1")]
    assert [words for words in shown if words] == [kept, kept, kept, kept, "來源"]
    assert " ".join(kept.split()) in notes(file)[0][1]


def test_an_empty_document_opens() -> None:
    assert lines(reopen(Document("題", ()))) == [("Title", "題")]


def test_our_own_reader_reads_it() -> None:
    pages = read_odt(to_odt(samples.REPORT), "export.odt").pages
    headings = [(line.level, line.text) for page in pages for line in page.lines if line.level]
    assert (1, "壹、心得") in headings and (2, "一、步驟") in headings


def test_many_marks_are_numbered_through() -> None:
    sources = tuple(Source(n, f"報告{n}", "心得", n, f"{n}.pdf", "引文") for n in range(1, 301))
    blocks = tuple(Paragraph((Span("句。", note=n),)) for n in range(1, 301))
    found = notes(reopen(Document("題", blocks, sources)))
    assert [number for number, _ in found] == [str(n) for n in range(1, 301)]
