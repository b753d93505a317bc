"""Running headers, footers and page numbers: lines that belong to the page, not to the text.

Looks only at the rims of pages; in a text without page marks, at numbers that count up and at
short lines that return again and again. A running line is kept where it first stands, unless the
first page has the same words anyway.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

RIM = 2
REPEATS = 3
REPEATS_UNPAGED = 4
LONGEST = 60
SHORTEST_UNPAGED = 6
SENTENCE_ENDS = "。！？；"
UNPAGED_NUMBER = re.compile(
    r"[-–—─~]\s*\d{1,4}\s*[-–—─~]$|第\s?\d{1,4}\s?頁(?:\s?[,，/／]?\s?共\s?\d{1,4}\s?頁)?$"
)
BARE_NUMBER = re.compile(r"\d{1,4}$|[ivxlc]{1,6}$", re.I)
DECORATED = re.compile(
    r"[-–—─~‧·\s]+\d{1,4}[-–—─~‧·\s]+$|第\s?\d{1,4}\s?頁(?:\s?[,，/／]?\s?共\s?\d{1,4}\s?頁)?$|\d{1,4}\s?[/／]\s?\d{1,4}$"
    r"|Page\s?\d{1,4}(?:\s?(?:of|/)\s?\d{1,4})?$|p\.\s?\d{1,4}$|[(（\[]\s?\d{1,4}\s?[)）\]]$",
    re.I,
)
NUMBER = re.compile(r"\d{1,4}")


@dataclass(frozen=True)
class Line:
    """A line ready for joining; `page` is the index of its page, `blanks` the empty lines before it."""

    text: str
    page: int
    level: int = 0
    kind: str = ""
    blanks: int = 0
    indent: int = 0
    open_end: bool = False


def without_furniture(lines: Sequence[Line]) -> list[Line]:
    """The lines without those that only repeat on every page or number it."""
    if not lines:
        return []
    paged = lines[-1].page > lines[0].page
    dropped = _at_rims(lines) if paged else _unpaged(lines)
    return [line for index, line in enumerate(lines) if index not in dropped]


def _at_rims(lines: Sequence[Line]) -> set[int]:
    tops, bottoms = _rims(lines)
    dropped = _page_numbers(lines, tops, bottoms)
    # With its number gone, the line before it stands at the rim.
    kept = [index for index in range(len(lines)) if index not in dropped]
    tops, bottoms = _rims([lines[index] for index in kept])
    rims = sorted({kept[index] for index in tops | bottoms})
    return dropped | _running(lines, rims)


def _rims(lines: Sequence[Line]) -> tuple[set[int], set[int]]:
    """Indices of the first and of the last lines of every page."""
    pages: dict[int, list[int]] = {}
    for index, line in enumerate(lines):
        pages.setdefault(line.page, []).append(index)
    tops = {index for indices in pages.values() for index in indices[:RIM]}
    bottoms = {index for indices in pages.values() for index in indices[-RIM:]}
    return tops, bottoms


def _page_numbers(lines: Sequence[Line], tops: set[int], bottoms: set[int]) -> set[int]:
    """Decorated numbers at a rim, and bare ones that keep step with the pages."""
    dropped = {i for i in tops | bottoms if DECORATED.match(lines[i].text) and not lines[i].level}
    bare = [i for i in sorted(tops | bottoms) if BARE_NUMBER.match(lines[i].text) and not lines[i].level]
    steps = Counter(int(lines[i].text) - lines[i].page for i in bare if lines[i].text.isdigit())
    for index in bare:
        text = lines[index].text
        in_step = text.isdigit() and (
            steps[int(text) - lines[index].page] > 1 or int(text) == lines[index].page + 1
        )
        if in_step or (not text.isdigit() and index in bottoms):
            dropped.add(index)
    return dropped


def _running(lines: Sequence[Line], rims: Sequence[int]) -> set[int]:
    """Lines at a rim that return on at least three pages, word for word or but for the page's number."""
    exact: dict[str, list[int]] = {}
    for index in rims:
        line = lines[index]
        if not line.level and len(line.text) <= LONGEST and line.kind != "row":
            exact.setdefault(_key(line), []).append(index)
    cover = "".join(_bare(line.text) for line in lines if line.page == lines[0].page)
    dropped: set[int] = set()
    for key, found in exact.items():
        if len({lines[index].page for index in found}) < REPEATS:
            continue
        first = lines[found[0]]
        named_on_cover = first.page > lines[0].page and all(word in cover for word in first.text.split())
        dropped.update(found if named_on_cover or "#" in key else found[1:])
    return dropped


def _key(line: Line) -> str:
    """What must return: the text without blanks, a number that is the page's own masked."""
    numbers = NUMBER.findall(line.text)
    own = [number for number in numbers if int(number) == line.page + 1]
    if line.kind or len(numbers) != 1 or not own:
        return _bare(line.text)
    return _bare(line.text.replace(own[0], "#"))


def _unpaged(lines: Sequence[Line]) -> set[int]:
    numbers = [index for index, line in enumerate(lines) if _is_lonely_number(line)]
    values = [int(lines[index].text) for index in numbers]
    rising = len(values) >= REPEATS and all(a < b for a, b in zip(values, values[1:], strict=False))
    dropped = set(numbers) if rising else set()
    dropped.update(i for i, line in enumerate(lines) if UNPAGED_NUMBER.match(line.text))
    seen: dict[str, list[int]] = {}
    for index, line in enumerate(lines):
        if _may_run(line):
            seen.setdefault(line.text, []).append(index)
    for found in seen.values():
        if len(found) >= REPEATS_UNPAGED:
            dropped.update(found[1:])
    return dropped


def _may_run(line: Line) -> bool:
    """Whether a line could be a running one: short, nothing special, and not the end of a sentence."""
    fits = SHORTEST_UNPAGED <= len(line.text) <= LONGEST
    return fits and not (line.kind or line.level) and line.text[-1] not in SENTENCE_ENDS


def _is_lonely_number(line: Line) -> bool:
    return line.text.isdigit() and len(line.text) <= 3 and line.blanks > 0


def _bare(text: str) -> str:
    return "".join(text.split())
