"""What a model says, cut into sentences with the numbers that they cite, while it is still talking.

[1] cites a passage, [N1] a note of the writer. Thoughts (<think>…</think>), links and images are taken out.
Knows nothing of what a number stands for.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

_THOUGHT = re.compile(r"<think(?:ing)?>.*?(?:</think(?:ing)?>|$)", re.S)
_LINK = re.compile(r"!?\[([^\]\n]*)\]\((?:[^)\n]*)\)")
_URL = re.compile(r"\bhttps?://[^\s)）」，。；、\]]+|\bwww\.[^\s)）」，。；、\]]+")
_ONE = r"[\[【［]\s*(?:passage\s*)?[Nn]?\d{1,3}(?:\s*[-–,，、]\s*[Nn]?\d{1,3})*\s*[\]】］]"
_MARKS = re.compile(rf"(?:\s*{_ONE})+")
_NUMBERS = re.compile(r"\d+")
_RANGE = re.compile(r"(\d{1,3})\s*[-–]\s*[Nn]?(\d{1,3})")
_GROUP = re.compile(_ONE)
_OF_NOTES = re.compile(r"[Nn]\d")
# A full stop that ends no sentence: of Dr. Lim, of No. 7, of "1." before an item.
_NO_END = "".join(rf"(?<!\b{word})" for word in "Dr Mr Ms St No vs Mrs Prof Inc Ltd".split())
_NO_END += r"(?<!\A\d)(?<!\n\d)(?<!\A\d\d)(?<!\n\d\d)"
_STOP = rf"(?<=[A-Za-z)\]”\"%\d]){_NO_END}\.(?=\s|{_ONE}|$)"
_END = re.compile(rf"(?:[。！？!?]+|{_STOP})[」』）)”\"]*(?P<marks>(?:[ \t]*{_ONE})*)[。.]?|\n")
_BULLET = re.compile(
    r"\s*(?:[-*・•●▪]\s+|\d{1,2}[.、)]\s*(?=\D)|[（(]?[一二三四五六七八九十]{1,3}[）)、]\s*)"
)
_HEADING = re.compile(r"^\s*#{1,6}\s+|\*\*|__")
# A sentence is over once something follows that is no mark: marks come after the full stop or before it.
_PENDING = re.compile(r"\s*(?:[\[【［][Nn\d\s,，、–-]*)?")
_OPEN_LINK = re.compile(r"!?(?:\[[^\]\n]*(?:\](?:\([^)\n]*)?)?)?$")
WIDEST = 20


@dataclass(frozen=True)
class Said:
    """One sentence of a model: `numbers` are the passages it cites; `bullet` where it opens an item.

    `notes` are the numbers of the writer's notes that it cites.
    """

    text: str
    numbers: tuple[int, ...]
    bullet: bool = False
    opens_line: bool = False
    notes: tuple[int, ...] = ()


class Sentences:
    """Takes pieces of text and gives whole sentences; `tail` is what is not yet one."""

    def __init__(self) -> None:
        self._raw = ""
        self._done = 0
        self._new_line = True

    @property
    def tail(self) -> str:
        """The unfinished sentence, as it may be shown."""
        return _plain(self._visible()[self._done :]).strip()

    def feed(self, piece: str) -> list[Said]:
        """The sentences that the piece completes."""
        self._raw += piece
        return self._take(final=False)

    def finish(self) -> list[Said]:
        """The rest, whether or not it ends like a sentence."""
        found = self._take(final=True)
        rest = self._visible()[self._done :]
        self._done += len(rest)
        return [*found, *self._said(rest)]

    def _visible(self) -> str:
        text = _THOUGHT.sub("", self._raw) if "<think" in self._raw else self._raw
        return _LINK.sub(r"\1", text)

    def _take(self, *, final: bool) -> list[Said]:
        text = self._visible()
        if not final:
            text = text[: _safe_end(text)]
        found: list[Said] = []
        for end in _END.finditer(text, self._done):
            if end.start() < self._done:
                continue
            stop = end.end()
            if not final and end[0] != "\n" and _PENDING.fullmatch(text[stop:]):
                break
            found += self._said(text[self._done : stop])
            self._done = stop
            self._new_line = self._new_line or end[0] == "\n"
        return found

    def _said(self, chunk: str) -> list[Said]:
        marks = "".join(_MARKS.findall(chunk))
        numbers, notes = tuple(dict.fromkeys(numbers_in(marks))), tuple(dict.fromkeys(notes_in(marks)))
        text = _plain(_MARKS.sub("", chunk))
        bullet = _BULLET.match(text) if self._new_line else None
        text = (text[bullet.end() :] if bullet else text).strip()
        if not re.search(r"\w", text):
            return []
        opened, self._new_line = self._new_line, False
        return [Said(text, numbers, bullet is not None, opened, notes)]


def numbers_in(marks: str) -> list[int]:
    """The numbers of passages in marks such as [1][3], [1, 3] or [2-4]."""
    return [n for group in _GROUP.findall(marks) if not _OF_NOTES.search(group) for n in _listed(group)]


def notes_in(marks: str) -> list[int]:
    """The numbers of notes in marks such as [N1][N3], [N1, 3] or [N2-N4]."""
    return [n for group in _GROUP.findall(marks) if _OF_NOTES.search(group) for n in _listed(group)]


def _listed(group: str) -> Iterator[int]:
    for part in re.split(r"[,，、]", group):
        if span := _RANGE.search(part):
            low, high = int(span[1]), int(span[2])
            yield from range(low, min(high, low + WIDEST) + 1)
        else:
            yield from (int(number) for number in _NUMBERS.findall(part))


def _safe_end(text: str) -> int:
    """Where the text ends that cannot be the beginning of a thought or a link."""
    start = text.rfind("<")
    if start >= 0 and "<think".startswith(text[start : start + 6]):
        return start
    link = _OPEN_LINK.search(text)
    return link.start() if link else len(text)


def _plain(text: str) -> str:
    """The words without addresses and emphasis."""
    return _HEADING.sub("", _URL.sub("", text))
