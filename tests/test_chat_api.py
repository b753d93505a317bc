"""Requests of chat programs read as questions, and answers written as they expect them."""

from __future__ import annotations

import json
from typing import Any

import pytest
import scripted

from assistant.answer import Answer, Turn, answer_json
from assistant.chat_api import (
    MODEL,
    MOST_BYTES,
    ApiError,
    Asked,
    chunks,
    completion,
    error_json,
    read_request,
    render_content,
)

LEARNED = scripted.answer_with("學到什麼？", scripted.LEARNED)
WITHOUT_QUOTES = Answer(
    "?", "zh", "公園可以蓄水。[1]\n水質每天公布。[2]", False, LEARNED.statements, LEARNED.citations[:2]
)
USER: dict[str, Any] = {"role": "user", "content": "學到什麼？"}


def body(*messages: Any, **fields: Any) -> bytes:
    return json.dumps({"messages": list(messages), **fields}).encode()


@pytest.mark.parametrize(
    ("request_body", "asked"),
    [
        (body(USER), Asked("學到什麼？")),
        (body(USER, model=MODEL, stream=True), Asked("學到什麼？", stream=True)),
        (body(USER, model=None, stream=None, temperature=9, tools=[{}], n="x"), Asked("學到什麼？")),
        (body({"role": "system", "content": "用英文"}, USER), Asked("學到什麼？")),
        (
            body(
                USER, {"role": "assistant", "content": "公園。[1]"}, {"role": "user", "content": "那建議呢？"}
            ),
            Asked("那建議呢？", (Turn("user", "學到什麼？"), Turn("assistant", "公園。[1]"))),
        ),
        (body(USER, {"role": "assistant", "content": "公園"}), Asked("學到什麼？")),
        (
            body({"role": "assistant", "content": None, "tool_calls": []}, USER),
            Asked("學到什麼？", (Turn("assistant", ""),)),
        ),
        (
            body(
                {
                    "role": "user",
                    "content": [
                        {"type": "text", "text": "學到"},
                        {"type": "image_url", "image_url": {"url": "data:"}},
                        {"type": "text", "text": "什麼？"},
                    ],
                }
            ),
            Asked("學到\n什麼？"),
        ),
        (body({"role": "user", "content": "半個\ud83d"}), Asked("半個?")),
        (body({"role": "user", "content": ""}), Asked("")),
    ],
)
def test_the_last_message_of_the_user_is_the_question(request_body: bytes, asked: Asked) -> None:
    assert read_request(request_body) == asked


@pytest.mark.parametrize(
    ("request_body", "status", "param", "sentence"),
    [
        (b"", 400, None, "不是 UTF-8 的 JSON"),
        (b"{", 400, None, "不是 UTF-8 的 JSON"),
        (b"\xff\xfe", 400, None, "不是 UTF-8 的 JSON"),
        (b"[" * 100_000, 400, None, "不是 UTF-8 的 JSON"),
        (b"[]", 400, None, "應是一個 JSON 物件"),
        (b"{}", 400, "messages", "messages 應是一個清單"),
        (body(), 400, "messages", "messages 應是一個清單"),
        (b'{"messages": "hello"}', 400, "messages", "messages 應是一個清單"),
        (body("hello"), 400, "messages", "第 1 則看不懂"),
        (body(USER, {"content": "x"}), 400, "messages", "第 2 則看不懂"),
        (body({"role": "user", "content": 3}), 400, "messages", "第 1 則的 content 應是一段文字"),
        (body({"role": "system", "content": "x"}), 400, "messages", "沒有使用者的問題"),
        (body(USER, model="gpt"), 404, "model", "沒有「gpt」這個模型"),
        (b" " * (MOST_BYTES + 1), 413, None, "超過 256 KB"),
    ],
)
def test_what_cannot_be_read_is_a_sentence(
    request_body: bytes, status: int, param: str | None, sentence: str
) -> None:
    with pytest.raises(ApiError, match=sentence) as caught:
        read_request(request_body)
    assert (caught.value.status, caught.value.param) == (status, param)
    assert error_json(caught.value)["error"].keys() == {"message", "type", "param", "code"}


def test_the_content_ends_in_numbered_sources() -> None:
    content = render_content(LEARNED)
    assert content.startswith(LEARNED.text)
    place = "《哥本哈根雨水調適與港區再生考察報告》第三章 心得，第 2 頁"
    assert content.endswith("\n\n".join(["", *(f"[{n}]{place}" for n in (1, 2, 3))]))


def test_sources_quote_what_the_answer_does_not_say_word_for_word() -> None:
    content = render_content(WITHOUT_QUOTES)
    assert all(f"「{quote}」" in content for quote in scripted.LEARNED[:2])


def test_a_completion_has_the_citations_of_the_command_line() -> None:
    document = completion(LEARNED)
    (choice,) = document["choices"]
    assert (document["object"], document["model"], choice["finish_reason"]) == (
        "chat.completion",
        "xinde",
        "stop",
    )
    assert choice["message"]["role"] == "assistant"
    assert choice["message"]["content"] == render_content(LEARNED)
    assert choice["message"]["citations"] == answer_json(LEARNED)["citations"]
    assert choice["message"]["abstained"] is False


def test_chunks_say_the_same_piece_by_piece() -> None:
    pieces = list(chunks(LEARNED))
    assert len({piece["id"] for piece in pieces}) == 1
    assert {piece["object"] for piece in pieces} == {"chat.completion.chunk"}
    deltas = [piece["choices"][0]["delta"] for piece in pieces]
    assert deltas[0] == {"role": "assistant", "content": ""}
    assert "".join(delta.get("content", "") for delta in deltas) == render_content(LEARNED)
    assert deltas[-1]["citations"] == completion(LEARNED)["choices"][0]["message"]["citations"]
    assert [piece["choices"][0]["finish_reason"] for piece in pieces[-2:]] == [None, "stop"]
