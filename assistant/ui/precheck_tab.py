"""The tab before a trip: what is planned, then the similar trips with what they learned and recommended.

Which act each event calls; nothing is decided here.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import gradio as gr

from assistant.assistant import Assistant, check_question
from assistant.export.precheck import TITLE, made_precheck, precheck_document
from assistant.precheck import RECENT_YEARS, WHY_NAMES, Plan, Precheck, precheck
from assistant.render import cut
from assistant.render_precheck import ASK, NOTHING, OPEN
from assistant.settings import Settings
from assistant.statuses import UNFILLED
from assistant.ui.chat import open_passage, open_report, unexpected
from assistant.ui.choices import Choices, read_choices
from assistant.ui.headers import find_owner
from assistant.ui.outbox import TAKE, Outbox, Parcel
from assistant.ui.panel import passage_html, report_html
from assistant.ui.tab import PRIVATE, SCRIPT, Frame, one_at_a_time
from assistant.ui.view import render, show_hint
from assistant.wording import show_period
from corpus.report import XindeError

NO_PLAN = "還沒有填。活動、地點、主題請至少填一項，例如地點「日本」。"
INTRO = "出國前先看過去類似的出國案：學到什麼、建議過什麼、哪些建議還沒有結果，每一項都附出處。"
# Columns of an item that are shown; the whole stands in the panel.
LONGEST = 260


class PrecheckTab:
    """The tab over one assistant."""

    label, name = "行前", "precheck"

    def __init__(
        self,
        assistant: Assistant,
        settings: Settings,
        outbox: Outbox,
        today: Callable[[], date] = date.today,
    ) -> None:
        self._assistant = assistant
        self._disclosure = settings.draft_disclosure
        self._outbox = outbox
        self._today = today

    def build(self, frame: Frame) -> None:
        """Its components and their events."""
        found = gr.State(None)
        with gr.Row(elem_classes="work two"):
            with gr.Column(elem_classes="ask", scale=0, min_width=300):
                event = gr.Textbox(label="活動", placeholder="例如：世界城市論壇", max_lines=1)
                place = gr.Textbox(label="地點", placeholder="例如：日本", max_lines=1)
                topic = gr.Textbox(label="主題", placeholder="例如：防災", max_lines=1)
                with gr.Row(elem_classes="fill"):
                    any_year = Choices().named_years
                    years = [
                        gr.Dropdown(any_year, value="", label=label, min_width=100, interactive=True)
                        for label in ("起年", "迄年")
                    ]
                start = gr.Button("查過去的出國案", variant="primary", elem_id="precheck-start")
            with gr.Column(elem_classes="came"):
                shown = gr.HTML(
                    render("wait.html", sentence=INTRO, busy=False), js_on_load=SCRIPT, elem_id="precheck"
                )
        frame.tab.select(self.load, None, years, **PRIVATE)
        asked = [start.click, event.submit, place.submit, topic.submit]
        outputs = [shown, found, frame.panel]
        gr.on(asked, self.look_up, [event, place, topic, *years], outputs, **one_at_a_time(self.name))
        shown.click(self.source, [found], [frame.panel], **PRIVATE)

    def load(self) -> tuple[Any, Any]:
        """The years that the archive has."""
        years = Choices.from_rows(self._assistant.archive.reports()).named_years
        return gr.Dropdown(choices=years), gr.Dropdown(choices=years)

    def look_up(
        self, request: gr.Request, event: str, place: str, topic: str, first: str, last: str
    ) -> tuple[Any, ...]:
        """The similar trips with their downloads, or the sentence why there are none."""
        years = read_choices(first, last, (), (), ()).years
        plan = Plan(event.strip(), place.strip(), topic.strip(), years)
        if not plan.text:
            return self._said(NO_PLAN)
        try:
            check_question(plan.text)
            found = precheck(self._assistant, plan, self._today())
        except XindeError as error:
            return self._said(str(error))
        except Exception as error:
            return self._said(unexpected(error))
        if not found.trips:
            return self._said(NOTHING.format(plan=plan.named))
        parcel = Parcel(
            TITLE.format(plan=plan.named),
            lambda disclosure: precheck_document(found, disclosure),
            [made_precheck(found)],
            self._disclosure,
        )
        token = self._outbox.keep(find_owner(request.cookies), parcel)
        return self._show(found, token), found, show_hint()

    def source(self, event: gr.EventData, found: Precheck | None) -> Any:
        """The passage behind a mark, or the outline of a report."""
        data, archive = event._data or {}, self._assistant.archive
        if "report" in data:
            return report_html(open_report(archive, str(data["report"])))
        citations = found.citations if found else ()
        citation = next((one for one in citations if str(one.n) == str(data.get("n"))), None)
        return passage_html(open_passage(archive, citation)) if citation else gr.skip()

    def _said(self, sentence: str) -> tuple[Any, ...]:
        return render("said.html", sentence=sentence, saved=False), None, gr.skip()

    def _show(self, found: Precheck, token: str) -> str:
        recent = [trip for trip in found.trips if trip.is_recent]
        earlier = [trip for trip in found.trips if not trip.is_recent]
        return render(
            "precheck.html",
            found=found,
            groups=[(f"近 {RECENT_YEARS} 年", recent), ("更早", earlier)],
            still=[(trip, one) for trip in found.trips for one in trip.recommended if one.is_open],
            why=WHY_NAMES,
            period=show_period,
            cut=cut,
            longest=LONGEST,
            open=OPEN,
            ask=ASK,
            unfilled=UNFILLED,
            token=token,
            disclosure=self._disclosure,
            **TAKE,
        )
