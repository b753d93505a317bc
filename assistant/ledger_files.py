"""`xinde ledger --out`: the records as a tracking table or as a document, by the ending of the file.

Loaded only where a file is asked for. Knows nothing of how the records were chosen.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path

from assistant.export.forms import FORMS
from assistant.export.ledger import ledger_document, made_ledger
from assistant.export.saving import choose_target, save_document
from assistant.export.sheet_writer import SHEETS, write_sheet
from assistant.export.tracking import OWN_COLUMNS, Sheet, load_columns, tracking_sheet
from assistant.ledger import Record
from assistant.settings import Settings
from corpus.report import XindeError

ENDINGS = (*SHEETS, *(f".{ending}" for ending in FORMS))


class LedgerFileError(XindeError):
    """The file that is asked for cannot be of that kind."""


def sheet_of(records: Sequence[Record], settings: Settings) -> Sheet:
    """The tracking table of the records as of today, in the user's own columns where there are some."""
    return tracking_sheet(records, date.today(), load_columns(settings.own_table(OWN_COLUMNS)))


def write_ledger(records: Sequence[Record], out: str, settings: Settings) -> tuple[Path, ...]:
    """The files that were written; raises XindeError where that is not possible."""
    ending = Path(out).suffix.lower()
    if ending in SHEETS:
        write_sheet(sheet_of(records, settings), Path(out))
        return (Path(out),)
    if ending not in ENDINGS:
        raise LedgerFileError(f"「{out}」的副檔名不對；可用的是：{'、'.join(ENDINGS)}。")
    path = choose_target(out)
    assert path is not None
    document = ledger_document(records, settings.draft_disclosure)
    return path, save_document(document, [made_ledger(records)], path)
