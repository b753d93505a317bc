"""One writer at a time: a lock on a file of the home folder, gone when its process is gone."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from corpus.report import XindeError

NAME = "LOCK"


class ArchiveBusy(XindeError):
    """Another process is writing to this home folder."""


if sys.platform == "win32":
    import msvcrt

    def _try_lock(file: IO[bytes]) -> None:
        msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)
else:
    import fcntl

    def _try_lock(file: IO[bytes]) -> None:
        fcntl.flock(file.fileno(), fcntl.LOCK_EX | fcntl.LOCK_NB)


def is_unclean(home: Path) -> bool:
    """Whether somebody is writing, or was killed while writing."""
    try:
        return (home / NAME).stat().st_size > 0
    except OSError:
        return False


@contextmanager
def writer_lock(home: Path) -> Iterator[bool]:
    """Hold the home folder for writing, or raise ArchiveBusy at once.

    Yields whether the last writer was killed: the lock file is empty unless somebody is writing or
    was stopped from finishing.
    """
    try:
        file = open(home / NAME, "a+b")
    except OSError as exc:
        raise XindeError(
            f"「{home}」無法寫入（{os.strerror(exc.errno or 0)}）。請確認資料夾權限後再試一次。"
        ) from exc
    with file:
        try:
            _try_lock(file)
        except OSError as exc:
            raise ArchiveBusy(
                f"另一個匯入進行中：「{home}」正由另一個程式寫入。請等它完成後再試一次。"
            ) from exc
        unclean = os.fstat(file.fileno()).st_size > 0
        if not unclean:
            file.write(b"writing\n")
            file.flush()
        yield unclean
        file.truncate(0)
