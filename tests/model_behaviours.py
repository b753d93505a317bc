"""How a scripted language model behaves on the wire: a table from a behaviour's name to what it does.

Some say a text of `model_sayings` as an OpenAI-compatible server would, whole or streamed; the others break
off, dawdle, never stop, or speak another protocol. Knows nothing of sockets: an Exchange sends and waits.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Protocol

from model_sayings import SAYINGS, Saying, half_a_sentence, honest, without_end
from model_shapes import (
    DONE,
    Request,
    chunk,
    completion,
    deltas,
    ending,
    error,
    event,
    payload,
    pieces,
    to_json,
)

LONG = 10 * 1024 * 1024
RETRY_AFTER = 30
STREAM, WHOLE = "text/event-stream; charset=utf-8", "application/json"
TOOL_CALL = {
    "id": "call_1",
    "type": "function",
    "function": {"name": "search_archive", "arguments": '{"query": "心得"}'},
}


class Exchange(Protocol):
    """One request and the way to answer it. Whatever sends or waits raises ConnectionError at a hang-up."""

    request: Request
    interval: float
    redirect_url: str

    def answer(self, status: int, body: bytes, headers: Mapping[str, str]) -> None:
        """A whole response."""

    def begin(self, kind: str) -> None:
        """The head of a response that comes in pieces."""

    def send(self, data: bytes) -> None:
        """One piece of it."""

    def finish(self, data: bytes = b"") -> None:
        """The last piece."""

    def wait(self, seconds: float | None = None) -> None:
        """Nothing, for so long or for ever."""


Behaviour = Callable[[Exchange], None]


def say(exchange: Exchange, text: str) -> None:
    """A text as an honest server sends it."""
    request = exchange.request
    if not request.streams:
        exchange.answer(200, to_json(completion(request, {"content": text})), {"Content-Type": WHOLE})
        return
    exchange.begin(STREAM)
    for data in (*deltas(request, text), *ending(request, text)):
        exchange.send(data)
    exchange.finish(DONE)


def saying(text: Saying) -> Behaviour:
    return lambda exchange: say(exchange, text(exchange.request.prompt))


def failing(status: int, body: bytes, **headers: str) -> Behaviour:
    """The behaviour that answers with an error."""
    named = {"Content-Type": WHOLE} | {name.replace("_", "-"): value for name, value in headers.items()}
    return lambda exchange: exchange.answer(status, body, named)


def half_then_silence(exchange: Exchange) -> None:
    """Half a sentence, and the connection stays open."""
    _begin(exchange)
    half = half_a_sentence(exchange.request.prompt)
    if exchange.request.streams:
        for data in deltas(exchange.request, half):
            exchange.send(data)
    else:
        exchange.send(payload(exchange.request, half).partition(b'", "refusal"')[0])
    exchange.wait()


def drip(exchange: Exchange) -> None:
    """The honest answer byte by byte, an interval apart."""
    _begin(exchange)
    data = payload(exchange.request, honest(exchange.request.prompt))
    for at in range(len(data)):
        exchange.send(data[at : at + 1])
        exchange.wait(exchange.interval)
    exchange.finish()


def endless(exchange: Exchange) -> None:
    """Sentence after sentence, as fast as the client reads."""
    request = exchange.request
    _begin(exchange)
    if not request.streams:
        exchange.send(to_json(completion(request, {"content": ""})).partition(b'"content": "')[0])
        exchange.send(b'"content": "')
    for sentence in without_end(request.prompt):
        for piece in pieces(sentence):
            exchange.send(chunk(request, {"content": piece}) if request.streams else to_json(piece)[1:-1])


def long_line(exchange: Exchange) -> None:
    """Ten megabytes of one answer in one line, which in a stream never ends."""
    request, text = exchange.request, "長" * (LONG // 3)
    _begin(exchange)
    if request.streams:
        exchange.finish(chunk(request, {"content": text}).rstrip(b"\n"))
    else:
        exchange.finish(to_json(completion(request, {"content": text})))


def malformed_sse(exchange: Exchange) -> None:
    """A good beginning, then what is no event, no JSON, or no chunk; whole answers are cut short."""
    request = exchange.request
    _begin(exchange)
    if not request.streams:
        exchange.finish(payload(request, honest(request.prompt))[:-9])
        return
    for data in (*deltas(request, half_a_sentence(request.prompt)), *MALFORMED):
        exchange.send(data)
    exchange.finish(DONE)


MALFORMED = (
    b'data: {"id": "chatcmpl-1", "choices": [{"index": 0, "delta": {"content": "\n\n',
    b"data: {not json}\n\n",
    b"data: null\n\n",
    b"data: 42\n\n",
    b"data:\n\n",
    event({"choices": "none"}),
    event({"choices": [{"index": 0, "delta": None}]}),
    event({"choices": [{"index": 0, "delta": {"content": 7}}]}),
    event({"choises": [{"detla": {"contents": "欄位名稱不對。[1]"}}]}),
    'dta: {"choices": [{"delta": {"content": "行名不對。[1]"}}]}\n\n'.encode(),
    b"event: ping\n: a comment\nno colon at all\n\n",
)


def wrong_charset(exchange: Exchange) -> None:
    """Big5 under a UTF-8 header, then UTF-8 of which a character has lost its last byte."""
    request = exchange.request
    text = honest(request.prompt)
    _begin(exchange)
    if not request.streams:
        exchange.finish(payload(request, text).decode().encode("big5", "replace"))
        return
    for data in deltas(request, text):
        exchange.send(data.decode().encode("big5", "replace"))
    exchange.send(chunk(request, {"content": "斷"}).replace("斷".encode(), "斷".encode()[:-1]))
    exchange.finish(b"".join(ending(request, text)) + DONE)


def slow_to_connect(exchange: Exchange) -> None:
    """The request is taken and never answered."""
    exchange.wait()


def redirect(exchange: Exchange) -> None:
    """Elsewhere, which the server watches."""
    exchange.answer(302, b"", {"Location": exchange.redirect_url})


def web_page(exchange: Exchange) -> None:
    """The start page of some other server, as if all were well."""
    page = "<!doctype html><title>歡迎</title><p>這是首頁。</p>".encode()
    exchange.answer(200, page, {"Content-Type": "text/html; charset=utf-8"})


def tool_call(exchange: Exchange) -> None:
    """A call of a tool that nobody offered, and no text."""
    request = exchange.request
    if not request.streams:
        message = {"tool_calls": [TOOL_CALL]}
        exchange.answer(200, to_json(completion(request, message, "tool_calls")), {"Content-Type": WHOLE})
        return
    exchange.begin(STREAM)
    exchange.send(
        chunk(request, {"role": "assistant", "content": None, "tool_calls": [{"index": 0, **TOOL_CALL}]})
    )
    for data in ending(request, "", "tool_calls"):
        exchange.send(data)
    exchange.finish(DONE)


def _begin(exchange: Exchange) -> None:
    exchange.begin(STREAM if exchange.request.streams else WHOLE)


# Of the server as a whole: these meet every request, whatever it asks for.
EVERYWHERE: dict[str, Behaviour] = {
    "status_401": failing(
        401, error("invalid_request_error", "Incorrect API key provided.", "invalid_api_key")
    ),
    "status_429": failing(
        429, error("requests", "Rate limit reached.", "rate_limit_exceeded"), Retry_After=str(RETRY_AFTER)
    ),
    "status_500": failing(500, error("server_error", "The server had an error.")),
    "slow_to_connect": slow_to_connect,
    "redirect": redirect,
}
BEHAVIOURS: dict[str, Behaviour] = {
    **{name: saying(text) for name, text in SAYINGS.items()},
    "half_then_silence": half_then_silence,
    "drip": drip,
    "endless": endless,
    "long_line": long_line,
    "malformed_sse": malformed_sse,
    "wrong_charset": wrong_charset,
    "tool_call": tool_call,
    "web_page": web_page,
    **EVERYWHERE,
}
