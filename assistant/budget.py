"""How long and how much a language model may say, and whether somebody has asked it to stop.

One budget a request, shared by the one who reads and the one who waits. Knows nothing of HTTP.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable

MOST_BYTES = 4_000_000


class Budget:
    """`seconds` in all, counted from the making of the budget or `begin`, and `characters` of each text."""

    def __init__(self, seconds: float, characters: int, clock: Callable[[], float] = time.monotonic) -> None:
        self.seconds = seconds
        self.characters = characters
        self._clock = clock
        self._end = clock() + seconds
        self._begun = False
        self._stop = threading.Event()

    def begin(self) -> None:
        """Count the seconds from now, the first time: what came before was not the model's doing."""
        if not self._begun:
            self._begun, self._end = True, self._clock() + self.seconds

    @property
    def left(self) -> float:
        """Seconds left, at least 0."""
        return max(0.0, self._end - self._clock())

    @property
    def stopped(self) -> bool:
        """Whether somebody asked to stop."""
        return self._stop.is_set()

    @property
    def is_over(self) -> bool:
        """Whether nothing more may be waited for."""
        return self.stopped or self.left <= 0

    def stop(self) -> None:
        """Ask whoever reads to stop; it does so within a fifth of a second."""
        self._stop.set()
