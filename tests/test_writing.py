"""Answers written by a scripted model over a real archive: what the user sees, how soon, what is left."""

from __future__ import annotations

import gc
import threading
import time
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest
import trips
from model_sayings import parse_passages
from model_server import NAMES, ModelServer

from assistant.answer import Answer, Turn
from assistant.assistant import Assistant
from assistant.citations import is_sound
from assistant.llm import load_libraries
from assistant.settings import Settings
from assistant.writing import Step, recent

# A socket left open warns where nobody can catch it.
pytestmark = [
    pytest.mark.filterwarnings("error::ResourceWarning"),
    pytest.mark.filterwarnings("error::pytest.PytestUnraisableExceptionWarning"),
]
QUESTION = "第十屆世界水論壇有哪些建議？"
SECONDS = 2
# Behaviour → whether the model's words stand, and what is said about it.
SEEN: dict[str, tuple[str, str]] = {
    "honest": ("llm", ""),
    "paraphrasing": ("llm", ""),
    "think_tags": ("llm", ""),
    "endless": ("llm", ""),
    "mixed": ("llm", ""),
    "injected": ("llm", ""),
    "citation_to_nothing": ("extractive", "沒有依據"),
    "no_citations": ("extractive", "沒有依據"),
    "refuses": ("extractive", "沒有依據"),
    "empty": ("extractive", "沒有回答"),
    "tool_call": ("extractive", "沒有回答"),
    "web_page": ("extractive", "網頁"),
    "half_then_silence": ("extractive", "2 秒內沒有答完"),
    "drip": ("extractive", "2 秒內沒有答完"),
    "slow_to_connect": ("extractive", "2 秒內沒有答完"),
    "long_line": ("extractive", "看不懂"),
    "malformed_sse": ("extractive", "看不懂"),
    "wrong_charset": ("extractive", "看不懂"),
    "status_401": ("extractive", "XINDE_LLM_API_KEY"),
    "status_429": ("extractive", "30 秒後再試"),
    "status_500": ("extractive", "HTTP 500"),
    "redirect": ("extractive", "HTTP 302"),
    "refused_connection": ("extractive", "連不上"),
}
# Behaviours whose words may or may not stand, as the checks go; what is shown must be sound either way.
FALSE = {
    "wrong_number",
    "wrong_city",
    "wrong_date",
    "wrong_name",
    "negated",
    "citation_of_another_report",
    "english",
}


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    load_libraries()  # seconds the first time, and not what is timed here
    return trips.fill(tmp_path_factory.mktemp("home"), tmp_path_factory.mktemp("papers"))


@pytest.fixture
def opened(home: Path) -> Iterator[list[Assistant]]:
    kept: list[Assistant] = []
    yield kept
    for one in kept:
        one.close()


def open_with(home: Path, server: ModelServer, opened: list[Assistant], **settings: object) -> Assistant:
    chosen = Settings(home=home, llm_base_url=server.base_url, llm_model="scripted", llm_seconds=SECONDS)
    opened.append(Assistant.open(replace(chosen, **settings)))
    return opened[-1]


def check_shown(answer: Answer, assistant: Assistant) -> None:
    """What holds for every answer that is shown: citations are sound, and every mark has one."""
    assert answer.statements and answer.citations
    assert all(is_sound(c, assistant.archive.report(c.report_id)) for c in answer.citations)
    known = {citation.n for citation in answer.citations}
    for statement in answer.statements:
        assert set(statement.citations) <= known
        assert statement.citations or statement.support == "unsupported"


def test_every_behaviour_is_tried() -> None:
    assert set(SEEN) | FALSE == set(NAMES)


def outlives(thread: threading.Thread) -> bool:
    """Whether a thread of ours goes on after the answer; those in which the server writes are not ours."""
    if "process_request_thread" in thread.name:
        return False
    thread.join(SECONDS)
    return thread.is_alive()


@pytest.mark.parametrize("behaviour", NAMES)
def test_whatever_the_model_does_the_user_gets_a_sound_answer_in_time(
    behaviour: str, home: Path, opened: list[Assistant]
) -> None:
    with ModelServer(behaviour, interval=0.2) as server:
        assistant = open_with(home, server, opened)
        before = set(threading.enumerate())
        began = time.monotonic()
        answer = assistant.ask(QUESTION)
        seconds = time.monotonic() - began
        assert [one for one in set(threading.enumerate()) - before if outlives(one)] == []
        assert server.redirect_hits == []
    assert seconds <= SECONDS + 1
    check_shown(answer, assistant)
    if behaviour in SEEN:
        mode, said = SEEN[behaviour]
        assert (answer.mode, said in " ".join(answer.notes)) == (mode, True)
    if answer.mode == "extractive":
        assert answer.text == assistant.ask(QUESTION, use_model=False).text
    gc.collect()  # a socket left open would warn, and warnings of sockets fail the test run


@pytest.mark.parametrize("behaviour", ["status_401", "status_500", "refused_connection"])
def test_a_refusal_falls_back_within_three_seconds(
    behaviour: str, home: Path, opened: list[Assistant]
) -> None:
    with ModelServer(behaviour) as server:
        assistant = open_with(home, server, opened, llm_seconds=60)
        began = time.monotonic()
        assert assistant.ask(QUESTION).mode == "extractive"
    assert time.monotonic() - began < 3


def test_what_is_cut_off_keeps_what_was_checked(home: Path, opened: list[Assistant]) -> None:
    with ModelServer("endless") as server:
        assistant = open_with(home, server, opened)
        steps = []
        budget = assistant.writer.budget()
        for step in assistant.stream(QUESTION, budget=budget):
            steps.append(step)
            if len(step.answer.statements) > 2 and step.answer.mode == "llm":
                budget.stop()
    assert steps[-1].answer.mode == "llm"
    check_shown(steps[-1].answer, assistant)


def test_the_answer_grows_and_first_says_who_writes(home: Path, opened: list[Assistant]) -> None:
    with ModelServer("honest") as server:
        assistant = open_with(home, server, opened)
        steps: list[Step] = list(assistant.stream(QUESTION))
    assert "scripted（本機）" in steps[0].progress
    lengths = [len(step.answer.statements) for step in steps if step.answer.mode == "llm"]
    assert lengths == sorted(lengths) and lengths[-1] >= 2
    assert any(step.tail for step in steps)
    assert "scripted（本機）" in steps[-1].answer.model


def test_unsupported_sentences_are_struck_or_dropped(home: Path, opened: list[Assistant]) -> None:
    with ModelServer("mixed") as server:
        struck = open_with(home, server, opened).ask(QUESTION)
        dropped = open_with(home, server, opened, answer_unsupported="drop").ask(QUESTION)
    bad = [s for s in struck.statements if s.support == "unsupported"]
    assert bad and all(s.reasons for s in bad)
    assert all(s.support != "unsupported" for s in dropped.statements)
    assert not any(s.text in dropped.text for s in bad)


def test_the_question_and_the_passages_are_sent_as_data(home: Path, opened: list[Assistant]) -> None:
    with ModelServer("honest") as server:
        open_with(home, server, opened).ask("那建議呢？", [Turn("user", "第十屆世界水論壇學到什麼？")])
        (request,) = server.requests
    assert request.prompt.question == "那建議呢？"
    assert request.prompt.passages and all(passage.report for passage in request.prompt.passages)
    assert "第十屆世界水論壇學到什麼？" in request.body["messages"][-1]["content"]


def test_nothing_is_sent_where_the_archive_has_nothing(home: Path, opened: list[Assistant]) -> None:
    with ModelServer("honest") as server:
        answer = open_with(home, server, opened).ask("第十一屆世界水論壇有哪些建議？")
        assert answer.abstained and server.requests == []


def test_without_the_model_nothing_is_sent(home: Path, opened: list[Assistant]) -> None:
    with ModelServer("honest") as server:
        answer = open_with(home, server, opened).ask(QUESTION, use_model=False)
        assert answer.mode == "extractive" and server.requests == []


def test_the_best_of_several_drafts_is_shown(home: Path, opened: list[Assistant]) -> None:
    with ModelServer("mixed") as server:
        answer = open_with(home, server, opened, answer_samples=3).ask(QUESTION)
        assert len(server.requests) == 3 and answer.mode == "llm"


@pytest.mark.parametrize(
    ("earlier", "tokens", "kept"),
    [
        (("一二三", "四五六"), 6, ("一二三", "四五六")),
        (("一二三", "四五六"), 5, ("四五六",)),
        (("abcdefgh", "四五"), 4, ("abcdefgh", "四五")),
        (("一二三",), 2, ()),
        ((), 10, ()),
    ],
)
def test_earlier_questions_are_trimmed_from_the_front(
    earlier: tuple[str, ...], tokens: int, kept: tuple[str, ...]
) -> None:
    assert recent(earlier, tokens) == kept


@pytest.mark.parametrize(
    ("mark", "said"), [("密等：限閱\n\n", "限閱"), ("聯絡人手機：0912-345-678\n\n", "手機號碼")]
)
def test_a_restricted_report_is_not_sent_elsewhere(mark: str, said: str, tmp_path: Path) -> None:
    papers = tmp_path / "papers"
    papers.mkdir()
    bali = next(file for file in trips.FILES if "峇里" in file)
    (papers / bali).write_text(mark + trips.FILES[bali], encoding="utf-8")
    model = Elsewhere()
    with closing(Assistant.open(Settings(home=tmp_path / "home"), model)) as assistant:
        assistant.archive.add([papers])
        answer = assistant.ask(QUESTION)
    assert model.asked == []
    assert answer.mode == "extractive" and answer.statements
    assert said in answer.notes[0] and "沒有送給遠端語言模型" in answer.notes[0]


def test_a_question_with_personal_data_is_not_sent_elsewhere(home: Path) -> None:
    model = Elsewhere()
    with closing(Assistant.open(Settings(home=home), model)) as assistant:
        answer = assistant.ask(QUESTION + "我的手機是 0912-345-678")
    assert model.asked == []
    assert answer.abstained or "手機號碼" in " ".join(answer.notes)


@pytest.mark.parametrize(
    ("gloss", "is_kept"),
    [
        ("When buying sensors, budget for five years of maintenance.", True),
        ("When buying sensors, budget for 15 years of maintenance.", False),
        ("", False),
    ],
)
def test_an_english_reader_gets_glosses_whose_figures_agree(gloss: str, is_kept: bool, home: Path) -> None:
    with closing(Assistant.open(Settings(home=home), Translating(gloss))) as assistant:
        steps = list(assistant.stream("What did the 10th World Water Forum report recommend?"))
    written, glossed = steps[-2].answer, steps[-1].answer
    assert written.mode == "llm" and not any(citation.gloss for citation in written.citations)
    assert [citation.gloss for citation in glossed.citations] == [gloss if is_kept else ""]
    assert replace(glossed, citations=(), timings_ms={}) == replace(written, citations=(), timings_ms={})


class Translating:
    """A model that quotes the first passage about sensors, and glosses it with what it is given."""

    name, is_local, is_trusted = "translating", True, True

    def __init__(self, gloss: str) -> None:
        self._gloss = gloss

    def stream(self, messages, budget):
        text = messages[-1].content
        if passages := parse_passages(text):
            number = next(p.n for p in passages if "編列五年維護費用" in p.text)
            yield f"建議環境保護局於採購時編列五年維護費用。[{number}]"
        else:
            yield f"[1] {self._gloss}"


class Elsewhere:
    """A model that is not of this machine; remembers what it was sent."""

    name, is_local, is_trusted = "elsewhere", False, False

    def __init__(self) -> None:
        self.asked: list[str] = []

    def stream(self, messages, budget):
        self.asked += [message.content for message in messages]
        yield "查無"
