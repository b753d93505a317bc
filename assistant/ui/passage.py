"""A citation in its surroundings: the text of the report before and after the quotation.

Pure: takes a report and a citation. Knows neither HTML nor where reports are kept.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from assistant.answer import Citation
from corpus.report import Report

REACH = 420
_SENTENCE_END = re.compile(r"[。！？\n]")


@dataclass(frozen=True)
class Surroundings:
    """`before + quote + after` is the report's text; `found` is False where it no longer holds the quote."""

    before: str
    quote: str
    after: str
    found: bool = True
    opens: bool = True
    closes: bool = True


def surroundings(report: Report, citation: Citation, reach: int = REACH) -> Surroundings:
    """The quotation with whole sentences around it, inside its chapter."""
    start, end = citation.start, citation.end
    if report.text[start:end] != citation.quote:
        return Surroundings("", citation.quote, "", found=False)
    chapter = report.chapter_at(start)
    low, high = (chapter.start, chapter.end) if chapter else (0, len(report.text))
    return within(report.text, start, end, low, max(high, end), reach)


def within(text: str, start: int, end: int, low: int, high: int, reach: int = REACH) -> Surroundings:
    """`text[start:end]` with whole sentences around it, not before `low` nor after `high`."""
    first = _first_sentence(text, max(low, start - reach), start, low)
    last = _last_sentence(text, end, min(high, end + reach), high)
    return Surroundings(
        before=text[first:start].lstrip(),
        quote=text[start:end],
        after=text[end:last].rstrip(),
        opens=first == low,
        closes=last == high,
    )


def _first_sentence(text: str, begin: int, stop: int, low: int) -> int:
    """Where the first whole sentence after `begin` starts."""
    if begin <= low:
        return low
    end = _SENTENCE_END.search(text, begin, stop)
    return end.end() if end else begin


def _last_sentence(text: str, begin: int, stop: int, high: int) -> int:
    """Where the last whole sentence before `stop` ends."""
    if stop >= high:
        return high
    ends = [match.end() for match in _SENTENCE_END.finditer(text, begin, stop)]
    return ends[-1] if ends else stop
