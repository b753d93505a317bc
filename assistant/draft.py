"""Values of a draft: items of 心得 and 建議 whose every sentence says where it comes from.

An observation rests on the writer's notes [N1], a precedent on past reports [1]; a proposal is for the writer
to decide, and a gap asks for what nobody wrote down. Knows nothing of how a draft is made.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal

from assistant.answer import Citation
from assistant.notes import Notes
from assistant.trip import Trip

Part = Literal["reflections", "recommendations"]
Kind = Literal["observation", "precedent", "proposal", "gap"]
PARTS: dict[str, tuple[Part, ...]] = {
    "心得": ("reflections",),
    "建議": ("recommendations",),
    "both": ("reflections", "recommendations"),
}
NAMES: Mapping[Part, str] = {"reflections": "心得", "recommendations": "建議"}
KIND_NAMES: Mapping[Kind, str] = {
    "observation": "札記",
    "precedent": "前例",
    "proposal": "擬議，請承辦人決定",
    "gap": "待補",
}
_WHOLE_GAP = re.compile(r"(【待補：[^】]*】)")
# Characters without white space that the house's own items have.
LENGTHS: Mapping[Part, tuple[int, int]] = {"reflections": (130, 240), "recommendations": (100, 220)}
SENTENCES: Mapping[Part, tuple[int, int]] = {"reflections": (3, 4), "recommendations": (2, 3)}
HEADING = (8, 21)
NUMERALS = "一二三四五六七八九十"
GAP = re.compile(r"【待補：([^】]*)】")


@dataclass(frozen=True)
class DraftSentence:
    """One sentence, without its marks; `notes` and `citations` are the numbers that it rests on."""

    text: str
    kind: Kind
    notes: tuple[int, ...] = ()
    citations: tuple[int, ...] = ()

    @property
    def questions(self) -> tuple[str, ...]:
        """What the sentence leaves for the writer to fill in."""
        return tuple(GAP.findall(self.text))

    @property
    def pieces(self) -> tuple[tuple[str, bool], ...]:
        """The text in pieces, each with whether it is such a gap."""
        found = ((piece, piece.startswith("【待補：")) for piece in _WHOLE_GAP.split(self.text))
        return tuple((piece, is_gap) for piece, is_gap in found if piece)

    @property
    def marks(self) -> str:
        """[N1] and [1] as they stand after the sentence."""
        return "".join([f"[N{n}]" for n in self.notes] + [f"[{n}]" for n in self.citations])


@dataclass(frozen=True)
class DraftItem:
    """One item of a chapter."""

    part: Part
    heading: str
    sentences: tuple[DraftSentence, ...]

    @property
    def length(self) -> int:
        """Characters of the sentences without white space; gaps count, marks do not."""
        return sum(length_of(sentence.text) for sentence in self.sentences)

    @property
    def is_within(self) -> bool:
        """Whether heading, length and number of sentences are as the house writes them."""
        return (
            HEADING[0] <= length_of(self.heading) <= HEADING[1]
            and LENGTHS[self.part][0] <= self.length <= LENGTHS[self.part][1]
            and SENTENCES[self.part][0] <= len(self.sentences) <= SENTENCES[self.part][1]
        )


@dataclass(frozen=True)
class Draft:
    """What the writer gets; `remarks` are sentences about what was noticed; `model` wrote it, if one did."""

    trip: Trip
    notes: Notes
    items: tuple[DraftItem, ...]
    citations: tuple[Citation, ...] = ()
    mode: Literal["extractive", "llm"] = "extractive"
    model: str = ""
    remarks: tuple[str, ...] = ()

    def of(self, part: Part) -> tuple[DraftItem, ...]:
        """The items of one chapter."""
        return tuple(item for item in self.items if item.part == part)


def length_of(text: str) -> int:
    """Characters without white space."""
    return len("".join(text.split()))


def draft_json(draft: Draft) -> dict[str, Any]:
    """The draft in the stable shape of the command line."""
    used = {n for item in draft.items for sentence in item.sentences for n in sentence.notes}
    trip = draft.trip
    return {
        "trip": {
            "title": trip.title,
            "event": trip.event,
            "place": trip.place,
            "from": trip.first.isoformat() if trip.first else None,
            "to": trip.last.isoformat() if trip.last else None,
            "agency": trip.agency,
            "people": trip.people,
        },
        "mode": draft.mode,
        "model": draft.model,
        "items": [_item_json(item) for item in draft.items],
        "notes": [
            {"n": note.n, "text": note.text, "start": note.start, "end": note.end}
            for note in draft.notes.notes
            if note.n in used
        ],
        "citations": [
            {name: value for name, value in vars(c).items() if name != "gloss"} for c in draft.citations
        ],
        "remarks": list(draft.remarks),
    }


def _item_json(item: DraftItem) -> dict[str, Any]:
    return {
        "part": item.part,
        "heading": item.heading,
        "length": item.length,
        "sentences": [
            {
                "text": sentence.text,
                "kind": sentence.kind,
                "notes": list(sentence.notes),
                "citations": list(sentence.citations),
                "questions": list(sentence.questions),
            }
            for sentence in item.sentences
        ],
    }
