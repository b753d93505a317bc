"""The originals of the reports, kept under the hash of their content. Knows nothing of what is in them."""

from __future__ import annotations

import os
from collections.abc import Collection
from pathlib import Path, PurePosixPath


class Originals:
    """The folder `files/`."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    @staticmethod
    def name(sha256: str, file: str) -> str:
        """The name under which a document is kept; only plain suffixes are carried over."""
        suffix = PurePosixPath(file).suffix.lower()
        return sha256 + (suffix if suffix[1:].isascii() and suffix[1:].isalnum() and len(suffix) <= 9 else "")

    def keep(self, data: bytes, sha256: str, file: str) -> str:
        """Write the original so that it is whole or not there; returns its name."""
        name = self.name(sha256, file)
        self.folder.mkdir(parents=True, exist_ok=True)
        path = self.folder / name
        if path.exists():
            return name
        draft = path.with_name(name + ".part")
        with open(draft, "wb") as written:
            written.write(data)
            written.flush()
            os.fsync(written.fileno())
        os.replace(draft, path)
        return name

    def drop(self, name: str) -> None:
        """Remove one original."""
        (self.folder / name).unlink(missing_ok=True)

    def others(self, wanted: Collection[str]) -> list[Path]:
        """Files that belong to no report."""
        if not self.folder.is_dir():
            return []
        known = set(wanted)
        return [path for path in sorted(self.folder.iterdir()) if path.name not in known]

    def missing(self, wanted: Collection[str]) -> list[str]:
        """Originals that should be there and are not."""
        return [name for name in wanted if not (self.folder / name).is_file()]

    def sweep(self, wanted: Collection[str]) -> None:
        """Remove what belongs to no report."""
        for path in self.others(wanted):
            path.unlink(missing_ok=True)
