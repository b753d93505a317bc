"""Quantities in running text, Chinese or English, in one form: 1.2 萬人, 12,000 people, 一萬二千名.

A quantity is a value with the unit that it is counted in, as classes of the table `UNITS`. Dates are found
by `corpus.dates` and are none. Knows nothing of sentences or sources.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from pathlib import Path

from corpus.numerals import NUMERAL_CHARS, numeral
from index.tokenise import fold

# Kinds of units with their spellings and sizes are a table: data/units.toml.
_TABLE = Path(__file__).parent / "data" / "units.toml"
MONEY = frozenset("twd usd eur jpy krw gbp sgd".split())
# Counters that say only how many: one may stand for another.
COUNTERS = "個座處項家件份篇間所隻株棵輛艘架臺部條組次場棟本張篇種類點期級站集口縣市國校館團區里版街桶梯大"
SCALES = {"百": 10**2, "千": 10**3, "萬": 10**4, "億": 10**8, "兆": 10**12}
SCALES |= {"hundred": 10**2, "thousand": 10**3, "million": 10**6, "billion": 10**9}
ENGLISH = {word: value for value, word in enumerate(
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen "
    "seventeen eighteen nineteen twenty".split())} | {"thirty": 30, "forty": 40, "fifty": 50, "sixty": 60,
    "seventy": 70, "eighty": 80, "ninety": 90}  # fmt: skip
ABOUT = re.compile(
    fold("約|近|逾|超過|多|餘|大約|將近|左右|上下|不到|不足|未滿|以內|以上|以下|大概")
    + r"|\b(?:about|nearly|almost|over|some|around|more than|less than|under|roughly|approximately)\b"
)
_SPACE = re.compile(r"(?<=[一-鿿])\s+|\s+(?=[一-鿿])|(?<=\d)\s+(?=[%％])")
NEAR, HALF = Decimal("0.06"), Decimal("0.5")


@dataclass(frozen=True)
class Quantity:
    """`surface`, folded, says `value` in the unit of `kind`; "" where it has none.

    `is_one` where the figure is a plain one, which says little: 一年 may be 每年.
    """

    surface: str
    value: Decimal
    kind: str
    is_one: bool = False

    @property
    def is_half(self) -> bool:
        """Whether it says a half, of something or of all: 0.5 名, 半數."""
        return self.value == (50 if self.kind == "share" else HALF)

    def agrees(self, other: Quantity, *, about: bool = False) -> bool:
        """Whether both say the same; `about` allows for rounding."""
        if self.is_half and other.is_half:
            return True
        if not _kinds_agree(self.kind, other.kind):
            return False
        if self.value == other.value:
            return True
        apart = abs(self.value - other.value)
        return about and apart < _last_place(self.value) and apart <= NEAR * abs(other.value)


def _last_place(value: Decimal) -> Decimal:
    """What one of the last figure that is no nought counts: 1000 in 12,000."""
    return Decimal(1).scaleb(int(value.normalize().as_tuple().exponent))


def _kinds_agree(one: str, other: str) -> bool:
    if one == other or "" in (one, other):
        return True
    return "money" in (one, other) and bool({one, other} & MONEY)


_UNIT_OF: dict[str, tuple[str, Decimal]] = {
    fold(spelling): (kind, Decimal(size))
    for kind, sizes in tomllib.loads(_TABLE.read_text(encoding="utf-8")).items()
    for size, spellings in sizes.items()
    for spelling in spellings
}
_SORTED_UNITS = sorted(_UNIT_OF, key=len, reverse=True)
_LATIN_UNIT = "|".join(re.escape(unit) for unit in _SORTED_UNITS if unit.isascii() and unit != "%")
_UNIT = "|".join(re.escape(unit) for unit in _SORTED_UNITS if not unit.isascii() or unit == "%")
# Among the numerals is a full-width O, which folds to a letter.
_NUMERALS = fold(NUMERAL_CHARS).replace("o", "")
_DIGITS = r"\d+(?:\.\d+)?"
_SCALE = fold("[千百]?[萬億兆]|[千百]")
_WORDS = "|".join(sorted(ENGLISH, key=len, reverse=True))
_BEFORE = r"(?:(?P<currency>nt\$|us\$|s\$|€|\$|新台币|台币|美元|美金|欧元|日圆)\s*)?"
_NUMBER = re.compile(
    rf"{_BEFORE}(?:(?P<share>百分之)(?P<hundredth>{_DIGITS}|[{_NUMERALS}]+)"
    rf"|(?P<parts>[{_NUMERALS}\d]+)分之(?P<of>[{_NUMERALS}\d]+)|(?P<half>半数|一半|\bhalf\b)"
    rf"|(?P<fraction>(?<![\d/.])\d+/\d+(?![\d/]))"
    rf"|(?P<number>{_DIGITS}(?:{_SCALE})(?:\d+(?:{_SCALE})?)?|{_DIGITS}|[{_NUMERALS}]+(?:[{_NUMERALS}万亿]*)"
    rf"|\b(?:{_WORDS})(?:-(?:{_WORDS}))?\b))"
    rf"(?P<more>[多余几])?\s*(?P<scale>thousand|million|billion|hundred)?\s*(?:[多余])?-?\s*"
    rf"(?:(?P<latin>{_LATIN_UNIT})s?(?![a-z])|(?P<unit>{_UNIT}))?",
    re.I,
)  # fmt: skip
_LEADING = re.compile("^[百千](?=[万亿]|$)")
_SINGLE = re.compile(f"[{_NUMERALS}]")
# Not within a longer number: 四百二十一家.
_NO_NUMBER = re.compile(
    rf"(?<![{_NUMERALS}\d])(?:"
    + fold(
        r"一些|一般|一同|一起|一方面|一旦|一直|一樣|一致|統一|唯一|(?<!分)之一|一併|一向|另一|某一|每一|同一|任一|一律|一切|一再|一定|"
        r"進一步|一環|十分(?!鐘|之)|千萬|萬一|百姓|三明治|一貫|一站式|一次性|十足|一位|一名|一項|一個|一種|一座|一處|一家|一場|一份|一大|"
        r"一線"
    )
    + ")"
)


def spaced(text: str) -> str:
    """Folded text without the spaces beside Chinese characters; those between Latin words stay."""
    return _SPACE.sub("", fold(text))


def find_quantities(text: str, taken: Iterable[tuple[int, int]] = ()) -> tuple[Quantity, ...]:
    """The quantities of a text, in order; `taken` spans of `spaced(text)` are left out."""
    folded = spaced(text)
    busy = [*taken, *(found.span() for found in _NO_NUMBER.finditer(folded))]
    return tuple(_read_all(folded, busy))


def _read_all(folded: str, busy: list[tuple[int, int]]) -> Iterator[Quantity]:
    for found in _NUMBER.finditer(folded):
        if any(start < found.end() and found.start() < end for start, end in busy):
            continue
        value = _value(found)
        if value is None or _is_part_of_word(folded, found) or _is_code(found):
            continue
        kind, size = _unit(found)
        yield Quantity(found[0].strip(), value * size, kind, value == 1 and kind != "share")


def _is_part_of_word(folded: str, found: re.Match[str]) -> bool:
    """Whether the figure belongs to a code (wuf10), or is a lone numeral without a unit (四維)."""
    before = folded[found.start() - 1 : found.start()]
    if before.isascii() and before.isalpha() or before in ("-", "_") and found.start() > 1:
        return not found["currency"]
    number = found["number"] or ""
    lone = bool(number) and len(number) == 1 and _SINGLE.fullmatch(number) is not None
    return (
        lone
        and not (found["unit"] or found["latin"])
        and folded[found.end() : found.end() + 1] not in fold(COUNTERS)
    )


def _is_code(found: re.Match[str]) -> bool:
    """Whether the figure is a name, as in 0403 地震."""
    return re.match(r"0\d", found["number"] or "") is not None


def _value(found: re.Match[str]) -> Decimal | None:
    if found["half"]:
        return Decimal(50)
    if found["fraction"]:
        part, whole = map(int, found["fraction"].split("/"))
        return Decimal(100 * part) / whole if whole and part < whole else None
    if found["parts"]:
        below, above = _plain(found["parts"]), _plain(found["of"])
        return Decimal(100) * above / below if above is not None and below else None
    if found["hundredth"]:
        return _plain(found["hundredth"])
    value = _plain(_LEADING.sub(r"一\g<0>", found["number"]))
    scale = found["scale"]
    return value * SCALES[scale.lower()] if value is not None and scale else value


def _plain(number: str) -> Decimal | None:
    """The value of digits, of numerals, of both (1.2万, 21万8千), or of an English number word."""
    words = number.lower().split("-")
    if all(word in ENGLISH for word in words):
        return Decimal(sum(ENGLISH[word] for word in words))
    return _mixed(number)


def _mixed(number: str) -> Decimal | None:
    mixed = re.fullmatch(rf"({_DIGITS})([千百]?)([万亿兆]?)(?:({_DIGITS})([千百]?))?", number)
    if mixed and (mixed[2] or mixed[3]):
        tail = Decimal(mixed[4]) * SCALES.get(mixed[5], 1) if mixed[4] else Decimal(0)
        scale = SCALES.get(mixed[2], 1) * {"万": 10**4, "亿": 10**8, "兆": 10**12}.get(mixed[3], 1)
        return Decimal(mixed[1]) * scale + tail
    try:
        return Decimal(number)
    except InvalidOperation:
        whole = numeral(number.replace("万", "萬").replace("亿", "億"))
        return None if whole is None else Decimal(whole)


def _unit(found: re.Match[str]) -> tuple[str, Decimal]:
    if found["half"] or found["fraction"] or found["parts"] or found["share"]:
        return "share", Decimal(1)
    if unit := found["unit"] or found["latin"]:
        kind, size = _UNIT_OF[unit.lower()]
        if kind == "money" and found["currency"]:
            return _UNIT_OF.get(found["currency"].lower(), ("money", Decimal(1)))
        return kind, size
    if found["currency"]:
        return _UNIT_OF.get(found["currency"].lower(), ("money", Decimal(1)))
    return "", Decimal(1)
