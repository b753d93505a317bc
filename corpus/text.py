"""Pages of lines become one running text: paragraphs on a line each, page offsets kept.

Hard-wrapped lines are joined, sentences cut by a page break mended, running headers left out.
Nothing but white space is added or taken. Knows nothing of chapters, dates or formats.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from corpus.characters import normalise
from corpus.furniture import Line, without_furniture
from corpus.layout import Layout
from corpus.line_kinds import ALONE, STARTS, ends_sentence, kind_of_line
from corpus.report import Page, RawDocument, RawPage

CJK = "\u2e80-\u2fff\u3005-\u3007\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
WIDE = re.compile(rf"[{CJK}\u3000-\u303f\uff00-\uffef‘’“”…—·]")
SPACED_OUT = re.compile(rf"[{CJK}](?: +[{CJK}]){{1,11}}$")
CAPTION = re.compile(r"\s*(附?圖|照片|相片|表)\s?(\d{1,3})(?=\D)")
NEXT_CAPTION = re.compile(
    r"\s+(?=(附?圖|照片|相片|表)\s?(\d{1,3})(?:\s?[-–~～之]\s?\d{1,3})?(?:\s?[：:]|\s))"
)
ORPHAN = re.compile(rf"[{CJK}]{{1,2}}[。！？]?$")
ORPHAN_AFTER = 40
BRACKETS = {"「": "」", "『": "』", "《": "》", "〈": "〉", "（": "）", "【": "】"}
CONTINUES = "，、,"
MID_SENTENCE = re.compile(r"[。；！？]")
CUT_WIDTH = 60
PAGE_CUT_WIDTH = 40


@dataclass(frozen=True)
class Flow:
    """The text of a document with its pages and (offset, level) of the headings the format marked."""

    text: str
    pages: tuple[Page, ...]
    levels: tuple[tuple[int, int], ...]


def join_pages(raw: RawDocument) -> Flow:
    """One text from the pages of a document."""
    lines = without_furniture([line for index, page in enumerate(raw.pages) for line in _lines(page, index)])
    layout = Layout.of(lines)
    parts: list[str] = []
    starts: dict[int, int] = {}
    levels: list[tuple[int, int]] = []
    length = 0
    for index, line in enumerate(lines):
        glue = _glue(lines[index - 1], line, layout) if index else ""
        length += len(glue)
        starts.setdefault(line.page, length)
        if line.level and glue in ("", "\n"):
            levels.append((length, line.level))
        parts += [glue, line.text]
        length += len(line.text)
    return Flow("".join(parts), tuple(_pages(raw.pages, starts, length)), tuple(levels))


def _lines(page: RawPage, index: int) -> Iterator[Line]:
    """The lines of one page that hold text, measured and named."""
    blanks = 0
    for raw in page.lines:
        for piece in _pieces(normalise(raw.text)):
            text = _tidy(piece)
            if not text:
                blanks += 1
                continue
            yield Line(
                text,
                index,
                raw.level,
                kind_of_line(text),
                blanks,
                len(piece) - len(piece.lstrip()),
                not piece[-1:].isspace(),
            )
            blanks = 0


def _pieces(text: str) -> Iterator[str]:
    """The lines in a reader's line; captions that stand side by side become a line each."""
    for line in text.split("\n"):
        first = CAPTION.match(line)
        start, number = 0, int(first.group(2)) if first else 0
        for mark in NEXT_CAPTION.finditer(line) if first else ():
            if first and mark.group(1) == first.group(1) and int(mark.group(2)) == number + 1:
                yield line[start : mark.end()]
                start, number = mark.end(), int(mark.group(2))
        yield line[start:]


def _tidy(line: str) -> str:
    """Runs of blanks become one, letter-spaced headings close up, tabs between cells stay."""
    if "\t" in line.strip():
        return re.sub(r" {2,}", " ", re.sub(r" *\t *", "\t", line.strip(" "))).strip("\n")
    text = " ".join(line.split())
    return text.replace(" ", "") if SPACED_OUT.match(text) else text


def _glue(before: Line, after: Line, layout: Layout) -> str:
    """What stands between two lines: a line end, or what joins them."""
    if before.level or after.level or before.kind in ALONE or after.kind in ALONE or after.kind in STARTS:
        return "\n"
    if any(rule(before, after, layout) for rule in RULES):
        return _joint(before.text, after.text, layout)
    if layout.slides and not (
        after.blanks or after.kind or before.kind in STARTS or after.page != before.page
    ):
        return " "
    return "\n"


def _is_wrapped(before: Line, after: Line, layout: Layout) -> bool:
    """The line was full, so that its first word had to go to the next line."""
    if not layout.is_full(before, after):
        return False
    if not ends_sentence(before.text):
        return not layout.is_indented(after)
    return not after.kind and layout.continues_after_stop(before, after)


def _is_cut_open(before: Line, after: Line, layout: Layout) -> bool:
    """The line ends with a comma or inside a bracket that the next line closes."""
    if after.kind or (after.blanks and after.page == before.page and not layout.is_prose):
        return False
    if before.text[-1] in CONTINUES:
        return True
    return after.blanks == 0 and _open_bracket(before.text, after.text)


def _is_cut_by_page(before: Line, after: Line, layout: Layout) -> bool:
    """A page break fell inside the sentence of a document that keeps a paragraph on a line."""
    if layout.measure or not layout.is_prose or after.kind or ends_sentence(before.text):
        return False
    if before.text[-1] in "：:" or not MID_SENTENCE.search(after.text):
        return False
    if after.page != before.page and len(before.text) * 2 >= PAGE_CUT_WIDTH and "，" in before.text:
        return before.kind not in ("chapter", "caption", "day")
    return layout.width(before) >= CUT_WIDTH and bool(MID_SENTENCE.search(before.text))


def _is_orphan(before: Line, after: Line, layout: Layout) -> bool:
    """One or two characters that did not fit into a heading set larger than the text."""
    near = not after.blanks and after.page == before.page
    return (
        layout.measure > 0
        and near
        and bool(ORPHAN.match(after.text))
        and layout.width(before) >= ORPHAN_AFTER
        and not ends_sentence(before.text)
    )


RULES = (_is_wrapped, _is_cut_open, _is_cut_by_page, _is_orphan)


def _open_bracket(before: str, after: str) -> bool:
    for opening, closing in BRACKETS.items():
        if before.count(opening) > before.count(closing) and after.count(closing) > after.count(opening):
            return True
    return False


def _joint(before: str, after: str, layout: Layout) -> str:
    """Nothing between Chinese characters, one blank between Latin words."""
    left, right = before[-1], after[0]
    if left == "-" and before[-2:-1].isalpha() and right.isalpha():
        return ""
    wide_left, wide_right = bool(WIDE.match(left)), bool(WIDE.match(right))
    if wide_left and wide_right:
        return ""
    if wide_left or wide_right:
        narrow = right if wide_left else left
        ideograph = left if wide_left else right
        return " " if layout.spaced and narrow.isalnum() and ideograph.isalpha() else ""
    if left in "([/" or right in ")],.;:!?/%":
        return ""
    return " "


def _pages(raw: Sequence[RawPage], starts: dict[int, int], length: int) -> Iterator[Page]:
    """Page offsets without a gap; a page without text has no length."""
    ends = [starts.get(index, -1) for index in range(len(raw))] + [length]
    for index in range(len(raw) - 1, -1, -1):
        if ends[index] < 0:
            ends[index] = ends[index + 1]
    ends[0] = 0
    for index, page in enumerate(raw):
        yield Page(page.number, ends[index], ends[index + 1])
