"""Drafts by extraction: every sentence is the writer's, a past report's, a proposal or a question."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
import trips
import wired
from shapes import report_of

from assistant.citations import is_sound
from assistant.draft import Draft, draft_json
from assistant.drafting import Drafter, Order
from assistant.notes import Notes, notes_of
from assistant.subjects import Subjects
from assistant.trip import Trip
from index.archive import Archive

NOTES = """\
3月21日（一）
- 上午搭機前往荷蘭，入住飯店。
- 拜會鹿特丹水務局，局長說明，市府把三十二處抽水站的水位即時公開，停水前三天通知居民。
- 水位公開以後，民眾抱怨的電話減少四成，客服人力也跟著減少。
- 參觀小學的節水教室，學童用十分鐘學會看水費單，老師說回家後會教父母。
- 本市的水位資料目前只在內部網路，民眾看不到。
- 建議水利局先公開三處水庫的即時水位，並在停水前發送簡訊。
"""
TRIP = Trip.read("水資源論壇", "荷蘭鹿特丹", "115/3/21", "115/3/25", "範例市政府水利局", "科長 2 人")


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Archive]:
    home = trips.fill(tmp_path_factory.mktemp("home"), tmp_path_factory.mktemp("papers"))
    with Archive.open(home) as opened:
        yield opened


def notes(text: str = NOTES) -> Notes:
    return notes_of(report_of(text, "札記.txt"))


def made(archive: Archive, text: str = NOTES, **order: object) -> Draft:
    return Drafter.over(archive, wired.names()).draft(Order(TRIP, notes(text), **{"items": 2, **order}))  # type: ignore[arg-type]


def test_every_observation_is_the_writers_own(archive: Archive) -> None:
    draft = made(archive)
    said = {note.n: note.said for note in draft.notes.notes}
    observed = [s for item in draft.items for s in item.sentences if s.kind == "observation"]
    assert observed
    for sentence in observed:
        (number,) = sentence.notes
        last = sentence.text.rstrip("。").split("，")[-1]
        assert last in said[number]
        assert "搭機" not in sentence.text


def test_items_are_as_the_house_writes_them(archive: Archive) -> None:
    draft = made(archive)
    assert [len(draft.of("reflections")), len(draft.of("recommendations"))] == [2, 2]
    assert all(item.is_within for item in draft.items)
    assert not any("我們" in sentence.text for item in draft.items for sentence in item.sentences)


def test_the_writers_advice_heads_its_item_and_quotes_who_advised_the_same(archive: Archive) -> None:
    item = made(archive).of("recommendations")[0]
    assert item.heading == "公開三處水庫的即時水位，並在停水前發送簡訊"
    kinds = [sentence.kind for sentence in item.sentences]
    assert kinds == ["observation", "precedent", "proposal"]
    assert item.sentences[1].text.startswith("本府 111 年赴達卡市出國報告")
    assert item.sentences[2].questions


def test_citations_are_sound_and_numbered_in_order(archive: Archive) -> None:
    draft = made(archive)
    assert [citation.n for citation in draft.citations] == list(range(1, len(draft.citations) + 1))
    assert draft.citations
    assert all(is_sound(citation, archive.report(citation.report_id)) for citation in draft.citations)


def test_reports_of_the_trip_itself_are_no_precedents(archive: Archive) -> None:
    dakar = next(row.id for row in archive.reports() if row.file.startswith("111"))
    assert dakar not in {citation.report_id for citation in made(archive, without=(dakar,)).citations}


def test_too_few_notes_give_fewer_items_and_say_so(archive: Archive) -> None:
    draft = made(archive, "參觀節水教室，學童用十分鐘學會看水費單。\n", items=3, parts=("reflections",))
    assert len(draft.items) == 1
    assert any(sentence.kind == "gap" for sentence in draft.items[0].sentences)
    assert "札記只夠寫 1 項心得" in draft.remarks[0]


def test_english_notes_leave_gaps(archive: Archive) -> None:
    draft = made(
        archive, "The utility publishes the level of every reservoir each hour.\n", parts=("reflections",)
    )
    assert {s.kind for item in draft.items for s in item.sentences} == {"gap"}
    assert any("英文" in remark for remark in draft.remarks)


def test_what_is_written_for_programs(archive: Archive) -> None:
    document = draft_json(made(archive))
    assert document["trip"]["from"] == "2026-03-21"
    sentence = document["items"][0]["sentences"][0]
    assert set(sentence) == {"text", "kind", "notes", "citations", "questions"}
    assert sentence["notes"][0] in {note["n"] for note in document["notes"]}


def test_a_topic_stands_above_the_texts_or_in_two(archive: Archive) -> None:
    topics: Subjects = Drafter.over(archive, wired.names()).topics
    texts = ["參觀焚化廠，每天有三梯次導覽。", "焚化廠的廢熱供應六萬戶暖氣。"]
    assert topics.of(texts) == "焚化廠"
    assert topics.of(texts, taken=["焚化廠"]) == ""
    assert topics.of(["每月開放兩次，由技師陪著修。"], ["維修咖啡館"]) == "維修咖啡館"
    assert topics.visited(["拜會樂齡生活中心，主任說明作法。"]) == "樂齡生活中心"


def test_headings_are_made_of_what_the_notes_say_is_done(archive: Archive) -> None:
    headings = [item.heading for item in made(archive).of("reflections")]
    assert not any("待補" in heading for heading in headings)
    assert len(set(headings)) == len(headings)
    assert any("抽水站的水位即時公開" in heading or "節水教室" in heading for heading in headings)


def test_a_heading_asks_where_the_notes_hold_no_matter(archive: Archive) -> None:
    draft = made(archive, "天氣很好，大家都很開心。\n", parts=("reflections",))
    assert "【待補：標題】" in draft.items[0].heading


def test_what_others_are_quoted_with_stays_as_they_said_it(archive: Archive) -> None:
    text = "局長表示：「我們每天公布水位，讓民眾安心用水。」\n我們把水位看板的照片帶回參考。\n"
    said = "".join(s.text for item in made(archive, text).items for s in item.sentences)
    assert "「我們每天公布水位" in said
    assert "本府代表團把水位看板" in said


def test_a_note_that_points_back_brings_the_visit_that_it_speaks_of(archive: Archive) -> None:
    text = (
        "參訪南岸水質實驗室，由主任接待。\n"
        "該室每天檢驗 80 處水龍頭，把結果貼在里辦公處的公布欄。\n"
        "參觀北岸抽水站，站長說明每小時把水位傳給民眾。\n"
    )
    sentences = [s for item in made(archive, text, parts=("reflections",)).items for s in item.sentences]
    pointing = next(s for s in sentences if "該室每天" in s.text)
    assert pointing.notes == (1, 2)
    assert "參訪南岸水質實驗室，該室每天檢驗" in pointing.text


def test_a_past_report_on_another_matter_is_not_quoted(archive: Archive) -> None:
    text = "建議消防局採購兩部沙灘救生車，夏季派駐海水浴場。\n參觀海灘，救生員每小時巡邏一次。\n"
    draft = made(archive, text, parts=("recommendations",))
    assert draft.citations == ()
    assert any("沒有引用前例" in remark for remark in draft.remarks)
