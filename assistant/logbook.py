"""Where unexpected errors go: xinde.log in the home folder, never the terminal.

Holds tracebacks for whoever maintains the program; questions and answers are not logged.
"""

from __future__ import annotations

import logging
from pathlib import Path

LOG = logging.getLogger("xinde")
FORMAT = "%(asctime)s %(levelname)s %(message)s"


def open_log(path: Path) -> bool:
    """Send the program's log to `path` from now on; False where that cannot be written."""
    close_log()
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        handler = logging.FileHandler(path, encoding="utf-8")
        handler.setFormatter(logging.Formatter(FORMAT))
    except OSError:
        return False
    LOG.addHandler(handler)
    LOG.propagate = False
    return True


def close_log() -> None:
    """Let go of the log's file."""
    for handler in [*LOG.handlers]:
        LOG.removeHandler(handler)
        handler.close()


def write_error(error: Exception, path: Path) -> str:
    """Write the error with its traceback down; returns the sentence for the user."""
    what = f"程式發生沒料到的錯誤（{type(error).__name__}）"
    if not open_log(path):
        return f"{what}，而且無法在 {path.parent} 寫下記錄。請檢查這個資料夾能不能寫入。"
    LOG.error("unexpected", exc_info=error)
    return f"{what}。細節已寫入 {path}，請把這個檔交給維護的人。"
