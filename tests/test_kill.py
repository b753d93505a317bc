"""Killed at any moment, the archive comes back whole: each report entirely there or entirely absent."""

from __future__ import annotations

import hashlib
import multiprocessing
import os
import random
import shutil
import time
from multiprocessing.connection import Connection
from pathlib import Path

import pytest
from tiny import HashEmbedder, TinyReader, tiny_report, tiny_text

from corpus import failpoints
from index.archive import Archive
from index.passages import split_passages

TITLES = tuple(f"城市{number}" for number in range(9))
RANDOM_MOMENTS = 30
FIRST_ANSWER_SECONDS = 5.0

# Children are forked from a process that has everything imported but nothing open.
CONTEXT = multiprocessing.get_context("forkserver" if os.name == "posix" else "spawn")
if os.name == "posix":
    CONTEXT.set_forkserver_preload(["chromadb", "tantivy", "rjieba", "opencc", "tiny", "index.archive"])

pytestmark = pytest.mark.skipif(os.name != "posix", reason="需要 SIGKILL")


def opened(home: Path) -> Archive:
    return Archive.open(home, HashEmbedder(), reader=TinyReader())


@pytest.fixture(scope="module")
def start(tmp_path_factory):
    """A folder whose first two documents are in the archive already; the first has changed since."""
    root = tmp_path_factory.mktemp("start")
    folder = root / "in"
    folder.mkdir()
    for title in TITLES[:2]:
        (folder / f"{title}.txt").write_text(tiny_text(title))
    with opened(root / "home") as archive:
        archive.add([folder])
    for title in TITLES:
        (folder / f"{title}.txt").write_text(
            tiny_text(title, about="新的議題" if title == TITLES[0] else "河川")
        )
    return root


@pytest.fixture
def place(start, tmp_path):
    """A copy of the start; the documents stay where they are, for a path is what a document is known by."""
    shutil.copytree(start / "home", tmp_path / "home")
    return tmp_path / "home", start / "in"


def add(home: Path, folder: Path, failpoint: str, steps: Connection) -> None:
    os.environ[failpoints.VARIABLE] = failpoint
    with opened(home) as archive:
        archive.add([folder], lambda *_: steps.send_bytes(b"."), batch=3)
    steps.send_bytes(b"done")


def remove(home: Path, _folder: Path, failpoint: str, steps: Connection) -> None:
    os.environ[failpoints.VARIABLE] = failpoint
    with opened(home) as archive:
        archive.remove(f"{TITLES[1]}.txt")
    steps.send_bytes(b"done")


def run(work, home: Path, folder: Path, failpoint: str = "", *, stop_after: int | None = None) -> bool:
    """Let a child work until it dies, or kill it after so many steps; whether it was killed."""
    ours, theirs = CONTEXT.Pipe(duplex=False)
    child = CONTEXT.Process(target=work, args=(home, folder, failpoint, theirs))
    child.start()
    theirs.close()
    seen = 0
    while child.is_alive() or ours.poll():
        try:
            if ours.recv_bytes() == b"done":
                break
        except EOFError:
            break
        seen += 1
        if seen == stop_after:
            child.kill()
    child.join()
    return child.exitcode == -9


def whole(archive: Archive, folder: Path) -> None:
    """Every report is what its document, now or before, makes of it."""
    versions = {}
    for title in TITLES:
        for about in ("河川整治", "新的議題", "河川"):
            text = tiny_text(title, about=about)
            versions[hashlib.sha256(text.encode()).hexdigest()] = text
    for row in archive.reports():
        expected = tiny_report(versions[row.sha256], file=row.file, sha256=row.sha256)
        assert archive.report(row.id) == expected
        assert [p.text for p in archive.passages(row.id)] == [p.text for p in split_passages(expected)]


def comes_back(home: Path, folder: Path) -> None:
    began = time.monotonic()
    with opened(home) as archive:
        hits = archive.search("城市1的河川", 5)
        assert time.monotonic() - began < FIRST_ANSWER_SECONDS
        assert hits
        assert archive.check() == ()
        whole(archive, folder)
        rows = {row.file: row for row in archive.reports()}
        assert len(rows) == len(archive.reports())
        assert f"{TITLES[0]}.txt" in rows


def goes_on(home: Path, folder: Path) -> None:
    with opened(home) as archive:
        archive.add([folder], batch=3)
        assert len(archive.reports()) == len(TITLES)
        assert "新的議題" in archive.report(f"{TITLES[0]}.txt").text
        assert archive.check() == ()


@pytest.mark.parametrize("name", failpoints.ADDING)
@pytest.mark.parametrize("time_reached", [1, 2])
def test_killed_at_a_point_of_adding(place, name, time_reached):
    home, folder = place
    assert run(add, home, folder, f"{name}:{time_reached}")
    comes_back(home, folder)
    if time_reached == 2:
        goes_on(home, folder)


@pytest.mark.parametrize("name", failpoints.REMOVING)
def test_killed_at_a_point_of_removing(place, name):
    home, folder = place
    gone = hashlib.sha256(tiny_text(TITLES[1]).encode()).hexdigest()
    assert run(remove, home, folder, name)
    comes_back(home, folder)
    with opened(home) as archive:
        there = gone in [row.sha256 for row in archive.reports()]
    if not there:
        marker = f"在{TITLES[1]}參觀".encode()
        assert not [path for path in home.rglob("*") if path.is_file() and marker in path.read_bytes()]


@pytest.mark.parametrize("seed", range(RANDOM_MOMENTS))
def test_killed_at_a_random_moment(place, seed):
    home, folder = place
    run(add, home, folder, stop_after=random.Random(seed).randint(1, len(TITLES)))
    comes_back(home, folder)


def test_a_child_that_is_left_alone_finishes(place):
    home, folder = place
    assert not run(add, home, folder)
    comes_back(home, folder)
    goes_on(home, folder)


def test_killed_while_mending_what_a_kill_left(place):
    home, folder = place
    assert run(add, home, folder, failpoints.AFTER_COMMIT)
    assert run(remove, home, folder, failpoints.DURING_REBUILD)
    comes_back(home, folder)
