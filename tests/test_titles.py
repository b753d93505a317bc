"""The titles beside names."""

from __future__ import annotations

import pytest
from cited import PROCESS, verifier

from assistant.titles import borne, same_title
from index.tokenise import fold


@pytest.mark.parametrize(
    ("text", "titles"),
    [
        ("由松井健一課長接待", {"课长"}),
        ("課長 松井健一 接待", {"课长"}),
        ("松井健一先生接待", set()),
        ("副處長松井健一接待", {"副处长"}),
    ],
)
def test_titles_before_and_after(text: str, titles: set[str]) -> None:
    claims, _ = verifier().read(text, [PROCESS])
    assert borne(claims, claims.folded).get(fold("松井健一"), set()) == titles


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("研究員", "主任研究員", True),
        ("處長", "副處長", False),
        ("科長", "專員", False),
        ("局長", "局長", True),
    ],
)
def test_short_forms(one: str, other: str, same: bool) -> None:
    assert same_title(fold(one), fold(other)) is same
