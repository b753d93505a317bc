"""Documents as OpenDocument texts by odfdo, laid out as `assistant.export.looks` says.

Footnotes are real ones. Beside the page number there are no fields, no links and no macros.
"""

from __future__ import annotations

import io
from collections.abc import Iterable
from datetime import UTC, datetime

import odfdo
from odfdo import Element

from assistant.export import odt_parts as parts
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
from assistant.export.looks import column_widths, heading_kind
from assistant.export.notes import Note, Notes, all_blocks

_TEXT_STYLES = {
    (False, False): None,
    (True, False): parts.BOLD,
    (False, True): parts.STRUCK,
    (True, True): parts.BOLD_STRUCK,
}
# A picture and empty folders of the template, and a list of its parts that names them.
_DROPPED = ("Thumbnails/", "Configurations2/", "manifest.rdf")


def to_odt(document: Document) -> bytes:
    """The document as the bytes of an OpenDocument text."""
    writer = _Writer(document)
    writer.head()
    for part in gather_lists(all_blocks(document)):
        writer.part(part)
    return writer.finish()


class _Writer:
    """One pass over a document, adding to an OpenDocument text."""

    def __init__(self, document: Document) -> None:
        self._document = document
        self._file = _empty_file(document.language)
        self._body = self._file.body
        self._notes = Notes(document.sources)
        self._tables = 0

    def head(self) -> None:
        """The cover on a page without a number, or the title alone."""
        if self._document.cover is None:
            self._add("title", [Span(self._document.title)])
        else:
            self._cover(self._document.cover)

    def part(self, part: Part) -> None:
        match part:
            case Heading():
                self._heading(part)
            case Paragraph():
                self._add("lead" if part.lead else "body", part.spans)
            case Quote():
                self._add("quote", part.spans)
            case Table():
                self._table(part)
            case tuple():
                self._list(part)

    def finish(self) -> bytes:
        meta = self._file.meta
        meta.title = printable(self._document.title)
        meta.language = self._document.language
        meta.creation_date = datetime.now(UTC).replace(tzinfo=None)
        target = io.BytesIO()
        self._file.save(target)
        return target.getvalue()

    def _cover(self, cover: Cover) -> None:
        self._body.append(self._paragraph(parts.COVER_START, [Span(cover.category)]))
        self._add("cover title", [Span(self._document.title)])
        for label, value in cover.fields:
            self._add("cover field", [Span(f"{label}：{value}")])
        self._body.append(self._paragraph(parts.COVER_END, []))

    def _heading(self, heading: Heading) -> None:
        header = odfdo.Header(heading.level)
        # Header takes a style and does nothing with it.
        header.set_attribute("text:style-name", parts.STYLES[heading_kind(heading.level)])
        self._body.append(self._fill(header, [Span(heading.text)]))

    def _list(self, items: tuple[ListItem, ...]) -> None:
        found = odfdo.List(style=parts.NUMBERS if items[0].numbered else parts.BULLETS)
        for item in items:
            found.append(odfdo.ListItem(self._paragraph(parts.STYLES["item"], item.spans)))
        self._body.append(found)

    def _table(self, table: Table) -> None:
        self._tables += 1
        name = f"Table{self._tables}"
        grid = _made("table:table", {"table:name": name, "table:style-name": parts.GRID})
        for n, width in enumerate(column_widths(table), start=1):
            style = odfdo.Style("table-column", name=f"{name}.{n}", width=f"{width:.2f}cm")
            self._file.insert_style(style, automatic=True)
            grid.append(_made("table:table-column", {"table:style-name": style.name}))
        header = _made("table:table-header-rows")
        header.append(self._row(table.header, bold=True))
        grid.append(header)
        for row in table.rows:
            grid.append(self._row(row, bold=False))
        self._body.append(grid)
        self._add("body", [])

    def _row(self, texts: Iterable[str], *, bold: bool) -> Element:
        row = _made("table:table-row")
        for text in texts:
            cell = _made("table:table-cell", {"table:style-name": parts.CELL, "office:value-type": "string"})
            cell.append(self._paragraph(parts.STYLES["cell"], [Span(text, bold=bold)]))
            row.append(cell)
        return row

    def _add(self, kind: str, spans: Iterable[Span]) -> None:
        self._body.append(self._paragraph(parts.STYLES[kind], spans))

    def _paragraph(self, style: str, spans: Iterable[Span]) -> Element:
        return self._fill(odfdo.Paragraph(style=style), spans)

    def _fill(self, element: Element, spans: Iterable[Span]) -> Element:
        for piece in self._notes.resolve(spans):
            if isinstance(piece, Span):
                style = _TEXT_STYLES[piece.bold, piece.struck]
                element.append(odfdo.Span(printable(piece.text), style=style))
            else:
                if piece.joined:
                    element.append(odfdo.Span(",", style=parts.RAISED))
                element.append(_footnote(piece))
        return element


def _footnote(note: Note) -> odfdo.Note:
    made = odfdo.Note(note_id=f"ftn{note.number}", citation=str(note.number))
    made.note_body = odfdo.Paragraph(" " + printable(note.text), style=parts.STYLES["note"])
    return made


def _made(tag: str, attributes: dict[str, str] | None = None) -> Element:
    element = Element.from_tag(tag)
    for name, value in (attributes or {}).items():
        element.set_attribute(name, value)
    return element


def _empty_file(language: str) -> odfdo.Document:
    file = odfdo.Document("text")
    for path in [path for path in file.parts if path.startswith(_DROPPED)]:
        file.del_part(path)
    for path in [path for path in file.manifest.get_paths() if path.startswith(_DROPPED)]:
        file.manifest.del_full_path(path)
    for name, xml in (
        ("styles", parts.styles_xml(language)),
        ("content", parts.CONTENT),
        ("settings", parts.SETTINGS),
    ):
        file.set_part(name, xml.encode())
    return file
