"""Reading documents in two child processes at once, each used by one thread at a time.

Children are started when the first document needs one. Knows nothing of what becomes of a report.
"""

from __future__ import annotations

import queue
import threading
from pathlib import Path

from corpus.limits import Limits
from corpus.names import Names
from corpus.report import Report
from corpus.sandbox import ReadingChild


class ReadingPool:
    """A few reading children behind one `read`."""

    def __init__(self, size: int = 2, limits: Limits | None = None, *, names: Path | None = None) -> None:
        self._limits = limits
        self._names = names
        self._free: queue.LifoQueue[ReadingChild | None] = queue.LifoQueue()
        for _ in range(size):
            self._free.put(None)
        self._started: list[ReadingChild] = []
        self._lock = threading.Lock()

    def read(self, data: bytes, *, file: str, sha256: str) -> Report:
        """The report of one document; raises Refusal."""
        child = self._free.get()
        try:
            if child is None:
                child = ReadingChild.start(self._limits, names=self._names)
                with self._lock:
                    self._started.append(child)
            return child.read(data, file=file, sha256=sha256)
        finally:
            self._free.put(child)

    def close(self) -> None:
        """End all children."""
        for child in self._started:
            child.close()


def open_reader(names: Path | None, size: int = 2) -> ReadingPool:
    """Readers for `size` documents at a time; a table in `names` that cannot be read is named at once."""
    if names:
        Names.load(names)
    return ReadingPool(size, names=names)
