"""From a question to a plan: which reports, which terms with which weight, which days.

The last step that reads wording; strategies only look at the plan.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from assistant.assurance import Assurance
from assistant.catalogue import Catalogue, when
from assistant.evidence import Apart, Focus, weigh
from assistant.generic import PlainWords
from assistant.question import Question
from assistant.scope import Scope, find_scope, unmet_dates, unmet_ordinals
from assistant.sources import Sources
from assistant.terms import OFFICIAL, Term, exact_term, plain, written
from corpus.dates import DateSpan, find_dates
from corpus.names import Entity
from corpus.numerals import to_chinese
from index.archive import ReportRow
from index.tokenise import fold
from index.word_weights import WordWeights

ROC_OFFSET = 1911


@dataclass(frozen=True)
class Plan:
    """Everything that a strategy may look at; `most` caps the sentences of an answer, 0 for no cap."""

    question: Question
    scope: Scope
    focus: Focus
    sources: Sources
    assurance: Assurance
    most: int = 0

    # What was already worked out for this plan; a plan made from it begins anew.
    known: dict[str, Any] = field(init=False, default_factory=dict, compare=False, repr=False)

    def about(self, report_id: str) -> str:
        """Folded metadata of a report: what it says of itself before any sentence is read."""
        return about(self.sources.row(report_id))


class Planner:
    """Makes plans with the word weights that it is given."""

    def __init__(self, weights: WordWeights, plain_words: PlainWords, assurance: Assurance) -> None:
        self._weights = weights
        self._assurance = assurance
        self._plain_words = plain_words

    def plan(self, question: Question, sources: Sources) -> Plan:
        """The question with the reports that it points to."""
        return self._over(question, find_scope(question, sources.catalogue), sources)

    def widened(self, plan: Plan) -> Plan:
        """The same question over the whole archive."""
        wide = self._over(plan.question, Scope(), plan.sources)
        return replace(wide, most=plan.most, focus=replace(wide.focus, every_name=True))

    def _over(self, question: Question, scope: Scope, sources: Sources) -> Plan:
        terms = _without_used(question.terms, scope)
        terms += [term for entity, term in question.offices if entity in scope.used]
        terms = [
            term
            for term in _with_people(terms, question, sources.catalogue)
            if not scope.people & set(term.alternatives)
        ]
        terms = [term for term in terms if not any(_overlap(term, name) for name in scope.agencies)]
        files = sources.catalogue.file_names_in(fold(question.text))
        terms = [term for term in terms if not any(term.alternatives[0] in name for name in files)]
        terms += [date_term(question, span, sources.catalogue) for span in unmet_dates(question, scope)]
        terms += [ordinal_term(number) for number in unmet_ordinals(question, scope)]
        year = _year_of(scope, sources)
        by_type = sources.catalogue.by_type
        focus = Focus(
            terms=weigh(terms, self._weights, self._plain_words),
            wanted=question.wanted,
            chapters=frozenset(question.chapter_kinds),
            days=find_dates(question.text, year=year) if year else question.dates,
            units=question.units,
            places=_trip_places(question, scope, sources),
            names=tuple(term for term in question.terms if term.entity in scope.used),
            covered=by_type.get("trip_report", frozenset()),
            digests=by_type.get("news", frozenset()),
            apart=apart_places(question.places, scope, sources),
            chosen=scope.reports is not None,
        )
        return Plan(question, scope, focus, sources, self._assurance)


def about(row: ReportRow) -> str:
    """Folded title, agency, destinations and events of a report."""
    return plain(" ".join((row.title, row.agency, *row.countries, *row.cities, *row.events)))


def apart_places(places: Sequence[Entity], scope: Scope, sources: Sources) -> dict[str, Apart]:
    """Of each chosen report on several cities the one asked of and the others."""
    found = {}
    for key in scope.reports or ():
        cities = [plain(city) for city in sources.row(key).cities]
        spelt = [plain(name) for place in places for name in (place.name, *place.aliases) if len(name) > 1]
        asked = tuple(city for city in cities if any(city in name or name in city for name in spelt))
        others = tuple(city for city in cities if city not in asked)
        if asked and others:
            found[key] = Apart(asked, others)
    return found


def _trip_places(question: Question, scope: Scope, sources: Sources) -> tuple[str, ...]:
    """Where the trips in question went, if it is a place that is asked for."""
    if not scope.reports or all(wanted.name != "place" for wanted in question.wanted):
        return ()
    rows = [sources.row(key) for key in sorted(scope.reports)]
    return tuple(plain(place) for row in rows for place in (*row.cities, *row.countries))


def _without_used(terms: Iterable[Term], scope: Scope) -> list[Term]:
    return [term for term in terms if term.entity is None or term.entity not in scope.used]


def _with_people(terms: list[Term], question: Question, catalogue: Catalogue) -> list[Term]:
    """The terms with people of the archive as names, and officials also by their full names."""
    people = catalogue.people_in(fold(question.text)) or catalogue.people_in(fold(question.antecedent))[:1]
    said = f"{question.text} {question.antecedent}"
    named = [exact_term(written(name, said), name) for name in people]
    kept = [_official(term, catalogue) for term in terms]
    kept = [term for term in kept if not any(term.alternatives[0] in name.alternatives[0] for name in named)]
    return kept + [name for name in named if not any(name.alternatives[0] in t.alternatives for t in kept)]


def _overlap(term: Term, name: str) -> bool:
    spelt = term.alternatives[0]
    return spelt in name or name in spelt


def _official(term: Term, catalogue: Catalogue) -> Term:
    """饒處長 is met by 饒慶鈺 too, and 饒慶鈺處長 by 饒處長."""
    if not term.exact or not OFFICIAL.fullmatch(term.alternatives[0]):
        return term
    spelt = term.alternatives[0]
    full = catalogue.people_called(spelt[0])
    known = [name for name in full if spelt.startswith(name)] or full
    short = [spelt[0] + spelt[len(name) :] for name in known if spelt.startswith(name)]
    return replace(term, alternatives=(spelt, *known, *short))


def date_term(question: Question, span: DateSpan, catalogue: Catalogue) -> Term:
    """A date of the question as something the evidence must hold, in either calendar.

    Documents without a date of their own, such as news, write months without a year.

    One that comes from an earlier question is shown by its year: it stands nowhere in this one.
    """
    said = question.text[span.start : span.end]
    surface = said if find_dates(said) else f"{span.first.year} 年"
    bare = [f"{span.first.month}月", f"{span.first.month}/"] if span.precision == "month" else []
    return exact_term(surface, *_spelt(span), *(bare if catalogue.has_undated else []))


def _spelt(span: DateSpan) -> list[str]:
    """The ways in which reports write a date, no coarser than it is."""
    first = span.first
    years = (first.year, first.year - ROC_OFFSET)
    if span.precision == "year":
        return [str(years[0]), f"{years[1]}年", f"{years[1]}/", f"{years[1]}."]
    months = [f"{year}年{first.month}月" for year in years]
    months += [
        f"{year}{mark}{month}"
        for year in years
        for mark in "/-."
        for month in (first.month, f"{first.month:02}")
    ]
    if span.precision == "month":
        return months
    days = [f"{month}{first.day}" for month in months[:2]]
    days += [f"{month}{mark}{first.day}" for month in months[2:] for mark in "/-."]
    return [*days, f"{first.month}月{first.day}日", f"{first.month}/{first.day}"]


def ordinal_term(number: int) -> Term:
    """An edition of the question as something the evidence must hold."""
    return exact_term(f"第 {number} 屆", f"第{to_chinese(number)}屆", f"第{number}次", f"{number}th")


def _year_of(scope: Scope, sources: Sources) -> int | None:
    """The year of the trip in question, by which days without a year are read."""
    years = {moment.year for key in scope.reports or () if (moment := when(sources.row(key)))}
    return years.pop() if len(years) == 1 else None
