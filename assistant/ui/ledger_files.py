"""The ledger to take away, on the page's own server: /ledger/tracking.xlsx, .ods, .docx, .odt and .md.

What is in it is said by the same words that the tab filters by. Decides nothing about sheet or document.
"""

from __future__ import annotations

from collections.abc import Mapping

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Mount, Route

from assistant.assistant import Assistant
from assistant.export.forms import FORMS as DOCUMENTS
from assistant.export.forms import file_name
from assistant.export.ledger import ledger_document
from assistant.export.sheet_writer import SHEETS
from assistant.export.tracking import TITLE
from assistant.ledger import Wanted
from assistant.ledger_files import sheet_of
from assistant.ledger_filter import build_wanted
from assistant.ledger_kinds import narrowed
from assistant.settings import Settings
from assistant.ui.api import find_intrusion
from assistant.ui.files import attachment, say, send

PLACE = "/ledger"
# Ending -> what people call it, and its media type: tables, then documents.
TABLES = {
    "xlsx": ("Excel", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
    "ods": ("ODS", "application/vnd.oasis.opendocument.spreadsheet"),
}
FORMS = TABLES | {ending: (form.label, form.media_type) for ending, form in DOCUMENTS.items()}
FILTERS = ("query", "year", "topic", "status", "kind", "whom")


def build_ledger_files(assistant: Assistant, settings: Settings) -> Mount:
    """The routes below /ledger, for the host that the settings name."""

    # Not async: a long sheet takes its time, in a thread of its own.
    def file(request: Request) -> Response:
        # No cookie guards the sheet, so that no web page may have its own name point here to read it.
        if reason := find_intrusion(request.headers, settings.host):
            return say(reason, 403)
        ending = request.path_params["ending"]
        if ending not in FORMS:
            return say(f"追蹤表沒有「.{ending}」這種格式；可用的是：{'、'.join(FORMS)}。", 404)
        return send(lambda: _write(assistant, ending, request.query_params, settings))

    return Mount(PLACE, routes=[Route("/tracking.{ending}", file)])


def read_wanted(assistant: Assistant, asked: Mapping[str, str]) -> Wanted:
    """What the words of `FILTERS` ask for; raises XindeError naming one that means nothing."""
    query, year, topic, status, kind, whom = (asked.get(name, "") for name in FILTERS)
    ledger = assistant.ledger
    wanted = build_wanted(
        assistant.archive, ledger.topics, assistant.words, query=query, year=year, topic=topic, status=status
    )
    return narrowed(wanted, kind, whom)


def _write(assistant: Assistant, ending: str, asked: Mapping[str, str], settings: Settings) -> Response:
    records = assistant.ledger.records(read_wanted(assistant, asked))
    if ending in TABLES:
        data = SHEETS[f".{ending}"](sheet_of(records, settings))
    else:
        data = DOCUMENTS[ending].write(ledger_document(records, settings.draft_disclosure))
    return attachment(data, file_name(TITLE, ending), f"tracking.{ending}", FORMS[ending][1])
