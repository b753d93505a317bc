"""A document's text as paragraphs, and the numbering mark that a paragraph may begin with.

Looks at one line at a time. What the numbers mean (chapter, item) is decided elsewhere.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from corpus.numerals import numeral


@dataclass(frozen=True)
class Marker:
    """A numbering mark: its style ("cn" for 一、), value, the number as written, where the rest begins."""

    style: str
    number: int
    written: str
    end: int


@dataclass(frozen=True)
class Paragraph:
    """One non-empty line of the stored text, stripped; `text == stored[start:end]`."""

    text: str
    start: int
    end: int
    level: int
    marker: Marker | None

    @property
    def rest(self) -> str:
        """The text after the numbering mark."""
        return self.text[self.marker.end :] if self.marker else self.text

    @property
    def rest_start(self) -> int:
        """Where in the stored text `rest` begins."""
        return self.start + (self.marker.end if self.marker else 0)


_CN = "〇零一二三四五六七八九十廿卅百"
_FORMAL = "壹貳貮參叁叄参肆伍陸陆柒捌玖拾"
_CIRCLED = {
    char: value
    for first, last in (("①", "⑳"), ("⑴", "⒇"), ("㈠", "㈩"), ("㊀", "㊉"), ("❶", "❿"))
    for value, char in enumerate(map(chr, range(ord(first), ord(last) + 1)), start=1)
}
_GAP = r"[ \u3000\t]{0,4}"
_DOTS = "●○•‧∙▪▫■□◆◇★☆※➢➤►▶▲△✓✔◎⊙\uf000-\uf0ff"
_ANY = rf"[{_CN}{_FORMAL}0-9０-９]"

# style, pattern with the group "n"; outermost style first
_STYLES: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("chapter", re.compile(rf"第{_GAP}(?P<n>{_ANY}{{1,4}}){_GAP}[章篇部][ 分]?{_GAP}[：:、.．]?{_GAP}")),
    ("section", re.compile(rf"第{_GAP}(?P<n>[{_CN}0-9０-９]{{1,4}}){_GAP}節{_GAP}[：:、.．]?{_GAP}")),
    (
        "formal",
        re.compile(
            rf"[(（【]?{_GAP}(?P<n>[{_FORMAL}]{{1,3}}){_GAP}(?:[、.．：:)）】]|(?=[ \u3000\t])){_GAP}"
        ),
    ),
    ("cn", re.compile(rf"(?P<n>[{_CN}]{{1,3}}){_GAP}[、.．]{_GAP}")),
    ("cn_paren", re.compile(rf"[(（]{_GAP}(?P<n>[{_CN}]{{1,3}}){_GAP}[)）]{_GAP}[、：:]?{_GAP}")),
    ("digit_paren", re.compile(rf"[(（]{_GAP}(?P<n>[0-9０-９]{{1,2}}){_GAP}[)）]{_GAP}[、：:]?{_GAP}")),
    (
        "dotted",
        re.compile(
            r"(?P<n>[0-9]{1,2}[.．-][0-9]{1,2})(?:[.．-][0-9]{1,2})?[.．、]?[ \u3000\t]{1,4}"
            r"(?![公萬億倍%度小元坪噸])"
        ),
    ),
    ("digit", re.compile(rf"(?P<n>[0-9０-９]{{1,2}}){_GAP}(?:[、．)）]|\.(?![0-9])){_GAP}")),
    (
        "named",
        re.compile(rf"(?:建議|心得)(?:事項)?{_GAP}(?P<n>{_ANY}{{1,2}}){_GAP}(?:[：:、.．]|$){_GAP}"),
    ),
    ("ordinal", re.compile(rf"(?:其|第)(?P<n>[{_CN}]{{1,2}}){_GAP}[，,、：:]{_GAP}")),
    ("circled", re.compile(rf"(?P<n>[{''.join(_CIRCLED)}]){_GAP}[、.]?{_GAP}")),
    ("roman", re.compile(rf"(?P<n>[IVX]{{1,4}}|[Ⅰ-Ⅻ]){_GAP}[、.．]{_GAP}")),
    ("alpha", re.compile(rf"[(（]?(?P<n>[A-Za-z])(?:[)）]|[.．、](?![A-Za-z])){_GAP}")),
    ("bullet", re.compile(rf"(?P<n>[{_DOTS}])[ \u3000\t]{{0,4}}|[-–*+][ \u3000\t]{{1,4}}(?=\S)")),
)  # fmt: skip
STYLE_RANK = {style: rank for rank, (style, _) in enumerate(_STYLES)}
_FIRST_CHARS = frozenset(
    "第（(【建心其IVXⅠⅡⅢⅣⅤⅥⅦⅧⅨⅩⅪⅫ●○•‧∙▪▫■□◆◇★☆※➢➤►▶▲△✓✔◎⊙-–*+0123456789０１２３４５６７８９"
    + _CN
    + _FORMAL
    + "".join(_CIRCLED)
)
_ROMAN = {"I": 1, "V": 5, "X": 10}


def find_paragraphs(text: str, levels: tuple[tuple[int, int], ...] = ()) -> tuple[Paragraph, ...]:
    """The non-empty lines of `text`; `levels` are (offset, level) of lines marked as headings."""
    marked = dict(levels)
    found = []
    position = 0
    for line in text.split("\n"):
        stripped = line.strip()
        if stripped:
            start = position + line.index(stripped[0])
            level = marked.get(position) or marked.get(start) or 0
            found.append(Paragraph(stripped, start, start + len(stripped), level, read_marker(stripped)))
        position += len(line) + 1
    return tuple(found)


def read_marker(line: str) -> Marker | None:
    """The numbering mark at the start of a stripped line, None where it has none."""
    if line[:1] not in _FIRST_CHARS and line[1:2] not in ".．、":
        return None
    for style, pattern in _STYLES:
        match = pattern.match(line)
        if match and match.end() <= len(line):
            number = _value(style, match["n"])
            if number is not None:
                return Marker(style, number, _written(style, match), match.end())
    return None


def _value(style: str, written: str | None) -> int | None:
    if style == "bullet":
        return 0
    if written is None:
        return None
    if style == "circled":
        return _CIRCLED[written]
    if style == "alpha":
        return ord(written.upper()) - ord("A") + 1
    if style == "roman":
        return ord(written) - ord("Ⅰ") + 1 if written >= "Ⅰ" else _roman(written)
    if style == "dotted":
        return numeral(re.split(r"[.．-]", written)[-1])
    return numeral(written)


def _roman(written: str) -> int:
    values = [_ROMAN[char] for char in written]
    return sum(-v if v < after else v for v, after in zip(values, [*values[1:], 0], strict=True))


def _written(style: str, match: re.Match[str]) -> str:
    """The number as the document writes it, brackets kept: "一", "(二)", "1"."""
    if style == "bullet":
        return ""
    mark = match[0].strip()
    if style in ("cn_paren", "digit_paren"):
        return "".join(mark.rstrip("、：:").split())
    return match["n"]
