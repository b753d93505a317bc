"""What in the sentences found speaks for an answer: a row of numbers for one question.

Looks at how much of the question stands beside something of the kind that it wants, in the best sentence
and in those after it, and whether several documents say the same. Decides nothing.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from assistant.evidence import Sentence
from assistant.slots import Kind, candidates, kinds_wanted
from assistant.terms import plain
from index.search import Hit
from index.tokenise import Tokeniser, bigrams, fold
from index.word_weights import WordWeights

HEAVIEST, WINDOW, FADE, BESIDE = 9.0, 60, 25.0, 8.0
TOPICAL, SUPPORTS, LONG = 0.6, 0.55, 200
MOST_PLACES = 6
NUMERIC = frozenset(
    "day year duration percent people money length weight area vehicles magnitude degree age count "
    "number".split()
)
GROUPS: tuple[tuple[str, frozenset[str]], ...] = (
    ("number", NUMERIC - {"day", "year"}),
    ("date", frozenset({"day", "year"})),
    ("person", frozenset({"person"})),
    ("place", frozenset({"place"})),
    ("name", frozenset({"rank", "name", "group"})),
)
_ASKS = re.compile(
    r"[?？]\s*[\"”」』]?$|什么|哪[一个些位年里天支家]|(?<![^,。])谁|多少|几[个名位人次年]|吗\b"
)
# Before these a figure of four digits counts something, except as in 2022元旦 and 2026名古屋.
_COUNTED = r"多?(?:[万亿位吨辆]|名(?!古)|人(?![工形])|元(?![旦宵])|公[里尺斤吨顷]|平方)"
_YEAR = re.compile(rf"(?<!\d)(?:19|20)\d\d(?!\d|{_COUNTED})")
# As folded: no space stands beside a figure.
_SNIPPET_DATE = re.compile(
    r"^(?:(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)\d{1,2},\d{4}|\d+(?:days?|hours?) ago)[\s.…·,]*"
)
_LIMITS = re.compile(
    r"上半年|下半年|[一二三四1-4]季度|\d{1,2}月|前[一二三四五六七八九\d]+个?月|预计|计划|目标|首日|单日|累计|预测|有望|将|"
    r"单产|平均|人均|日均|以上|以下|约"
)
_ATTRIBUTES = frozenset(
    fold("時間 日期 人數 數量 地點 多少 國家 城市 地方 名字 名稱 年份 成績 規模 總數").split()
)
_STOPS = ",;。、!?"


@dataclass(frozen=True)
class Asked:
    """A question taken apart: its telling words with their weights, its figures, years and wanted kinds."""

    text: str
    weights: dict[str, float]
    total: float
    last: tuple[str, ...]
    rarest: str
    figures: tuple[str, ...]
    years: frozenset[str]
    grams: tuple[str, ...]
    kinds: tuple[Kind, ...]


@dataclass(frozen=True)
class Beside:
    """A candidate with what stands around it, each a share of the question's weight or 0 or 1."""

    text: str = ""
    window: float = 0.0
    near: float = 0.0
    close: float = 0.0
    clause: float = 0.0
    other_year: float = 0.0
    limited: float = 0.0
    elsewhere: float = 0.0

    @property
    def value(self) -> float:
        """How likely it is the thing wanted."""
        good = self.near + 0.5 * self.window + 0.3 * self.close + 0.3 * self.clause
        return max(0.0, good - 0.3 * self.other_year - 0.15 * self.limited - 0.15 * self.elsewhere)


@dataclass(frozen=True)
class Look:
    """One sentence as seen from the question; `all` are its candidates, `best` the best of them."""

    report: str
    cover: float
    context: float
    grams: float
    rare: float
    figures: float
    asks: float
    other_year: float
    found: float
    own: float
    best: Beside
    all: tuple[Beside, ...]
    value: float
    rank: float


class Signs:
    """Reads the signs with the word weights and the tokeniser that it is given."""

    def __init__(self, weights: WordWeights, tokeniser: Tokeniser) -> None:
        self._weights = weights
        self._tokeniser = tokeniser

    def asked(self, question: str) -> Asked:
        """The question taken apart."""
        text = plain(question)
        words = [
            word
            for word in dict.fromkeys(self._tokeniser.segments(text))
            if word not in self._tokeniser.stopwords
        ]
        weights = {word: self._weight(word) for word in words}
        return Asked(
            text=text,
            weights=weights,
            total=sum(weights.values()) or 1.0,
            last=tuple([word for word in words if word not in _ATTRIBUTES][-2:]),
            rarest=max(weights, key=lambda word: weights[word], default=""),
            figures=tuple(word for word in words if _has_digit(word)),
            years=frozenset(_YEAR.findall(text)),
            grams=tuple(dict.fromkeys(bigrams(text))),
            kinds=kinds_wanted(text),
        )

    def _weight(self, word: str) -> float:
        return HEAVIEST if _has_digit(word) else min(HEAVIEST, self._weights.of(word))

    def look(self, asked: Asked, sentence: Sentence, found: float) -> Look:
        """One sentence, found with so much of the best passage's score."""
        text = _SNIPPET_DATE.sub("", sentence.folded)
        places = {word: spots for word in asked.weights if (spots := _spots(word, text))}
        beside = self._candidates(asked, text, places) if asked.kinds and places else ()
        best = max(beside, key=lambda one: one.value, default=Beside())
        cover = _share(places, asked)
        grams = sum(gram in text for gram in asked.grams) / max(1, len(asked.grams))
        years = set(_YEAR.findall(text))
        asks = float(_ASKS.search(text) is not None)
        other_year = float(bool(asked.years and years and not years & asked.years))
        figures = _mean(float(_whole(figure, text)) for figure in asked.figures) if asked.figures else 1.0
        value = best.value if asked.kinds else 1.3 * cover + 0.3 * grams
        return Look(
            report=sentence.passage.report_id,
            cover=cover,
            context=_share([word for word in asked.weights if word in sentence.surroundings], asked),
            grams=grams,
            rare=float(asked.rarest in places),
            figures=figures,
            asks=asks,
            other_year=other_year,
            found=found,
            own=sentence.own,
            best=best,
            all=beside,
            value=value,
            rank=value + 0.5 * cover + 0.2 * grams + 0.2 * bool(beside) - 0.3 * asks + 0.2 * figures
            - 0.2 * other_year + 0.3 * found,
        )  # fmt: skip

    def _candidates(
        self, asked: Asked, text: str, places: dict[str, list[tuple[int, int]]]
    ) -> tuple[Beside, ...]:
        words = self._tokeniser.tagged(text)
        spans = candidates(text, asked.text, asked.kinds, words)
        years = [(found.start(), found[0]) for found in _YEAR.finditer(text)]
        foreign = _foreign(asked, words)
        return tuple(_beside(asked, text, span, places, (years, foreign)) for span in spans)


def _beside(
    asked: Asked,
    text: str,
    span: tuple[int, int],
    places: dict[str, list[tuple[int, int]]],
    around: tuple[list[tuple[int, str]], list[int]],
) -> Beside:
    start, end = span
    years, foreign = around
    low, high = _clauses(text, start, end)
    window = near = close = clause = 0.0
    for word, spots in places.items():
        weight = asked.weights[word]
        distance = min(max(start - after, before - end, 0) for before, after in spots)
        window += weight * (distance <= WINDOW)
        near += weight * math.exp(-distance / FADE)
        clause += weight * any(low <= before < high for before, _ in spots)
        close += math.exp(-distance / BESIDE) * (word in asked.last)
    earlier = [year for place, year in years if place <= start]
    year = earlier[-1] if earlier else years[0][1] if years else ""
    limits = (found[0] for found in _LIMITS.finditer(text, low, high))
    return Beside(
        text[start:end],
        window / asked.total,
        near / asked.total,
        close / max(1, len(asked.last)),
        clause / asked.total,
        float(bool(asked.years and year and year not in asked.years)),
        float(any(limit not in asked.text for limit in limits)),
        float(any(low <= place < high for place in foreign)),
    )


def _clauses(text: str, start: int, end: int) -> tuple[int, int]:
    """The clause of a span with the clause before it."""
    low = max(text.rfind(stop, 0, start) for stop in _STOPS) + 1
    low = max(text.rfind(stop, 0, max(low - 1, 0)) for stop in _STOPS) + 1
    ends = [place for stop in _STOPS if stop != "、" and (place := text.find(stop, end)) >= 0]
    return low, min(ends, default=len(text))


def _foreign(asked: Asked, words: Sequence[tuple[str, str]]) -> list[int]:
    """Where places stand that the question does not name, if it wants a figure or a date."""
    if asked.kinds[0].name not in NUMERIC:
        return []
    places, start = [], 0
    for word, tag in words:
        if tag.startswith("ns") and len(word) > 1 and word not in asked.text:
            places.append(start)
        start += len(word)
    return places


def _spots(word: str, text: str) -> list[tuple[int, int]]:
    spots: list[tuple[int, int]] = []
    start = text.find(word)
    while start >= 0 and len(spots) < MOST_PLACES:
        spots.append((start, start + len(word)))
        start = text.find(word, start + 1)
    return spots


def _has_digit(word: str) -> bool:
    return any(letter.isdigit() for letter in word)


def _whole(figure: str, text: str) -> bool:
    return re.search(rf"(?<!\d){re.escape(figure)}(?!\d)", text) is not None


def _share(words: Iterable[str], asked: Asked) -> float:
    return sum(asked.weights[word] for word in words) / asked.total


def _mean(values: Iterable[float]) -> float:
    listed = list(values)
    return sum(listed) / len(listed) if listed else 0.0


def found_shares(hits: Sequence[Hit]) -> dict[tuple[str, int], float]:
    """By report and place of a passage, its score as a share of the best one's."""
    best = max((hit.score for hit in hits), default=0.0) or 1.0
    return {(hit.passage.report_id, hit.passage.start): hit.score / best for hit in hits}
