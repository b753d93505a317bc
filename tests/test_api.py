"""The door for chat programs: over HTTP without a server, then on the page's own server with real answers."""

from __future__ import annotations

import json
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import closing
from typing import Any

import pytest
import scripted
import trips
from starlette.applications import Starlette
from starlette.testclient import TestClient

from assistant.answer import Turn
from assistant.assistant import Assistant
from assistant.conversations import Conversations
from assistant.ports import find_port
from assistant.settings import Settings
from assistant.ui.api import build_api, find_intrusion, is_our_name
from assistant.ui.chat import Chat
from assistant.ui.page import build_page, launch

HERE = "http://127.0.0.1:7860"
CHAT = "/v1/chat/completions"
DAKAR, *_ = trips.FILES


def ask(*contents: str, **fields: Any) -> dict[str, Any]:
    """A request; the contents are those of user and assistant in turn."""
    roles = ("user", "assistant")
    messages = [{"role": roles[at % 2], "content": text} for at, text in enumerate(contents)]
    return {"model": "xinde", "messages": messages, **fields}


@pytest.fixture
def assistant() -> scripted.ScriptedAssistant:
    return scripted.ScriptedAssistant()


@pytest.fixture
def client(assistant: scripted.ScriptedAssistant) -> TestClient:
    return TestClient(Starlette(routes=[build_api(assistant, "127.0.0.1")]), base_url=HERE)


def test_the_one_model_is_listed(client: TestClient) -> None:
    document = client.get("/v1/models").json()
    assert [model["id"] for model in document["data"]] == ["xinde"]


def test_a_follow_up_is_asked_with_what_was_said(
    client: TestClient, assistant: scripted.ScriptedAssistant
) -> None:
    answer = client.post(CHAT, json=ask("學到什麼？", "公園。", "那建議呢？"))
    assert answer.status_code == 200 and answer.headers["cache-control"] == "no-store"
    question, history, where = assistant.asked[-1]
    assert (question, where) == ("那建議呢？", None)
    assert history == (Turn("user", "學到什麼？"), Turn("assistant", "公園。"))
    message = answer.json()["choices"][0]["message"]
    assert scripted.ADVISED[0] in message["content"] and message["citations"][0]["page"] == 2


def test_what_the_archive_does_not_hold_is_said(client: TestClient) -> None:
    message = client.post(CHAT, json=ask("東京的預算？")).json()["choices"][0]["message"]
    assert message["abstained"] and message["citations"] == []
    assert "檔案中查無" in message["content"] and scripted.OSAKA.title in message["content"]


def test_a_stream_ends_with_done(client: TestClient) -> None:
    answer = client.post(CHAT, json=ask("學到什麼？", stream=True))
    assert answer.headers["content-type"].startswith("text/event-stream")
    *events, last, rest = answer.text.split("\n\n")
    assert (last, rest) == ("data: [DONE]", "")
    deltas = [json.loads(event.removeprefix("data: "))["choices"][0]["delta"] for event in events]
    assert scripted.LEARNED[0] in "".join(delta.get("content", "") for delta in deltas)


@pytest.mark.parametrize(
    ("request_body", "status", "kind", "sentence"),
    [
        (b"{", 400, "invalid_request_error", "不是 UTF-8 的 JSON"),
        (b" " * 300_000, 413, "invalid_request_error", "超過 256 KB"),
        (json.dumps(ask("壞掉")).encode(), 500, "server_error", "沒料到的錯誤"),
        (json.dumps(ask("x", stream=True, model="gpt")).encode(), 404, "invalid_request_error", "「gpt」"),
    ],
)
def test_an_error_has_the_shape_that_clients_read(
    client: TestClient, request_body: bytes, status: int, kind: str, sentence: str
) -> None:
    answer = client.post(CHAT, content=request_body)
    assert answer.status_code == status
    error = answer.json()["error"]
    assert error["type"] == kind and sentence in error["message"]


@pytest.mark.parametrize(
    ("method", "path", "status"), [("GET", "/v1/nope", 404), ("GET", CHAT, 405), ("POST", "/v1/models", 405)]
)
def test_another_path_names_those_that_exist(client: TestClient, method: str, path: str, status: int) -> None:
    answer = client.request(method, path)
    assert answer.status_code == status and "POST /v1/chat/completions" in answer.json()["error"]["message"]


@pytest.mark.parametrize(
    "headers",
    [
        {"Origin": "http://evil.example"},
        {"Origin": "null"},
        {"Origin": "http://127.0.0.1:9999"},
        {"Host": "evil.example:7860"},
        {"Host": "evil.example:7860", "Origin": "http://evil.example:7860"},
    ],
)
def test_a_strange_web_page_is_refused_unread(
    client: TestClient, assistant: scripted.ScriptedAssistant, headers: dict[str, str]
) -> None:
    for answer in (
        client.post(CHAT, json=ask("學到什麼？"), headers=headers),
        client.get("/v1/models", headers=headers),
    ):
        assert answer.status_code == 403 and "error" in answer.json()
        assert "access-control-allow-origin" not in answer.headers
    assert assistant.asked == []


@pytest.mark.parametrize(
    ("headers", "intrudes"),
    [
        ({"host": "127.0.0.1:7860"}, False),
        ({"host": "LOCALHOST:7860", "origin": "http://localhost:7860"}, False),
        ({"host": "[::1]:7860", "origin": "http://[::1]:7860"}, False),
        ({"host": "127.0.0.1:7860", "origin": "chrome-extension://127.0.0.1:7860"}, True),
        ({"host": "127.0.0.1:7860", "origin": "http://[broken"}, True),
        ({"host": "127.0.0.1:7860", "origin": ""}, True),
        ({}, True),
    ],
)
def test_who_is_let_in(headers: dict[str, str], intrudes: bool) -> None:
    assert bool(find_intrusion(headers, "127.0.0.1")) == intrudes


@pytest.mark.parametrize(
    ("called", "listening", "ours"),
    [
        ("localhost", "127.0.0.1", True),
        ("127.0.0.2:80", "127.0.0.1", True),
        ("192.0.2.7:7860", "127.0.0.1", False),
        ("192.0.2.7:7860", "192.0.2.7", True),
        ("192.0.2.7:7860", "0.0.0.0", True),
        ("[2001:db8::1]:7860", "::", True),
        ("archive.example", "archive.example", True),
        ("archive.example", "0.0.0.0", False),
        ("localhost.evil.example", "127.0.0.1", False),
        ("127.0.0.1.evil.example", "127.0.0.1", False),
        ("[", "127.0.0.1", False),
        ("", "127.0.0.1", False),
    ],
)
def test_names_of_this_server(called: str, listening: str, ours: bool) -> None:
    assert is_our_name(called, listening) == ours


@pytest.fixture(scope="module")
def url(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The page with the door beside it, over a real archive, on a free port."""
    home = trips.fill(tmp_path_factory.mktemp("home"), tmp_path_factory.mktemp("papers"))
    port = find_port("127.0.0.1", 17960)
    with closing(Assistant.open(Settings(home=home))) as assistant, closing(Conversations.open(home)) as kept:
        page = build_page(Chat(assistant, kept))
        launch(page, "127.0.0.1", port, [build_api(assistant, "127.0.0.1")])
        yield f"http://127.0.0.1:{port}"
        page.close(verbose=False)


def fetch(url: str, document: dict[str, Any] | None = None, **headers: str) -> tuple[int, str, Any]:
    """Status, body and headers of an answer."""
    data = None if document is None else json.dumps(document).encode()
    request = urllib.request.Request(url, data, {"Content-Type": "application/json", **headers})
    try:
        with urllib.request.urlopen(request, timeout=30) as answer:
            return answer.status, answer.read().decode(), answer.headers
    except urllib.error.HTTPError as error:
        return error.code, error.read().decode(), error.headers


def test_the_page_and_the_door_share_a_server(url: str) -> None:
    assert fetch(url)[0] == 200
    status, text, headers = fetch(f"{url}/v1/models")
    assert status == 200 and json.loads(text)["data"][0]["id"] == "xinde"
    assert "default-src 'self'" in headers["Content-Security-Policy"] and headers["Set-Cookie"] is None


def test_real_answers_through_the_door(url: str) -> None:
    question = "第九屆世界水論壇有哪些建議？"
    _, text, _ = fetch(url + CHAT, ask(question))
    message = json.loads(text)["choices"][0]["message"]
    assert {citation["file"] for citation in message["citations"]} == {DAKAR}
    assert "發送簡訊" in message["content"] and "[1]《出席第九屆世界水論壇報告》" in message["content"]
    _, streamed, _ = fetch(url + CHAT, ask(question, message["content"], "那心得呢？", stream=True))
    assert "青年是節水的推手" in streamed and streamed.endswith("data: [DONE]\n\n")
    status, text, _ = fetch(url + CHAT, ask(question), Origin="http://evil.example")
    assert status == 403 and "evil.example" in json.loads(text)["error"]["message"]


def test_the_client_of_openai_understands(url: str) -> None:
    openai = pytest.importorskip("openai", reason="沒有安裝 openai")
    client = openai.OpenAI(base_url=f"{url}/v1", api_key="none", max_retries=0)
    assert [model.id for model in client.models.list()] == ["xinde"]
    whole = client.chat.completions.create(**ask("第九屆世界水論壇有哪些建議？")).choices[0].message
    pieces = client.chat.completions.create(**ask("第九屆世界水論壇有哪些建議？", stream=True))
    assert "".join(piece.choices[0].delta.content or "" for piece in pieces) == whole.content
    with pytest.raises(openai.BadRequestError, match="問題是空的"):
        client.chat.completions.create(**ask(" "))
