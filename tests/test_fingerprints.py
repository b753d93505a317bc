"""The table of fingerprints follows the archive, holds no text and survives damage."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from tiny import HashEmbedder, TinyReader, write_texts

from index.archive import Archive
from index.fingerprints import EMPTY, Fingerprints
from index.shingles import masked_text

TEXTS = (
    "甲報告\n目的\n水岸的維護由居民組成監督小組，每季查看水質與座椅並且公布結果。\n",
    "乙報告\n目的\n圖書館把閱覽室改成通宵開放的自習空間，由學生輪流擔任值夜志工。\n",
)
QUERY = masked_text("聽說水岸的維護由居民組成監督小組，每季查看水質與座椅。")


@pytest.fixture
def archive(tmp_path: Path) -> Iterator[Archive]:
    with Archive.open(tmp_path / "home", HashEmbedder(), reader=TinyReader()) as archive:
        archive.add(write_texts(tmp_path / "in", TEXTS))
        yield archive


def found(archive: Archive) -> list[str]:
    keys = archive.fingerprints().nearest(QUERY, 5)
    return [passage.text[:4] for passage in archive.store.passages_by_key(keys) if "水岸" in passage.text]


def test_passages_are_found_by_what_they_share(archive: Archive) -> None:
    assert len(found(archive)) == 1
    assert (
        archive.fingerprints().nearest(masked_text("閱讀是城市的呼吸，人人都需要一座安靜的書房。"), 5) == []
    )


def test_the_table_is_made_once_a_generation(archive: Archive) -> None:
    archive.fingerprints()
    stamp = archive.home / "overlap" / "STAMP"
    before = stamp.read_text()
    archive.fingerprints()
    assert stamp.read_text() == before


def test_what_is_added_later_is_found_too(archive: Archive, tmp_path: Path) -> None:
    known = archive.fingerprints().known
    more = TEXTS[0].replace("甲報告", "丙報告").replace("水質", "水位")
    (tmp_path / "in" / "more.txt").write_text(more, encoding="utf-8")
    archive.add([tmp_path / "in" / "more.txt"])
    assert len(found(archive)) == 2
    assert set(known.tolist()) < set(archive.fingerprints().known.tolist())


def test_what_is_removed_leaves_the_file_at_once(archive: Archive) -> None:
    before = archive.fingerprints()
    archive.remove("000.txt")
    (folder,) = [path for path in (archive.home / "overlap").iterdir() if path.is_dir()]
    kept = set(np.load(folder / "keys.npy").tolist())
    assert kept and kept < set(before.keys.tolist())
    assert found(archive) == []


def test_removing_makes_no_table(archive: Archive) -> None:
    archive.remove("000.txt")
    assert not (archive.home / "overlap").exists()


@pytest.mark.parametrize("name", ["hashes.npy", "keys.npy", "STAMP"])
def test_a_damaged_file_is_made_again(archive: Archive, name: str) -> None:
    archive.fingerprints()
    (path,) = (archive.home / "overlap").rglob(name)
    path.write_bytes(b"\0")
    assert len(found(archive)) == 1


def test_rebuilding_throws_it_away(archive: Archive) -> None:
    archive.fingerprints()
    archive.rebuild()
    assert not (archive.home / "overlap" / "STAMP").exists() and len(found(archive)) == 1


def test_it_holds_no_text(archive: Archive) -> None:
    archive.fingerprints()
    stored = b"".join(path.read_bytes() for path in (archive.home / "overlap").rglob("*") if path.is_file())
    words = ("監督", "水岸", "自習")
    assert not [w for w in words for code in ("utf-8", "utf-16-le", "utf-32-le") if w.encode(code) in stored]


def test_a_home_that_cannot_be_written_still_compares(archive: Archive) -> None:
    (archive.home / "overlap").write_text("in the way")
    assert len(found(archive)) == 1


def test_what_many_say_is_a_way_of_speaking() -> None:
    table = Fingerprints.of((key, TEXTS[0]) for key in range(300))
    assert table.nearest(QUERY, 5) == [] and EMPTY.nearest(QUERY, 5) == []


def test_tables_are_joined_and_cut() -> None:
    one, two = Fingerprints.of([(1, TEXTS[0])]), Fingerprints.of([(2, TEXTS[0]), (3, TEXTS[1])])
    both = one.joined(two)
    assert sorted(both.nearest(QUERY, 5)) == [1, 2]
    assert both.only(np.array([2, 3], dtype=np.uint32)).nearest(QUERY, 5) == [2]
    assert np.all(both.hashes[:-1] <= both.hashes[1:])
