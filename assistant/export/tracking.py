"""The ledger as the rows of a 建議事項採行情形追蹤表, in the columns of `data/tracking_columns.csv`.

Every cell is text; the name of a column and its order are the table's. Knows no file format.
"""

from __future__ import annotations

import csv
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from assistant.export.document import printable
from assistant.ledger import Record, record_json
from corpus.report import XindeError

OWN_COLUMNS = "tracking_columns.csv"
COLUMNS = Path(__file__).parents[1] / "data" / OWN_COLUMNS
SHAPE = (
    "它應是 UTF-8 的 CSV，第一列是 heading,field,width，以下一列一欄，例如：建議內容,text,60。請改正後再試。"
)
# What Excel allows.
WIDEST = 255
TITLE = "建議事項採行情形追蹤表"
WORDS = {True: "是", False: "否"}
# Of a moment only its day is shown.
DAYS = ("updated_at",)


class BadColumns(XindeError):
    """The table of columns cannot be read, or names something that a record does not have."""


@dataclass(frozen=True)
class Column:
    """A column: its heading, the field of a record that it shows, its width in characters."""

    heading: str
    field: str
    width: float


@dataclass(frozen=True)
class Sheet:
    """A named sheet of text."""

    title: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[str, ...], ...]


def load_columns(own: Path | None = None) -> tuple[Column, ...]:
    """The columns of the user's own table, else of the project's; raises BadColumns."""
    path = own or COLUMNS
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            columns = tuple(map(_column, csv.DictReader(file)))
    except (OSError, UnicodeDecodeError, csv.Error, KeyError, TypeError, ValueError) as exc:
        raise BadColumns(f"追蹤表的欄位表「{path}」讀不進來（{exc}）。{SHAPE}") from exc
    if not columns:
        raise BadColumns(f"追蹤表的欄位表「{path}」是空的。{SHAPE}")
    return columns


def _column(row: dict[str, str]) -> Column:
    width = float(row["width"])
    if not 1 <= width <= WIDEST:
        raise ValueError(f"欄寬 {row['width']} 應在 1 到 {WIDEST} 之間")
    return Column(row["heading"].strip(), row["field"].strip(), width)


def tracking_sheet(
    records: Sequence[Record], today: date, columns: tuple[Column, ...] | None = None
) -> Sheet:
    """The records in the columns; raises BadColumns where one names no field."""
    columns = columns or load_columns()
    rows = [{"position": n, **record_json(record, today)} for n, record in enumerate(records, start=1)]
    for column in columns:
        if rows and column.field not in rows[0]:
            raise BadColumns(
                f"追蹤表沒有「{column.field}」這個欄位；可用的是：{'、'.join(rows[0])}。請改正欄位表。"
            )
    return Sheet(TITLE, columns, tuple(tuple(_cell(row[c.field], c.field) for c in columns) for row in rows))


def _cell(value: Any, field: str) -> str:
    if isinstance(value, bool):
        return WORDS[value]
    text = "" if value is None else printable(str(value))
    return text[:10] if field in DAYS else text
