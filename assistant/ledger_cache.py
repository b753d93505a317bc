"""What was found for the ledger, kept in the home folder until the archive, a table or a rule changes.

Holds where recommendations stand and which go together, no text; it can be deleted at any time and is found
anew. Knows nothing of what people say became of a recommendation.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from dataclasses import astuple, dataclass, field
from functools import cache
from pathlib import Path

from assistant.recommendations import Place
from index.stamps import Stamp, StampFile

FILE = "found.json"
_ROOT = Path(__file__).parents[1]
# All that decides what is found and what goes together.
MADE_WITH = tuple(
    _ROOT / name
    for name in (
        "assistant/advice.py", "assistant/clusters.py", "assistant/cues.py", "assistant/likeness.py",
        "assistant/matching.py", "assistant/profiles.py", "assistant/recommendations.py",
        "assistant/synonyms.py", "assistant/topics.py",
        "assistant/data/advice.toml", "assistant/data/common_advice.txt", "assistant/data/likeness.toml",
        "assistant/data/opposite_advice.txt", "assistant/data/same_advice.txt",
        "assistant/data/synonyms.txt", "assistant/data/topics.csv",
        "index/sentences.py", "index/tokenise.py", "index/word_weights.py", "index/data/word_weights.tsv",
    )
)  # fmt: skip

Groups = tuple[tuple[str, ...], ...]


@dataclass(frozen=True)
class Kept:
    """The places in each report by its id; `groups` are ids of recommendations that go together."""

    places: dict[str, tuple[Place, ...]] = field(default_factory=dict)
    groups: Groups = ()


class LedgerCache:
    """The file of one archive, in `home`/ledger; `model` is what made the archive's vectors."""

    def __init__(self, home: Path, model: str) -> None:
        self._stamp = StampFile(home / "ledger")
        self._made_by = f"{made_with()} {model}"

    def read(self) -> Kept:
        """What was kept; nothing where that is damaged, or made with other tables or rules."""
        stamp = self._stamp.read()
        if stamp is None:
            return Kept()
        try:
            data = json.loads((self._stamp.root / stamp.folder / FILE).read_text(encoding="utf-8"))
            if data["made_by"] != self._made_by:
                return Kept()
            places = {key: tuple(Place(*row) for row in rows) for key, rows in data["places"].items()}
            return Kept(places, tuple(map(tuple, data["groups"])))
        except (OSError, ValueError, TypeError, LookupError, AttributeError):
            return Kept()

    def write(self, kept: Kept, generation: int) -> None:
        """Keep what there is in this generation; it is found anew where the folder cannot be written."""
        data = {
            "made_by": self._made_by,
            "places": {key: [astuple(place) for place in places] for key, places in kept.places.items()},
            "groups": kept.groups,
        }
        stamp = Stamp(StampFile.fresh(), generation)
        folder = self._stamp.root / stamp.folder
        try:
            folder.mkdir(parents=True)
            (folder / FILE).write_text(json.dumps(data, ensure_ascii=False), encoding="utf-8")
            self._stamp.write(stamp)
        except OSError:
            return


@cache
def made_with(paths: Iterable[Path] = MADE_WITH) -> str:
    """A hash of the tables and rules."""
    whole = hashlib.sha256()
    for path in paths:
        whole.update(hashlib.sha256(path.read_bytes()).digest())
    return whole.hexdigest()[:20]
