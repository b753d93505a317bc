"""Personal data in Taiwanese Chinese text: numbers of IDs, phones and accounts, e-mail, addresses.

Pure functions over a string, for a gate that must let none through: contacts and addresses of
offices count too. Names of people do not, since reports are signed with them.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from corpus import personal_forms as forms
from corpus.characters import INVISIBLE, SPACES
from corpus.numerals import numeral

Kind = Literal[
    "national_id",
    "resident_id",
    "passport",
    "mobile",
    "phone",
    "email",
    "address",
    "bank_account",
    "birth_date",
    "plate",
]
KIND_NAMES: dict[Kind, str] = {
    "national_id": "身分證統一編號",
    "resident_id": "居留證統一證號",
    "passport": "護照號碼",
    "mobile": "手機號碼",
    "phone": "電話號碼",
    "email": "電子郵件地址",
    "address": "地址",
    "bank_account": "銀行帳號",
    "birth_date": "出生日期",
    "plate": "車牌號碼",
}


@dataclass(frozen=True)
class PersonalDatum:
    """`text[start:end]` is personal data of this kind."""

    kind: Kind
    start: int
    end: int


def _always(_: re.Match[str]) -> bool:
    return True


@dataclass(frozen=True)
class Rule:
    """A written form, what its match must satisfy, and what must stand in the `reach` characters before it.

    A rule without a kind takes what only looks like personal data away from the rules after it.
    Where a text has none of the characters `needs`, the pattern is not tried: it is a costly one.
    """

    kind: Kind | None
    pattern: re.Pattern[str]
    check: Callable[[re.Match[str]], bool] = _always
    context: re.Pattern[str] | None = None
    reach: int = 40
    needs: str = ""

    def find(self, text: str) -> Iterator[tuple[int, int]]:
        """The spans of `text` that are written so, pass the check and stand in the context."""
        if self.needs and not any(char in text for char in self.needs):
            return
        for match in self.pattern.finditer(text):
            if self.check(match) and self._stands_in_context(match):
                yield match.span()

    def _stands_in_context(self, match: re.Match[str]) -> bool:
        before = match.string[max(0, match.start() - self.reach) : match.start()]
        return self.context is None or self.context.search(before) is not None


# The number of a letter is its place here, counted from 10.
_ID_LETTERS = "ABCDEFGHJKLMNPQRSTUVXYWZIO"
_ID_WEIGHTS = (1, 9, 8, 7, 6, 5, 4, 3, 2, 1, 1)
# How many digits follow an area code.
_LOCAL_DIGITS = {
    "02": (8,),
    "03": (7,),
    "037": (6,),
    "04": (7, 8),
    "049": (7,),
    "05": (7,),
    "06": (7,),
    "07": (7,),
    "08": (7,),
    "082": (6,),
    "0826": (5,),
    "0836": (5,),
    "089": (6,),
}


def _has_check_digit(match: re.Match[str]) -> bool:
    """Whether the weighted digits of an ID add up to tens; of a second letter the last digit counts."""
    first, *rest = (char for char in match[0].upper() if char.isalnum())
    places = [_ID_LETTERS.index(char) % 10 if char.isalpha() else int(char) for char in rest]
    digits = [*divmod(_ID_LETTERS.index(first) + 10, 10), *places]
    return sum(digit * weight for digit, weight in zip(digits, _ID_WEIGHTS, strict=True)) % 10 == 0


def _count_digits(text: str) -> int:
    return sum(char.isdigit() for char in text)


def _fits_area(match: re.Match[str]) -> bool:
    """Whether the number after an area code of Taiwan is as long as numbers are there."""
    area = "0" + match["area"].removeprefix("0")
    return _count_digits(match["local"]) in _LOCAL_DIGITS.get(area, ())


def _is_international(match: re.Match[str]) -> bool:
    return 9 <= _count_digits(match["number"]) <= 15


def _is_no_date(match: re.Match[str]) -> bool:
    """Whether a row of digits is more than a date, its time, or some years."""
    groups = re.split(r"[ -]", match[0])
    return not all(re.fullmatch(r"(?:19|20)\d\d|\d{1,2}", group) for group in groups)


def _is_birthday(match: re.Match[str]) -> bool:
    """Whether year, month and day can be such, the year in either calendar."""
    year, month, day = (numeral(match[name]) or 0 for name in ("year", "month", "day"))
    return (0 < year < 150 or 1850 < year < 2100) and 0 < month <= 12 and 0 < day <= 31


RULES = (
    Rule("email", forms.EMAIL),
    Rule(None, forms.WEB_ADDRESS),
    Rule(None, forms.ISBN),
    Rule(None, forms.DOCUMENT_NUMBER, needs="第"),
    Rule(None, forms.COORDINATES),
    Rule("national_id", forms.NATIONAL_ID, _has_check_digit),
    Rule("resident_id", forms.RESIDENT_ID, _has_check_digit),
    Rule("resident_id", forms.OLD_RESIDENT_ID, _has_check_digit),
    Rule("mobile", forms.MOBILE_FROM_ABROAD),
    Rule("mobile", forms.MOBILE),
    Rule("mobile", forms.LOOSE_MOBILE, context=forms.AFTER_PHONE),
    # The word may head a column of a table, some rows above.
    Rule("passport", forms.PASSPORT, context=forms.BY_PASSPORT, reach=80),
    Rule("passport", forms.PASSPORT_BEFORE_ITS_NAME),
    Rule("passport", forms.FOREIGN_PASSPORT, context=forms.AFTER_PASSPORT),
    Rule("bank_account", forms.ACCOUNT, _is_no_date, forms.BY_ACCOUNT),
    Rule("birth_date", forms.DAY, _is_birthday, forms.AFTER_BORN, needs="生Bb"),
    Rule("birth_date", forms.SOLID_DAY, context=forms.AFTER_BORN, needs="生Bb"),
    Rule("birth_date", forms.ENGLISH_DAY, context=forms.AFTER_BORN, needs="生Bb"),
    Rule("birth_date", forms.DAY_BEFORE_BORN, _is_birthday, needs="生"),
    Rule("birth_date", forms.DAY, _is_birthday, forms.UNDER_BORN, reach=80, needs="生Bb"),
    Rule("plate", forms.PLATE, context=forms.BY_PLATE, needs="車牌"),
    Rule("phone", forms.PHONE_FROM_ABROAD, _fits_area),
    Rule("phone", forms.PHONE, _fits_area),
    Rule("phone", forms.DASHED_PHONE, _fits_area),
    Rule("phone", forms.FOREIGN_PHONE, _is_international),
    Rule("phone", forms.EXTENDED_PHONE),
    Rule("phone", forms.LOOSE_PHONE, context=forms.AFTER_PHONE),
    Rule("address", forms.ADDRESS, needs="號号"),
    Rule("address", forms.VILLAGE_ADDRESS, needs="號号"),
    Rule("address", forms.SECTION_ADDRESS, needs="號号"),
    Rule("address", forms.ROAD_ADDRESS, context=forms.AFTER_RESIDES, needs="號号"),
    Rule("address", forms.ENGLISH_ADDRESS),
)
_DASHES = (*range(0x2010, 0x2016), 0x2212, 0x2500, 0x30FC, 0xFE58, 0xFE63)
_FOLD: dict[int, str | None] = {
    **dict.fromkeys(INVISIBLE),
    **dict.fromkeys((0x09, *SPACES), " "),
    **dict.fromkeys(_DASHES, "-"),
    **{code: chr(code - 0xFEE0) for code in range(0xFF01, 0xFF5F)},
}
# Stands for what a rule has found; folding leaves none in a text.
_TAKEN = "\0"


def find_personal_data(text: str) -> tuple[PersonalDatum, ...]:
    """All personal data in `text`, in order and without overlap."""
    folded, positions = _folded(text)
    found = []
    for rule in RULES:
        for start, end in list(rule.find(folded)):
            folded = folded[:start] + _TAKEN * (end - start) + folded[end:]
            if rule.kind:
                found.append(PersonalDatum(rule.kind, positions[start], positions[end - 1] + 1))
    return tuple(sorted(found, key=lambda datum: datum.start))


def _folded(text: str) -> tuple[str, Sequence[int]]:
    """`text` in half width without invisible characters, and where each of its characters stands."""
    folded = text.translate(_FOLD)
    if len(folded) == len(text):
        return folded, range(len(text))
    return folded, [at for at, char in enumerate(text) if _FOLD.get(ord(char), char) is not None]
