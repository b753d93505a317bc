"""Sheets written and read back: every cell as it was, none a formula, what cannot be written."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import odfdo
import openpyxl
import pytest

from assistant.export.sheet_writer import SHEETS, SheetError, to_ods, to_xlsx, write_sheet
from assistant.export.tracking import Column, Sheet

SHEET = Sheet(
    "追蹤表",
    (Column("項次", "position", 6), Column("建議內容", "text", 40)),
    (
        ("1", "=1+1"),
        ("2", "第一行\n第二行"),
        ("3", "@SUM(A1)"),
        ("4", "-3"),
        ("5", "+水利局 <局>&"),
        ("6", ""),
    ),
)
CELLS = [("項次", "建議內容"), *SHEET.rows]


def test_xlsx_read_back() -> None:
    page = openpyxl.load_workbook(io.BytesIO(to_xlsx(SHEET))).worksheets[0]
    assert page.title == "追蹤表"
    rows = [tuple(cell.value or "" for cell in row) for row in page.iter_rows()]
    assert rows == CELLS
    assert not [cell for row in page.iter_rows() for cell in row if cell.data_type == "f"]
    assert [row[1].quotePrefix for row in page.iter_rows(min_row=2)] == [True, False, True, True, True, False]


def test_ods_read_back() -> None:
    data = to_ods(SHEET)
    table = odfdo.Document(io.BytesIO(data)).body.tables[0]
    assert table.name == "追蹤表"
    rows = [tuple(row.get_value(place) or "" for place in range(2)) for row in table.rows]
    assert rows == CELLS
    assert b"table:formula" not in zipfile.ZipFile(io.BytesIO(data)).read("content.xml")


@pytest.mark.parametrize("ending", SHEETS)
def test_a_file_is_written(tmp_path: Path, ending: str) -> None:
    path = tmp_path / "new" / f"追蹤表{ending.upper()}"
    write_sheet(SHEET, path)
    assert zipfile.is_zipfile(path)


def test_what_cannot_be_written_is_a_sentence(tmp_path: Path) -> None:
    with pytest.raises(SheetError, match="副檔名不對；可用的是：.xlsx、.ods"):
        write_sheet(SHEET, tmp_path / "x.csv")
    with pytest.raises(SheetError, match="寫不進"):
        (tmp_path / "x.xlsx").mkdir()
        write_sheet(SHEET, tmp_path / "x.xlsx")
