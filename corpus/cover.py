"""The front of a document: labelled fields (地區：日本), the title lines and where the body begins.

The labels are data (data/labels.csv). Knows the look of a cover, not what its values mean.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from importlib import resources

from corpus.dates import find_dates
from corpus.headings import is_contents
from corpus.paragraphs import Paragraph

_FRONT_PARAGRAPHS = 30
_FRONT_CHARACTERS = 4000
_LONGEST_FIELD = 300
_LABEL = re.compile(
    r"[-•●*◎■◆○]?\s{0,2}(?P<label>[^：:\t。，]{2,18}?)\s{0,4}[：:\t]\s{0,4}(?P<value>.{0,300})$"
)
_SPACED = re.compile(
    r"(?P<label>報告人|簡報人|報告單位|服務機關|出國人員|出國期間|報告日期)\s{1,4}(?P<value>.{2,60})$"
)
_IN_BRACKETS = re.compile(r"[（(【\[][^）)】\]]{0,12}[）)】\]]")
_CATEGORY_LINE = re.compile(
    r"(?:公務)?出國報告\s?[(（【\[]\s?(?:出國)?類別\s?[：:]\s?(?P<value>[^）)】\]]{1,20})[）)】\]]{0,1}"
)
_GENERIC_TITLE = re.compile(
    r"(?:[\u4e00-\u9fff]{2,14}(?:政府|[處局部會院署所]))?\s?(?:公務)?(?:人員)?(?:因公)?(?:派員)?"
    r"(?:出國|國外|赴國外)?(?:考察|參訪)?(?:報告|報告書|心得報告|提要表?)$"
)
_TITLE_END = re.compile(r"(?:報告|報告書|心得|紀要|紀實|簡報|計畫|摘要)\s?(?:[（(].{0,20}[）)])?$")
_TRIP_WORD = re.compile(r"赴|參加|出席|參與|考察|訪問|參訪|研習|視察|進修|實習|出國|出訪|交流|會議|論壇")
_REPORT_WORD = re.compile(r"報告|心得")
_DISCLAIMER = re.compile(r"本(?:文件|報告|簡報|資料)|^第?\s?\d{1,3}\s?頁?$|^[附圖表]")
# What stands in brackets before or above a title and is none of it: 【示範文件】, 〔草案〕.
_NOTICE = re.compile(r"\s*[【〔\[][^】〕\]]{2,30}[】〕\]]\s*")
_BREAK = re.compile(r"(?<=[\u3400-\u9fff）)」』])[ \u3000]{1,4}(?=[\u3400-\u9fff（(「『])")


@dataclass(frozen=True)
class Cover:
    """The fields of a cover by their meaning, its title ("" where there is none) and its bare dates."""

    fields: dict[str, tuple[str, ...]]
    title: str
    date_line: str
    lines: tuple[str, ...]

    def field(self, name: str) -> str:
        """The first value of a field, "" where the cover has none."""
        values = self.fields.get(name, ())
        return values[0] if values else ""


@cache
def _labels() -> dict[str, str]:
    source = resources.files("corpus").joinpath("data/labels.csv").read_text(encoding="utf-8")
    return {row["label"]: row["field"] for row in csv.DictReader(source.splitlines())}


def read_cover(paragraphs: Sequence[Paragraph], body: int) -> Cover:
    """The cover in the paragraphs before `body`, the start of the first chapter (or the text's end)."""
    front = list(_front(paragraphs, body))
    fields: dict[str, list[str]] = {}
    plain: list[tuple[int, str]] = []
    used: set[int] = set()
    for index, paragraph in enumerate(front):
        if index in used:
            continue
        found = _read_field(paragraph.text)
        if found is None:
            plain.append((index, paragraph.text))
            continue
        name, value = found
        if not value and index + 1 < len(front) and _read_field(front[index + 1].text) is None:
            value = front[index + 1].text
            used.add(index + 1)
        fields.setdefault(name, []).extend([value] if value else [])
    date_line = next((text for _, text in plain if _is_date(text)), "")
    given = fields.get("title", [""])
    title = (given[0] if given else "") or _title(plain)
    lines = tuple(text for _, text in plain)
    return Cover({name: tuple(values) for name, values in fields.items()}, _close_up(title), date_line, lines)


def _front(paragraphs: Sequence[Paragraph], body: int) -> Iterator[Paragraph]:
    """The paragraphs of the cover: up to a contents list or the first chapter."""
    for paragraph in paragraphs[:_FRONT_PARAGRAPHS]:
        if paragraph.start >= min(body, _FRONT_CHARACTERS) or is_contents(paragraph.text):
            return
        yield paragraph


def _read_field(text: str) -> tuple[str, str] | None:
    """The meaning and the value of a labelled line; None where the line has no known label."""
    if len(text) > _LONGEST_FIELD:
        return None
    category = _CATEGORY_LINE.search(text)
    if category:
        return "category", category["value"].strip()
    match = _SPACED.match(text) or _LABEL.match(text)
    label, value = (match["label"], match["value"]) if match else (text, "")
    if len(label) > 18:
        return None
    known = _labels()
    plain = "".join(label.split()).lower()
    bare = _IN_BRACKETS.sub("", plain)
    first = re.split(r"[/／、及與]", bare, maxsplit=1)[0]
    for form in (plain, bare, re.sub(r"[（()）/／、及與和]", "", plain), first if match else ""):
        if form in known and (match or len(form) >= 3):
            return known[form], value.strip().strip("|").strip()
    return None


def _is_date(text: str) -> bool:
    """Whether a line holds a date and nothing else."""
    if len(text) > 30:
        return False
    spans = find_dates(text)
    return len(spans) == 1 and len(text) - (spans[0].end - spans[0].start) <= 6


def _title(plain: list[tuple[int, str]]) -> str:
    """The title among the unlabelled lines: a run of them that reads like one, joined."""
    runs: list[list[str]] = []
    last = -2
    for index, line in plain:
        text = without_notice(line)
        if not text or not _may_be_title(text):
            continue
        if index == last + 1 and runs and not _TITLE_END.search(runs[-1][-1]) and len(runs[-1]) < 4:
            runs[-1].append(text)
        else:
            runs.append([text])
        last = index
    best = max(map(_joined, runs), key=_score, default="")
    return best if best and _score(best) > 0 else ""


def without_notice(line: str) -> str:
    """A line of the front without the notice that it begins with; nothing where it is only that."""
    notice = _NOTICE.match(line)
    return line[notice.end() :].strip() if notice else line


def _may_be_title(text: str) -> bool:
    if len(text) > 80 or "\t" in text or text[-1] in "。；，：:" or _DISCLAIMER.search(text[:6]):
        return False
    return not _is_date(text)


def _joined(lines: list[str]) -> str:
    """One title from its lines: nothing between Chinese characters, a blank beside Latin ones."""
    title = lines[0]
    for line in lines[1:]:
        latin = title[-1].isascii() and line[0].isascii()
        title += (" " if latin else "") + line
    return title


def _close_up(title: str) -> str:
    """A title without the one or two blanks that a line break left between Chinese characters."""
    title = " ".join(title.split())
    return _BREAK.sub("", title) if len(_BREAK.findall(title)) <= 2 else title


def _score(title: str) -> int:
    """How much a line reads like the title of a report."""
    if _GENERIC_TITLE.fullmatch(title):
        return 1
    score = 4 * bool(_REPORT_WORD.search(title)) + 3 * bool(_TRIP_WORD.search(title))
    return score + 2 * bool(_TITLE_END.search(title)) + (1 if 8 <= len(title) <= 60 else 0)
