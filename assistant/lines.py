"""The text of an answer as lines of segments with the marks of citations: what page and export both show.

Pure values. Knows nothing of HTML or files.
"""

from __future__ import annotations

import re
from collections import deque
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from assistant.answer import Answer, Statement, Support
from assistant.render import answer_lines, doubt_of

LineKind = Literal["item", "text", "lead"]

LONGEST_HEADING = 40
_MARK = re.compile(r"\[(\d{1,3})\]")
_AFTER = re.compile(r"^(?:\s*\[\d{1,3}\])*\s*")
_BULLET = re.compile(r"\s*(?:[-・•*]\s+|・|•)")


@dataclass(frozen=True)
class Segment:
    """A stretch of text; where `n` is not 0, the last character before a mark, kept on its line.

    `why` says what to do about a sentence that ends here and is not wholly supported, and why.
    """

    text: str
    n: int = 0
    support: Support = "supported"
    heading: bool = False
    why: str = ""


@dataclass(frozen=True)
class Line:
    """One line of an answer: an item of a list, text with marks, or a lead without any."""

    kind: LineKind
    segments: tuple[Segment, ...]


def split_lines(answer: Answer) -> tuple[Line, ...]:
    """The answer's text as lines with marks; a mark without a citation stays plain text."""
    lines = [line for line in answer_lines(answer) if line.strip()]
    if answer.mode == "llm":
        return tuple(_written(lines, answer))
    return tuple(_line(line, answer) for line in lines)


def _written(lines: Sequence[str], answer: Answer) -> Iterator[Line]:
    """The lines of a written answer: its statements in their order, each with its own marks."""
    waiting = deque(answer.statements)
    for line in lines:
        bullet = _BULLET.match(line)
        body = line[bullet.end() :] if bullet else line.strip()
        segments: list[Segment] = []
        while waiting and body.startswith(waiting[0].text):
            statement = waiting.popleft()
            body = _AFTER.sub("", body[len(statement.text) :], count=1)
            segments += _sentence(statement)
        if body:
            segments.append(Segment(body))
        yield Line("item" if bullet else "text", tuple(segments))


def _sentence(statement: Statement) -> Iterator[Segment]:
    text, support = statement.text, statement.support
    yield Segment(text[:-1] if statement.citations else text, 0, support)
    for number in statement.citations[:1]:
        yield Segment(text[-1:], number, support)
    yield from (Segment("", number) for number in statement.citations[1:])
    if statement.reasons:
        yield Segment("", why=doubt_of(statement))


def _line(line: str, answer: Answer) -> Line:
    bullet = _BULLET.match(line)
    body = line[bullet.end() :] if bullet else line.strip()
    support = {statement.text.strip(): statement.support for statement in answer.statements}
    quotes = {citation.n: citation.quote for citation in answer.citations}
    segments: list[Segment] = []
    position = 0
    for mark in _marks(body, answer):
        before = body[position : mark.start()].rstrip()
        held = support.get(before.strip(), "supported")
        head, before = _lay_out(before, quotes[int(mark.group(1))])
        segments += [Segment(head, heading=True), Segment(before[:-1], 0, held)]
        segments += [Segment(before[-1:], int(mark.group(1)), held)]
        position = mark.end()
    segments.append(Segment(body[position:]))
    kept = tuple(segment for segment in segments if segment.n or segment.text.strip())
    kind: LineKind = "item" if bullet else "text" if any(segment.n for segment in kept) else "lead"
    return Line(kind, kept)


def _lay_out(text: str, quote: str) -> tuple[str, str]:
    """Heading and body of an item that is quoted whole, in the lines of the report again."""
    if "\n" not in quote or "".join(text.split()) != "".join(quote.split()):
        return "", text
    first, _, rest = quote.strip().partition("\n")
    if len(first) > LONGEST_HEADING or first.endswith("。"):
        return "", quote.strip()
    return first, rest


def _marks(body: str, answer: Answer) -> list[re.Match[str]]:
    """The marks of citations; a [3] inside an extracted sentence is the report's own footnote."""
    known = {citation.n for citation in answer.citations}
    extracted = [s.text for s in answer.statements] if answer.mode == "extractive" else []
    ends = [body.find(text) + len(text) for text in extracted if text and text in body]
    return [mark for mark in _MARK.finditer(body, max(ends, default=0)) if int(mark.group(1)) in known]
