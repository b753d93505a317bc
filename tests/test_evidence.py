"""Sentences ranked by what the question names and wants, on an invented report."""

from __future__ import annotations

from dataclasses import replace

import pytest
from wired import BALI, DAKAR, SENDAI, cues, focus_on, hits, reports

from assistant.evidence import (
    ABOUT,
    AROUND,
    GENERIC_WEIGHT,
    SLOT,
    Apart,
    Focus,
    gives,
    rescored,
    score_sentences,
    slot_share,
    total,
    unmet,
    weigh,
    whole_sentences,
)
from assistant.generic import PlainWords
from assistant.matching import Weighted
from assistant.terms import Term, exact_term, plain
from index.word_weights import WordWeights

WEIGHTS = WordWeights({"水": 1.0, "地下水": 6.0, "会": 0.5, "签署": 6.0}, unseen=8.0)


def best(text, *keys, **changes):
    return score_sentences(hits(*keys), focus_on(text, **changes), {})[0].text


@pytest.mark.parametrize(
    ("text", "key", "sentence"),
    [
        ("卡耶湖抽水站每天供水多少？", DAKAR, "參訪卡耶湖抽水站，該站每日供水 38 萬噸，由凱塔站長接待。"),
        ("開幕式由誰主持？", DAKAR, "代表團出席開幕式，開幕式由塞內加爾總統主持。"),
        (
            "演說的題目是什麼？",
            DAKAR,
            "高以寧局長於水與城市分論壇以「把雨水留在城市」為題發表演說，現場約有 150 人聆聽。",
        ),
        ("感測器為什麼失效？", BALI, "多個城市的感測器兩年後失效四成，原因是沒有編列維護經費。"),
        ("Who chaired the sensor workshop?", BALI, "羅文佑副局長主持河川感測器工作坊，共有 42 名學員參加。"),
        ("屋頂上有多少人獲救？", SENDAI, "參觀荒濱小學校遺構，該校 320 名師生與居民在屋頂獲救。"),
    ],
)
def test_the_sentence_that_answers_comes_first(text, key, sentence):
    assert best(text, key) == sentence


def test_sentences_stand_where_they_say_they_do():
    for sentence in score_sentences(hits(DAKAR, BALI), focus_on("論壇的水"), {}):
        report = reports()[sentence.passage.report_id]
        assert report.text[sentence.start : sentence.end] == sentence.text
        assert sentence.folded == plain(sentence.text)
        assert sentence.folded in sentence.surroundings


def test_the_order_is_by_score_and_the_same_every_time():
    ranked = score_sentences(hits(DAKAR, BALI), focus_on("感測器的維護"), {})
    assert [s.score for s in ranked] == sorted((s.score for s in ranked), reverse=True)
    again = score_sentences(hits(BALI, DAKAR), focus_on("感測器的維護"), {})
    assert [(s.start, s.passage.report_id) for s in again] == [(s.start, s.passage.report_id) for s in ranked]


def test_nothing_found_is_nothing_ranked():
    assert score_sentences([], focus_on("水"), {}) == []


def test_a_better_found_passage_breaks_a_tie():
    first, second = hits(SENDAI)[0], hits(BALI)[0]
    focus = Focus((), (), frozenset(), ())
    ranked = score_sentences([replace(first, score=0.1), replace(second, score=0.9)], focus, {})
    assert ranked[0].passage.report_id == BALI


def test_what_the_report_is_about_counts_as_surroundings():
    focus = focus_on("熊本的防災教育")
    plainly = score_sentences(hits(SENDAI), focus, {})
    told = score_sentences(hits(SENDAI), focus, {SENDAI: plain("赴日本熊本考察")})
    assert told[0].context > plainly[0].context


def test_a_topic_that_only_the_title_names_counts_for_less_than_one_around_the_sentence():
    focus = focus_on("下水道")
    told = {s.text: s.score for s in score_sentences(hits(DAKAR), focus, {DAKAR: plain("下水道考察")})}
    plainly = {s.text: s.score for s in score_sentences(hits(DAKAR), focus, {})}
    gained = [told[text] - plainly[text] for text in plainly]
    assert gained and all(gain == pytest.approx(ABOUT * (AROUND + SLOT)) for gain in gained)


def test_the_chapter_that_is_asked_for_counts():
    asked = best("防災", SENDAI, chapters=frozenset({"recommendations"}))
    assert "建議消防局" in asked


def test_headings_are_no_sentences_of_their_own():
    texts = [s.text for s in score_sentences(hits(DAKAR), focus_on("資料調度供水"), {})]
    assert "一、缺水城市以資料調度供水" not in texts


def test_names_weigh_most_and_words_of_every_report_decide_nothing():
    terms = [
        exact_term("高以寧"),
        Term("地下水", ("地下水",)),
        Term("签署", ("签署",), is_noun=False),
        Term("报告", ("报告",)),
    ]
    name, noun, verb, everyday = weigh(terms, WEIGHTS, PlainWords(generic=frozenset({"报告"})))
    assert name.weight > noun.weight > verb.weight
    assert (name.is_telling, noun.is_telling, verb.is_telling, everyday.is_telling) == (
        True,
        True,
        False,
        False,
    )


def test_an_abstract_word_ranks_but_need_not_be_there():
    noun, abstract = weigh(
        [Term("補助", ("补助",)), Term("角色", ("角色",))], WEIGHTS, PlainWords(abstract=frozenset({"角色"}))
    )
    assert (noun.is_telling, abstract.is_telling) == (True, False)
    assert abstract.weight > GENERIC_WEIGHT


def test_headings_tell_which_of_several_places_a_passage_is_about():
    apart = Apart(asked=("仙台",), others=("札幌",))
    assert apart.is_elsewhere(["第三章 札幌", "一、除雪"])
    assert not apart.is_elsewhere(["第二章 仙台", "一、除雪"])
    assert not apart.is_elsewhere(["第二章 札幌与仙台"])
    assert not apart.is_elsewhere(["第五章 综合比较"])
    assert apart.is_elsewhere(["第二章 仙台", "二、札幌的作法"])


def test_an_exact_term_is_never_ordinary():
    (name,) = weigh([exact_term("會")], WEIGHTS, PlainWords(generic=frozenset({"会"})))
    assert name.is_telling


@pytest.mark.parametrize(
    ("text", "folded", "share"),
    [
        ("由誰主持？", plain("由羅文佑副局長主持"), 1.0),
        ("由誰主持？", plain("座無虛席"), 0.0),
        ("防災", plain("座無虛席"), 1.0),
    ],
)
def test_the_share_of_the_wanted_that_a_sentence_gives(text, folded, share):
    assert slot_share(folded, focus_on(text)) == share


@pytest.mark.parametrize(
    ("text", "sentence", "expected"),
    [
        ("有多少人聆聽？", "現場約有 150 人聆聽", True),
        ("有幾國參加？", "現場約有 150 人聆聽", False),
        ("每天供水多少？", "每日供水 38 萬噸", True),
    ],
)
def test_a_count_is_given_in_the_unit_that_is_counted(text, sentence, expected):
    count = next(wanted for wanted in cues().wanted if wanted.name == "count")
    made = replace(score_sentences(hits(DAKAR), focus_on(text), {})[0], folded=plain(sentence))
    assert gives(count, made, focus_on(text)) is expected


def test_unmet_terms_are_those_of_which_nothing_stands_there():
    terms = [Weighted(exact_term("熊本"), 9.0), Weighted(Term("补助", ("补助", "经费")), 3.0)]
    assert [item.term.surface for item in unmet(terms, plain("仙台的經費"))] == ["熊本"]
    assert unmet(terms, plain("熊本的補助")) == ()
    assert total(terms) == 12.0 and total([]) == 0.0


def test_rescoring_adds_to_the_score_only():
    sentence = score_sentences(hits(DAKAR), focus_on("水"), {})[0]
    assert rescored(sentence, 0.5) == replace(sentence, score=sentence.score + 0.5)


@pytest.mark.parametrize(
    ("text", "sentences"),
    [
        ("甲成立；乙跟進。丙。", ["甲成立；乙跟進。", "丙。"]),
        ("甲。\n乙", ["甲。", "乙"]),
        (f"{'甲' * 150}；{'乙' * 150}。", ["甲" * 150 + "；", "乙" * 150 + "。"]),
        ("", []),
    ],
)
def test_short_clauses_before_a_semicolon_stay_together(text, sentences):
    assert [text[start:end] for start, end in whole_sentences(text)] == sentences
