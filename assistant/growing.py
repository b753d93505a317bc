"""An answer on a terminal while it is being written: new text only, cleaned of control characters.

What stands in the end is printed by the command line; this is only to see that something happens.
"""

from __future__ import annotations

from typing import TextIO

from assistant.render import clean
from assistant.writing import Step

CLEAR_LINE = "\r\033[K"


class Growing:
    """Writes what a step adds to the one before; without a stream it does nothing."""

    def __init__(self, stream: TextIO | None) -> None:
        self._stream = stream
        self._shown = ""

    def show(self, step: Step) -> None:
        """Show what is there now."""
        said = step.answer.text if step.answer.mode == "llm" else ""
        text = clean("\n".join(part for part in (said, step.tail or step.progress) if part))
        if self._stream is None or text == self._shown:
            return
        grows = text.startswith(self._shown)
        self._stream.write(text[len(self._shown) :] if grows else CLEAR_LINE + text.rpartition("\n")[2])
        self._stream.flush()
        self._shown = text

    def end(self) -> None:
        """Leave the line."""
        if self._stream is not None and self._shown:
            self._stream.write("\n\n")
            self._stream.flush()
