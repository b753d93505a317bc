"""The tab of drafts: the form of a trip and its notes, the draft beside what each sentence rests on.

Which act each event calls; nothing is decided here.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import gradio as gr

from assistant.assistant import Assistant
from assistant.draft import Draft
from assistant.draft_writing import DraftStep
from assistant.drafting import FEWEST, MOST
from assistant.export.draft import draft_document, made_items
from assistant.settings import Settings
from assistant.ui import view
from assistant.ui.chat import open_passage
from assistant.ui.draft_shown import show_draft, show_grounds, show_note
from assistant.ui.drafts import Drafts, Form, find_note
from assistant.ui.headers import find_owner
from assistant.ui.outbox import Outbox, Parcel
from assistant.ui.panel import passage_html
from assistant.ui.tab import PRIVATE, SCRIPT, Frame, one_at_a_time
from assistant.ui.uploads import Upload, take
from assistant.ui.writing import at_intervals
from corpus.limits import Limits

PARTS = [("心得與建議", "both"), ("心得", "心得"), ("建議", "建議")]
WAIT = "讀取札記、查找過去的報告中…"
PASTE = "每件事一句，例如：\n廢熱供應三千戶暖氣，每年省下四百萬克朗。\n港區每週公布一次水質。"
INTRO = "心得與建議的草稿會出現在這裡：每一句都標明出自札記、過去的報告、擬議或待補；札記沒有的不會編造。"


class DraftTab:
    """The tab over one assistant."""

    label, name = "草擬", "draft"

    def __init__(self, assistant: Assistant, settings: Settings, outbox: Outbox) -> None:
        self._archive = assistant.archive
        self._drafts = Drafts(assistant, Limits(file_mb=settings.max_file_mb))
        self._disclosure = settings.draft_disclosure
        self._outbox = outbox

    def build(self, frame: Frame) -> None:
        """Its components and their events."""
        upload, made = gr.State(None), gr.State(None)
        with gr.Row(elem_classes="work two"):
            with gr.Column(elem_classes="ask", scale=0, min_width=300):
                form, file = self._lay_out_form()
                make = gr.Button("產生草稿", variant="primary", elem_id="draft-make")
            with gr.Column(elem_classes="came", elem_id="draft-came"):
                stop = gr.Button("停止", size="sm", elem_classes="back", visible=False)
                shown = gr.HTML(
                    view.render("wait.html", sentence=INTRO, busy=False), js_on_load=SCRIPT, elem_id="draft"
                )
        file.upload(take, [file, upload], [upload], **PRIVATE)
        file.clear(lambda: None, None, [upload], **PRIVATE)
        outputs = [upload, shown, made, frame.panel, make, stop]
        make.click(self.draft, [file, upload, *form], outputs, **one_at_a_time(self.name))
        stop.click(self.stop, None, [stop], **PRIVATE)
        shown.click(self.source, [made], [frame.panel], **PRIVATE)

    def _lay_out_form(self) -> tuple[list[Any], Any]:
        """The fields in the order of `Form`, and that of the file."""
        event = gr.Textbox(label="活動", placeholder="例如：亞太城市峰會", max_lines=1)
        place = gr.Textbox(label="地點", placeholder="例如：日本東京", max_lines=1)
        with gr.Row(elem_classes="fill"):
            first = gr.Textbox(label="開始日期", placeholder="115/4/26", max_lines=1, min_width=120)
            last = gr.Textbox(label="結束日期", placeholder="115/4/30", max_lines=1, min_width=120)
        agency = gr.Textbox(label="服務機關", max_lines=1)
        people = gr.Textbox(label="出國人員（姓名職稱）", max_lines=1)
        file = gr.File(label="札記（txt、md、docx、odt、pdf）", elem_classes="drop", height=120)
        pasted = gr.Textbox(label="或貼上札記", placeholder=PASTE, lines=5, max_lines=14)
        part = gr.Radio(PARTS, value="both", label="要寫的章節")
        items = gr.Radio(list(range(FEWEST, MOST + 1)), value=3, label="各寫幾項")
        use_model = gr.Checkbox(
            label="用語言模型寫（否則摘錄）", value=True, visible=self._drafts.has_model, container=False
        )
        return [event, place, first, last, agency, people, pasted, part, items, use_model], file

    def draft(
        self, request: gr.Request, path: str | None, upload: Upload | None, *typed: Any
    ) -> Iterator[tuple[Any, ...]]:
        """First a sign of work, then the draft as it grows, then it with its downloads."""
        upload = take(path, upload)
        wait, busy = view.render("wait.html", sentence=WAIT, busy=True), gr.Button(interactive=False)
        yield upload, wait, None, view.show_hint(), busy, gr.Button(visible=False)
        tab, form = request.session_hash or "", Form(*typed)
        ready = gr.Button(interactive=True), gr.Button(visible=False)
        for moment in at_intervals(self._drafts.drafting(form, upload, tab)):
            if moment.step is not None:
                writes = form.use_model and self._drafts.has_model
                writer = "語言模型" if writes else ""
                html = show_draft(moment.step, writer=writer)
                yield gr.skip(), html, *[gr.skip()] * 3, gr.Button(visible=writes)
            elif moment.draft is None:
                said = view.render("said.html", sentence=moment.refusal, saved=False)
                yield gr.skip(), said, None, gr.skip(), *ready
            else:
                token = self._outbox.keep(find_owner(request.cookies), self.parcel(moment.draft))
                html = show_draft(DraftStep(moment.draft), token=token, disclosure=self._disclosure)
                yield gr.skip(), html, moment.draft, show_grounds(moment.draft), *ready

    def stop(self, request: gr.Request) -> Any:
        """Stop the draft that this tab is having written."""
        self._drafts.stop(request.session_hash or "")
        return gr.Button(visible=False)

    def source(self, event: gr.EventData, draft: Draft | None) -> Any:
        """What a mark rests on: a note, or a passage of a past report; or all of them."""
        data = event._data or {}
        if draft is None:
            return gr.skip()
        if "grounds" in data:
            return show_grounds(draft, opened=True)
        if "note" in data:
            found = find_note(draft, int(data["note"]))
            return show_note(*found, draft.notes.file) if found else gr.skip()
        citation = next((one for one in draft.citations if str(one.n) == str(data.get("n"))), None)
        return passage_html(open_passage(self._archive, citation)) if citation else gr.skip()

    def parcel(self, draft: Draft) -> Parcel:
        """The draft to be taken away."""
        return Parcel(
            draft.trip.title,
            lambda disclosure: draft_document(draft, disclosure),
            made_items(draft),
            self._disclosure,
        )
