"""Where and when a trip went, and to which events: destinations, period and canonical event names.

Works on paragraphs, cover fields and found names. A place is a destination when the cover, the
title, the itinerary or a movement in the report's account says so; a mere mention is none.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from corpus.dates import DateSpan, find_dates
from corpus.name_tables import EVENT, HOME_COUNTRY, Entity
from corpus.names import Mention, Names
from corpus.paragraphs import Paragraph
from corpus.sections import is_day_heading

CITY_STATES = frozenset(("新加坡", "香港", "澳門", "摩納哥"))
_SHORT_COUNTRIES = dict(
    pair.split(":")
    for pair in (
        "日:日本 韓:南韓 美:美國 英:英國 法:法國 德:德國 泰:泰國 越:越南 星:新加坡 澳:澳洲 加:加拿大"
        " 荷:荷蘭 印:印度 菲:菲律賓 港:香港"
    ).split()
)
_SHORT_COUNTRY = re.compile(
    rf"(?P<verb>赴|訪|出訪)(?P<short>[{''.join(_SHORT_COUNTRIES)}])(?![本國南韓洲拿蘭律度尼]|利坡|門問|勒)"
)
_LONGEST_TRIP = 1200
_REACH = 14
_MOVES = re.compile(
    r"(?:抵達|到達|前往|飛往|飛抵|轉往|轉赴|赴|啟程往|移動至|轉移至|位於|位在|造訪|走訪|參訪|考察|拜會|停留|入住)"
    r"[^。；！？、]{0,8}$"
)
_HELD_BEFORE = re.compile(r"(?:於|在)[^，。；]{0,6}$")
_HELD_AFTER = re.compile(r"[^，。；]{0,14}(?:舉行|舉辦|召開|登場|會談|會晤|洽談|座談|展開|開幕)")
_TRANSIT_BEFORE = re.compile(r"(?:經由?|途經|轉經|自|從|由)$")
_TRANSIT_AFTER = re.compile(
    r"[^，。；]{0,6}(?:轉機|過境|返國|返回|返抵|返臺|搭機|啟程|出發)|商|籍|裔|館|橋|路|街|駐"
)
_ARRIVAL_AFTER = re.compile(r"[^。；]{0,20}(?:機場|接機|車站|港口)|，[^。]{0,40}接機")
_TAKES_PART = re.compile(r"參加|出席|參與|舉辦|舉行|召開|主辦|辦理|與會")
_TITLE_EVENT = re.compile(
    r"(?:參加|出席|參與)(?P<name>[^，。]{4,60}?"
    r"(?:論壇|會議|高峰會|峰會|年會|大會|博覽會|展覽會?|研討會|研習會?|工作坊|世界展|展))"
)
_PLACES = ("country", "city")
_GENERIC_EVENTS = frozenset(("市長論壇", "全會演講", "圓桌會議"))


@dataclass(frozen=True)
class Trip:
    """What is known of a trip; a briefing or a news text has none of it but events."""

    countries: tuple[str, ...] = ()
    cities: tuple[str, ...] = ()
    events: tuple[str, ...] = ()
    start: date | None = None
    end: date | None = None


def read_period(value: str, paragraphs: Sequence[Paragraph]) -> tuple[date | None, date | None]:
    """First and last day of a trip: from the cover field, the itinerary, or the day headings."""
    for days in (
        _days(value, None),
        _itinerary_days(paragraphs),
        _heading_days(paragraphs),
        _stated(paragraphs),
    ):
        known = sorted(days)
        if known and (known[-1] - known[0]).days <= _LONGEST_TRIP:
            return known[0], known[-1]
    return None, None


def _days(text: str, year: int | None) -> list[date]:
    """The first and last days of the day spans of a text; a year stands for those without."""
    spans = find_dates(text.replace("同年", ""), year=year)
    dated = [span for span in spans if span.precision == "day"]
    if year is None and dated:
        spans = find_dates(text.replace("同年", ""), year=dated[0].first.year)
        dated = [span for span in spans if span.precision == "day"]
    return [day for span in dated for day in (span.first, span.last)]


def _context_year(paragraphs: Sequence[Paragraph]) -> int | None:
    """The year of the first full date of a document."""
    for paragraph in paragraphs[:200]:
        spans = [span for span in find_dates(paragraph.text[:400]) if span.precision == "day"]
        if spans:
            return spans[0].first.year
    return None


def _itinerary_days(paragraphs: Sequence[Paragraph]) -> list[date]:
    rows = [paragraph.text.split("\t")[0] for paragraph in paragraphs if "\t" in paragraph.text]
    rows = [cell for cell in rows if cell[:1].isdigit() and len(cell) <= 30]
    year = _context_year(paragraphs) if rows else None
    days = [day for cell in rows for day in _days(cell, year)]
    return days if len(set(days)) >= 2 else []


def _heading_days(paragraphs: Sequence[Paragraph]) -> list[date]:
    heads = [paragraph.text for paragraph in paragraphs if is_day_heading(paragraph.text)]
    year = _context_year(paragraphs) if heads else None
    return [day for head in heads for day in _days(head, year)]


def _stated(paragraphs: Sequence[Paragraph]) -> list[date]:
    """A range of days stated in running text: 「…於113年4月1日至7日赴…」."""
    for paragraph in paragraphs[:40]:
        spans = find_dates(paragraph.text)
        for span in spans:
            if span.precision == "day" and 0 < (span.last - span.first).days <= 60:
                return [span.first, span.last]
    return []


def read_destinations(
    area: str, title: str, account: Sequence[Paragraph], names: Names
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Countries and cities of a trip, from the cover, the title, and the account of its days."""
    stated = _places(names.find(area))
    titled = _places(names.find(_SHORT_COUNTRY.sub(_full_country, title)))
    rows = [cell for p in account if "\t" in p.text for cell in p.text.split("\t")[1:3] if len(cell) <= 20]
    headed = [p.text for p in account if is_day_heading(p.text)]
    shown = _places([mention for text in (*rows, *headed) for mention in names.find(text)])
    told = _moved_to([p.text for p in account], names)
    countries = [e.name for e in (*stated, *titled) if e.type == "country"] if stated or titled else []
    cities = [entity for entity in (*stated, *titled, *shown, *told) if entity.type == "city"]
    if countries:
        cities = [city for city in cities if city.place in countries]
    countries += [city.place for city in cities]
    if not countries:
        countries = [entity.name for entity in (*shown, *told) if entity.type == "country"]
    named = [city.name for city in cities] + [name for name in countries if name in CITY_STATES]
    return tuple(dict.fromkeys(countries)), tuple(dict.fromkeys(named))


def _full_country(match: re.Match[str]) -> str:
    return match["verb"] + _SHORT_COUNTRIES[match["short"]]


def _places(mentions: Iterable[Mention]) -> list[Entity]:
    """Countries and cities abroad, an event's own place included."""
    return [m.entity for m in mentions if m.entity.type in _PLACES and not _at_home(m.entity)]


def _place_of(mention: Mention, names: Names) -> Entity | None:
    """The country or city that is named, also at the head of a longer name (阿布達比國家展覽中心)."""
    if mention.entity.type in _PLACES:
        return mention.entity
    inner = names.find(mention.surface[:-1])
    return inner[0].entity if inner and not inner[0].start and inner[0].entity.type in _PLACES else None


def _at_home(entity: Entity) -> bool:
    return HOME_COUNTRY in (entity.name, entity.place)


def _moved_to(texts: Sequence[str], names: Names) -> list[Entity]:
    """Places that the account goes to; an airport alone counts only where the place is named again."""
    strong: list[Entity] = []
    weak: list[Entity] = []
    count: Counter[str] = Counter()
    for text in texts:
        for mention in names.find(text):
            entity = _place_of(mention, names)
            if entity is None or _at_home(entity):
                continue
            count[entity.name] += 1
            before, after = (
                text[max(0, mention.start - _REACH) : mention.start],
                text[mention.end : mention.end + 48],
            )
            if not _goes_there(before, after):
                continue
            (weak if _ARRIVAL_AFTER.match(after) else strong).append(entity)
    return strong + [entity for entity in weak if count[entity.name] > 1]


def _goes_there(before: str, after: str) -> bool:
    """Whether the words around a place tell of going there or of something held there."""
    if _TRANSIT_BEFORE.search(before) or _TRANSIT_AFTER.match(after):
        return False
    held = _HELD_BEFORE.search(before) and _HELD_AFTER.match(after)
    return bool(_MOVES.search(before) or held)


def read_events(
    title: str, account: Sequence[Paragraph], purpose: Sequence[Paragraph], names: Names
) -> list[Entity]:
    """The events of a trip: of the title and the itinerary, else those that the text says it took part in."""
    rows = [cell for p in account if "\t" in p.text for cell in p.text.split("\t")[1:]]
    found = _events(names, [title, *rows])
    if not found:
        own = _TITLE_EVENT.search(title)
        found = [Entity(own["name"].strip(), "", "", (), EVENT)] if own else []
    if not found:
        told = [p.text for p in purpose]
        found = [
            e for e in _events(names, told) if e.name not in _GENERIC_EVENTS and _took_part(e, told, names)
        ]
    return found


def _events(names: Names, texts: Iterable[str]) -> list[Entity]:
    found = {m.entity.name: m.entity for text in texts for m in names.find(text) if m.entity.type == EVENT}
    return list(found.values())


def _took_part(entity: Entity, texts: Sequence[str], names: Names) -> bool:
    for text in texts:
        for mention in names.find(text):
            if mention.entity == entity and _TAKES_PART.search(
                text[max(0, mention.start - 30) : mention.end + 12]
            ):
                return True
    return False


def name_events(
    events: Sequence[Entity], places: Iterable[str], start: date | None, names: Names
) -> tuple[str, ...]:
    """Canonical names: each event, and the edition that its place and date single out."""
    there = set(places)
    named: list[str] = []
    for event in events:
        edition = event if event.series else _edition_of(event, there, start, names)
        named += [event.series, event.name] if event.series else [event.name]
        named += [edition.name] if edition else []
    return tuple(dict.fromkeys(name for name in named if name))


def _edition_of(event: Entity, places: set[str], start: date | None, names: Names) -> Entity | None:
    """The known edition of the year, where its place is none or one of the trip's."""
    if start is None:
        return None
    for edition in names.editions(event.name):
        if edition.year == start.year and (not edition.place or edition.place in places):
            return edition
    return None


def first_span(text: str) -> DateSpan | None:
    """The first day or month of a text."""
    return next((span for span in find_dates(text) if span.precision != "year"), None)


def mentioned_events(mentions: Iterable[Mention]) -> list[Entity]:
    """Every event among the mentions of a text, generic ones left out."""
    found = {m.entity.name: m.entity for m in mentions if m.entity.type == EVENT}
    return [entity for name, entity in found.items() if name not in _GENERIC_EVENTS]
