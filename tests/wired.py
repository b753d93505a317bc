"""The real parts that understand a question, put together once, and the catalogue of the invented archive."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from functools import cache
from typing import Any

import trips

from assistant.catalogue import Catalogue
from assistant.cues import Cues
from assistant.evidence import Focus, weigh
from assistant.generic import PlainWords
from assistant.lexicon import Lexicon
from assistant.question import Question, Reader
from assistant.synonyms import Synonyms
from assistant.terms import Term, TermFinder
from corpus.names import Names
from corpus.report import Report
from index.passages import split_passages
from index.search import Hit
from index.tokenise import Tokeniser
from index.word_weights import WordWeights

DAKAR, BALI, SENDAI, KUMAMOTO, BRIEFING, NEWS = (f"r{number:010}" for number in range(1, 7))
SHORT = {
    DAKAR: "dakar",
    BALI: "bali",
    SENDAI: "sendai",
    KUMAMOTO: "kumamoto",
    BRIEFING: "briefing",
    NEWS: "news",
}


@cache
def cues() -> Cues:
    return Cues.load()


@cache
def names() -> Names:
    return Names.load()


@cache
def finder() -> TermFinder:
    return TermFinder(Lexicon.load(), Synonyms.load(), Tokeniser.open(), cues())


@cache
def reader() -> Reader:
    return Reader(names(), finder(), cues())


def read(text: str) -> Question:
    return reader().read(text)


@cache
def reports() -> dict[str, Report]:
    """The six invented reports by id."""
    return {report.id: report for report in map(trips.report, trips.FILES)}


@cache
def catalogue() -> Catalogue:
    return Catalogue.build([trips.row_of(report) for report in reports().values()], names())


def short(ids: frozenset[str] | None) -> list[str] | None:
    """Report ids as the names of their trips."""
    return None if ids is None else sorted(SHORT[key] for key in ids)


def spelt(terms: Iterable[Term]) -> list[str]:
    """The first spelling of each term, folded as all of them are."""
    return [term.alternatives[0] for term in terms]


@cache
def weights() -> WordWeights:
    return WordWeights.load()


def focus_on(text: str, **changes: Any) -> Focus:
    """What sentences are measured against for a question about reports that are chosen already."""
    question = read(text)
    terms = weigh(question.terms, weights(), PlainWords.load())
    kinds = frozenset(question.chapter_kinds)
    return replace(Focus(terms, question.wanted, kinds, question.dates, question.units), **changes)


def hits(*keys: str) -> list[Hit]:
    """All passages of the reports, as if found equally well."""
    return [Hit(passage, 1.0, 1.0, 1.0) for key in keys for passage in split_passages(reports()[key])]


def hits_of(*texts: str) -> list[Hit]:
    """Each text as the only passage of a document, all found equally well."""
    model = hits(SENDAI)[0].passage
    return [
        Hit(replace(model, report_id=f"r{n}", path=(), start=0, end=len(text), text=text), 1.0, 1.0, 0.5)
        for n, text in enumerate(texts)
    ]
