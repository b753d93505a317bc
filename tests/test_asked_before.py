"""Whether something was recommended before: every time with its status, or that it never was."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing

import pytest
import trips

from assistant.assistant import Assistant
from assistant.settings import Settings

DAKAR, BALI, SENDAI, KUMAMOTO, *_ = trips.FILES


@pytest.fixture(scope="module")
def assistant(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Assistant]:
    home = trips.fill(tmp_path_factory.mktemp("home"), tmp_path_factory.mktemp("papers"))
    with closing(Assistant.open(Settings(home=home))) as opened:
        yield opened


@pytest.mark.parametrize(
    ("question", "file", "summary"),
    [
        ("節水體驗教室以前建議過嗎？", DAKAR, "建議過：1 份報告提出，自 111 年起。"),
        ("我們以前有沒有建議過水田涵養補助？", KUMAMOTO, "建議過：1 份報告提出，自 112 年起。"),
        (
            "Have we recommended real-time water level before?",
            DAKAR,
            "Yes: recommended in 1 report, first in 2022.",
        ),
    ],
)
def test_what_was_recommended_is_cited(assistant: Assistant, question: str, file: str, summary: str) -> None:
    answer = assistant.ask(question)
    assert answer.text.startswith(summary) and "未填" in answer.text
    assert {citation.file for citation in answer.citations} == {file}
    assert all(statement.citations for statement in answer.statements)


@pytest.mark.parametrize("question", ["太空電梯以前建議過嗎？", "以前建議過飛彈防禦嗎？"])
def test_what_never_was_is_said(assistant: Assistant, question: str) -> None:
    answer = assistant.ask(question)
    assert answer.abstained and "檔案中查無" in answer.text


def test_a_word_that_stands_elsewhere_is_not_said_to_be_missing(assistant: Assistant) -> None:
    answer = assistant.ask("以前建議過水庫清淤嗎？")
    assert answer.abstained and "「清淤」" in answer.text and "水庫" not in answer.text.split("的記載")[0]


def test_some_characters_of_a_word_are_not_the_word(assistant: Assistant) -> None:
    assert assistant.ask("以前建議過設置體驗館嗎？").abstained


@pytest.mark.parametrize("question", ["第九屆世界水論壇有哪些建議？", "仙台的建議是什麼？"])
def test_other_questions_are_answered_as_before(assistant: Assistant, question: str) -> None:
    assert not assistant.understand(question).asks_before
