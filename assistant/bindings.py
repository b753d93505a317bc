"""Whether what a sentence says of something is said of the same thing: numbers, dates, and who acts.

A value may stand in the passages and yet belong to another matter. Each value of a clause is looked for
where the rest of the clause is said; another value of its kind that stands there instead is its rival.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace

from assistant.actors import RIVALS, Actor, Actors
from assistant.alignment import Aligner, Field, strength
from assistant.claims import Clause, Word, days_agree
from assistant.named import Named
from assistant.quantities import ABOUT, Quantity, spaced
from corpus.dates import DateSpan

ROC = 1911
FARTHEST, FALLING = 2, 0.15
LEAST_WEIGHT, FIGURE = 5.0, 5.0
CARRIED, BESIDE = 0.9, 0.6
LOOKS_BACK = 3
_LONE_DAY = re.compile(r"(?:^|[(,;、])\s?([12]?\d|3[01])日(?![圆元内间])")
_YEAR = re.compile(r"\d{2,4}\s?年|(?:19|20)\d\d|[一二〇○零九百]{2,}\s?年")


@dataclass(frozen=True)
class Binding:
    """How a value sits: the fit of the rest of its clause where it stands best (`own`).

    `rival` is the fit of the best place that has another value of its kind instead, written `instead`.
    """

    kind: str
    surface: str
    own: float
    rival: float
    instead: str

    @property
    def lost(self) -> float:
        """How much better the place of the rival fits than its own."""
        return self.rival - self.own if self.instead else 0.0


class Binder:
    """Binds the values of one sentence's clauses to the places of a field."""

    def __init__(self, aligner: Aligner, actors: Actors) -> None:
        self.field = aligner.field
        self.claims = aligner.claims
        self.acting = [actors.of(clause, english=self.claims.english) for clause in self.claims.clauses]
        self._there = [actors.of(spot.clause) for spot in self.field.spots]
        heads = [clause for source in self.field.sources for clause in source.head.clauses]
        self._head = [actor for clause in heads for actor in actors.of(clause)]
        paths = (heading for source in self.field.sources for heading in source.ground.path)
        self._named = "\n".join((self.field.text, *map(spaced, paths)))
        self._meant = [self._resolve(at) for at in range(len(self._there))]

    def all(self) -> tuple[Binding, ...]:
        """The bindings of all values of the sentence."""
        found: list[Binding] = []
        for clause, acting in zip(self.claims.clauses, self.acting, strict=True):
            found += self._numbers(clause)
            found += self._dates(clause)
            found += self._years(clause)
            found += self._actors(clause, acting)
        return tuple(found)

    def is_own(self, actor: Actor) -> bool:
        """Whether it is the office or city whose report is cited: its own report need not name it."""
        agencies = [spaced(source.ground.agency) for source in self.field.sources]
        return any(spelling in agency for spelling in actor.spellings for agency in agencies)

    def instead_of(self, actor: Actor) -> Actor | None:
        """Who stands in the passages where neither they nor their headings name the actor."""
        there = [other for spot in self._there for other in spot]
        named = any(actor.is_same(other) for other in there)
        if named or any(spelling in self._named for spelling in actor.spellings):
            return None
        rivals = [a for a in there if a.kind in RIVALS[actor.kind] and a.kind != "home"]
        said = [a for acting in self.acting for a in acting]
        return next((rival for rival in rivals if not any(rival.is_same(other) for other in said)), None)

    def meant(self, at: int) -> tuple[Actor, ...]:
        """The actors of a clause of the field, with that which 該市 and the like stand for."""
        return self._meant[at]

    def _resolve(self, at: int) -> tuple[Actor, ...]:
        meant: list[Actor] = []
        for actor in self._there[at]:
            if actor.kind == "that":
                before = [a for n in range(at) for a in self._there[n] if a.kind in ("place", "office")]
                before = before or [a for a in self._head if a.kind == "place"]
                meant += [replace(one, at=actor.at) for one in before[-1:]]
            meant.append(actor)
        return tuple(meant)

    def _numbers(self, clause: Clause) -> Iterator[Binding]:
        about = bool(ABOUT.search(clause.folded))
        said = [q for q in clause.quantities if not q.is_one]
        for quantity in said:
            fits = self._fits(clause, (quantity.surface,))
            if fits is None:
                continue

            def has(other: Clause, quantity: Quantity = quantity) -> bool:
                return any(quantity.agrees(q, about=about) for q in other.quantities)

            def others(other: Clause, quantity: Quantity = quantity) -> list[str]:
                return [
                    q.surface
                    for q in other.quantities
                    if q.kind == quantity.kind and not any(q.agrees(x, about=about) for x in said)
                ]

            yield self._bound("number", quantity.surface, fits, (has, others))

    def _years(self, clause: Clause) -> Iterator[Binding]:
        """Years, and which other one is named where the rest of the clause is said."""
        for year in years_of(clause):
            fits = self._fits(clause, (str(year),))
            is_written = any(year in years_of(spot.clause) for spot in self.field.spots)
            if fits is None or (not is_written and self._has_year(year)):
                continue

            def has(other: Clause, year: int = year) -> bool:
                return year in years_of(other)

            def others(other: Clause) -> list[str]:
                return [str(found) for found in sorted(years_of(other))]

            yield self._bound("year", str(year), fits, (has, others))

    def _dates(self, clause: Clause) -> Iterator[Binding]:
        for day in clause.dates:
            surface = clause.text[day.start : day.end]
            fits = self._fits(clause, (surface,))
            if fits is None or day.precision == "year":
                continue

            def has(other: Clause, day: DateSpan = day) -> bool:
                return any(days_agree(day, d) for d in other.dates) or day.first.day in _lone_days(other)

            def others(other: Clause, day: DateSpan = day) -> list[str]:
                there = [other.text[d.start : d.end] for d in other.dates if d.precision == day.precision]
                return there or [f"{n}日" for n in _lone_days(other) if day.precision == "day"]

            yield self._bound("date", surface, fits, (has, others))

    def _has_year(self, year: int) -> bool:
        """Whether a passage names the year, or the trip of a further report fell in it."""
        starts = (source.ground.start_date for source in self.field.sources[1:])
        if any(day is not None and day.year == year for day in starts):
            return True
        written = re.search(rf"(?<!\d)(?:{year}|{year - ROC})(?!\d)", self._named)
        return bool(written)

    def _bound(
        self,
        kind: str,
        surface: str,
        fits: Sequence[float],
        tests: tuple[Callable[[Clause], bool], Callable[[Clause], list[str]]],
    ) -> Binding:
        has, others = tests
        field = self.field
        own = max([_near(fits, at, field) for at, s in enumerate(field.spots) if has(s.clause)], default=0.0)
        rival, instead = 0.0, ""
        for at, spot in enumerate(field.spots):
            if fits[at] > rival and not has(spot.clause) and (there := others(spot.clause)):
                rival, instead = fits[at], there[0]
        return Binding(kind, surface, own, rival, instead)

    def _actors(self, clause: Clause, acting: Sequence[Actor]) -> Iterator[Binding]:
        for actor in acting:
            # What an English word for a role stands for is too uncertain.
            is_vague = actor.kind == "that" or (self.claims.english and actor.kind == "role")
            fits = None if is_vague else self._fits(clause, actor.spellings)
            if fits is None:
                continue
            own = rival = 0.0
            instead = ""
            for at, fit in enumerate(fits):
                share, other = self._place(actor, at, acting)
                own = max(own, share * fit)
                if other and fit > rival:
                    rival, instead = fit, other.surface
            yield Binding(actor.kind, actor.surface, own, rival, instead)

    def _place(self, actor: Actor, at: int, acting: Sequence[Actor]) -> tuple[float, Actor | None]:
        """How far the actor is that of a spot, and who is instead."""
        there = self._meant[at]
        if any(actor.is_same(other) for other in there):
            return 1.0, None
        rivals = [a for a in there if a.kind in RIVALS[actor.kind]]
        rivals = [a for a in rivals if not any(a.is_same(other) for other in acting)]
        before = self._before(at)
        beside = any(actor.is_same(other) for other in before)
        if rivals:
            return BESIDE if beside else 0.0, rivals[0]
        last = next(
            (a for a in reversed(before) if a.kind == actor.kind or a.kind in RIVALS[actor.kind]), None
        )
        taken = last is not None and not actor.is_same(last) and not any(last.is_same(a) for a in acting)
        return (BESIDE, None) if taken and not beside else (CARRIED, None)

    def _before(self, at: int) -> list[Actor]:
        """The actors of the clauses that go before a spot in its sentence."""
        first = self.field.sentences[self.field.spots[at].sentence].spots.start
        return [actor for n in range(max(first, at - LOOKS_BACK), at) for actor in self._meant[n]]

    def _fits(self, clause: Clause, spellings: Sequence[str]) -> list[float] | None:
        """How the rest of a clause fits each spot; None where little is left of it."""
        words = [word for word in clause.words if not _is_part(word, spellings)]
        weight = sum(word.weight for word in words)
        if weight < LEAST_WEIGHT:
            return None
        figures = [q for q in clause.quantities if not q.is_one and q.surface not in spellings]
        names = [name for name in clause.names if name.kind == "latin" and name.surface not in spellings]
        whole = weight + FIGURE * len(figures) + FIGURE * len(names)
        return [
            (_fit(words, s.clause.folded) + _figures(figures, s.clause) + _names(names, s.clause)) / whole
            for s in self.field.spots
        ]


def years_of(clause: Clause) -> frozenset[int]:
    """The years that a clause names, by themselves or with a day."""
    explicit = (day for day in clause.dates if _YEAR.search(clause.text[day.start : day.end]))
    return clause.years | {day.first.year for day in explicit}


def _lone_days(clause: Clause) -> tuple[int, ...]:
    """Days written without their month: 21日清晨抵達."""
    return tuple(int(found[1]) for found in _LONE_DAY.finditer(clause.folded))


def _fit(words: Sequence[Word], folded: str) -> float:
    return sum(word.weight * strength(word, folded) for word in words)


def _figures(figures: Sequence[Quantity], there: Clause) -> float:
    return FIGURE * sum(any(q.agrees(other) for other in there.quantities) for q in figures)


def _names(names: Sequence[Named], there: Clause) -> float:
    return FIGURE * sum(any(spelling in there.folded for spelling in name.spellings) for name in names)


def _is_part(word: Word, spellings: Sequence[str]) -> bool:
    return any(word.text in spelling or spelling in word.text for spelling in spellings)


def _near(fits: Sequence[float], at: int, field: Field) -> float:
    """The fit of a place, or most of that of its neighbours in the sentence."""
    inside = field.sentences[field.spots[at].sentence].spots
    near = range(at - FARTHEST, at + FARTHEST + 1)
    return max(fits[n] * (1 - FALLING * abs(n - at)) for n in near if n in inside)
