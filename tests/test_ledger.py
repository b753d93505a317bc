"""The ledger over an archive: what is kept, what is handed on when a report is replaced, what is wanted."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
import trips

from assistant.assistant import Assistant
from assistant.ledger import Ledger, UnknownRecommendation, Wanted
from assistant.ledger_filter import build_wanted
from assistant.settings import Settings
from assistant.statuses import BadStatus
from assistant.topics import UnknownTopic

DAKAR, BALI, SENDAI, KUMAMOTO, *_ = trips.FILES


@pytest.fixture
def papers(tmp_path: Path) -> Path:
    folder = tmp_path / "papers"
    folder.mkdir()
    return trips.write(folder)


@pytest.fixture
def assistant(tmp_path: Path, papers: Path) -> Iterator[Assistant]:
    with closing(Assistant.open(Settings(home=tmp_path / "home"))) as opened:
        opened.archive.add([papers / DAKAR, papers / SENDAI])
        yield opened


def first(assistant: Assistant) -> str:
    return assistant.ledger.records()[0].recommendation.id


def wanted_of(assistant: Assistant, **wanted: str) -> Wanted:
    return build_wanted(assistant.archive, assistant.ledger.topics, assistant.words, **wanted)  # type: ignore[arg-type]


def statuses(ledger: Ledger) -> list[tuple[str, str, str]]:
    return [
        (record.recommendation.file, record.recommendation.number, record.follow_up.status)
        for record in ledger.records()
    ]


def test_nothing_is_inferred(assistant: Assistant) -> None:
    assert statuses(assistant.ledger) == [
        (DAKAR, "一", "未填"), (DAKAR, "二", "未填"), (SENDAI, "一", "未填"),
    ]  # fmt: skip


def test_what_people_say_is_kept(assistant: Assistant, tmp_path: Path) -> None:
    one = first(assistant)
    record = assistant.ledger.set_status(one, status="辦理中", unit="水利局")
    assert (record.follow_up.status, record.follow_up.unit) == ("辦理中", "水利局")
    assistant.ledger.set_status(one, budget="300 萬元")
    with closing(Assistant.open(Settings(home=tmp_path / "home"))) as again:
        told = again.ledger.find(one).follow_up
        assert (told.status, told.unit, told.budget) == ("辦理中", "水利局", "300 萬元")
        assert told.updated_at
        assert [r.recommendation.id for r in again.ledger.records(Wanted(status="辦理中"))] == [one]


def test_a_replaced_report_hands_on_what_is_said_of_unchanged_items(
    assistant: Assistant, papers: Path
) -> None:
    for record in assistant.ledger.records():
        assistant.ledger.set_status(record.recommendation.id, status="採行")
    text = trips.FILES[DAKAR].replace("於停水前三天發送簡訊", "於停水前五天發送簡訊")
    (papers / DAKAR).write_text(text.replace("第一章 目的\n", "第一章 目的\n補充說明。"), encoding="utf-8")
    assert assistant.archive.add([papers / DAKAR]).replaced
    assert statuses(assistant.ledger) == [
        (DAKAR, "一", "未填"), (DAKAR, "二", "採行"), (SENDAI, "一", "採行"),
    ]  # fmt: skip
    (papers / DAKAR).write_text(trips.FILES[DAKAR], encoding="utf-8")
    assistant.archive.add([papers / DAKAR])
    assert {status for *_, status in statuses(assistant.ledger)} == {"採行"}


def test_content_that_takes_the_place_of_another_file_inherits(assistant: Assistant, papers: Path) -> None:
    assistant.ledger.set_status(first(assistant), status="採行")
    text = trips.FILES[DAKAR].replace("約有 150 人", "約有 160 人")
    (papers / "draft.txt").write_text(text, encoding="utf-8")
    assistant.archive.add([papers / "draft.txt"])
    (papers / "draft.txt").replace(papers / DAKAR)
    assert assistant.archive.add([papers / DAKAR]).replaced
    assert statuses(assistant.ledger)[0] == (DAKAR, "一", "採行")


def test_what_is_removed_is_gone_with_what_was_said(assistant: Assistant, papers: Path) -> None:
    assistant.ledger.set_status(first(assistant), status="採行", note="保密")
    assistant.archive.remove(DAKAR)
    assert [file for file, *_ in statuses(assistant.ledger)] == [SENDAI]
    assistant.archive.add([papers / DAKAR])
    assert {status for *_, status in statuses(assistant.ledger)} == {"未填"}


def test_a_moved_file_keeps_its_records(assistant: Assistant, papers: Path) -> None:
    one = first(assistant)
    assistant.ledger.set_status(one, status="採行")
    (papers / DAKAR).rename(papers / "moved.txt")
    assistant.archive.add([papers / "moved.txt"])
    record = assistant.ledger.find(one)
    assert (record.recommendation.file, record.follow_up.status) == ("moved.txt", "採行")


def test_what_cannot_be_kept_leaves_everything_as_it_was(assistant: Assistant) -> None:
    with pytest.raises(BadStatus, match="可用的是：未填、採行"):
        assistant.ledger.set_status(first(assistant), status="好")
    with pytest.raises(UnknownRecommendation, match="建議追蹤裡沒有「r0-1」"):
        assistant.ledger.set_status("r0-1", status="採行")
    assert {status for *_, status in statuses(assistant.ledger)} == {"未填"}


@pytest.mark.parametrize(
    ("wanted", "numbers"),
    [
        ({"topic": "環境"}, [(DAKAR, "一")]),
        ({"year": "108"}, [(SENDAI, "一")]),
        ({"query": "節水體驗教室"}, [(DAKAR, "二")]),
        ({"query": "太空電梯"}, []),
        ({"status": "採行"}, []),
        ({"topic": "環境", "year": "108"}, []),
    ],
)
def test_records_are_narrowed(
    assistant: Assistant, wanted: dict[str, str], numbers: list[tuple[str, str]]
) -> None:
    records = assistant.ledger.records(wanted_of(assistant, **wanted))
    assert [(r.recommendation.file, r.recommendation.number) for r in records] == numbers


def test_a_topic_that_is_none_is_a_sentence(assistant: Assistant) -> None:
    with pytest.raises(UnknownTopic, match="沒有「水利」這個主題"):
        wanted_of(assistant, topic="水利")


def test_advice_to_others_only_where_asked_for(assistant: Assistant, papers: Path) -> None:
    text = trips.FILES[SENDAI].replace("第四章", "希望主辦單位提供英文簡報。\n第四章")
    (papers / SENDAI).write_text(text, encoding="utf-8")
    assistant.archive.add([papers / SENDAI])
    assert len(assistant.ledger.records()) == 3
    records = assistant.ledger.records(Wanted(others=True))
    assert [r.recommendation.addressee for r in records] == ["own", "own", "others", "own"]
