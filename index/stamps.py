"""Stamps: which folder holds a cache, which generation of the truth it has reached, and what made it.

Every cache lives in a numbered folder beside its stamp, so that a new one can be made while the old
one is still being read. Knows nothing of what is in the folders.
"""

from __future__ import annotations

import json
import os
import shutil
from dataclasses import asdict, dataclass
from pathlib import Path
from uuid import uuid4

# A cache of another format (tokens, folding, fields) is made again.
FORMAT = 1


@dataclass(frozen=True)
class Stamp:
    """Which folder is the cache, how far it has come and what made it."""

    folder: str
    generation: int
    format: int = FORMAT


class StampFile:
    """The stamp of one cache and the folders beside it."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self._path = root / "STAMP"

    def read(self) -> Stamp | None:
        """The stamp, or nothing where there is no usable cache."""
        try:
            stamp = Stamp(**json.loads(self._path.read_text(encoding="utf-8")))
        except (OSError, ValueError, TypeError):
            return None
        usable = stamp.format == FORMAT and stamp.folder.isalnum() and (self.root / stamp.folder).is_dir()
        return stamp if usable else None

    def changed(self) -> int:
        """A number that differs after every writing of the stamp."""
        try:
            return self._path.stat().st_mtime_ns
        except OSError:
            return 0

    def write(self, stamp: Stamp) -> None:
        """Replace the stamp at once and remove every other folder."""
        self.root.mkdir(parents=True, exist_ok=True)
        draft = self._path.with_suffix(".new")
        with open(draft, "w", encoding="utf-8") as file:
            json.dump(asdict(stamp), file)
            file.flush()
            os.fsync(file.fileno())
        os.replace(draft, self._path)
        self.sweep(stamp.folder)

    def discard(self) -> None:
        """Remove the stamp and all folders."""
        self._path.unlink(missing_ok=True)
        if self.root.is_dir():
            self.sweep("")

    def sweep(self, keep: str) -> None:
        """Remove all folders but one."""
        for path in self.root.iterdir():
            if path.is_dir() and path.name != keep:
                shutil.rmtree(path, ignore_errors=True)

    @staticmethod
    def fresh() -> str:
        """A folder name that was never used: engines remember what they opened by its path."""
        return uuid4().hex[:12]
