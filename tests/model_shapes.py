"""What goes over the wire between an OpenAI-compatible server and its client: requests, answers, events.

Made to be accepted by strict clients and to be the same at every run: no clock, a token a character. Knows
nothing of what is said.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from model_sayings import Prompt, last_user_text, parse_prompt

CREATED = 1_700_000_000
MODEL = "scripted"
# A bracket ends its piece, so every mark and tag arrives in two.
PIECE = re.compile(r"[^\[<]{0,2}[\[<]|[^\[<]{1,3}")
DONE = b"data: [DONE]\n\n"


@dataclass(frozen=True)
class Request:
    """What a client sent: header names in lower case, `body` parsed, None where it had none."""

    number: int
    method: str
    path: str
    headers: dict[str, str]
    body: Any
    began: float = field(compare=False)

    @property
    def prompt(self) -> Prompt:
        """The passages and the question in its last user message."""
        return parse_prompt(last_user_text(self.body))

    @property
    def streams(self) -> bool:
        return bool(self.body.get("stream"))


def chunk(request: Request, delta: dict[str, Any] | None, *, ends: str | None = None, **more: Any) -> bytes:
    """One event of a stream; without a delta it has no choices."""
    choice = {"index": 0, "delta": delta, "logprobs": None, "finish_reason": ends}
    return event(
        {**_head(request, "chat.completion.chunk"), "choices": [choice] if delta is not None else [], **more}
    )


def event(value: Any) -> bytes:
    """A value as a line of server-sent events."""
    return b"data: " + to_json(value) + b"\n\n"


def to_json(value: Any) -> bytes:
    return json.dumps(value, ensure_ascii=False).encode()


def completion(request: Request, message: dict[str, Any], ends: str = "stop") -> dict[str, Any]:
    """A whole answer as JSON."""
    said = {"role": "assistant", "content": None, "refusal": None, **message}
    choice = {"index": 0, "message": said, "logprobs": None, "finish_reason": ends}
    usage = _usage(request, message.get("content") or "")
    return {**_head(request, "chat.completion"), "choices": [choice], "usage": usage}


def error(kind: str, message: str, code: str | None = None) -> bytes:
    """An error as JSON."""
    return to_json({"error": {"message": message, "type": kind, "param": None, "code": code}})


def models() -> bytes:
    """The list of models as JSON."""
    model = {"id": MODEL, "object": "model", "created": CREATED, "owned_by": "tests"}
    return to_json({"object": "list", "data": [model]})


def _head(request: Request, kind: str) -> dict[str, Any]:
    name = request.body.get("model") or MODEL
    return {"id": f"chatcmpl-{request.number}", "object": kind, "created": CREATED, "model": name}


def _usage(request: Request, said: str) -> dict[str, int]:
    """A token a character."""
    asked = len(last_user_text(request.body))
    return {"prompt_tokens": asked, "completion_tokens": len(said), "total_tokens": asked + len(said)}


def pieces(text: str) -> list[str]:
    """A text as it is streamed."""
    return PIECE.findall(text)


def deltas(request: Request, text: str) -> Iterator[bytes]:
    """The events that stream a text, without an end."""
    yield chunk(request, {"role": "assistant", "content": ""})
    for piece in pieces(text):
        yield chunk(request, {"content": piece})


def ending(request: Request, said: str, ends: str = "stop") -> Iterator[bytes]:
    """The events after the text, the usage where it was asked for."""
    yield chunk(request, {}, ends=ends)
    if (request.body.get("stream_options") or {}).get("include_usage"):
        yield chunk(request, None, usage=_usage(request, said))


def payload(request: Request, text: str) -> bytes:
    """All that `say` sends after the head."""
    if request.streams:
        return b"".join((*deltas(request, text), *ending(request, text), DONE))
    return to_json(completion(request, {"content": text}))
