"""Automatic paragraph numbers of Word, written out as Word would show them.

Follows numbering.xml: abstract lists, their levels, start values and overrides. Knows the number
formats used in Taiwan and the plain ones; bullets give no label.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
VAL = f"{W}val"
PLAIN = "〇一二三四五六七八九"
FORMAL = "零壹貳參肆伍陸柒捌玖"
STEMS = "甲乙丙丁戊己庚辛壬癸"
BRANCHES = "子丑寅卯辰巳午未申酉戌亥"
ROMAN = ((1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l"), (40, "xl"))
ROMAN_SMALL = ((10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"))


@dataclass(frozen=True)
class Level:
    """One level of a list: how its number is written and where it starts."""

    format: str
    text: str
    start: int


class Numbering:
    """The lists of one document and how far each has been counted."""

    def __init__(
        self, lists: dict[str, tuple[str, dict[int, Level]]], restarts: dict[tuple[str, int], int]
    ) -> None:
        self._lists = lists
        self._restarts = restarts
        self._counts: dict[str, dict[int, int]] = {}
        self._seen: set[str] = set()

    @classmethod
    def of(cls, document: Any) -> Numbering:
        """The numbering of a document, empty where it has none."""
        for relation in document.part.rels.values():
            if relation.reltype.endswith("/numbering"):
                return cls(*_parse(relation.target_part.element))
        return cls({}, {})

    def label(self, paragraph: Any, style: Any) -> str:
        """The number in front of a paragraph, with its separator, or nothing."""
        place = _place(paragraph, style)
        if place is None or place[0] not in self._lists:
            return ""
        num, depth = place
        abstract, levels = self._lists[num]
        if depth not in levels:
            return ""
        counts = self._counts.setdefault(abstract, {})
        self._restart(num, counts)
        counts[depth] = counts.get(depth, levels[depth].start - 1) + 1
        for deeper in [key for key in counts if key > depth]:
            del counts[deeper]
        return _written(depth, levels, counts)

    def _restart(self, num: str, counts: dict[int, int]) -> None:
        """A list with an override begins anew where it is first used."""
        if num in self._seen:
            return
        self._seen.add(num)
        for (owner, depth), start in self._restarts.items():
            if owner == num:
                counts[depth] = start - 1


def numeral_text(value: int, style: str) -> str:
    """`value` in a Word number format, e.g. (12, "taiwaneseCountingThousand") → "十二"."""
    for pattern, write in NUMBER_FORMATS:
        if re.fullmatch(pattern, style):
            return write(value)
    return str(value)


def _written(depth: int, levels: dict[int, Level], counts: dict[int, int]) -> str:
    if levels[depth].format in ("bullet", "none"):
        return ""

    def value(match: re.Match[str]) -> str:
        at = int(match.group(1)) - 1
        level = levels.get(at, levels[depth])
        return numeral_text(counts.get(at, level.start), level.format)

    label = re.sub(r"%([1-9])", value, levels[depth].text)
    return label + " " if label[-1:].isalnum() or label.endswith(".") else label


def _place(paragraph: Any, style: Any) -> tuple[str, int] | None:
    """(list id, level) of a paragraph, its own or its style's."""
    own = paragraph.find(f"{W}pPr/{W}numPr")
    if own is not None:
        return _num_and_level(own)
    while style is not None:
        inherited = style.element.find(f"{W}pPr/{W}numPr")
        if inherited is not None:
            return _num_and_level(inherited)
        style = getattr(style, "base_style", None)
    return None


def _num_and_level(properties: Any) -> tuple[str, int] | None:
    num, depth = properties.find(f"{W}numId"), properties.find(f"{W}ilvl")
    if num is None or num.get(VAL) in (None, "0"):
        return None
    return num.get(VAL), int(depth.get(VAL)) if depth is not None else 0


def _parse(root: Any) -> tuple[dict[str, tuple[str, dict[int, Level]]], dict[tuple[str, int], int]]:
    abstracts = {
        node.get(f"{W}abstractNumId"): {
            int(level.get(f"{W}ilvl")): _level(level) for level in node.iter(f"{W}lvl")
        }
        for node in root.findall(f"{W}abstractNum")
    }
    lists: dict[str, tuple[str, dict[int, Level]]] = {}
    restarts: dict[tuple[str, int], int] = {}
    for node in root.findall(f"{W}num"):
        num, abstract = node.get(f"{W}numId"), node.find(f"{W}abstractNumId").get(VAL)
        levels = dict(abstracts.get(abstract, {}))
        for override in node.findall(f"{W}lvlOverride"):
            depth = int(override.get(f"{W}ilvl"))
            start, level = override.find(f"{W}startOverride"), override.find(f"{W}lvl")
            if level is not None:
                levels[depth] = _level(level)
            if start is not None:
                restarts[num, depth] = int(start.get(VAL))
        lists[num] = (abstract, levels)
    return lists, restarts


def _level(node: Any) -> Level:
    def value(name: str, default: str) -> str:
        found = node.find(f"{W}{name}")
        return default if found is None else found.get(VAL, default)

    start = value("start", "1")
    return Level(value("numFmt", "decimal"), value("lvlText", ""), int(start) if start.isdigit() else 1)


def _chinese(value: int, digits: str, ten: str, hundred: str) -> str:
    if not 0 < value < 1000:
        return str(value)
    hundreds, rest = divmod(value, 100)
    tens, units = divmod(rest, 10)
    text = digits[hundreds] + hundred if hundreds else ""
    if tens:
        text += ("" if tens == 1 and not hundreds and digits is PLAIN else digits[tens]) + ten
    elif hundreds and units:
        text += "零"
    return (text + digits[units] if units else text).replace("〇", "")


def _letter(value: int) -> str:
    return chr(ord("a") + (value - 1) % 26)


def _circled(value: int) -> str:
    return chr(0x2460 + value - 1) if 1 <= value <= 20 else str(value)


def _roman(value: int) -> str:
    text = ""
    for amount, letters in ROMAN + ROMAN_SMALL:
        while value >= amount:
            text, value = text + letters, value - amount
    return text


NUMBER_FORMATS: tuple[tuple[str, Callable[[int], str]], ...] = (
    ("decimalZero", lambda value: f"{value:02d}"),
    ("decimalEnclosedCircle.*", _circled),
    ("ideographLegal.*", lambda value: _chinese(value, FORMAL, "拾", "佰")),
    ("ideographTraditional", lambda value: STEMS[(value - 1) % len(STEMS)]),
    ("ideographZodiac", lambda value: BRANCHES[(value - 1) % len(BRANCHES)]),
    ("ideographDigital|.*Counting.*", lambda value: _chinese(value, PLAIN, "十", "百")),
    ("lowerLetter", _letter),
    ("upperLetter", lambda value: _letter(value).upper()),
    ("lowerRoman", _roman),
    ("upperRoman", lambda value: _roman(value).upper()),
)
