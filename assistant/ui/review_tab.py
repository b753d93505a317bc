"""The tab of the review: a file and what it is compared with, then what the rules found in it.

Which act each event calls; nothing is decided here.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import gradio as gr

from assistant.assistant import Assistant
from assistant.export.review import made_review, review_document
from assistant.review import Review
from assistant.settings import Settings
from assistant.ui import view
from assistant.ui.chat import open_passage
from assistant.ui.headers import find_owner
from assistant.ui.outbox import Outbox, Parcel
from assistant.ui.panel import passage_html
from assistant.ui.review_shown import show_review
from assistant.ui.reviews import Reviews, find_twin
from assistant.ui.tab import PRIVATE, SCRIPT, Frame, one_at_a_time
from assistant.ui.uploads import Upload, take, take_more, without

WAIT = "讀取檔案、逐項檢核並比對檔案庫中…"
INTRO = (
    "交出去之前先自我檢核：章節、摘要、建議、空話、引文、數字、日期，以及和檔案庫或自備資料雷同的段落。"
    "上傳的檔案只用來檢核，不會存進檔案庫。"
)


class ReviewTab:
    """The tab over one archive."""

    label, name = "檢核", "review"

    def __init__(self, assistant: Assistant, settings: Settings, outbox: Outbox) -> None:
        self._archive = assistant.archive
        self._reviews = Reviews(assistant.archive, settings)
        self._outbox = outbox

    def build(self, frame: Frame) -> None:
        """Its components and their events."""
        upload, sources, done = gr.State(None), gr.State(()), gr.State(None)
        with gr.Row(elem_classes="work two"):
            with gr.Column(elem_classes="ask", scale=0, min_width=300):
                file = gr.File(label="報告或草稿（docx、odt、pdf、txt、md）", elem_classes="drop", height=120)
                others = gr.File(
                    label="寫作時用的資料，可不放",
                    file_count="multiple",
                    elem_classes="drop",
                    height=150,
                )
                number = gr.Number(self._reviews.standards.recommendations, label="建議至少幾項", precision=0)
                start = gr.Button("開始檢核", variant="primary", elem_id="review-start")
            with gr.Column(elem_classes="came"):
                shown = gr.HTML(
                    view.render("wait.html", sentence=INTRO, busy=False), js_on_load=SCRIPT, elem_id="review"
                )
        file.upload(take, [file, upload], [upload], **PRIVATE)
        file.clear(lambda: None, None, [upload], **PRIVATE)
        others.upload(take_more, [others, sources], [sources], **PRIVATE)
        others.delete(self.drop, [sources], [sources], **PRIVATE)
        others.clear(lambda: (), None, [sources], **PRIVATE)
        given, outputs = [file, others, upload, sources, number], [upload, sources, shown, done]
        start.click(self.review, given, [*outputs, frame.panel, start], **one_at_a_time(self.name))
        shown.click(self.source, [done], [frame.panel], **PRIVATE)

    def review(
        self,
        request: gr.Request,
        path: str | None,
        paths: list[str] | None,
        upload: Upload | None,
        sources: tuple[Upload, ...],
        number: float | None,
    ) -> Iterator[tuple[Any, ...]]:
        """First a sign of work, then the review with its downloads."""
        upload, sources = take(path, upload), take_more(paths, sources)
        wait = view.render("wait.html", sentence=WAIT, busy=True)
        yield upload, sources, wait, None, view.show_hint(), gr.Button(interactive=False)
        done, ready = self._reviews.review(upload, sources, number), gr.Button(interactive=True)
        if isinstance(done, str):
            said = view.render("said.html", sentence=done, saved=False)
            yield gr.skip(), gr.skip(), said, None, gr.skip(), ready
        else:
            document, made = review_document(done), made_review(done)
            parcel = Parcel(document.title, lambda _: document, [made])
            token = self._outbox.keep(find_owner(request.cookies), parcel)
            yield gr.skip(), gr.skip(), show_review(done, token), done, gr.skip(), ready

    def drop(self, event: gr.DeletedFileData, sources: tuple[Upload, ...]) -> tuple[Upload, ...]:
        """The sources but for one that was taken off the list."""
        return without(Path(event.file.path).name, sources)

    def source(self, event: gr.EventData, done: Review | None) -> Any:
        """The passage of the archive that a paragraph is like."""
        number = str((event._data or {}).get("n", ""))
        citation = find_twin(done, int(number)) if done and number.isdecimal() else None
        return passage_html(open_passage(self._archive, citation)) if citation else gr.skip()
