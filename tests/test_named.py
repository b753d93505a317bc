"""Names in a sentence: people, offices, places, Latin words, and what is none."""

from __future__ import annotations

import pytest
from cited import PROCESS, verifier

NAMES = [
    ("拜會札幌市交通局，由松井健一課長接待。", {"known": ["札幌市"], "person": ["松井健一"]}),
    ("沈處長與 Goh 副處長會談。", {"surname": ["沈處長"], "person": ["Goh"]}),
    ("雙方代表與黃課長握手。", {"surname": ["黃課長"]}),
    ("建議景觀處會同工務局與研考會辦理。", {"office": ["景觀處", "工務局"], "known": ["研考會"]}),
    ("有 47 處於路口中斷，各局處分別處理。", {}),
    ("成員任期長，方建議先簽署。", {}),
    ("國際交流課長西村奈緒接待。", {"person": ["西村奈緒"]}),
    ("平臺 Decidim 用 X 波段雷達。", {"latin": ["Decidim", "X"]}),
]


@pytest.mark.parametrize(("text", "expected"), NAMES)
def test_names_by_kind(text: str, expected: dict[str, list[str]]) -> None:
    claims, _ = verifier().read(text, [PROCESS])
    kinds = {"known", "person", "surname", "office", "latin"}
    found: dict[str, list[str]] = {}
    for name in claims.names:
        if name.kind in kinds:
            found.setdefault(name.kind, []).append(name.surface)
    for kind, surfaces in expected.items():
        assert [s for s in found.get(kind, []) if s in surfaces] == surfaces
    assert set(found) <= set(expected) | {"known", "office"} if expected else not found


def test_positions_are_those_of_the_text() -> None:
    text = "計 1,343 人，\n由工務局與 Amina Okonkwo 博士說明。"
    claims, _ = verifier().read(text, [PROCESS])
    for name in claims.names:
        assert text[name.start : name.end] == name.surface


@pytest.mark.parametrize(
    ("text", "surnames", "latin"),
    [
        ("Director Shen Jo-lan spoke.", ["沈"], []),
        ("Yangmingshan National Park is large.", [], []),
        ("The mayor met Okonkwo.", [], ["okonkwo"]),
    ],
)
def test_english_names(text: str, surnames: list[str], latin: list[str]) -> None:
    claims, _ = verifier().read(text, [PROCESS])
    assert [n.spellings[0] for n in claims.names if n.kind == "surname"] == surnames
    assert [n.spellings[0] for n in claims.names if n.kind == "latin"] == latin
