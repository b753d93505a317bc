"""The schema: steps only ever appended, tables as declared, no opening of a newer home."""

from __future__ import annotations

import hashlib

import pytest
import sqlalchemy as sa

from corpus.migrations import MIGRATIONS, STATE, TABLES, Migration, NewerHome, migrate
from corpus.store import Store

# The statements of every released step; a released step never changes.
RELEASED = ["7cd43aa2", "4189c75b", "ebd54652", "3e3d610e"]


@pytest.fixture
def store(tmp_path):
    opened = Store.open(tmp_path / "archive.db")
    yield opened
    opened.close()


def test_released_steps_are_as_they_were():
    digests = [
        hashlib.sha256("".join(" ".join(s.split()) for s in step.statements).encode()).hexdigest()[:8]
        for step in MIGRATIONS
    ]
    assert digests[: len(RELEASED)] == RELEASED


@pytest.mark.parametrize("table", TABLES, ids=lambda table: table.name)
def test_declared_columns_are_those_of_the_database(store, table):
    with store.read() as connection:
        columns = [column["name"] for column in sa.inspect(connection).get_columns(table.name)]
    assert columns == [column.name for column in table.c]


def test_opening_again_changes_nothing(tmp_path):
    path = tmp_path / "archive.db"
    Store.open(path).close()
    before = path.read_bytes()
    Store.open(path).close()
    assert path.read_bytes() == before


def test_an_older_database_gets_the_missing_steps_and_keeps_its_rows(store):
    extra = Migration("one more table", ("CREATE TABLE more (x INTEGER)",))
    store.remember("kept", "yes")
    with store.write() as connection:
        migrate(connection, (*MIGRATIONS, extra))
    assert store.state("schema") == str(len(MIGRATIONS) + 1)
    assert store.state("kept") == "yes"


def test_a_failing_step_leaves_the_database_as_it_was(store):
    broken = Migration("half of it fails", ("CREATE TABLE half (x INTEGER)", "SELECT nothing FROM nowhere"))
    with pytest.raises(Exception, match="讀寫失敗"), store.write() as connection:
        migrate(connection, (*MIGRATIONS, broken))
    with store.read() as connection:
        assert not sa.inspect(connection).has_table("half")
    assert store.state("schema") == str(len(MIGRATIONS))


def test_a_home_of_a_newer_version_is_refused_and_left_alone(tmp_path):
    path = tmp_path / "archive.db"
    store = Store.open(path)
    with store.write() as connection:
        connection.execute(sa.update(STATE).where(STATE.c.name == "schema").values(value="99"))
    store.close()
    with pytest.raises(NewerHome, match="資料格式 99.*請更新 xinde"):
        Store.open(path)
    assert sorted(p.name for p in tmp_path.iterdir()) == ["archive.db"]
