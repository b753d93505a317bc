"""`xinde ledger`: list the recommendations, note what became of one, write the tracking table.

Options in, an Outcome out; the work is done by the Ledger. Loaded by `assistant.cli` when it is run; what
reads a query and what writes files is loaded only where that is asked for.
"""

from __future__ import annotations

import argparse
from contextlib import closing
from datetime import date

from assistant.arguments import UsageError
from assistant.by_name import function_named
from assistant.ledger import Ledger, record_json
from assistant.ledger_filter import build_wanted
from assistant.ledger_view import render_ledger, render_record
from assistant.opening import open_archive
from assistant.outcome import DONE, EMPTY, REFUSED, Outcome
from assistant.settings import Settings
from assistant.statuses import LABELS
from assistant.terminal import terminal_columns

READ_QUERY = "assistant.assistant:words_of"
WRITE = "assistant.ledger_files:write_ledger"
NONE_FOUND = "檔案庫裡沒有符合的建議。"
HOW_TO_SET = "用法：xinde ledger set 代號 --status 採行 [--unit 機關] [--timetable 期程] [--budget 經費]"


def ledger(options: argparse.Namespace, settings: Settings) -> Outcome:
    """List records, or with `set ID` keep what people say of one."""
    if options.act is None:
        return _listed(options, settings)
    if options.act != "set":
        raise UsageError(f"xinde ledger 沒有「{options.act}」這個動作；可用的是 set。{HOW_TO_SET}")
    if not options.id:
        raise UsageError(f"還缺少建議的代號。{HOW_TO_SET}")
    return _set(options, settings)


def _listed(options: argparse.Namespace, settings: Settings) -> Outcome:
    misplaced = [f"--{name}" for name in LABELS if name != "status" and getattr(options, name) is not None]
    if misplaced:
        raise UsageError(f"{'、'.join(misplaced)} 只和 set 一起使用。{HOW_TO_SET}")
    with closing(open_archive(settings)) as archive:
        book = Ledger.open(archive)
        wanted = build_wanted(
            archive,
            book.topics,
            lambda query: function_named(READ_QUERY)(query, settings),
            topic=options.topic,
            year=options.year,
            query=options.query,
            status=options.status or "",
            others=options.others,
        )
        records = book.records(wanted)
        is_empty = not archive.reports()
    document = {"recommendations": [record_json(record, date.today()) for record in records]}
    if not records:
        return Outcome("", document, REFUSED, (EMPTY if is_empty else NONE_FOUND,))
    if options.out:
        files = function_named(WRITE)(records, options.out, settings)
        return Outcome(f"{len(records)} 項寫在 {'、'.join(map(str, files))}。", document, DONE)
    text = f"{render_ledger(records, terminal_columns())}\n\n共 {len(records)} 項。"
    return Outcome(text, document, DONE)


def _set(options: argparse.Namespace, settings: Settings) -> Outcome:
    values = {name: getattr(options, name) for name in LABELS if getattr(options, name) is not None}
    with closing(open_archive(settings)) as archive:
        record = Ledger.open(archive).set_status(options.id, **values)
    document = {"recommendation": record_json(record, date.today())}
    return Outcome(render_record(record, terminal_columns()), document)
