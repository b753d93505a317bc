"""Chinese numerals as whole numbers and back: 十一, 廿三, 壹佰零九, 二〇二〇, １０.

Pure functions. Knows nothing of dates, headings or documents.
"""

from __future__ import annotations

_DIGITS = {
    char: value
    for value, chars in enumerate(
        (
            "零〇○Ｏ",
            "一壹弌",
            "二貳贰弍兩两",
            "三參叁叄参弎",
            "四肆",
            "五伍",
            "六陸陆",
            "七柒",
            "八捌",
            "九玖",
        )
    )
    for char in chars
}
_SMALL_UNITS = {"十": 10, "拾": 10, "百": 100, "佰": 100, "千": 1000, "仟": 1000}
_TENS = {"廿": 20, "卄": 20, "卅": 30, "卌": 40}
_MYRIADS = {"萬": 10**4, "万": 10**4, "億": 10**8, "亿": 10**8}
_ARABIC = str.maketrans("０１２３４５６７８９，", "0123456789,")

NUMERAL_CHARS = "".join(_DIGITS) + "".join(_SMALL_UNITS) + "".join(_TENS)
"""Every character a Chinese numeral below ten thousand may hold, for building patterns."""

_PLACES = ("", "十", "百", "千")
_LIMIT = 10**12


def numeral(text: str) -> int | None:
    """The whole number written in `text`, in Arabic or Chinese digits; None where it is none."""
    plain = "".join(text.split()).translate(_ARABIC)
    if not plain or len(plain) > 30:
        return None
    if plain.isascii():
        return _arabic(plain)
    if all(char in _DIGITS for char in plain):
        return int("".join(str(_DIGITS[char]) for char in plain))
    return _with_myriads(plain)


def _arabic(plain: str) -> int | None:
    head, *groups = plain.split(",")
    if groups and (not 1 <= len(head) <= 3 or any(len(group) != 3 for group in groups)):
        return None
    digits = head + "".join(groups)
    return int(digits) if digits.isdigit() and digits.isascii() else None


def _with_myriads(plain: str) -> int | None:
    """Split at 億 and 萬; each part before one may be Arabic or Chinese ("2萬4,000", "四百萬")."""
    total = 0
    rest = plain
    for unit in ("億", "亿", "萬", "万"):
        before, found, after = rest.partition(unit)
        if not found:
            continue
        value = _part(before)
        if value is None:
            return None
        total += value * _MYRIADS[unit]
        rest = after
    tail = _part(rest) if rest else 0
    return None if tail is None else total + tail


def _part(text: str) -> int | None:
    if text and text.isascii():
        return _arabic(text)
    return _below_myriad(text)


def _below_myriad(text: str) -> int | None:
    """The value of a numeral with places: 一百零九 → 109, 十 → 10, 廿三 → 23, 三百五 is refused."""
    total, digit, last_unit = 0, 0, 10**4
    for position, char in enumerate(text):
        unit = _SMALL_UNITS.get(char, 0)
        if char in _DIGITS:
            if digit or (position and text[position - 1] in _DIGITS and _DIGITS[char] == 0):
                return None
            digit = _DIGITS[char]
        elif char in _TENS and not digit and last_unit > 10:
            total, last_unit = total + _TENS[char], 10
        elif unit and unit < last_unit and (digit or unit == 10):
            total, digit, last_unit = total + (digit or 1) * unit, 0, unit
        else:
            return None
    if digit and 100 <= last_unit <= 1000 and _DIGITS.get(text[-2], 1):
        return None
    return total + digit if text else None


def to_chinese(number: int) -> str:
    """The plain Chinese numeral of a number from 0 to 999,999,999,999: 11 → 十一, 109 → 一百零九."""
    if not 0 <= number < _LIMIT:
        raise ValueError(f"to_chinese expects 0 ≤ number < {_LIMIT}, got {number}")
    if number == 0:
        return "零"
    text = ""
    for size, unit in ((10**8, "億"), (10**4, "萬"), (1, "")):
        part = number // size % 10**4
        if not part:
            continue
        gap = "零" if text and part < 1000 else ""
        text += gap + _group_to_chinese(part) + unit
    return text[1:] if text.startswith("一十") else text


def _group_to_chinese(part: int) -> str:
    text, pending = "", False
    for place in range(3, -1, -1):
        digit = part // 10**place % 10
        if digit:
            text += ("零" if pending and text else "") + "零一二三四五六七八九"[digit] + _PLACES[place]
            pending = False
        else:
            pending = True
    return text
