"""Refusing because what is asked for is not in the evidence: a name, a figure, a kind of thing."""

from __future__ import annotations

from dataclasses import replace

import pytest
from wired import BALI, DAKAR, KUMAMOTO, SENDAI, focus_on, hits, reports

from assistant.answerable import judge, standing_with
from assistant.evidence import score_sentences
from assistant.terms import plain


def verdict(text, key, **changes):
    focus = focus_on(text, **changes)
    about = plain(reports()[key].title)
    return judge(score_sentences(hits(key), focus, {key: about}), focus, about)


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("卡耶湖抽水站每天供水多少？", DAKAR),
        ("高以寧演說的題目是什麼？", DAKAR),
        ("感測器為什麼失效？", BALI),
        ("感測器工作坊由誰主持？", BALI),
        ("荒濱小學校有多少人獲救？", SENDAI),
        ("由誰簡報防災地圖？", SENDAI),
        ("Who chaired the sensor workshop?", BALI),
    ],
)
def test_questions_that_the_report_answers(text, key):
    assert verdict(text, key).answers
    assert verdict(text, key).missing == ()


@pytest.mark.parametrize(
    ("text", "key", "missing"),
    [
        ("熊本的地下水補助花了多少錢？", KUMAMOTO, ("經費或金額",)),
        ("抽水站附近住哪間飯店？", DAKAR, ("住宿旅館",)),
        ("感測器工作坊的電話？", BALI, ("聯絡方式",)),
        ("開幕式幾點開始？", DAKAR, ("時間",)),
        ("札幌的防災地圖", SENDAI, ("札幌",)),
        ("BR215 班機的航空公司", DAKAR, None),
    ],
)
def test_what_is_not_there_is_named(text, key, missing):
    found = verdict(text, key)
    assert not found.answers
    assert missing is None or found.missing == missing


@pytest.mark.parametrize(
    ("text", "key"),
    [("遊艇碼頭的招商辦法", SENDAI), ("量子電腦的研發中心", BALI), ("馬拉松的路線規劃", KUMAMOTO)],
)
def test_other_topics_are_not_answered(text, key):
    assert not verdict(text, key).answers


def test_no_sentences_are_no_answer():
    assert not judge([], focus_on("水"), "").answers


def test_a_name_that_the_report_is_about_need_not_stand_in_a_sentence():
    focus = focus_on("第十屆世界水論壇的感測器為什麼失效？")
    ranked = score_sentences(hits(BALI), focus, {})
    assert judge(ranked, focus, plain("出席第十屆世界水論壇報告")).answers


def test_where_the_question_chose_the_report_a_name_may_stand_elsewhere_among_the_best():
    focus = focus_on("高以寧和凱塔站長", wanted=())
    ranked = score_sentences(hits(DAKAR), focus, {})
    assert judge(ranked, replace(focus, chosen=True), "").answers


def test_sentences_beside_which_fewer_names_stand_are_left_out():
    focus = focus_on("熊本的地下水補助")
    ranked = score_sentences(hits(KUMAMOTO, SENDAI), focus, {})
    assert ranked[0].passage.report_id == KUMAMOTO
    assert {s.passage.report_id for s in standing_with(ranked, focus, "")} == {KUMAMOTO}


def test_without_names_all_sentences_stand():
    focus = focus_on("地下水補助")
    ranked = score_sentences(hits(KUMAMOTO, SENDAI), focus, {})
    assert standing_with(ranked, focus, "") == ranked
