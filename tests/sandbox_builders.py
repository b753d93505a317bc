"""Builders for a reading child in place of the real one: it does what the name of the file tells it to."""

from __future__ import annotations

import os
import signal
import sys
import threading
from datetime import date

from corpus.report import Chapter, Item, RawDocument, Refusal, Report, Section
from corpus.text import join_pages


def build(raw: RawDocument, *, file: str, sha256: str) -> Report:
    """A report with something in every field; does what its file's name says first."""
    for word, act in ACTS.items():
        if word in file:
            act()
    flow = join_pages(raw)
    return Report(
        id=f"r{sha256[:10]}",
        file=file,
        sha256=sha256,
        doc_type="trip_report",
        title=flow.text[:10],
        agency="範例市政府",
        countries=("日本",),
        cities=("東京", "大阪"),
        events=(),
        category="考察",
        start_date=date(2026, 4, 26),
        end_date=None,
        report_date=None,
        people=("王小明",),
        keywords=(),
        classification="公開",
        text=flow.text,
        pages=flow.pages,
        chapters=(Chapter("purpose", "目的", 1, 0, 2, 9),),
        sections=(Section(1, "一、", 0, 2, 9),),
        items=(Item("reflections", "心得", "一", "標題", "內文", 1, 0, 9, "短期"),),
    )


def _hang() -> None:
    threading.Event().wait()


def _burn() -> None:
    while True:
        pass


def _eat() -> None:
    hoard = []
    while True:
        hoard.append(bytearray(50_000_000))


def _die() -> None:
    os.kill(os.getpid(), getattr(signal, "SIGSEGV", signal.SIGTERM))


def _break() -> None:
    raise RecursionError("a bug")


def _chatter() -> None:
    sys.stdout.write("a library that talks\n")
    os.write(1, b"{}\n")


def _refuse() -> None:
    raise Refusal("classified", "「機密.txt」列為密件，不予收錄；請移除後再加入。")


ACTS = {
    "hang": _hang,
    "burn": _burn,
    "eat": _eat,
    "die": _die,
    "break": _break,
    "chatter": _chatter,
    "refuse": _refuse,
}
