"""archive.db, the only truth: reports with their text, passages, vectors and a generation number.

SQLite through SQLAlchemy Core. One transaction per change, each with its own generation; everything
else in the home folder can be made again from here. Knows nothing of search, tokens or models.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import chain
from pathlib import Path
from typing import Any, NamedTuple

import sqlalchemy as sa

from corpus import failpoints
from corpus.changes import Applied, Change, RefusedRow, apply_change, chunks, set_state
from corpus.engine import open_engine
from corpus.migrations import (
    MIGRATIONS,
    PARTS,
    PASSAGES,
    REFUSALS,
    REPORTS,
    STATE,
    VECTORS,
    migrate,
    schema_version,
)
from corpus.report import Passage, Report, XindeError
from corpus.rows import LISTED, ReportRow, Row, listed_of, passage_of, report_from

_HEADS = [column for column in REPORTS.c if column.name != "text"]
_ROWS = f"SELECT {', '.join(LISTED)} FROM reports ORDER BY number"

_GENERATION = "SELECT value FROM state WHERE name = 'generation'"
# Some dozens of passages are read for every question: plain tuples, in the order of `passage_of`.
_PASSAGES = (
    'SELECT r.id, p.chapter, p.path, p.page, p.start, p."end", p.text, p.key FROM passages p'
    " JOIN reports r ON r.number = p.report WHERE p.{column} IN ({values}) ORDER BY p.key"
)


class StoreError(XindeError):
    """archive.db cannot be read or written."""


@dataclass(frozen=True)
class Known:
    """What deciding about a file needs to know of a live report."""

    number: int
    id: str
    source: str
    file: str
    sha256: str
    stored: str
    title: str


class Since(NamedTuple):
    """What came after a key, and which reports are live."""

    generation: int
    live: frozenset[int]
    passages: list[tuple[int, int, str]]
    vectors: list[tuple[int, bytes]]


class Store:
    """The open database. `read` and `write` give connections to modules that keep tables of their own."""

    def __init__(self, path: Path, engine: sa.Engine) -> None:
        self.path = path
        self._engine = engine

    @classmethod
    def open(cls, path: Path) -> Store:
        """Open or create the database at `path` and bring its schema up to date."""
        engine = open_engine(path)
        store = cls(path, engine)
        try:
            with store.read() as connection:
                current = schema_version(connection) == len(MIGRATIONS)
            if not current:
                with store.write() as connection:
                    migrate(connection)
        except XindeError:
            engine.dispose()
            raise
        return store

    def close(self) -> None:
        """Give back all connections."""
        self._engine.dispose()

    @contextmanager
    def read(self) -> Iterator[sa.Connection]:
        """A connection that sees one state of the archive."""
        try:
            with self._engine.begin() as connection:
                yield connection
        except sa.exc.DBAPIError as exc:
            raise self._explain(exc) from exc

    @contextmanager
    def write(self) -> Iterator[sa.Connection]:
        """A connection inside one writing transaction; an exception undoes all of it."""
        try:
            with self._engine.execution_options(begin="IMMEDIATE").begin() as connection:
                yield connection
        except sa.exc.DBAPIError as exc:
            raise self._explain(exc) from exc

    def _explain(self, error: sa.exc.DBAPIError) -> StoreError:
        cause = str(error.orig)
        causes = {
            "full": "磁碟空間不足，未寫入任何資料。請清出空間後再試一次。",
            "locked": "資料庫正被另一個程式使用。請稍候再試一次。",
            "readonly": "資料夾是唯讀的。請確認寫入權限後再試一次。",
            "unable to open": "無法開啟。請確認資料夾存在且可以寫入。",
            "malformed": "資料庫已損毀。請由備份還原這個檔案，再執行 xinde rebuild。",
            "not a database": "這不是 xinde 的資料庫，或已損毀。請由備份還原這個檔案，或改用別的 --home。",
        }
        for sign, sentence in causes.items():
            if sign in cause:
                return StoreError(f"「{self.path}」：{sentence}")
        return StoreError(f"「{self.path}」讀寫失敗（{cause}）。請檢查磁碟後再試一次。")

    def state(self, name: str) -> str | None:
        """A named value, such as the embedding model that made the vectors."""
        with self.read() as connection:
            return connection.execute(sa.select(STATE.c.value).where(STATE.c.name == name)).scalar()

    def generation(self) -> int:
        """The number of the last change; 0 for an empty archive."""
        # Asked several times for every question, so without the statement and transaction machinery.
        connection = self._engine.raw_connection()
        try:
            found = connection.driver_connection.execute(_GENERATION).fetchone()  # type: ignore[union-attr]
        finally:
            connection.close()
        return int(found[0]) if found else 0

    def apply(self, change: Change) -> Applied:
        """Do all of `change` or nothing of it."""
        with self.write() as connection:
            applied = apply_change(connection, change)
        failpoints.reached(failpoints.AFTER_COMMIT)
        return applied

    def remember(self, name: str, value: str) -> None:
        """Keep a named value."""
        with self.write() as connection:
            set_state(connection, {name: value})

    def forget(self, name: str) -> None:
        """Drop a named value."""
        with self.write() as connection:
            connection.execute(sa.delete(STATE).where(STATE.c.name == name))

    def known(self, **wanted: Sequence[str]) -> tuple[Known, ...]:
        """Live reports, as far as deciding about files needs them: all, or those with a wanted value.

        `wanted` names fields of Known, and of each the values that will do.
        """
        one_of = (f"{name} IN ({','.join('?' * len(values))})" for name, values in wanted.items())
        where = f" WHERE {' OR '.join(one_of)}" if wanted else ""
        # All of a large archive, before a file is added: plain tuples, as in `since`.
        query = f"SELECT {', '.join(Known.__dataclass_fields__)} FROM reports{where}"
        with self.read() as connection:
            return tuple(Known(*row) for row in _raw(connection, query, *chain(*wanted.values())))

    def refusals(self) -> tuple[RefusedRow, ...]:
        """The documents that were refused when last seen."""
        columns = [REFUSALS.c[name] for name in RefusedRow.__dataclass_fields__]
        with self.read() as connection:
            return tuple(RefusedRow(*row) for row in connection.execute(sa.select(*columns)))

    def rows(self) -> tuple[ReportRow, ...]:
        """All live reports without their text, in the order of being added."""
        with self.read() as connection:
            chapters: dict[int, list[Any]] = {}
            for number, kind in _raw(connection, "SELECT report, kind FROM chapters"):
                chapters.setdefault(number, []).append(kind)
            found = _raw(connection, _ROWS)
        return tuple(listed_of(row, chapters.get(row[0], ())) for row in found)

    def report(self, number: int) -> Report | None:
        """The whole report, or nothing where it is no longer there."""
        return next(iter(self.full_reports([number])), None)

    def full_reports(self, numbers: Sequence[int]) -> Iterator[Report]:
        """The whole reports that are still there, some at a time, in the order of being added."""
        for chunk in chunks(numbers):
            with self.read() as connection:
                query = sa.select(REPORTS).where(REPORTS.c.number.in_(chunk)).order_by(REPORTS.c.number)
                rows = connection.execute(query).mappings().all()
                parts = {table.name: _parts(connection, table, chunk) for table in PARTS}
            for row in rows:
                mine = {name: found.get(row["number"], ()) for name, found in parts.items()}
                yield report_from(row, mine)

    def passages(self, numbers: Sequence[int]) -> tuple[Passage, ...]:
        """All passages of these reports, in reading order."""
        return self._passages("report", numbers)

    def passages_by_key(self, keys: Sequence[int]) -> tuple[Passage, ...]:
        """The passages with these keys that are live, by key."""
        return self._passages("key", keys)

    def _passages(self, column: str, values: Sequence[int]) -> tuple[Passage, ...]:
        found: list[Passage] = []
        with self.read() as connection:
            for chunk in chunks(values):
                query = _PASSAGES.format(column=column, values=",".join("?" * len(chunk)))
                found += [passage_of(row) for row in _raw(connection, query, *chunk)]
        return tuple(found)

    def since(self, key: int) -> Since:
        """What a reader that has everything up to `key` must learn, all of one generation."""
        with self.read() as connection:
            generation = connection.execute(sa.select(STATE.c.value).where(STATE.c.name == "generation"))
            # Hundreds of thousands of rows: plain tuples from the driver, without result objects.
            return Since(
                int(generation.scalar() or 0),
                frozenset(number for (number,) in _raw(connection, "SELECT number FROM reports")),
                _raw(connection, "SELECT key, report, chapter FROM passages WHERE key > ? ORDER BY key", key),
                _raw(connection, "SELECT key, vector FROM vectors WHERE key > ? ORDER BY key", key),
            )

    def keys(self) -> set[int]:
        """The keys of all live passages."""
        with self.read() as connection:
            return {key for (key,) in _raw(connection, "SELECT key FROM passages")}

    def vectors(self, keys: Sequence[int]) -> list[tuple[int, int, str, bytes]]:
        """(key, report number, chapter, stored vector) of the live passages among `keys`."""
        joined = PASSAGES.join(VECTORS, PASSAGES.c.key == VECTORS.c.key)
        query = sa.select(PASSAGES.c.key, PASSAGES.c.report, PASSAGES.c.chapter, VECTORS.c.vector)
        query = query.select_from(joined)
        found: list[tuple[int, int, str, bytes]] = []
        with self.read() as connection:
            for chunk in chunks(keys):
                found += [tuple(row) for row in connection.execute(query.where(PASSAGES.c.key.in_(chunk)))]
        return found

    def heads(self) -> dict[int, Report]:
        """All live reports by number with their metadata, but without text and parts."""
        nothing: dict[str, list[Row]] = {table.name: [] for table in PARTS}
        with self.read() as connection:
            rows = connection.execute(sa.select(*_HEADS)).mappings()
            return {row["number"]: report_from(dict(row) | {"text": ""}, nothing) for row in rows}

    def integrity(self) -> str:
        """SQLite's own verdict: "ok", or what is wrong."""
        with self.read() as connection:
            return str(connection.exec_driver_sql("PRAGMA integrity_check").scalar())

    def purge(self) -> bool:
        """Empty the write-ahead log, which still holds what was deleted; false while readers hold it."""
        with self._engine.connect() as connection:
            driver = connection.connection.driver_connection
            assert driver is not None
            return driver.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()[0] == 0


def _raw(connection: sa.Connection, statement: str, *values: Any) -> list[Any]:
    driver = connection.connection.driver_connection
    assert driver is not None
    return list(driver.execute(statement, values).fetchall())


def _parts(connection: sa.Connection, table: sa.TableClause, numbers: Sequence[int]) -> dict[int, list[Row]]:
    """The rows of these reports by report, in their order."""
    query = sa.select(table).where(table.c.report.in_(numbers)).order_by(table.c.report, table.c.position)
    found: dict[int, list[Row]] = {}
    for row in connection.execute(query).mappings():
        found.setdefault(row["report"], []).append(row)
    return found
