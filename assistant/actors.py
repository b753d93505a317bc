"""Who acts in a clause: people, places and offices by name, the home side, and roles such as 住戶 or 志工.

Two ways to speak of one actor are the same one: a surname with a title and the full name, 該市 and the city
spoken of before. Decides nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from assistant.claims import Clause
from assistant.named import Named
from assistant.synonyms import Synonyms
from index.tokenise import fold

ActorKind = Literal["person", "place", "office", "event", "home", "that", "role"]
TABLE = Path(__file__).parent / "data" / "roles.txt"
_KIND_OF_TYPE: dict[str, ActorKind] = {
    "country": "place", "city": "place", "place": "place", "forum": "event", "event": "event",
}  # fmt: skip
_KIND_OF_NAME: dict[str, ActorKind] = {"person": "person", "surname": "person", "office": "office"}
# Who may stand where another stood: a person is not a rival of a city.
RIVALS: dict[ActorKind, frozenset[str]] = {
    "person": frozenset({"person"}),
    "place": frozenset({"place", "home"}),
    "office": frozenset({"office"}),
    "event": frozenset({"event"}),
    "home": frozenset({"place", "that"}),
    "that": frozenset(),
    "role": frozenset({"role", "person", "office", "home"}),
}


@dataclass(frozen=True)
class Actor:
    """One actor at a place of a folded clause, with every folded way to write it."""

    kind: ActorKind
    surface: str
    spellings: tuple[str, ...]
    at: int

    def is_same(self, other: Actor) -> bool:
        """Whether both may be one and the same."""
        if "person" in (self.kind, other.kind):
            return self.kind == other.kind and _same_person(self, other)
        if self.kind == other.kind == "home" or set(self.spellings) & set(other.spellings):
            return True
        return any(
            one in two or two in one
            for one in self.spellings
            for two in other.spellings
            if len(one) > 1 and len(two) > 1
        )


def _same_person(one: Actor, other: Actor) -> bool:
    """Whether a full name is the other's, or begins or ends with the surname that the other is."""
    return any(
        a == b or a.startswith(b) or b.startswith(a) or b in a.split() or a in b.split()
        for a in one.spellings
        for b in other.spellings
    )


class Actors:
    """Finds actors with the table of roles and the synonyms that it is given."""

    def __init__(self, roles: dict[str, ActorKind], synonyms: Synonyms) -> None:
        self._roles = roles
        self._synonyms = synonyms
        self._pattern = re.compile("|".join(sorted(roles, key=len, reverse=True)))

    @classmethod
    def load(cls, synonyms: Synonyms, path: Path = TABLE) -> Actors:
        """Read the table of roles: a kind and its words on each line."""
        roles: dict[str, ActorKind] = {}
        for line in path.read_text(encoding="utf-8").splitlines():
            kind, *words = line.split()
            if kind in RIVALS:
                roles.update({fold(word): kind for word in words})
        return cls(roles, synonyms)

    def of(self, clause: Clause, *, english: bool = False) -> tuple[Actor, ...]:
        """The actors of a clause, in order, each place once."""
        named = [actor for name in clause.names if (actor := actor_of(name, clause))]
        roles = self._english(clause) if english else self._chinese(clause.folded, named)
        return tuple(sorted([*named, *roles], key=lambda actor: actor.at))

    def _chinese(self, folded: str, named: Sequence[Actor]) -> Iterable[Actor]:
        for found in self._pattern.finditer(folded):
            if not any(a.at <= found.start() < a.at + len(a.surface) for a in named):
                yield self._role(found[0], found.start())

    def _english(self, clause: Clause) -> Iterable[Actor]:
        for word in clause.words:
            role = next((spelling for spelling in word.spellings if spelling in self._roles), None)
            if role:
                yield self._role(role, word.at)

    def _role(self, word: str, at: int) -> Actor:
        return Actor(self._roles[word], word, self._synonyms.of(word), at)


def actor_of(name: Named, clause: Clause) -> Actor | None:
    """A name as an actor; None for what does not act, such as a quotation."""
    kind = _KIND_OF_TYPE.get(name.type, "office") if name.kind == "known" else _KIND_OF_NAME.get(name.kind)
    if kind is None:
        return None
    spellings = name.spellings
    if name.kind == "surname" and name.surface.isascii():
        spellings = (*spellings, name.surface.lower())
    at = next(
        (clause.folded.find(s) for s in name.spellings if s in clause.folded),
        max(0, name.start - clause.start),
    )
    return Actor(kind, name.surface, spellings, at)
