"""The glossary file: events with their editions, organisations, programmes, places and concepts.

An alias that begins with "~" is generic (本府, 圓桌會議): it may be recognised where its row is
already meant, but never expands a query by itself; the same holds for every row of type concept.
"""

from __future__ import annotations

import csv
import re
import unicodedata
from pathlib import Path

import pytest

GLOSSARY = Path(__file__).parents[1] / "corpus" / "data" / "glossary.csv"
COLUMNS = ["canonical_zh", "abbr", "english", "aliases", "type", "source"]
TYPES = {"forum", "organisation", "programme", "place", "concept"}
EDITION = re.compile(r"^(第[一二三四五六七八九十百]+屆|\d{4})")
# Folded, these abbreviations are everyday English words or numerals.
NO_ABBREVIATIONS = {"who", "if", "it", "us", "may", "iii", "ii", "am", "in", "on", "so", "go", "ask"}


def rows() -> list[dict[str, str]]:
    with GLOSSARY.open(encoding="utf-8", newline="") as handle:
        return list(csv.DictReader(handle))


ROWS = rows()


def fold(name: str) -> str:
    return "".join(unicodedata.normalize("NFKC", name).replace("臺", "台").lower().split())


def names(row: dict[str, str]) -> list[str]:
    return [name for name in (row["canonical_zh"], row["abbr"], *row["aliases"].split("|")) if name]


def series(row: dict[str, str]) -> str:
    return EDITION.sub("", row["canonical_zh"])


def test_file_is_large_and_well_formed() -> None:
    assert len(ROWS) >= 330
    for row in ROWS:
        assert list(row) == COLUMNS
        assert row["canonical_zh"] and row["english"] and row["source"], row
        assert row["type"] in TYPES, row
        assert all(cell == cell.strip() for cell in row.values()), row


def test_no_canonical_name_twice() -> None:
    canonical = [fold(row["canonical_zh"]) for row in ROWS]
    assert sorted(name for name in canonical if canonical.count(name) > 1) == []


def test_a_name_means_one_thing_or_one_series() -> None:
    owners: dict[str, dict[str, str]] = {}
    clashes = []
    for row in ROWS:
        for name in names(row):
            owner = owners.setdefault(fold(name.lstrip("~")), row)
            if series(owner) != series(row):
                clashes.append((name, owner["canonical_zh"], row["canonical_zh"]))
    assert clashes == []


def test_abbreviations_are_no_english_words() -> None:
    assert [row["abbr"] for row in ROWS if fold(row["abbr"]) in NO_ABBREVIATIONS] == []


def test_generic_aliases_are_marked() -> None:
    marked = {name for row in ROWS for name in names(row) if name.startswith("~")}
    assert {"~本府", "~秘書處", "~青年局", "~港灣局"} <= marked
    assert all(len(name) > 2 for name in marked)


@pytest.mark.parametrize(
    ("alias", "canonical"),
    [
        ("WUF10", "第十屆世界城市論壇"),
        ("WUF 10", "第十屆世界城市論壇"),
        ("第10屆世界城市論壇", "第十屆世界城市論壇"),
        ("109年世界城市論壇", "第十屆世界城市論壇"),
        ("2020阿布達比世界城市論壇", "第十屆世界城市論壇"),
        ("WUF11", "第十一屆世界城市論壇"),
        ("吉隆坡世界城市論壇", "第九屆世界城市論壇"),
        ("APCS 2017", "2017亞太城市峰會暨市長論壇"),
        ("第11屆亞太城市峰會暨市長論壇", "2017亞太城市峰會暨市長論壇"),
        ("106年亞太城市峰會", "2017亞太城市峰會暨市長論壇"),
        ("大田亞太城市高峰會", "2017亞太城市峰會暨市長論壇"),
        ("第三屆G-NETS首長高峰會", "第三屆全球城市永續網絡首長高峰會"),
        ("2026全球城市永續網絡首長高峰會", "第三屆全球城市永續網絡首長高峰會"),
        ("CSW67", "第六十七屆聯合國婦女地位委員會"),
        ("NGO CSW66", "第六十六屆聯合國婦女地位委員會"),
        ("COP28", "第二十八屆聯合國氣候變化綱要公約締約方大會"),
        ("大阪世博", "2025世界博覽會"),
        ("Habitat III", "聯合國住房和城市永續發展大會"),
        ("城市與地方政府聯合會", "城市與地方政府聯盟"),
        ("全球環境戰略研究所", "地球環境策略研究院"),
        ("世界電子化政府組織", "世界智慧永續城市組織"),
    ],
)
def test_an_alias_leads_to_its_canonical_name(alias: str, canonical: str) -> None:
    owners = {row["canonical_zh"] for row in ROWS if fold(alias) in map(fold, names(row))}
    assert owners == {canonical}


def test_there_is_no_eighth_world_urban_forum() -> None:
    assert [name for row in ROWS for name in names(row) if fold(name) in {"wuf8", "第八屆世界城市論壇"}] == []
