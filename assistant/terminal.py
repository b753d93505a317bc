"""The terminal of whoever runs a command: its width, and a bar while something takes its time."""

from __future__ import annotations

import shutil
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from assistant.render import WIDTH, clean


def terminal_columns() -> int:
    """How wide a line may be: the terminal's width within limits, 80 where there is none."""
    return (
        max(WIDTH, min(shutil.get_terminal_size((WIDTH, 24)).columns, 120)) if sys.stdout.isatty() else WIDTH
    )


@contextmanager
def show_progress(what: str) -> Iterator[Callable[[int, int, str], None]]:
    """A bar on stderr for people; nothing where stderr is a file or a pipe."""
    from tqdm import tqdm  # a tenth of a second that `ask` need not spend

    with tqdm(desc=what, unit="份", file=sys.stderr, disable=None, leave=False) as bar:

        def report(done: int, total: int, file: str) -> None:
            bar.total = total
            bar.set_postfix_str(clean(file)[-30:], refresh=False)
            bar.update(done - bar.n)

        yield report
