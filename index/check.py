"""Does everything agree? The truth with itself, and the caches and originals with the truth."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from corpus.store import Store
from index.caches import LATER
from index.lexical import TantivyIndex
from index.originals import Originals
from index.stamps import StampFile
from index.vectors import ChromaVectors, VectorsDamaged

Opener = Callable[[Path], TantivyIndex | ChromaVectors]

REBUILD = "請執行 xinde rebuild。"


@dataclass(frozen=True)
class Problem:
    """Something that does not agree, and what to do about it."""

    name: str
    message: str


def problems(home: Path, store: Store, originals: Originals) -> Iterator[Problem]:
    """All problems found; nothing is changed."""
    verdict = store.integrity()
    if verdict != "ok":
        yield Problem("integrity", f"archive.db 已損毀（{verdict}）。請由備份還原。")
        return
    yield from _offsets(store)
    yield from _originals(store, originals)
    live = store.keys()
    generation = store.generation()
    yield from _cache("lexical", StampFile(home / "lexical"), TantivyIndex.existing, live, generation)
    if store.state(LATER) is None:
        yield from _cache("vectors", StampFile(home / "vectors"), ChromaVectors.open, live, generation)


def _offsets(store: Store) -> Iterator[Problem]:
    for row in store.rows():
        report = store.report(row.number)
        passages = store.passages([row.number])
        if report is None:
            yield Problem("report", f"「{row.file}」讀不出來。請移除後重新加入。")
            continue
        vectors = store.vectors([passage.key for passage in passages])
        if len(passages) != row.passages or len(vectors) != row.passages:
            yield Problem("passages", f"「{row.file}」的段落或向量數目不符。請移除後重新加入。")
        if any(report.text[passage.start : passage.end] != passage.text for passage in passages):
            yield Problem("offsets", f"「{row.file}」的段落與原文位置不符。請移除後重新加入。")


def _originals(store: Store, originals: Originals) -> Iterator[Problem]:
    wanted = [known.stored for known in store.known()]
    for name in originals.missing(wanted):
        yield Problem("original", f"files/{name} 不見了。請由備份還原，或移除該報告後重新加入。")
    for path in originals.others(wanted):
        yield Problem("orphan", f"files/{path.name} 不屬於任何報告。{REBUILD}")


def _cache(
    name: str, stamps: StampFile, opener: Opener, live: set[int], generation: int
) -> Iterator[Problem]:
    stamp = stamps.read()
    if stamp is None:
        yield Problem(name, f"索引 {name}/ 不存在或無法使用。{REBUILD}")
        return
    if stamp.generation != generation:
        yield Problem(name, f"索引 {name}/ 停在第 {stamp.generation} 版，資料是第 {generation} 版。{REBUILD}")
    try:
        index = opener(stamps.root / stamp.folder)
        have = index.keys()
        count = index.count()
        index.close()
    except (OSError, ValueError, VectorsDamaged) as exc:
        yield Problem(name, f"索引 {name}/ 無法開啟（{exc}）。{REBUILD}")
        return
    if have != live or count != len(live):
        yield Problem(name, f"索引 {name}/ 少了 {len(live - have)} 段、多了 {len(have - live)} 段。{REBUILD}")
