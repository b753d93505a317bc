"""The written forms of dates, each a pattern and a parser: 109年2月8日, 115.04.26, 8 Feb 2020, 4/26.

Says what stands where; completing, ranging and checking against the calendar is `corpus.dates`' work.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from corpus.numerals import numeral

ROC_OFFSET = 1911


@dataclass(frozen=True)
class DatePart:
    """One end of a range as written: fields left out are None."""

    start: int
    end: int
    year: int | None
    month: int | None
    day: int | None
    explicit: bool = True
    last_day: int | None = None


_MONTHS = {
    name: number
    for number, names in enumerate(
        (
            "january jan",
            "february feb",
            "march mar",
            "april apr",
            "may",
            "june jun",
            "july jul",
            "august aug",
            "september sept sep",
            "october oct",
            "november nov",
            "december dec",
        ),
        start=1,
    )
    for name in names.split()
}
BLANK = r"[ \u3000\t]{0,3}"
_CN = "〇○零一二兩三四五六七八九十廿卅百壹貳參叁肆伍陸柒捌玖拾佰"
_N = rf"(?:[0-9０-９]{{1,4}}|[{_CN}]{{1,6}})"
_ERA = r"(?:中華民國|民國|西元|公元)"
MONTH_NAMES = "|".join(sorted(_MONTHS, key=len, reverse=True))
_ORDINAL = r"(?:st|nd|rd|th)?"
DASH = r"[-–—~～〜－]"
_MORE = rf"(?={BLANK}(?:{DASH}|至|到|、|及){BLANK}[0-9０-９]{{1,2}}{BLANK}[日號])"

_FORMS = (
    # 今(111)年3月23日, 民國 109 年 2 月 8 日, 2020年2月, 一百零九年, 113年4月1-7日 (the first day)
    rf"(?:(?P<era>{_ERA}){BLANK})?(?:[今去明前本]{BLANK}[(（]{BLANK})?(?<![0-9０-９.])(?P<y>{_N}){BLANK}[)）]?{BLANK}年"
    rf"(?!級|齡|輕|代)(?:{BLANK}(?P<m>{_N}){BLANK}月(?:{BLANK}(?P<d>{_N})(?:{BLANK}[日號]|{_MORE}))?)?",
    # 2月8日, 3月
    rf"(?<![0-9０-９年第.])(?P<m2>{_N}){BLANK}月(?!台|臺)(?:{BLANK}(?P<d2>{_N})(?:{BLANK}[日號]|{_MORE}))?",
    # 109/2/8, 115.04.26, 2020-02-08
    r"(?<![0-9A-Za-z./])(?P<ny>[0-9]{2,4})(?P<sep>[/.\-])(?P<nm>[0-9]{1,2})(?P=sep)(?P<nd>[0-9]{1,2})"
    r"(?![0-9A-Za-z]|[./][0-9])",
    # 2020/02 and 2020-02
    r"(?<![0-9A-Za-z./\-])(?P<my>(?:19|20)[0-9]{2})[/\-](?P<mm>0[1-9]|1[0-2])(?![0-9A-Za-z/.\-])",
    # 4/26
    r"(?<![0-9A-Za-z./\-])(?P<sm>1[0-2]|0?[1-9])/(?P<sd>3[01]|[12][0-9]|0?[1-9])(?![0-9A-Za-z/%]|\.[0-9])",
    # 8 February 2020, 8 Feb, Feb 2020, February 8–14, 2020
    rf"(?<![A-Za-z0-9])(?:(?P<ed>[0-9]{{1,2}}){_ORDINAL}[ ]{{1,2}}(?:of )?)?(?P<em>{MONTH_NAMES})\b\.?"
    rf"(?:,?[ ]{{0,2}}(?P<ed2>[0-9]{{1,2}}){_ORDINAL}(?![0-9:])"
    rf"(?:{DASH}(?P<ed3>[0-9]{{1,2}})(?![0-9]))?)?(?:,?[ ]{{1,2}}(?P<ey>[0-9]{{4}})(?![0-9]))?",
    # 109 of "109–113年"
    rf"(?<![0-9A-Za-z.,/\-])(?P<ry>[0-9]{{2,4}})(?={BLANK}(?:{DASH}|至|到){BLANK}[0-9]{{2,4}}{BLANK}年(?!級|齡|輕))",
    # the 4.7 of "113.4.1-4.7"
    r"(?<=[-–—~～至])(?P<km>1[0-2]|0?[1-9])\.(?P<kd>3[01]|[12][0-9]|0?[1-9])(?![0-9A-Za-z.])",
    # 14 日: only where a range goes before
    rf"(?<![0-9０-９.])(?P<od>{_N}){BLANK}[日號]",
    # 2020
    r"(?<![0-9A-Za-z.,/\-$+×x])(?P<by>19[5-9][0-9]|20[0-5][0-9])(?![0-9A-Za-z%]|[.,/:][0-9])",
    # 8 or 26: only where a range goes before or a month comes after ("8–14 February")
    r"(?<![0-9A-Za-z.,/:])(?P<bd>[0-9]{1,2})(?:st|nd|rd|th)?(?![0-9A-Za-z/:%]|[.,][0-9])",
)
_DATE = re.compile("|".join(f"(?P<form{number}>{form})" for number, form in enumerate(_FORMS)), re.I)
_NOT_A_YEAR = re.compile(
    r"[ \u3000]{0,2}(?:來|間|以上|以來的|之久|歷史|有餘|多|餘|後|前(?!往)|期|內|又|一次|舉辦一)"
)
_DURATION = re.compile(
    r"(?:近|達|逾|超過|每|每隔|約|共|長達|第|滿|前|後|過去|未來|歷時|歷經|經過|為期|相隔|僅|再)$"
)
_COUNTER = re.compile(
    r"[ \u3000]{0,2}(?:多|餘|名|人(?!權)|位|個|元|萬|億|公[里尺斤噸頃]|件|家|戶|座|台|臺幣|次"
    r"|場|張|筆|坪|棟|輛|所|號)"
)


def find_parts(text: str) -> Iterator[DatePart]:
    for match in _DATE.finditer(text):
        part = _PARSERS[int((match.lastgroup or "form0")[4:])](match)
        if part:
            yield part


def _number(text: str | None) -> int | None:
    return numeral(text) if text else None


def _full_year(value: int | None) -> int | None:
    """ROC years are below 200; two-digit ones stay ROC (88年 → 1999)."""
    if value is None:
        return None
    return value + ROC_OFFSET if 0 < value < 200 else value


def _year_form(match: re.Match[str]) -> DatePart | None:
    year, month, day = (_number(match[name]) for name in ("y", "m", "d"))
    if month is None and not _is_year(match, year):
        return None
    if match["era"] in ("西元", "公元"):
        return DatePart(match.start(), match.end(), year, month, day)
    return DatePart(match.start(), match.end(), _full_year(year), month, day)


def _is_year(match: re.Match[str], value: int | None) -> bool:
    """Tell 109年 and 2020年 from "100 年歷史", "每 2 年" and "五年"."""
    if value is None or match["m"]:
        return False
    if match["era"] or match[0][0] in "今去明本":
        return True
    written = match["y"]
    text, start, end = match.string, match.start(), match.end()
    if not written[0].isdigit() and not (1950 < value < 2100 or 100 < value < 150):
        return False
    if 1000 <= value:
        return True
    plausible = 95 <= value < 150 or (80 <= value < 95 and len(written) == 2)
    return (
        plausible
        and not _DURATION.search(text[max(0, start - 4) : start].rstrip())
        and (not _NOT_A_YEAR.match(text, end))
    )


def _month_form(match: re.Match[str]) -> DatePart | None:
    return DatePart(match.start(), match.end(), None, _number(match["m2"]), _number(match["d2"]))


def _numeric_form(match: re.Match[str]) -> DatePart | None:
    year = int(match["ny"])
    if len(match["ny"]) == 2 and year < 80:
        return None
    return DatePart(match.start(), match.end(), _full_year(year), int(match["nm"]), int(match["nd"]))


def _numeric_month_form(match: re.Match[str]) -> DatePart | None:
    return DatePart(match.start(), match.end(), int(match["my"]), int(match["mm"]), None)


def _short_form(match: re.Match[str]) -> DatePart | None:
    return DatePart(match.start(), match.end(), None, int(match["sm"]), int(match["sd"]))


def _english_form(match: re.Match[str]) -> DatePart | None:
    day, year = match["ed"] or match["ed2"], match["ey"]
    if not day and not year:
        return None
    month = _MONTHS[match["em"].lower()]
    return DatePart(
        match.start(),
        match.end(),
        int(year) if year else None,
        month,
        int(day) if day else None,
        last_day=int(match["ed3"]) if match["ed3"] else None,
    )


def _year_range_form(match: re.Match[str]) -> DatePart | None:
    return DatePart(match.start(), match.end(), _full_year(int(match["ry"])), None, None)


def _dotted_end_form(match: re.Match[str]) -> DatePart | None:
    return DatePart(match.start(), match.end(), None, int(match["km"]), int(match["kd"]), explicit=False)


def _day_form(match: re.Match[str]) -> DatePart | None:
    return DatePart(match.start(), match.end(), None, None, _number(match["od"]), explicit=False)


def _bare_year_form(match: re.Match[str]) -> DatePart | None:
    if _COUNTER.match(match.string, match.end()):
        return None
    return DatePart(match.start(), match.end(), int(match["by"]), None, None)


def _bare_day_form(match: re.Match[str]) -> DatePart | None:
    return DatePart(match.start(), match.end(), None, None, int(match["bd"]), explicit=False)


_PARSERS = (
    _year_form,
    _month_form,
    _numeric_form,
    _numeric_month_form,
    _short_form,
    _english_form,
    _year_range_form,
    _dotted_end_form,
    _day_form,
    _bare_year_form,
    _bare_day_form,
)
