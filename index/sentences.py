"""Where the sentences of a Chinese or mixed text begin and end: what passages and answers are cut with.

A sentence keeps its closing marks; quotations, brackets, numbers and abbreviations are not cut. Knows
nothing of reports.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

_OPEN, _CLOSE = "「『（(【《〈“", "」』）)】》〉”"
ENDS = "。！？；"
ASCII_ENDS = "!?;"
_TRAILING = _CLOSE + "。！？；!?…\"'’"
# After 「好。」 these go on with the same sentence.
_GOES_ON = "，、；：,的與及和等之為是並而"
_LONGEST_QUOTE = 120
_LATIN_END = re.compile(r"[.!?][\"'”’)]*(?=\s+[A-Z\"“「(\u3400-\u9fff])")
_ABBREVIATION = re.compile(
    r"(?:^|[\s(（「“])(?:[A-Za-z]|Mr|Mrs|Ms|Dr|Prof|St|No|Nos|vs|etc|Inc|Ltd|Co|Corp|Jr|Sr|Fig|Vol|pp|ed|eds"
    r"|Gov|Gen|Hon|Sec|Dept|Univ|approx|ca|(?:[A-Za-z]\.)+[A-Za-z])$"
)

# Nearly all characters are neither of these: only what these find is looked at one by one.
_BRACKET = re.compile(f"[{_OPEN}{_CLOSE}]")
_PERHAPS_END = re.compile(rf"[{ENDS}{ASCII_ENDS}.]")

Span = tuple[int, int]


def trimmed(text: str, start: int, end: int) -> Span | None:
    """The span without the white space at its ends; nothing where it is all white space."""
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return (start, end) if start < end else None


def lines(text: str, start: int, end: int) -> Iterator[Span]:
    """The spans of the lines that hold anything."""
    while start < end:
        stop = text.find("\n", start, end)
        stop = end if stop < 0 else stop
        if span := trimmed(text, start, stop):
            yield span
        start = stop + 1


def _quoted(line: str) -> list[int]:
    """For every position the end of the outermost quotation or bracket it stands in, else 0."""
    inside = [0] * len(line)
    stack: list[tuple[str, int]] = []
    for found in _BRACKET.finditer(line):
        mark, position = found[0], found.start()
        if mark in _OPEN:
            stack.append((mark, position))
        elif mark in _CLOSE and stack and _OPEN.index(stack[-1][0]) == _CLOSE.index(mark):
            _, start = stack.pop()
            if position - start <= _LONGEST_QUOTE:
                inside[start : position + 1] = [position] * (position + 1 - start)
    return inside


def _is_latin_end(line: str, position: int) -> bool:
    if line[position] not in ".!?" or not _LATIN_END.match(line, position):
        return False
    return line[position] != "." or not (
        _ABBREVIATION.search(line[max(0, position - 12) : position])
        or line[position - 1 : position].isdigit()
    )


def _is_end(line: str, position: int) -> bool:
    mark = line[position]
    if mark in ENDS:
        return True
    if mark in ASCII_ENDS:
        before, after = line[position - 1 : position], line[position + 1 : position + 2]
        return any(side > "\u2fff" for side in (before, after) if side)
    return False


def _cuts(line: str) -> Iterator[int]:
    """The positions after which a sentence of `line` ends."""
    inside = _quoted(line)
    stop = 0
    while found := _PERHAPS_END.search(line, stop):
        position = found.start()
        stop = position + 1
        if not (_is_end(line, position) or _is_latin_end(line, position)):
            continue
        while stop < len(line) and line[stop] in _TRAILING:
            stop += 1
        enclosed = inside[position] >= stop
        goes_on = stop < len(line) and stop - position > 1 and line[stop] in _GOES_ON
        if not enclosed and not goes_on:
            yield stop


def split_sentences(text: str) -> tuple[Span, ...]:
    """The spans of the sentences of `text`, without the space around them."""
    spans = []
    for start, end in lines(text, 0, len(text)):
        last = start
        for stop in (*(start + cut for cut in _cuts(text[start:end])), end):
            if span := trimmed(text, last, stop):
                spans.append(span)
            last = stop
    return tuple(spans)
