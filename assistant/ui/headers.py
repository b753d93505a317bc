"""Headers of every response: the browser may load from this server only, and who it is.

A random cookie names the browser, so that conversations are shown to the one that had them. No other web
page may have a browser upload files here.
"""

from __future__ import annotations

import re
import secrets
from collections.abc import Mapping
from urllib.parse import urlsplit

from starlette.datastructures import MutableHeaders
from starlette.requests import Request
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

COOKIE = "xinde_browser"
# For answers and files that belong to one browser alone.
UNSTORED = {"Cache-Control": "no-store"}
UPLOAD = "/gradio_api/upload"
FOREIGN = "不接受別的網頁（{origin}）送來的檔案。請在這個網頁裡上傳。"
_TOKEN = re.compile(r"[\w-]{32,64}")
# Gradio's page builds its templates with Function(), hence unsafe-eval; its styles are inline.
POLICY = (
    "default-src 'self'; script-src 'self' 'unsafe-inline' 'unsafe-eval'; style-src 'self' 'unsafe-inline'; "
    "img-src 'self' data: blob:; font-src 'self' data:; connect-src 'self'; worker-src 'self' blob:; "
    "object-src 'none'; base-uri 'self'; form-action 'self'; frame-ancestors 'self'"
)


class Headers:
    """Middleware that adds them."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on and complete the head of its answer."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        request = Request(scope)
        if scope["path"] == UPLOAD and is_foreign(request.headers):
            refusal = FOREIGN.format(origin=request.headers["origin"])
            await PlainTextResponse(refusal, 403, headers=UNSTORED)(scope, receive, send)
            return
        known = find_owner(request.cookies)

        async def complete(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                headers["Content-Security-Policy"] = POLICY
                headers["X-Content-Type-Options"] = "nosniff"
                headers["Referrer-Policy"] = "no-referrer"
                if not known and scope["path"] == "/":
                    headers.append("Set-Cookie", new_cookie(secure=scope.get("scheme") == "https"))
            await send(message)

        await self.app(scope, receive, complete)


def is_foreign(headers: Mapping[str, str]) -> bool:
    """Whether a web page of another server sent the request with these headers."""
    origin = headers.get("origin")
    return origin is not None and address_of(origin) != headers.get("host", "").lower()


def address_of(origin: str) -> str:
    """Host and port of an Origin header; empty where it has none ("null")."""
    try:
        parts = urlsplit(origin)
    except ValueError:
        return ""
    return parts.netloc.lower() if parts.scheme in ("http", "https") else ""


def new_cookie(*, secure: bool) -> str:
    """A cookie with a fresh name for a browser, kept for a year."""
    flags = "; Secure" if secure else ""
    token = secrets.token_urlsafe(32)
    return f"{COOKIE}={token}; Max-Age=31536000; Path=/; HttpOnly; SameSite=Strict{flags}"


def find_owner(cookies: Mapping[str, str]) -> str:
    """The browser's name, or nothing where it has none of ours."""
    value = cookies.get(COOKIE, "")
    return value if _TOKEN.fullmatch(value) else ""
