"""An answer while it is written: what is checked already, what is being said, and how often that is shown.

Knows nothing of the rest of the page.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Iterable, Iterator
from queue import SimpleQueue
from typing import Protocol, TypeVar

from assistant.lines import split_lines
from assistant.ui.view import render
from assistant.writing import Step

# Often enough to look alive, seldom enough for the browser.
INTERVAL = 0.1


class Moment(Protocol):
    """A moment of something that grows; one without a step is its end."""

    @property
    def step(self) -> object | None: ...


M = TypeVar("M", bound=Moment)


def is_written(step: Step) -> bool:
    """Whether a model is at work, so that there is something to stop."""
    return bool(step.progress or step.tail)


def show_writing(step: Step) -> str:
    """The answer so far; what is not checked yet looks so."""
    lines = split_lines(step.answer) if step.answer.mode == "llm" else ()
    return render(
        "writing.html", lines=lines, tail=step.tail, progress=step.progress, model=step.answer.model
    )


def at_intervals(moments: Iterable[M], interval: float = INTERVAL) -> Iterator[M]:
    """The moments, of those that come in quick succession only the latest; what has no step always.

    They are read by a thread of their own, so that the latest is shown also while the next is waited for,
    and so that an answer is finished and stored even where the browser has gone.
    """
    box: SimpleQueue[M | None] = SimpleQueue()
    threading.Thread(target=_fill, args=(moments, box), daemon=True).start()
    while (moment := _latest(box)) is not None:
        yield moment
        if moment.step is not None:
            time.sleep(interval)


def _fill(moments: Iterable[M], box: SimpleQueue[M | None]) -> None:
    try:
        for moment in moments:
            box.put(moment)
    finally:
        box.put(None)


def _latest(box: SimpleQueue[M | None]) -> M | None:
    """The next moment; a step gives way to what came after it."""
    moment = box.get()
    while moment is not None and moment.step is not None and not box.empty():
        moment = box.get()
    return moment
