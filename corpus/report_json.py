"""A Report as JSON text and back, for the pipe between the reading child and its parent.

Dates are ISO; nothing is left out. Knows nothing of processes.
"""

from __future__ import annotations

import json
from datetime import date
from typing import Any

from corpus.report import Chapter, Item, Page, Report, Section

PARTS: dict[str, type] = {"pages": Page, "chapters": Chapter, "sections": Section, "items": Item}
DATES = ("start_date", "end_date", "report_date")


def report_to_json(report: Report) -> str:
    """The whole report as one line of JSON."""
    parts = {name: [vars(part) for part in getattr(report, name)] for name in PARTS}
    return json.dumps(vars(report) | parts, default=_iso)


def report_from_json(text: str) -> Report:
    """The report that `report_to_json` wrote."""
    fields: dict[str, Any] = json.loads(text)
    for name in DATES:
        fields[name] = date.fromisoformat(fields[name]) if fields[name] else None
    for name, value in fields.items():
        if isinstance(value, list):
            part = PARTS.get(name)
            fields[name] = tuple(part(**one) for one in value) if part else tuple(value)
    return Report(**fields)


def _iso(value: Any) -> str:
    if isinstance(value, date):
        return value.isoformat()
    raise TypeError(f"a report holds no {type(value).__name__}")
