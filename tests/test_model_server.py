"""The scripted model server over real sockets: what each behaviour sends, and that it ends when told to."""

from __future__ import annotations

import json
import socket
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, contextmanager
from http.client import HTTPConnection, HTTPResponse
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from model_behaviours import LONG, MALFORMED
from model_sayings import SAYINGS, Prompt, Shown, half_a_sentence, honest, without_end, write_prompt
from model_server import CHAT, HOST, MODELS, REFUSED, ModelServer

PROMPT = Prompt(
    "學到什麼？",
    (
        Shown(1, "《甲報告》", "第三章 心得，第 2 頁", "公園降低六十公分。居民參與了設計。"),
        Shown(2, "《乙報告》", "第二章 過程，第 1 頁", "現場約有 150 人聆聽。"),
    ),
)
ANSWER = "公園降低六十公分。[1]\n現場約有 150 人聆聽。[2]"
SILENCE = 0.03
AT_ONCE = 3.0
OPEN_FILES = Path("/proc/self/fd")


def asking(stream: bool = True, **more: Any) -> dict[str, Any]:
    messages = [
        {"role": "system", "content": "只根據段落回答。"},
        {"role": "user", "content": write_prompt(PROMPT)},
    ]
    return {"model": "test-model", "messages": messages, "stream": stream, **more}


@contextmanager
def connected(server: ModelServer) -> Iterator[HTTPConnection]:
    with closing(HTTPConnection(HOST, urlsplit(server.base_url).port, timeout=5)) as connection:
        yield connection


@contextmanager
def sent(server: ModelServer, stream: bool = True, **more: Any) -> Iterator[HTTPResponse]:
    """The response to the question, its body unread."""
    with connected(server) as connection:
        connection.request("POST", CHAT, json.dumps(asking(stream, **more)), {"Authorization": "Bearer key"})
        with closing(connection.getresponse()) as response:
            yield response


def fetched(server: ModelServer, method: str, path: str, body: str | None = None) -> tuple[int, Any]:
    with connected(server) as connection:
        connection.request(method, path, body)
        response = connection.getresponse()
        return response.status, json.loads(response.read() or b"null")


def whole(server: ModelServer) -> Any:
    with sent(server, stream=False) as response:
        assert (response.status, response.getheader("Content-Type")) == (200, "application/json")
        return json.loads(response.read())


def events(raw: bytes) -> list[Any]:
    """The values of the data lines, which are well formed and end in [DONE]."""
    *lines, done, rest = raw.decode().split("\n\n")
    assert (done, rest) == ("data: [DONE]", "")
    assert all(line.startswith("data: ") for line in lines)
    return [json.loads(line.removeprefix("data: ")) for line in lines]


def streamed(server: ModelServer, **more: Any) -> list[Any]:
    with sent(server, **more) as response:
        assert (response.status, response.getheader("Content-Type")) == (
            200,
            "text/event-stream; charset=utf-8",
        )
        return events(response.read())


def text_of(chunks: list[Any]) -> str:
    return "".join(pieces_of(chunks))


def pieces_of(chunks: list[Any]) -> list[str]:
    return [choice["delta"].get("content") or "" for value in chunks for choice in value["choices"]]


def read_until(response: HTTPResponse, end: bytes) -> bytes:
    raw = b""
    while end not in raw:
        more = response.read1(65536)
        assert more, "the response ended"
        raw += more
    return raw


def open_sockets() -> int:
    return sum(1 for file in OPEN_FILES.iterdir() if _target(file).startswith("socket:"))


def _target(file: Path) -> str:
    try:
        return str(file.readlink())
    except FileNotFoundError:  # The listing itself is one of the files.
        return ""


@pytest.fixture(autouse=True)
def nothing_is_left() -> Iterator[None]:
    """Every test of this file ends with the threads and sockets it began with."""
    sockets = open_sockets() if OPEN_FILES.is_dir() else 0
    threads = set(threading.enumerate())
    yield
    assert set(threading.enumerate()) <= threads
    assert not OPEN_FILES.is_dir() or open_sockets() <= sockets


@pytest.mark.parametrize("name", SAYINGS)
def test_a_text_arrives_streamed_and_whole(name: str) -> None:
    with ModelServer(name) as server:
        assert text_of(streamed(server)) == SAYINGS[name](PROMPT)
        assert whole(server)["choices"][0]["message"]["content"] == SAYINGS[name](PROMPT)


def test_a_stream_has_the_shape_of_openai() -> None:
    with ModelServer() as server:
        first, *middle, last = streamed(server)
    head = {
        "id": "chatcmpl-1",
        "object": "chat.completion.chunk",
        "created": 1_700_000_000,
        "model": "test-model",
    }
    choice = {"index": 0, "logprobs": None, "finish_reason": None}
    assert first == head | {"choices": [choice | {"delta": {"role": "assistant", "content": ""}}]}
    assert middle[0] == head | {"choices": [choice | {"delta": {"content": "公園降"}}]}
    assert last == head | {"choices": [choice | {"delta": {}, "finish_reason": "stop"}]}


def test_a_whole_answer_has_the_shape_of_openai() -> None:
    with ModelServer() as server:
        answer = whole(server)
    asked, said = len(write_prompt(PROMPT)), len(ANSWER)
    assert answer == {
        "id": "chatcmpl-1",
        "object": "chat.completion",
        "created": 1_700_000_000,
        "model": "test-model",
        "choices": [
            {
                "index": 0,
                "message": {"role": "assistant", "content": ANSWER, "refusal": None},
                "logprobs": None,
                "finish_reason": "stop",
            }
        ],
        "usage": {"prompt_tokens": asked, "completion_tokens": said, "total_tokens": asked + said},
    }


def test_usage_is_streamed_where_it_is_asked_for() -> None:
    with ModelServer() as server:
        last = streamed(server, stream_options={"include_usage": True})[-1]
    assert last["choices"] == []
    assert last["usage"]["completion_tokens"] == len(ANSWER)


@pytest.mark.parametrize(("name", "mark"), [("honest", "[1]"), ("think_tags", "</think>")])
def test_pieces_are_small_and_cut_through_marks(name: str, mark: str) -> None:
    with ModelServer(name) as server:
        pieces = pieces_of(streamed(server))
    assert max(map(len, pieces)) == 3
    assert mark in "".join(pieces)
    assert not any(mark in piece for piece in pieces)


def test_the_models_are_listed() -> None:
    with ModelServer("endless") as server:
        status, listed = fetched(server, "GET", MODELS)
    assert (status, listed["object"]) == (200, "list")
    assert [model["id"] for model in listed["data"]] == ["scripted"]


def test_a_tool_is_called_without_a_text() -> None:
    with ModelServer("tool_call") as server:
        first, last = streamed(server)
        answer = whole(server)["choices"][0]
    call = {"name": "search_archive", "arguments": '{"query": "心得"}'}
    assert first["choices"][0]["delta"]["tool_calls"][0]["function"] == call
    assert first["choices"][0]["delta"]["content"] is None
    assert last["choices"][0]["finish_reason"] == answer["finish_reason"] == "tool_calls"
    assert answer["message"]["content"] is None
    assert answer["message"]["tool_calls"][0]["function"] == call


@pytest.mark.parametrize(
    ("name", "status", "code"),
    [
        ("status_401", 401, "invalid_api_key"),
        ("status_429", 429, "rate_limit_exceeded"),
        ("status_500", 500, None),
    ],
)
def test_an_error_has_its_status_and_says_why(name: str, status: int, code: str | None) -> None:
    with ModelServer(name) as server:
        with sent(server) as response:
            assert response.status == status
            assert response.getheader("Retry-After") == ("30" if status == 429 else None)
            assert json.loads(response.read())["error"]["code"] == code
        assert fetched(server, "GET", MODELS)[0] == status


def test_half_a_sentence_is_followed_by_silence() -> None:
    with ModelServer("half_then_silence") as server:
        with sent(server) as response:
            half = half_a_sentence(PROMPT)
            raw = read_until(response, half[-1].encode())
            assert text_of(events(raw + b"data: [DONE]\n\n")) == half
            assert_silent(response)
        assert [hangup.behaviour for hangup in server.wait_for_hangups()] == ["half_then_silence"]
        assert SILENCE < server.hangups[0].seconds < AT_ONCE


def test_half_a_whole_answer_is_followed_by_silence() -> None:
    with ModelServer("half_then_silence") as server, sent(server, stream=False) as response:
        half = half_a_sentence(PROMPT)
        assert read_until(response, half.encode()).endswith(half.encode())
        assert_silent(response)


def assert_silent(response: HTTPResponse) -> None:
    descriptor = socket.socket(fileno=response.fileno())
    try:
        descriptor.settimeout(SILENCE)
        with pytest.raises(TimeoutError):
            descriptor.recv(1)
    finally:
        descriptor.detach()


@pytest.mark.parametrize("stream", [True, False])
def test_the_drip_comes_byte_by_byte(stream: bool) -> None:
    with ModelServer("drip", interval=0) as server, sent(server, stream) as response:
        raw = [response.read1(100) for _ in range(20)] + [response.read()]
    assert {len(drop) for drop in raw[:20]} == {1}
    if stream:
        assert text_of(events(b"".join(raw))) == honest(PROMPT)
    else:
        assert json.loads(b"".join(raw))["choices"][0]["message"]["content"] == honest(PROMPT)


@pytest.mark.parametrize("stream", [True, False])
def test_the_endless_never_stops_by_itself(stream: bool) -> None:
    first = next(without_end(PROMPT))
    with ModelServer("endless") as server:
        with sent(server, stream) as response:
            raw = b"".join(response.read1(65536) for _ in range(200))
        assert raw.decode(errors="ignore").count("公園降" if stream else first.strip()) > 5
        assert [hangup.behaviour for hangup in server.wait_for_hangups()] == ["endless"]


def test_the_long_line_has_no_end() -> None:
    with ModelServer("long_line") as server, sent(server) as response:
        raw = response.read()
    assert raw.startswith(b"data: {")
    assert len(raw) > LONG - 3
    assert b"\n" not in raw


def test_the_long_answer_is_one() -> None:
    with ModelServer("long_line") as server:
        assert len(whole(server)["choices"][0]["message"]["content"]) == LONG // 3


def test_malformed_events_follow_a_good_beginning() -> None:
    with ModelServer("malformed_sse") as server:
        with sent(server) as response:
            raw = response.read()
        with (
            sent(server, stream=False) as response,
            pytest.raises(ValueError, match="delimiter|Unterminated"),
        ):
            json.loads(response.read())
    good, broken, done = raw.partition(b"".join(MALFORMED))
    assert text_of(events(good + done)) == half_a_sentence(PROMPT)
    assert broken


def test_the_wrong_charset_is_announced_as_utf_8() -> None:
    with ModelServer("wrong_charset") as server:
        with sent(server) as response:
            assert response.getheader("Content-Type") == "text/event-stream; charset=utf-8"
            raw = response.read()
        with sent(server, stream=False) as response:
            assert json.loads(response.read().decode("big5"))["choices"][0]["message"]["content"] == ANSWER
    assert "公園降".encode("big5") in raw
    assert b'"content": "' + "斷".encode()[:-1] + b'"' in raw
    for charset in ("utf-8", "big5"):
        with pytest.raises(UnicodeDecodeError):
            raw.decode(charset)


def test_the_slow_take_the_request_and_say_nothing() -> None:
    with ModelServer("slow_to_connect") as server:
        with connected(server) as connection:
            connection.request("POST", CHAT, json.dumps(asking()))
            connection.sock.settimeout(SILENCE)
            with pytest.raises(TimeoutError):
                connection.getresponse()
        assert [hangup.behaviour for hangup in server.wait_for_hangups()] == ["slow_to_connect"]
        assert len(server.requests) == 1


def test_a_refused_connection_keeps_its_port() -> None:
    with ModelServer(REFUSED) as server:
        url = server.base_url
        for _ in range(2):
            with pytest.raises(ConnectionRefusedError):
                whole(server)
            server.behaviour = "honest"
            assert whole(server)["choices"][0]["message"]["content"] == ANSWER
            server.behaviour = REFUSED
        assert server.base_url == url
        assert [request.number for request in server.requests] == [1, 2]


def test_a_redirect_that_is_followed_is_seen() -> None:
    with ModelServer("redirect") as server:
        with sent(server) as response:
            assert response.status == 302
            there = urlsplit(response.getheader("Location"))
        assert (there.scheme, there.netloc) == ("http", urlsplit(server.base_url).netloc)
        assert server.redirect_hits == []
        fetched(server, "GET", there.path)
        assert [request.method for request in server.redirect_hits] == ["GET"]
        assert [request.path for request in server.requests] == [CHAT]


@pytest.mark.parametrize(
    "name", ["half_then_silence", "drip", "endless", "slow_to_connect", "long_line", "honest"]
)
def test_closing_ends_whatever_is_being_answered(name: str) -> None:
    with ModelServer(name, interval=3600) as server, connected(server) as connection:
        connection.request("POST", CHAT, json.dumps(asking()))
        if name != "slow_to_connect":
            connection.sock.recv(1)
        began = time.monotonic()
        server.close()
        assert time.monotonic() - began < AT_ONCE
        assert server.hangups == []


def test_a_drip_notices_a_hangup_between_two_bytes() -> None:
    with ModelServer("drip", interval=3600) as server:
        with sent(server) as response:
            assert response.read1(1) == b"d"
        assert server.wait_for_hangups()[0].seconds < AT_ONCE


def test_a_client_that_stays_to_the_end_has_not_hung_up() -> None:
    with ModelServer() as server:
        for name in SAYINGS:
            server.behaviour = name
            streamed(server)
        assert server.hangups == []


def test_the_behaviour_changes_between_requests_of_one_connection() -> None:
    with ModelServer() as server, connected(server) as connection:
        for name in ("honest", "status_500", "refuses"):
            server.behaviour = name
            connection.request("POST", CHAT, json.dumps(asking(stream=False)))
            response = connection.getresponse()
            assert (response.status == 500) == (name == "status_500")
            response.read()
        assert len(server.requests) == 3


def test_what_was_sent_is_kept() -> None:
    with ModelServer() as server:
        whole(server)
        request = server.requests[0]
    assert (request.method, request.path) == ("POST", CHAT)
    assert request.headers["authorization"] == "Bearer key"
    assert request.body == asking(stream=False)
    assert request.prompt == PROMPT


def test_many_clients_are_answered_at_once() -> None:
    with ModelServer() as server, ThreadPoolExecutor(8) as pool:
        said = [text_of(chunks) for chunks in pool.map(lambda _: streamed(server), range(16))]
    assert said == [ANSWER] * 16
    assert sorted(request.number for request in server.requests) == list(range(1, 17))


@pytest.mark.parametrize(
    ("method", "path", "body", "status"),
    [
        ("GET", "/", None, 404),
        ("POST", "/v1/completions", "{}", 404),
        ("POST", CHAT, "no json", 400),
        ("POST", CHAT, None, 400),
        ("POST", CHAT, "{}", 200),
    ],
)
def test_what_is_not_served_is_said(method: str, path: str, body: str | None, status: int) -> None:
    with ModelServer() as server:
        assert fetched(server, method, path, body)[0] == status


def test_an_unknown_behaviour_is_refused() -> None:
    with pytest.raises(ValueError, match="'kind'; there are honest, "):
        ModelServer("kind")
    with ModelServer() as server:
        with pytest.raises(ValueError, match="'kind'"):
            server.behaviour = "kind"
        assert server.behaviour == "honest"


def test_closing_twice_is_closing() -> None:
    with ModelServer() as server:
        server.close()
        with pytest.raises(ConnectionRefusedError):
            whole(server)


def test_the_openai_client_accepts_it() -> None:
    openai = pytest.importorskip("openai", reason="沒有安裝 openai")
    with (
        ModelServer() as server,
        closing(openai.OpenAI(base_url=server.base_url, api_key="key", max_retries=0)) as client,
    ):
        create = client.chat.completions.create
        asked = {key: value for key, value in asking().items() if key != "stream"}
        with create(**asked, stream=True) as stream:
            said = [part.choices[0].delta.content or "" for part in stream]
        assert "".join(said) == create(**asked).choices[0].message.content == ANSWER
        assert [model.id for model in client.models.list()] == ["scripted"]
        server.behaviour = "status_429"
        with pytest.raises(openai.RateLimitError):
            create(**asked)
