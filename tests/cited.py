"""An invented passage with what its report says of itself, for tests of the verifier; no real trip."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from functools import cache

from assistant.alignment import Aligner
from assistant.verification import Ground, Verifier

TEXT = (
    "上午拜會札幌市交通局，由營運課課長松井健一接待。該市自 2019 年起試辦夜間公車，每晚 6 班，票價 210 日圓，"
    "至 112 年底累計 1 萬 2,400 人次搭乘。松井課長表示，乘客中七成是醫院夜班人員，並未影響計程車生意。"
    "下午參觀雪堆置場，該場可容納 30 萬立方公尺積雪，由志工協助巡查，市府負責清運。"
    "雙方就締結友好城市交換意見，預計 113 年 5 月以視訊續談。"
)
PROCESS = Ground(
    report_id="r1",
    title="赴日本札幌考察冬季交通出國報告",
    agency="範例市政府交通局",
    places=("日本", "札幌市"),
    events=(),
    people=("尤曼芸", "松井健一", "卓立群"),
    start_date=date(2024, 1, 15),
    end_date=date(2024, 1, 19),
    report_date=date(2024, 4, 2),
    chapter="process",
    path=("貳、過程", "113 年 1 月 16 日（星期二）"),
    text=TEXT,
    start=1000,
)
ADVICE = replace(
    PROCESS,
    chapter="recommendations",
    path=("肆、建議", "一、試辦夜間公車"),
    text="建議公車處研議於 114 年起選擇 2 條路線試辦夜間公車，每晚至少 4 班，並於試辦一年後檢討。",
    start=3000,
)


@cache
def verifier() -> Verifier:
    """One verifier for all tests: its tables take a moment to read."""
    return Verifier.load()


def aligner(sentence: str, *grounds: Ground) -> Aligner:
    """The sentence aligned with the grounds, or with the passage above."""
    return Aligner(*verifier().read(sentence, grounds or (PROCESS,)))
