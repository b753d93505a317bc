"""Rows of the name tables become entities: places, agencies, events and their editions.

Reads CSV files of data/ and of the user. What an edition is (series, number, year, place) is
derived from its row; a row "第十屆世界城市論壇, WUF10, … Abu Dhabi 2020" says all four.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from importlib import resources
from pathlib import Path

from corpus.numerals import NUMERAL_CHARS, numeral

EVENT = "forum"
HOME_COUNTRY = "臺灣"
# The user's English words lie in the same folder and have other columns.
LEXICON = "lexicon.csv"


@dataclass(frozen=True)
class Entity:
    """A named thing. For an edition of an event `series` names the event; a city's `place` is its country."""

    name: str
    abbr: str
    english: str
    aliases: tuple[str, ...]
    type: str
    edition: int | None = None
    year: int | None = None
    place: str = ""
    series: str = ""

    @property
    def surfaces(self) -> tuple[str, ...]:
        """Every way in which it is written, the canonical name first."""
        return tuple(
            dict.fromkeys(part for part in (self.name, self.abbr, self.english, *self.aliases) if part)
        )


class NamesUnreadable(ValueError):
    """A table of names of the user's cannot be read; the text says which and why."""


_ORDINAL = re.compile(rf"第\s?(?P<n>[0-9]{{1,3}}|[{NUMERAL_CHARS}]{{1,5}})\s?[屆次](?:會議)?")
_ENGLISH_ORDINAL = re.compile(r"\bsession (\d{1,3})\b|\b(\d{1,3})(?:st|nd|rd|th)\b", re.I)
_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")
_NUMBER_IN_ABBR = re.compile(r"\s?-?(\d{1,4})$")
_FOLDED = str.maketrans({"台": "臺", "　": " "})


def load_entities(extra: Path | None = None) -> tuple[Entity, ...]:
    """Every entity of the built-in tables and of `extra` (a CSV file or folder), the user's first."""
    own = [entity for path in _extra_files(extra) for entity in _read_user_rows(path)]
    places = [*_countries(), *_cities()]
    built_in = [_from_row(row) for name in ("glossary", "agencies") for row in _rows(name)]
    merged = _merge([*own, *places, *built_in])
    return tuple(_with_editions(merged))


def _rows(name: str) -> Iterator[dict[str, str]]:
    source = resources.files("corpus").joinpath(f"data/{name}.csv")
    if source.is_file():
        yield from csv.DictReader(source.read_text(encoding="utf-8-sig").splitlines())


def _extra_files(extra: Path | None) -> list[Path]:
    if extra is None or not extra.exists():
        return []
    if not extra.is_dir():
        return [extra]
    return sorted(path for path in extra.glob("*.csv") if path.name != LEXICON)


def _read_user_rows(path: Path) -> list[Entity]:
    try:
        rows = list(csv.DictReader(path.read_text(encoding="utf-8-sig").splitlines()))
    except (OSError, UnicodeDecodeError, csv.Error) as exc:
        raise NamesUnreadable(f"名稱表「{path}」讀不出來：{exc}；請存成 UTF-8 的 CSV 檔。") from exc
    if rows and "canonical_zh" not in rows[0]:
        raise NamesUnreadable(
            f"名稱表「{path}」缺少欄位 canonical_zh；請比照 corpus/data/glossary.csv 的欄位。"
        )
    return [_from_row(row) for row in rows if (row.get("canonical_zh") or "").strip()]


def _from_row(row: dict[str, str]) -> Entity:
    return Entity(
        name=row["canonical_zh"].strip(),
        abbr=(row.get("abbr") or "").strip(),
        english=(row.get("english") or "").strip(),
        aliases=_split(row.get("aliases")),
        type=(row.get("type") or "concept").strip(),
    )


def _split(aliases: str | None) -> tuple[str, ...]:
    return tuple(part.strip() for part in (aliases or "").split("|") if part.strip())


def _countries() -> Iterator[Entity]:
    for row in _rows("countries"):
        yield Entity(row["name"], "", row["english"], _split(row["aliases"]), "country")


def _cities() -> Iterator[Entity]:
    for row in _rows("cities"):
        yield Entity(row["name"], "", row["english"], _split(row["aliases"]), "city", place=row["country"])


def _merge(entities: Iterable[Entity]) -> list[Entity]:
    """One entity for each name: the first keeps its type, later rows of that name add their aliases."""
    merged: dict[str, Entity] = {}
    for entity in entities:
        known = merged.get(entity.name)
        if known is None:
            merged[entity.name] = entity
            continue
        aliases = tuple(dict.fromkeys((*known.aliases, entity.english, *entity.aliases)))
        merged[entity.name] = replace(
            known,
            abbr=known.abbr or entity.abbr,
            english=known.english or entity.english,
            aliases=tuple(alias for alias in aliases if alias and alias != known.english),
        )
    return list(merged.values())


def _with_editions(entities: list[Entity]) -> Iterator[Entity]:
    """The entities, those that are editions of an event with series, number, year and place."""
    events = [entity for entity in entities if entity.type == EVENT]
    series = {
        _key(surface): entity
        for entity in events
        if not _looks_numbered(entity)
        for surface in entity.surfaces
    }
    places = _english_places(entities)
    for entity in entities:
        yield _as_edition(entity, series, places) if entity.type == EVENT else entity


def _key(text: str) -> str:
    return re.sub(r"[\s\-]+", "", text.translate(_FOLDED)).lower()


def _looks_numbered(entity: Entity) -> bool:
    return bool(_ORDINAL.search(entity.name) or _YEAR.search(entity.name))


def _english_places(entities: list[Entity]) -> dict[str, str]:
    """English names of cities, then of countries (Singapore), with their names here."""
    return {
        surface.lower(): entity.name
        for wanted in ("country", "city")
        for entity in entities
        if entity.type == wanted
        for surface in entity.surfaces
        if surface.isascii() or entity.english == surface
    }


def _place_in(english: str, places: dict[str, str]) -> str:
    """The place that an English name ends with or mentions: "session 10, Abu Dhabi 2020" → 阿布達比."""
    words = re.findall(r"[^\W\d_]+(?:['’.-][^\W\d_]+)*\.?", english.lower())
    found = ""
    for size in (1, 2, 3, 4):
        for first in range(len(words) - size + 1):
            found = places.get(" ".join(words[first : first + size]), found)
    return found


def _as_edition(entity: Entity, series: dict[str, Entity], places: dict[str, str]) -> Entity:
    parent = _parent(entity, series) if _looks_numbered(entity) else None
    if parent is None:
        return entity
    texts = entity.surfaces
    return replace(
        entity,
        series=parent.name,
        edition=next(filter(None, map(_edition_in, texts)), None) or _abbr_number(entity.abbr),
        year=next((int(found[0]) for found in map(_YEAR.search, texts) if found), None),
        place=_place_in(entity.english, places),
    )


def _parent(entity: Entity, series: dict[str, Entity]) -> Entity | None:
    """The event of which `entity` is one edition: its name or abbreviation without the number."""
    for text in entity.surfaces:
        for bare in (_ORDINAL.sub("", text), _YEAR.sub("", text), _NUMBER_IN_ABBR.sub("", text)):
            found = series.get(_key(bare)) if bare != text else None
            if found:
                return found
    return None


def _edition_in(text: str) -> int | None:
    found = _ORDINAL.search(text)
    if found:
        return numeral(found["n"])
    english = _ENGLISH_ORDINAL.search(text)
    return int(english[1] or english[2]) if english else None


def _abbr_number(abbr: str) -> int | None:
    found = _NUMBER_IN_ABBR.search(abbr)
    return int(found[1]) if found and int(found[1]) < 1900 else None
