"""The page: its head, its tabs, the panel beside them, and how it is served. Nothing is decided here."""

from __future__ import annotations

from collections.abc import Sequence

import gradio as gr
from starlette.middleware import Middleware
from starlette.routing import BaseRoute

from assistant.settings import Settings
from assistant.ui import view
from assistant.ui.ask_tab import ASKING, AskTab, build_ask
from assistant.ui.chat import Chat
from assistant.ui.choices import Choices
from assistant.ui.headers import Headers
from assistant.ui.tab import FOLDER, PRIVATE, SCRIPT, Frame, Tab
from assistant.ui.theme import build_theme

TITLE = "心得：公務出國報告問答"
STYLES = ("page.css", "tabs.css")
# What was uploaded is read and removed at once; what a broken connection left goes within the hour.
LEFTOVERS = (600, 3600)


def build_page(
    chat: Chat, tabs: Sequence[Tab] = (), *, disclosure: str = Settings.draft_disclosure
) -> gr.Blocks:
    """The whole page: the chat, and `tabs` beside it; `disclosure` closes exported conversations."""
    with gr.Blocks(title=TITLE, fill_width=True, analytics_enabled=False, delete_cache=LEFTOVERS) as page:
        # First, so that it and none of the page's own events gets the name "ask".
        gr.api(build_ask(chat), api_name="ask", **ASKING)
        with gr.Row(elem_id="top"):
            header = gr.HTML(elem_id="header")
            fresh = gr.Button("＋ 新對話", elem_id="new", size="sm", scale=0)
        panel = gr.HTML(view.show_hint(), elem_id="passage", js_on_load=SCRIPT, render=False)
        with gr.Row(elem_id="layout"):
            with gr.Tabs(elem_id="tabs", overflow_behavior="wrap"):
                for tab in (AskTab(chat, disclosure), *tabs):
                    with gr.Tab(tab.label, id=tab.name, elem_id=f"tab-{tab.name}") as container:
                        tab.build(Frame(page, container, panel, fresh))
            with gr.Column(elem_id="panel", scale=0):
                panel.render()
        panel.click(view.show_hint, None, [panel], **PRIVATE)
        page.load(lambda: _header(chat), None, [header], **PRIVATE)
    return page


def _header(chat: Chat) -> str:
    rows = chat.assistant.archive.reports()
    return view.show_header(len(rows), Choices.from_rows(rows).years)


def launch(
    page: gr.Blocks, host: str, port: int, routes: Sequence[BaseRoute] = (), *, file_mb: int = 100
) -> None:
    """Serve the page, and `routes` beside it, in the background; `page.close()` ends it.

    A file above `file_mb` is refused by its readers, with a sentence; one far above that by the server.
    """
    page.queue(default_concurrency_limit=8, max_size=64)
    page.launch(
        server_name=host,
        server_port=port,
        prevent_thread_lock=True,
        quiet=True,
        share=False,
        show_error=False,
        footer_links=[],
        run_history=False,
        enable_monitoring=False,
        ssr_mode=False,
        max_file_size=f"{2 * file_mb}mb",
        app_kwargs={
            "middleware": [Middleware(Headers)],
            "routes": [*routes],
            "docs_url": None,
            "redoc_url": None,
        },
        theme=build_theme(),
        css_paths=[FOLDER / name for name in STYLES],
    )
