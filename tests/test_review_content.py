"""Recommendations, empty words, quotations and figures."""

from __future__ import annotations

import pytest
from drafts import ADVICE, PARTS, flaws

from assistant.flaws import Standards
from assistant.review_content import is_hollow

ONE = f"第四章 建議\n一、將維護經費納入水岸開發契約\n{ADVICE.format(who='水利局')}\n"


@pytest.mark.parametrize(("least", "count"), [(0, 0), (1, 0), (2, 1), (3, 1)])
def test_too_few_recommendations_are_a_reminder(least: int, count: int) -> None:
    found = flaws("recommendations", Standards(recommendations=least), recommendations=ONE)
    assert [flaw.level for flaw in found] == ["warn"] * count
    assert all(flaw.message == f"建議有 1 項，少於 {least} 項。" for flaw in found)


@pytest.mark.parametrize(
    ("advice", "lacking"),
    [
        ("一、成立水岸小組\n建議水利局成立水岸小組。", ""),
        ("一、成立水岸小組\n各局處應共同成立水岸小組。", ""),
        ("一、成立水岸小組\n建議成立水岸小組，每季開會。", "由誰做"),
        ("一、水岸小組的意義\n本市水岸的明天會更好，人人都有一片天。", "做什麼"),
        ("一、水岸與人\n水岸是大家的，人人都有責任。", "由誰做、做什麼"),
    ],
)
def test_a_recommendation_has_an_actor_and_an_action(advice: str, lacking: str) -> None:
    found = flaws("actors", recommendations=f"第四章 建議\n{advice}\n")
    assert [flaw.message.split("：")[0] for flaw in found] == (
        [f"這一項建議看不出{lacking}"] if lacking else []
    )


@pytest.mark.parametrize(
    ("sentence", "phrase"),
    [
        ("該市的作法值得借鏡。", "值得借鏡"),
        ("本次考察獲益良多，值得本市學習。", "獲益良多"),
        ("此行收穫豐碩，深感受益匪淺，未來當持續努力。", "收穫豐碩"),
        ("馬爾摩市的水岸更新經驗值得本府借鏡學習。", "值得本府借鏡學習"),
        ("該市把維護經費寫進開發契約，業者須先提撥二十年的費用，值得借鏡。", ""),
        ("本市可借鏡其將防災公園轉化為教育場所的作法。", ""),
        ("該市透過居民監督維護水岸，值得借鏡。", ""),
        ("該市以 24 位居民監督水岸，值得借鏡。", ""),
        ("水岸每季查看一次。", ""),
    ],
)
def test_an_empty_phrase_must_not_stand_alone(sentence: str, phrase: str) -> None:
    assert is_hollow(sentence) == phrase


def test_empty_words_are_looked_for_where_somebody_reflects() -> None:
    hollow = "該市的作法值得借鏡。"
    (found,) = flaws("hollow", reflections=PARTS["reflections"] + hollow)
    assert found.where == "第三章 心得，第 5 段（第 1 頁）" and hollow in found.message
    assert flaws("hollow", process=PARTS["process"] + hollow) == []
    assert flaws("hollow", reflections=PARTS["reflections"] + hollow + "例如每季查看水質並公布結果。") == []


def test_an_example_heading_is_not_an_empty_sentence() -> None:
    assert flaws("hollow", recommendations=PARTS["recommendations"] + "四、與國際接軌\n" + ADVICE) == []


def test_a_quotation_without_a_source_is_named() -> None:
    quoted = "「水岸不是屋後的空地，而是城市最大的客廳，每一個人都應該有一張椅子」"
    (found,) = flaws("quotations", process=PARTS["process"] + f"牆上有一句話{quoted}。\n")
    assert (found.level, found.where) == ("warn", "第二章 過程，第 5 段（第 1 頁）")
    assert flaws("quotations", process=PARTS["process"] + f"市長表示{quoted}。\n") == []


@pytest.mark.parametrize(
    ("kind", "text", "shown"),
    [
        ("reflections", "該市每年編列 3,500 萬克朗，並有 24 位居民監督。", ""),
        ("reflections", "該市每年編列三千五百萬克朗。", ""),
        ("reflections", "該市每年編列 4,500 萬克朗。", "4500萬"),
        ("reflections", "依據該市統計，水岸有 77 處座椅。", ""),
        ("reflections", "該區有兩處淺灘，於 112 年完工。", ""),
        ("recommendations", "建議水利局三年內選定 5 處水岸。", ""),
        ("recommendations", "馬爾摩市有 860 處座椅。", "860"),
    ],
)
def test_figures_must_have_been_told(kind: str, text: str, shown: str) -> None:
    found = flaws("figures", **{kind: PARTS[kind] + f"九、水岸設施的維護與使用\n{text}\n"})
    assert len(found) == bool(shown) and all(shown in flaw.message for flaw in found)


def test_figures_need_no_account_where_none_is_there() -> None:
    assert flaws("figures", process="", reflections=PARTS["reflections"] + "該市有 860 處座椅。") == []
