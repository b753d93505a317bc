"""Which reports a question is about, and what it names that the archive does not have.

Decides from names, editions, times and places against the catalogue. Does not look at
passages; whether the chosen reports answer the question is `assistant.answerable`'s.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from assistant.catalogue import Catalogue
from assistant.question import Question, ordinals_in
from assistant.terms import OFFICIAL
from corpus.dates import DateSpan
from corpus.names import Entity
from index.tokenise import fold

ORGANISERS = frozenset({"organisation", "programme"})


@dataclass(frozen=True)
class Missing:
    """Something the question names that no report covers: `what` as shown to the user."""

    sort: str
    what: str


@dataclass(frozen=True)
class Scope:
    """`reports` is None for the whole archive; `firm` where the wording leaves no other reading.

    `used`, `people` and `agencies` are the names that chose the reports; sentences need not repeat them;
    `near` are reports to offer where something is missing.
    """

    reports: frozenset[str] | None = None
    firm: bool = False
    used: frozenset[Entity] = frozenset()
    people: frozenset[str] = frozenset()
    agencies: frozenset[str] = frozenset()
    dated: bool = False
    missing: tuple[Missing, ...] = ()
    near: frozenset[str] = frozenset()
    sides: tuple[tuple[str, frozenset[str]], ...] = ()


def find_scope(question: Question, catalogue: Catalogue) -> Scope:
    """The reports that the names, times and places of `question` point to."""
    named = catalogue.files_in(fold(question.text))
    if named:
        return Scope(named, firm=True)
    people = catalogue.people_in(fold(question.text)) if question.kind == "reports" else ()
    if people and not question.names_a_trip:
        return Scope(frozenset(key for name in people for key in catalogue.by_person[name]), firm=True)
    scope = _by_events(question, catalogue)
    if scope.missing:
        return scope
    scope = _by_organisers(question, catalogue, scope)
    scope = _by_document_types(question, catalogue, scope)
    scope = _by_places(question, catalogue, scope)
    scope = _by_travellers(question, catalogue, scope)
    scope = _by_dates(question, catalogue, scope)
    return scope if scope.missing else _by_agencies(question, catalogue, scope)


def _by_events(question: Question, catalogue: Catalogue) -> Scope:
    found: set[str] = set()
    used: set[Entity] = set()
    sides: list[tuple[str, frozenset[str]]] = []
    for event in _most_specific(question.events):
        matches = _trips_first(_of_edition(event, question, catalogue), catalogue)
        if matches:
            beside = _editions_beside(event, question, catalogue)
            found |= matches.union(*(reports for _, reports in beside))
            used.add(event)
            sides += beside if len(beside) > 1 else [*beside, (event.name, matches)]
            continue
        near = catalogue.of_series(event)
        if _asks_for_edition(event, question) and (near or event.edition or event.year):
            return Scope(
                frozenset(), True, missing=(Missing("event", _show_event(event, question)),), near=near
            )
    if not found:
        return Scope()
    return Scope(frozenset(found), True, frozenset(used), sides=_distinct(sides))


def _trips_first(reports: frozenset[str], catalogue: Catalogue) -> frozenset[str]:
    """The trip reports among the reports; all of them where there is no trip report."""
    trips = frozenset(key for key in reports if catalogue.rows[key].doc_type == "trip_report")
    return trips or reports


def _by_organisers(question: Question, catalogue: Catalogue, scope: Scope) -> Scope:
    """Trips to the events of an organisation that the question names, where no event is named."""
    if scope.reports is not None and question.kind != "compare":
        return scope
    found: set[str] = set(scope.reports or ())
    used: set[Entity] = set(scope.used)
    sides: list[tuple[str, frozenset[str]]] = list(scope.sides) or _one_side(scope)
    for entity in question.entities:
        matches = catalogue.of_organiser(entity) if entity.type in ORGANISERS else frozenset()
        if matches and question.ordinals:
            near, matches = (
                matches,
                frozenset(key for key in matches if _has_ordinal(key, question.ordinals, catalogue)),
            )
            if not matches:
                what = f"第 {question.ordinals[0]} 屆 {entity.abbr or entity.name}"
                return Scope(frozenset(), True, missing=(Missing("event", what),), near=near)
        if matches:
            found |= matches
            used.add(entity)
            sides.append((entity.name, matches))
    if not found:
        return scope
    return Scope(frozenset(found), scope.firm, frozenset(used), sides=_distinct(sides))


def _one_side(scope: Scope) -> list[tuple[str, frozenset[str]]]:
    names = [entity.name for entity in scope.used]
    return [(names[0], scope.reports)] if names and scope.reports else []


def _by_document_types(question: Question, catalogue: Catalogue, scope: Scope) -> Scope:
    """The briefings or news texts where the question speaks of one."""
    if scope.reports is not None or not question.doc_types:
        return scope
    found = frozenset(key for key, row in catalogue.rows.items() if row.doc_type in question.doc_types)
    return Scope(found, False) if found else scope


def _most_specific(events: tuple[Entity, ...]) -> list[Entity]:
    """Events without the series that one of its own editions already stands for."""
    covered = {event.series for event in events if event.series and event.series != event.name}
    return [event for event in events if event.name not in covered]


def _asks_for_edition(event: Entity, question: Question) -> bool:
    return bool(event.edition or event.year or question.ordinals or question.dates)


def _of_edition(event: Entity, question: Question, catalogue: Catalogue) -> frozenset[str]:
    matches = catalogue.of_event(event)
    if not matches or event.edition or event.year:
        return matches
    if question.ordinals:
        return frozenset(key for key in matches if _has_ordinal(key, question.ordinals, catalogue))
    return matches


def _has_ordinal(key: str, ordinals: tuple[int, ...], catalogue: Catalogue) -> bool:
    """Whether the report is of one of these editions; one that states no edition may be."""
    known = ordinals_in(" ".join((*catalogue.rows[key].events, catalogue.rows[key].title)))
    return not known or any(number in known for number in ordinals)


def _editions_beside(
    event: Entity, question: Question, catalogue: Catalogue
) -> list[tuple[str, frozenset[str]]]:
    """The other editions that the wording sets beside the event, as in 第九屆和第十屆."""
    others = question.ordinals if event.edition or len(question.ordinals) > 1 else ()
    found = []
    for number in others:
        reports = frozenset(
            key for key in catalogue.of_series(event) if _has_ordinal(key, (number,), catalogue)
        )
        if reports:
            found.append((f"第 {number} 屆", _trips_first(reports, catalogue)))
    return found


def _by_places(question: Question, catalogue: Catalogue, scope: Scope) -> Scope:
    used = set(scope.used)
    found: set[str] = set()
    sides: list[tuple[str, frozenset[str]]] = []
    for place in question.places:
        matches = catalogue.of_place(place)
        if scope.reports is not None:
            if matches & scope.reports:
                used.add(place)
            continue
        if matches:
            found |= matches
            used.add(place)
            sides.append((place.name, matches))
    if scope.reports is not None or not found:
        return Scope(scope.reports, scope.firm, frozenset(used), sides=scope.sides)
    return Scope(frozenset(found), False, frozenset(used), sides=_distinct(sides))


def _by_travellers(question: Question, catalogue: Catalogue, scope: Scope) -> Scope:
    """The trips of the people whose 心得 or 建議 is asked for."""
    if scope.reports is not None or not question.chapters:
        return scope
    folded = fold(question.text)
    titled = [found[0] for found in OFFICIAL.finditer(folded)]
    people = {*catalogue.people_in(folded), *(n for t in titled for n in catalogue.people_called(t[0]))}
    found = {key for name in people for key in catalogue.by_person[name]}
    trips = frozenset(key for key in found if catalogue.rows[key].doc_type == "trip_report")
    return Scope(trips, False, people=frozenset(people)) if trips else scope


def _by_agencies(question: Question, catalogue: Catalogue, scope: Scope) -> Scope:
    """The reports of the agencies that the question names, among those that the rest of it chose."""
    named = catalogue.agencies_in(fold(question.text))
    found = frozenset(key for keys in named.values() for key in keys)
    inside = found if scope.reports is None else found & scope.reports
    if not inside:
        return scope
    sides = tuple((label, ids & inside) for label, ids in scope.sides if ids & inside)
    return replace(scope, reports=inside, agencies=frozenset(named), sides=sides if len(sides) > 1 else ())


def _by_dates(question: Question, catalogue: Catalogue, scope: Scope) -> Scope:
    if not question.dates:
        return scope
    per_date = [(span, catalogue.of_time(span.first, span.last)) for span in question.dates]
    inside = [(span, ids if scope.reports is None else ids & scope.reports) for span, ids in per_date]
    found = frozenset(key for _, ids in inside for key in ids)
    if found:
        sides = (
            scope.sides
            if len(scope.sides) > 1
            else tuple(
                (question.text[span.start : span.end] or str(span.first.year), ids)
                for span, ids in inside
                if ids
            )
        )
        return Scope(found, scope.firm, scope.used, dated=True, sides=_distinct(list(sides)))
    for span in question.dates:
        event = next((event for event in scope.used if _stands_beside(span, event, question)), None)
        if event is not None:
            what = f"{question.text[span.start : span.end].strip()} {event.name}"
            near = scope.reports or frozenset()
            return Scope(frozenset(), True, missing=(Missing("event", what),), near=near)
    return Scope(scope.reports, scope.firm, scope.used, sides=scope.sides, near=scope.reports or frozenset())


def _stands_beside(span: DateSpan, event: Entity, question: Question) -> bool:
    """Whether the date is written before the event's name, so that it says which edition is meant."""
    surface = next((term.surface for term in question.terms if term.entity == event), "")
    rest = question.text[span.end :].lstrip(" 的那次該")
    for term in question.terms:
        if term.entity in question.places:
            rest = rest.removeprefix(term.surface).lstrip(" 的")
    return event in question.events and bool(surface) and rest.startswith(surface)


def unmet_dates(question: Question, scope: Scope) -> tuple[DateSpan, ...]:
    """Dates of the question that chose no report; they must stand in the evidence instead."""
    return () if scope.dated else question.dates


def unmet_ordinals(question: Question, scope: Scope) -> tuple[int, ...]:
    """Editions that chose no report, as of an event that is not known by name."""
    return () if any(event in scope.used for event in question.events) else question.ordinals


def _distinct(sides: list[tuple[str, frozenset[str]]]) -> tuple[tuple[str, frozenset[str]], ...]:
    """Sides that differ in their reports; one side is no comparison."""
    seen: dict[frozenset[str], str] = {}
    for label, ids in sides:
        seen.setdefault(ids, label)
    return tuple((label, ids) for ids, label in seen.items()) if len(seen) > 1 else ()


def _show_event(event: Entity, question: Question) -> str:
    if event.edition or event.year:
        shown = event.name if not event.abbr else f"{event.name}（{event.abbr}）"
        return shown
    number = f"第 {question.ordinals[0]} 屆" if question.ordinals else ""
    return f"{number}{event.name}"
