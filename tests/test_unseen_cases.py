"""The questions over the documents written for evaluation: well formed, and true to these documents."""

from __future__ import annotations

from pathlib import Path

import pytest

from evals.cases import load
from evals.metrics import holds

EVALS = Path(__file__).parents[1] / "evals"
SETS = ("unseen", "unseen2")
NOTICE = "【示範文件，非公文書】"


@pytest.mark.parametrize("name", SETS)
def test_every_document_says_that_it_is_none(name: str) -> None:
    texts = [path.read_text(encoding="utf-8") for path in (EVALS / "archives" / name).glob("*.txt")]
    assert texts and all(text.startswith(NOTICE) for text in texts)


@pytest.mark.parametrize("name", SETS)
def test_every_fact_stands_in_the_named_documents(name: str) -> None:
    folder = EVALS / "archives" / name
    texts = {path.name: path.read_text(encoding="utf-8") for path in folder.glob("*.txt")}
    cases = load(EVALS / "cases" / f"{name}.jsonl")
    lacking = [
        (case.id, fact)
        for case in cases
        for fact in case.must_include
        if not holds(fact, "\n".join(texts[doc] for doc in case.docs))
    ]
    assert len(cases) >= 100 and lacking == []


@pytest.mark.parametrize("name", SETS)
def test_a_fifth_or_so_cannot_be_answered(name: str) -> None:
    cases = load(EVALS / "cases" / f"{name}.jsonl")
    share = sum(not case.answerable for case in cases) / len(cases)
    assert 0.15 <= share <= 0.3
