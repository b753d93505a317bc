"""How much of a sentence the passages say: too little, a part, or nearly all."""

from __future__ import annotations

import pytest
from cited import PROCESS, verifier

from assistant.thinness import lacking, thin


@pytest.mark.parametrize(
    ("sentence", "word"),
    [
        ("札幌每晚開 6 班夜間公車，市長因此獲頒永續城市大獎與國際媒體的高度讚譽。", "沒有提到「市長因此"),
        ("報告應興建捷運環狀線與轉乘停車場。", "沒有這項建議"),
        ("議員質詢預算凍結與人事弊案。", "說到的太少"),
    ],
)
def test_too_little_has_its_reason(sentence: str, word: str) -> None:
    reasons = thin(verifier().look(sentence, [PROCESS]))
    assert any(word in reason for reason in reasons), reasons


def test_enough_has_none() -> None:
    look = verifier().look("夜間公車每晚 6 班，票價 210 日圓。", [PROCESS])
    assert thin(look) == ()


def test_a_part_names_what_is_lacking() -> None:
    look = verifier().look("雪堆置場可容納 30 萬立方公尺積雪，並由志工協助巡查柵欄。", [PROCESS])
    assert thin(look) == () and "柵欄" in lacking(look)
