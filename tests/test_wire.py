"""HTTP that never outlives its budget: against servers that stall, drip, flood and point elsewhere."""

from __future__ import annotations

import socket
import threading
import time
from collections.abc import Iterator
from contextlib import closing

import httpx
import pytest
from model_server import HOST, ModelServer

from assistant import wire
from assistant.budget import Budget
from assistant.wire import BudgetSpent, answers, open_client

SOON = 0.5
"""A reader leaves its server within so many seconds of the end of its budget, or of a stop."""
BODY = {"messages": [{"role": "user", "content": "問題：甲？"}], "stream": True}


def post(url: str, budget: Budget) -> httpx.Response:
    with open_client(budget) as client:
        return client.post(url, json=BODY)


def chat(server: ModelServer) -> str:
    return f"{server.base_url}/chat/completions"


@pytest.fixture
def silent() -> Iterator[socket.socket]:
    """A socket that listens and says nothing: the system itself takes the connection."""
    with closing(socket.create_server((HOST, 0))) as listener:
        yield listener


def url_of(listener: socket.socket) -> str:
    return f"http://{HOST}:{listener.getsockname()[1]}/v1"


def test_an_answer_is_read_whole() -> None:
    with ModelServer("honest") as server:
        response = post(chat(server), Budget(5, 1))
        (request,) = server.requests
    assert response.status_code == 200 and "data: [DONE]" in response.text
    assert request.body == BODY


@pytest.mark.parametrize("behaviour", ["slow_to_connect", "half_then_silence", "drip"])
def test_silence_and_drips_end_with_the_budget(behaviour: str) -> None:
    with ModelServer(behaviour, interval=0.05) as server:
        began = time.monotonic()
        with pytest.raises(BudgetSpent):
            post(chat(server), Budget(0.4, 1))
        assert 0.4 <= time.monotonic() - began < 0.4 + SOON
        (hangup,) = server.wait_for_hangups()
    assert hangup.behaviour == behaviour


def test_a_server_that_never_accepts_is_left_too(silent: socket.socket) -> None:
    began = time.monotonic()
    with pytest.raises(BudgetSpent):
        post(url_of(silent), Budget(0.3, 1))
    assert time.monotonic() - began < 0.3 + SOON


def test_a_budget_that_is_over_sends_nothing() -> None:
    budget = Budget(60, 1)
    budget.stop()
    with ModelServer("honest") as server:
        with pytest.raises(BudgetSpent):
            post(chat(server), budget)
        assert server.requests == []


@pytest.mark.parametrize("behaviour", ["slow_to_connect", "half_then_silence", "drip", "endless"])
def test_a_stop_from_another_thread_is_obeyed_at_once(behaviour: str) -> None:
    budget, stopped = Budget(60, 1), []

    def stop() -> None:
        while not server.requests:
            pass
        stopped.append(time.monotonic())
        budget.stop()

    with ModelServer(behaviour, interval=0.05) as server:
        other = threading.Thread(target=stop)
        other.start()
        with pytest.raises(BudgetSpent):
            post(chat(server), budget)
        assert time.monotonic() - stopped[0] < SOON
        other.join()
        assert server.wait_for_hangups()


def test_a_flood_is_left_at_the_cap(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(wire, "MOST_BYTES", 100_000)
    read = 0
    with ModelServer("endless") as server, open_client(Budget(60, 1)) as client:
        with pytest.raises(BudgetSpent), client.stream("POST", chat(server), json=BODY) as response:
            for data in response.iter_raw():
                read += len(data)
        assert server.wait_for_hangups()
    assert 50_000 < read < 100_000 + 2**17


def test_a_redirect_is_shown_and_not_followed() -> None:
    with ModelServer("redirect") as server:
        response = post(chat(server), Budget(5, 1))
        assert (response.status_code, server.redirect_hits) == (302, [])


@pytest.mark.parametrize("name", ["HTTP_PROXY", "http_proxy", "ALL_PROXY", "all_proxy"])
def test_no_proxy_of_the_environment_is_used(monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    with ModelServer("status_500") as proxy, ModelServer("honest") as server:
        monkeypatch.setenv(name, proxy.origin)
        monkeypatch.setenv("NO_PROXY", "")
        assert post(chat(server), Budget(5, 1)).status_code == 200
        assert proxy.requests == [] and len(server.requests) == 1


def test_the_socket_is_closed_with_the_client(silent: socket.socket) -> None:
    with open_client(Budget(5, 1)) as client:
        asking = threading.Thread(target=answer_once, args=(silent,), daemon=True)
        asking.start()
        assert client.get(url_of(silent)).text == "ok"
    asking.join(5)
    assert not asking.is_alive()  # it ends when it reads the end of the connection


def answer_once(listener: socket.socket) -> None:
    connection, _ = listener.accept()
    with closing(connection):
        connection.recv(65536)
        connection.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok")
        while connection.recv(65536):
            pass


@pytest.mark.parametrize(
    "said",
    [b"", b"\x00\xff\xfe not http\r\n\r\n", b"HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nok"],
    ids=["nothing", "no HTTP", "too little"],
)
def test_a_broken_answer_is_an_error_of_httpx(silent: socket.socket, said: bytes) -> None:
    def answer() -> None:
        connection, _ = silent.accept()
        with closing(connection):
            connection.recv(65536)
            connection.sendall(said)

    asked = threading.Thread(target=answer)
    asked.start()
    with pytest.raises(httpx.TransportError) as error:
        post(url_of(silent), Budget(5, 1))
    asked.join()
    assert not isinstance(error.value, BudgetSpent)


def test_nobody_listens() -> None:
    with ModelServer("refused_connection") as server:
        assert not answers(server.base_url, Budget(5, 1))
        with pytest.raises(httpx.ConnectError):
            post(chat(server), Budget(5, 1))


@pytest.mark.parametrize(
    "url", ["http://a..b/v1", f"http://{'a' * 70}.example/v1", "https://127.0.0.1:1/v1", "http://[::1]:1"]
)
def test_where_nothing_can_be_reached_nothing_answers(url: str) -> None:
    began = time.monotonic()
    assert not answers(url, Budget(5, 1))
    assert time.monotonic() - began < SOON


def test_what_listens_answers(silent: socket.socket) -> None:
    assert answers(url_of(silent), Budget(5, 1))


@pytest.mark.parametrize("stops", [True, False])
def test_a_name_that_nobody_looks_up_is_left(monkeypatch: pytest.MonkeyPatch, stops: bool) -> None:
    budget, asked, done = Budget(60, 1), threading.Event(), threading.Event()

    def look_up(*_: object, **__: object) -> list[object]:
        asked.set()
        done.wait(5)
        raise OSError("no name server")

    monkeypatch.setattr(socket, "getaddrinfo", look_up)
    monkeypatch.setattr(wire, "CONNECT", 60.0 if stops else 0.3)
    stopping = threading.Thread(target=lambda: asked.wait(5) and stops and budget.stop())
    stopping.start()
    began = time.monotonic()
    assert not answers("http://llm.city.example/v1", budget)
    assert time.monotonic() - began < 0.3 + SOON
    done.set()
    stopping.join()


def test_looking_up_a_name_takes_no_longer_than_the_budget(monkeypatch: pytest.MonkeyPatch) -> None:
    released = threading.Event()

    def never(*_: object, **__: object) -> list[object]:
        released.wait()
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (HOST, 9))]

    monkeypatch.setattr(wire.socket, "getaddrinfo", never)
    began = time.monotonic()
    with pytest.raises(httpx.ConnectError):
        post("http://llm.example:8080/v1", Budget(0.3, 1))
    released.set()
    assert time.monotonic() - began < 0.3 + SOON
