"""Headers of every response: the browser may load from this server only, and who it is.

A random cookie names the browser, so that conversations are shown to the one that had them.
"""

from __future__ import annotations

import re
import secrets
from collections.abc import Mapping

from starlette.datastructures import MutableHeaders
from starlette.requests import Request
from starlette.types import ASGIApp, Message, Receive, Scope, Send

COOKIE = "xinde_browser"
# For answers and files that belong to one browser alone.
UNSTORED = {"Cache-Control": "no-store"}
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
        known = find_owner(Request(scope).cookies)

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


def new_cookie(*, secure: bool) -> str:
    """A cookie with a fresh name for a browser, kept for a year."""
    flags = "; Secure" if secure else ""
    token = secrets.token_urlsafe(32)
    return f"{COOKIE}={token}; Max-Age=31536000; Path=/; HttpOnly; SameSite=Strict{flags}"


def find_owner(cookies: Mapping[str, str]) -> str:
    """The browser's name, or nothing where it has none of ours."""
    value = cookies.get(COOKIE, "")
    return value if _TOKEN.fullmatch(value) else ""
