"""What a sentence says that its grounds do not say at all: a number, a date, a name.

Each is a finding with the reason to show. Where it is said, and of what, is looked at elsewhere.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Literal

from assistant.alignment import Field
from assistant.claims import Claims, days_agree
from assistant.matching import occurs
from assistant.named import GENERIC_OFFICES, Named
from assistant.quantities import ABOUT, spaced
from assistant.ranges import other_ranges
from corpus.dates import DateSpan
from index.tokenise import fold, traditional

Kind = Literal["number", "date", "name", "quote", "word"]
_ROC_YEAR = re.compile(r"(?<![\d.,/])(1[0-4]\d)\s?年")
_TWO = re.compile(fold("雙|兩|二"))
_SHORT_OFFICE = 4
LONGEST_STRETCH, MOST_COUNTED = 31, 5


@dataclass(frozen=True)
class Finding:
    """Something wrong with a sentence: which value, the sentence that says so, and whether it is sure."""

    kind: Kind
    value: str
    reason: str
    is_sure: bool = True


def unfounded(claims: Claims, field: Field) -> tuple[Finding, ...]:
    """Everything that the sentence says and no ground does."""
    return (
        *_numbers(claims, field),
        *_ranges(claims, field),
        *_dates(claims, field),
        *_names(claims, field),
    )


def _numbers(claims: Claims, field: Field) -> Iterator[Finding]:
    known = [q for s in field.sources for read in (s.body, s.head) for q in read.quantities]
    years, days = known_years(field), known_days(field)
    for clause in claims.clauses:
        about = bool(ABOUT.search(clause.folded))
        for said in clause.quantities:
            if said.is_one or any(said.agrees(other, about=about) for other in known):
                continue
            if (said.value == 2 and _TWO.search(field.text)) or (not said.kind and int(said.value) in years):
                continue
            if said.kind == "day" and any(_is_day_of(int(said.value), day) for day in days):
                continue
            value = traditional(said.surface)
            # Two or three of a kind may be what the sentence itself counts.
            is_sure = bool(said.kind) or said.value > MOST_COUNTED or value[:1].isdigit()
            yield Finding("number", value, f"數字「{value}」不在引用的段落裡", is_sure)


def _ranges(claims: Claims, field: Field) -> Iterator[Finding]:
    for found in other_ranges(claims.folded, field.text):
        value = traditional(found.surface)
        yield Finding("number", value, f"「{value}」這個範圍不在引用的段落裡")


def _is_day_of(number: int, known: DateSpan) -> bool:
    """Whether 13日 stands for a known date, or for a day of a known stretch of days."""
    if (known.last - known.first).days > LONGEST_STRETCH:
        return False
    return number in {known.first.day, known.last.day} or known.first.day < number < known.last.day


def known_years(field: Field) -> frozenset[int]:
    """The years that the grounds name, or in which their reports' trips fell."""
    years: set[int] = set()
    for source in field.sources:
        for read in (source.body, source.head):
            years |= read.years | {day.first.year for day in read.dates} | {d.last.year for d in read.dates}
            years |= {int(found[1]) + 1911 for found in _ROC_YEAR.finditer(read.text)}
        ground = source.ground
        years |= {day.year for day in (ground.start_date, ground.end_date, ground.report_date) if day}
    return frozenset(years)


def known_days(field: Field) -> tuple[DateSpan, ...]:
    """The dates that the grounds name, with the first and last day of their reports' trips."""
    days = [day for s in field.sources for read in (s.body, s.head) for day in read.dates]
    for source in field.sources:
        ground = source.ground
        edges = [day for day in (ground.start_date, ground.end_date, ground.report_date) if day]
        days += [_day(day) for day in edges]
        if ground.start_date and ground.end_date:
            days.append(DateSpan(0, 0, ground.start_date, ground.end_date, "month"))
    return tuple(days)


def _day(day: date) -> DateSpan:
    return DateSpan(0, 0, day, day, "day")


def _dates(claims: Claims, field: Field) -> Iterator[Finding]:
    days, years = known_days(field), known_years(field)
    for clause in claims.clauses:
        for said in clause.dates:
            in_years = said.precision == "year" and said.first.year in years and said.last.year in years
            if not in_years and not any(days_agree(said, known) for known in days):
                value = clause.text[said.start : said.end].strip()
                yield Finding("date", value, f"日期「{value}」不在引用的段落裡")
        for year in clause.years - years:
            yield Finding("date", str(year), f"年份「{year}」不在引用的段落裡")


def _names(claims: Claims, field: Field) -> Iterator[Finding]:
    for name in claims.names:
        if is_founded(name, field):
            continue
        if name.kind == "quote":
            # Chinese words that an English sentence quotes are meant as they stand.
            is_sure = claims.english and "…" not in name.surface
            yield Finding("quote", name.surface, f"「{name.surface}」不是引用的段落裡的說法", is_sure)
        else:
            # A capitalised English word may be a name put into English.
            is_sure = not (name.kind == "latin" and claims.english)
            yield Finding("name", name.surface, f"「{name.surface}」不在引用的段落裡", is_sure)


def is_founded(name: Named, field: Field) -> bool:
    """Whether the grounds, their headings or their reports' facts name this."""
    if name.kind == "surname":
        if name.surface.isascii() and occurs(fold(name.surface), field.all):
            return True
        return any(_has_surname(surname, name, field) for surname in name.spellings)
    text = field.all
    if any(spelling in text for spelling in name.spellings):
        return True
    if name.kind == "person":
        return any(spaced(person) in name.spellings for s in field.sources for person in s.ground.people)
    if name.kind == "office":
        core = GENERIC_OFFICES.sub("", name.spellings[0])
        return core != name.spellings[0] and core in text or _is_short_for(name.spellings[0], field)
    if name.kind == "latin":
        return any(name.spellings[0] in spelling for other in _known(field) for spelling in other.spellings)
    if name.type in ("organisation", "agency") and any(_is_short_for(s, field) for s in name.spellings):
        return True
    return name.kind == "known" and any(_is_same_or_in(other, name) for other in _known(field))


def _is_same_or_in(other: Named, name: Named) -> bool:
    """Whether both are the same, or one is the country of the other."""
    return bool(set(name.spellings) & set(other.spellings)) or spaced(other.place) in name.spellings


def _known(field: Field) -> Iterable[Named]:
    return (name for s in field.sources for read in (s.body, s.head) for name in read.names)


def _has_surname(surname: str, name: Named, field: Field) -> bool:
    """Whether somebody in the grounds bears the surname, or stands so beside the title."""
    people = (spaced(person) for source in field.sources for person in source.ground.people)
    named = (n.spellings[0] for n in _known(field) if n.kind in ("person", "surname"))
    if any(person.startswith(surname) for person in (*people, *named)):
        return True
    title = re.escape(fold(name.surface).removeprefix(surname))
    beside = re.compile(rf"{surname}[一-鿿]{{0,3}} ?{title}|{title} ?{surname}")
    return beside.search(field.text) is not None or (len(surname) > 1 and surname in field.text)


def _is_short_for(office: str, field: Field) -> bool:
    """Whether a name in the grounds has the same characters in the same order: 都發局 for 都市發展局."""
    if not 2 < len(office) <= _SHORT_OFFICE or office.isascii():
        return False
    pattern = re.compile("[一-鿿]{0,3}".join(map(re.escape, office)))
    return pattern.search(field.all) is not None
