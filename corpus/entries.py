"""The numbered entries of a chapter as a tree: 一、 over (一) over 1., each with heading and body.

Reads paragraphs and numbering marks only. Which entries count as items is decided in `items`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from corpus.headings import chapter_kind
from corpus.numerals import numeral
from corpus.paragraphs import Marker, Paragraph, read_marker

WEAK_STYLES = frozenset(("ordinal", "alpha", "roman", "circled", "bullet"))
LONGEST_HEADING = 45
TERM = r"(?:立即可行|立即|即時|短、?中期|短期|近期|中、?長期|中、?短期|中程|中期|長程|長期)"
PURE_TERM = re.compile(
    rf"[【\[(（]?(?P<term>{TERM})(?:性|程)?(?:可行)?(?:之|的)?"
    r"(?:建議|作法|做法|措施|規劃|目標|方面|部分|事項|作為|策略)*[】\])）]?[：:]?$"
)
_TERM_LEAD = re.compile(rf"(?P<term>{TERM}(?:性|程)?(?:建議|方面|作法|措施)?)[：:]\s?(?=\S)")
_ENDS = re.compile(r"[。！？；]")
_CAPTION = re.compile(
    r"(?:附?圖|照片|相片|附?表|圖片)\s?[0-9０-９一二三四五六七八九十]{1,3}(?:[-–~～、之][0-9]{1,3})?[ ：:、.]"
)
_FIELD = re.compile(r"[^\s，。：:]{2,10}[：:]")
_INLINE_MARKS = (
    re.compile(r"(?:(?<=[。；;：:])|^)\s?(?P<n>[一二三四五六七八九十]{1,3})、"),
    re.compile(r"(?:(?<=[。；;：:])|^)\s?[(（](?P<n>[一二三四五六七八九十]{1,3})[)）]"),
    re.compile(r"(?:(?<=[。；;：:])|^)\s?(?P<n>[0-9]{1,2})[.、](?![0-9])"),
    re.compile(r"(?:(?<=[。；;：:])|^)\s?第?(?P<n>[一二三四五六七八九十]{1,2})[，,、]"),
)


@dataclass
class Entry:
    """One numbered entry or unnumbered sub-heading; `own_end` is where its text ends and children begin."""

    style: str
    number: int
    written: str
    heading: str
    start: int
    body: int
    own_end: int
    end: int
    children: list[Entry] = field(default_factory=list)

    @property
    def own_length(self) -> int:
        """Characters of its own text, without heading and children."""
        return max(0, self.own_end - self.body)


def is_heading_like(text: str, longest: int = LONGEST_HEADING) -> bool:
    """Whether a line reads as a heading: short, no sentence, no caption, no row of a table."""
    if not 2 <= len(text) <= longest or "\t" in text or text[0] in "|「" or _ENDS.search(text):
        return False
    return text[-1] not in "，,、" and not _CAPTION.match(text) and not text.isdigit()


def find_entries(paragraphs: Sequence[Paragraph], body: int, end: int) -> Entry:
    """The tree of entries of a chapter's paragraphs; the root stands for the chapter itself."""
    kept = list(paragraphs)
    styles = _entry_styles(kept)
    if not styles or sum(p.marker is not None for p in kept) == 1:
        kept = [piece for paragraph in kept for piece in _split_inline(paragraph)]
        styles = _entry_styles(kept)
    if not styles:
        styles = _fallback_styles(kept)
    root = Entry("chapter", 0, "", "", body, body, body, end)
    stack = [root]
    for index, paragraph in enumerate(kept):
        following = kept[index + 1] if index + 1 < len(kept) else None
        entry = _entry(paragraph, following, styles)
        depth = _depth(entry, stack) if entry else None
        if entry is None or depth is None:
            _extend(stack, paragraph)
            continue
        del stack[depth:]
        stack[-1].children.append(entry)
        stack.append(entry)
        _extend(stack[:-1], paragraph, own=False)
    return root


def _extend(stack: list[Entry], paragraph: Paragraph, *, own: bool = True) -> None:
    """Let every open entry reach the end of `paragraph`; it is the last one's own text."""
    for entry in stack[1:]:
        entry.end = max(entry.end, paragraph.end)
    if own and stack and not stack[-1].children:
        stack[-1].own_end = paragraph.end


def _entry_styles(paragraphs: Sequence[Paragraph]) -> frozenset[str]:
    """The numbering styles in use: those that begin with one, weak ones only where two follow."""
    seen: dict[str, list[int]] = {}
    for paragraph in paragraphs:
        if paragraph.marker:
            seen.setdefault(paragraph.marker.style, []).append(paragraph.marker.number)
    found = {style for style, numbers in seen.items() if 1 in numbers and style not in WEAK_STYLES}
    found |= {style for style in ("ordinal", "circled", "roman") if {1, 2} <= set(seen.get(style, ()))}
    return frozenset(found)


def _fallback_styles(paragraphs: Sequence[Paragraph]) -> frozenset[str]:
    """Bullets, else unnumbered sub-headings, where a chapter has no numbers."""
    bullets = sum(1 for paragraph in paragraphs if paragraph.marker and paragraph.marker.style == "bullet")
    if bullets >= 2:
        return frozenset(("bullet",))
    return frozenset(("sub",))


def _entry(paragraph: Paragraph, following: Paragraph | None, styles: frozenset[str]) -> Entry | None:
    """The entry that a paragraph begins, None where it is running text."""
    marker = paragraph.marker
    if marker and marker.style in styles:
        return _numbered(paragraph, marker, following)
    term = _TERM_LEAD.match(paragraph.text)
    if term:
        return _open("sub", 0, "", paragraph, term["term"], paragraph.start + term.end())
    if not marker and _is_group(paragraph, following, styles):
        return _open("sub", 0, "", paragraph, paragraph.text.rstrip("：:"), paragraph.end)
    return None


def _is_group(paragraph: Paragraph, following: Paragraph | None, styles: frozenset[str]) -> bool:
    """An unnumbered line that heads what follows: 心得, 立即可行建議, or any sub-heading without numbers."""
    text = paragraph.text
    if not is_heading_like(text) or following is None:
        return False
    if PURE_TERM.match(text) or chapter_kind(text, numbered=False) in ("reflections", "recommendations"):
        return True
    if _FIELD.match(text) and not text.endswith(("：", ":")):
        return False
    opens_numbers = following.marker is not None and following.marker.number == 1
    plain_body = "sub" in styles and following.marker is None and not is_heading_like(following.text)
    return (
        paragraph.level > 0
        or (opens_numbers and following.marker.style in styles if following.marker else False)
        or plain_body
    )


def _open(style: str, number: int, written: str, paragraph: Paragraph, heading: str, body: int) -> Entry:
    return Entry(style, number, written, heading, paragraph.start, body, paragraph.end, paragraph.end)


def _numbered(paragraph: Paragraph, marker: Marker, following: Paragraph | None) -> Entry:
    """A numbered entry with its heading told from the text on the same line."""
    rest = paragraph.rest
    heading, body = split_heading(rest, following)
    start = paragraph.rest_start + body
    return _open(marker.style, marker.number, marker.written, paragraph, heading, start)


def split_heading(rest: str, following: Paragraph | None) -> tuple[str, int]:
    """The heading at the start of `rest` and where the body begins behind it."""
    # After a number 「甲」與「乙」… is a heading, which on its own might be somebody's words.
    if is_heading_like(rest.removeprefix("「")) or PURE_TERM.match(rest):
        return rest.rstrip("：:").strip(), len(rest)
    has_body = following is not None and following.marker is None and not is_heading_like(following.text)
    if rest.endswith("。") and has_body and is_heading_like(rest[:-1], 30):
        return rest[:-1], len(rest)
    cut = re.search(r"[：:]\s*|[ \u3000]{2,}|\u3000", rest)
    if cut and 2 <= cut.start() <= 35 and cut.end() < len(rest) and is_heading_like(rest[: cut.start()]):
        return rest[: cut.start()].strip(), cut.end()
    return "", 0


def _depth(entry: Entry, stack: list[Entry]) -> int | None:
    """How much of the open stack stays above `entry`; None where its number does not fit."""
    if entry.style == "sub":
        return _sub_depth(entry, stack)
    for depth in range(len(stack) - 1, 0, -1):
        if stack[depth].style == entry.style:
            fits = entry.number > stack[depth].number or entry.style in ("bullet", "dotted")
            return depth if fits or entry.number == 1 else None
    return len(stack) if entry.number == 1 or len(stack) == 1 or entry.style == "bullet" else None


def _sub_depth(entry: Entry, stack: list[Entry]) -> int:
    """A sub-heading closes everything open, unless it stands inside a wider unnumbered group."""
    wide = len(stack) > 1 and stack[1].style == "sub" and bool(_GROUP_WORDS.search(stack[1].heading))
    inner = not _GROUP_WORDS.search(entry.heading)
    return 2 if wide and inner else 1


_GROUP_WORDS = re.compile(r"心得|建議")


def _split_inline(paragraph: Paragraph) -> Iterator[Paragraph]:
    """Pieces of a paragraph that counts 一、…。二、… within its text; the paragraph itself otherwise."""
    for pattern in _INLINE_MARKS:
        cuts = _consecutive(
            [(match.start(), numeral(match["n"])) for match in pattern.finditer(paragraph.text)]
        )
        if len(cuts) < 2:
            continue
        bounds = sorted({0, *cuts}) + [len(paragraph.text)]
        for first, last in zip(bounds, bounds[1:], strict=False):
            piece = paragraph.text[first:last].strip()
            if piece:
                start = paragraph.start + paragraph.text.index(piece, first)
                yield Paragraph(piece, start, start + len(piece), 0, read_marker(piece))
        return
    yield paragraph


def _consecutive(marks: list[tuple[int, int | None]]) -> list[int]:
    """The places of the numbers 1, 2, 3 … in order."""
    cuts: list[int] = []
    for place, number in marks:
        if number == len(cuts) + 1:
            cuts.append(place)
    return cuts
