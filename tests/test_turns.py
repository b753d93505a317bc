"""Negation, contraries, and what was left open told as done."""

from __future__ import annotations

from dataclasses import replace

import pytest
from cited import ADVICE, PROCESS, aligner

from assistant.polarity import Polarity
from assistant.turns import TurnFinder

POLARITY = Polarity.load()
FINDER = TurnFinder(POLARITY)
GREEN = replace(
    PROCESS,
    text="該市並未強制既有建築設置綠屋頂。參觀免費，首次到訪的人可獲贈手冊。關鍵不在軟體，而在政府的承諾。"
    "8 項缺失中已改善其中 3 項。資訊局評估加入聯盟。除雪以人行道優先於車道。",
)


def turns(sentence: str, *grounds) -> set[str]:
    found = aligner(sentence, *(grounds or (GREEN,)))
    return {turn.kind for turn in FINDER.find(found, [found.fit(clause) for clause in found.claims.clauses])}


@pytest.mark.parametrize(
    ("sentence", "kind"),
    [
        ("該市強制既有建築設置綠屋頂。", "affirmed"),
        ("關鍵在於軟體。", "affirmed"),
        ("參觀要收費。", "contrary"),
        ("多次到訪的人可獲贈手冊。", "contrary"),
        ("資訊局已正式加入聯盟。", "surer"),
        ("8 項缺失已全數改善。", "wider"),
        ("除雪時車道優先於人行道。", "reversed"),
        ("The city required existing buildings to install green roofs.", "affirmed"),
    ],
)
def test_a_turned_statement_is_found(sentence: str, kind: str) -> None:
    assert kind in turns(sentence)


@pytest.mark.parametrize(
    "sentence",
    [
        "該市沒有強制既有建築設置綠屋頂。",
        "參觀不收費。",
        "除雪時人行道優先於車道。",
        "關鍵不是軟體，而是政府的承諾。",
        "資訊局還在評估要不要加入聯盟。",
    ],
)
def test_the_same_in_other_words_is_none(sentence: str) -> None:
    assert not turns(sentence)


def test_a_recommendation_is_not_a_fact() -> None:
    assert "made_fact" in turns("公車處於 114 年起在 2 條路線開行夜間公車。", ADVICE)
    assert "made_fact" not in turns("建議公車處於 114 年起試辦夜間公車。", ADVICE)


@pytest.mark.parametrize(
    ("folded", "word", "negated"),
    [
        ("并未强制", "强制", True),
        ("是否关闭", "关闭", False),
        ("要不要关闭", "关闭", False),
        ("不但公开", "公开", False),
        ("烧掉就还原不了", "还原", True),
        ("不得超过200公升", "公升", False),
        ("钱不够时先扫描屋架", "屋架", False),
        ("并非设备而是电网", "电网", False),
    ],
)
def test_reach_of_a_negation(folded: str, word: str, negated: bool) -> None:
    assert POLARITY.negates(folded, folded.index(word), len(word), 7) is negated
