"""The schema of archive.db: numbered steps that are only ever appended, and the tables as they stand now.

A step that has been released is never edited: a change is a new step. Knows nothing of how
rows become reports.
"""

from __future__ import annotations

from dataclasses import dataclass

import sqlalchemy as sa

from corpus.report import XindeError


class NewerHome(XindeError):
    """The home folder was written by a newer version of the program."""


@dataclass(frozen=True)
class Migration:
    """One step: what it is for and the statements that do it."""

    purpose: str
    statements: tuple[str, ...]


MIGRATIONS: tuple[Migration, ...] = (
    Migration(
        "reports and everything parsed from them",
        (
            """CREATE TABLE reports (
                number INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, source TEXT NOT NULL UNIQUE,
                file TEXT NOT NULL, sha256 TEXT NOT NULL UNIQUE, stored TEXT NOT NULL,
                doc_type TEXT NOT NULL, title TEXT NOT NULL, agency TEXT NOT NULL,
                countries TEXT NOT NULL, cities TEXT NOT NULL, events TEXT NOT NULL,
                category TEXT NOT NULL, start_date DATE, end_date DATE, report_date DATE,
                people TEXT NOT NULL, keywords TEXT NOT NULL, classification TEXT NOT NULL,
                page_count INTEGER NOT NULL, passage_count INTEGER NOT NULL, text TEXT NOT NULL,
                state TEXT NOT NULL, generation INTEGER NOT NULL, added_at TEXT NOT NULL)""",
            "CREATE INDEX reports_file ON reports (file)",
            """CREATE TABLE pages (
                report INTEGER NOT NULL, position INTEGER NOT NULL,
                number INTEGER NOT NULL, start INTEGER NOT NULL, "end" INTEGER NOT NULL,
                PRIMARY KEY (report, position)) WITHOUT ROWID""",
            """CREATE TABLE chapters (
                report INTEGER NOT NULL, position INTEGER NOT NULL,
                kind TEXT NOT NULL, heading TEXT NOT NULL, page INTEGER NOT NULL,
                start INTEGER NOT NULL, body INTEGER NOT NULL, "end" INTEGER NOT NULL,
                PRIMARY KEY (report, position)) WITHOUT ROWID""",
            """CREATE TABLE sections (
                report INTEGER NOT NULL, position INTEGER NOT NULL,
                level INTEGER NOT NULL, heading TEXT NOT NULL,
                start INTEGER NOT NULL, body INTEGER NOT NULL, "end" INTEGER NOT NULL,
                PRIMARY KEY (report, position)) WITHOUT ROWID""",
            """CREATE TABLE items (
                report INTEGER NOT NULL, position INTEGER NOT NULL,
                kind TEXT NOT NULL, chapter TEXT NOT NULL, number TEXT NOT NULL, heading TEXT NOT NULL,
                text TEXT NOT NULL, page INTEGER NOT NULL, start INTEGER NOT NULL, "end" INTEGER NOT NULL,
                term TEXT NOT NULL, PRIMARY KEY (report, position)) WITHOUT ROWID""",
            """CREATE TABLE passages (
                key INTEGER PRIMARY KEY, report INTEGER NOT NULL, chapter TEXT NOT NULL,
                path TEXT NOT NULL, page INTEGER NOT NULL, start INTEGER NOT NULL,
                "end" INTEGER NOT NULL, text TEXT NOT NULL)""",
            "CREATE INDEX passages_report ON passages (report, chapter)",
            "CREATE TABLE vectors (key INTEGER PRIMARY KEY, vector BLOB NOT NULL)",
            """CREATE TABLE refusals (
                source TEXT PRIMARY KEY, file TEXT NOT NULL, reason TEXT NOT NULL,
                message TEXT NOT NULL, refused_at TEXT NOT NULL)""",
        ),
    ),
    Migration(
        "conversations and their turns",
        (
            """CREATE TABLE conversations (
                id TEXT PRIMARY KEY, owner TEXT NOT NULL, title TEXT NOT NULL,
                created_at TEXT NOT NULL, updated_at TEXT NOT NULL)""",
            """CREATE TABLE turns (
                id TEXT PRIMARY KEY, conversation_id TEXT NOT NULL REFERENCES conversations (id),
                position INTEGER NOT NULL, role TEXT NOT NULL, content TEXT NOT NULL, answer_json TEXT,
                created_at TEXT NOT NULL, UNIQUE (conversation_id, position))""",
        ),
    ),
    Migration(
        "what people thought of answers",
        (
            """CREATE TABLE feedback (
                id TEXT PRIMARY KEY, owner TEXT NOT NULL,
                conversation_id TEXT NOT NULL REFERENCES conversations (id), position INTEGER NOT NULL,
                verdict TEXT NOT NULL, word TEXT NOT NULL, question TEXT NOT NULL,
                answer_json TEXT NOT NULL, passages TEXT NOT NULL, created_at TEXT NOT NULL,
                UNIQUE (conversation_id, position))""",
        ),
    ),
    Migration(
        "what people say became of a recommendation; `words` is a hash of its text",
        (
            """CREATE TABLE ledger (
                report_id TEXT NOT NULL, words TEXT NOT NULL, status TEXT NOT NULL, unit TEXT NOT NULL,
                timetable TEXT NOT NULL, budget TEXT NOT NULL, reason TEXT NOT NULL, note TEXT NOT NULL,
                updated_at TEXT NOT NULL, PRIMARY KEY (report_id, words)) WITHOUT ROWID""",
        ),
    ),
)

_INTEGERS = frozenset(
    "number page_count passage_count generation report position start end body page level key".split()
)
_LISTS = frozenset("countries cities events people keywords path passages".split())
_DATES = frozenset("start_date end_date report_date".split())


def _type(name: str) -> sa.types.TypeEngine:
    if name in _INTEGERS:
        return sa.Integer()
    if name in _LISTS:
        return sa.JSON()
    if name in _DATES:
        return sa.Date()
    return sa.LargeBinary() if name == "vector" else sa.Text()


def _table(name: str, columns: str, **types: sa.types.TypeEngine) -> sa.TableClause:
    return sa.table(name, *(sa.column(c, types.get(c) or _type(c)) for c in columns.split()))


STATE = _table("state", "name value")
REPORTS = _table(
    "reports",
    "number id source file sha256 stored doc_type title agency countries cities events category start_date"
    " end_date report_date people keywords classification page_count passage_count text state generation"
    " added_at",
)
PAGES = _table("pages", "report position number start end")
CHAPTERS = _table("chapters", "report position kind heading page start body end")
SECTIONS = _table("sections", "report position level heading start body end")
ITEMS = _table(
    "items", "report position kind chapter number heading text page start end term", number=sa.Text()
)
PASSAGES = _table("passages", "key report chapter path page start end text")
VECTORS = _table("vectors", "key vector")
REFUSALS = _table("refusals", "source file reason message refused_at")
CONVERSATIONS = _table("conversations", "id owner title created_at updated_at")
TURNS = _table("turns", "id conversation_id position role content answer_json created_at")
FEEDBACK = _table(
    "feedback", "id owner conversation_id position verdict word question answer_json passages created_at"
)
LEDGER = _table("ledger", "report_id words status unit timetable budget reason note updated_at")
PARTS = (PAGES, CHAPTERS, SECTIONS, ITEMS)
TABLES = (
    STATE, REPORTS, PAGES, CHAPTERS, SECTIONS, ITEMS, PASSAGES, VECTORS, REFUSALS, CONVERSATIONS, TURNS,
    FEEDBACK, LEDGER,
)  # fmt: skip


def schema_version(connection: sa.Connection) -> int:
    """How many steps this database has behind it; 0 for an empty one."""
    if not sa.inspect(connection).has_table("state"):
        return 0
    value = connection.execute(sa.select(STATE.c.value).where(STATE.c.name == "schema")).scalar()
    return int(value or 0)


def migrate(connection: sa.Connection, steps: tuple[Migration, ...] = MIGRATIONS) -> None:
    """Run the missing steps inside the caller's transaction; refuse a database from the future."""
    version = schema_version(connection)
    if version > len(steps):
        raise NewerHome(
            f"資料夾由較新版本的 xinde 建立（資料格式 {version}，本程式只認得到 {len(steps)}）。"
            "請更新 xinde 後再開啟；資料沒有被改動。"
        )
    if version == len(steps):
        return
    if version == 0:
        connection.exec_driver_sql("CREATE TABLE state (name TEXT PRIMARY KEY, value TEXT NOT NULL)")
        connection.execute(sa.insert(STATE), [{"name": "schema", "value": "0"}])
    for step in steps[version:]:
        for statement in step.statements:
            connection.exec_driver_sql(statement)
    connection.execute(sa.update(STATE).where(STATE.c.name == "schema").values(value=str(len(steps))))
