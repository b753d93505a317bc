"""The vector index: opaque keys and vectors kept by Chroma. Sole importer of chromadb.

A folder of this index is a cache. One process writes it at a time; a folder whose writer was killed
is first opened in a child process (`probe`), because a damaged one can take its reader down with it.
"""

from __future__ import annotations

import os
import struct
import subprocess
import sys
from collections.abc import Collection, Iterator, Sequence
from pathlib import Path
from typing import Any

import numpy as np

from index.ports import EVERYWHERE, Ranked, Vector, VectorRow, Where

NAME = "passages"
BATCH = 5_000
PROBE_SECONDS = 60
HNSW: Any = {
    "space": "cosine",
    "ef_construction": 100,
    "max_neighbors": 16,
    "ef_search": 200,
    "sync_threshold": 5_000,
}
# The head of Chroma's graph: its version, then counts and sizes, of which these two are needed.
HEAD = struct.Struct("<i12q")
HELD, SIZE = 3, 4
LENGTH_SIZE = 4


class VectorsDamaged(Exception):
    """Chroma could not open or use its folder; the folder must be made again."""


class ChromaVectors:
    """A folder with one Chroma collection."""

    def __init__(self, folder: Path, client: Any, collection: Any) -> None:
        self._folder = folder
        self._client = client
        self._collection = collection

    @classmethod
    def open(cls, folder: Path) -> ChromaVectors:
        """Open the collection in `folder`, or make an empty one."""
        # Chroma reads these when it is imported; a new folder must not phone home or load a model.
        os.environ.setdefault("ANONYMIZED_TELEMETRY", "False")
        import chromadb
        from chromadb.config import Settings

        folder.mkdir(parents=True, exist_ok=True)
        try:
            client = chromadb.PersistentClient(str(folder), settings=Settings(anonymized_telemetry=False))
            collection = client.get_or_create_collection(
                NAME, embedding_function=None, configuration={"hnsw": HNSW}
            )
        except Exception as exc:
            raise VectorsDamaged(str(folder)) from exc
        return cls(folder, client, collection)

    def upsert(self, rows: Sequence[VectorRow]) -> None:
        for part in _parts(rows):
            self._collection.upsert(
                ids=[str(row.key) for row in part],
                embeddings=np.stack([row.vector for row in part]),
                metadatas=[{"report": row.report, "chapter": row.chapter} for row in part],
            )
        self.flush()

    def delete(self, keys: Collection[int]) -> None:
        for part in _parts([str(key) for key in keys]):
            self._collection.delete(ids=list(part))
        self.flush()

    def flush(self) -> None:
        """Chroma has written when a call returns, but a new graph's files are written with places for
        vectors to come, filled with whatever this process had in memory: perhaps a text since removed.
        """
        for head in self._folder.glob("*/header.bin"):
            try:
                fields = HEAD.unpack(head.read_bytes()[: HEAD.size])
            except struct.error as exc:
                raise VectorsDamaged(str(head)) from exc
            for name, size in (("data_level0.bin", fields[SIZE]), ("length.bin", LENGTH_SIZE)):
                _blank_from(head.with_name(name), fields[HELD] * size)

    def search(self, query: Vector, k: int, where: Where = EVERYWHERE) -> Ranked:
        if k <= 0:
            return []
        found = self._collection.query(
            query_embeddings=[query], n_results=k, where=_condition(where), include=["distances"]
        )
        return [
            (int(key), 1.0 - float(distance))
            for key, distance in zip(found["ids"][0], found["distances"][0], strict=True)
        ]

    def keys(self) -> set[int]:
        return {int(key) for key in self._collection.get(include=[])["ids"]}

    def count(self) -> int:
        return int(self._collection.count())

    def close(self) -> None:
        self._client.close()


def _blank_from(path: Path, used: int) -> None:
    with open(path, "r+b") as file:
        unused = file.seek(0, os.SEEK_END) - used
        if unused > 0:
            file.seek(used)
            file.write(bytes(unused))


def _parts(rows: Sequence[Any]) -> Iterator[Sequence[Any]]:
    for start in range(0, len(rows), BATCH):
        yield rows[start : start + BATCH]


def _condition(where: Where) -> dict[str, Any] | None:
    wanted = [("report", where.reports), ("chapter", where.chapters)]
    conditions: list[dict[str, Any]] = [
        {name: {"$in": sorted(values) or [""]}} for name, values in wanted if values is not None
    ]
    if len(conditions) == 2:
        return {"$and": conditions}
    return conditions[0] if conditions else None


def probe(folder: Path) -> bool:
    """Whether a child process can open the folder, list it and search it without harm."""
    command = [sys.executable, "-m", "index.probe", str(folder)]
    environment = os.environ | {"PYTHONPATH": str(Path(__file__).parents[1])}
    try:
        child = subprocess.run(
            command, env=environment, timeout=PROBE_SECONDS, capture_output=True, check=False
        )
    except subprocess.TimeoutExpired:
        return False
    return child.returncode == 0


def examine(folder: Path) -> None:
    """What the child does: touch every part of the folder that later use will touch."""
    vectors = ChromaVectors.open(folder)
    keys = vectors.keys()
    stored = vectors._collection.get(limit=1, include=["embeddings"])["embeddings"]
    if len(keys) != vectors.count() or (keys and not vectors.search(np.asarray(stored[0]), 10)):
        raise VectorsDamaged(str(folder))
    vectors.close()
