"""Documents as Word files by python-docx, laid out as `assistant.export.looks` says.

Footnotes are real ones. Beside the page number there are no fields, no links and no macros.
"""

from __future__ import annotations

import io
from collections.abc import Iterable
from datetime import UTC, datetime
from typing import Any

import docx
from docx.enum.section import WD_SECTION
from docx.opc.constants import CONTENT_TYPE, RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.opc.part import XmlPart
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import qn
from docx.section import Section
from docx.shared import Cm
from docx.text.paragraph import Paragraph as WordParagraph

from assistant.export import docx_parts as parts
from assistant.export.document import (
    Cover,
    Document,
    Heading,
    ListItem,
    Paragraph,
    Part,
    Quote,
    Span,
    Table,
    gather_lists,
    printable,
)
from assistant.export.looks import MARGIN, PAGE_HEIGHT, PAGE_WIDTH, column_widths, heading_kind
from assistant.export.notes import Note, Notes, all_blocks

# Of the template that python-docx begins with; the rest are pictures, settings of the web, other styles.
_KEPT = {
    RELATIONSHIP_TYPE.OFFICE_DOCUMENT,
    RELATIONSHIP_TYPE.CORE_PROPERTIES,
    RELATIONSHIP_TYPE.STYLES,
    RELATIONSHIP_TYPE.NUMBERING,
    RELATIONSHIP_TYPE.SETTINGS,
    RELATIONSHIP_TYPE.THEME,
}


def to_docx(document: Document) -> bytes:
    """The document as the bytes of a Word file."""
    writer = _Writer(document)
    writer.head()
    for part in gather_lists(all_blocks(document)):
        writer.part(part)
    return writer.finish()


class _Writer:
    """One pass over a document, adding to a Word file."""

    def __init__(self, document: Document) -> None:
        self._document = document
        self._file = docx.Document()
        self._notes = Notes(document.sources)
        self._footnotes = parse_xml(parts.FOOTNOTES)
        self._numbered_lists = 0
        _strip_template(self._file.part)
        _refill(self._file.styles.element, parts.styles_xml(document.language))
        _refill(self._file.settings.element, parts.SETTINGS)

    def head(self) -> None:
        """The cover on a page without a number, or the title alone."""
        first = self._file.sections[0]
        _set_page(first)
        if self._document.cover is None:
            self._add("title", [Span(self._document.title)])
            _number_pages(first)
        else:
            self._cover(self._document.cover)
            _number_pages(self._file.add_section(WD_SECTION.NEW_PAGE))

    def part(self, part: Part) -> None:
        match part:
            case Heading():
                self._add(heading_kind(part.level), [Span(part.text)])
            case Paragraph():
                self._add("lead" if part.lead else "body", part.spans)
            case Quote():
                self._add("quote", part.spans)
            case Table():
                self._table(part)
            case tuple():
                self._list(part)

    def finish(self) -> bytes:
        _refill(self._file.part.numbering_part.element, parts.numbering_xml(self._numbered_lists))
        self._attach("footnotes", CONTENT_TYPE.WML_FOOTNOTES, RELATIONSHIP_TYPE.FOOTNOTES, self._footnotes)
        fonts = parse_xml(parts.FONTS)
        self._attach("fontTable", CONTENT_TYPE.WML_FONT_TABLE, RELATIONSHIP_TYPE.FONT_TABLE, fonts)
        properties, now = self._file.core_properties, datetime.now(UTC).replace(tzinfo=None)
        properties.title = printable(self._document.title)[:255]
        properties.language = self._document.language
        properties.author = properties.last_modified_by = properties.comments = ""
        properties.created = properties.modified = now
        target = io.BytesIO()
        self._file.save(target)
        return target.getvalue()

    def _attach(self, name: str, content_type: str, relation: str, element: Any) -> None:
        part = self._file.part
        attached = XmlPart(PackURI(f"/word/{name}.xml"), content_type, element, part.package)
        part.relate_to(attached, relation)

    def _cover(self, cover: Cover) -> None:
        self._add("cover category", [Span(cover.category)])
        self._add("cover title", [Span(self._document.title)])
        for label, value in cover.fields:
            self._add("cover field", [Span(f"{label}：{value}")])

    def _list(self, items: tuple[ListItem, ...]) -> None:
        number = parts.BULLETS
        if items[0].numbered:
            number = parts.FIRST_NUMBERS + self._numbered_lists
            self._numbered_lists += 1
        for item in items:
            paragraph = self._add("item", item.spans)
            properties = paragraph._p.get_or_add_pPr().get_or_add_numPr()
            properties.get_or_add_ilvl().val = 0
            properties.get_or_add_numId().val = number

    def _table(self, table: Table) -> None:
        rows, widths = [table.header, *table.rows], [Cm(width) for width in column_widths(table)]
        grid = self._file.add_table(len(rows), len(widths), style="Table Grid")
        grid.rows[0]._tr.get_or_add_trPr().append(OxmlElement("w:tblHeader"))
        for column, width in zip(grid.columns, widths, strict=True):
            column.width = width
        for row, texts in zip(grid.rows, rows, strict=True):
            for cell, text, width in zip(row.cells, texts, widths, strict=True):
                cell.width = width
                self._fill(cell.paragraphs[0], "cell", [Span(text, bold=texts is rows[0])])
        self._add("body", [])

    def _add(self, kind: str, spans: Iterable[Span]) -> WordParagraph:
        return self._fill(self._file.add_paragraph(), kind, spans)

    def _fill(self, paragraph: WordParagraph, kind: str, spans: Iterable[Span]) -> WordParagraph:
        paragraph._p.style = parts.STYLES[kind][0]
        for piece in self._notes.resolve(spans):
            if isinstance(piece, Span):
                run = paragraph.add_run(printable(piece.text))
                run.bold, run.font.strike = piece.bold or None, piece.struck or None
            else:
                self._cite(paragraph, piece)
        return paragraph

    def _cite(self, paragraph: WordParagraph, note: Note) -> None:
        if note.joined:
            _raised(paragraph).text = ","
        _mark(paragraph, "w:footnoteReference").set(qn("w:id"), str(note.number))
        self._footnotes.append(_footnote(note))


def _footnote(note: Note) -> Any:
    element = OxmlElement("w:footnote", attrs={qn("w:id"): str(note.number)})
    paragraph = WordParagraph(OxmlElement("w:p"), element)
    paragraph._p.style = parts.STYLES["note"][0]
    _mark(paragraph, "w:footnoteRef")
    paragraph.add_run(" " + printable(note.text))
    element.append(paragraph._p)
    return element


def _mark(paragraph: WordParagraph, tag: str) -> Any:
    """Add a raised mark to the paragraph; returns the element that stands for its number."""
    mark = OxmlElement(tag)
    _raised(paragraph).append(mark)
    return mark


def _raised(paragraph: WordParagraph) -> Any:
    run = paragraph.add_run()._r
    run.style = parts.MARK_STYLE
    return run


def _strip_template(part: Any) -> None:
    for relations in (part.rels, part.package.rels):
        for key in [key for key, relation in relations.items() if relation.reltype not in _KEPT]:
            del relations[key]


def _refill(element: Any, xml: str) -> None:
    """Put the children of `xml` in place of those of the element."""
    for child in list(element):
        element.remove(child)
    element.extend(list(parse_xml(xml)))


def _set_page(section: Section) -> None:
    section.page_width, section.page_height = Cm(PAGE_WIDTH), Cm(PAGE_HEIGHT)
    section.left_margin = section.right_margin = Cm(MARGIN)
    section.top_margin = section.bottom_margin = Cm(MARGIN)


def _number_pages(section: Section) -> None:
    section.footer.is_linked_to_previous = False
    paragraph = section.footer.paragraphs[0]
    paragraph._p.style = parts.STYLES["footer"][0]
    paragraph._p.append(parse_xml(parts.PAGE_NUMBER))
