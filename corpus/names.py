"""Names in running text: places, agencies, events by any of their names, and which edition is meant.

Matching is longest first over folded text (width, case, 臺/台, blanks), so "Ｗｕｆ １０", "WUF-10",
"第 10 屆世界城市論壇" and "2020 世界城市論壇" name one event. Knows nothing of reports or questions.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache
from operator import add
from pathlib import Path

from corpus.name_tables import EVENT, Entity, load_entities
from corpus.numerals import NUMERAL_CHARS, numeral, to_chinese

_GAPS = " \u3000-‐‑–·・'’"
_FULL_WIDTH = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)}
_VARIANTS = {"台": "臺", "祕": "秘", "佈": "布", "峯": "峰", "\u3000": " ", "­": "-"}
_LATIN_CASE = {
    code: ord(chr(code).lower())
    for code in [*range(0x41, 0x5B), *range(0xC0, 0x180)]
    if len(chr(code).lower()) == 1
}
_FOLD: dict[int, int | str] = {**_LATIN_CASE, **{ord(key): value for key, value in _VARIANTS.items()}}
_FOLD.update({code: chr(plain).lower() for code, plain in _FULL_WIDTH.items()})
_GAP_SET = frozenset(_GAPS)
_GAP = re.compile(f"[{re.escape(_GAPS)}]")
_BRACKETED = re.compile(r"\([a-z][a-z0-9 \-]{1,14}\)(?=[\u3400-\u9fff])")
_WORD = re.compile(r"[a-z0-9\u00df-\u024f]")
_LETTER_GAP = re.compile(rf"(?<=[a-z])[{re.escape(_GAPS)}]+(?=[a-z])")

_BEFORE = re.compile(
    rf"(?:(?P<year>(?:19|20)\d\d|\d{{2,3}}(?=\s?年))\s?(?:年度?)?\s?)?"
    rf"(?:第\s?(?P<n>\d{{1,3}}|[{NUMERAL_CHARS}]{{1,5}})\s?[屆次]\s?)?$"
)
_AFTER = re.compile(
    rf"[ -]?(?P<year>(?:19|20)\d\d)(?!\d)|[ -]?(?P<n>\d{{1,3}})(?![\d.,%/]|\s?[位個年月日場大國城屆名天人項])"
    rf"|\s?第\s?(?P<o>\d{{1,3}}|[{NUMERAL_CHARS}]{{1,5}})\s?[屆次]"
)

_AFTER_CHINESE = re.compile(r"[ -]?(?P<year>(?:19|20)\d\d)(?!\d|\s?[年/.])")


@dataclass(frozen=True)
class Mention:
    """`text[start:end]` (= `surface`) names `entity`."""

    entity: Entity
    start: int
    end: int
    surface: str


@dataclass(frozen=True)
class _Surface:
    """One way to write an entity, folded; `gaps` blanks may part its Latin words; `plain` has none."""

    folded: str
    entity: Entity
    gaps: int
    plain: bool


_Span = tuple[Entity, int, int]


class Names:
    """The known names, ready to be found."""

    def __init__(self, entities: tuple[Entity, ...], surfaces: dict[str, _Surface]) -> None:
        self.entities = entities
        self._surfaces = surfaces
        self._sizes = _sizes_by_start(surfaces)
        self._by_name = {entity.name: entity for entity in entities}
        self._editions: dict[str, list[Entity]] = {}
        for entity in entities:
            if entity.series:
                self._editions.setdefault(entity.series, []).append(entity)

    @classmethod
    def load(cls, extra: Path | None = None) -> Names:
        """The built-in names, with those of the CSV file or folder `extra` before them."""
        return _built_in() if extra is None else cls.from_entities(load_entities(extra))

    @classmethod
    def from_entities(cls, entities: tuple[Entity, ...]) -> Names:
        """Names over these entities; of two that share a surface the earlier one has it."""
        taken: dict[str, _Surface] = {}
        for surfaces in (_canonical, _others):
            for entity in entities:
                for surface in surfaces(entity):
                    folded = compact(surface)
                    if len(folded) > 1:
                        gaps = len(_LETTER_GAP.findall(surface.translate(_FOLD)))
                        taken.setdefault(folded, _Surface(folded, entity, gaps, not _WORD.search(folded)))
        return cls(entities, taken)

    def named(self, name: str) -> Entity | None:
        """The entity whose canonical name is `name`."""
        return self._by_name.get(name)

    def editions(self, series: str) -> tuple[Entity, ...]:
        """The known editions of an event, in the order of their years."""
        return tuple(
            sorted(self._editions.get(series, ()), key=lambda entity: (entity.year or 0, entity.edition or 0))
        )

    def find(self, text: str) -> tuple[Mention, ...]:
        """Every name in `text`, leftmost longest, without overlap; numbers make editions of events."""
        folded = text.translate(_FOLD)
        spans = self._spans(folded) + self._bracketed_spans(folded)
        spans.sort(key=lambda span: (span[1], -span[2]))
        mentions, reached = [], 0
        for entity, start, end in spans:
            if start >= reached:
                reached = end
                mentions.append(
                    self._with_edition(Mention(entity, start, end, text[start:end]), text, folded)
                )
        return tuple(_without_overlap(mentions))

    def _spans(self, folded: str) -> list[_Span]:
        """Where names stand in folded text, leftmost longest."""
        packed, places = _pack(folded)
        sizes, surfaces = self._sizes, self._surfaces
        reached = 0
        found: list[_Span] = []
        for at in [at for at, pair in enumerate(map(add, packed, packed[1:])) if pair in sizes]:
            if at < reached:
                continue
            for size in sizes[packed[at : at + 2]]:
                surface = surfaces.get(packed[at : at + size])
                if surface is None or at + size > len(packed):
                    continue
                start, end = places[at], places[at + size - 1] + 1
                if surface.plain or _stands_alone(folded, start, end, surface.gaps):
                    found.append((surface.entity, start, end))
                    reached = at + size
                    break
        return found

    def _bracketed_spans(self, folded: str) -> list[_Span]:
        """Names parted by an abbreviation: 城市與地方政府聯盟(UCLG)亞太分會."""
        brackets = [match.span() for match in _BRACKETED.finditer(folded)]
        if not brackets:
            return []
        blanked = _BRACKETED.sub(lambda match: " " * len(match[0]), folded)
        starts = [start for start, _ in brackets]
        found: list[_Span] = []
        for entity, start, end in self._spans(blanked):
            at = bisect_right(starts, start)
            if at < len(brackets) and brackets[at][1] < end:
                found.append((entity, start, end))
        return found

    def _with_edition(self, mention: Mention, text: str, folded: str) -> Mention:
        """The mention of one edition, where a number or a year stands beside the name of an event."""
        if mention.entity.type != EVENT:
            return mention
        series = mention.entity.series or mention.entity.name
        before = _BEFORE.search(folded, max(0, mention.start - 16), mention.start)
        latin = _WORD.match(folded[mention.end - 1])
        after = (_AFTER if latin else _AFTER_CHINESE).match(folded, mention.end)
        number = _number(before, "n") or _number(after, "n") or _number(after, "o")
        year = _year(before) or _year(after)
        if number is None and year is None:
            return mention
        entity = self._edition(mention.entity, series, number, year)
        start = before.start() if before and before[0] else mention.start
        end = after.end() if after else mention.end
        return Mention(entity, start, end, text[start:end])

    def _edition(self, entity: Entity, series: str, number: int | None, year: int | None) -> Entity:
        """The known edition with this number or year, else one of which only these are known."""
        if entity.edition and number in (None, entity.edition) and year in (None, entity.year):
            return entity
        editions = self.editions(series)
        for known in editions:
            if (number and known.edition == number) or (not number and year and known.year == year):
                return known
        if number is None and not editions:
            return entity
        parent = self._by_name.get(series, entity)
        name = f"第{to_chinese(number)}屆{series}" if number else f"{year}{series}"
        abbr = f"{parent.abbr}{number}" if number and parent.abbr.isascii() and parent.abbr else ""
        return replace(
            parent, name=name, abbr=abbr, aliases=(), edition=number, year=year, series=parent.name, place=""
        )


@cache
def _built_in() -> Names:
    return Names.from_entities(load_entities())


def compact(text: str) -> str:
    """`text` as it is matched: folded in width, case and variants, without blanks and hyphens."""
    return _GAP.sub("", text.translate(_FOLD))


def _canonical(entity: Entity) -> tuple[str, ...]:
    return (entity.name,)


def _others(entity: Entity) -> tuple[str, ...]:
    return entity.surfaces[1:]


def _sizes_by_start(surfaces: Iterable[str]) -> dict[str, tuple[int, ...]]:
    """First two characters → the lengths of the names that begin so, longest first."""
    sizes: dict[str, set[int]] = {}
    for surface in surfaces:
        sizes.setdefault(surface[:2], set()).add(len(surface))
    return {start: tuple(sorted(lengths, reverse=True)) for start, lengths in sizes.items()}


def _pack(folded: str) -> tuple[str, Sequence[int]]:
    """The text without gaps, and where each of its characters stands."""
    packed = _GAP.sub("", folded)
    if len(packed) == len(folded):
        return packed, range(len(folded))
    return packed, [place for place, char in enumerate(folded) if char not in _GAP_SET]


def _stands_alone(folded: str, start: int, end: int, gaps: int) -> bool:
    """Latin names must stand as words: "UN" is not in "FUN" nor in "a UN", but CSW is in CSW67."""
    if len(_LETTER_GAP.findall(folded, start, end)) > gaps:
        return False
    if start and _WORD.match(folded[start]) and _WORD.match(folded[start - 1]):
        return False
    if end < len(folded) and _WORD.match(folded[end - 1]) and _WORD.match(folded[end]):
        return folded[end - 1].isalpha() and folded[end].isdigit()
    return True


def _number(match: re.Match[str] | None, group: str) -> int | None:
    return numeral(match[group]) if match and match.groupdict().get(group) else None


def _year(match: re.Match[str] | None) -> int | None:
    written = match["year"] if match else None
    if not written:
        return None
    value = int(written)
    return value if value > 1900 else value + 1911


def _without_overlap(mentions: Iterable[Mention]) -> Iterator[Mention]:
    """Mentions in order; one that a number before the next has grown into is cut out."""
    kept: list[Mention] = []
    for mention in mentions:
        while kept and kept[-1].end > mention.start:
            kept.pop()
        kept.append(mention)
    return iter(kept)
