"""The commands of the archive and of asking: options in, an Outcome out.

Wording and exit codes only; the work is done by the Assistant and its archive. Loaded by
`assistant.cli` when one of them is run.
"""

from __future__ import annotations

import argparse
import json
import sys
from contextlib import closing
from pathlib import Path
from typing import Any

from assistant.answer import Answer, AskFilter, Turn, answer_json
from assistant.assistant import Assistant
from assistant.by_name import function_named
from assistant.filters import build_filter
from assistant.growing import Growing
from assistant.outcome import DONE, EMPTY, REFUSED, Outcome
from assistant.render import clean, render_answer, render_report, render_reports
from assistant.settings import Settings
from assistant.terminal import show_progress, terminal_columns
from corpus.report import Report, XindeError

# Loaded only where a file is asked for: the writers take long to import.
CHOOSE_TARGET = "assistant.export.saving:choose_target"
WRITE_ANSWER = "assistant.export.saving:save_answer"


class HistoryError(XindeError):
    """The history file cannot be used; the sentence says what it should hold."""


def add(options: argparse.Namespace, settings: Settings) -> Outcome:
    """Take files and folders in; says per file what became of it."""
    paths = [Path(path) for path in options.paths]
    missing = [path for path in paths if not path.exists()]
    refused = [
        {"file": str(path), "reason": "not_found", "message": f"找不到「{path}」，請檢查路徑。"}
        for path in missing
    ]
    document: dict[str, list[dict[str, str]]] = {
        "added": [],
        "unchanged": [],
        "replaced": [],
        "refused": refused,
    }
    there = [path for path in paths if path not in missing]
    if there:
        with closing(Assistant.open(settings)) as assistant, show_progress("加入") as progress:
            outcome = assistant.archive.add(there, progress=progress)
        for kind in ("added", "unchanged", "replaced"):
            document[kind] = [{"id": r.id, "file": r.file, "title": r.title} for r in getattr(outcome, kind)]
        refused += [{"file": r.file, "reason": r.reason, "message": r.message} for r in outcome.refused]
    notes = tuple(f"未加入 {clean(one['file'])}：{clean(one['message'])}" for one in refused)
    taken = sum(len(document[kind]) for kind in ("added", "unchanged", "replaced"))
    if not taken and not refused:
        notes = ("沒有找到可以加入的檔案。可讀的格式：pdf、docx、odt、pptx、html、txt、md，以及它們的 zip。",)
    return Outcome(_render_added(document), document, DONE if taken else REFUSED, notes)


ADDED_WORDS = (("added", "已加入"), ("replaced", "已更新"), ("unchanged", "未變動"))


def _render_added(document: dict[str, list[dict[str, str]]]) -> str:
    lines = [
        f"{word} {clean(one['file'])}  {clean(one['title'])}"
        for kind, word in ADDED_WORDS
        for one in document[kind]
    ]
    counts = "，".join(f"{word} {len(document[kind])} 份" for kind, word in ADDED_WORDS if document[kind])
    left = f"未加入 {len(document['refused'])} 份" if document["refused"] else ""
    return "\n".join([*lines, "，".join(part for part in (counts, left) if part)]).strip()


def list_reports(options: argparse.Namespace, settings: Settings) -> Outcome:
    """Every report with its first day and title."""
    with closing(Assistant.open(settings)) as assistant:
        rows = assistant.archive.reports()
    document = {"reports": [_row_json(row) for row in rows]}
    if not rows:
        return Outcome("", document, REFUSED, (EMPTY,))
    return Outcome(render_reports(rows, terminal_columns()), document)


def show(options: argparse.Namespace, settings: Settings) -> Outcome:
    """One report with its chapters and items."""
    with closing(Assistant.open(settings)) as assistant:
        document = report_json(assistant.archive.report(options.id))
    return Outcome(render_report(document, terminal_columns()), document)


def remove(options: argparse.Namespace, settings: Settings) -> Outcome:
    """Take one report out of the archive."""
    with closing(Assistant.open(settings)) as assistant:
        gone = assistant.archive.remove(options.id)
    document = {"removed": {"id": gone.id, "file": gone.file, "title": gone.title}}
    return Outcome(f"已移除 {clean(gone.file)}  {clean(gone.title)}", document)


def ask(options: argparse.Namespace, settings: Settings) -> Outcome:
    """Answer one question; a question that the archive cannot answer ends with code 1."""
    out = function_named(CHOOSE_TARGET)(options.out) if options.out else None
    history = read_history(Path(options.history)) if options.history else ()
    with closing(Assistant.open(settings)) as assistant:
        rows = assistant.archive.reports()
        where = build_filter(
            rows,
            year=options.year,
            countries=options.country,
            chapters=options.chapter,
            reports=options.report,
        )
        if options.no_llm or assistant.writer is None:
            answer = assistant.ask(options.question, history, where, use_model=False)
        else:
            answer = _written(assistant, options.question, history, where)
    notes = () if rows else (EMPTY,)
    if out:
        files = function_named(WRITE_ANSWER)(options.question, answer, out, settings.draft_disclosure)
        notes = (*notes, *(f"已寫入 {file}" for file in files))
    code = REFUSED if answer.abstained else DONE
    return Outcome(render_answer(answer, terminal_columns()), answer_json(answer), code, notes)


def _written(assistant: Assistant, question: str, history: tuple[Turn, ...], where: AskFilter) -> Answer:
    """The answer by the language model, shown on stderr as it grows; Ctrl-C keeps what is there."""
    assert assistant.writer is not None
    budget = assistant.writer.budget()
    shown = Growing(sys.stderr if sys.stderr.isatty() else None)
    steps = assistant.stream(question, history, where, budget=budget)
    answer = None
    while True:
        try:
            for step in steps:
                shown.show(step)
                answer = step.answer
            break
        except KeyboardInterrupt:
            if budget.stopped:
                raise
            budget.stop()
            steps = (
                assistant.stream(question, history, where, use_model=False) if answer is None else iter(())
            )
    shown.end()
    assert answer is not None
    return answer


def rebuild(options: argparse.Namespace, settings: Settings) -> Outcome:
    """Make the search caches again from the archive's truth."""
    with closing(Assistant.open(settings)) as assistant, show_progress("重建") as progress:
        assistant.archive.rebuild(progress=progress)
        count = len(assistant.archive.reports())
    return Outcome(f"索引已重建，共 {count} 份報告。", {"rebuilt": True, "reports": count})


def check(options: argparse.Namespace, settings: Settings) -> Outcome:
    """Say whether truth and caches agree."""
    with closing(Assistant.open(settings)) as assistant:
        problems = assistant.archive.check()
        count = len(assistant.archive.reports())
    document = {
        "clean": not problems,
        "reports": count,
        "problems": [{"name": problem.name, "message": problem.message} for problem in problems],
    }
    if problems:
        text = "\n".join(f"{problem.name}：{problem.message}" for problem in problems)
        return Outcome(text, document, REFUSED, ("資料與索引不一致，請執行 xinde rebuild。",))
    return Outcome(f"檢查完成，{count} 份報告都完整，索引與資料一致。", document)


def read_history(path: Path) -> tuple[Turn, ...]:
    """Earlier turns from a JSON list: a string is a user's turn, else {"role", "content"}."""
    try:
        turns = json.loads(path.read_text(encoding="utf-8-sig"))
    except OSError as exc:
        raise HistoryError(f"讀不到對話檔「{path}」（{exc.strerror}）。請檢查路徑與權限。") from exc
    except ValueError as exc:
        raise HistoryError(f"對話檔「{path}」不是 UTF-8 的 JSON（{exc}）。{HISTORY_SHAPE}") from exc
    return read_turns(turns, f"對話檔「{path}」")


HISTORY_SHAPE = '內容應像這樣：["第一個問題", {"role": "assistant", "content": "答案"}]'


def read_turns(turns: Any, source: str) -> tuple[Turn, ...]:
    """Earlier turns from what was read of `source`; raises HistoryError where they are not of that shape."""
    if not isinstance(turns, list):
        raise HistoryError(f"{source}應是一個清單。{HISTORY_SHAPE}")
    return tuple(_read_turn(turn, number, source) for number, turn in enumerate(turns, start=1))


def _read_turn(turn: Any, number: int, source: str) -> Turn:
    if isinstance(turn, str):
        return Turn("user", turn)
    if isinstance(turn, dict) and turn.get("role") in ("user", "assistant"):
        if isinstance(turn.get("content"), str):
            return Turn(turn["role"], turn["content"])
    raise HistoryError(f"{source}的第 {number} 則看不懂。{HISTORY_SHAPE}")


def report_json(report: Report) -> dict[str, Any]:
    """A report in the stable shape of the command line."""
    return {
        **_row_json(report),
        "pages": len(report.pages),
        "chapters": [{"kind": c.kind, "heading": c.heading, "page": c.page} for c in report.chapters],
        "items": [
            {
                "kind": item.kind,
                "chapter": item.chapter,
                "number": item.number,
                "heading": item.heading,
                "text": item.text,
                "page": item.page,
                "term": item.term,
            }
            for item in report.items
        ],
    }


def _row_json(row: Any) -> dict[str, Any]:
    return {
        "id": row.id,
        "file": row.file,
        "doc_type": row.doc_type,
        "title": row.title,
        "agency": row.agency,
        "countries": list(row.countries),
        "cities": list(row.cities),
        "events": list(row.events),
        "category": row.category,
        "start_date": row.start_date.isoformat() if row.start_date else None,
        "end_date": row.end_date.isoformat() if row.end_date else None,
        "report_date": row.report_date.isoformat() if row.report_date else None,
        "people": list(row.people),
        "classification": row.classification,
    }
