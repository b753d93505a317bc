"""The commands before and after a trip: options in, an Outcome out, and the files that they write.

Wording, files and exit codes only; the work is done at the Desk and in `assistant.precheck`.
"""

from __future__ import annotations

import argparse
import sys
from contextlib import closing
from datetime import date
from pathlib import Path

from assistant.arguments import UsageError
from assistant.assistant import Assistant, check_question
from assistant.desk import Desk
from assistant.draft import PARTS, Draft, Part, draft_json
from assistant.export.draft import draft_document, made_items
from assistant.export.precheck import made_precheck, precheck_document
from assistant.export.saving import choose_target, save_document
from assistant.filters import find_years
from assistant.notes import Notes
from assistant.outcome import DONE, REFUSED, Outcome
from assistant.precheck import Plan, precheck_json
from assistant.precheck import precheck as look_up
from assistant.render import cut
from assistant.render_draft import render_draft
from assistant.render_precheck import render_precheck
from assistant.settings import Settings
from assistant.terminal import terminal_columns
from assistant.trip import Trip
from corpus.limits import Limits

USAGE = "用法請看：xinde draft --help"


def draft(options: argparse.Namespace, settings: Settings) -> Outcome:
    """Draft 心得 and 建議 from notes; with --out also as a document with its side file."""
    out = choose_target(options.out)
    if not options.items.isdecimal():
        raise UsageError(f"--items 後面應是數字，不是「{options.items}」。{USAGE}")
    if options.part not in PARTS:
        raise UsageError(f"--part 可以是 {'、'.join(PARTS)}，沒有「{options.part}」。{USAGE}")
    trip = Trip.read(
        options.event, options.place, options.first, options.last, options.agency, options.people
    )
    with closing(Assistant.open(settings)) as assistant:
        desk = Desk(assistant, Limits(file_mb=settings.max_file_mb))
        notes = desk.read(Path(options.notes))
        made = _made(desk, (trip, notes, PARTS[options.part], int(options.items)), not options.no_llm)
    files = []
    if out:
        document = draft_document(made, settings.draft_disclosure)
        files = [out, save_document(document, made_items(made), out)]
    shown = draft_json(made) | ({"files": [str(file) for file in files]} if files else {})
    said = (*made.remarks, *(f"已寫入 {file}" for file in files))
    return Outcome(render_draft(made, terminal_columns()), shown, notes=said)


def _made(desk: Desk, order: tuple[Trip, Notes, tuple[Part, ...], int], use_model: bool) -> Draft:
    """The draft, its growing line on stderr for people; Ctrl-C leaves the extracted one."""
    budget = desk.writer.budget() if desk.writer else None
    shows = sys.stderr.isatty()
    made: Draft | None = None
    steps = desk.steps(*order, use_model=use_model, budget=budget)
    try:
        for step in steps:
            made = step.draft
            if shows and step.tail:
                sys.stderr.write(f"\r\033[K{cut(step.tail, terminal_columns())}")
    except KeyboardInterrupt:
        if budget is None or made is None:
            raise
        budget.stop()
    if shows:
        sys.stderr.write("\r\033[K")
    assert made is not None
    return made


def precheck(options: argparse.Namespace, settings: Settings) -> Outcome:
    """What the archive holds for a planned trip; nothing found ends with code 1."""
    out = choose_target(options.out)
    years = find_years(options.year) if options.year.strip() else None
    plan = Plan(options.event.strip(), options.place.strip(), options.topic.strip(), years)
    if not plan.text:
        raise UsageError("還缺少：--event、--place、--topic 至少一個。用法請看：xinde precheck --help")
    check_question(plan.text)
    with closing(Assistant.open(settings)) as assistant:
        found = look_up(assistant, plan, date.today())
    code = DONE if found.trips else REFUSED
    said: tuple[str, ...] = ()
    if out and found.trips:
        beside = save_document(
            precheck_document(found, settings.draft_disclosure), [made_precheck(found)], out
        )
        said = tuple(f"已寫入 {file}" for file in (out, beside))
    return Outcome(render_precheck(found, terminal_columns()), precheck_json(found), code, said)
