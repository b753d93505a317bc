"""Parts that tests of the page's tabs share: events, requests, what a piece of HTML says."""

from __future__ import annotations

import re
from typing import Any

import gradio as gr

from assistant.ui.headers import COOKIE

OWNER, STRANGER = "m" * 43, "o" * 43


class Request:
    """What a handler reads of a request: the browser's cookie and its tab."""

    def __init__(self, owner: str = OWNER) -> None:
        self.cookies = {COOKIE: owner}
        self.session_hash = owner[:8]


def click(**data: Any) -> gr.EventData:
    """What the page's script sends."""
    return gr.EventData(None, data)


def words(html: str) -> str:
    """The text of a piece of HTML, its white space put together."""
    return " ".join(re.sub(r"<[^>]+>", " ", html).split())


def tokens(html: str) -> list[str]:
    """The tokens of the downloads that a piece of HTML offers."""
    return list(dict.fromkeys(re.findall(r"/made/([\w-]+)\.", html)))
