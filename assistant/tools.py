"""What another program's agent may do with the archive: search, ask, show a report, list recommendations.

Each act returns words for the model that reads it and a document for programs. Knows nothing of the
protocol by which it is called; the docstrings are what an agent is told of each act.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from assistant.answer import AskFilter, Citation, answer_json
from assistant.assistant import Assistant, check_question
from assistant.catalogue import newest_first
from assistant.commands import read_turns, report_json
from assistant.filters import build_filter
from assistant.found import Found, find
from assistant.matching import SYNONYM, strength
from assistant.render import UNWRAPPED, first_day, render_answer, render_citation, render_item, render_report
from assistant.sources import passes
from assistant.terms import Term
from corpus.report import ChapterKind, Item
from index.archive import ReportRow
from index.tokenise import fold

MOST_PASSAGES = 50
MOST_RECORDS = 200
# The archive does not say what became of a recommendation.
UNKNOWN_STATUS = "未填"
ADVISING: frozenset[ChapterKind] = frozenset({"recommendations", "reflections_and_recommendations"})
ANSWERED = ("question", "language", "answer", "abstained", "mode", "citations", "nearest")


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

    def ledger(self, topic: str | None = None, year: str | int | None = None) -> Reply:
        """List the recommendations (建議) of all reports as records, newest first: report, date, number,
        heading, text, page, term (期程), status (always 未填: the reports do not say what became of them).
        Narrow by topic (words that must occur, e.g. 淨零) and year (2020, 109 or 2018-2020)."""
        records = list(self._recommendations(topic or "", self._filter(year)))
        shown = records[:MOST_RECORDS]
        lines = [_render_record(record) for record in shown]
        if len(records) > len(shown):
            lines.append(f"共 {len(records)} 項，只列出前 {len(shown)} 項；請用 topic 或 year 縮小範圍。")
        text = "\n\n".join(lines) or "檔案庫裡沒有符合的建議。"
        return Reply(text, {"recommendations": shown, "total": len(records)})

    def _filter(
        self, year: str | int | None = None, country: str | None = None, chapter: str | None = None
    ) -> AskFilter:
        return build_filter(
            self._assistant.archive.reports(),
            year=str(year or ""),
            countries=[country] if country else (),
            chapters=[chapter] if chapter else (),
        )

    def _recommendations(self, topic: str, where: AskFilter) -> Iterator[dict[str, Any]]:
        archive = self._assistant.archive
        terms = self._topic(topic)
        for row in newest_first([row for row in archive.reports() if ADVISING & set(row.chapters)]):
            if not passes(row, where):
                continue
            for item in archive.report(row.id).items:
                about = fold("\n".join((row.title, item.heading, item.text)))
                if item.kind == "recommendations" and all(strength(t, about) >= SYNONYM for t in terms):
                    yield _record(row, item)

    def _topic(self, topic: str) -> list[Term]:
        """The words that a recommendation has to hold, each in any of its spellings or synonyms."""
        if not topic.strip():
            return []
        check_question(topic)
        return [term for term in self._assistant.understand(topic).terms if not term.is_phrase]


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


def _record(row: ReportRow, item: Item) -> dict[str, Any]:
    return {
        "report_id": row.id,
        "file": row.file,
        "title": row.title,
        "date": first_day(row) or None,
        "number": item.number,
        "heading": item.heading,
        "text": item.text,
        "page": item.page,
        "term": item.term,
        "status": UNKNOWN_STATUS,
    }


def _render_record(record: dict[str, Any]) -> str:
    head = f"{record['date'] or '日期不明'} 《{record['title'] or record['file']}》"
    return f"{head}\n{render_item({**record, 'kind': 'recommendations'}, UNWRAPPED)}"
