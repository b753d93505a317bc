"""Chapters shown whole: items by number, term and topic, the days of a trip, all within a budget."""

from __future__ import annotations

import pytest
import shapes
from shapes import report_of
from wired import BALI, DAKAR, KUMAMOTO, SENDAI, focus_on, reports, spelt

from assistant.whole_chapters import Wish, chapter_pieces, has_chapter, topic_of
from corpus.dates import find_dates

REFLECTIONS = frozenset({"reflections", "reflections_and_recommendations"})
RECOMMENDATIONS = frozenset({"recommendations", "reflections_and_recommendations"})
PURPOSE = frozenset({"purpose"})
PROCESS = frozenset({"process"})

WATER_LEVEL = (
    "一、公開水庫與淨水場的即時水位（立即可行） "
    "建議水利局建立即時水位網頁，並於停水前三天發送簡訊。 主辦機關：水利局"
)
CLASSROOM = "二、設置節水體驗教室（中長期） 建議教育局於三所國小設置節水體驗教室。 主辦機關：教育局"


def texts(report, wish, **options):
    return [piece.text for piece in chapter_pieces([report], wish, **options).get(report.id, [])]


@pytest.mark.parametrize(
    ("wish", "expected"),
    [
        (
            Wish(PURPOSE),
            ["本次應主辦單位邀請與會，目的在於介紹本市的雨水回收制度，並了解乾旱城市的供水調度。"],
        ),
        (Wish(RECOMMENDATIONS), [WATER_LEVEL, CLASSROOM]),
        (Wish(RECOMMENDATIONS, item=2), [CLASSROOM]),
        (Wish(RECOMMENDATIONS, item=9), []),
        (Wish(RECOMMENDATIONS, term="立即"), [WATER_LEVEL]),
        (Wish(RECOMMENDATIONS, term="長期"), [CLASSROOM]),
        (Wish(frozenset({"summary"})), []),
    ],
)
def test_chapters_and_their_items(wish, expected):
    assert texts(reports()[DAKAR], wish) == expected


def test_a_topic_leaves_only_the_items_that_speak_to_it():
    found = texts(reports()[BALI], Wish(REFLECTIONS, topic=topic_of(focus_on("感測器的維護"))))
    assert found == ["二、感測器要有人維護 多個城市的感測器兩年後失效四成，原因是沒有編列維護經費。"]


def test_a_topic_of_which_nothing_is_said_gives_nothing():
    topic = topic_of(focus_on("遊艇碼頭的招商"))
    assert topic
    assert chapter_pieces(list(reports().values()), Wish(REFLECTIONS, topic=topic)) == {}


def test_a_day_is_shown_with_what_happened_on_it():
    days = find_dates("108年10月9日")
    assert texts(reports()[SENDAI], Wish(PROCESS, days=days)) == [
        "108年10月9日（星期三） 參觀荒濱小學校遺構，該校 320 名師生與居民在屋頂獲救。"
    ]


def test_an_itinerary_shows_each_day_with_its_first_sentence():
    found = texts(reports()[SENDAI], Wish(PROCESS))
    assert [text.split("（")[0] for text in found] == ["108年10月8日", "108年10月9日"]
    assert "佐佐木課長" in found[0]


def test_each_report_has_its_own_pieces_in_the_order_of_its_text():
    found = chapter_pieces([reports()[BALI], reports()[DAKAR]], Wish(REFLECTIONS))
    assert set(found) == {BALI, DAKAR}
    for key, pieces in found.items():
        assert [piece.start for piece in pieces] == sorted(piece.start for piece in pieces)
        for piece in pieces:
            assert " ".join(reports()[key].text[piece.start : piece.end].split("\n")) == piece.text


def test_a_small_budget_cuts_items_at_sentences_and_drops_none_first():
    report = report_of(
        "考察報告\n壹、目的\n考察下水道的更新工程與經費來源，供本市參考。\n貳、心得\n"
        "一、先測量再施工\n當地先以機器人測量全部管線。接著按照損壞程度排序。最後才發包施工。\n"
        "二、居民先知道\n施工前一個月逐戶通知。工地設有解說員。完工後請居民驗收。\n"
    )
    full = texts(report, Wish(REFLECTIONS))
    cut = texts(report, Wish(REFLECTIONS), budget=60)
    assert len(full) == len(cut) == 2
    assert all(whole.startswith(part) and part.endswith("。") for whole, part in zip(full, cut, strict=True))
    assert sum(map(len, cut)) <= 60 < sum(map(len, full))


def test_a_merged_chapter_answers_for_both():
    merged = report_of(shapes.MERGED_PLAIN)
    assert "住宅協會" in "".join(texts(merged, Wish(REFLECTIONS)))
    assert "住宅協會" in "".join(texts(merged, Wish(RECOMMENDATIONS)))
    assert texts(merged, Wish(PURPOSE)) == [
        "考察倫敦社會住宅的興辦與管理制度，作為本市包租代管政策的參考依據。"
    ]


@pytest.mark.parametrize(
    ("key", "kinds", "expected"),
    [
        (DAKAR, PURPOSE, True),
        (DAKAR, REFLECTIONS, True),
        (DAKAR, frozenset({"summary"}), False),
        (KUMAMOTO, RECOMMENDATIONS, True),
        (KUMAMOTO, frozenset(), False),
    ],
)
def test_whether_a_report_has_a_chapter(key, kinds, expected):
    assert has_chapter(reports()[key], kinds) is expected


def test_a_text_without_chapters_has_none():
    news = report_of(shapes.NEWS)
    assert not has_chapter(news, REFLECTIONS)
    assert chapter_pieces([news], Wish(REFLECTIONS)) == {}


@pytest.mark.parametrize(
    ("text", "topic"),
    [
        ("有哪些建議？", []),
        ("關於節水的建議", ["节水"]),
        ("熊本關於節水的建議", ["节水"]),
        ("熊本的建議", ["熊本"]),
    ],
)
def test_the_topic_is_what_tells_or_else_the_names(text, topic):
    assert spelt(item.term for item in topic_of(focus_on(text))) == topic
