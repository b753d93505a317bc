"""An answer while it is written: what is checked already, what is being said, and how often that is shown.

Knows nothing of the rest of the page.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Iterator

from assistant.lines import split_lines
from assistant.ui.chat import Asked
from assistant.ui.view import render
from assistant.writing import Step

# Often enough to look alive, seldom enough for the browser.
INTERVAL = 0.1


def is_written(step: Step) -> bool:
    """Whether a model is at work, so that there is something to stop."""
    return bool(step.progress or step.tail)


def show_writing(step: Step) -> str:
    """The answer so far; what is not checked yet looks so."""
    lines = split_lines(step.answer) if step.answer.mode == "llm" else ()
    return render(
        "writing.html", lines=lines, tail=step.tail, progress=step.progress, model=step.answer.model
    )


def at_intervals(
    moments: Iterable[Asked], interval: float = INTERVAL, clock: Callable[[], float] = time.monotonic
) -> Iterator[Asked]:
    """The moments without those that follow another too soon; the first and the last are always there."""
    shown = -interval
    for moment in moments:
        if moment.step is None or clock() - shown >= interval:
            shown = clock()
            yield moment
