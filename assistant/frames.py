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

from assistant.draft import GAP, HEADING, Part, length_of
from assistant.trip import Trip, spaced_name
from index.tokenise import fold

TABLE = Path(__file__).parent / "data" / "frames.toml"
LONGEST_EVENT = 24
# A clause so short joins others: 就本市而言.
JOINING = 6
_CLAUSE = re.compile(r"[，；。]")
_QUOTED = re.compile(r"([「『“\"][^」』”\"]*[」』”\"])")
# A name that holds 的 takes no second one.
OF = "{it}的"


@dataclass(frozen=True)
class Subject:
    """What an item is about, as far as it is known: a noun phrase, what is done, with what, what was visited.

    `is_headed` says that the topic stands above the notes, as the writer's own heading.
    """

    topic: str = ""
    is_headed: bool = False
    acts: tuple[str, ...] = ()
    things: tuple[str, ...] = ()
    visited: str = ""


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
    points: re.Pattern[str]
    office: re.Pattern[str]
    before_action: re.Pattern[str]
    proposes: re.Pattern[str]
    tells: re.Pattern[str]
    wills: re.Pattern[str]
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

    headings: Mapping[str, Mapping[Part, Sequence[str]]]
    order: Mapping[Part, Sequence[str]]
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
        """The first heading that is neither too short nor too long; one that asks where none is.

        In 心得 what the writer's own headings name goes before what is done; in 建議 what is done goes first.
        """
        kinds = {
            "topic": [subject.topic] if subject.topic and subject.is_headed else [],
            "act": subject.acts,
            "thing": subject.things,
            "seldom": [subject.topic] if subject.topic and not subject.is_headed else [],
            "visited": [subject.visited] if subject.visited else [],
        }
        named = [
            frame.format(it=name)
            for kind in self.order[part]
            for name in kinds[kind]
            for frame in self._frames_of(kind, part, turn)
            if not ("的" in name and OF in frame)
        ]
        named += [self.asked[part].format(place=place)] if place else []
        fitting = (heading for heading in named if HEADING[0] <= length_of(heading) <= HEADING[1])
        return next(fitting, self.no_heading[part])

    def _frames_of(self, kind: str, part: Part, turn: int) -> Iterator[str]:
        return rotated(self.headings[kind if kind in self.headings else "topic"][part], turn)

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

    def only_proposes(self, text: str) -> bool:
        """Whether a sentence proposes, in every clause, and tells nothing of what was or is so."""
        return bool(self.cues.proposes.search(text)) and self._only_wills(text)

    def only_asks(self, text: str) -> bool:
        """Whether nothing is told outside the questions that a sentence holds."""
        return self._only_wills(GAP.sub("", text))

    def _only_wills(self, text: str) -> bool:
        clauses = _CLAUSE.split(text)
        willed = all(len(c) <= JOINING or self.cues.wills.search(c) for c in clauses)
        return willed and not self.cues.tells.search(text)

    def opening(self, trip: Trip, said: str) -> str:
        """What stands before the first observation of a chapter; nothing where it names the trip itself."""
        told = 0 if self.cues.did.search(said) else 1
        named = length_of(trip.event) <= LONGEST_EVENT and trip.event
        if said.startswith("赴") or (named and named in said) or any(place in said for place in trip.places):
            return ""
        if named:
            return self.event[told].format(event=spaced_name(trip.event))
        return self.place[told].format(place=trip.place) if trip.place else ""

    def own_side(self, text: str) -> str:
        """The text with the writer's own side called as reports call it; quotations stay."""
        parts = _QUOTED.split(text)
        for spoken, written in self.first_person:
            parts[::2] = [part.replace(spoken, written) for part in parts[::2]]
        return "".join(parts)

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
        headings={kind: headings[kind] for kind in ("topic", "act", "visited")},
        order=headings["order"],
        asked=headings["asked"],
        no_heading=headings["none"],
        event=tuple(table["openings"]["event"]),
        place=tuple(table["openings"]["place"]),
        closings={part: tuple(closings[part]) for part in ("reflections", "recommendations")},
        **{name: tuple(closings[name]) for name in ("own", "own_unnamed", "silent", "reasons", "unfounded")},
        precedents={part: tuple(table["precedents"][part]) for part in ("reflections", "recommendations")},
        first_person=tuple((spoken, written) for spoken, written in words["first_person"]),
        cues=Cues(**{name: re.compile(words[name].replace("\n", "")) for name in Cues.__dataclass_fields__}),
        no_topic=frozenset(fold(word) for word in words["no_topic"].split()),
    )
