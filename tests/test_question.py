"""What is read out of one question: language, kind, chapters, wanted things, names and times."""

from __future__ import annotations

import pytest
from wired import read

from assistant.question import language_of, search_text
from assistant.terms import exact_term


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("第十屆世界水論壇學到什麼？", "zh"),
        ("what did we learn at WUF10", "en"),
        ("WUF11 我們學到什麼？", "zh"),
        ("ICLEI 是什麼", "zh"),
        ("What is 世界水論壇 about, and who went there with us?", "en"),
        ("2020", "zh"),
        ("?", "zh"),
        ("", "zh"),
        ("AND", "en"),
    ],
)
def test_english_is_where_latin_words_outnumber_characters(text, language):
    assert language_of(text) == language
    assert read(text).language == language


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("感測器工作坊由誰主持？", "fact"),
        ("荒濱小學校有多少人獲救？", "fact"),
        ("仙台考察的目的是什麼？", "chapter"),
        ("what did we learn at WUF10", "chapter"),
        ("哪些城市參加了論壇？", "list"),
        ("有哪些中長期建議？", "list"),
        ("Which cities took part?", "list"),
        ("仙台和熊本的心得有什麼不同？", "compare"),
        ("How does Sendai compare with Kumamoto?", "compare"),
        ("哪些報告提到節水？", "reports"),
        ("我們去過哪些國家？", "reports"),
        ("Which reports mention rainwater?", "reports"),
        ("有沒有討論到捷運？", "yesno"),
        ("Did the delegation meet the mayor?", "yesno"),
    ],
)
def test_kind_follows_the_wording(text, kind):
    assert read(text).kind == kind


@pytest.mark.parametrize(
    ("text", "asked"),
    [
        ("我們學到什麼？", ["reflections"]),
        ("这次的心得与收获", ["reflections"]),
        ("有什麼值得借鏡的地方", ["reflections"]),
        ("what are the lessons", ["reflections"]),
        ("有哪些建議？", ["recommendations"]),
        ("what did the report recommend?", ["recommendations"]),
        ("為什麼要去仙台？", ["purpose"]),
        ("what was the purpose of the trip?", ["purpose"]),
        ("行程如何安排？", ["other", "process"]),
        ("重點摘要", ["purpose", "recommendations", "reflections", "summary"]),
        ("心得和建議各是什麼", ["recommendations", "reflections"]),
        ("這一站的目的地是哪裡", []),
        ("VLR was suggested by whom?", []),
        ("感測器工作坊由誰主持？", []),
    ],
)
def test_chapters_asked_for(text, asked):
    assert sorted(read(text).chapter_kinds - {"reflections_and_recommendations"}) == asked


def test_merged_chapters_answer_to_both_names():
    assert "reflections_and_recommendations" in read("心得是什麼").chapter_kinds
    assert "reflections_and_recommendations" in read("建議是什麼").chapter_kinds
    assert read("誰主持工作坊").chapter_kinds == frozenset()


@pytest.mark.parametrize(
    ("text", "events"),
    [
        ("第十屆世界水論壇", [("第十屆世界水論壇", 10, 2024)]),
        ("第 10 屆世界水論壇", [("第十屆世界水論壇", 10, 2024)]),
        ("2022 世界水論壇的建議", [("第九屆世界水論壇", 9, 2022)]),
        ("世界水論壇", [("世界水論壇", None, None)]),
        ("第四十屆世界水論壇", [("第四十屆世界水論壇", 40, None)]),
        ("what did we learn at WUF10", [("第十屆世界城市論壇", 10, 2020)]),
        ("ＷＵＦ－１１ 的心得", [("第十一屆世界城市論壇", 11, 2022)]),
        ("the 10th World Water Forum", [("第十屆世界水論壇", 10, 2024)]),
        ("仙台的防災教育", []),
    ],
)
def test_events_with_their_editions(text, events):
    assert [(e.name, e.edition, e.year) for e in read(text).events] == events


@pytest.mark.parametrize(
    ("text", "places"),
    [
        ("仙台和熊本", ["仙台", "熊本"]),
        ("台灣與日本", ["日本"]),
        ("a trip to Kumamoto, Japan", ["熊本", "日本"]),
        ("我們學到什麼", []),
    ],
)
def test_places_without_our_own_country(text, places):
    assert [place.name for place in read(text).places] == places


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("109 年 2 月那次出國的目的？", [("2020-02-01", "2020-02-29")]),
        ("109/2/8 的行程", [("2020-02-08", "2020-02-08")]),
        ("2023 年去日本的心得", [("2023-01-01", "2023-12-31")]),
        ("民國一百一十二年十一月的考察", [("2023-11-01", "2023-11-30")]),
        ("112 年 13 月", []),
        ("2022 世界水論壇的建議", []),
        ("接待 87 團外賓", []),
    ],
)
def test_times_outside_names(text, days):
    assert [(str(d.first), str(d.last)) for d in read(text).dates] == days


@pytest.mark.parametrize(
    ("text", "item", "term"),
    [
        ("第二項建議是什麼？", 2, ""),
        ("第 3 點心得", 3, ""),
        ("立即可行的建議", None, "立即"),
        ("短期建議有哪些", None, "立即"),
        ("中長期建議", None, "長期"),
        ("the long-term recommendations", None, "長期"),
        ("第二天去哪裡", None, ""),
        ("建議", None, ""),
    ],
)
def test_items_by_number_and_by_term(text, item, term):
    assert (read(text).item, read(text).item_term) == (item, term)


@pytest.mark.parametrize(
    ("text", "types"),
    [
        ("簡報裡提到接待幾團外賓？", ("briefing",)),
        ("新聞裡提到誰？", ("news",)),
        ("由誰向大家簡報？", ()),
        ("what does the slide deck say", ("briefing",)),
    ],
)
def test_documents_of_a_type(text, types):
    assert read(text).doc_types == types


def test_quotations_are_kept_whole():
    assert read("「把雨水留在城市」是誰講的？").quoted == ("把雨水留在城市",)
    assert read('who gave "Keep the rain" there').quoted == ("Keep the rain",)
    assert read("「」是什麼").quoted == ()


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("那建議呢？", False),
        ("感測器工作坊由誰主持？", False),
        ("仙台的建議呢？", True),
        ("2019 年的建議呢？", True),
        ("世界水論壇的建議呢？", True),
        ("「把雨水留在城市」是誰講的？", True),
    ],
)
def test_whether_a_trip_is_named(text, named):
    assert read(text).names_a_trip is named


def test_ours_and_all_trips_are_told_by_the_wording():
    assert read("我們學到什麼").ours and read("what did we learn").ours
    assert not read("仙台的心得").ours
    assert read("歷年去過日本的心得").all_trips and read("did we ever visit Japan").all_trips
    assert not read("仙台的心得").all_trips


def test_search_text_has_the_wording_and_the_other_spellings():
    assert search_text("熊本 水", [exact_term("熊本", "Kumamoto")]) == "熊本 水 kumamoto"
    assert search_text("", []) == ""
    question = read("第十屆世界水論壇的心得")
    assert question.search_text.startswith(question.text)
    assert "world water forum" in question.search_text


def test_an_english_question_is_searched_in_chinese():
    searched = read("How many people attended the sensor workshop?").search_text
    assert "感测器" in searched and "工作坊" in searched
    assert "How" not in searched


@pytest.mark.parametrize(
    "text", ["", " ", "？", '"', "*", "AND OR NOT", "C++", "a" * 3000, "問" * 3000, "\x00", "「" * 99]
)
def test_any_text_at_all_is_read(text):
    assert read(text).text == text
