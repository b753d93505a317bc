"""Writing to the archive's tables: one change is what goes, what comes, what moved and what was refused.

Runs inside the caller's transaction, so that a change is done as a whole or not at all. Knows nothing
of engines, files or reading back.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

import sqlalchemy as sa

from corpus import failpoints
from corpus.migrations import LEDGER, PARTS, PASSAGES, REFUSALS, REPORTS, STATE, TABLES, VECTORS
from corpus.rows import Entry, part_rows, passage_rows, report_values

CHUNK = 500
_BY_NAME = {table.name: table for table in TABLES}


@dataclass(frozen=True)
class RefusedRow:
    """A document that was not taken in, and why."""

    source: str
    file: str
    reason: str
    message: str


@dataclass(frozen=True)
class Change:
    """One transaction: what goes, what comes, what moved to another path, what was refused."""

    add: tuple[Entry, ...] = ()
    remove: tuple[int, ...] = ()
    moved: tuple[tuple[int, str, str], ...] = ()
    refused: tuple[RefusedRow, ...] = ()
    state: tuple[tuple[str, str], ...] = ()
    vectors: tuple[tuple[int, bytes], ...] = ()


@dataclass(frozen=True)
class Applied:
    """A change that is now true: its generation and the (number, first key) of each added report."""

    generation: int
    added: tuple[tuple[int, int], ...]


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="seconds")


def chunks(values: Sequence[Any]) -> Iterator[Sequence[Any]]:
    """`values` in pieces that fit into one statement."""
    for start in range(0, len(values), CHUNK):
        yield values[start : start + CHUNK]


def apply_change(connection: sa.Connection, change: Change) -> Applied:
    """Do all of `change` as the next generation."""
    failpoints.reached(failpoints.AFTER_BEGIN)
    _hand_on_ledger(connection, change)
    _delete(connection, change.remove)
    if change.remove:
        failpoints.reached(failpoints.AFTER_REMOVED_ROWS)
    state = {str(row.name): str(row.value) for row in connection.execute(sa.select(STATE))}
    generation = int(state.get("generation", 0)) + 1
    for number, source, file in change.moved:
        values = {"source": source, "file": file}
        connection.execute(sa.update(REPORTS).where(REPORTS.c.number == number).values(values))
    added, counters = _insert(connection, change.add, state, generation)
    failpoints.reached(failpoints.AFTER_ROWS)
    for key, vector in change.vectors:
        connection.execute(sa.update(VECTORS).where(VECTORS.c.key == key).values(vector=vector))
    _note_refusals(connection, change)
    set_state(connection, counters | dict(change.state) | {"generation": str(generation)})
    failpoints.reached(failpoints.BEFORE_COMMIT)
    return Applied(generation, added)


def _delete(connection: sa.Connection, numbers: Sequence[int]) -> None:
    for chunk in chunks(numbers):
        keys = sa.select(PASSAGES.c.key).where(PASSAGES.c.report.in_(chunk))
        connection.execute(sa.delete(VECTORS).where(VECTORS.c.key.in_(keys)))
        for table in (PASSAGES, *PARTS):
            connection.execute(sa.delete(table).where(table.c.report.in_(chunk)))
        connection.execute(sa.delete(REPORTS).where(REPORTS.c.number.in_(chunk)))


def _hand_on_ledger(connection: sa.Connection, change: Change) -> None:
    """What people noted of a report goes to the one in its place, and goes with it where there is none."""
    heirs = {entry.source: entry.report.id for entry in change.add}
    for number, source, _ in change.moved:
        heirs[source] = connection.execute(
            sa.select(REPORTS.c.id).where(REPORTS.c.number == number)
        ).scalar_one()
    for chunk in chunks(change.remove):
        query = sa.select(REPORTS.c.id, REPORTS.c.source).where(REPORTS.c.number.in_(chunk))
        for report_id, source in connection.execute(query).all():
            mine = LEDGER.c.report_id == report_id
            if heir := heirs.get(source):
                inherit = sa.update(LEDGER).prefix_with("OR IGNORE").where(mine).values(report_id=heir)
                connection.execute(inherit)
            connection.execute(sa.delete(LEDGER).where(mine))


def _insert(
    connection: sa.Connection, entries: Sequence[Entry], state: Mapping[str, str], generation: int
) -> tuple[tuple[tuple[int, int], ...], dict[str, str]]:
    """Insert the reports; numbers and keys go on from the counters, so that none is ever used again."""
    number = int(state.get("last_report", 0))
    key = int(state.get("last_key", 0))
    rows: dict[str, list[dict[str, Any]]] = {}
    added = []
    for entry in entries:
        number += 1
        added.append((number, key + 1))
        values = report_values(entry) | {"number": number, "generation": generation, "added_at": _now()}
        rows.setdefault("reports", []).append(values)
        for table, parts in part_rows(entry.report, number).items():
            rows.setdefault(table, []).extend(parts)
        rows.setdefault("passages", []).extend(passage_rows(entry, number, key + 1))
        rows.setdefault("vectors", []).extend(
            {"key": key + position, "vector": vector} for position, vector in enumerate(entry.vectors, 1)
        )
        key += len(entry.passages)
    for table, values_list in rows.items():
        if values_list:
            connection.execute(sa.insert(_BY_NAME[table]), values_list)
    return tuple(added), {"last_report": str(number), "last_key": str(key)}


def _note_refusals(connection: sa.Connection, change: Change) -> None:
    settled = [entry.source for entry in change.add] + [row.source for row in change.refused]
    for chunk in chunks(settled):
        connection.execute(sa.delete(REFUSALS).where(REFUSALS.c.source.in_(chunk)))
    if change.refused:
        rows = [vars(row) | {"refused_at": _now()} for row in change.refused]
        connection.execute(sa.insert(REFUSALS), rows)


def set_state(connection: sa.Connection, values: Mapping[str, str]) -> None:
    """Replace the named values."""
    connection.execute(sa.delete(STATE).where(STATE.c.name.in_(list(values))))
    connection.execute(sa.insert(STATE), [{"name": name, "value": value} for name, value in values.items()])
