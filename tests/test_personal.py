"""Personal names in Chinese by a title or a deed, whether or not the dictionary knows them."""

from __future__ import annotations

import pytest
from cited import PROCESS, verifier

from assistant.named import all_titles
from assistant.personal import PersonFinder
from index.tokenise import Tokeniser

FINDER = PersonFinder(Tokeniser.open(), all_titles())


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("本團由處長甄無名率領。", {"甄無名"}),
        ("訪團由甄無名率領。", {"甄無名"}),
        ("代表團與吳大同會面，並向王小明說明。", {"吳大同"}),
        ("甄無名處長致詞。", {"甄無名"}),
        ("登錄 1,343 名志工，由處長甄無名率領。", {"甄無名"}),
        ("處長甄無名初訪當地。", {"甄無名"}),
        ("據甄無名局長說明，票價不變。", {"甄無名"}),
        ("團員返國，甄文彬則轉赴仙台。", {"甄文彬"}),
        ("方案說明如下，金額表示為日圓，高層赴仙台。", set()),
        ("科長於會議表示，處長高度肯定，市長安排行程。", set()),
        ("由專人陪同，與高層會談，由方案主持人說明。", set()),
        ("黃市長談雙語教育。", set()),
    ],
)
def test_names_are_told_from_words(text: str, names: set[str]) -> None:
    assert {name for _, name in FINDER.find(text)} == names


@pytest.mark.parametrize(
    "sentence",
    ["訪團由處長甄無名率領，拜會札幌市交通局。", "由課長甄文彬接待。", "代表團與甄無名會面，談夜間公車。"],
)
def test_an_invented_person_is_struck(sentence: str) -> None:
    verdict = verifier().check(sentence, [PROCESS])
    assert verdict.support == "unsupported"
    assert any("甄" in reason for reason in verdict.reasons)
