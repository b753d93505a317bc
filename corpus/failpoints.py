"""Named places at which a test may kill the process, to prove that nothing is half done afterwards.

Set `XINDE_FAILPOINT` to one of `NAMES`, or to `NAME:n` for the n-th time it is reached. Without
the variable a call costs one dictionary look-up.
"""

from __future__ import annotations

import os
import signal
from collections import Counter

VARIABLE = "XINDE_FAILPOINT"

AFTER_FILE = "after_file"
AFTER_PARSE = "after_parse"
AFTER_BEGIN = "after_begin"
AFTER_REMOVED_ROWS = "after_removed_rows"
AFTER_ROWS = "after_rows"
BEFORE_COMMIT = "before_commit"
AFTER_COMMIT = "after_commit"
BEFORE_LEXICAL = "before_lexical"
AFTER_LEXICAL = "after_lexical"
BEFORE_VECTORS = "before_vectors"
AFTER_VECTORS = "after_vectors"
AFTER_STAMP = "after_stamp"
DURING_REMOVE = "during_remove"
DURING_REBUILD = "during_rebuild"

ADDING = (
    AFTER_FILE,
    AFTER_PARSE,
    AFTER_BEGIN,
    AFTER_ROWS,
    BEFORE_COMMIT,
    AFTER_COMMIT,
    BEFORE_LEXICAL,
    AFTER_LEXICAL,
    BEFORE_VECTORS,
    AFTER_VECTORS,
    AFTER_STAMP,
)
REMOVING = (AFTER_BEGIN, AFTER_REMOVED_ROWS, BEFORE_COMMIT, AFTER_COMMIT, DURING_REMOVE, DURING_REBUILD)
NAMES = tuple(dict.fromkeys(ADDING + REMOVING))

_reached: Counter[str] = Counter()


def reached(name: str) -> None:
    """Die here at once, without any clean-up, if the environment asks for it."""
    wanted = os.environ.get(VARIABLE)
    if not wanted:
        return
    wanted_name, _, times = wanted.partition(":")
    if wanted_name == name:
        _reached[name] += 1
        if _reached[name] == int(times or 1):
            os.kill(os.getpid(), signal.SIGKILL)
