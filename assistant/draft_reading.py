"""What a model says as a draft, read as it comes: headings, sentences with the sources that they declare.

Knows nothing of whether the sources bear them out.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace

from assistant.marks import Said, Sentences

_HEADING = re.compile(
    r"^\s*(?:#{1,6}\s*|\*\*)(?:[（(]?[一二三四五六七八九十\d]{1,3}[）)、.．]\s*)?(.+?)\**\s*$"
)
# A question inside a gap ends no sentence.
_GAP = re.compile(r"【待補[^】]*】")
_HIDDEN = dict(zip("。！？!?；", "\ue000\ue001\ue002\ue003\ue004\ue005", strict=True))
_HIDE = str.maketrans(_HIDDEN)
_SHOW = str.maketrans({hidden: shown for shown, hidden in _HIDDEN.items()})
_FINAL = "。．.，,；;：:！!"


@dataclass
class SaidItem:
    """An item while it is read."""

    heading: str
    sentences: list[Said] = field(default_factory=list)


class DraftReader:
    """Takes pieces of text and collects items; what stands before the first heading is no item."""

    def __init__(self) -> None:
        self.items: list[SaidItem] = []
        self._line = ""

    @property
    def tail(self) -> str:
        """The line that is not finished."""
        return self._line

    def feed(self, piece: str) -> None:
        """Take a piece; whole lines are read at once."""
        *lines, self._line = (self._line + piece).split("\n")
        for line in lines:
            self._read(line)

    def finish(self) -> None:
        """Read what is left."""
        self._read(self._line)
        self._line = ""

    def _read(self, line: str) -> None:
        if heading := _HEADING.match(line):
            self.items.append(SaidItem(heading[1].strip().rstrip(_FINAL)))
        elif self.items:
            sentences = Sentences()
            said = [*sentences.feed(_GAP.sub(lambda gap: gap[0].translate(_HIDE), line)), *sentences.finish()]
            self.items[-1].sentences += [replace(one, text=one.text.translate(_SHOW)) for one in said]
