"""What another program's agent may do with the archive: search, ask, show, ledger, precheck, draft.

Each act returns words for the model that reads it and a document for programs. Knows nothing of the
protocol by which it is called; the docstrings are what an agent is told of each act.
"""

from __future__ import annotations

import tempfile
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from assistant.answer import AskFilter, Citation, answer_json
from assistant.assistant import Assistant
from assistant.commands import read_turns, report_json
from assistant.desk import Desk
from assistant.draft import PARTS, draft_json
from assistant.filters import build_filter
from assistant.found import Found, find
from assistant.ledger import record_json
from assistant.ledger_filter import build_wanted, is_topic
from assistant.ledger_view import render_ledger
from assistant.precheck import Plan, precheck_json
from assistant.precheck import precheck as look_up
from assistant.render import UNWRAPPED, render_answer, render_citation, render_report
from assistant.render_draft import render_draft
from assistant.render_precheck import render_precheck
from assistant.trip import Trip
from corpus.report import XindeError

MOST_PASSAGES = 50
MOST_RECORDS = 200
PASTED = "札記.txt"
ANSWERED = ("question", "language", "answer", "abstained", "mode", "citations", "nearest")


class BadCall(XindeError):
    """Arguments that no act can use; the sentence says which can."""


@dataclass(frozen=True)
class Reply:
    """What an act gives back: the same twice, for reading and for computing."""

    text: str
    document: dict[str, Any]


class Tools:
    """The acts over one assistant; each raises XindeError with a sentence where it cannot be done."""

    def __init__(self, assistant: Assistant) -> None:
        self._assistant = assistant

    def search(
        self,
        query: str,
        k: int = 8,
        year: str | int | None = None,
        country: str | None = None,
        chapter: str | None = None,
    ) -> Reply:
        """Find passages of the overseas-trip reports (公務出國報告), best first: exact text with report,
        chapter and page. Narrow by year (2020, 109 for 民國109年, or 2018-2020), country (as the reports
        write it, e.g. 日本) and chapter (目的, 過程, 心得, 建議, 摘要, 附錄, 其他)."""
        where = self._filter(year, country, chapter)
        found = find(self._assistant, query, where, max(1, min(k, MOST_PASSAGES)))
        text = "\n\n".join(_render_found(n, one) for n, one in enumerate(found, start=1))
        return Reply(text or "檔案庫裡沒有符合的段落。", {"passages": [vars(one) for one in found]})

    def ask(self, question: str, history: list[Any] | None = None) -> Reply:
        """Answer a question, in Chinese or English, from the reports alone. Each sentence ends in [n], the
        number of its citation (file, chapter, page, exact quote). `abstained` means that the archive holds
        no answer (檔案中查無); `nearest` are the closest reports. For a follow-up give the earlier turns as
        `history`: strings (user) or {"role": "user" | "assistant", "content": "…"}."""
        answer = self._assistant.ask(question, read_turns(history or [], "history "))
        document = answer_json(answer)
        return Reply(render_answer(answer, UNWRAPPED), {name: document[name] for name in ANSWERED})

    def show(self, report: str) -> Reply:
        """Show one report by its id or file name: metadata, chapters (章節) with pages, and the numbered
        items of 心得 (reflections) and 建議 (recommendations)."""
        document = report_json(self._assistant.archive.report(report))
        return Reply(render_report(document, UNWRAPPED), document)

    def ledger(
        self, topic: str | None = None, year: str | int | None = None, status: str | None = None
    ) -> Reply:
        """List the recommendations (建議) of all reports as records, newest first: report, date, number,
        heading, text, page, term (期程), implicit (said outside 建議), topic, cluster (the same one in
        several years, with times and since), status (採行情形, as people noted it; 未填 where nobody did).
        Narrow by topic (one of the topics, e.g. 交通, or words that must occur, e.g. 淨零), year (2020, 109
        or 2018-2020) and status (未填, 採行, 部分採行, 研議中, 不採行, 辦理中, 已辦理)."""
        words = topic or ""
        topics = self._assistant.ledger.topics
        named = is_topic(topics, words)
        wanted = build_wanted(
            self._assistant.archive,
            topics,
            self._assistant.words,
            topic=words if named else "",
            query="" if named else words,
            year=str(year or ""),
            status=status or "",
        )
        records = self._assistant.ledger.records(wanted)
        shown = records[:MOST_RECORDS]
        parts = [render_ledger(shown, UNWRAPPED)] if shown else ["檔案庫裡沒有符合的建議。"]
        if len(records) > len(shown):
            parts.append(f"共 {len(records)} 項，只列出前 {len(shown)} 項；請用 topic 或 year 縮小範圍。")
        listed = [record_json(record, date.today()) for record in shown]
        return Reply("\n\n".join(parts), {"recommendations": listed, "total": len(records)})

    def precheck(self, event: str = "", place: str = "", topic: str = "") -> Reply:
        """Before a trip: the similar trips of the archive by event (活動), place (country or city) or topic
        (words that must occur), at least one of them; the last three years first, each with what it learned
        (心得), what it recommended (建議) and which recommendations are still open. [n] is the citation."""
        plan = Plan(event.strip(), place.strip(), topic.strip())
        if not plan.text:
            raise BadCall("event、place、topic 至少要給一個，例如 place 給「大阪」。")
        found = look_up(self._assistant, plan, date.today())
        return Reply(render_precheck(found, UNWRAPPED), precheck_json(found))

    def draft(
        self,
        notes: str,
        event: str = "",
        place: str = "",
        first: str = "",
        last: str = "",
        agency: str = "",
        people: str = "",
        part: str = "both",
        items: int = 3,
    ) -> Reply:
        """Draft 心得 and 建議 (part: 心得, 建議 or both) from the traveller's own notes, given as text, a
        sentence a line, and the trip. Each sentence has its kind: observation (rests on notes [N1]),
        precedent (quotes a past report [1]), proposal or gap (【待補】, for the writer). Keep the marks."""
        if part not in PARTS:
            raise BadCall(f"part 可以是 {'、'.join(PARTS)}，沒有「{part}」。")
        trip = Trip.read(event, place, first, last, agency, people)
        desk = Desk(self._assistant)
        with tempfile.TemporaryDirectory() as folder:
            pasted = Path(folder) / PASTED
            pasted.write_text(notes, encoding="utf-8")
            read = desk.read(pasted)
        made = desk.draft(trip, read, PARTS[part], items)
        return Reply(render_draft(made, UNWRAPPED), draft_json(made))

    def _filter(
        self, year: str | int | None = None, country: str | None = None, chapter: str | None = None
    ) -> AskFilter:
        return build_filter(
            self._assistant.archive.reports(),
            year=str(year or ""),
            countries=[country] if country else (),
            chapters=[chapter] if chapter else (),
        )


def _render_found(n: int, one: Found) -> str:
    citation = Citation(
        n,
        one.report_id,
        one.file,
        one.title,
        one.chapter,
        one.heading,
        one.page,
        one.start,
        one.end,
        one.text,
    )
    return render_citation(citation, UNWRAPPED)
