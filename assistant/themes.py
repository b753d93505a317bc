"""Themes of a writer's notes: a few that say most, each with the notes that belong to it.

A theme grows from its most telling note by nearness in meaning and in place; no note is in two. What the
writer says of the own city or advises is kept apart. Invents nothing.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from assistant.draft import length_of
from assistant.frames import Cues
from assistant.matters import Matters
from assistant.notes import Note, Notes
from assistant.quantities import find_quantities
from index.ports import Embedder
from index.tokenise import fold

MOST_LOOKED_AT = 400
IDEAL = (20, 75)
NEAR = 3
COMPANIONS = 3
PLACE, SAME_VISIT, WORTH = 0.2, 0.5, 0.2
A_THEME = 2
LARGER, GOOD = 0.4, 1.0
ADVICE_PLACE = 0.25
ALIKE = 1.2
NEARBY = 0.35
WORST = -1.0
# What a note is worth more that says what is done, or with what.
MATTER = 1.0


@dataclass(frozen=True)
class Theme:
    """Notes about one thing in their order, what the writer thinks of it, and what the writer advises."""

    notes: tuple[Note, ...]
    views: tuple[Note, ...] = ()
    advice: tuple[Note, ...] = ()


class ThemeFinder:
    """The themes of one writer's notes, for 心得 by what was seen and for 建議 by what the writer advises."""

    def __init__(self, notes: Notes, embedder: Embedder, cues: Cues, matters: Matters) -> None:
        self._cues = cues
        # What stands there twice is noted once.
        once = {note.said: note for note in reversed(notes.notes)}
        usable = [note for note in reversed(once.values()) if not note.is_english]
        worth = {note.n: _worth(note, cues) + MATTER * matters.has(note.said) for note in usable}
        kept = sorted(sorted(usable, key=lambda n: -worth[n.n])[:MOST_LOOKED_AT], key=lambda n: n.n)
        facts = [note for note in kept if not _is_opinion(note, cues)]
        self._facts = [note for note in facts if worth[note.n] > WORST / 2] or facts
        self._opinions = [note for note in kept if _is_opinion(note, cues)]
        self._worth = worth
        self._table = _Nearness(kept, embedder, cues) if kept else None

    def seen(self, count: int) -> tuple[Theme, ...]:
        """Up to `count` themes in the order of the notes; fewer where the notes hold fewer things."""
        if self._table is None:
            return ()
        if not self._facts:
            return tuple(Theme((note,)) for note in self._opinions[:count])
        # Two notes make an item; more items than that would be padded.
        fitting = min(count, -(-len(self._facts) // A_THEME))
        groups = _grow(self._facts, fitting, self._worth, self._table)
        return _with_opinions(groups, self._opinions, self._cues, self._table)

    def advised(self, count: int) -> tuple[Theme, ...]:
        """Up to `count` themes: each piece of advice with what was seen of it, then what was seen besides."""
        advice = [note for note in self._opinions if self._cues.advice.search(note.said)][:count]
        if self._table is None or not self._facts:
            return tuple(Theme((), (), (note,)) for note in advice)
        themes = [Theme(self._closest(note), (), (note,)) for note in advice]
        used = {note.n for theme in themes for note in theme.notes[:1]}
        others = [
            Theme(notes, theme.views)
            for theme in self.seen(count)
            if (notes := tuple(note for note in theme.notes if note.n not in used))
        ]
        return (*themes, *others)[:count]

    def _closest(self, advice: Note) -> tuple[Note, ...]:
        table = self._table
        assert table is not None
        views = [note for note in self._opinions if not self._cues.advice.search(note.said)]
        ranked = sorted(
            [*self._facts, *views],
            key=lambda note: -table.meaning(note, advice) - ADVICE_PLACE * table.both(note, advice),
        )
        return tuple(ranked[:A_THEME])


class _Nearness:
    """How near two notes are in meaning and in place."""

    def __init__(self, notes: Sequence[Note], embedder: Embedder, cues: Cues) -> None:
        self._at = {note.n: at for at, note in enumerate(notes)}
        self._visit = dict(_visits(notes, cues))
        vectors: NDArray[np.float32] = embedder.encode([note.said for note in notes])
        self._cosines = vectors @ vectors.T

    def visit(self, note: Note) -> int:
        return self._visit[note.n]

    def meaning(self, one: Note, other: Note) -> float:
        return float(self._cosines[self._at[one.n], self._at[other.n]])

    def both(self, one: Note, other: Note) -> float:
        beside = PLACE * max(0, NEAR + 1 - abs(one.n - other.n)) / NEAR
        visit = SAME_VISIT if self._visit[one.n] == self._visit[other.n] else 0.0
        return self.meaning(one, other) + beside + visit


def _visits(notes: Sequence[Note], cues: Cues) -> Iterator[tuple[int, int]]:
    """The number of each note's visit or session: one begins with a heading, a time of day or 拜會."""
    visit, heading = 0, ""
    for note in notes:
        clock = cues.clock.match(note.said)
        begins = cues.opens.search(cues.clock.sub("", note.said, count=1)) or (clock and clock.end())
        if begins or note.heading != heading:
            visit, heading = visit + 1, note.heading
        yield note.n, visit


def _worth(note: Note, cues: Cues) -> float:
    """How much a note has to say: figures, reasons and findings against flights and hotels."""
    size = length_of(note.said)
    worth = 1.0 if IDEAL[0] <= size <= IDEAL[1] else 0.5 if size > IDEAL[1] else 0.1
    worth += 0.5 * min(3, len(set(cues.insight.findall(note.said))))
    worth += 0.15 * min(3, len(find_quantities(fold(note.said))))
    return worth - (2.0 if cues.logistics.search(note.said) else 0.0)


def _is_opinion(note: Note, cues: Cues) -> bool:
    return bool(cues.advice.search(note.said) or cues.own_view.search(note.said))


def _grow(facts: Sequence[Note], count: int, worth: dict[int, float], table: _Nearness) -> list[list[Note]]:
    """The seeds first, each unlike those before it; then the companions, the nearest pair first."""
    seeds: list[Note] = []
    while len(seeds) < count:
        left = [note for note in facts if note not in seeds]
        # Another visit first, as long as one is left that says something.
        used = {table.visit(seed) for seed in seeds}
        left = [n for n in left if table.visit(n) not in used and worth[n.n] >= GOOD] or left
        if not left:
            break
        seeds.append(
            max(
                left,
                key=lambda note: (
                    worth[note.n] - ALIKE * max((table.both(note, seed) for seed in seeds), default=0.0)
                ),
            )
        )
    groups = [[seed] for seed in seeds]
    rest = [note for note in facts if note not in seeds]
    pairs = [
        (table.both(seed, note) + WORTH * worth[note.n], place, note)
        for note in rest
        for place, seed in enumerate(seeds)
    ]
    taken: set[int] = set()
    for nearness, place, note in sorted(pairs, key=lambda pair: -pair[0]):
        if note.n not in taken and len(groups[place]) <= COMPANIONS and nearness > NEARBY:
            groups[place].append(note)
            taken.add(note.n)
    return [sorted(group, key=lambda note: note.n) for group in groups]


def _with_opinions(
    groups: list[list[Note]], opinions: Sequence[Note], cues: Cues, table: _Nearness
) -> tuple[Theme, ...]:
    """The themes in order, each opinion with the theme that it is nearest to."""
    views: list[list[Note]] = [[] for _ in groups]
    advice: list[list[Note]] = [[] for _ in groups]
    for note in opinions:
        place = _nearest(note, groups, table)
        (advice if cues.advice.search(note.said) else views)[place].append(note)
    themes = [
        Theme(tuple(group), tuple(own), tuple(advised))
        for group, own, advised in zip(groups, views, advice, strict=True)
    ]
    return tuple(sorted(themes, key=lambda theme: theme.notes[0].n))


def _nearest(note: Note, groups: Sequence[Sequence[Note]], table: _Nearness) -> int:
    return max(range(len(groups)), key=lambda at: max(table.both(note, one) for one in groups[at]))
