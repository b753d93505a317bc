"""The blind labels of the ledger: whole rows, and a sentence put into the chapter that it is from."""

from __future__ import annotations

import pytest

from evals import blind_recommendations as blind
from evals.recommendations import read_rows


@pytest.mark.parametrize("chapter", [blind.PROCESS, blind.REFLECTIONS])
def test_a_sentence_stands_in_its_chapter(chapter: str) -> None:
    report = blind.report_around({"id": "x1", "text": "本市宜增設雨水花園。", "chapter": chapter})
    inside = [c for c in report.chapters if c.start <= report.text.index("雨水花園") < c.end]
    assert [c.kind for c in inside] == [{"過程": "process", "心得": "reflections"}[chapter]]


def test_advice_is_told_from_what_was_seen() -> None:
    rows = [
        {"id": "x1", "text": "本市宜增設雨水花園，減少積水。", "chapter": "心得", "implicit": True},
        {"id": "x2", "text": "該市去年增設三座雨水花園。", "chapter": "過程", "implicit": False},
    ]
    score = blind.score_sentences(rows)
    assert (score.there, score.found, score.right) == (1, 1, 1)


def test_rows_are_whole_and_half_of_each_kind() -> None:
    pairs, sentences = read_rows(blind.PAIRS), read_rows(blind.IMPLICIT)
    assert sum(row["same"] for row in pairs) == len(pairs) / 2 == 80
    assert sum(row["implicit"] for row in sentences) == len(sentences) / 2 == 30


def test_the_made_sentences_are_told_apart() -> None:
    score = blind.score_sentences(read_rows(blind.MADE), "made")
    assert score.there > 150 and score.precision >= 0.95 and score.recall >= 0.9
