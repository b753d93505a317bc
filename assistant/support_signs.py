"""What speaks for and against a sentence in the passages that it cites: a row of numbers.

How much of it is said and how close together, what is said of something else, what is turned or made surer.
Decides nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from assistant.actors import Actors
from assistant.alignment import Aligner, Field, Fit
from assistant.bindings import Binder, Binding
from assistant.claims import Claims
from assistant.polarity import NEGATION, Polarity
from assistant.turns import Turn, TurnFinder
from assistant.unfounded import Finding, unfounded
from index.tokenise import bigrams

BOUND = ("number", "date", "place", "person", "office", "event", "home", "role")
RECOMMENDING = frozenset({"recommendations", "reflections_and_recommendations"})
LIGHT_CLAUSE = 6.0
UNMET_HEAVY = 5.0


@dataclass(frozen=True)
class Look:
    """A sentence beside its grounds: where it fits, what is unfounded, bound elsewhere or turned."""

    claims: Claims
    field: Field
    aligner: Aligner
    fits: tuple[Fit, ...]
    findings: tuple[Finding, ...]
    binder: Binder
    bindings: tuple[Binding, ...]
    turns: tuple[Turn, ...]
    shifts: frozenset[str]


class SignReader:
    """Looks at a sentence beside its grounds and reads the signs."""

    def __init__(self, polarity: Polarity, actors: Actors) -> None:
        self._polarity = polarity
        self._actors = actors
        self._turns = TurnFinder(polarity)

    def look(self, claims: Claims, field: Field) -> Look:
        """All that can be seen of a sentence beside what it cites."""
        aligner = Aligner(claims, field)
        fits = tuple(aligner.fit(clause) for clause in claims.clauses)
        binder = Binder(aligner, self._actors)
        return Look(
            claims,
            field,
            aligner,
            fits,
            unfounded(claims, field),
            binder,
            binder.all(),
            self._turns.find(aligner, fits),
            frozenset(self._shifts(claims, field, fits)),
        )

    def _shifts(self, claims: Claims, field: Field, fits: Sequence[Fit]) -> list[str]:
        """Kinds of small words that a clause adds to, or leaves out of, the sentence that it fits."""
        found = []
        for fit in fits:
            if fit.sentence < 0 or fit.weight < LIGHT_CLAUSE:
                continue
            whole = field.sentences[fit.sentence].folded
            there = field.spots[fit.spot].clause.folded
            for kind in self._polarity.kinds:
                if kind == NEGATION:
                    continue
                said = self._polarity.found(kind, fit.clause.folded, english=claims.english)
                if said and not self._polarity.found(kind, whole):
                    found.append(f"{kind}_added")
                if self._polarity.found(kind, there) and not self._polarity.found(
                    kind, claims.folded, english=claims.english
                ):
                    found.append(f"{kind}_lost")
        return found

    def row(self, look: Look) -> dict[str, float]:
        """All signs by name."""
        return {
            **_of_values(look),
            **_of_turns(look),
            **{name: float(name in look.shifts) for name in self._shift_names()},
            **self._of_kind(look),
            **_of_cover(look),
            **_of_unmet(look),
        }

    def _shift_names(self) -> list[str]:
        kinds = [kind for kind in self._polarity.kinds if kind != NEGATION]
        return [f"{kind}_{way}" for kind in kinds for way in ("added", "lost")]

    def _of_kind(self, look: Look) -> dict[str, float]:
        """Whether it recommends, and whether the passage does."""
        claims, field = look.claims, look.field
        english = claims.english
        chapters = {source.ground.chapter for source in field.sources}
        recommends = bool(self._polarity.found("recommend", claims.folded, english=english))
        written = bool(self._polarity.found("recommend", field.text))
        return {
            "recommends": float(recommends),
            "from_recommendations": float(bool(chapters & RECOMMENDING)),
            "unasked": float(recommends and not written and not chapters & RECOMMENDING),
            "made_fact": float(bool(chapters & RECOMMENDING) and not recommends),
            "english": float(english),
            "grounds": float(len(field.sources)),
            "clauses": float(len(claims.clauses)),
            "words": float(len(look.aligner.words)),
        }


def _of_values(look: Look) -> dict[str, float]:
    """What is unfounded, and how far values of each kind stand better elsewhere."""
    kinds = [finding.kind for finding in look.findings]
    row = {f"no_{kind}": float(kinds.count(kind)) for kind in ("number", "date", "name", "quote")}
    for kind in BOUND:
        row[f"lost_{kind}"] = max([b.lost for b in look.bindings if b.kind == kind], default=0.0)
        own = [b.own for b in look.bindings if b.kind == kind]
        row[f"own_{kind}"] = min(own, default=1.0)
    return row


def _of_turns(look: Look) -> dict[str, float]:
    row = {}
    for kind in ("negated", "affirmed", "contrary", "made_fact", "surer", "wider"):
        fits = [turn.fit for turn in look.turns if turn.kind == kind]
        row[kind] = float(len(fits))
        row[f"{kind}_fit"] = max(fits, default=0.0)
    return row


def _of_cover(look: Look) -> dict[str, float]:
    """How much is said at all, in one sentence, in two neighbours; and of the clause that fares worst."""
    aligner = look.aligner
    count = range(len(look.field.sentences))
    one = max([aligner.cover([at]) for at in count], default=0.0)
    two = max([aligner.cover([at, at + 1]) for at in count if at + 1 in count], default=one)
    heavy = [fit for fit in look.fits if fit.weight >= LIGHT_CLAUSE] or list(look.fits)
    grams = set(bigrams(look.claims.folded))
    best = max([_share(grams, s.folded) for s in look.field.sentences], default=0.0)
    everything = aligner.everything()
    return {
        "cover": everything,
        "one": one,
        "two": two,
        "spread": everything - two,
        **{f"{name}_least": _least(heavy, part) for name, part in _PARTS},
        **{f"{name}_mean": _mean(heavy, part) for name, part in _PARTS},
        "parted": max([fit.anywhere - fit.there for fit in heavy], default=0.0),
        "scattered": max([fit.there - fit.here for fit in heavy], default=0.0),
        "sentences": float(len({fit.sentence for fit in heavy})),
        "grams": best,
        "grams_all": _share(grams, look.field.text),
        "inverted": _inverted(look),
    }


_PARTS: tuple[tuple[str, Callable[[Fit], float]], ...] = (
    ("here", lambda fit: fit.here),
    ("there", lambda fit: fit.there),
    ("anywhere", lambda fit: fit.anywhere),
)


def _least(fits: Sequence[Fit], part: Callable[[Fit], float]) -> float:
    return min(map(part, fits), default=1.0)


def _mean(fits: Sequence[Fit], part: Callable[[Fit], float]) -> float:
    weight = sum(fit.weight for fit in fits)
    return sum(fit.weight * part(fit) for fit in fits) / weight if weight else 1.0


def _share(grams: set[str], folded: str) -> float:
    return sum(gram in folded for gram in grams) / len(grams) if grams else 1.0


def _inverted(look: Look) -> float:
    """The share of pairs of words that stand the other way round in the sentence that fits best."""
    if look.claims.english or not look.fits or look.fits[0].sentence < 0:
        return 0.0
    heaviest = max(look.fits, key=lambda fit: fit.weight)
    there = look.field.sentences[heaviest.sentence].folded
    places = [_place(word.spellings, there) for fit in look.fits for word in fit.clause.words]
    kept = [place for place in places if place >= 0]
    pairs = [(a, b) for i, a in enumerate(kept) for b in kept[i + 1 :]]
    return sum(a > b for a, b in pairs) / len(pairs) if pairs else 0.0


def _place(spellings: Sequence[str], folded: str) -> int:
    return next((folded.find(spelling) for spelling in spellings if spelling in folded), -1)


def _of_unmet(look: Look) -> dict[str, float]:
    """The words that no ground says."""
    unmet = [word for fit in look.fits for word in fit.unmet]
    weights = [word.weight for word in unmet]
    verbs = [word for word in look.aligner.words if word.is_verb]
    names = [word for word in look.aligner.words if not word.is_verb]
    return {
        "unmet": float(len(unmet)),
        "unmet_heaviest": max(weights, default=0.0),
        "unmet_heavy": float(sum(weight >= UNMET_HEAVY for weight in weights)),
        "unmet_weight": sum(weights),
        "unmet_verbs": sum(word in unmet for word in verbs) / max(1, len(verbs)),
        "unmet_nouns": sum(word in unmet for word in names) / max(1, len(names)),
        "unmet_clause": max([_unmet_share(fit) for fit in look.fits], default=0.0),
    }


def _unmet_share(fit: Fit) -> float:
    return sum(word.weight for word in fit.unmet) / fit.weight if fit.weight >= LIGHT_CLAUSE else 0.0
