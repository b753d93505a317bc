"""What can stand in a heading, from sentences of notes; and what cannot."""

from __future__ import annotations

from functools import cache

import pytest
import wired

from assistant.frames import Frames
from assistant.matters import Matters
from assistant.subjects import Subjects
from index.tokenise import Tokeniser
from index.word_weights import WordWeights


@cache
def matters() -> Matters:
    frames, tokeniser = Frames.load(), Tokeniser.open()
    topics = Subjects(tokeniser, WordWeights.load(), wired.names(), frames.no_topic, frames.cues)
    return Matters(tokeniser, topics)


@pytest.mark.parametrize(
    ("text", "act"),
    [
        ("館長說明，市府把全市 190 個防災倉庫的物資改由里民保管。", "把防災倉庫的物資改由里民保管"),
        ("因此協會要求合作店家公開零件清單。", "要求合作店家公開零件清單"),
        ("推動的原則是同一份證件只向民眾收取一次，各機關自行調閱。", "同一份證件只向民眾收取一次"),
        ("開館的關鍵不是設備，而是志工認得每一位街友。", "志工認得每一位街友"),
        ("規劃師說先種樹再蓋房子。", "先種樹再蓋房子"),
        ("墨爾本市已經把停車位改成樹穴。", "把停車位改成樹穴"),
        ("他們把原本分屬四個機關的警報改由同一個號碼發出。", "把警報改由同一個號碼發出"),
        ("會場的廁所改用可以回收的熱水系統。", "會場的廁所改用可以回收的熱水系統"),
        ("瞭解非正式聚落如何由居民自行繪製 1,200 處取水點。", "非正式聚落由居民自行繪製取水點"),
    ],
)
def test_a_clause_says_what_is_done_without_what_stands_around_it(text: str, act: str) -> None:
    assert act in matters().acts([text])


@pytest.mark.parametrize(
    "text",
    [
        "該市自 2015 年起禁止將廚餘丟入一般垃圾。",
        "我們把資料放在桌上。",
        "由組長王大明接待。",
        "過去物資由市府集中管理。",
        "自桃園機場搭機前往大阪，住宿由大會安排。",
        "登記數由 3,000 件降到 200 件。",
    ],
)
def test_no_clause_turns_round_or_speaks_of_the_trip_itself(text: str) -> None:
    assert matters().acts([text]) == ()


def test_a_thing_is_named_whole_and_without_the_verb_before_it() -> None:
    assert "外籍移工避難簡訊" in matters().things(["代表發表外籍移工避難簡訊，共 8 種語言。"])
    assert "失智友善商店制度" in matters().things(["瞭解其失智友善商店制度。"])
    assert matters().things(["市長致詞後全員合影。"]) == ()


def test_what_names_a_thing_at_length_is_no_act() -> None:
    text = ["考察創新區，瞭解舊廠房轉為研發空間的容積獎勵制度。"]
    assert matters().things(text)[0] == "舊廠房轉為研發空間的容積獎勵制度"
    assert matters().acts(text) == ()
