"""What past reports said about a theme: the one sentence of 心得 or 建議 that comes closest, to be cited.

A past sentence counts only where it shares telling words with the theme. Quotes are cut out of the stored
text at clause borders. Knows nothing of how a draft is put together.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from assistant.draft import Part, length_of
from assistant.evidence import whole_sentences
from assistant.subjects import Subjects
from assistant.trimming import Borders, shorter
from assistant.trip import Trip, year_of
from corpus.report import ChapterKind, Passage, Report
from index.archive import Archive, ReportRow
from index.search import Filter, Hit
from index.tokenise import bigrams, fold

CHAPTERS: dict[Part, frozenset[ChapterKind]] = {
    "reflections": frozenset({"reflections", "reflections_and_recommendations"}),
    "recommendations": frozenset({"recommendations", "reflections_and_recommendations"}),
}
FOUND, LONGEST_QUERY = 12, 400
# A quotation is on the matter where it is near in meaning, shares so much weight of telling words and so many
# pairs of characters; two rare words make up for nearness. A short one is taken to weigh SHORT.
NEAR, LEAST_WEIGHT, LEAST_PAIRS, SHORT = 0.30, 5.0, 3, 30.0
NEARBY, HEAVY = 0.15, 14.0
SHORTEST_QUOTE, LONGEST_QUOTE = 12, 90
OWN = "本府"
_GOVERNMENT = re.compile(r"^(.{2,3}[市縣])")
_ADVISES = re.compile(r"建議|應|可|宜|未來|研議|規劃")
_BEGINNING = re.compile(
    r"^(?:(?:[（(]?[一二三四五六七八九十\d]{1,3}[）)、.．]\s*)|建議[：:]?\s*(?:未來)?|因此，|爰)+"
)


@dataclass(frozen=True)
class Precedent:
    """A stretch of a past report that may be quoted: from `start` to any of `ends`, the longest first."""

    report: Report
    start: int
    ends: tuple[int, ...]
    lead: str
    likeness: float
    weight: float

    def quote(self, end: int) -> str:
        """The words up to `end`, as they are stored."""
        return self.report.text[self.start : end]


class Precedents:
    """Looks past reports through for one trip, leaving out reports of the trip itself."""

    def __init__(
        self, archive: Archive, topics: Subjects, borders: Borders, trip: Trip, without: Sequence[str]
    ) -> None:
        self._archive = archive
        self._topics = topics
        self._borders = borders
        self._trip = trip
        self._rows = {row.id: row for row in archive.reports() if row.doc_type == "trip_report"}
        self._allowed = frozenset(self._rows) - frozenset(without)
        self._used: set[tuple[str, int]] = set()

    def closest(self, texts: Sequence[str], part: Part) -> Precedent | None:
        """The closest past sentence that was not given before; None where none is close."""
        words = self._topics.telling("".join(texts))
        query = " ".join(texts)[:LONGEST_QUERY]
        hits = self._archive.search(query, FOUND, Filter(self._allowed, CHAPTERS[part]))
        found = [p for hit in hits for p in self._of_hit(hit, words, part)]
        fresh = [p for p in found if (p.report.id, p.start) not in self._used]
        best = max(self._near(texts, fresh), key=lambda p: p.likeness, default=None)
        if best is not None:
            self._used.add((best.report.id, best.start))
        return best

    def _near(self, texts: Sequence[str], found: Sequence[Precedent]) -> list[Precedent]:
        """Those near in meaning to one of the texts or to all, that nearness added to what they share."""
        if not found:
            return []
        encode = self._archive.embedder.encode
        quotes = [p.quote(p.ends[0]) for p in found]
        near = (encode(quotes) @ encode([*texts, "".join(texts)]).T).max(axis=1)
        pairs = set(bigrams(fold("".join(texts))))
        return [
            replace(p, likeness=p.likeness + float(n))
            for p, n, quote in zip(found, near, quotes, strict=True)
            if n >= (NEARBY if p.weight >= HEAVY else NEAR)
            and len(pairs & set(bigrams(fold(quote)))) >= LEAST_PAIRS
        ]

    def _of_hit(self, hit: Hit, words: dict[str, float], part: Part) -> Iterator[Precedent]:
        report = self._archive.report(hit.passage.report_id)
        for start, end in _sentences(hit.passage):
            said = report.text[start:end]
            advised = report.text[max(0, start - 2) : start].strip("：:").endswith("建議")
            kind = next((item.kind for item in report.items if item.start <= start < item.end), part)
            if bool(advised or _ADVISES.search(said)) != (part == "recommendations") or kind != part:
                continue
            other = self._topics.telling(said)
            weight = sum(heaviness for word, heaviness in other.items() if word in words)
            ends = tuple(self._ends(report, start, end))
            if ends and weight >= LEAST_WEIGHT:
                # Few words count little.
                share = weight / max(SHORT, sum(other.values()))
                yield Precedent(report, start, ends, self._lead(self._rows[report.id]), share, weight)

    def _ends(self, report: Report, start: int, end: int) -> Iterator[int]:
        """Where a quotation may end: before the full stop, or at a clause border."""
        text = report.text[start:end].rstrip("。；;")
        if "\n" in text:
            return
        for stop in (len(text), *shorter(text, self._borders)):
            if SHORTEST_QUOTE <= length_of(text[:stop]) <= LONGEST_QUOTE:
                yield start + stop

    def _lead(self, row: ReportRow) -> str:
        """How the past report is called in a sentence: 本府 114 年赴大阪出國報告."""
        years = year_of(row)
        places = row.cities if len(row.cities) == 1 else row.countries or row.cities
        where = f"赴{places[0]}" if places else ""
        return (
            f"{self._agency(row)} {years} 年{where}出國報告"
            if years
            else f"{self._agency(row)}《{row.title}》"
        )

    def _agency(self, row: ReportRow) -> str:
        mine, other = _GOVERNMENT.match(self._trip.agency), _GOVERNMENT.match(row.agency)
        if mine and other and mine[1].replace("台", "臺") == other[1].replace("台", "臺"):
            return OWN
        return row.agency


def _sentences(passage: Passage) -> Iterator[tuple[int, int]]:
    """Spans in the report of the sentences of a passage, without their numbers and a leading 建議."""
    headings = {part.strip() for part in passage.path}
    for start, end in whole_sentences(passage.text):
        said = passage.text[start:end]
        if said.strip() in headings or not said.rstrip().endswith(("。", "；", "」")):
            continue
        begin = _BEGINNING.match(said)
        yield passage.start + start + (begin.end() if begin else 0), passage.start + end
