"""Documents as Markdown (CommonMark with the tables, footnotes and strikes of GitHub and pandoc).

Whatever Markdown would read as markup is escaped, so that the text of a report stays text.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import partial

from assistant.export.document import (
    Document,
    Heading,
    ListItem,
    Paragraph,
    Part,
    Quote,
    Source,
    Span,
    Table,
    gather_lists,
    printable,
)
from assistant.export.notes import Note, Notes, all_blocks

_MARKUP = re.compile(r"[\\`*_\[\]<>|~&$#]")
# What makes a list, a rule or an underlined heading of a line that begins with it.
_LINE_START = re.compile(r"^(?:([-+=])|(\d{1,9})([.)]))")
_EMPHASIS = (("bold", "**", "strong"), ("struck", "~~", "del"))
_STRETCH = re.compile(r"\S(?:[^\n]*\S)?")


def to_markdown(document: Document) -> str:
    """The document as Markdown text; footnotes stand at its end."""
    writer = _Writer(document.sources)
    body = [writer.part(part) for part in gather_lists(all_blocks(document))]
    return "\n\n".join([*_head(document), *body, *writer.footnotes()]) + "\n"


class _Writer:
    """One pass over the blocks, collecting the footnotes."""

    def __init__(self, sources: Iterable[Source]) -> None:
        self._notes = Notes(sources)
        self._used: list[Note] = []

    def part(self, part: Part) -> str:
        match part:
            case Heading():
                return f"{'#' * min(part.level + 1, 6)} {_one_line(part.text)}"
            case Paragraph():
                return self._text(part.spans)
            case Quote():
                return "> " + self._text(part.spans).replace("\n", "\n> ")
            case Table():
                return "\n".join(map(_row, [part.header, ("---",) * len(part.header), *part.rows]))
            case tuple():
                return "\n".join(self._items(part))

    def footnotes(self) -> list[str]:
        lines = [f"[^{note.number}]: {_guarded(_one_line(note.text))}" for note in self._used]
        return ["\n".join(lines)] if lines else []

    def _items(self, items: tuple[ListItem, ...]) -> Iterator[str]:
        for number, item in enumerate(items, start=1):
            mark = f"{number}. " if item.numbered else "- "
            yield mark + self._text(item.spans).replace("\n", "\n" + " " * len(mark))

    def _text(self, spans: Sequence[Span]) -> str:
        text = "".join(map(self._piece, self._notes.resolve(spans)))
        lines = [line.strip(" \t") for line in text.split("\n")]
        return "\\\n".join(_guarded(line) for line in lines if line)

    def _piece(self, piece: Span | Note) -> str:
        if isinstance(piece, Span):
            return _emphasised(piece)
        self._used.append(piece)
        return f"{' ' if piece.joined else ''}[^{piece.number}]"


def _head(document: Document) -> list[str]:
    title = f"# {_one_line(document.title)}"
    if document.cover is None:
        return [title]
    fields = [f"- {_one_line(label)}：{_one_line(value)}" for label, value in document.cover.fields]
    return [_guarded(_one_line(document.cover.category)), title, "\n".join(fields)]


def _row(cells: Iterable[str]) -> str:
    return f"| {' | '.join(_escaped(cell).replace(chr(10), '<br>') for cell in cells)} |"


def _emphasised(span: Span) -> str:
    """The text of a span, emphasised line by line; blanks at the ends of a line stay outside."""
    text = _escaped(span.text)
    for name, sign, tag in _EMPHASIS:
        if getattr(span, name):
            text = _STRETCH.sub(partial(_emphasise, sign, tag), text)
    return text


def _emphasise(sign: str, tag: str, found: re.Match[str]) -> str:
    """Signs work only next to letters and digits: **「一」**二 would show its asterisks."""
    text = found.group()
    if text[0].isalnum() and text[-1].isalnum():
        return f"{sign}{text}{sign}"
    return f"<{tag}>{text}</{tag}>"


def _one_line(text: str) -> str:
    return " ".join(_escaped(text).split())


def _escaped(text: str) -> str:
    return _MARKUP.sub(r"\\\g<0>", printable(text))


def _guarded(line: str) -> str:
    return _LINE_START.sub(lambda m: "\\" + m[1] if m[1] else f"{m[2]}\\{m[3]}", line)
