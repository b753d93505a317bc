"""How suspect a sentence is that nothing contradicts: a weighed sum of signs, and from where on it is marked.

The weights and limits are a small table that `python -m evals.fit_suspicion` sets on labelled sentences; no
sign speaks for a sentence more the more there is of it. Knows nothing of contradictions.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path

from assistant.claims import Word
from assistant.framing import is_framing
from assistant.look import Look
from index.tokenise import fold

TABLE = Path(__file__).parent / "data" / "suspicion.json"
MOST_UNSAID = 30.0
_NAMES, _NO_NAMES = ("nr", "ns", "nz"), tuple(fold("達台路山後誰"))
SIGNS = (
    "apart", "loose", "unsaid", "named", "place", "office", "role", "done", "outright", "crossed",
)  # fmt: skip


@dataclass(frozen=True)
class Suspicion:
    """Weights by sign; from `marked` on a sentence is marked."""

    base: float
    marked: float
    weights: dict[str, float]

    @classmethod
    def load(cls, path: Path = TABLE) -> Suspicion:
        """Read the table."""
        data = json.loads(path.read_text(encoding="utf-8"))
        return cls(data["base"], data["marked"], data["weights"])

    def of(self, look: Look) -> float:
        """How suspect the sentence is."""
        return self.base + sum(self.weights[name] * value for name, value in signs_of(look).items())

    def heaviest(self, look: Look) -> str:
        """The sign that adds most."""
        signs = signs_of(look)
        return max(signs, key=lambda name: self.weights[name] * signs[name])


def signs_of(look: Look) -> dict[str, float]:
    """The signs by name, each greater the more suspect the sentence is.

    `apart`: no one sentence says it; `loose`: its loosest clause; `unsaid`: words that are nowhere, `named`:
    a name among them; then what is bound elsewhere, by kind, and the shifts.
    """
    lost = {kind: 0.0 for kind in ("place", "office", "role")}
    for bound in look.bindings:
        if bound.kind in lost:
            lost[bound.kind] = max(lost[bound.kind], bound.lost)
    kinds = [shift.kind for shift in look.shifts]
    unsaid = unsaid_words(look)
    return {
        "apart": 1 - look.closeness,
        "loose": 1 - min((fit.here for fit in look.heavy), default=1.0),
        "unsaid": min(MOST_UNSAID, sum(word.weight for word in unsaid)) / 10,
        "named": float(any(_is_name(word) for word in unsaid)),
        **lost,
        "done": float("done" in kinds),
        "outright": float("outright" in kinds),
        "crossed": float(kinds.count("crossed")),
    }


def unsaid_words(look: Look) -> list[Word]:
    """The words that the passages have nowhere, but for those that only lead to what is told."""
    return [word for fit in look.fits for word in fit.unmet if not is_framing(word.text)]


def _is_name(word: Word) -> bool:
    """Whether the dictionary takes the word for a name; 厚達 and the like it takes for one wrongly."""
    return word.tag.startswith(_NAMES) and len(word.text) > 1 and not word.text.endswith(_NO_NAMES)
