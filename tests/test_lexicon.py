"""The bilingual lexicon: its file, and finding its entries in English questions."""

from __future__ import annotations

import csv
import time
from pathlib import Path

import pytest

from assistant.lexicon import BUILT_IN, COLUMNS, STOP_WORDS, Lexicon, LexiconUnreadable, find_words, stem

LEXICON = Lexicon.load()


def rows() -> list[list[str]]:
    with BUILT_IN.open(encoding="utf-8", newline="") as handle:
        return list(csv.reader(handle))


def found(question: str) -> list[tuple[str, str]]:
    return [(question[t.start : t.end], t.chinese[0]) for t in LEXICON.translate(question)]


def test_file_is_large_and_well_formed() -> None:
    header, *body = rows()
    assert tuple(header) == COLUMNS
    assert len(body) >= 1500
    for row in body:
        assert len(row) == 2 and all(cell and cell == cell.strip() for cell in row), row
        terms = row[1].split("|")
        assert all(terms) and len(terms) == len(set(terms)), row


def test_no_english_entry_twice() -> None:
    keys = [tuple(word.folded for word in find_words(english)) for english, _ in rows()[1:]]
    assert len(keys) == len(set(keys)) == len(LEXICON)


def test_no_simplified_characters() -> None:
    # Big5 holds the characters of Traditional Chinese and next to none of the simplified forms.
    strays = [(english, chinese) for english, chinese in rows()[1:] if not _in_big5(chinese)]
    assert strays == []


def _in_big5(text: str) -> bool:
    try:
        text.encode("cp950")
    except UnicodeEncodeError:
        return False
    return True


def test_lower_case_stop_words_are_no_entries() -> None:
    stop_words = set(STOP_WORDS.read_text(encoding="utf-8").split())
    assert [english for english, _ in rows()[1:] if english in stop_words] == []


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("Who hosted the welcome dinner?", [("hosted", "主辦"), ("welcome dinner", "歡迎晚宴")]),
        ("the deputy mayors’ speeches", [("deputy mayors", "副市長"), ("speeches", "演說")]),
        ("city's sewer pipes", [("city", "城市"), ("sewer pipes", "下水道管線")]),
        ("How many start-ups joined?", [("start-ups", "新創"), ("joined", "加入")]),
        ("start ups and startups", [("start ups", "新創"), ("startups", "新創")]),
        ("Which women spoke?", [("women", "女性"), ("spoke", "演說")]),
        ("labelling and labels", [("labelling", "標章"), ("labels", "標章")]),
        ("organisations or organizations", [("organisations", "組織"), ("organizations", "組織")]),
        (
            "Sydney, Auckland and Abu Dhabi",
            [("Sydney", "雪梨"), ("Auckland", "奧克蘭"), ("Abu Dhabi", "阿布達比")],
        ),
        ("May we meet in May 2020?", [("May", "5月"), ("meet", "會面"), ("May", "5月")]),
        ("tell us about the US", [("US", "美國")]),
        ("it is nice in Nice", [("Nice", "尼斯")]),
        ("我們在 Tokyo 的 keynote", [("Tokyo", "東京"), ("keynote", "專題演講")]),
        ("They didn't come", []),
        ("", []),
        ("!?—", []),
    ],
)
def test_translate(question: str, expected: list[tuple[str, str]]) -> None:
    assert found(question) == expected


def test_longest_match_wins() -> None:
    assert found("smart city mayors' summit") == [("smart city mayors' summit", "智慧城市首長高峰會")]


def test_a_term_names_the_entry_and_its_place() -> None:
    (term,) = LEXICON.translate("the cities")
    assert (term.english, term.chinese, term.start, term.end) == ("cities", ("城市", "都市"), 4, 10)


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("What did we learn at WUF10 in 2020?", ("WUF10",)),
        ("Did Dhulikhel's mayor meet Māris Sprindžuks, Sprindžuks?", ("Māris", "Sprindžuks")),
        ("What about it?", ()),
    ],
)
def test_unknown(question: str, expected: tuple[str, ...]) -> None:
    assert LEXICON.unknown(question) == expected


@pytest.mark.parametrize(
    "forms",
    [
        ("city", "cities"),
        ("plan", "plans", "planned", "planning"),
        ("share", "shares", "shared", "sharing"),
        ("organise", "organizes", "organised", "organizing"),
        ("travel", "travelled", "traveling"),
        ("box", "boxes"),
        ("labour", "labor"),
    ],
)
def test_forms_of_a_word_share_a_stem(forms: tuple[str, ...]) -> None:
    assert len({stem(form) for form in forms}) == 1


def test_user_rows_come_before_ours(tmp_path: Path) -> None:
    extra = tmp_path / "lexicon.csv"
    extra.write_text("﻿english,chinese\nTaipei Dome,大巨蛋|臺北大巨蛋\nmayor,首長\n,空白\n", encoding="utf-8")
    lexicon = Lexicon.load(extra)
    found_terms = [t.chinese for t in lexicon.translate("the mayor at the taipei dome")]
    assert found_terms == [("首長",), ("大巨蛋", "臺北大巨蛋")]


def test_a_user_file_that_is_not_there_changes_nothing(tmp_path: Path) -> None:
    assert len(Lexicon.load(tmp_path / "lexicon.csv")) == len(LEXICON)


@pytest.mark.parametrize(
    "content", [b"english;chinese\nmayor;x\n", b"", "english,chinese\nmayor,市長".encode("cp950")]
)
def test_a_damaged_user_file_is_named(tmp_path: Path, content: bytes) -> None:
    extra = tmp_path / "lexicon.csv"
    extra.write_bytes(content)
    with pytest.raises(LexiconUnreadable, match="lexicon.csv.*請"):
        Lexicon.load(extra)


def test_translating_is_fast() -> None:
    question = (
        "What recommendations on smart city governance did the deputy mayors' delegation share in Tokyo?"
    )
    LEXICON.translate(question)
    best = min(_timed(question) for _ in range(20))
    assert best < 0.001


def _timed(question: str) -> float:
    start = time.perf_counter()
    LEXICON.translate(question)
    return time.perf_counter() - start
