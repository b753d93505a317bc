"""The panel beside every tab: a passage in its surroundings, or the outline of a report, as HTML.

Where there is none the panel says so. Knows nothing of who asked for it.
"""

from __future__ import annotations

from assistant.ui import view
from assistant.ui.chat import Shown
from corpus.report import Report


def passage_html(shown: Shown | str) -> str:
    """The passage, or the sentence why there is none."""
    if isinstance(shown, str):
        return view.show_message(shown)
    return view.show_passage(shown.citation, shown.around, shown.note)


def report_html(report: Report | str) -> str:
    """The outline, or the sentence why there is none."""
    return view.show_message(report) if isinstance(report, str) else view.show_report(report)
