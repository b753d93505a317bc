"""A sentence beside what it cites: where its clauses fit, what is unfounded, bound elsewhere or turned.

Puts together what the parts see. Decides nothing.
"""

from __future__ import annotations

from dataclasses import dataclass

from assistant.actors import Actors
from assistant.acts import unsaid_acts
from assistant.advised import Advised, look_for_advice
from assistant.agents import other_doers
from assistant.alignment import Aligner, Field, Fit
from assistant.bindings import Binder, Binding
from assistant.claims import Claims
from assistant.deeds import Deed, find_deeds
from assistant.exchanged import Exchange, find_exchanges
from assistant.framing import is_framing
from assistant.joined import Seam, find_seam
from assistant.modifiers import OtherThing, other_things
from assistant.polarity import Polarity
from assistant.shifts import Shift, find_shifts
from assistant.synonyms import Synonyms
from assistant.turns import Turn, TurnFinder
from assistant.unfounded import Finding, unfounded

LIGHT_CLAUSE = 6.0


@dataclass(frozen=True)
class Look:
    """All that can be seen of a sentence beside its grounds.

    `doers` are pairs of who does a thing in the sentence and in the passages; `seam` is what only a second
    passage says; it `recommends` where it speaks of advice.
    """

    claims: Claims
    field: Field
    aligner: Aligner
    fits: tuple[Fit, ...]
    findings: tuple[Finding, ...]
    binder: Binder
    bindings: tuple[Binding, ...]
    turns: tuple[Turn, ...]
    doers: tuple[tuple[str, str], ...]
    deeds: tuple[Deed, ...]
    exchanges: tuple[Exchange, ...]
    shifts: tuple[Shift, ...]
    seam: Seam | None
    advised: Advised | None
    things: tuple[OtherThing, ...]
    acts: tuple[str, ...]
    recommends: bool

    @property
    def heavy(self) -> tuple[Fit, ...]:
        """The clauses that say something of their own; all where none does."""
        return tuple(fit for fit in self.fits if _own_weight(fit) >= LIGHT_CLAUSE) or self.fits

    @property
    def closeness(self) -> float:
        """How much of the clauses one sentence each says, by weight."""
        weight = sum(fit.weight for fit in self.heavy)
        return sum(fit.weight * fit.there for fit in self.heavy) / weight if weight else 1.0


def _own_weight(fit: Fit) -> float:
    """The weight of a clause without the words that only lead to what it tells."""
    return sum(word.weight for word in fit.clause.words if not is_framing(word.text))


class Looker:
    """Looks at sentences with the tables that it is given."""

    def __init__(self, polarity: Polarity, actors: Actors, synonyms: Synonyms) -> None:
        self._synonyms = synonyms
        self._polarity = polarity
        self._actors = actors
        self._turns = TurnFinder(polarity)

    def look(self, claims: Claims, field: Field) -> Look:
        """The sentence beside its field."""
        aligner = Aligner(claims, field)
        fits = tuple(aligner.fit(clause) for clause in claims.clauses)
        binder = Binder(aligner, self._actors)
        return Look(
            claims=claims,
            field=field,
            aligner=aligner,
            fits=fits,
            findings=unfounded(claims, field),
            binder=binder,
            bindings=binder.all(),
            turns=self._turns.find(aligner, fits),
            doers=tuple(other_doers(aligner, self._synonyms)),
            deeds=tuple(find_deeds(aligner, binder)),
            exchanges=tuple(find_exchanges(claims, binder)),
            shifts=find_shifts(aligner, fits, binder, self._polarity),
            seam=find_seam(aligner),
            advised=look_for_advice(aligner, self._polarity),
            things=tuple(other_things(aligner)),
            acts=unsaid_acts(claims, field),
            recommends=bool(self._polarity.found("recommend", claims.folded, english=claims.english)),
        )
