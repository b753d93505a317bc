"""Ranges of two figures and those whose edges were changed."""

from __future__ import annotations

import pytest

from assistant.quantities import spaced
from assistant.ranges import other_ranges


@pytest.mark.parametrize(
    ("said", "known", "found"),
    [
        ("由各局處推薦 2 至 2 人", "由各局處推薦 1 至 2 人", ["2至2"]),
        ("由各局處推薦一至二人", "由各局處推薦 1 至 2 人", []),
        ("比率為 60%至90%", "比率為 60%至80%", ["60%至90"]),
        ("由 82% 提升到 95%", "由82%提升至95%", []),
        ("5 月 13 日至 16 日", "5 月 13 日至 15 日", []),
        ("增加 3 到 5 座", "設有 12 座", []),
    ],
)
def test_changed_edges_are_found(said: str, known: str, found: list[str]) -> None:
    assert [one.surface for one in other_ranges(spaced(said), spaced(known))] == found
