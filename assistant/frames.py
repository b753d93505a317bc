"""The words of the house style around what the writer noted: headings, openings, closings, cues.

A table, `data/frames.toml`, and the choosing among its rows. Knows neither notes nor archive.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from assistant.draft import HEADING, Part, length_of
from assistant.trip import Trip, spaced_name
from index.tokenise import fold

TABLE = Path(__file__).parent / "data" / "frames.toml"
LONGEST_EVENT = 24
_FIGURE = re.compile(r"[\d一二兩三四五六七八九十百千]")
# What can follow 研議.
_ACTS = re.compile(r"^[由以請讓把將]")
_CLAUSE = re.compile(r"[，；：。]")


@dataclass(frozen=True)
class Subject:
    """What an item is about, as far as it is known: a noun phrase, what was visited, what is done there."""

    topic: str = ""
    visited: str = ""
    clauses: tuple[str, ...] = ()


@dataclass(frozen=True)
class Cues:
    """What tells in a note what it is good for."""

    clock: re.Pattern[str]
    logistics: re.Pattern[str]
    insight: re.Pattern[str]
    own_view: re.Pattern[str]
    advice: re.Pattern[str]
    did: re.Pattern[str]
    opens: re.Pattern[str]
    office: re.Pattern[str]
    before_action: re.Pattern[str]
    doing: re.Pattern[str]
    proposes: re.Pattern[str]
    heading_verb: re.Pattern[str]
    no_heading: re.Pattern[str]
    institution: re.Pattern[str]
    person: re.Pattern[str]
    title: re.Pattern[str]
    binds: re.Pattern[str]
    dangling: re.Pattern[str]


@dataclass(frozen=True)
class Frames:
    """The table, read once."""

    headings: Mapping[Part, Sequence[str]]
    visited: Mapping[Part, Sequence[str]]
    done: Mapping[Part, str]
    asked: Mapping[Part, str]
    no_heading: Mapping[Part, str]
    event: Sequence[str]
    place: Sequence[str]
    closings: Mapping[Part, Sequence[str]]
    own: Sequence[str]
    own_unnamed: Sequence[str]
    silent: Sequence[str]
    unfounded: Sequence[str]
    reasons: Sequence[str]
    precedents: Mapping[Part, Sequence[str]]
    first_person: Sequence[tuple[str, str]]
    cues: Cues
    no_topic: frozenset[str]

    @classmethod
    def load(cls, path: Path = TABLE) -> Frames:
        """Read the table."""
        return _read(path)

    def heading(self, part: Part, turn: int, subject: Subject, place: str) -> str:
        """The first heading that is neither too short nor too long.

        Of the topic, of what was visited, of a clause that says what is done there, or one that asks.
        """
        clauses = [
            clause
            for clause in subject.clauses
            if part == "reflections" or (_ACTS.search(clause) and not _FIGURE.search(clause))
        ]
        named = [f.format(topic=subject.topic) for f in rotated(self.headings[part], turn) if subject.topic]
        named += [
            f.format(visited=subject.visited) for f in rotated(self.visited[part], turn) if subject.visited
        ]
        named += [self.done[part].format(clause=clause) for clause in clauses]
        named += [self.asked[part].format(place=place)] if place else []
        fitting = (heading for heading in named if HEADING[0] <= length_of(heading) <= HEADING[1])
        return next(fitting, self.no_heading[part])

    def heading_of(self, advice: str) -> str:
        """The advice itself as a heading, where what it asks to be done is of that length; else empty."""
        cue = self.cues.advice.search(advice)
        action, stripped = (
            self.cues.before_action.subn("", advice[cue.start() :].lstrip("，；")) if cue else ("", 0)
        )
        if not stripped:
            return ""
        action = action.rstrip("。．.；;！!")
        clauses = re.split(r"[，；]", action)
        for many in (2, 1):
            heading = "，".join(clauses[:many])
            if HEADING[0] <= length_of(heading) <= HEADING[1]:
                return heading
        return ""

    def doings(self, texts: Sequence[str]) -> tuple[str, ...]:
        """The clauses of the texts that say what is done and how."""
        clauses = (clause.strip() for text in texts for clause in _CLAUSE.split(text))
        return tuple(
            clause
            for clause in clauses
            if self.cues.doing.search(clause) and not self.cues.dangling.search(clause)
        )

    def opening(self, trip: Trip, said: str) -> str:
        """What stands before the first observation of a chapter; nothing where it names the trip itself."""
        told = 0 if self.cues.did.search(said) else 1
        named = length_of(trip.event) <= LONGEST_EVENT and trip.event
        if (named and named in said) or any(place in said for place in trip.places):
            return ""
        if named:
            return self.event[told].format(event=spaced_name(trip.event))
        return self.place[told].format(place=trip.place) if trip.place else ""

    def own_side(self, text: str) -> str:
        """The text with the writer's own side called as reports call it."""
        for spoken, written in self.first_person:
            text = text.replace(spoken, written)
        return text

    def in_house_style(self, said: str) -> str:
        """A note without its clock time, its own side called as reports call it, with a full stop."""
        text = self.own_side(self.cues.clock.sub("", said, count=1) or said)
        text = re.sub(r"(?<=[一-鿿])\s+(?=[一-鿿])", "", text).rstrip("。．.；;，, 　")
        return text if text.endswith(("！", "？", "!", "?", "」", "…")) and text[-1] != "」" else f"{text}。"


def rotated(rows: Sequence[str], turn: int) -> Iterator[str]:
    """The rows from number `turn` on, then those before."""
    at = turn % len(rows)
    yield from (*rows[at:], *rows[:at])


@cache
def _read(path: Path) -> Frames:
    table: dict[str, Any] = tomllib.loads(path.read_text(encoding="utf-8"))
    headings, words = table["headings"], table["words"]
    closings = table["closings"]
    return Frames(
        headings={part: tuple(headings[part]) for part in ("reflections", "recommendations")},
        visited=headings["visited"],
        done=headings["done"],
        asked=headings["asked"],
        no_heading=headings["none"],
        event=tuple(table["openings"]["event"]),
        place=tuple(table["openings"]["place"]),
        closings={part: tuple(closings[part]) for part in ("reflections", "recommendations")},
        **{name: tuple(closings[name]) for name in ("own", "own_unnamed", "silent", "reasons", "unfounded")},
        precedents={part: tuple(table["precedents"][part]) for part in ("reflections", "recommendations")},
        first_person=tuple((spoken, written) for spoken, written in words["first_person"]),
        cues=Cues(**{name: re.compile(words[name]) for name in Cues.__dataclass_fields__}),
        no_topic=frozenset(fold(word) for word in words["no_topic"].split()),
    )
