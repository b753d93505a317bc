"""The measure of retrieval: recall counted by hand, and a whole run over a handful of texts."""

from __future__ import annotations

import pytest

from evals.retrieval import Task, measure, recall_at
from index.embed import open_embedder

FOUND = [[3, 1, 2], [2, 3, 1], []]
RIGHT = [frozenset({1, 2}), frozenset({2}), frozenset({1})]


@pytest.mark.parametrize(("cutoff", "expected"), [(1, 1 / 3), (2, 2 / 3), (10, 2 / 3)])
def test_recall(cutoff, expected):
    assert recall_at(cutoff, FOUND, RIGHT) == pytest.approx(expected)


TASK = Task(
    "tiny",
    (
        "第十屆世界城市論壇在阿布達比舉行。",
        "東京臨海廣域防災公園平時供市民體驗。",
        "大田市主辦亞太城市峰會。",
    ),
    (
        ("世界城市論壇在哪裡舉行？", frozenset({0})),
        ("防災公園平時做什麼？", frozenset({1})),
        ("誰主辦亞太城市峰會？", frozenset({2})),
    ),
)


@pytest.mark.parametrize("split", [False, True])
def test_a_whole_measurement(split):
    head, columns, *rows = measure(TASK, open_embedder(None), split=split).splitlines()
    assert head.startswith("tiny: 3 documents, 3 passages, 3 questions")
    assert columns.split() == [
        word for part in ("all", "even", "odd") for k in (1, 10) for word in (part, f"R@{k}")
    ]
    assert rows[-1].split() == ["second", "look", *["1.0000"] * 6]
