"""What was found for the ledger is kept: read again, followed, thrown away when stale, without any text."""

from __future__ import annotations

import ast
import json
from collections.abc import Iterator
from pathlib import Path

import pytest
import trips

from assistant import ledger_cache
from assistant.clusters import Clusters
from assistant.ledger import Ledger
from assistant.ledger_cache import MADE_WITH, LedgerCache, made_with
from assistant.recommendations import Finder, Place
from corpus.report import Report
from index.archive import Archive

ROOT = Path(__file__).parents[1]
DAKAR, BALI, SENDAI, KUMAMOTO, *_ = trips.FILES


class Counting(Finder):
    """Remembers which reports were looked at."""

    def __init__(self) -> None:
        plain = Finder.load()
        super().__init__(plain._advice, plain.topics)
        self.looked_at: list[str] = []

    def places(self, report: Report) -> tuple[Place, ...]:
        self.looked_at.append(report.file)
        return super().places(report)


@pytest.fixture
def papers(tmp_path: Path) -> Path:
    folder = tmp_path / "papers"
    folder.mkdir()
    return trips.write(folder)


@pytest.fixture
def archive(tmp_path: Path, papers: Path) -> Iterator[Archive]:
    with Archive.open(tmp_path / "home") as archive:
        archive.add([papers / DAKAR, papers / SENDAI])
        yield archive


def look(archive: Archive) -> tuple[list[str], int, list[tuple[str, str, int]]]:
    """What a ledger that is opened anew looks at, how often it compares, and what it tells."""
    finder, compared = Counting(), []

    def clusters() -> Clusters:
        compared.append(1)
        return Clusters.over(archive.embedder, archive.tokeniser)

    records = Ledger(archive, finder, clusters).records()
    return (
        finder.looked_at,
        len(compared),
        [(r.recommendation.id, r.cluster.id, r.cluster.times) for r in records],
    )


def found_json(archive: Archive) -> Path:
    (path,) = (archive.home / "ledger").rglob(ledger_cache.FILE)
    return path


def test_the_second_look_finds_and_compares_nothing(archive: Archive) -> None:
    looked_at, compared, told = look(archive)
    assert (sorted(looked_at), compared, len(told)) == ([SENDAI, DAKAR], 1, 3)
    assert look(archive) == ([], 0, told)


def test_only_what_is_added_is_looked_at(archive: Archive, papers: Path) -> None:
    look(archive)
    archive.add([papers / KUMAMOTO])
    looked_at, compared, told = look(archive)
    assert (looked_at, compared) == ([KUMAMOTO], 1) and len(told) == 4
    archive.remove(DAKAR)
    assert look(archive)[:2] == ([], 1)
    assert look(archive)[:2] == ([], 0)


def test_the_file_can_be_deleted_or_damaged(archive: Archive) -> None:
    told = look(archive)[2]
    for content in (b"\0", b"[]", b'{"made_by": 1}'):
        found_json(archive).write_bytes(content)
        assert look(archive)[1:] == (1, told)
    data = json.loads(found_json(archive).read_text(encoding="utf-8"))
    found_json(archive).write_text(json.dumps(data | {"groups": data["groups"][1:]}), encoding="utf-8")
    assert look(archive) == ([], 1, told)
    (archive.home / "ledger" / "STAMP").unlink()
    assert look(archive)[1:] == (1, told)


def test_other_tables_or_rules_find_anew(archive: Archive, monkeypatch: pytest.MonkeyPatch) -> None:
    look(archive)
    monkeypatch.setattr(ledger_cache, "made_with", lambda: "other rules")
    assert look(archive)[1] == 1


def test_a_changed_table_changes_the_hash(tmp_path: Path) -> None:
    (tmp_path / "a").write_text("公園")
    before = made_with((tmp_path / "a",))
    (tmp_path / "b").write_text("公園綠地")
    assert before != made_with((tmp_path / "b",)) and made_with() == made_with(MADE_WITH)


def test_all_that_decides_is_hashed() -> None:
    of_no_account = {"corpus.report", "index.ports", "assistant.terms"}
    hashed = {
        ".".join(path.relative_to(ROOT).with_suffix("").parts) for path in MADE_WITH if path.suffix == ".py"
    }
    trees = [ast.parse(path.read_text(encoding="utf-8")) for path in MADE_WITH if path.suffix == ".py"]
    nodes = (node for tree in trees for node in tree.body if isinstance(node, ast.ImportFrom))
    used = {
        node.module
        for node in nodes
        if node.module and node.module.startswith(("assistant", "index", "corpus"))
    }
    assert used - hashed <= of_no_account


def test_it_holds_no_text(archive: Archive) -> None:
    look(archive)
    stored = found_json(archive).read_text(encoding="utf-8")
    assert "建議" not in stored and "水庫" not in stored and "淨水場" not in stored


def test_a_home_that_cannot_be_written_still_answers(archive: Archive) -> None:
    (archive.home / "ledger").write_text("in the way")
    assert look(archive)[2] == look(archive)[2]


def test_nothing_is_kept_of_a_generation_that_is_past(archive: Archive, papers: Path) -> None:
    ledger = Ledger.open(archive)
    clusters = ledger._open_clusters

    def meanwhile() -> Clusters:
        archive.add([papers / KUMAMOTO])
        return clusters()

    ledger._open_clusters = meanwhile
    assert len(ledger.records()) == 3 and not (archive.home / "ledger").exists()
    ledger._open_clusters = clusters
    assert len(ledger.records()) == 4


def test_the_cache_of_another_model_is_none(tmp_path: Path) -> None:
    LedgerCache(tmp_path, "one/64").write(ledger_cache.Kept({"r1": ()}), 1)
    assert LedgerCache(tmp_path, "one/64").read().places == {"r1": ()}
    assert LedgerCache(tmp_path, "two/64").read() == ledger_cache.Kept()
