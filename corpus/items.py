"""The items of 心得 and 建議: one record for each reflection or recommendation of a report.

An item is the leaf-most numbered entry that carries text of its own: a level that only groups
others (一、立即可行建議 over (一)(二)) gives them its term and, where they have none, its heading.
A chapter without entries is one item. Knows the entries of a chapter, not how chapters are found.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from corpus.entries import PURE_TERM, TERM, Entry, find_entries
from corpus.headings import chapter_kind
from corpus.paragraphs import Paragraph
from corpus.report import Chapter, Item, ItemKind

_OWN_TEXT = 40
_SHORT_CHILD = 30
_MIN_TEXT = 6
_IN_BRACKETS = re.compile(rf"[（(【\[]\s?(?P<term>{TERM})(?:性|程)?(?:建議)?\s?[)）】\]]")
_TERM_FIELD = re.compile(rf"(?:期程|時程|性質|類別|辦理期程)[：:]\s?(?P<term>{TERM})")
_LABELLED = re.compile(
    r"心得[：:]\s*(?P<reflection>.+?)\s*\n(?P<label>建議[：:])\s*(?P<recommendation>.+)", re.DOTALL
)
_ADVICE = re.compile(
    r"建議(?!書|案|者)|建請|(?:^|[，。；])(?:未來|本市|本府|市府|各局處|各機關|後續|爾後|嗣後)?[^，。；]{0,8}(?<!適|相|對|供|反|因|回)(?:應(?!用|對|變|邀|急|援|有盡有)|宜(?!居|蘭|人)|可(?:考慮|研議|參考|規劃|評估|借鏡))"
)
_ITEM_KINDS: dict[str, tuple[ItemKind, ...]] = {
    "reflections": ("reflections",),
    "recommendations": ("recommendations",),
    "reflections_and_recommendations": ("reflections", "recommendations"),
}


@dataclass(frozen=True)
class _Group:
    """What the levels above an entry say about it."""

    kind: ItemKind | None = None
    term: str = ""
    heading: str = ""


def find_items(text: str, chapters: Sequence[Chapter], paragraphs: Sequence[Paragraph]) -> tuple[Item, ...]:
    """The items of every chapter of 心得 and 建議, in the order of the text; pages are left 0."""
    found: list[Item] = []
    for chapter in chapters:
        if chapter.kind in _ITEM_KINDS:
            inside = [p for p in paragraphs if chapter.body <= p.start < chapter.end]
            found.extend(_chapter_items(text, chapter, inside))
    return tuple(found)


def _chapter_items(text: str, chapter: Chapter, inside: Sequence[Paragraph]) -> Iterator[Item]:
    kinds = _ITEM_KINDS[chapter.kind]
    root = find_entries(inside, chapter.body, chapter.end)
    group = _Group(kind=kinds[0] if len(kinds) == 1 else None)
    items = [] if _is_whole(root) else list(_leaves(text, chapter, root, group))
    if items:
        yield from items
        return
    yield from _whole_chapter(text, chapter, inside, kinds)


def _is_whole(root: Entry) -> bool:
    """A chapter whose running text far outweighs the few entries at its end is one item."""
    numbered = sum(child.end - child.start for child in root.children)
    return root.own_length > 300 and root.own_length > 2 * numbered


def _leaves(text: str, chapter: Chapter, entry: Entry, group: _Group) -> Iterator[Item]:
    beside_items = any(_stands_alone(text, child) for child in entry.children)
    for child in entry.children:
        inner = _inherit(child, group)
        if child.children and (_names_group(child) or not beside_items and _only_groups(text, child)):
            yield from _leaves(text, chapter, child, inner)
        elif child.heading or _trimmed(text, child.body, child.end)[1] - child.body >= _MIN_TEXT:
            yield from _items_of(text, chapter, child, inner)


def _stands_alone(text: str, entry: Entry) -> bool:
    """Whether an entry is an item without sub-points; then its neighbours are items too."""
    return not entry.children and len(text[entry.body : entry.end].strip()) >= _OWN_TEXT


def _names_group(entry: Entry) -> bool:
    """Whether an entry's heading only says 心得, 建議 or a term."""
    return bool(PURE_TERM.match(entry.heading) or _heading_kind(entry.heading))


def _only_groups(text: str, entry: Entry) -> bool:
    """Whether an entry serves as a heading for its children rather than as an item with sub-points."""
    lengths = [child.end - child.start for child in entry.children]
    if sum(lengths) < _SHORT_CHILD * len(lengths) and entry.style != "sub":
        return False
    own = text[entry.body : entry.own_end].strip()
    return len(own) < _OWN_TEXT or own.endswith(("：", ":"))


def _heading_kind(heading: str) -> ItemKind | None:
    kind = chapter_kind(heading, numbered=False)
    return kind if kind in ("reflections", "recommendations") else None


def _inherit(entry: Entry, group: _Group) -> _Group:
    """The group with what an entry's heading adds; a heading that only names kind or term is no heading."""
    kind = group.kind or _heading_kind(entry.heading)
    pure = PURE_TERM.match(entry.heading)
    if group.kind is None and kind is None and pure and "建議" in entry.heading:
        kind = "recommendations"
    named = "" if pure or _heading_kind(entry.heading) else entry.heading
    return _Group(kind, pure["term"] if pure else group.term, named or group.heading)


def _items_of(text: str, chapter: Chapter, entry: Entry, group: _Group) -> Iterator[Item]:
    """The entry as an item; as two under one heading where its parts are labelled 心得： and 建議：."""
    whole = _item(text, chapter, entry, group)
    parts = _LABELLED.fullmatch(text[entry.body : whole.end].strip()) if group.kind is None else None
    if parts is None:
        yield whole
        return
    cut = text.index(parts["label"], entry.body)
    yield replace(
        whole, kind="reflections", text=parts["reflection"], end=_trimmed(text, whole.start, cut)[1]
    )
    yield replace(whole, kind="recommendations", text=parts["recommendation"], start=cut)


def _item(text: str, chapter: Chapter, entry: Entry, group: _Group) -> Item:
    start, end = _trimmed(text, entry.body, entry.end)
    body = text[start:end]
    heading = entry.heading or group.heading
    kind = group.kind or ("recommendations" if _is_advice(entry.heading, body) else "reflections")
    return Item(
        kind=kind,
        chapter=chapter.heading,
        number=entry.written,
        heading=heading,
        text=body,
        page=0,
        start=entry.start,
        end=max(end, entry.start),
        term=_term(entry.heading, body, group) if kind == "recommendations" else "",
    )


def _trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    """The span without white space at its ends."""
    part = text[start:end]
    stripped = part.strip()
    if not stripped:
        return end, end
    start += part.index(stripped[0])
    return start, start + len(stripped)


def _term(heading: str, body: str, group: _Group) -> str:
    for found in (_IN_BRACKETS.search(heading), PURE_TERM.match(heading), _TERM_FIELD.search(body)):
        if found:
            return found["term"]
    return group.term


def _is_advice(heading: str, body: str) -> bool:
    """Whether an item of a merged chapter recommends: it says 建議, or what should or may be done."""
    first = re.split(r"[。！？]", body, maxsplit=1)[0]
    return bool(_ADVICE.search(heading) or _ADVICE.search(first) or "建議" in body)


def _whole_chapter(
    text: str, chapter: Chapter, inside: Sequence[Paragraph], kinds: tuple[ItemKind, ...]
) -> Iterator[Item]:
    """The chapter as one item; a merged one is cut where its paragraphs begin to recommend."""
    cut = chapter.end
    if len(kinds) == 2:
        advice = [p.start for p in inside if _ADVICE.search(re.split(r"[。！？]", p.text, maxsplit=1)[0])]
        cut = advice[0] if advice else chapter.end
    for kind, first, last in ((kinds[0], chapter.body, cut), (kinds[-1], cut, chapter.end)):
        start, end = _trimmed(text, first, last)
        if start < end:
            yield Item(kind, chapter.heading, "", chapter.heading, text[start:end], 0, start, end)
