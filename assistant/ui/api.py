"""The chat completions over HTTP, on the page's own server below /v1, for programs of this machine.

A web page of another origin must not reach it, nor one that has its own name point here (DNS
rebinding): hence the two checks before anything is read. Nothing that is asked here is stored.
"""

from __future__ import annotations

import ipaddress
import json
import socket
from collections.abc import Iterator, Mapping
from functools import partial
from urllib.parse import urlsplit

from anyio import CapacityLimiter, to_thread
from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import JSONResponse, Response, StreamingResponse
from starlette.routing import Mount, Route
from starlette.types import ASGIApp, Receive, Scope, Send

from assistant.answer import Answer
from assistant.chat_api import (
    MOST_BYTES,
    ApiError,
    chunks,
    completion,
    error_json,
    models_json,
    read_request,
    too_large,
)
from assistant.ui.chat import Assistant, unexpected
from assistant.ui.headers import UNSTORED, is_foreign
from corpus.report import XindeError


def build_api(assistant: Assistant, host: str) -> Mount:
    """The routes below /v1; `host` is the address that the server listens on."""
    api = Api(assistant)
    app = Starlette(
        routes=[
            Route("/models", api.models),
            Route("/chat/completions", api.complete, methods=["POST"]),
        ],
        middleware=[Middleware(Guard, host=host)],
        exception_handlers={ApiError: _refuse, HTTPException: _refuse_path},
    )
    return Mount("/v1", app=app)


class Api:
    """The two routes over one assistant."""

    def __init__(self, assistant: Assistant) -> None:
        self._assistant = assistant
        # One question at a time, as on the page: those that wait cost no thread.
        self._one = CapacityLimiter(1)

    async def models(self, request: Request) -> Response:
        """The one model."""
        return JSONResponse(models_json())

    async def complete(self, request: Request) -> Response:
        """The answer at once or as server-sent events; raises ApiError where there is none."""
        asked = read_request(await _read_body(request))
        ask = partial(self._assistant.ask, asked.question, asked.history)
        try:
            answer = await to_thread.run_sync(ask, limiter=self._one)
        except XindeError as error:
            raise ApiError(str(error)) from error
        except Exception as error:  # the program gets a sentence, the log the trace
            raise ApiError(unexpected(error), 500) from error
        if asked.stream:
            return StreamingResponse(_events(answer), media_type="text/event-stream", headers=UNSTORED)
        return JSONResponse(completion(answer), headers=UNSTORED)


async def _read_body(request: Request) -> bytes:
    body = b""
    async for part in request.stream():
        body += part
        if len(body) > MOST_BYTES:
            raise too_large()
    return body


def _events(answer: Answer) -> Iterator[str]:
    for chunk in chunks(answer):
        yield f"data: {json.dumps(chunk, ensure_ascii=False)}\n\n"
    yield "data: [DONE]\n\n"


class Guard:
    """Middleware that lets in who calls this server by a name of its own, from no other web page."""

    def __init__(self, app: ASGIApp, host: str) -> None:
        self.app = app
        self._host = host

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on, or answer it with the reason why not."""
        reason = find_intrusion(Request(scope).headers, self._host)
        if reason:
            await _show(ApiError(reason, 403))(scope, receive, send)
        else:
            await self.app(scope, receive, send)


def find_intrusion(headers: Mapping[str, str], host: str) -> str:
    """Why a request with these headers is not let in, as a sentence; empty where it is."""
    called = headers.get("host", "")
    if not is_our_name(called, host):
        return f"這裡不是「{called}」。請用 http://127.0.0.1 加上埠號，或伺服器本身的位址連線。"
    if is_foreign(headers):
        return f"不接受別的網頁（{headers['origin']}）送來的請求。請從程式連線，不要從瀏覽器裡的網頁。"
    return ""


def is_our_name(called: str, host: str) -> bool:
    """Whether a Host header names this server, which listens on `host`.

    A server that listens everywhere may be called by any address in figures: no name was looked up.
    """
    try:
        name = urlsplit(f"//{called}").hostname or ""
    except ValueError:
        return False
    if name in ("localhost", host.lower()):
        return True
    try:
        address = ipaddress.ip_address(name)
    except ValueError:
        return name == socket.gethostname().lower()
    return address.is_loopback or host in ("0.0.0.0", "::")


def _show(error: ApiError) -> Response:
    return JSONResponse(error_json(error), error.status, headers=UNSTORED)


def _refuse(request: Request, error: Exception) -> Response:
    assert isinstance(error, ApiError)
    return _show(error)


def _refuse_path(request: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)
    there = "GET /v1/models 與 POST /v1/chat/completions"
    return _show(ApiError(f"沒有 {request.method} {request.url.path}；可用的是 {there}。", error.status_code))
