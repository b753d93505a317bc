"""A language model behind one method: what comes through, and the reason behind every way to fail."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from typing import Any

import model_behaviours
import pytest
from llama_index.core.llms import CompletionResponse, CustomLLM, LLMMetadata, MockLLM
from model_sayings import Prompt, Shown, half_a_sentence, honest, write_prompt
from model_server import ModelServer
from model_shapes import event
from pydantic import PrivateAttr

from assistant import llm
from assistant.budget import Budget
from assistant.endpoint import Endpoint
from assistant.llm import (
    SENTENCES,
    HandedModel,
    Message,
    Model,
    ModelUnavailable,
    ServedModel,
    load_libraries,
    read_all,
)

PROMPT = Prompt("幾座水井？", (Shown(1, "《達卡》", "心得", "達卡有三十二處水井。每天公布水位。"),))
MESSAGES = [Message("user", write_prompt(PROMPT))]
SOON = 0.5


@pytest.fixture(scope="module", autouse=True)
def loaded() -> None:
    load_libraries()


def served(server: ModelServer, **settings: Any) -> ServedModel:
    return ServedModel(Endpoint.parse(server.base_url, "scripted", "secret"), **settings)


def read(model: Model, budget: Budget | None = None) -> tuple[str, ModelUnavailable | None]:
    """What came through, and how it ended where it did not end well."""
    said = ""
    try:
        for piece in model.stream(MESSAGES, budget or Budget(5, 1000)):
            said += piece
    except ModelUnavailable as error:
        return said, error
    return said, None


def test_what_is_said_comes_in_pieces() -> None:
    with ModelServer("honest") as server:
        pieces = list(served(server).stream(MESSAGES, Budget(5, 1000)))
    assert "".join(pieces) == honest(PROMPT)
    assert len(pieces) > 3


def test_what_is_asked_for() -> None:
    with ModelServer("honest") as server:
        read(served(server, max_tokens=77))
        (request,) = server.requests
    body = request.body
    assert request.path == "/v1/chat/completions"
    assert request.headers["authorization"] == "Bearer secret"
    assert request.headers["accept-encoding"] == "identity"
    assert {key: body[key] for key in ("model", "stream", "temperature", "max_tokens", "messages")} == {
        "model": "scripted",
        "stream": True,
        "temperature": 0.0,
        "max_tokens": 77,
        "messages": [{"role": "user", "content": MESSAGES[0].content}],
    }
    assert "tools" not in body


def test_a_system_message_stays_one() -> None:
    with ModelServer("honest") as server:
        list(served(server).stream([Message("system", "簡短"), *MESSAGES], Budget(5, 1000)))
        assert [message["role"] for message in server.requests[0].body["messages"]] == ["system", "user"]


FAILURES: dict[str, tuple[str, str]] = {
    "status_401": ("denied", "HTTP 401"),
    "status_429": ("busy", "HTTP 429，30 秒後再試"),
    "status_500": ("failed", "HTTP 500"),
    "redirect": ("failed", "HTTP 302"),
    "refused_connection": ("refused", "127.0.0.1"),
    "slow_to_connect": ("timeout", "在 1 秒內"),
    "half_then_silence": ("timeout", "在 1 秒內"),
    "drip": ("timeout", "在 1 秒內"),
    "long_line": ("garbled", "太長"),
    "wrong_charset": ("garbled", "UnicodeDecodeError"),
    "web_page": ("garbled", "網頁，不是語言模型；請檢查位址 http://127.0.0.1"),
}


@pytest.mark.parametrize("behaviour", FAILURES)
def test_a_failure_has_its_reason(behaviour: str) -> None:
    reason, said = FAILURES[behaviour]
    with ModelServer(behaviour, interval=0.2) as server:
        _, error = read(served(server), Budget(1, 1000))
        assert len(server.requests) == (behaviour != "refused_connection")  # asked once, never again
    assert error is not None and error.reason == reason and said in str(error)


def test_every_reason_has_a_sentence() -> None:
    assert {reason for reason, _ in FAILURES.values()} < set(SENTENCES)
    for reason in SENTENCES:
        sentence = str(ModelUnavailable(reason, "為何", "http://127.0.0.1/v1", 3))
        assert sentence.endswith("。") and "{" not in sentence


def test_the_address_is_named_where_nothing_listens() -> None:
    with ModelServer("refused_connection") as server:
        _, error = read(served(server))
        assert server.base_url in str(error)


@pytest.mark.parametrize(
    "data", model_behaviours.MALFORMED, ids=lambda data: data[:40].decode("utf-8", "ignore")
)
def test_no_nonsense_of_a_server_is_a_crash(data: bytes, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(model_behaviours, "MALFORMED", (data,))
    with ModelServer("malformed_sse") as server:
        said, error = read(served(server))
    assert said == half_a_sentence(PROMPT)
    assert error is None or error.reason == "garbled"


def test_an_error_in_the_middle_is_one_of_the_model(monkeypatch: pytest.MonkeyPatch) -> None:
    failed = event({"error": {"message": "The context is too long.", "type": "invalid_request_error"}})
    monkeypatch.setattr(model_behaviours, "MALFORMED", (failed,))
    with ModelServer("malformed_sse") as server:
        _, error = read(served(server))
    assert error is not None and error.reason == "failed"


def test_no_more_is_read_than_the_budget_allows() -> None:
    with ModelServer("endless") as server:
        said, error = read(served(server), Budget(30, 50))
        assert server.wait_for_hangups()
    assert error is None and 50 <= len(said) < 60


def test_the_connection_is_closed_when_the_caller_goes() -> None:
    with ModelServer("endless") as server:
        pieces = served(server).stream(MESSAGES, Budget(30, 10**6))
        next(pieces)
        pieces.close()
        assert server.wait_for_hangups()


@pytest.mark.parametrize("behaviour", ["drip", "half_then_silence", "slow_to_connect", "endless"])
def test_a_stop_ends_the_reading(behaviour: str) -> None:
    budget = Budget(60, 10**9)
    with ModelServer(behaviour, interval=0.05) as server:
        stopped = stop_when(budget, lambda: bool(server.requests))
        _, error = read(served(server), budget)
        assert time.monotonic() - stopped() < SOON
    assert error is None or error.reason == "stopped"


def stop_when(budget: Budget, ready: Callable[[], bool]) -> Callable[[], float]:
    """Stop the budget in another thread once it is `ready`; what is returned tells when that was."""
    times: list[float] = []

    def stop() -> None:
        while not ready():
            pass
        times.append(time.monotonic())
        budget.stop()

    thread = threading.Thread(target=stop, daemon=True)
    thread.start()
    return lambda: (thread.join(5), times[0])[1]


def test_loading_the_libraries_is_not_the_models_time(monkeypatch: pytest.MonkeyPatch) -> None:
    now = [0.0]
    monkeypatch.setattr(llm, "load_libraries", lambda: now.__setitem__(0, 8.0))
    with ModelServer("honest") as server:
        said, error = read(served(server), Budget(5, 1000, lambda: now[0]))
    assert (said, error, now) == (honest(PROMPT), None, [8.0])


def test_no_library_is_loaded_where_nothing_listens(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(llm, "load_libraries", lambda: pytest.fail("loaded"))
    with ModelServer("refused_connection") as server:
        assert read(served(server))[1] is not None


def test_where_a_model_runs_says_its_address() -> None:
    here, there = (
        ServedModel(Endpoint.parse(url, "m", allowed=("llm.city.example",)))
        for url in ("http://localhost:1/v1", "https://llm.city.example/v1")
    )
    assert (here.name, here.is_local, here.is_trusted) == ("m", True, True)
    assert (there.is_local, there.is_trusted) == (False, True)


class Custom(CustomLLM):
    """A llama-index LLM as somebody would write one; `act` gives its pieces, waits or raises."""

    _act: Callable[[], Iterator[str]] = PrivateAttr()

    def __init__(self, act: Callable[[], Iterator[str]]) -> None:
        super().__init__()
        self._act = act

    @property
    def metadata(self) -> LLMMetadata:
        return LLMMetadata(model_name="custom")

    def complete(self, prompt: str, formatted: bool = False, **kwargs: Any) -> CompletionResponse:
        return CompletionResponse(text="".join(self._act()))

    def stream_complete(self, prompt: str, formatted: bool = False, **kwargs: Any) -> Any:
        text = ""
        for piece in self._act():
            text += piece
            yield CompletionResponse(text=text, delta=piece)


def handed(act: Callable[[], Iterator[str]]) -> HandedModel:
    return HandedModel(Custom(act), is_local=True)


def test_any_llm_of_llama_index_can_be_handed_in() -> None:
    said, error = read(HandedModel(MockLLM(), is_local=True))
    assert error is None and MESSAGES[0].content in said


def test_a_handed_model_streams() -> None:
    go_on = threading.Event()

    def act() -> Iterator[str]:
        yield "一"
        assert go_on.wait(5)
        yield "二"

    pieces = handed(act).stream(MESSAGES, Budget(5, 1000))
    assert next(pieces) == "一"  # before the second is there
    go_on.set()
    assert list(pieces) == ["二"]


@pytest.mark.parametrize("error", [RuntimeError("no GPU"), KeyError("x")])
@pytest.mark.parametrize("before", ["", "已經說了"])
def test_a_handed_model_that_raises_has_failed(error: Exception, before: str) -> None:
    def act() -> Iterator[str]:
        yield before
        raise error

    said, failure = read(handed(act))
    assert said == before
    assert failure is not None and failure.reason == "failed" and type(error).__name__ in str(failure)


@pytest.mark.parametrize("before", ["", "已經說了"])
def test_a_handed_model_that_hangs_is_left_in_time(before: str) -> None:
    for_ever = threading.Event()

    def act() -> Iterator[str]:
        yield before
        for_ever.wait(30)

    began = time.monotonic()
    said, failure = read(handed(act), Budget(0.4, 1000))
    assert 0.4 <= time.monotonic() - began < 0.4 + SOON
    assert said == before and failure is not None and failure.reason == "timeout"
    for_ever.set()


def test_a_handed_model_that_hangs_can_be_stopped() -> None:
    began, for_ever, budget = threading.Event(), threading.Event(), Budget(60, 1000)

    def act() -> Iterator[str]:
        began.set()
        for_ever.wait(30)
        yield ""

    stopped = stop_when(budget, began.is_set)
    _, failure = read(handed(act), budget)
    assert time.monotonic() - stopped() < SOON
    assert failure is not None and failure.reason == "stopped"
    for_ever.set()


@pytest.mark.parametrize("by", ["length", "stop"])
def test_a_handed_model_that_never_ends_is_left_by_the_thread_that_reads_it(by: str) -> None:
    left = threading.Event()
    budget = Budget(30, 50 if by == "length" else 10**9)

    def act() -> Iterator[str]:
        try:
            while not left.wait(0.001):
                yield "一"
        finally:
            left.set()

    pieces = handed(act).stream(MESSAGES, budget)
    next(pieces)
    if by == "stop":
        budget.stop()
        with pytest.raises(ModelUnavailable):
            list(pieces)
    else:
        assert "".join(pieces) == "一" * 49
    assert left.wait(5)


@pytest.mark.parametrize(
    ("is_local", "is_trusted", "expected"),
    [(True, None, True), (False, None, False), (False, True, True), (True, False, False)],
)
def test_a_handed_model_is_trusted_where_it_is_local_or_said_to_be(
    is_local: bool, is_trusted: bool | None, expected: bool
) -> None:
    model = HandedModel(MockLLM(), is_local=is_local, is_trusted=is_trusted)
    assert model.is_trusted is expected and model.is_local is is_local


def test_a_handed_model_is_called_what_it_calls_itself() -> None:
    assert handed(lambda: iter(())).name == "custom"


def test_read_all_joins_the_pieces_and_passes_failures_on() -> None:
    assert read_all(handed(lambda: iter(("一", "", "二"))), MESSAGES, Budget(5, 1000)) == "一二"
    with ModelServer("status_500") as server, pytest.raises(ModelUnavailable):
        read_all(served(server), MESSAGES, Budget(5, 1000))
