"""What the user narrows the archive to: words into an `AskFilter`, checked against what exists.

The command line and the page share it. It reads metadata rows only and never searches.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Protocol, TypeVar

from assistant.answer import AskFilter
from corpus.report import ChapterKind, XindeError

# What a user calls a chapter; a merged 心得及建議 answers to either of its names.
CHAPTERS: dict[str, tuple[ChapterKind, ...]] = {
    "目的": ("purpose",),
    "過程": ("process",),
    "心得": ("reflections", "reflections_and_recommendations"),
    "建議": ("recommendations", "reflections_and_recommendations"),
    "摘要": ("summary",),
    "附錄": ("appendix",),
    "其他": ("other",),
}
CHAPTER_NAMES: dict[ChapterKind, str] = {
    "purpose": "目的",
    "process": "過程",
    "reflections": "心得",
    "recommendations": "建議",
    "reflections_and_recommendations": "心得及建議",
    "summary": "摘要",
    "appendix": "附錄",
    "other": "其他",
}
FIRST_YEAR, LAST_YEAR = 1912, 2199
_YEARS = re.compile(r"(?:民國)?(\d{2,4})年?(?:[-–—~～至到](?:民國)?(\d{2,4})年?)?")


T = TypeVar("T")


class FilterError(XindeError):
    """A filter value that the archive does not have or that cannot be understood."""


class Row(Protocol):
    """The metadata of a report that a filter looks at."""

    @property
    def id(self) -> str: ...
    @property
    def file(self) -> str: ...
    @property
    def countries(self) -> tuple[str, ...]: ...


def build_filter(
    rows: Sequence[Row],
    *,
    year: str = "",
    countries: Iterable[str] = (),
    chapters: Iterable[str] = (),
    reports: Iterable[str] = (),
) -> AskFilter:
    """The filter these words mean; raises FilterError naming a value that does not exist."""
    known_countries = sorted({country for row in rows for country in row.countries})
    known_reports = {name: row.id for row in rows for name in (row.id, row.file)}
    files = [row.file for row in rows]
    return AskFilter(
        years=find_years(year) if year.strip() else None,
        countries=tuple(
            _choose(word, {c: c for c in known_countries}, "國家", known_countries) for word in countries
        ),
        chapters=find_chapters(chapters),
        reports=tuple(_choose(word, known_reports, "報告", files) for word in reports),
    )


def find_years(text: str) -> tuple[int, int]:
    """First and last Gregorian year of "2020", "109", "2018-2020" or "107-109"."""
    match = _YEARS.fullmatch(re.sub(r"\s", "", text))
    years = [_gregorian(int(group)) for group in match.groups() if group] if match else []
    if not years or not all(FIRST_YEAR <= year <= LAST_YEAR for year in years) or years != sorted(years):
        raise FilterError(
            f"看不懂年份「{text}」。請寫西元或民國的年，或由小到大的一段，例如 2020、109、2018-2020。"
        )
    return years[0], years[-1]


def find_chapters(words: Iterable[str]) -> tuple[ChapterKind, ...]:
    """The kinds of chapter these names mean, by their Chinese names or by their kinds."""
    kinds: list[ChapterKind] = []
    by_name: dict[str, tuple[ChapterKind, ...]] = dict(CHAPTERS)
    for kind in CHAPTER_NAMES:
        by_name[kind] = (kind,)
    for word in words:
        kinds += _choose(word, by_name, "章節", list(CHAPTERS))
    return tuple(dict.fromkeys(kinds))


def fold(word: str) -> str:
    """How names are compared: without surrounding space, case, or the 臺/台 difference."""
    return word.strip().casefold().replace("台", "臺")


def _gregorian(year: int) -> int:
    return year + 1911 if year < 1000 else year


def _choose(word: str, known: Mapping[str, T], what: str, offered: Sequence[str]) -> T:
    folded = {fold(name): value for name, value in known.items()}
    if fold(word) in folded:
        return folded[fold(word)]
    there = "、".join(offered[:30]) + ("…" if len(offered) > 30 else "") if offered else "（還沒有任何資料）"
    raise FilterError(f"檔案裡沒有{what}「{word}」。現有的{what}：{there}。")
