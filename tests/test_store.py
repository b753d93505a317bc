"""The truth: what goes in comes out, a change is whole or nothing, deleted text is gone."""

from __future__ import annotations

import hashlib

import pytest
from tiny import tiny_report, tiny_text

from corpus.changes import Change, RefusedRow
from corpus.report import Passage
from corpus.rows import Entry
from corpus.store import Store, StoreError


@pytest.fixture
def store(tmp_path):
    opened = Store.open(tmp_path / "archive.db")
    yield opened
    opened.close()


def entry(title, *, passages=2):
    text = tiny_text(title)
    sha = hashlib.sha256(text.encode()).hexdigest()
    report = tiny_report(text, file=f"{title}.txt", sha256=sha)
    cut = len(text) // passages
    parts = tuple(
        Passage(report.id, "process", ("過程",), 1, i * cut, (i + 1) * cut, text[i * cut : (i + 1) * cut])
        for i in range(passages)
    )
    return Entry(report, f"/in/{title}.txt", sha + ".txt", parts, tuple(b"\x00\x3c" * 4 for _ in parts))


def test_a_report_comes_back_as_it_went_in(store):
    one = entry("東京")
    applied = store.apply(Change(add=(one,)))
    assert applied.added == ((1, 1),)
    assert store.report(1) == one.report
    assert [(p.key, p.text) for p in store.passages([1])] == [
        (1, one.passages[0].text),
        (2, one.passages[1].text),
    ]
    row = store.rows()[0]
    assert (row.number, row.id, row.pages, row.passages) == (1, one.report.id, 1, 2)
    assert row.chapters == ("purpose", "process", "reflections", "recommendations")
    assert row.cities == ("東京", "大阪")


def test_keys_and_numbers_are_never_used_again(store):
    store.apply(Change(add=(entry("東京"), entry("大阪"))))
    store.apply(Change(remove=(2,)))
    applied = store.apply(Change(add=(entry("京都"),)))
    assert applied.added == ((3, 5),)
    assert store.keys() == {1, 2, 5, 6}
    assert [key for key, _ in store.since(4).vectors] == [5, 6]


def test_every_change_is_one_generation(store):
    assert store.generation() == 0
    assert [store.apply(Change(add=(entry(t),))).generation for t in ("東京", "大阪")] == [1, 2]
    assert store.since(0).generation == store.generation() == 2


def test_a_change_that_fails_leaves_nothing(store):
    store.apply(Change(add=(entry("東京"),)))
    with pytest.raises(StoreError):
        store.apply(Change(add=(entry("大阪"), entry("東京")), remove=()))
    assert store.generation() == 1
    assert [row.title for row in store.rows()] == ["東京"]
    assert store.keys() == {1, 2}


def test_replacing_is_one_change(store):
    store.apply(Change(add=(entry("東京"),)))
    new = entry("東京第二版")
    same_source = Entry(new.report, "/in/東京.txt", new.stored, new.passages, new.vectors)
    store.apply(Change(add=(same_source,), remove=(1,)))
    assert [row.title for row in store.rows()] == ["東京第二版"]
    assert store.report(1) is None


def test_refusals_are_kept_until_the_document_is_taken(store):
    refused = RefusedRow("/in/東京.txt", "東京.txt", "damaged", "壞了")
    store.apply(Change(refused=(refused,)))
    assert store.refusals() == (refused,)
    store.apply(Change(add=(entry("東京"),)))
    assert store.refusals() == ()


def test_moving_changes_only_where_it_came_from(store):
    store.apply(Change(add=(entry("東京"),)))
    store.apply(Change(moved=((1, "/other/a.txt", "a.txt"),)))
    assert [(known.source, known.file) for known in store.known()] == [("/other/a.txt", "a.txt")]


def test_some_of_the_known_reports_by_what_they_are(store):
    store.apply(Change(add=(entry("東京"), entry("大阪"), entry("京都"))))
    tokyo, osaka, _ = store.known()
    assert store.known(sha256=(tokyo.sha256,), title=(osaka.title,)) == (tokyo, osaka)
    assert store.known(id=(osaka.id, "r404")) == (osaka,)
    assert store.known(id=()) == ()


def test_heads_carry_metadata_without_text(store):
    one = entry("東京")
    store.apply(Change(add=(one,)))
    head = store.heads()[1]
    assert (head.title, head.text, head.chapters) == ("東京", "", ())


def test_deleted_text_is_in_no_file(store, tmp_path):
    store.apply(Change(add=(entry("無可取代的標記"),)))
    store.apply(Change(remove=(1,)))
    assert store.purge()
    marker = "無可取代的標記".encode()
    assert not [path.name for path in tmp_path.iterdir() if marker in path.read_bytes()]


def test_thousands_of_keys_are_asked_in_pieces(store):
    store.apply(Change(add=(entry("東京", passages=20),)))
    assert len(store.passages_by_key(range(1, 5_000))) == 20
    assert len(store.vectors(range(1, 5_000))) == 20


def test_a_file_that_is_no_database_is_named(tmp_path):
    path = tmp_path / "archive.db"
    path.write_text("這不是資料庫" * 100)
    with pytest.raises(StoreError, match="archive.db.*不是 xinde 的資料庫"):
        Store.open(path)
