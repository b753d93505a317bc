"""The archive's reports by what they are about: event, time, place, person, file.

Built once per state of the archive from report metadata. Knows no questions and reads
no text.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import TypeVar

from corpus.names import Entity, Names
from corpus.report import DocType
from index.archive import ReportRow
from index.tokenise import fold

NAME_LENGTHS = (2, 3, 4, 5, 6)
LEAST_NAME = 3
MOST_NAMES = 4
LATIN_NAME = re.compile(r"[^\W\d_]+(?:[-'’.][^\W\d_]+)*")
LEAST_FILE_NAME = 6
AGENCY_LENGTHS = range(12, 2, -1)

_Key = TypeVar("_Key")


@dataclass(frozen=True)
class Catalogue:
    """Reports by id, with look-ups from folded names to report ids."""

    rows: dict[str, ReportRow]
    by_event: dict[str, frozenset[str]]
    by_series: dict[str, frozenset[str]]
    by_place: dict[str, frozenset[str]]
    by_person: dict[str, frozenset[str]]
    by_file: dict[str, frozenset[str]]

    @classmethod
    def build(cls, rows: Iterable[ReportRow], names: Names) -> Catalogue:
        """Index the metadata of `rows`; event names are resolved to their series by `names`."""
        tables: dict[str, defaultdict[str, set[str]]] = {
            key: defaultdict(set) for key in ("event", "series", "place", "person", "file")
        }
        by_id = {row.id: row for row in rows}
        for row in by_id.values():
            for event in row.events:
                tables["event"][fold(event)].add(row.id)
                for mention in names.find(event):
                    tables["event"][fold(mention.entity.name)].add(row.id)
                    tables["series"][fold(mention.entity.series or mention.entity.name)].add(row.id)
            for place in (*row.countries, *row.cities):
                tables["place"][fold(place)].add(row.id)
            for person in row.people:
                tables["person"][fold(person)].add(row.id)
            for name in (row.file, row.file.rsplit("/", 1)[-1], row.id):
                tables["file"][fold(name)].add(row.id)
        frozen = {key: {name: frozenset(ids) for name, ids in table.items()} for key, table in tables.items()}
        return cls(
            by_id, frozen["event"], frozen["series"], frozen["place"], frozen["person"], frozen["file"]
        )

    @cached_property
    def latest_year(self) -> int:
        """The year of the latest dated report; 0 where none is dated."""
        return max((moment.year for row in self.rows.values() if (moment := when(row))), default=0)

    @cached_property
    def has_undated(self) -> bool:
        """Whether some document has no date of its own."""
        return any(when(row) is None for row in self.rows.values())

    @cached_property
    def by_type(self) -> dict[DocType, frozenset[str]]:
        """Reports by the kind of document."""
        return _grouped((row.doc_type, key) for key, row in self.rows.items())

    @cached_property
    def _by_year(self) -> dict[int, frozenset[str]]:
        years = ((year, key) for key, row in self.rows.items() for year in _years(row))
        return _grouped(years)

    @cached_property
    def _by_surname(self) -> dict[str, list[str]]:
        people: defaultdict[str, list[str]] = defaultdict(list)
        for name in self.by_person:
            if len(name) in NAME_LENGTHS:
                people[name[0]].append(name)
        return people

    @cached_property
    def _file_lengths(self) -> tuple[int, ...]:
        return tuple(sorted({len(name) for name in self.by_file if len(name) >= LEAST_FILE_NAME}))

    def of_event(self, event: Entity) -> frozenset[str]:
        """Reports on exactly this event: of its edition or year where it has one, else of its series."""
        if not (event.edition or event.year):
            return self.of_series(event)
        direct = self.by_event.get(fold(event.name), frozenset())
        if direct or not event.year:
            return direct
        return frozenset(
            key
            for key in self.of_series(event)
            if self._is_in_year(key, event.year) and self._is_at(key, event)
        )

    def of_series(self, event: Entity) -> frozenset[str]:
        """Reports on any edition of the event's series."""
        names = {fold(event.series or event.name), fold(event.name)}
        found: set[str] = set()
        for name in names:
            found |= self.by_series.get(name, frozenset()) | self.by_event.get(name, frozenset())
        return frozenset(found)

    def of_organiser(self, organisation: Entity) -> frozenset[str]:
        """Trip reports on events that carry the organisation's name."""
        names = {fold(name) for name in (organisation.name, organisation.abbr) if len(name) > LEAST_NAME}
        return frozenset(
            key
            for event, keys in self.by_event.items()
            if any(name in event for name in names)
            for key in keys
            if self.rows[key].doc_type == "trip_report"
        )

    def of_place(self, place: Entity) -> frozenset[str]:
        """Reports on trips to this country or city."""
        found: set[str] = set()
        for name in (place.name, *place.aliases):
            found |= self.by_place.get(fold(name), frozenset())
        return frozenset(found)

    def of_time(self, first: date, last: date) -> frozenset[str]:
        """Reports whose trip (or date, where there is no trip) overlaps the days `first` to `last`."""
        near = (keys for year, keys in self._by_year.items() if first.year <= year <= last.year)
        return frozenset(key for keys in near for key in keys if _overlaps(self.rows[key], first, last))

    def agencies_in(self, folded: str) -> dict[str, frozenset[str]]:
        """Names and short forms (運研所, 臺中水利局) of agencies in `folded` text, with their reports.

        Only those that tell reports apart.
        """
        found: dict[str, frozenset[str]] = {}
        for place in (place for place, letter in enumerate(folded) if letter in self._agency_ends):
            names = (folded[max(0, place + 1 - length) : place + 1] for length in AGENCY_LENGTHS)
            name, keys = next(((n, keys) for n in names if (keys := self._of_agency(n))), ("", frozenset()))
            if name and 2 * len(keys) <= len(self.rows):
                found[name] = keys
        return found

    def _of_agency(self, name: str) -> frozenset[str]:
        reports = (keys for agency, keys in self._by_agency.items() if is_short_for(name, agency))
        return frozenset(key for keys in reports for key in keys)

    @cached_property
    def _agency_ends(self) -> frozenset[str]:
        return frozenset(agency[-1] for agency in self._by_agency)

    @cached_property
    def _by_agency(self) -> dict[str, frozenset[str]]:
        return _grouped((fold(row.agency), key) for key, row in self.rows.items() if row.agency)

    def people_in(self, folded: str) -> tuple[str, ...]:
        """Names of people from the archive that stand in `folded` text."""
        found = [
            folded[start : start + length]
            for length in NAME_LENGTHS
            for start in range(len(folded) - length + 1)
            if folded[start : start + length] in self.by_person
        ]
        chinese = [name for name in found if not name.isascii()]
        words = LATIN_NAME.findall(folded)
        spans = (" ".join(words[a:b]) for a in range(len(words)) for b in range(a + 1, a + 1 + MOST_NAMES))
        return tuple(dict.fromkeys([*chinese, *(name for name in spans if name in self.by_person)]))

    def people_called(self, surname: str) -> list[str]:
        """Full Chinese names of people of the archive with this surname."""
        return self._by_surname.get(surname, [])

    def file_names_in(self, folded: str) -> list[str]:
        """Folded file names and ids of reports that stand in `folded` text."""
        parts = (
            folded[start : start + length]
            for length in self._file_lengths
            for start in range(len(folded) - length + 1)
        )
        return list(dict.fromkeys(part for part in parts if part in self.by_file))

    def files_in(self, folded: str) -> frozenset[str]:
        """Reports whose file name or id stands in `folded` text."""
        return frozenset(key for name in self.file_names_in(folded) for key in self.by_file[name])

    def _is_in_year(self, key: str, year: int) -> bool:
        row = self.rows[key]
        moment = row.start_date or row.report_date
        return moment is not None and moment.year == year

    def _is_at(self, key: str, event: Entity) -> bool:
        row = self.rows[key]
        return (
            not event.place
            or not row.cities
            or any(fold(event.place) in fold(city) or fold(city) in fold(event.place) for city in row.cities)
        )


def is_short_for(name: str, agency: str) -> bool:
    """Whether folded `name` keeps characters of an agency's, in order, its last among them.

    As 史前馆 does of 国立台湾史前文化博物馆.
    """
    letters = iter(agency)
    return name[-1:] == agency[-1:] and all(letter in letters for letter in name)


def _grouped(pairs: Iterable[tuple[_Key, str]]) -> dict[_Key, frozenset[str]]:
    groups: defaultdict[_Key, set[str]] = defaultdict(set)
    for key, value in pairs:
        groups[key].add(value)
    return {key: frozenset(values) for key, values in groups.items()}


def when(row: ReportRow) -> date | None:
    """The date by which a report is put in order."""
    return row.start_date or row.report_date


def newest_first(rows: Sequence[ReportRow]) -> list[ReportRow]:
    """Reports by date, the latest first, undated ones last."""
    return sorted(rows, key=lambda row: (when(row) or date.min, row.file), reverse=True)


def _years(row: ReportRow) -> range:
    start = when(row)
    return range(start.year, max(start, row.end_date or start).year + 1) if start else range(0)


def _overlaps(row: ReportRow, first: date, last: date) -> bool:
    start = row.start_date or row.report_date
    if start is None:
        return False
    end = row.end_date or start
    return start <= last and first <= end
