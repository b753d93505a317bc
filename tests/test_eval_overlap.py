"""The forged copies of the evaluation are copies, the same ones every time."""

from __future__ import annotations

import random

import pytest
from shapes import report_of

from corpus.names import Names
from evals.overlap import WAYS, Forger, Result, Sample, evenly, table
from index.shingles import masked_text
from index.tokenise import Tokeniser

TEXT = (
    "本團於 112 年 5 月 3 日赴日本東京拜會都市計畫處，聽取簡報。"
    "該處每年檢查七百座橋梁。會後參觀河岸公園的步道。"
)


def forger() -> Forger:
    return Forger(Names.load(), Tokeniser.open(), ("檢查", "會議", "的", "參觀"), random.Random(1))


@pytest.mark.parametrize(("kind", "way"), WAYS)
def test_every_way_gives_the_same_copy_twice(kind: str, way: object) -> None:
    copies = {way(forger(), TEXT) for _ in range(2)}  # type: ignore[operator]
    assert len(copies) == 1 and (copies == {TEXT}) == (kind == "verbatim")


def test_other_names_leave_the_wording() -> None:
    copy = forger().renamed(TEXT)
    assert "日本" not in copy and "112" not in copy and masked_text(copy) == masked_text(TEXT)


def test_reordering_keeps_every_sentence() -> None:
    assert sorted(forger().reordered(TEXT).split("。")) == sorted(TEXT.split("。"))


def test_one_word_in_ten_is_another() -> None:
    copy = forger().tenth(TEXT)
    assert len(copy) == len(TEXT) and 1 <= sum(a != b for a, b in zip(copy, TEXT, strict=True)) <= 10


def test_the_table_counts_and_shows_what_went_wrong() -> None:
    results = [
        Result("verbatim", 1.0, True, "甲"),
        Result("verbatim", 0.1, False, "乙"),
        Result("clean", 0.5, False, "丙"),
    ]
    lines = table(results).split("\n")
    assert lines[2:] == [
        "| verbatim | 1 of 2 | 1 | 0.10 | 1.00 |",
        "| clean | 1 of 1 | 0 | 0.50 | 0.50 |",
        "verbatim, 0.10: 乙",
        "clean, 0.50: 丙",
    ]


def test_samples_are_taken_from_all_over() -> None:
    samples = [Sample(report_of("心得\n甲"), str(number)) for number in range(10)]
    assert [sample.text for sample in evenly(samples, 5)] == ["0", "2", "4", "6", "8"]
