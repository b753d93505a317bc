"""The shape of OpenAI's chat completions: a request read as a question, an answer written as a completion.

For chat programs that can talk to any server of that shape. Pure: knows neither HTTP nor where the
answer comes from. What such a program may send and we have no use for is passed over.
"""

from __future__ import annotations

import json
import re
import secrets
import time
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Literal

from assistant.answer import Answer, Turn, answer_json
from assistant.render import UNWRAPPED, render_answer
from corpus.report import XindeError

MODEL = "xinde"
MOST_BYTES = 256 * 1024
SHAPE = '內容應像這樣：{"model": "xinde", "messages": [{"role": "user", "content": "問題"}]}'
ROLES: dict[str, Literal["user", "assistant"]] = {"user": "user", "assistant": "assistant"}
# Chat programs show Markdown, which runs lines together that no empty line parts.
_NEXT_SOURCE = re.compile(r"(?<!\n)\n(?=\[\d+\]《)")


class ApiError(XindeError):
    """A request that gets no answer: the sentence, the status of HTTP and the field that is to blame."""

    def __init__(self, message: str, status: int = 400, param: str | None = None) -> None:
        super().__init__(message)
        self.status = status
        self.param = param


@dataclass(frozen=True)
class Asked:
    """What a request asks; `stream` where the answer is wanted piece by piece."""

    question: str
    history: tuple[Turn, ...] = ()
    stream: bool = False


def read_request(body: bytes) -> Asked:
    """The last message of the user, what went before it as history; raises ApiError."""
    if len(body) > MOST_BYTES:
        raise too_large()
    try:
        document = json.loads(body)
    except (ValueError, RecursionError) as exc:
        raise ApiError(f"請求的內容不是 UTF-8 的 JSON。{SHAPE}") from exc
    if not isinstance(document, dict):
        raise ApiError(f"請求的內容應是一個 JSON 物件。{SHAPE}")
    model = document.get("model") or MODEL
    if model != MODEL:
        raise ApiError(f"沒有「{str(model)[:80]}」這個模型，請把 model 設成「{MODEL}」。", 404, "model")
    turns = _read_messages(document.get("messages"))
    asked = max((at for at, turn in enumerate(turns) if turn.role == "user"), default=None)
    if asked is None:
        raise ApiError(f"messages 裡沒有使用者的問題。{SHAPE}", param="messages")
    return Asked(turns[asked].content, tuple(turns[:asked]), document.get("stream") is True)


def too_large() -> ApiError:
    """What to say of a request that is longer than is read."""
    return ApiError(f"請求超過 {MOST_BYTES // 1024} KB。請開始一段新對話，或只留下最近幾則再試。", 413)


def _read_messages(messages: Any) -> list[Turn]:
    if not isinstance(messages, list) or not messages:
        raise ApiError(f"messages 應是一個清單，至少有一則。{SHAPE}", param="messages")
    turns = []
    for number, message in enumerate(messages, start=1):
        if not isinstance(message, dict) or not isinstance(message.get("role"), str):
            raise ApiError(f"messages 的第 {number} 則看不懂。{SHAPE}", param="messages")
        role = ROLES.get(message["role"])
        if role is not None:
            turns.append(Turn(role, _read_content(message.get("content"), number)))
    return turns


def _read_content(content: Any, number: int) -> str:
    """The text of a message; of parts those that are text."""
    if content is None:  # an assistant's turn that only called a tool
        return ""
    if isinstance(content, list):
        parts = [part.get("text") for part in content if isinstance(part, dict)]
        content = "\n".join(part for part in parts if isinstance(part, str))
    if not isinstance(content, str):
        raise ApiError(f"messages 的第 {number} 則的 content 應是一段文字。{SHAPE}", param="messages")
    # JSON can spell half a character, which nothing after this can write.
    return content.encode("utf-8", "replace").decode("utf-8")


def models_json() -> dict[str, Any]:
    """The one model there is."""
    return {"object": "list", "data": [{"id": MODEL, "object": "model", "created": 0, "owned_by": MODEL}]}


def error_json(error: ApiError) -> dict[str, Any]:
    """The error as clients of OpenAI read it."""
    kind = "invalid_request_error" if error.status < 500 else "server_error"
    return {"error": {"message": str(error), "type": kind, "param": error.param, "code": None}}


def render_content(answer: Answer) -> str:
    """The answer with its [n] and the numbered sources below it, for programs that show nothing else."""
    return _NEXT_SOURCE.sub("\n\n", render_answer(answer, UNWRAPPED))


def completion(answer: Answer) -> dict[str, Any]:
    """The whole answer; its citations stand in the message, as on the command line."""
    message = {"role": "assistant", "content": render_content(answer), **_sources(answer)}
    return {
        **_head("chat.completion"),
        "choices": [{"index": 0, "message": message, "logprobs": None, "finish_reason": "stop"}],
        # No language model has read or written it.
        "usage": {"prompt_tokens": 0, "completion_tokens": 0, "total_tokens": 0},
    }


def chunks(answer: Answer) -> Iterator[dict[str, Any]]:
    """The answer line by line; the last chunk has the citations."""
    head = _head("chat.completion.chunk")
    deltas: list[dict[str, Any]] = [{"role": "assistant", "content": ""}]
    deltas += [{"content": line} for line in render_content(answer).splitlines(keepends=True)]
    for delta in deltas:
        yield {**head, "choices": [{"index": 0, "delta": delta, "finish_reason": None}]}
    yield {**head, "choices": [{"index": 0, "delta": _sources(answer), "finish_reason": "stop"}]}


def _head(kind: str) -> dict[str, Any]:
    return {
        "id": f"chatcmpl-{secrets.token_hex(12)}",
        "object": kind,
        "created": int(time.time()),
        "model": MODEL,
    }


def _sources(answer: Answer) -> dict[str, Any]:
    document = answer_json(answer)
    return {name: document[name] for name in ("abstained", "citations", "nearest")}
