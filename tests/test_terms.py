"""Terms of a question: names as exact terms with all spellings, words with synonyms, English in Chinese."""

from __future__ import annotations

import pytest
from wired import finder, names, spelt

from assistant.terms import Term, entity_term, exact_term, merge_terms, plain


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("第 10 屆", "第10届"),
        ("ＷＵＦ１０", "wuf10"),
        ("臺北 市", "台北市"),
        ("World Water Forum", "world water forum"),
        ("約 2 萬 4,000 人", "约2万4000人"),
        ("BR 215", "br215"),
        ("", ""),
    ],
)
def test_plain_text_has_no_spaces_that_mean_nothing(text, expected):
    assert plain(text) == expected


def test_a_name_is_met_by_each_of_its_spellings():
    entity = names().named("第十屆世界城市論壇")
    term = entity_term(entity, "WUF10")
    assert term.exact and term.entity == entity and term.surface == "WUF10"
    assert term.alternatives[0] == "wuf10"
    assert plain("第十屆世界城市論壇") in term.alternatives
    assert len(set(term.alternatives)) == len(term.alternatives)


def test_exact_terms_keep_the_wording_first():
    assert exact_term("BR215").alternatives == ("br215",)
    assert exact_term("112年", "2023", "112年").alternatives == ("112年", "2023")
    assert exact_term("112年").exact


def test_merging_keeps_each_term_once_in_order():
    one, two = exact_term("甲"), Term("乙", ("乙",))
    assert merge_terms([one, two], [one]) == (one, two)
    assert merge_terms() == ()


@pytest.mark.parametrize(
    ("rest", "expected"),
    [
        ("地下水由誰補助", ["地下水", "补助"]),
        ("河川感測器", ["河川", "感测器"]),
        ("有哪些建議", []),
        ("", []),
    ],
)
def test_chinese_words_without_what_only_asks(rest, expected):
    assert spelt(term for term in finder().chinese(rest) if not term.is_phrase) == expected


@pytest.mark.parametrize(
    ("rest", "name"),
    [
        ("BR215 幾點起飛", "br215"),
        ("高以寧局長演講", "高以宁局长"),
        ("涂科長說了什麼", ""),
        ("侯市長出席", "侯市长"),
    ],
)
def test_names_and_codes_are_exact(rest, name):
    exact = [term.alternatives[0] for term in finder().chinese(rest) if term.exact]
    assert exact == ([name] if name else [])


def test_terms_are_shown_as_they_were_written():
    found = finder().chinese("饒慶鈺局長公布地下水位")
    assert [term.surface for term in found if not term.is_phrase] == ["公布", "地下水位", "饒慶鈺局長"]


def test_words_side_by_side_are_a_phrase_too():
    phrases = [term for term in finder().chinese("參與哪些國際組織") if term.is_phrase]
    assert spelt(phrases) == ["国际组织"]


def test_ordinary_words_bring_their_synonyms_and_are_not_exact():
    (term,) = [t for t in finder().chinese("搭捷運") if "捷运" in t.alternatives]
    assert "地铁" in term.alternatives and not term.exact


def test_what_is_asked_for_by_name_is_a_head():
    heads = spelt(term for term in finder().chinese("抽水站的深度是多少") if term.head)
    assert heads == ["深度"]
    assert not any(term.head for term in finder().chinese("抽水站的深度由水利局公布"))


def test_a_verb_says_less_than_a_noun():
    by_word = {term.alternatives[0]: term.is_noun for term in finder().chinese("获救的学生")}
    assert by_word["学生"] and not by_word["获救"]


@pytest.mark.parametrize(
    ("rest", "english", "chinese"),
    [
        ("the sensor workshop", "sensor", "感测器"),
        ("two workshops on water", "workshop", "工作坊"),
        ("rainwater harvesting", "rainwater", "雨水"),
    ],
)
def test_english_words_come_with_chinese(rest, english, chinese):
    found = [term for term in finder().english(rest) if english in term.surface.lower()]
    assert found and any(chinese in spelling for term in found for spelling in term.alternatives)
    assert not any(term.exact for term in found)


def test_english_words_without_an_entry_stay_and_names_are_exact():
    terms = {term.surface: term.exact for term in finder().english("did Keita see the frobnicator")}
    assert terms["Keita"] is True
    assert terms["frobnicator"] is False
    assert "the" not in terms


def test_a_name_spelt_by_sound_is_one_term_that_is_asked_for():
    (name,) = [term for term in finder().chinese("羅森柏格來市府") if term.head]
    assert name.surface == "羅森柏格"
    assert not [term for term in finder().chinese("他去了那裡") if term.head]


def test_what_is_counted_is_asked_for():
    assert [t.surface for t in finder().chinese("河川生態園有幾隻大貓熊") if t.head] == ["大貓熊"]


def test_english_names_that_describe_are_not_required_as_they_are_spelt():
    road, person = (
        {t.surface: t.exact for t in finder().english(text)}
        for text in ("How long is the tunnel under Zorbing Road", "Did Zorbing Quaxley speak there")
    )
    assert not road["Zorbing"]
    assert person["Zorbing"] and person["Quaxley"]
