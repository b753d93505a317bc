"""Sheets of text as xlsx by openpyxl and as ods by odfdo; no cell is ever a formula.

What begins with = + - or @ stays the text that it is. Knows nothing of the ledger.
"""

from __future__ import annotations

import io
from collections.abc import Callable
from pathlib import Path

import odfdo
import openpyxl
from openpyxl.cell.cell import TYPE_STRING
from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from assistant.export.looks import CHINESE_FONT
from assistant.export.tracking import Sheet
from corpus.report import XindeError

# What a cell may hold at most in Excel.
LONGEST_CELL = 32_767
FORMULA_SIGNS = ("=", "+", "-", "@")
CENTIMETRES_A_CHARACTER = 0.22
COLUMN_STYLE = (
    '<style:style style:name="co{place}" style:family="table-column">'
    '<style:table-column-properties style:column-width="{size}"/></style:style>'
)


class SheetError(XindeError):
    """The sheet cannot be written where it was wanted."""


def to_xlsx(sheet: Sheet) -> bytes:
    """The sheet as an Excel workbook."""
    book = openpyxl.Workbook()
    page: Worksheet = book.worksheets[0]
    page.title = sheet.title
    for row, cells in enumerate((tuple(c.heading for c in sheet.columns), *sheet.rows), start=1):
        for place, text in enumerate(cells, start=1):
            cell = page.cell(row=row, column=place)
            cell.value = text[:LONGEST_CELL]
            # The value alone would make a formula of =1+1.
            cell.data_type = TYPE_STRING
            # … and Excel would, where somebody edits the cell without changing it.
            cell.quotePrefix = text.startswith(FORMULA_SIGNS)
            cell.font = Font(name=CHINESE_FONT, bold=row == 1)
            cell.alignment = Alignment(wrap_text=True, vertical="top")
    for place, column in enumerate(sheet.columns, start=1):
        page.column_dimensions[get_column_letter(place)].width = column.width
    page.freeze_panes = "A2"
    page.page_setup.orientation = "landscape"
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def to_ods(sheet: Sheet) -> bytes:
    """The sheet as an OpenDocument spreadsheet."""
    document = odfdo.Document("spreadsheet")
    body = document.body
    body.clear()
    table = odfdo.Table(sheet.title)
    for cells in (tuple(c.heading for c in sheet.columns), *sheet.rows):
        row = odfdo.Row()
        for text in cells:
            cell = odfdo.Cell(text=text, cell_type="string")
            cell.value = text
            row.append_cell(cell)
        table.append_row(row)
    for place, column in enumerate(table.columns):
        size = f"{sheet.columns[place].width * CENTIMETRES_A_CHARACTER:.2f}cm"
        document.insert_style(COLUMN_STYLE.format(place=place, size=size), automatic=True)
        column.style = f"co{place}"
        table.set_column(place, column)
    body.append(table)
    stream = io.BytesIO()
    document.save(stream)
    return stream.getvalue()


SHEETS: dict[str, Callable[[Sheet], bytes]] = {".xlsx": to_xlsx, ".ods": to_ods}


def write_sheet(sheet: Sheet, path: Path) -> None:
    """Write the sheet in the format of the file's ending; raises SheetError where that cannot be."""
    write = SHEETS.get(path.suffix.lower())
    if write is None:
        raise SheetError(f"「{path}」的副檔名不對；可用的是：{'、'.join(SHEETS)}。")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(write(sheet))
    except OSError as exc:
        raise SheetError(
            f"寫不進「{path}」（{exc.strerror}）。請確認資料夾可以寫入、檔案沒有被別的程式開著，或換一處。"
        ) from exc
