"""Parts that tests of the page's tabs share: events, requests, an archive, what a piece of HTML says."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

import gradio as gr
import trips

from assistant.assistant import Assistant
from assistant.llm import Model
from assistant.settings import Settings
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


@contextmanager
def six_documents(folder: Path, model: Model | None = None) -> Iterator[Assistant]:
    """An assistant over the archive of `trips`, which may write with a model."""
    home, papers = folder / "home", folder / "papers"
    papers.mkdir()
    trips.fill(home, papers)
    with closing(Assistant.open(Settings(home=home), model)) as assistant:
        yield assistant


def words(html: str) -> str:
    """The text of a piece of HTML, its white space put together."""
    return " ".join(re.sub(r"<[^>]+>", " ", html).split())


def tokens(html: str) -> list[str]:
    """The tokens of the downloads that a piece of HTML offers."""
    return list(dict.fromkeys(re.findall(r"/made/([\w-]+)\.", html)))
