"""The same recommendation in several years: which records are one and the same, and since when it is made.

Two are the same where `likeness` says so; each joins the earlier cluster that it is most like, so that a
later report never takes an older cluster apart. Knows no store and no status.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np

from assistant.likeness import LEAST, Likeness, Profile
from assistant.recommendations import Recommendation
from index.ports import Embedder
from index.tokenise import Tokeniser

# Only so near a vector is worth a closer look.
NEAR = 0.25
MOST_COMPARED = 40


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
        ordered = sorted(found, key=lambda one: (one.date or date.max, one.report_id, one.start))
        profiles = self._likeness.profiles([(one.heading, one.text) for one in ordered])
        groups: list[list[int]] = []
        of: dict[int, int] = {}
        vectors = np.array([profile.vector for profile in profiles])
        for here in range(len(ordered)):
            best = self._joins(here, profiles, vectors, groups, of)
            if best is None:
                best = len(groups)
                groups.append([])
            groups[best].append(here)
            of[here] = best
        clusters = [_cluster([ordered[i] for i in group]) for group in groups]
        return {ordered[i].id: clusters[number] for i, number in of.items()}

    def _joins(
        self,
        here: int,
        profiles: Sequence[Profile],
        vectors: np.ndarray,
        groups: Sequence[Sequence[int]],
        of: dict[int, int],
    ) -> int | None:
        """The earlier cluster that it is most like, on the average of its members."""
        if not here:
            return None
        cosines = vectors[:here] @ vectors[here]
        near = np.argsort(-cosines, kind="stable")[:MOST_COMPARED]
        numbers = dict.fromkeys(of[int(i)] for i in near if cosines[i] >= NEAR)
        scored = []
        for number in numbers:
            likenesses = [self._likeness.of(profiles[i], profiles[here]) for i in groups[number]]
            scored.append((sum(likenesses) / len(likenesses), -number))
        best = max(scored, default=(0.0, 0))
        return -best[1] if best[0] >= LEAST else None


def _cluster(members: Sequence[Recommendation]) -> Cluster:
    first = members[0]
    return Cluster(
        id=first.id,
        times=len({one.report_id for one in members}),
        since=first.date,
        members=tuple(one.id for one in members),
    )
