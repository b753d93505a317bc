"""Which passages share fingerprints with a text: a sorted table of hashes, and its file in the home folder.

The file is a cache: it holds hashes and keys of passages, no text, and can be deleted at any time. It is
brought to the archive's generation when it is asked for. Knows nothing of drafts.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

import numpy as np

from corpus.store import Store
from index.caches import CHUNK, Progress, nobody
from index.shingles import fingerprints, masked_text, shingles
from index.stamps import Stamp, StampFile

# What stands in more passages than this is a way of speaking.
COMMON = 200
_HASHES, _KEYS, _KNOWN = "hashes.npy", "keys.npy", "known.npy"


@dataclass(frozen=True)
class Fingerprints:
    """Fingerprint `hashes[i]` stands in passage `keys[i]`, sorted by hash; `known` are all passages seen."""

    hashes: np.ndarray
    keys: np.ndarray
    known: np.ndarray

    @classmethod
    def of(cls, texts: Iterable[tuple[int, str]]) -> Fingerprints:
        """The table over (key, text) pairs."""
        parts = [_NONE], [_NONE], [_NONE]
        pairs = iter(texts)
        while some := list(islice(pairs, CHUNK)):
            keys = np.array([key for key, _ in some], dtype=np.uint32)
            hashes, which = fingerprints([masked_text(text) for _, text in some])
            for part, found in zip(parts, (hashes, keys[which], keys), strict=True):
                part.append(found)
        return cls._sorted(*map(np.concatenate, parts))

    @classmethod
    def _sorted(cls, hashes: np.ndarray, keys: np.ndarray, known: np.ndarray) -> Fingerprints:
        order = np.argsort(hashes, kind="stable")
        return cls(hashes[order], keys[order], np.sort(known))

    def only(self, live: np.ndarray) -> Fingerprints:
        """The table without passages that are not among `live`."""
        kept = np.isin(self.keys, live)
        return Fingerprints(self.hashes[kept], self.keys[kept], self.known[np.isin(self.known, live)])

    def joined(self, other: Fingerprints) -> Fingerprints:
        """Both tables as one."""
        return self._sorted(
            np.concatenate([self.hashes, other.hashes]),
            np.concatenate([self.keys, other.keys]),
            np.concatenate([self.known, other.known]),
        )

    def nearest(self, masked: str, most: int, least: int = 2) -> list[int]:
        """The passages that share at least `least` fingerprints with a masked text, most shared first."""
        wanted = np.unique(shingles(masked))
        first = np.searchsorted(self.hashes, wanted, side="left")
        last = np.searchsorted(self.hashes, wanted, side="right")
        runs = [
            self.keys[a:b] for a, b in zip(first.tolist(), last.tolist(), strict=True) if 0 < b - a <= COMMON
        ]
        if not runs:
            return []
        keys, counts = np.unique(np.concatenate(runs), return_counts=True)
        order = np.argsort(-counts, kind="stable")[:most]
        return [int(keys[at]) for at in order if counts[at] >= least]


_NONE = np.zeros(0, dtype=np.uint32)
EMPTY = Fingerprints(_NONE, _NONE, _NONE)


class FingerprintCache:
    """The table of one archive, in `home`/overlap."""

    def __init__(self, home: Path, store: Store) -> None:
        self._stamp = StampFile(home / "overlap")
        self._store = store

    def current(self, progress: Progress = nobody) -> Fingerprints:
        """The table of the live passages; what has changed since it was written is made up for."""
        table = EMPTY
        reached = -1
        while reached != self._store.generation():
            reached, table = self._read(table, reached)
            generation = self._store.generation()
            if reached != generation:
                table = self._follow(table, progress)
                reached = generation
                self._write(table, generation)
        return table

    def forget(self) -> None:
        """Let go of what is no longer live; what has come since waits until the table is asked for."""
        reached, table = self._read(EMPTY, -1)
        if reached >= 0:
            self._write(table.only(self._live()), reached)

    def discard(self) -> None:
        """Throw the table away."""
        self._stamp.discard()

    def _follow(self, table: Fingerprints, progress: Progress) -> Fingerprints:
        live = self._live()
        kept = table.only(live)
        missing = [int(key) for key in np.setdiff1d(live, kept.known)]
        return kept.joined(Fingerprints.of(self._texts(missing, progress)))

    def _texts(self, keys: list[int], progress: Progress) -> Iterator[tuple[int, str]]:
        for start in range(0, len(keys), CHUNK):
            passages = self._store.passages_by_key(keys[start : start + CHUNK])
            yield from ((passage.key, passage.text) for passage in passages)
            progress(min(start + CHUNK, len(keys)), len(keys), "")

    def _live(self) -> np.ndarray:
        keys = self._store.keys()
        return np.fromiter(keys, dtype=np.uint32, count=len(keys))

    def _read(self, table: Fingerprints, reached: int) -> tuple[int, Fingerprints]:
        """What the file holds where it is further than what is here; damaged ones count as none."""
        stamp = self._stamp.read()
        if stamp is None or stamp.generation <= reached:
            return reached, table
        folder = self._stamp.root / stamp.folder
        try:
            parts = [np.load(folder / name, mmap_mode="r") for name in (_HASHES, _KEYS, _KNOWN)]
        except (OSError, ValueError):
            return reached, table
        return stamp.generation, Fingerprints(*parts)

    def _write(self, table: Fingerprints, generation: int) -> None:
        """Keep the table; where the folder cannot be written it is made again next time."""
        stamp = Stamp(StampFile.fresh(), generation)
        folder = self._stamp.root / stamp.folder
        try:
            folder.mkdir(parents=True)
            for name, part in ((_HASHES, table.hashes), (_KEYS, table.keys), (_KNOWN, table.known)):
                np.save(folder / name, part)
            self._stamp.write(stamp)
        except OSError:
            return
