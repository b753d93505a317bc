"""A draft as text for a terminal: items with marks, what each unsupported sentence is, then the sources.

Pure functions; nothing is printed here.
"""

from __future__ import annotations

from collections.abc import Iterator

from assistant.draft import KIND_NAMES, NAMES, NUMERALS, Draft, DraftItem, DraftSentence
from assistant.render import WIDTH, render_citation, wrap


def render_draft(draft: Draft, columns: int = WIDTH) -> str:
    """The whole draft with the notes and passages that it rests on."""
    parts = [wrap(f"{draft.trip.title}（草稿，待承辦人確認）", columns)]
    for part in dict.fromkeys(item.part for item in draft.items):
        parts.append(NAMES[part])
        parts += [_item(item, number, columns) for number, item in enumerate(draft.of(part))]
    if draft.model:
        parts.append(wrap(f"{draft.model}寫成，請承辦人確認後再使用。", columns))
    parts.append("札記\n" + "\n".join(_notes(draft, columns)))
    if draft.citations:
        parts.append(
            "前例\n" + "\n\n".join(render_citation(citation, columns) for citation in draft.citations)
        )
    return "\n\n".join(parts)


def _item(item: DraftItem, number: int, columns: int) -> str:
    text = "".join(_sentence(sentence) for sentence in item.sentences).rstrip()
    return wrap(f"{NUMERALS[number]}、{item.heading}", columns) + "\n" + wrap(text, columns, "    ")


def _sentence(sentence: DraftSentence) -> str:
    label = f"〔{KIND_NAMES[sentence.kind]}〕" if sentence.kind == "proposal" else sentence.marks
    return sentence.text + (f"{label} " if label else "")


def _notes(draft: Draft, columns: int) -> Iterator[str]:
    used = {n for item in draft.items for sentence in item.sentences for n in sentence.notes}
    for note in draft.notes.notes:
        if note.n in used:
            yield wrap(note.said, columns, "     ", f"[N{note.n}] ")
