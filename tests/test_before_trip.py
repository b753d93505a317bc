"""What to know before a trip: past trips with citations, a refusal where there was none."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
import trips
import wired

from assistant.answer import AskFilter, Turn
from assistant.assistant import Assistant
from assistant.citations import is_sound
from assistant.settings import Settings
from index.tokenise import fold

DAKAR, BALI, SENDAI, KUMAMOTO, *_ = trips.FILES
CASES = Path(__file__).parents[1] / "evals" / "cases"


@pytest.fixture(scope="module")
def assistant(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Assistant]:
    home = trips.fill(tmp_path_factory.mktemp("home"), tmp_path_factory.mktemp("papers"))
    with closing(Assistant.open(Settings(home=home))) as opened:
        yield opened


@pytest.mark.parametrize(
    ("question", "files", "summary"),
    [
        ("我下個月要去日本考察防災教育，之前有哪些類似的出國案？", {SENDAI, KUMAMOTO}, "出發前可先看 2 次"),
        ("我們明年要參加世界水論壇，出發前該知道什麼？", {DAKAR, BALI}, "出發前可先看 2 次"),
        ("What should we know before our trip to Sendai?", {SENDAI}, "1 similar trip;"),
    ],
)
def test_similar_trips_are_cited(assistant: Assistant, question: str, files: set[str], summary: str) -> None:
    answer = assistant.ask(question)
    assert answer.text.startswith(summary) and not answer.abstained
    assert {citation.file for citation in answer.citations} == files
    assert all(statement.citations for statement in answer.statements)
    assert all(is_sound(one, assistant.archive.report(one.report_id)) for one in answer.citations)


def test_a_filter_leaves_trips_out(assistant: Assistant) -> None:
    question = "我下個月要去日本，之前有哪些類似的出國案？"
    answer = assistant.ask(question, where=AskFilter(reports=(SENDAI,)))
    assert {citation.file for citation in answer.citations} == {SENDAI}


def test_where_nobody_went_is_said(assistant: Assistant) -> None:
    answer = assistant.ask("我要去冰島考察地熱，之前有類似的出國案嗎？")
    assert answer.abstained and "檔案中查無「冰島 地熱」" in answer.text


def test_a_trip_without_a_place_is_asked_for(assistant: Assistant) -> None:
    answer = assistant.ask("出發前我該知道什麼？")
    assert answer.abstained and "請說出要去的地點" in answer.text


def test_the_place_comes_from_the_question_before(assistant: Assistant) -> None:
    history = (Turn("user", "仙台防災考察的心得是什麼？"), Turn("assistant", "……"))
    answer = assistant.ask("那我出發前該知道什麼？", history)
    assert SENDAI in {citation.file for citation in answer.citations}


def test_no_question_of_the_test_sets_is_taken_for_one() -> None:
    asked = [
        json.loads(line)["question"]
        for path in sorted(CASES.glob("*.jsonl"))
        for line in path.read_text(encoding="utf-8").splitlines()
    ]
    assert len(asked) > 300
    assert [text for text in asked if wired.cues().plans_ahead.search(fold(text))] == []


@pytest.mark.parametrize(
    "question",
    [
        "仙台考察團出發前做了哪些準備？",
        "團員出國前參加了什麼訓練？",
        "這次要參加的城市有哪些？",
        "What did we learn before the forum?",
    ],
)
def test_what_was_before_a_past_trip_is_no_plan(question: str) -> None:
    assert not wired.cues().plans_ahead.search(fold(question))
