"""What the tab of the ledger shows, as HTML made from records: a page of the list, one record.

All text passes through templates that escape it. Looks nothing up.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from itertools import count, takewhile

from assistant.ledger import Record
from assistant.ledger_view import day, made, name
from assistant.ui.ledger_files import FORMS, PLACE
from assistant.ui.view import render

PAGE = 20
NONE_FOUND = "沒有符合的建議。請放寬篩選，或換一個詞再搜尋。"


def show_list(records: Sequence[Record], words: Mapping[str, str], page: int, notice: str = "") -> str:
    """A page of the list; `words` are the filters, which the download repeats."""
    pages = list(takewhile(lambda n: n * PAGE < len(records), count()))
    page = min(page, max(len(pages) - 1, 0))
    return render(
        "ledger_list.html",
        records=records[page * PAGE : (page + 1) * PAGE],
        total=len(records),
        first=page * PAGE + 1,
        page=page,
        last=len(pages) - 1,
        words=words,
        notice=notice or ("" if records else NONE_FOUND),
        forms=FORMS,
        place=PLACE,
        day=day,
        made=made,
        name=name,
    )


def show_record(record: Record, others: Sequence[Record], today: date) -> str:
    """One record in full, with the `others` of its cluster and the day to look at it again."""
    return render(
        "ledger_record.html",
        record=record,
        one=record.recommendation,
        told=record.follow_up,
        others=others,
        check=record.follow_up.next_check(today),
        today=today,
        day=day,
        made=made,
        name=name,
    )


def show_said(sentence: str, *, saved: bool) -> str:
    """What became of saving."""
    return render("said.html", sentence=sentence, saved=saved)
