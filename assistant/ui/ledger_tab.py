"""The tab of the ledger: filters, the list page by page, one recommendation with what became of it.

What became of a recommendation is only ever what somebody typed here. Finds and stores nothing itself.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import gradio as gr

from assistant.assistant import Assistant
from assistant.citations import citation_of
from assistant.ledger import Record, Wanted
from assistant.ledger_kinds import KINDS, WHOM
from assistant.statuses import LABELS, STATUSES
from assistant.ui.chat import open_passage, open_report, unexpected
from assistant.ui.choices import Choices
from assistant.ui.ledger_files import FILTERS, read_wanted
from assistant.ui.ledger_shown import show_list, show_record, show_said
from assistant.ui.panel import passage_html, report_html
from assistant.ui.tab import PRIVATE, SCRIPT, Frame, one_at_a_time
from corpus.report import XindeError

WAIT = "<p class='quiet pad'>整理歷年建議中…</p>"
# The ledger reads the whole archive the first time, so one at a time.
LEDGER = one_at_a_time("ledger")
ALL = ("不限", "")
EMPTY = "檔案庫還是空的，沒有建議可以追蹤。請先加入出國報告（xinde add 資料夾），再回到這一頁。"
SAVED = "已儲存「{name}」的辦理情形。"
NOT_CHANGED = "沒有更動，不用儲存。"


class LedgerTab:
    """The tab over one assistant's ledger."""

    label, name = "建議追蹤", "ledger"

    def __init__(self, assistant: Assistant, today: Callable[[], date] = date.today) -> None:
        self._assistant = assistant
        self._today = today

    def build(self, frame: Frame) -> None:
        """Its components and their events."""
        with gr.Column(elem_classes="work wide"):
            with gr.Column(elem_classes="browse") as browse:
                filters = _lay_out_filters()
                listing = gr.HTML(WAIT, js_on_load=SCRIPT, elem_id="ledger-list")
            with gr.Column(elem_classes="record", visible=False) as detail:
                back = gr.Button("← 回清單", size="sm", elem_classes="back")
                shown = gr.HTML(js_on_load=SCRIPT, elem_id="ledger-record")
                form = _lay_out_form()
                save = gr.Button("儲存", variant="primary", elem_id="ledger-save")
                said = gr.HTML(js_on_load=SCRIPT, elem_id="ledger-said")
        at, chosen = gr.State(0), gr.State(None)
        listed = [listing, at]
        frame.tab.select(self.load, filters, [filters[1], filters[2], *listed], **LEDGER)
        asked = [filters[0].submit, *(one.change for one in filters[1:])]
        gr.on(asked, self.listing, filters, listed, **LEDGER)
        listing.click(self.turn, filters, listed, **LEDGER)
        opened = [browse, detail, shown, chosen, *form, said]
        gr.on([listing.select, shown.select], self.open, None, opened, **LEDGER)
        back.click(self.close, [at, *filters], [browse, detail, shown, *listed], **LEDGER)
        save.click(self.save, [chosen, *form], [shown, chosen, said], **LEDGER)
        shown.click(self.source, [chosen], [frame.panel], **PRIVATE)

    def load(self, *chosen: str) -> tuple[Any, ...]:
        """The choices that the archive has, and the list."""
        years = Choices.from_rows(self._assistant.archive.reports()).named_years
        topics = [ALL, *((name, name) for name in self._assistant.ledger.topics.names)]
        return gr.Dropdown(choices=years), gr.Dropdown(choices=topics), *self.listing(*chosen)

    def listing(self, *chosen: str, page: int = 0) -> tuple[str, int]:
        """One page of the records that these filters leave, or the sentence why there are none."""
        words = dict(zip(FILTERS, (one or "" for one in chosen), strict=True))
        if not self._assistant.archive.reports():
            return show_list((), words, 0, notice=EMPTY), 0
        try:
            records = self._assistant.ledger.records(read_wanted(self._assistant, words))
        except XindeError as error:
            return show_list((), words, 0, notice=str(error)), 0
        except Exception as error:
            return show_list((), words, 0, notice=unexpected(error)), 0
        return show_list(records, words, page), page

    def turn(self, event: gr.EventData, *chosen: str) -> tuple[Any, Any]:
        """Another page of the list."""
        page = str((event._data or {}).get("page", ""))
        return self.listing(*chosen, page=int(page)) if page.isdecimal() else (gr.skip(), gr.skip())

    def open(self, event: gr.EventData) -> tuple[Any, ...]:
        """One recommendation in place of the list."""
        try:
            record = self._assistant.ledger.find(str((event._data or {}).get("record", "")))
        except XindeError as error:
            return *[gr.skip()] * (4 + len(LABELS)), show_said(str(error), saved=False)
        values = [getattr(record.follow_up, name) for name in LABELS]
        return gr.Column(visible=False), gr.Column(visible=True), self._shown(record), record, *values, ""

    def close(self, page: int, *chosen: str) -> tuple[Any, ...]:
        """The list again, on the page where it was left."""
        return gr.Column(visible=True), gr.Column(visible=False), "", *self.listing(*chosen, page=page)

    def save(self, record: Record, *typed: str) -> tuple[Any, ...]:
        """Keep what was changed, and nothing that another colleague changed meanwhile."""
        known = record.follow_up
        values = {
            name: value or ""
            for name, value in zip(LABELS, typed, strict=True)
            if (value or "") != getattr(known, name)
        }
        if not values:
            return gr.skip(), record, show_said(NOT_CHANGED, saved=True)
        try:
            changed = self._assistant.ledger.set_status(record.recommendation.id, **values)
        except XindeError as error:
            return gr.skip(), record, show_said(f"沒有儲存：{error}", saved=False)
        except Exception as error:
            return gr.skip(), record, show_said(unexpected(error), saved=False)
        said = SAVED.format(name=changed.recommendation.heading or "這項建議")
        return self._shown(changed), changed, show_said(said, saved=True)

    def source(self, event: gr.EventData, record: Record) -> Any:
        """The recommendation in its report, or the outline of the report."""
        data, archive = event._data or {}, self._assistant.archive
        report = open_report(archive, record.recommendation.report_id)
        if "report" in data or isinstance(report, str):
            return report_html(report)
        one = record.recommendation
        return passage_html(open_passage(archive, citation_of(report, one.start, one.end, n=0)))

    def _shown(self, record: Record) -> str:
        """The record with the other times that it was made."""
        whole = self._assistant.ledger.records(Wanted(others=True))
        mine = [one for one in whole if one.cluster.id == record.cluster.id]
        others = [one for one in mine if one.recommendation.id != record.recommendation.id]
        return show_record(record, others, self._today())


def _lay_out_filters() -> list[Any]:
    with gr.Row(elem_classes="filters"):
        query = gr.Textbox(
            label="搜尋",
            placeholder="例如：志工、淨零",
            submit_btn="搜尋",
            elem_classes="search",
            elem_id="ledger-query",
        )
        year = gr.Dropdown([ALL], value="", label="年度", interactive=True, min_width=110)
        topic = gr.Dropdown([ALL], value="", label="主題", interactive=True, min_width=110)
        status = gr.Dropdown([ALL, *STATUSES], value="", label="採行情形", interactive=True, min_width=110)
        kinds = [(name or "不限", name) for name in KINDS]
        kind = gr.Dropdown(kinds, value="", label="明示或隱含", interactive=True, min_width=110)
        whom = gr.Dropdown(
            [name for name in WHOM if name], value="對本市", label="對象", interactive=True, min_width=110
        )
    return [query, year, topic, status, kind, whom]


# What is typed in a longer box.
LONG = ("reason", "note")


def _lay_out_form() -> list[Any]:
    """The fields of `LABELS` in their order."""
    form: dict[str, Any] = {}
    with gr.Row(elem_classes="fill"):
        form["status"] = gr.Dropdown(list(STATUSES), label=LABELS["status"], interactive=True)
        for name in ("unit", "timetable", "budget"):
            form[name] = gr.Textbox(label=LABELS[name], max_lines=1)
    for name in LONG:
        form[name] = gr.Textbox(label=LABELS[name], lines=2, max_lines=6)
    return [form[name] for name in LABELS]
