"""What the sentences of an item are about, in words that stand in them: what is done, or the thing itself.

By patterns and words of a table, `data/matters.toml`, and the weights of words. Knows neither headings nor
chapters.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from assistant.draft import length_of
from assistant.subjects import Subjects
from index.tokenise import Tokeniser, fold

TABLE = Path(__file__).parent / "data" / "matters.toml"
SHORTEST, LONGEST = 6, 21
SHORTEST_THING, LONGEST_THING, MOST_WORDS = 4, 10, 5
# A clause says what it is about by so much weight at least; a phrase by two telling words.
LEAST, LEAST_THING, HEAVY = 3.5, 8.0, 4
AGAIN, WITHOUT_OBJECT = 1.5, 0.7
_CLAUSE = re.compile(r"[，；。：;:！？!?]|,(?!\d)")
_SPACE = re.compile(r"(?<=[一-鿿])\s+(?=[一-鿿])")
_ASIDE = re.compile(r"[（(][^（）()]*[）)]")
_CHINESE = re.compile(r"^[一-鿿]+$")
_NOUNS = ("n", "a", "b", "j", "l", "s", "i")
_GOES_ON = ("n", "j", "s", "k")
_ATTRIBUTE = re.compile(r"(?<=^[把將])[^，]{2,8}?的(?=[一-鿿]{4})")
# What is done to a thing, without who does it; not where the doing is denied or only thought of.
_FROM_OBJECT = re.compile(
    r"^(?!.*(?:我|(?<!爾)本[市府館]|新北))[^禁不未免防停拒曾擬預若無]{1,12}?((?:把|(?<!即)將(?!近)).{5,})$"
)
_NAMED = re.compile(r"的[一-鿿]{2,8}$")


@dataclass(frozen=True)
class _Table:
    before: re.Pattern[str]
    reports: re.Pattern[str]
    after: re.Pattern[str]
    middle: re.Pattern[str]
    governs: re.Pattern[str]
    principle: re.Pattern[str]
    count: re.Pattern[str]
    counted: re.Pattern[str]
    practice: re.Pattern[str]
    never: re.Pattern[str]
    first: re.Pattern[str]
    last: re.Pattern[str]
    thing: re.Pattern[str]
    leads: frozenset[str]
    inside: frozenset[str]


class Matters:
    """Finds what is done and what it is done with, in texts of one item."""

    def __init__(self, tokeniser: Tokeniser, topics: Subjects) -> None:
        self._tokeniser = tokeniser
        self._topics = topics
        self._table = _read(TABLE)

    def acts(self, texts: Sequence[str]) -> tuple[str, ...]:
        """Clauses that say what is done and could be done likewise, the most telling first."""
        return self._ranked([act for act in self._all(texts) if not self._names(act)], texts, LEAST)

    def things(self, texts: Sequence[str]) -> tuple[str, ...]:
        """Noun phrases that name something that cities run, the most telling first."""
        named = [act for act in self._all(texts) if self._names(act)]
        things = [thing for text in texts for clause in _cut(text) for thing in self._things(clause)]
        return self._ranked([*named, *things], texts, LEAST_THING)

    def has(self, text: str) -> bool:
        """Whether the text holds anything that could stand in a heading."""
        return bool(self.acts([text]) or self.things([text]))

    def _all(self, texts: Sequence[str]) -> list[str]:
        return [act for text in texts for clause in _cut(text) for act in self._act(clause)]

    def _names(self, act: str) -> bool:
        """Whether a clause is a long name: what is done stands before a noun of the table."""
        thing = self._table.thing.search(act)
        if not thing:
            return False
        named = _NAMED.search(act) and not self._table.governs.search(act)
        return bool(named or not self._table.practice.search(act[: thing.start()]))

    def _ranked(self, found: Sequence[str], texts: Sequence[str], least: float) -> tuple[str, ...]:
        words = [set(self._topics.telling(text)) for text in texts]
        worth = {}
        for phrase in found:
            weights = self._topics.telling(phrase)
            again = sum(sum(word in said for said in words) > 1 for word in weights)
            said = sum(sorted(weights.values(), reverse=True)[:HEAVY]) + AGAIN * again
            # 由 at the front: what it is done to stands elsewhere.
            worth[phrase] = said * (WITHOUT_OBJECT if phrase.startswith("由") else 1.0)
        return tuple(sorted((p for p in worth if worth[p] >= least), key=lambda p: -worth[p]))

    def _act(self, clause: str) -> Iterator[str]:
        """The clause less what says nothing of the matter, where what is left can stand in a heading."""
        table = self._table
        principle = table.principle.search(clause)
        said = self._bare(table.reports.sub("", principle[1] if principle else clause))
        said = table.middle.sub("", said)
        for whole in (said, *_FROM_OBJECT.findall(said)):
            form = self._uncounted(whole)
            for short in dict.fromkeys((form, _ATTRIBUTE.sub("", form))):
                stands = SHORTEST <= length_of(short) <= LONGEST and not re.search(r"\d(?!D)", short)
                if stands and (principle or table.practice.search(short)) and not self._is_cut(short):
                    yield short

    def _uncounted(self, said: str) -> str:
        kept = self._table.counted
        return self._table.count.sub(lambda m: m[0] if kept.search(said[: m.start()]) else "", said)

    def _is_cut(self, said: str) -> bool:
        table = self._table
        return bool(table.never.search(said) or table.first.search(said) or table.last.search(said))

    def _bare(self, clause: str) -> str:
        while (less := self._table.before.sub("", clause, count=1).strip()) != clause:
            clause = less
        return self._table.after.sub("", clause)

    def _things(self, clause: str) -> Iterator[str]:
        """Runs of words that end in a noun of the table, the longest of each."""
        clause = self._bare(self._table.reports.sub("", clause))
        words = self._words(clause)
        for place, (last, _) in enumerate(words):
            run = [last]
            for word, tag in reversed(words[max(0, place - MOST_WORDS + 1) : place]):
                if not self._may_stand(word, tag):
                    break
                run.insert(0, word)
            while len(run[0]) == 1 and len(run) > 1:
                run.pop(0)
            goes_on = place + 1 < len(words) and words[place + 1][1][:1] in _GOES_ON
            if self._is_thing("".join(run)) and not goes_on:
                yield "".join(run)

    def _words(self, clause: str) -> list[tuple[str, str]]:
        """The words of a clause as they are written, with their classes."""
        folded = fold(clause)
        if len(folded) != len(clause):
            return []
        words, at = [], 0
        for word, tag in self._tokeniser.tagged(folded):
            at = folded.index(word, at)
            words.append((clause[at : at + len(word)], tag))
            at += len(word)
        return words

    def _may_stand(self, word: str, tag: str) -> bool:
        return word not in self._table.leads and (
            tag[:1] in _NOUNS or tag == "vn" or word in self._table.inside
        )

    def _is_thing(self, phrase: str) -> bool:
        named = SHORTEST_THING <= len(phrase) <= LONGEST_THING and _CHINESE.match(phrase)
        return bool(named and self._table.thing.search(phrase) and not self._table.never.search(phrase))


def _cut(text: str) -> Iterator[str]:
    for clause in _CLAUSE.split(_ASIDE.sub("", _SPACE.sub("", text))):
        if said := clause.strip():
            yield said


@cache
def _read(path: Path) -> _Table:
    rows = tomllib.loads(path.read_text(encoding="utf-8"))
    leads, inside = (frozenset(rows.pop(name).split()) for name in ("leads", "inside"))
    patterns: dict[str, Any] = {name: row.replace("\n", "") for name, row in rows.items()}
    patterns["thing"] = f"(?:{patterns['thing']})$"
    return _Table(
        leads=leads,
        inside=inside,
        **{name: re.compile(pattern) for name, pattern in patterns.items()},
    )
