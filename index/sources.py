"""The documents below the paths that a user names: found, read and hashed, members of a zip one by one.

Hidden files, the locks of office programs and a folder's README.md are passed over. Does not open
documents and does not know which of them the archive has already.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from corpus.readers import zip_members
from corpus.report import Refusal, XindeError

MEMBER = "!"
LARGEST = 200_000_000


class PathMissing(XindeError):
    """A path to be added does not exist."""


@dataclass(frozen=True)
class Source:
    """One document to be looked at: its identity, the name it is shown by, and its bytes."""

    identity: str
    file: str
    data: bytes
    sha256: str

    @property
    def size(self) -> int:
        """How much memory its bytes take."""
        return len(self.data)


@dataclass(frozen=True)
class Unreadable:
    """A file, or a zip, that could not even be read."""

    identity: str
    file: str
    refusal: Refusal
    size: int = 0


@dataclass(frozen=True)
class Found:
    """A file on disk: its path and the name it is shown by."""

    path: Path
    file: str


def find_files(paths: Sequence[Path]) -> tuple[Found, ...]:
    """The files named or below the folders named, in a fixed order, each once."""
    found: dict[Path, Found] = {}
    for path in paths:
        path = Path(os.path.abspath(path))
        if path.is_dir():
            for child in _below(path):
                found.setdefault(child, Found(child, child.relative_to(path).as_posix()))
        elif path.exists():
            found.setdefault(path, Found(path, path.name))
        else:
            raise PathMissing(f"找不到「{path}」。請檢查路徑，再重新執行 xinde add。")
    return tuple(found.values())


def _hidden(name: str) -> bool:
    return name.startswith((".", "~$")) or name in ("Thumbs.db", "desktop.ini", "__MACOSX", "README.md")


def _below(folder: Path) -> Iterator[Path]:
    for root, folders, files in os.walk(folder):
        folders[:] = sorted(name for name in folders if not _hidden(name))
        for name in sorted(files):
            path = Path(root, name)
            if not _hidden(name) and path.is_file():
                yield path


def read_sources(found: Found) -> Iterator[Source | Unreadable]:
    """The document of a file, or all documents of a zip; Unreadable where one cannot be had."""
    identity, file = str(found.path), found.file
    try:
        data = _read(found)
        if found.path.suffix.lower() != ".zip":
            yield _source(identity, file, data)
            return
        for name, member in zip_members(data, file):
            yield _source(f"{identity}{MEMBER}{name}", f"{file}{MEMBER}{name}", member)
    except Refusal as refusal:
        yield Unreadable(identity, file, refusal)


def _read(found: Found) -> bytes:
    try:
        size = found.path.stat().st_size
        data = found.path.read_bytes() if size <= LARGEST else b""
    except OSError as exc:
        sentence = f"「{found.file}」讀不到（{os.strerror(exc.errno or 0)}）；請檢查檔案與權限後再加入。"
        raise Refusal("damaged", sentence) from exc
    if size > LARGEST:
        limit = LARGEST // 1_000_000
        sentence = f"「{found.file}」有 {size // 1_000_000} MB，上限是 {limit} MB；請拆成較小的檔案再加入。"
        raise Refusal("too_large", sentence)
    return data


def _source(identity: str, file: str, data: bytes) -> Source:
    return Source(identity, file, data, hashlib.sha256(data).hexdigest())


def still_there(identity: str) -> bool:
    """Whether the file of a document, or the zip that holds it, still exists."""
    marks = [at for at, mark in enumerate(identity) if mark == MEMBER]
    return any(Path(identity[:at]).is_file() for at in (*marks, len(identity)))
