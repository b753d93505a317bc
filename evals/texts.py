"""The public data sets of the data folder: news texts and questions, and texts written as files.

Knows the form of the data sets and nothing of the product. None of the data goes into the project.
"""

from __future__ import annotations

import json
import lzma
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

from corpus.report import XindeError

NEWS, DRCD, CMRC, RGB = "news_zh.jsonl.xz", "drcd_dev.json", "cmrc2018_dev.json", "rgb_zh_dev.jsonl"


class NoData(XindeError):
    """A data set is not where it was looked for."""


@dataclass(frozen=True)
class Reading:
    """A question, the paragraph that answers it, and the accepted spellings of the answer."""

    question: str
    paragraph: str
    answers: tuple[str, ...]


@dataclass(frozen=True)
class Query:
    """A question with passages that answer it and passages that do not; each answer is "one|another"."""

    question: str
    answers: tuple[str, ...]
    positive: tuple[str, ...]
    negative: tuple[str, ...]


def news(folder: Path, first: int, last: int | None = None) -> Iterator[str]:
    """News texts by their place in the data set, from `first` up to and without `last`."""
    with lzma.open(_found(folder / NEWS), "rt", encoding="utf-8") as lines:
        for line in islice(lines, first, last):
            yield json.loads(line)


def drcd(folder: Path) -> tuple[Reading, ...]:
    """All questions of the DRCD development set."""
    return _squad(_found(folder / DRCD))


def cmrc(folder: Path) -> tuple[Reading, ...]:
    """All questions of the CMRC 2018 development set."""
    return _squad(_found(folder / CMRC))


def _squad(path: Path) -> tuple[Reading, ...]:
    articles = json.loads(path.read_text(encoding="utf-8"))["data"]
    paragraphs = [paragraph for article in articles for paragraph in article["paragraphs"]]
    return tuple(
        Reading(asked["question"], paragraph["context"], _unique(a["text"] for a in asked["answers"]))
        for paragraph in paragraphs
        for asked in paragraph["qas"]
    )


def rgb(folder: Path) -> tuple[Query, ...]:
    """All questions of the RGB development half."""
    lines = _found(folder / RGB).read_text(encoding="utf-8").splitlines()
    return tuple(_query(json.loads(line)) for line in lines if line.strip())


def _query(row: dict) -> Query:
    answers = tuple("|".join(one) if isinstance(one, list) else one for one in row["answer"])
    return Query(row["query"], answers, tuple(row["positive"]), tuple(row["negative"]))


def write_files(texts: Iterable[str], folder: Path) -> dict[str, str]:
    """Each different text as one .txt file; returns text → file name. Files that stand are left."""
    folder.mkdir(parents=True, exist_ok=True)
    names: dict[str, str] = {}
    for text in texts:
        if text in names:
            continue
        names[text] = f"{len(names):06}.txt"
        path = folder / names[text]
        if not path.exists():
            path.write_text(text, encoding="utf-8", newline="")
    return names


def _unique(values: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(values))


def _found(path: Path) -> Path:
    if not path.is_file():
        raise NoData(f"找不到資料集「{path}」，請用 --data 指出放開發資料的資料夾。")
    return path
