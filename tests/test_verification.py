"""Verdicts: what passages say is kept in any wording, and every kind of slip is caught with its reason."""

from __future__ import annotations

import time
from dataclasses import replace

import pytest
from cited import ADVICE, PROCESS, TEXT, verifier

from assistant.verification import Ground, Verdict

TRUE = [
    "該市自 2019 年起試辦夜間公車，每晚 6 班，票價 210 日圓。",
    "札幌的夜間公車從 108 年開始試辦，一晚有六班。",
    "到 2023 年底，累計有 12,400 人次搭過夜間公車。",
    "松井課長說，乘客有 70% 是醫院的夜班人員。",
    "113 年 1 月 16 日上午，代表團拜會札幌市交通局。",
    "雪堆置場能放 30 萬立方公尺的積雪，由志工幫忙巡查。",
    "雙方預計 2024 年 5 月再以視訊續談。",
    "Sapporo has been testing night buses since 2019, with six buses a night.",
    "The snow site can hold 300,000 cubic metres of snow.",
]
# A slip of every kind, with a word of the reason that must be given.
FALSE = [
    ("該市自 2019 年起試辦夜間公車，每晚 8 班，票價 210 日圓。", "8"),
    ("夜間公車票價 210 美元，每晚 6 班。", "210美元"),
    ("至 112 年底累計 1 萬 4,200 人次搭乘夜間公車。", "4200"),
    ("該市自 2017 年起試辦夜間公車。", "2017"),
    ("雙方預計 113 年 6 月以視訊續談。", "6 月"),
    ("上午拜會仙台市交通局，由營運課課長松井健一接待。", "仙台"),
    ("由營運課課長卓立群接待，說明夜間公車的營運情形。", "卓立群"),
    ("營運課股長松井健一接待代表團。", "職稱"),
    ("該市尚未試辦夜間公車，每晚 6 班只是構想。", "試辦"),
    ("雙方已正式締結友好城市。", "沒有說已經定案"),
    ("松井課長表示，夜間公車獲得國土交通省的創新獎與高額獎金，成為全國各城市爭相仿效的對象。", "沒有提到"),
    ("報告建議中央全額補助電動巴士充電設備，並修法放寬駕駛工時。", "沒有這項建議"),
    ("Sapporo has been testing night buses since 2019, with nine buses a night.", "nine"),
    ("The passengers did not include hospital staff: 95 per cent were students.", "95"),
]


@pytest.mark.parametrize("sentence", TRUE)
def test_what_the_passage_says_is_kept(sentence: str) -> None:
    verdict = verifier().check(sentence, [PROCESS])
    assert verdict.support != "unsupported", verdict.reasons


@pytest.mark.parametrize(("sentence", "word"), FALSE)
def test_a_slip_is_caught_with_its_reason(sentence: str, word: str) -> None:
    verdict = verifier().check(sentence, [PROCESS])
    assert verdict.support == "unsupported"
    assert any(word in reason for reason in verdict.reasons), verdict.reasons


def test_a_turned_word_in_a_clause_that_is_not_quite_the_passages_own_is_marked() -> None:
    verdict = verifier().check("夜間公車影響了計程車生意。", [PROCESS])
    assert verdict.support == "partial"
    assert any("並未影響計程車生意" in reason for reason in verdict.reasons)


@pytest.mark.parametrize("sentence", ["每晚沒有 6 班夜間公車。", "夜間公車票價不是 210 日圓，每晚 6 班。"])
def test_a_count_that_is_denied_is_struck(sentence: str) -> None:
    verdict = verifier().check(sentence, [PROCESS])
    assert verdict.support == "unsupported", verdict


def test_every_sentence_of_a_passage_is_supported_by_it() -> None:
    for sentence in TEXT.split("。")[:-1]:
        assert verifier().check(sentence + "。", [PROCESS]) == replace(
            verifier().check(sentence + "。", [PROCESS]), support="supported", reasons=()
        )


@pytest.mark.parametrize(
    ("sentence", "support"),
    [
        ("報告建議公車處研議 114 年起選兩條路線試辦夜間公車，每晚至少四班。", "supported"),
        ("公車處已於 114 年起在 2 條路線實施夜間公車，每晚至少 4 班。", "unsupported"),
        ("建議觀光局於 114 年起選擇 2 條路線試辦夜間公車。", "unsupported"),
    ],
)
def test_a_recommendation_stays_one(sentence: str, support: str) -> None:
    assert verifier().check(sentence, [ADVICE]).support == support


def test_a_sentence_may_rest_on_two_passages() -> None:
    sentence = "札幌每晚開 6 班夜間公車，報告建議本市先選 2 條路線試辦。"
    assert verifier().check(sentence, [PROCESS, ADVICE]).support != "unsupported"
    assert verifier().check(sentence, [ADVICE]).support == "unsupported"


def test_the_span_is_the_sentence_that_says_it() -> None:
    span = verifier().check("雪堆置場可容納 30 萬立方公尺積雪。", [PROCESS]).span
    assert span is not None and span.report_id == "r1"
    said = TEXT[span.start - PROCESS.start : span.end - PROCESS.start]
    assert said.startswith("下午參觀雪堆置場") and said.endswith("。")


def test_without_grounds_nothing_is_supported() -> None:
    verdict = verifier().check("該市試辦夜間公車。", [])
    assert verdict == Verdict("unsupported", ("這一句沒有引用任何段落",), None)


@pytest.mark.parametrize("sentence", ["", "。", "好。", "   ", "1", "「」"])
def test_sentences_that_say_nothing_are_no_trouble(sentence: str) -> None:
    assert verifier().check(sentence, [PROCESS]).support in ("supported", "partial", "unsupported")


def test_an_undated_report_takes_the_year_of_the_sentence() -> None:
    undated = replace(PROCESS, start_date=None, end_date=None, report_date=None, path=())
    ground: Ground = replace(undated, text="智慧城市展 3 月 22 日在札幌開幕，為期 4 天。")
    assert verifier().check("智慧城市展 2022 年 3 月 22 日在札幌開幕。", [ground]).support != "unsupported"
    assert verifier().check("智慧城市展 3 月 23 日在札幌開幕。", [ground]).support == "unsupported"


def test_a_sentence_takes_a_few_milliseconds() -> None:
    verifier().check(TRUE[0], [PROCESS])
    started = time.process_time()
    for sentence in TRUE:
        verifier().check(sentence, [PROCESS])
    assert (time.process_time() - started) / len(TRUE) < 0.05
