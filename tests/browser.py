"""The real page in headless Chromium, for the tests that drive it: the browser, a served page, a tab of it.

A tab asserts when it ends that it called no other host and met no error.
"""

from __future__ import annotations

import os
import shutil
import socket
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest

from assistant.conversations import Conversations
from assistant.settings import Settings
from assistant.ui.chat import Chat
from assistant.ui.downloads import build_downloads
from assistant.ui.page import build_page, launch
from assistant.ui.tabs import build_tabs

ANSWER = ".answer:not(.waiting)"
CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
E2E = [
    pytest.mark.e2e,
    pytest.mark.skipif(CHROMIUM is None, reason="這台機器沒有 Chromium（Debian：apt install chromium）"),
]


@contextmanager
def started() -> Iterator[Any]:
    """A running browser."""
    playwright = pytest.importorskip("playwright.sync_api", reason="沒有安裝 playwright")
    flags = ["--disable-gpu", "--disable-dev-shm-usage"]
    if hasattr(os, "geteuid") and os.geteuid() == 0:
        flags.append("--no-sandbox")
    with playwright.sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=CHROMIUM, args=flags)
        yield browser
        browser.close()


def free_port() -> int:
    """A port that the system gives away, so that tests in several processes do not meet."""
    with closing(socket.create_server(("127.0.0.1", 0))) as listener:
        return int(listener.getsockname()[1])


@contextmanager
def served(assistant: Any, home: Path, *, with_tabs: bool = False) -> Iterator[str]:
    """The page over this assistant on a free port, for as long as the block runs."""
    port = free_port()
    with closing(Conversations.open(home)) as kept:
        tabs, files = build_tabs(assistant, Settings(home=home)) if with_tabs else ((), ())
        page = build_page(Chat(assistant, kept), tabs)
        launch(page, "127.0.0.1", port, [build_downloads(kept), *files])
        try:
            yield f"http://127.0.0.1:{port}"
        finally:
            page.close(verbose=False)


@contextmanager
def tab(browser: Any, url: str, **options: Any) -> Iterator[Any]:
    """A tab of a new browser profile; asserts that it called no other host and met no error."""
    context = browser.new_context(locale="zh-TW", viewport={"width": 1280, "height": 800}, **options)
    page = context.new_page()
    hosts: set[str | None] = set()
    errors: list[str] = []
    page.on("request", lambda request: hosts.add(urlsplit(request.url).hostname))
    page.on("pageerror", lambda error: errors.append(str(error)))
    page.goto(url)
    page.wait_for_selector("#shelf .shelf")
    yield page
    context.close()
    assert hosts <= {"127.0.0.1", None}  # None: data: and blob: addresses
    assert errors == []


def ask(page: Any, question: str, answers: int) -> None:
    """Ask and wait until that many answers stand there."""
    page.fill("#question textarea", question)
    page.press("#question textarea", "Enter")
    page.wait_for_function("([css, n]) => document.querySelectorAll(css).length >= n", arg=[ANSWER, answers])
