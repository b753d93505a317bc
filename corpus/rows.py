"""Reports as rows and rows as reports: the mapping between the values and the tables of the archive.

Pure functions over mappings. Knows nothing of SQL, files or transactions.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, fields
from datetime import date
from typing import Any

from corpus.report import Chapter, ChapterKind, DocType, Item, Page, Passage, Report, Section

Row = Mapping[Any, Any]
PARTS: dict[str, type] = {"pages": Page, "chapters": Chapter, "sections": Section, "items": Item}

_META = (
    "id file sha256 doc_type title agency countries cities events category start_date end_date"
    " report_date people keywords classification"
).split()
_TUPLES = ("countries", "cities", "events", "people", "keywords")


@dataclass(frozen=True)
class ReportRow:
    """What a list of reports shows: the metadata without text; `pages` and `passages` are counts."""

    number: int
    id: str
    file: str
    sha256: str
    doc_type: DocType
    title: str
    agency: str
    countries: tuple[str, ...]
    cities: tuple[str, ...]
    events: tuple[str, ...]
    category: str
    start_date: date | None
    end_date: date | None
    report_date: date | None
    people: tuple[str, ...]
    keywords: tuple[str, ...]
    classification: str
    pages: int
    passages: int
    chapters: tuple[ChapterKind, ...]


@dataclass(frozen=True)
class Entry:
    """A report ready to be stored: where it came from, its original's name and its passages with vectors."""

    report: Report
    source: str
    stored: str
    passages: tuple[Passage, ...]
    vectors: tuple[bytes, ...]


def report_values(entry: Entry) -> dict[str, Any]:
    """The row of `reports`, without what only the store knows (number, generation, time)."""
    report = entry.report
    values = {name: getattr(report, name) for name in _META}
    values.update({name: list(values[name]) for name in _TUPLES})
    return values | {
        "source": entry.source,
        "stored": entry.stored,
        "text": report.text,
        "page_count": len(report.pages),
        "passage_count": len(entry.passages),
        "state": "live",
    }


def part_rows(report: Report, number: int) -> dict[str, list[dict[str, Any]]]:
    """The rows of pages, chapters, sections and items, by table."""
    return {
        table: [
            {"report": number, "position": position, **vars(part)}
            for position, part in enumerate(getattr(report, table))
        ]
        for table in PARTS
    }


def passage_rows(entry: Entry, number: int, first_key: int) -> list[dict[str, Any]]:
    """The rows of `passages`, keyed from `first_key` on."""
    return [
        {
            "key": first_key + position,
            "report": number,
            "chapter": passage.chapter,
            "path": list(passage.path),
            "page": passage.page,
            "start": passage.start,
            "end": passage.end,
            "text": passage.text,
        }
        for position, passage in enumerate(entry.passages)
    ]


def _metadata(row: Row) -> dict[str, Any]:
    values = {name: row[name] for name in _META}
    values.update({name: tuple(values[name]) for name in _TUPLES})
    return values


def report_from(row: Row, parts: Mapping[str, Iterable[Row]]) -> Report:
    """The report as it was parsed."""
    built: dict[str, Any] = {
        table: tuple(kind(**{f.name: part[f.name] for f in fields(kind)}) for part in parts[table])
        for table, kind in PARTS.items()
    }
    return Report(**_metadata(row), text=row["text"], **built)


def listed_of(row: tuple[Any, ...], chapters: Sequence[ChapterKind]) -> ReportRow:
    """The report as a list shows it, of a row in the order of LISTED as the database has it."""
    values: dict[str, Any] = {
        name: read(value) for name, read, value in zip(_FIELDS, _READ, row, strict=True)
    }
    return ReportRow(**values, chapters=tuple(dict.fromkeys(chapters)))


def _as_is(value: Any) -> Any:
    return value


def _list(text: str) -> tuple[str, ...]:
    # Most lists of most reports are empty, and a whole archive of them is read at once.
    return () if text == "[]" else tuple(json.loads(text))


def _date(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


_FIELDS = tuple(field.name for field in fields(ReportRow) if field.name != "chapters")
_COUNTED = {"pages": "page_count", "passages": "passage_count"}
LISTED = tuple(_COUNTED.get(name, name) for name in _FIELDS)
_READ = tuple(_list if n in _TUPLES else _date if n.endswith("_date") else _as_is for n in _FIELDS)


def passage_of(row: tuple[Any, ...]) -> Passage:
    """The passage of a row in the order of its fields, the path still as JSON."""
    report_id, chapter, path, *rest = row
    return Passage(report_id, chapter, tuple(json.loads(path)), *rest)
