"""The reports of the project's own documents, or of other folders, without an archive.

Measurements and fits share it; knows neither labels nor recommendations.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from pathlib import Path

from corpus.build import build_report
from corpus.readers import read_document
from corpus.readers.archive_zip import zip_members
from corpus.report import Report

ROOT = Path(__file__).parents[1]
OWN = tuple(ROOT / place for place in ("corpus/samples", "evals/archives/unseen", "evals/archives/unseen2"))


def read_reports(folders: Iterable[Path] = OWN) -> dict[str, Report]:
    """The reports of all documents in the folders by file name, those in a zip by their own."""
    found = {}
    for folder in folders:
        for path in sorted(folder.iterdir() if folder.is_dir() else ()):
            for name, data in _documents(path):
                sha256 = hashlib.sha256(data).hexdigest()
                found[name] = build_report(read_document(data, name), file=name, sha256=sha256)
    return found


def _documents(path: Path) -> Iterator[tuple[str, bytes]]:
    if path.suffix == ".zip":
        for name, data in zip_members(path.read_bytes(), path.name):
            yield name.rsplit("!", 1)[-1], data
    elif path.name != "README.md":
        yield path.name, path.read_bytes()
