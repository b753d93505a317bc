"""What happens when somebody has a draft made: the form is read, the draft grows, it can be stopped.

Values in, values out; every error ends here as a sentence. Knows nothing of Gradio or HTML.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cached_property

from assistant.assistant import Assistant
from assistant.budget import Budget
from assistant.desk import Desk
from assistant.draft import PARTS, Draft
from assistant.draft_writing import DraftStep
from assistant.notes import PASTED, Note, Notes
from assistant.trip import Trip
from assistant.ui.chat import unexpected
from assistant.ui.passage import Surroundings, within
from assistant.ui.uploads import Upload
from corpus.limits import Limits
from corpus.report import XindeError

NO_NOTES = "還沒有札記。請上傳檔案，或把此行看到、聽到的事貼在「貼上札記」（每件一句，至少三句）。"
TWO_NOTES = "札記檔案「{file}」和貼上的文字都有，不知道要用哪一份。請移除檔案，或清空貼上的文字，再產生一次。"


@dataclass(frozen=True)
class Form:
    """What was filled in, as it was typed; `part` is a key of `PARTS`."""

    event: str = ""
    place: str = ""
    first: str = ""
    last: str = ""
    agency: str = ""
    people: str = ""
    pasted: str = ""
    part: str = "both"
    items: int = 3
    use_model: bool = True


@dataclass(frozen=True)
class Drafted:
    """A moment of drafting: a step, or at the end the draft or the sentence why there is none."""

    step: DraftStep | None = None
    draft: Draft | None = None
    refusal: str = ""


class Drafts:
    """The acts of drafting over one assistant."""

    def __init__(self, assistant: Assistant, limits: Limits) -> None:
        self._assistant = assistant
        self._limits = limits
        self._running: dict[str, Budget] = {}

    @cached_property
    def desk(self) -> Desk:
        """The desk, whose tables are read when it is first needed."""
        return Desk(self._assistant, self._limits)

    @property
    def has_model(self) -> bool:
        """Whether a language model may write."""
        return self._assistant.writer is not None

    def drafting(self, form: Form, upload: Upload | None, tab: str = "") -> Iterator[Drafted]:
        """The draft while it is made; `tab` is by which it can be stopped."""
        draft = None
        try:
            trip = Trip.read(form.event, form.place, form.first, form.last, form.agency, form.people)
            notes = self._read(form.pasted, upload)
            budget = self.desk.writer.budget() if self.desk.writer else None
            if budget and tab:
                self._running[tab] = budget
            order = (trip, notes, PARTS[form.part], form.items)
            for step in self.desk.steps(*order, use_model=form.use_model, budget=budget):
                draft = step.draft
                yield Drafted(step)
        except XindeError as error:
            yield Drafted(refusal=str(error))
        except Exception as error:
            said = unexpected(error)
            kept = replace(draft, remarks=(*draft.remarks, said)) if draft else None
            yield Drafted(draft=kept, refusal="" if kept else said)
        else:
            yield Drafted(draft=draft)
        finally:
            self._running.pop(tab, None)

    def stop(self, tab: str) -> None:
        """Stop what a tab is having written; what was extracted stands."""
        if budget := self._running.get(tab):
            budget.stop()

    def _read(self, pasted: str, upload: Upload | None) -> Notes:
        if upload and pasted.strip():
            raise XindeError(TWO_NOTES.format(file=upload.name))
        if upload:
            return self.desk.read_given(upload.data, upload.name)
        if not pasted.strip():
            raise XindeError(NO_NOTES)
        return self.desk.read_given(pasted.encode(), PASTED)


def find_note(draft: Draft, n: int) -> tuple[Note, Surroundings] | None:
    """The note [Nn] among the others around it."""
    note = next((one for one in draft.notes.notes if one.n == n), None)
    if note is None:
        return None
    text = draft.notes.text
    return note, within(text, note.start, note.end, 0, len(text))
