"""What the page shows, as HTML made from values: the thread, the passage, the list of conversations.

All text passes through Jinja templates that escape it. Gradio's own `{{ }}` templates are not used
for text of documents: Gradio evaluates their result as a JavaScript template literal, so that a
report holding "${…}" would run in the reader's browser.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from assistant.answer import NOT_FOUND, Answer, Citation
from assistant.conversations import LONGEST_TITLE, Exchange, Listed
from assistant.export.forms import FORMS
from assistant.feedback import LONGEST_WORD
from assistant.filters import CHAPTER_NAMES
from assistant.lines import split_lines
from assistant.render import heading
from assistant.settings import Settings
from assistant.ui.downloads import PLACE
from assistant.ui.passage import Surroundings
from corpus.report import Report

NOTHING: Mapping[int, tuple[str, str]] = {}
_TEMPLATES = Environment(
    loader=FileSystemLoader(Path(__file__).parent),
    autoescape=True,
    undefined=StrictUndefined,
    trim_blocks=True,
    lstrip_blocks=True,
)


def show_thread(
    exchanges: Sequence[Exchange],
    *,
    samples: Sequence[str] = (),
    pending: str = "",
    notice: str = "",
    verdicts: Mapping[int, tuple[str, str]] = NOTHING,
) -> str:
    """The whole conversation; `pending` is a question being answered, `notice` a sentence of ours.

    `verdicts` are verdict and word by the number of a stored answer.
    """
    shown = [
        (one.question, one.answer, split_lines(one.answer), group_sources(one.answer)) for one in exchanges
    ]
    return render(
        "thread.html",
        exchanges=shown,
        samples=samples,
        pending=pending,
        notice=notice,
        not_found=NOT_FOUND,
        heading=heading,
        numbers=[one.number for one in exchanges],
        verdicts=verdicts,
        longest_word=LONGEST_WORD,
    )


def show_empty() -> str:
    """What to do while the archive holds nothing."""
    return render("empty.html")


def show_passage(citation: Citation, around: Surroundings, note: str = "") -> str:
    """The quotation marked in its surroundings."""
    return render("passage.html", citation=citation, around=around, note=note, heading=heading(citation))


def show_report(report: Report) -> str:
    """The outline of a report: what it is, its chapters, its items."""
    period = " – ".join(day.isoformat() for day in (report.start_date, report.end_date) if day)
    facts = [
        ("機關", report.agency),
        ("國家", "、".join(report.countries)),
        ("城市", "、".join(report.cities)),
        ("活動", "、".join(report.events)),
        ("期間", period),
    ]
    return render("report.html", report=report, facts=facts, kinds=CHAPTER_NAMES)


def show_hint() -> str:
    """What the side panel says while nothing was chosen."""
    return render("hint.html")


def show_message(sentence: str) -> str:
    """A sentence in the side panel."""
    return render("message.html", sentence=sentence)


def show_shelf(
    conversations: Sequence[Listed],
    current: str | None,
    notice: str = "",
    disclosure: str = Settings.draft_disclosure,
) -> str:
    """The list of earlier conversations, the open one marked; `notice` is a sentence of ours.

    `disclosure` is what closes an exported one, as long as nobody writes another.
    """
    rows = [(c.id, c.title, _day(c.updated_at), c.id == current) for c in conversations]
    return render(
        "shelf.html",
        rows=rows,
        notice=notice,
        forms=FORMS,
        place=PLACE,
        longest=LONGEST_TITLE,
        disclosure=disclosure,
    )


def show_header(count: int, years: Sequence[int]) -> str:
    """The name of the product and what the archive holds."""
    span = f"{years[0]}–{years[-1]}" if len(years) > 1 else "".join(str(year) for year in years)
    return render("header.html", count=count, span=span)


def group_sources(answer: Answer) -> list[tuple[str, str, list[Citation]]]:
    """The citations under the reports they come from: (report id, title, citations)."""
    groups: dict[str, tuple[str, str, list[Citation]]] = {}
    for citation in answer.citations:
        title = citation.title or citation.file
        groups.setdefault(citation.report_id, (citation.report_id, title, []))[2].append(citation)
    return list(groups.values())


def _day(moment: str) -> str:
    local = datetime.fromisoformat(moment).astimezone()
    return f"{local.month} 月 {local.day} 日 {local:%H:%M}"


def render(template: str, **values: object) -> str:
    """A template filled in; all values are escaped."""
    return _TEMPLATES.get_template(template).render(**values)
