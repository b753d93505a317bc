"""The tab where one asks: its components, and which act of the chat each event calls; decides nothing."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Any

import gradio as gr

from assistant.answer import Answer, AskFilter, Turn, answer_json
from assistant.ui import view
from assistant.ui.chat import Chat, Session, refuse
from assistant.ui.choices import NAMED_CHAPTERS, Choices, describe, read_choices
from assistant.ui.headers import find_owner
from assistant.ui.panel import passage_html, report_html
from assistant.ui.samples import build_samples
from assistant.ui.shelf import Verdicts
from assistant.ui.tab import PRIVATE, SCRIPT, Frame
from assistant.ui.writing import at_intervals, is_written, show_writing
from corpus.report import XindeError

ANY_YEAR = Choices().named_years
# One question at a time goes to the assistant, the others wait in Gradio's queue: an extractive
# answer takes some milliseconds, and a queue is fairer than sixteen threads on two cores.
ASKING = {"concurrency_limit": 1, "concurrency_id": "ask"}
# Verdicts are kept in the order in which they were given, and none is dropped while another is written.
JUDGING: dict[str, Any] = {"concurrency_limit": 1, "trigger_mode": "multiple"}


class AskTab:
    """The tab over one chat."""

    label, name = "提問", "ask"

    def __init__(self, chat: Chat, disclosure: str) -> None:
        self._acts = Acts(chat, disclosure)

    def build(self, frame: Frame) -> None:
        """Its components, inside the open gr.Tab, and their events."""
        _wire(frame, _lay_out(), self._acts)


def _lay_out() -> dict[str, Any]:
    parts: dict[str, Any] = {"session": gr.State(Session())}
    with gr.Row(elem_classes="panes"):
        with gr.Column(elem_id="side", scale=0):
            _lay_out_filters(parts)
            parts["shelf"] = gr.HTML(elem_id="shelf", js_on_load=SCRIPT)
        with gr.Column(elem_id="main"):
            parts["thread"] = gr.HTML(elem_id="thread", js_on_load=SCRIPT)
            parts["writing"] = gr.HTML(elem_id="writing")
            parts["stop"] = gr.Button("停止", elem_id="stop", size="sm", visible=False)
            parts["question"] = gr.Textbox(
                elem_id="question",
                show_label=False,
                label="問題",
                placeholder="輸入問題，例如：有哪些關於淨零的建議？",
                submit_btn="提問",
                lines=1,
                max_lines=5,
                autofocus=True,
            )
    return parts


def _lay_out_filters(parts: dict[str, Any]) -> None:
    with gr.Accordion("篩選", open=True, elem_id="filters") as parts["scope"]:
        with gr.Row(elem_classes="years"):
            parts["first"] = gr.Dropdown(ANY_YEAR, label="起年", value="", min_width=80, interactive=True)
            parts["last"] = gr.Dropdown(ANY_YEAR, label="迄年", value="", min_width=80, interactive=True)
        parts["countries"] = gr.Dropdown([], label="國家", multiselect=True, interactive=True)
        parts["chapters"] = gr.Dropdown(NAMED_CHAPTERS, label="章節", multiselect=True, interactive=True)
        parts["reports"] = gr.Dropdown([], label="報告", multiselect=True, interactive=True)
        parts["clear"] = gr.Button("清除篩選", size="sm", elem_id="clear", visible=False)


FILTERS = ("first", "last", "countries", "chapters", "reports")


def _wire(frame: Frame, parts: dict[str, Any], acts: Acts) -> None:
    filters = [parts[name] for name in FILTERS]
    talk = [*(parts[name] for name in ("thread", "session", "question")), frame.panel, parts["shelf"]]
    session, thread = parts["session"], parts["thread"]
    frame.page.load(acts.load, None, [thread, session, parts["shelf"], *filters], **PRIVATE)
    asked = {"outputs": [*talk, parts["writing"], parts["stop"]], **PRIVATE, **ASKING}
    parts["stop"].click(acts.stop, None, [parts["stop"]], **PRIVATE)
    parts["question"].submit(acts.ask, [parts["question"], session, *filters], **asked)
    thread.submit(acts.ask_sample, [session, *filters], **asked)
    thread.click(acts.open_source, [session], [frame.panel], **PRIVATE)
    thread.like(acts.judge, [session], [thread], **PRIVATE, **JUDGING)
    parts["shelf"].click(acts.reopen, [session], talk, **PRIVATE)
    parts["shelf"].edit(acts.rename, [session], [parts["shelf"]], **PRIVATE)
    parts["shelf"].delete(acts.delete, [session], talk, **PRIVATE)
    frame.fresh.click(acts.start_again, [session], talk, **PRIVATE)
    changed = [component.change for component in filters]
    gr.on(changed, acts.name_scope, filters, [parts["scope"], parts["clear"]], **PRIVATE)
    parts["clear"].click(lambda: ("", "", [], [], []), None, filters, **PRIVATE)


class Acts:
    """Events of the page in, new values of its components out."""

    def __init__(self, chat: Chat, disclosure: str) -> None:
        self._chat = chat
        self._disclosure = disclosure

    def load(self, request: gr.Request) -> tuple[Any, ...]:
        """The tab as a browser first sees it."""
        rows = self._chat.assistant.archive.reports()
        choices = Choices.from_rows(rows)
        session = Session(find_owner(request.cookies))
        years = gr.Dropdown(choices=choices.named_years)
        return (
            self._thread(session),
            session,
            self._shelf(session),
            years,
            years,
            gr.Dropdown(choices=list(choices.countries)),
            gr.skip(),
            gr.Dropdown(choices=list(choices.reports)),
        )

    def ask(
        self, request: gr.Request, question: str, session: Session, *chosen: Any
    ) -> Iterator[tuple[Any, ...]]:
        """First the question with a sign that it is being answered, then the answer as it is written."""
        refusal = refuse(question)
        if refusal:
            yield self._thread(session, notice=refusal), session, *[gr.skip()] * 5
            return
        waiting = view.show_thread(
            session.exchanges, pending=question.strip(), verdicts=self._verdicts(session)
        )
        yield waiting, session, "", view.show_hint(), gr.skip(), "", gr.Button(visible=False)
        where, tab = read_choices(*chosen), request.session_hash or ""
        for asked in at_intervals(self._chat.asking(session, question, where, tab)):
            if asked.step is not None:
                yield *[gr.skip()] * 5, show_writing(asked.step), gr.Button(visible=is_written(asked.step))
            else:
                thread, done = (
                    self._thread(asked.session, notice=asked.notice),
                    ("", gr.Button(visible=False)),
                )
                yield thread, asked.session, "", gr.skip(), self._shelf(asked.session), *done

    def ask_sample(
        self, event: gr.EventData, request: gr.Request, session: Session, *chosen: Any
    ) -> Iterator[tuple[Any, ...]]:
        """Ask the question on the button that was pressed."""
        yield from self.ask(request, str(event._data.get("ask", "")), session, *chosen)

    def stop(self, request: gr.Request) -> Any:
        """Stop the answer that this tab is having written."""
        self._chat.stop(request.session_hash or "")
        return gr.Button(visible=False)

    def open_source(self, event: gr.EventData, session: Session) -> Any:
        """The passage behind a mark, or the outline of a report."""
        data = event._data or {}
        if "n" in data:
            return passage_html(self._chat.show(session, _number(data.get("turn")), _number(data["n"])))
        if "report" in data:
            return report_html(self._chat.report(str(data["report"])))
        return gr.skip()

    def reopen(self, event: gr.EventData, session: Session) -> tuple[Any, ...]:
        """An earlier conversation in place of the present one."""
        session, notice = self._chat.reopen(session, str((event._data or {}).get("open", "")))
        thread = self._thread(session, notice=notice)
        return thread, session, gr.skip(), view.show_hint(), self._shelf(session)

    def rename(self, event: gr.EventData, session: Session) -> str:
        """The shelf with another title in it."""
        data = event._data or {}
        notice = self._chat.shelf.rename(session.owner, str(data.get("id")), str(data.get("word", "")))
        return self._shelf(session, notice)

    def delete(self, event: gr.EventData, session: Session) -> tuple[Any, ...]:
        """The shelf without a conversation; a new one begins where that was the present one."""
        chosen = str((event._data or {}).get("id"))
        notice = self._chat.shelf.delete(session.owner, chosen)
        if notice or chosen != session.conversation_id:
            return *[gr.skip()] * 4, self._shelf(session, notice)
        return self.start_again(session)

    def judge(self, event: gr.EventData, session: Session) -> Any:
        """Nothing to redraw, for the page shows the verdict by itself; where it was not kept, why."""
        data = event._data or {}
        number, verdict, word = (data.get(name, "") for name in ("number", "verdict", "word"))
        kept = self._chat.shelf.judge
        notice = kept(session.owner, session.conversation_id, _number(number), str(verdict), str(word))
        return self._thread(session, notice) if notice else gr.skip()

    def start_again(self, session: Session) -> tuple[Any, ...]:
        """A new conversation of the same owner."""
        session = replace(session, conversation_id=None, exchanges=())
        return self._thread(session), session, "", view.show_hint(), self._shelf(session)

    def name_scope(self, *chosen: Any) -> tuple[Any, Any]:
        """What the filters are set to, in the heading above them."""
        words = describe(read_choices(*chosen), chosen[3])
        return gr.Accordion(label=f"篩選：{words}" if words else "篩選"), gr.Button(visible=bool(words))

    def _thread(self, session: Session, notice: str = "") -> str:
        rows = self._chat.assistant.archive.reports()
        if not rows and not session.exchanges:
            return view.show_empty()
        return view.show_thread(
            session.exchanges, samples=build_samples(rows), notice=notice, verdicts=self._verdicts(session)
        )

    def _shelf(self, session: Session, notice: str = "") -> str:
        listed = self._chat.listed(session.owner)
        return view.show_shelf(listed, session.conversation_id, notice, self._disclosure)

    def _verdicts(self, session: Session) -> Verdicts:
        return self._chat.shelf.verdicts(session.owner, session.conversation_id)


def _number(value: Any) -> int:
    text = str(value)
    return int(text) if text.isdecimal() else -1


def build_ask(chat: Chat) -> Any:
    def ask(question: str, history: list[dict[str, str]] | None = None) -> dict[str, Any]:
        """Answer one question; `history` is a list of {"role", "content"}."""
        refusal = refuse(question)
        if refusal:
            raise gr.Error(refusal)
        try:
            return answer_json(_ask(chat, question, history or []))
        except XindeError as error:
            raise gr.Error(str(error)) from error

    return ask


def _ask(chat: Chat, question: str, history: Sequence[dict[str, str]]) -> Answer:
    turns = [
        Turn("user" if turn.get("role") == "user" else "assistant", str(turn.get("content", "")))
        for turn in history
    ]
    return chat.assistant.ask(question, turns, AskFilter())
