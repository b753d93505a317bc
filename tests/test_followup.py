"""Follow-up questions take what they leave out from the turns before, and nothing else."""

from __future__ import annotations

import pytest
from wired import cues, reader, spelt

from assistant.answer import Turn
from assistant.followup import carry_over, read_in_context

FIRST = "第九屆世界水論壇我們學到什麼？"


def after(text, *earlier):
    return read_in_context(reader(), cues(), text, [Turn("user", turn) for turn in earlier])


def test_without_a_history_the_question_is_read_by_itself():
    assert after("那建議呢？") == reader().read("那建議呢？")
    assert after("那建議呢？", "", "   ") == reader().read("那建議呢？")


@pytest.mark.parametrize(
    ("text", "events"),
    [
        ("那建議呢？", ["第九屆世界水論壇"]),
        ("第二項是什麼？", ["第九屆世界水論壇"]),
        ("what about the recommendations?", ["第九屆世界水論壇"]),
        ("有多少人聆聽演講？", ["第九屆世界水論壇"]),
        ("那第十屆世界水論壇呢？", ["第十屆世界水論壇"]),
        ("仙台的建議是什麼？", []),
        ("我們去過哪些國家？", []),
        ("歷年有哪些建議？", []),
    ],
)
def test_the_trip_is_carried_unless_the_question_names_one_or_asks_of_all(text, events):
    assert [event.name for event in after(text, FIRST).events] == events


@pytest.mark.parametrize(
    ("text", "chapter"),
    [
        ("那建議呢？", "recommendations"),
        ("那第十屆世界水論壇呢？", "reflections"),
        ("仙台呢？", "reflections"),
        ("第二項是什麼？", "reflections"),
        ("由誰主持開幕式？", None),
    ],
)
def test_the_chapter_is_carried_where_only_the_trip_changes(text, chapter):
    expected = {chapter, "reflections_and_recommendations"} if chapter else set()
    assert after(text, FIRST).chapter_kinds == expected


def test_the_topic_is_carried_to_another_place():
    question = after("那熊本呢？", "仙台的防災地圖由誰製作？")
    assert [place.name for place in question.places] == ["熊本"]
    assert {"防灾", "地图"} <= set(spelt(question.terms)) and "仙台" not in spelt(question.terms)
    assert [wanted.name for wanted in question.wanted] == ["person"]


def test_places_and_times_are_carried():
    question = after("那建議呢？", "2023 年去日本的心得")
    assert [place.name for place in question.places] == ["日本"]
    assert [span.first.year for span in question.dates] == [2023]


def test_another_year_of_the_same_event_leaves_the_edition_behind():
    question = after("那 2024 年呢？", FIRST)
    assert [(event.name, event.edition, event.year) for event in question.events] == [
        ("世界水論壇", None, None)
    ]
    assert [span.first.year for span in question.dates] == [2024]


def test_the_trip_lasts_over_several_turns():
    question = after("由誰主持？", FIRST, "那建議呢？", "第二項是什麼？")
    assert [event.name for event in question.events] == ["第九屆世界水論壇"]


def test_a_new_trip_replaces_the_old_one():
    question = after("那建議呢？", FIRST, "仙台的心得是什麼？")
    assert [place.name for place in question.places] == ["仙台"]
    assert question.events == ()


def test_what_the_assistant_said_names_no_trip():
    history = [Turn("user", "仙台的心得是什麼？"), Turn("assistant", "《出席第十屆世界水論壇報告》")]
    question = read_in_context(reader(), cues(), "那建議呢？", history)
    assert question.events == () and [place.name for place in question.places] == ["仙台"]


def test_he_is_looked_for_in_the_turns_before():
    history = [Turn("user", "誰發表演說？"), Turn("assistant", "高以寧局長發表演說。")]
    assert "高以寧" in read_in_context(reader(), cues(), "他講了什麼？", history).antecedent
    assert read_in_context(reader(), cues(), "其他城市呢？", history).antecedent == ""


def test_carrying_changes_neither_question():
    previous, question = reader().read(FIRST), reader().read("那建議呢？")
    before = (previous, question)
    carried = carry_over(previous, question, cues())
    assert (previous, question) == before
    assert carried.text == question.text and carried.events == previous.events
