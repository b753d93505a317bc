"""Paragraphs become chapters: which lines are chapter headings, of what kind, and where each ends.

A document numbers its chapters in one style (第一章, 壹、, 一、, or names alone); the style under
which most kinds of chapter are named is that document's. Lines of a contents list are no headings.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from corpus.headings import chapter_kind, is_contents
from corpus.paragraphs import STYLE_RANK, Paragraph
from corpus.report import Chapter, ChapterKind

MAIN_KINDS = frozenset(
    ("purpose", "process", "reflections", "recommendations", "reflections_and_recommendations")
)
_EXTRA_KINDS = frozenset(("summary", "appendix"))
_COVERS = {"reflections_and_recommendations": {"reflections", "recommendations"}}
_CHAPTER_STYLES = ("chapter", "formal", "cn", "cn_paren", "digit", "roman", "section")
_OWN_WORDS = ("chapter", "formal", "section")

_LEADER = re.compile(r"(?:[.．·‧∙]\s?){3,}|…{1,}|(?:_{3,})")
_PAGE_AT_END = re.compile(r"[\s\t.．·‧∙…_]{0,200}[(（-]?\s?([0-9０-９]{1,3}|[ivxIVX]{1,5})\s?[)）-]?$")
_INLINE = re.compile(r"[：:]\s*|[ \u3000\t]+")
_SENTENCE = re.compile(r"[。；！？]")
_LONGEST_HEADING = 40
_CONTENTS_BODY = 30


@dataclass(frozen=True)
class _Heading:
    """A line that may head a chapter; `listed` where it looks like a line of a contents list."""

    index: int
    kind: ChapterKind | None
    style: str
    number: int
    text: str
    start: int
    body: int
    listed: bool
    level: int
    inline: bool = False
    ends_only: bool = False

    @property
    def key(self) -> tuple[str, int, str]:
        """What two occurrences of the same heading share."""
        return self.style, self.number, "".join(self.text.split())


def find_chapters(paragraphs: Sequence[Paragraph], length: int) -> tuple[Chapter, ...]:
    """The chapters of a text of `length` characters in their order, without overlap; pages are 0."""
    headings = _drop_contents([found for found in _headings(paragraphs) if found], paragraphs)
    style = _chapter_style(headings)
    if style is None:
        return ()
    chosen = _name_unknown(_choose(headings, style))
    ends = [heading.start for heading in chosen[1:]] + [length]
    return tuple(
        Chapter(heading.kind, heading.text, 0, heading.start, heading.body, end)
        for heading, end in zip(chosen, ends, strict=True)
        if heading.kind and not heading.ends_only
    )


def _headings(paragraphs: Sequence[Paragraph]) -> Iterator[_Heading | None]:
    for index, paragraph in enumerate(paragraphs):
        if paragraph.marker or len(paragraph.text) <= _LONGEST_HEADING * 2 or paragraph.level:
            yield _read_row(index, paragraph) if paragraph.text[0] == "|" else _read(index, paragraph)
        elif _INLINE.search(paragraph.text[:12]):
            yield _read(index, paragraph)


def _read_row(index: int, paragraph: Paragraph) -> _Heading | None:
    """A row of a table: only a contents list has chapter headings in one."""
    cells = [cell.strip(" .．·…") for cell in paragraph.text.strip("|").split("|")]
    kinds = [chapter_kind(cell, numbered=False) for cell in cells]
    kind = next((kind for kind in kinds if kind), None)
    if not kind:
        return None
    return _Heading(index, kind, "row", 0, paragraph.text, paragraph.start, paragraph.end, True, 0)


def _read(index: int, paragraph: Paragraph) -> _Heading | None:
    marker = paragraph.marker
    style = marker.style if marker else "plain"
    if style not in _CHAPTER_STYLES and style != "plain":
        return None
    rest = paragraph.rest
    if style == "plain" and is_contents(rest):
        return _Heading(index, "other", style, 0, rest, paragraph.start, paragraph.end, False, 0, False, True)
    name, listed = _without_page(rest)
    heading = _Heading(
        index=index,
        kind=chapter_kind(name, numbered=style in _OWN_WORDS or paragraph.level > 0),
        style=style,
        number=marker.number if marker else 0,
        text=_clean(paragraph.text[: len(paragraph.text) - len(rest)] + name),
        start=paragraph.start,
        body=paragraph.end,
        listed=listed,
        level=paragraph.level,
    )
    return heading if heading.kind else _read_inline(heading, paragraph) or _unknown(heading, name)


def _clean(text: str) -> str:
    return " ".join(text.split()).rstrip(" ：:.．…")


def _without_page(rest: str) -> tuple[str, bool]:
    """A heading without dot leaders and page number, and whether it had them."""
    leader = _LEADER.search(rest)
    if leader:
        return rest[: leader.start()].strip(), True
    cells = rest.split("\t")
    if len(cells) > 1 and cells[-1].strip().isdigit():
        return cells[0].strip(), True
    page = _PAGE_AT_END.search(rest)
    if page and page.start() and chapter_kind(rest[: page.start()], numbered=False):
        return rest[: page.start()].strip(), True
    return rest.strip(), False


def _read_inline(heading: _Heading, paragraph: Paragraph) -> _Heading | None:
    """A chapter whose text begins on the line of its heading: 「壹、目的：本次…」."""
    rest = paragraph.rest
    cut = _INLINE.search(rest, 0, _LONGEST_HEADING)
    if not cut or not cut.start() or cut.end() == len(rest):
        return None
    if heading.style == "plain" and "：" not in cut[0] and ":" not in cut[0]:
        return None
    kind = chapter_kind(rest[: cut.start()], numbered=False)
    if not kind or (kind not in MAIN_KINDS and heading.style == "plain"):
        return None
    if not cut[0].strip() and not _SENTENCE.search(rest):
        return None
    body = paragraph.rest_start + cut.end()
    text = _clean(paragraph.text[: body - paragraph.start])
    return replace(heading, kind=kind, text=text, body=body, inline=True, listed=False)


def _unknown(heading: _Heading, name: str) -> _Heading | None:
    """A numbered or marked heading with a name of its own, a chapter where its style is the document's."""
    if heading.style == "plain" and not heading.level:
        return None
    if len(name) > _LONGEST_HEADING or _SENTENCE.search(name) or name.endswith(("，", ",", "、")):
        return None
    return heading


def _drop_contents(headings: list[_Heading], paragraphs: Sequence[Paragraph]) -> list[_Heading]:
    """Headings without those of contents lists: the last occurrence, or the one with text under it, stays."""
    last = {heading.key: position for position, heading in enumerate(headings)}
    unlisted = {heading.kind for heading in headings if not heading.listed}
    kept: list[_Heading] = []
    for position, heading in enumerate(headings):
        after = headings[position + 1].index if position + 1 < len(headings) else len(paragraphs)
        repeated = last[heading.key] != position
        empty = not heading.inline and _size(paragraphs[heading.index + 1 : after]) < _CONTENTS_BODY
        known_elsewhere = heading.kind in unlisted
        listed = heading.listed and (known_elsewhere or empty or heading.style == "row" or not heading.kind)
        if listed or (repeated and empty and not heading.ends_only):
            if kept and kept[-1].kind == "summary":
                kept.append(replace(heading, ends_only=True))
            continue
        kept.append(heading)
    return kept


def _size(paragraphs: Sequence[Paragraph]) -> int:
    return sum(len(paragraph.text) for paragraph in paragraphs)


def _chapter_style(headings: list[_Heading]) -> str | None:
    """The style that names most kinds of chapter, the outermost of equals; None where none does."""
    kinds: dict[str, set[ChapterKind]] = {}
    for heading in headings:
        if heading.kind in MAIN_KINDS:
            kinds.setdefault(heading.style, set()).add(heading.kind)
    if not kinds:
        return None
    best = max(kinds, key=lambda style: (len(kinds[style]), -STYLE_RANK.get(style, 99)))
    if len(kinds[best]) >= 2 or best in _OWN_WORDS:
        return best
    alone = [h for h in headings if h.style == best and h.kind in MAIN_KINDS and not h.inline]
    return best if alone and (best == "plain" or len(kinds) > 1) else None


def _choose(headings: list[_Heading], style: str) -> list[_Heading]:
    """The headings that begin chapters where chapters are numbered in `style`."""
    covered: set[str] = set()
    for heading in headings:
        if heading.style == style and heading.kind:
            covered |= {heading.kind} | _COVERS.get(heading.kind, set())
    levels = {heading.level for heading in headings if heading.style == style and heading.kind}
    chosen: list[_Heading] = []
    inner = False
    for heading in headings:
        if heading.style != style or heading.ends_only:
            takes = _stands_beside(heading, covered)
        elif heading.kind is None:
            takes = _continues(heading, chosen, levels, inner=inner)
            inner = inner or (bool(chosen) and not takes)
        else:
            takes = not inner or style in _OWN_WORDS or _resumes(heading, chosen, style)
            inner = inner and not takes
        if takes:
            chosen.append(heading)
    return chosen


def _continues(heading: _Heading, chosen: list[_Heading], levels: set[int], *, inner: bool) -> bool:
    """Whether a heading with a name of its own is a chapter: it counts on, or is marked like chapters are."""
    if not chosen:
        return False
    if heading.style == "plain":
        return heading.level in levels - {0}
    return not inner and heading.number == _last_number(chosen, heading.style) + 1


def _resumes(heading: _Heading, chosen: list[_Heading], style: str) -> bool:
    """Whether a named heading goes on with the chapters' numbers after items with numbers of their own."""
    return heading.number > _last_number(chosen, style) or style == "plain"


def _last_number(chosen: list[_Heading], style: str) -> int:
    return next((heading.number for heading in reversed(chosen) if heading.style == style), 0)


def _stands_beside(heading: _Heading, covered: set[str]) -> bool:
    """A heading in another style that still begins a chapter: 摘要, 附錄, or a kind not met otherwise."""
    if heading.ends_only:
        return True
    if heading.kind in _EXTRA_KINDS:
        return heading.style == "plain" and not heading.inline
    wanted = heading.kind in ("reflections", "recommendations", "reflections_and_recommendations")
    return (
        wanted and heading.kind not in covered and not heading.inline and heading.style in ("plain", "formal")
    )


def _name_unknown(chosen: list[_Heading]) -> list[_Heading]:
    """Give chapters with names of their own a kind: between 目的 and 心得 they tell what was done."""
    kinds = [heading.kind for heading in chosen]
    late = {"reflections", "recommendations", "reflections_and_recommendations"}
    named = []
    for position, heading in enumerate(chosen):
        if heading.kind is None:
            before, after = set(kinds[:position]), set(kinds[position + 1 :])
            told = "process" if before & {"purpose", "process"} and after & late else "other"
            heading = replace(heading, kind="process" if told == "process" else "other")
        named.append(heading)
    return named
