"""Pairs of texts that belong together, as piece numbers: what the embedded model learns from.

A pair is a sentence against its surroundings in a news text, a question against its paragraph, or an
English term against its Chinese one. Knows nothing of the model or of the loss.
"""

from __future__ import annotations

import csv
import json
import lzma
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from index.tokenise import taiwanise

Ids = NDArray[np.int32]

NEWS = "news_zh.jsonl.xz"
QUESTION_SETS = ("cmrc2018_dev.json", "cmrc2018_trial.json")
_SENTENCE = re.compile(r"[^。！？；\n]{8,}[。！？；]?")
_BATCH = 20_000
WRITINGS = (0.4, 0.45, 0.15)
WINDOW = 2
GAP = 2 * WINDOW + 2


@dataclass(frozen=True)
class Ragged:
    """Many lists of numbers in one array: list `i` is `flat[starts[i]:starts[i + 1]]`."""

    flat: Ids
    starts: NDArray[np.int64]

    @classmethod
    def of(cls, lists: Sequence[Sequence[int]]) -> Ragged:
        """Pack `lists`."""
        starts = np.zeros(len(lists) + 1, dtype=np.int64)
        np.cumsum([len(ids) for ids in lists], out=starts[1:])
        return cls(np.fromiter((i for ids in lists for i in ids), np.int32, int(starts[-1])), starts)

    def __len__(self) -> int:
        return len(self.starts) - 1

    def __getitem__(self, i: int) -> Ids:
        return self.flat[self.starts[i] : self.starts[i + 1]]


@dataclass(frozen=True)
class News:
    """Sentences of all texts as piece numbers; `texts` holds where each text's sentences start."""

    sentences: Ragged
    texts: NDArray[np.int64]


def news_texts(data: Path, limit: int | None = None) -> Iterator[str]:
    """The news texts of the development data."""
    with lzma.open(data / NEWS, "rt", encoding="utf-8") as lines:
        for number, line in enumerate(lines):
            if limit is not None and number >= limit:
                return
            yield json.loads(line)


def sentences(text: str) -> list[str]:
    """The sentences of a news text, very short ones left out."""
    return _SENTENCE.findall(text)


def encode(pieces: Any, texts: Sequence[str]) -> list[list[int]]:
    """The piece numbers of each text."""
    ids: list[list[int]] = []
    for start in range(0, len(texts), _BATCH):
        batch = pieces.encode_batch_fast(list(texts[start : start + _BATCH]), add_special_tokens=False)
        ids += [encoding.ids for encoding in batch]
    return ids


def read_news(data: Path, pieces: Any, terms: list[tuple[str, str]], limit: int | None = None) -> News:
    """All news as piece numbers.

    Each sentence is in one of three writings by lot: as found, in Taiwan's script and words, or the latter
    with terms in English; so the words of each meet those of the others.
    """
    texts = [0]
    flat: list[str] = []
    for text in news_texts(data, limit):
        flat += sentences(text)
        texts.append(len(flat))
    lots = np.random.default_rng(len(flat)).choice(3, size=len(flat), p=WRITINGS)
    chosen = [number for number, lot in enumerate(lots) if lot]
    taiwan = taiwanise("\n".join(flat[number].replace("\n", " ") for number in chosen)).split("\n")
    for number, sentence in zip(chosen, taiwan, strict=True):
        flat[number] = sentence
    english = [number for number, lot in enumerate(lots) if lot == 2]
    for number, sentence in zip(english, mix_languages([flat[n] for n in english], terms), strict=True):
        flat[number] = sentence
    return News(Ragged.of(encode(pieces, flat)), np.array(texts))


def mix_languages(chinese: Sequence[str], terms: list[tuple[str, str]]) -> list[str]:
    """Sentences with every known term in English, so that both words meet the same surroundings."""
    by_start: dict[str, list[tuple[str, str]]] = {}
    for english, term in terms:
        if len(term) > 1:
            by_start.setdefault(term[:2], []).append((term, f" {english} "))
    for found in by_start.values():
        found.sort(key=lambda pair: -len(pair[0]))
    return [_mixed(sentence, by_start) for sentence in chinese]


def _mixed(sentence: str, by_start: dict[str, list[tuple[str, str]]]) -> str:
    parts: list[str] = []
    done = position = 0
    while position < len(sentence) - 1:
        candidates = by_start.get(sentence[position : position + 2], ())
        match = next((pair for pair in candidates if sentence.startswith(pair[0], position)), None)
        if match is None:
            position += 1
            continue
        parts += [sentence[done:position], match[1]]
        position += len(match[0])
        done = position
    return "".join([*parts, sentence[done:]])


def read_questions(data: Path) -> list[tuple[str, str]]:
    """Questions with the part of their paragraph around the answer, from CMRC 2018 alone."""
    pairs = []
    for name in QUESTION_SETS:
        for article in json.loads((data / name).read_text(encoding="utf-8"))["data"]:
            for paragraph in article["paragraphs"]:
                context = paragraph["context"]
                for qa in paragraph["qas"]:
                    start = max(qa["answers"][0]["answer_start"], 0)
                    pairs.append((qa["question"], context[max(0, start - 150) : start + 150]))
                    pairs.append((qa["question"], context))
    return pairs


def read_terms(lexicon: Path) -> list[tuple[str, str]]:
    """English terms with their Chinese ones; none where the lexicon is not there."""
    if not lexicon.is_file():
        return []
    pairs = []
    with lexicon.open(encoding="utf-8-sig", newline="") as rows:
        for row in csv.DictReader(rows):
            chinese = [term for term in re.split(r"[|;；、/]", row["chinese"]) if term]
            pairs += [(english, term) for english in row["english"].split("|") for term in chinese]
    return pairs


def read_names(glossary: Path) -> list[tuple[str, str]]:
    """Abbreviations, English names and other names of events and organisations with the usual name."""
    if not glossary.is_file():
        return []
    pairs = []
    with glossary.open(encoding="utf-8-sig", newline="") as rows:
        for row in csv.DictReader(rows):
            others = (row["abbr"], row["english"], *row["aliases"].split("|"))
            pairs += [(other, row["canonical_zh"]) for other in others if other]
    return pairs


def news_epoch(news: News, rng: np.random.Generator) -> Iterator[tuple[Ids, Ids]]:
    """Pairs of one epoch, those of one text together: they are hard negatives of each other."""
    for text in rng.permutation(len(news.texts) - 1):
        first, last = int(news.texts[text]), int(news.texts[text + 1])
        for position in range(first + int(rng.integers(GAP)), last, GAP):
            around = (max(first, position - WINDOW), min(last, position + WINDOW + 1))
            if around[1] - around[0] > 1:
                yield _pair(news, position, around, rng)


def _pair(news: News, position: int, around: tuple[int, int], rng: np.random.Generator) -> tuple[Ids, Ids]:
    """A sentence, cropped or thinned like a query, and what surrounds it, mostly without itself."""
    flat = news.sentences.flat
    start, own, after, end = news.sentences.starts[[around[0], position, position + 1, around[1]]]
    passage = flat[start:end]
    if rng.random() < 0.85:
        passage = np.concatenate((flat[start:own], flat[after:end]))
    return _query(flat[own:after], rng), passage


def _query(ids: Ids, rng: np.random.Generator) -> Ids:
    if len(ids) > 8 and rng.random() < 0.5:
        length = int(rng.integers(4, len(ids)))
        start = int(rng.integers(len(ids) - length + 1))
        ids = ids[start : start + length]
    if len(ids) > 4 and rng.random() < 0.3:
        ids = ids[rng.random(len(ids)) < 0.7]
    return ids
