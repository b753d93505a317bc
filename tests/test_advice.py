"""Sentences that recommend and sentences that do not, whom they tell, and who is to act."""

from __future__ import annotations

import pytest

from assistant.advice import Advice

ADVICE = Advice.load()
CITY, MINISTRY = "範例市政府秘書處", "交通部運輸研究所"


@pytest.mark.parametrize(
    ("kind", "sentence", "addressee"),
    [
        ("process", "本市可借鏡該館以遊戲教導避難的作法。", "own"),
        ("process", "這種分批排班的方式，值得本府在辦理園遊會時參考。", "own"),
        ("process", "该馆的预约制度值得本市参考。", "own"),
        ("reflections", "未來本局招募志工時，應先說明任務內容。", "own"),
        ("reflections", "若能在設計階段邀請里長參與，日後的陳情將可減少。", "own"),
        ("reflections", "與其增加場次，不如把一場辦好。", "own"),
        ("reflections", "本市步道的指標仍有改善空間。", "own"),
        ("reflections", "今後大會如能縮短開幕式，與會者將更有時間交流。", "others"),
        ("reflections", "希望主辦單位提供字幕。", "others"),
        ("reflections", "我國應檢討這項規定。", "others"),
        # Not advice: what is so, what somebody else says, what closes the report, what only asks.
        ("process", "本市代表團應邀出席晚宴。", None),
        ("process", "館長表示，各館應先盤點人力。", None),
        ("process", "該中心採預約制，旅客應先上網登記。", None),
        ("process", "圖 3 本市可借鏡的展示方式", None),
        ("reflections", "與會城市開始討論未來應如何訂定指標。", None),
        ("reflections", "整體而言，本次考察讓本市未來應走的路更清楚。", None),
        ("reflections", "本市未來應怎麼做？", None),
        ("reflections", "展館的動線清楚，參觀者都能找到出口。", None),
    ],
)
def test_whom_a_sentence_tells_to_act(kind: str, sentence: str, addressee: str | None) -> None:
    assert ADVICE.addressee(sentence, kind, CITY) == addressee


def test_for_an_agency_of_the_central_government_that_is_no_other() -> None:
    assert ADVICE.addressee("我國應檢討這項規定。", "reflections", MINISTRY) == "own"


@pytest.mark.parametrize(
    ("text", "sums_up"),
    [
        ("整體而言，本次出訪拓展了視野。", True),
        ("以上建議，謹供參考。", True),
        ("本次無建議。", True),
        ("無", True),
        ("無障礙設施應逐年改善。", False),
        ("整體而言，設施應逐年改善。", False),
    ],
)
def test_what_only_sums_up(text: str, sums_up: bool) -> None:
    assert ADVICE.sums_up(text) is sums_up


@pytest.mark.parametrize(
    ("text", "actor"),
    [
        ("建議水利局建立即時水位網頁。\n主辦機關：環境保護局", "環境保護局"),
        ("先行試辦。（主辦：交通局；協辦：工務局）", "交通局"),
        ("建議水利局會同體育處選定二處滯洪池。", "水利局"),
        ("建議由教育局於三所國小試辦。", "教育局"),
        ("未來本府應培養翻譯人員。", "本府"),
        ("建議每年辦理一次調查。", ""),
    ],
)
def test_who_is_to_act(text: str, actor: str) -> None:
    assert ADVICE.actor(text) == actor
