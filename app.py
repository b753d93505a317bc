"""The chat page: read settings, open the Assistant, build the page, serve it. `xinde serve` runs this."""

from __future__ import annotations

import argparse
import sys
import threading
from contextlib import closing, suppress

from assistant.assistant import Assistant
from assistant.cli import main
from assistant.conversations import Conversations
from assistant.llm import load_libraries
from assistant.logbook import open_log
from assistant.outcome import Outcome
from assistant.ports import find_port
from assistant.settings import Settings
from assistant.ui.api import build_api
from assistant.ui.chat import Chat
from assistant.ui.downloads import build_downloads
from assistant.ui.page import build_page, launch
from assistant.ui.tabs import build_tabs


def serve(options: argparse.Namespace, settings: Settings) -> Outcome:
    """Open the page and stay until Ctrl-C."""
    open_log(settings.log)
    port = find_port(settings.host, settings.port)
    address = f"http://{settings.host}:{port}"
    with closing(Assistant.open(settings)) as assistant, closing(Conversations.open(settings.home)) as kept:
        if assistant.writer is not None:
            threading.Thread(target=load_libraries, daemon=True).start()
        tabs, files = build_tabs(assistant, settings)
        page = build_page(Chat(assistant, kept), tabs, disclosure=settings.draft_disclosure)
        kept_files = build_downloads(kept, settings.draft_disclosure)
        routes = [build_api(assistant, settings.host), kept_files, *files]
        launch(page, settings.host, port, routes, file_mb=settings.max_file_mb)
        moved = f"埠號 {settings.port} 已被占用，改用 {port}。\n" if port != settings.port else ""
        sys.stderr.write(f"{moved}問答網頁已開啟：{address}（按 Ctrl-C 結束）\n")
        with suppress(KeyboardInterrupt):
            threading.Event().wait()
        page.close(verbose=False)
    return Outcome("網頁已關閉。", {"served": address})


if __name__ == "__main__":
    raise SystemExit(main(["serve", *sys.argv[1:]]))
