"""What is struck, what is marked and with which reason: deeds, joins, advice, things and exchanges."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest
from cited import ADVICE, PROCESS, verifier

from assistant.suspicion import SIGNS, TABLE, Suspicion, signs_of
from assistant.verification import Ground, Verdict

VISIT = replace(
    PROCESS,
    text="會後數個城市均向札幌市索取資料。松井健一課長邀請尤曼芸處長參觀雪堆置場，並致贈地圖給尤曼芸處長。"
    "代表團搭乘中華航空班機返國。晚宴由札幌市主辦，旭川市則負責接送代表。",
)
OTHER = replace(PROCESS, text="旭川市自 2011 年起試辦除雪機器人，全市 14 輛，每輛可除雪 3 公里。", start=2000)


def _check(sentence: str, *grounds: Ground) -> Verdict:
    return verifier().check(sentence, grounds)


@pytest.mark.parametrize(
    ("sentence", "support", "word"),
    [
        ("會後札幌市向數個城市索取資料。", "unsupported", "索取"),
        ("尤曼芸處長邀請松井健一課長參觀雪堆置場。", "unsupported", "邀請"),
        ("晚宴由旭川市主辦，札幌市則負責接送代表。", "unsupported", "相反"),
        ("代表團搭乘長榮航空班機返國。", "partial", "中華航空"),
        ("會後數個城市沒有向札幌市索取資料。", "unsupported", "沒有否定"),
    ],
)
def test_who_and_what_must_be_those_of_the_passage(sentence: str, support: str, word: str) -> None:
    verdict = _check(sentence, VISIT)
    assert verdict.support == support
    assert any(word in reason for reason in verdict.reasons), verdict.reasons


def test_facts_of_two_passages_made_one_are_marked() -> None:
    verdict = _check("札幌的夜間公車自 2011 年起試辦，全市 14 輛。", PROCESS, OTHER)
    assert verdict.support != "supported"
    open_seam = _check("札幌每晚開 6 班夜間公車，報告建議公車處選 2 條路線試辦。", PROCESS, ADVICE)
    assert not any("合起來" in reason for reason in open_seam.reasons)


@pytest.mark.parametrize(
    ("sentence", "ground", "support"),
    [
        ("報告建議本市仿照札幌設置雪堆置場。", PROCESS, "unsupported"),
        ("報告建議公車處發給夜間公車司機津貼。", ADVICE, "partial"),
        ("報告建議公車處研議選擇 2 條路線試辦夜間公車。", ADVICE, "supported"),
    ],
)
def test_a_recommendation_must_be_made_where_it_is_cited(sentence: str, ground: Ground, support: str) -> None:
    assert _check(sentence, ground).support == support


@pytest.mark.parametrize(
    ("sentence", "support"),
    [
        ("The report says: 「該場可容納 30 萬立方公尺積雪」.", "supported"),
        ("Night buses run six times a night (「每晚 6 班，票價 210 日圓」).", "supported"),
        ("The report says: 「該場可容納全市所有積雪」.", "unsupported"),
    ],
)
def test_an_english_sentence_may_quote_the_passage(sentence: str, support: str) -> None:
    assert _check(sentence, PROCESS).support == support


def test_every_mark_has_a_reason_in_chinese() -> None:
    for sentence in ("夜間公車由志工駕駛，深受居民與遊客喜愛。", "雪堆置場的志工以學生為主，每週輪班。"):
        verdict = _check(sentence, PROCESS)
        assert verdict.support != "supported" and all(verdict.reasons)


def test_the_table_knows_every_sign_and_none_speaks_for_a_sentence() -> None:
    weights = json.loads(TABLE.read_text(encoding="utf-8"))["weights"]
    assert tuple(weights) == SIGNS and min(weights.values()) >= 0
    look = verifier().look("夜間公車每晚 6 班。", [PROCESS])
    assert tuple(signs_of(look)) == SIGNS
    assert Suspicion.load().of(look) < Suspicion.load().marked
