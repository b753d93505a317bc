"""Text becomes shingles that say what was written, blind to how and to which names, dates and figures.

Folded, without punctuation, with one placeholder for every name of a place, agency, event or person and
for every date and figure, so that a text in which only the country was changed is the same text. Knows
nothing of passages or drafts.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import cache
from importlib import resources

import numpy as np

from corpus.name_tables import Entity, load_entities
from corpus.names import Names
from index.sentences import Span
from index.tokenise import CJK, DATA, fold, read_words

# A shingle has SIZE characters; of WINDOW neighbouring shingles one is kept as a fingerprint, so that
# whatever two texts share over SIZE + WINDOW - 1 characters has one in common (winnowing).
SIZE, WINDOW = 8, 8
MASK, BARRIER = "\ue000", "\ue001"
_NAMED = frozenset(("country", "city", "place", "agency", "organisation", "forum", "programme"))
_MOST_WORDS, _LONGEST_NAME = 4, 4
_BASE = np.uint64(1_000_003)
_STIR = np.uint64(0x9E3779B97F4A7C15)
NOTHING = np.iinfo(np.uint32).max

_GROUPED = re.compile(r"(?<=\d)[,，](?=\d{3}(?!\d))")
_LATIN = re.compile(
    r"[a-z\u00df-\u024f][a-z0-9\u00df-\u024f.'’&-]*(?:[ \u3000]+[a-z0-9\u00df-\u024f.'’&-]+)*"
)
_UNITS = "年度|月份|年|月|日|号|时|分|秒|%|‰|元|人次|人(?!民)|名|位|项|个|座|处|所|件|场|次|届|国|家|万|亿"
_FIGURE = re.compile(
    rf"(?:星期|礼拜|周)[一二三四五六日天]"
    rf"|第?[0-9〇零一二三四五六七八九十百千万亿两廿卅]+(?:[.:/~-][0-9]+)*(?:\s?(?:{_UNITS})){{0,2}}"
)
_UNWRITTEN = re.compile(rf"[^\w{MASK}]+|_+")
_RUN = re.compile(rf"{MASK}{{2,}}")


@dataclass(frozen=True)
class Masked:
    """`text` in one spelling with placeholders; its character i stands for `places[i]` of the original."""

    text: str
    places: tuple[Span, ...]


@dataclass(frozen=True)
class _Words:
    """What is masked beside figures and Latin names, all folded."""

    names: Names
    agencies: re.Pattern[str]
    titles: re.Pattern[str]
    before: re.Pattern[str]
    after: re.Pattern[str]


@cache
def _words() -> _Words:
    names = Names.from_entities(tuple(_folded(one) for one in load_entities() if one.type in _NAMED))
    agencies = "|".join(sorted(read_words(DATA / "agency_words.txt"), key=len, reverse=True))
    data = resources.files("corpus").joinpath("data")
    surnames, *compound = read_words(data / "surnames.txt")
    family = "|".join([*sorted(compound, key=len, reverse=True), f"[{surnames}]"])
    titles = "|".join(sorted(read_words(data / "titles.txt"), key=len, reverse=True))
    return _Words(
        names,
        re.compile(rf"(?:{agencies})(?:委员会|局|处|署|厅|科|室|会)"),
        re.compile(titles),
        re.compile(rf"(?:{family})[{CJK}]{{0,2}}$"),
        re.compile(rf"(?:{family})[{CJK}]{{2}}"),
    )


def _folded(entity: Entity) -> Entity:
    return replace(
        entity,
        name=fold(entity.name),
        abbr=fold(entity.abbr),
        english=fold(entity.english),
        aliases=tuple(map(fold, entity.aliases)),
        series="",
    )


def mask(text: str, skip: Iterable[Span] = ()) -> Masked:
    """The text as it is compared; what stands in `skip` is left out and parts what stands around it."""
    folded, places = _fold(text)
    characters = list(_blank(folded))
    for first, last in skip:
        for at, (start, _) in enumerate(places):
            if first <= start < last:
                characters[at] = BARRIER
    kept: list[str] = []
    where: list[Span] = []
    for character, (start, end) in zip(characters, places, strict=True):
        if character in (MASK, BARRIER) and kept and kept[-1] == character:
            where[-1] = (where[-1][0], end)
        elif character in (MASK, BARRIER) or character.isalnum():
            kept.append(character)
            where.append((start, end))
    return Masked("".join(kept), tuple(where))


def masked_text(text: str) -> str:
    """The text that `mask` gives, several times as fast."""
    return _RUN.sub(MASK, _UNWRITTEN.sub("", _blank(fold(_GROUPED.sub(" ", text)))))


def _blank(folded: str) -> str:
    """The folded text with placeholders for all characters of names, dates and figures."""
    characters = list(folded)
    for start, end in _named(folded):
        characters[start:end] = MASK * (end - start)
    return "".join(characters)


def _fold(text: str) -> tuple[str, Sequence[Span]]:
    """The folded text, and where each of its characters stands in the original."""
    flat = _GROUPED.sub(" ", text)
    folded = fold(flat)
    if len(folded) == len(text):
        return folded, [(at, at + 1) for at in range(len(text))]
    pieces = [_fold_one(character) for character in flat]
    places = [(at, at + 1) for at, piece in enumerate(pieces) for _ in piece]
    return "".join(pieces), places


@cache
def _fold_one(character: str) -> str:
    return fold(character)


def _named(folded: str) -> Iterable[Span]:
    """Where names, dates and figures stand."""
    words = _words()
    for mention in words.names.find(folded):
        yield mention.start, mention.end
    for pattern in (_FIGURE, words.agencies):
        yield from (match.span() for match in pattern.finditer(folded))
    for title in words.titles.finditer(folded):
        before = words.before.search(folded, max(0, title.start() - _LONGEST_NAME), title.start())
        after = words.after.match(folded, title.end())
        yield from (found.span() for found in (before, after) if found)
    for match in _LATIN.finditer(folded):
        if len(match[0].split()) <= _MOST_WORDS:
            yield match.span()


def shingles(masked: str) -> np.ndarray:
    """The hash of every shingle, in order; `NOTHING` where it is mostly placeholders or has a barrier."""
    if len(masked) < SIZE:
        return np.zeros(0, dtype=np.uint32)
    codes = np.frombuffer(masked.encode("utf-32-le"), dtype=np.uint32).astype(np.uint64)
    count = len(codes) - SIZE + 1
    hashes = np.zeros(count, dtype=np.uint64)
    for at in range(SIZE):
        hashes = hashes * _BASE + codes[at : at + count]
    hashes = (hashes ^ (hashes >> np.uint64(29))) * _STIR
    short = (hashes >> np.uint64(32)).astype(np.uint32)
    for character, most in ((MASK, SIZE // 2), (BARRIER, 0)):
        seen = np.concatenate(([0], np.cumsum(codes == ord(character))))
        short[seen[SIZE:] - seen[:-SIZE] > most] = NOTHING
    return short


def fingerprints(texts: Sequence[str]) -> tuple[np.ndarray, np.ndarray]:
    """The winnowed shingles of many masked texts: their hashes, and in which of the texts each stands."""
    hashes = shingles(BARRIER.join(texts))
    if not len(hashes):
        return hashes, hashes
    windows = np.lib.stride_tricks.sliding_window_view(hashes, min(WINDOW, len(hashes)))
    places = np.unique(windows.argmin(axis=1) + np.arange(len(windows)))
    places = places[hashes[places] != NOTHING]
    ends = np.cumsum([len(text) + 1 for text in texts])
    return hashes[places], np.searchsorted(ends, places, side="right").astype(np.uint32)
