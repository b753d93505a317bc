"""The same recommendation in several years: which records are one and the same, and since when it is made.

Each joins the earlier cluster that it is most like, so that a later report never takes an older one apart;
what one report says twice is twice meant, and stays two. Knows no store and no status.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np

from assistant.likeness import LEAST, Likeness, Profile
from assistant.recommendations import Recommendation
from assistant.topics import OTHER
from index.ports import Embedder
from index.tokenise import Tokeniser

# Only so near a vector is worth a closer look.
NEAR = 0.3
MOST_COMPARED = 12
# The average over its last members stands for a cluster: nobody writes the same a hundred ways.
LAST_MEMBERS = 4
# Of different topics, or of none, only what is beyond doubt the same goes together.
SURE = 0.9
# Of all pairs of an archive nearly all are unrelated: the further apart two texts are as wholes (cosine), the
# surer the likeness of their words must be.
CLOSE, STEEP = 0.42, 2.0


@dataclass(frozen=True)
class Cluster:
    """One recommendation over the years: `id` is the id of its first record, `times` counts reports."""

    id: str
    times: int
    since: date | None
    members: tuple[str, ...]


class Clusters:
    """Puts recommendations together with the likeness that it is given."""

    def __init__(self, likeness: Likeness) -> None:
        self._likeness = likeness

    @classmethod
    def over(cls, embedder: Embedder, tokeniser: Tokeniser) -> Clusters:
        """Clusters by the project's own tables and the archive's model."""
        return cls(Likeness.load(embedder, tokeniser))

    def of(self, found: Sequence[Recommendation]) -> dict[str, Cluster]:
        """The cluster of every recommendation, by its id."""
        return clusters_of(self.groups(found))

    def groups(self, found: Sequence[Recommendation]) -> list[list[Recommendation]]:
        """What goes together, each in the order of the dates."""
        ordered = sorted(found, key=lambda one: (one.date or date.max, one.report_id, one.start))
        profiles = self._likeness.profiles([(one.heading, one.text) for one in ordered])
        grouping = _Grouping(self._likeness, ordered, profiles)
        return [[ordered[place] for place in group] for group in grouping.run()]


def clusters_of(groups: Iterable[Sequence[Recommendation]]) -> dict[str, Cluster]:
    """The cluster of every recommendation, by its id, for what goes together."""
    return {one.id: cluster for group in groups for cluster in (_cluster(group),) for one in group}


class _Grouping:
    """One run over records in the order of their dates, which are known by their places in it."""

    def __init__(
        self, likeness: Likeness, ordered: Sequence[Recommendation], profiles: Sequence[Profile]
    ) -> None:
        self._likeness = likeness
        self._ordered = ordered
        self._profiles = profiles
        self._vectors = np.array([profile.vector for profile in profiles])
        self._groups: list[list[int]] = []
        self._group_of: list[int] = []

    def run(self) -> list[list[int]]:
        """The places of every cluster."""
        for here in range(len(self._profiles)):
            number = self._joined(here)
            if number is None:
                number = len(self._groups)
                self._groups.append([])
            self._groups[number].append(here)
            self._group_of.append(number)
        return self._groups

    def _joined(self, here: int) -> int | None:
        """The earlier cluster that it is most like, on the average of its members."""
        if not here:
            return None
        cosines = self._vectors[:here] @ self._vectors[here]
        near = np.argsort(-cosines, kind="stable")[:MOST_COMPARED]
        numbers = dict.fromkeys(self._group_of[place] for place in near if cosines[place] >= NEAR)
        scored = [(self._like(here, self._groups[number]), -number) for number in numbers]
        best, number = max(scored, default=(0.0, 0))
        return -number if best >= LEAST else None

    def _like(self, here: int, group: Sequence[int]) -> float:
        one, others = self._ordered[here], [self._ordered[place] for place in group]
        if any(other.report_id == one.report_id for other in others):
            return 0.0
        last = group[-LAST_MEMBERS:]
        likenesses = [self._likeness.of(self._profiles[place], self._profiles[here]) for place in last]
        mean = sum(likenesses) / len(likenesses)
        agrees = one.topic != OTHER and any(other.topic == one.topic for other in others)
        needed = LEAST + STEEP * max(0.0, CLOSE - self._nearest(here, last))
        return mean if mean >= (needed if agrees else max(needed, SURE)) else 0.0

    def _nearest(self, here: int, group: Sequence[int]) -> float:
        return float(max(self._vectors[list(group)] @ self._vectors[here]))


def _cluster(members: Sequence[Recommendation]) -> Cluster:
    first = members[0]
    return Cluster(
        id=first.id,
        times=len({one.report_id for one in members}),
        since=first.date,
        members=tuple(one.id for one in members),
    )
