"""What the tab of drafts shows, as HTML made from values: the draft, what it rests on, one note.

All text passes through templates that escape it. Looks nothing up.
"""

from __future__ import annotations

from assistant.draft import KIND_NAMES, NAMES, NUMERALS, Draft
from assistant.draft_writing import DraftStep
from assistant.notes import Note
from assistant.render import heading
from assistant.ui.outbox import TAKE
from assistant.ui.passage import Surroundings
from assistant.ui.view import render


def show_draft(step: DraftStep, *, token: str = "", disclosure: str = "", writer: str = "") -> str:
    """The draft; while `writer` is at work with the line that it is writing, else with its downloads."""
    draft = step.draft
    return render(
        "draft.html",
        draft=draft,
        parts=[(NAMES[part], draft.of(part)) for part in dict.fromkeys(item.part for item in draft.items)],
        numerals=NUMERALS,
        kinds=KIND_NAMES,
        tail=step.tail,
        writer=writer,
        token=token,
        disclosure=disclosure,
        **TAKE,
    )


def show_grounds(draft: Draft, *, opened: bool = False) -> str:
    """All notes and passages that the draft rests on; `opened` where somebody asked for them."""
    used = {n for item in draft.items for sentence in item.sentences for n in sentence.notes}
    notes = [note for note in draft.notes.notes if note.n in used]
    return render("grounds.html", notes=notes, citations=draft.citations, heading=heading, opened=opened)


def show_note(note: Note, around: Surroundings, file: str) -> str:
    """A note marked among the others."""
    return render("note.html", note=note, around=around, file=file)
