"""The questions over the five development documents: well formed, and true to these documents."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from evals.cases import Case, load
from evals.metrics import folded, holds

CASES = load(Path(__file__).parents[1] / "evals" / "cases" / "archive.jsonl")
# A longer fact could be a sentence of somebody else's document.
LONGEST_FACT = 15
KINDS = {"fact", "list", "reflection", "recommendation", "comparison", "follow-up", "english", "alias"}


@pytest.fixture(scope="module")
def documents() -> dict[str, str]:
    folder = Path(__file__).parents[2] / "shared" / "archive"
    if not folder.is_dir():
        pytest.skip("需要 ../shared（開發用文件），此處沒有")
    return {path.name: path.read_text(encoding="utf-8") for path in folder.iterdir()}


def test_there_are_enough_of_every_kind() -> None:
    kinds = Counter(case.type for case in CASES)
    assert len(CASES) >= 70
    assert kinds.keys() >= KINDS and min(kinds[kind] for kind in KINDS) >= 8
    assert sum(not case.answerable for case in CASES) / len(CASES) >= 0.25


def test_questions_differ() -> None:
    asked = Counter((case.question, case.history) for case in CASES)
    assert [question for question, times in asked.items() if times > 1] == []


def test_facts_are_short_and_only_of_answerable_questions() -> None:
    for case in CASES:
        wordings = [wording for fact in (*case.must_include, *case.must_not) for wording in fact.split("|")]
        assert all(wording.strip() and len(wording) <= LONGEST_FACT for wording in wordings), case.id
        assert case.answerable == bool(case.must_include), case.id
        assert case.answerable == bool(case.docs), case.id


def test_follow_ups_have_a_history_that_begins_with_the_user() -> None:
    for case in CASES:
        assert bool(case.history) == (case.type == "follow-up"), case.id
        assert all(turn.role == "user" for turn in case.history[:1]), case.id


@pytest.mark.parametrize("case", [case for case in CASES if case.answerable], ids=lambda case: case.id)
def test_every_fact_stands_in_the_named_documents(case: Case, documents: dict[str, str]) -> None:
    text = "\n".join(documents[name] for name in case.docs)
    assert [fact for fact in case.must_include if not holds(fact, text)] == []
    assert [fact for fact in case.must_not if holds(fact, text)] == []


def test_no_question_is_a_copied_sentence(documents: dict[str, str]) -> None:
    text = folded("\n".join(documents.values()))
    assert [case.id for case in CASES if folded(case.question).rstrip("?。") in text] == []
