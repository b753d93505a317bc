"""A draft by extraction: themes of the notes, the closest past sentences, and words of the house around them.

Every observation is the writer's own sentence, whole or cut at a clause; where the notes are silent the draft
asks. Invents nothing and needs no model.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from assistant.citations import CitationList
from assistant.draft import LENGTHS, NAMES, SENTENCES, Draft, DraftItem, DraftSentence, Part
from assistant.frames import Frames, Subject, rotated
from assistant.matters import Matters
from assistant.notes import Note, Notes
from assistant.precedents import Precedent, Precedents
from assistant.subjects import Subjects
from assistant.themes import Theme, ThemeFinder
from assistant.trimming import Borders, fill, forms_of
from assistant.trip import Trip
from corpus.names import Names
from index.archive import Archive
from index.word_weights import WordWeights

FEWEST, MOST = 2, 4
MOST_FORMS = 3
LOOKED_BACK = 2
_FIRST_CLAUSE = re.compile(r"^[^，。；：]{4,24}(?=[，。；：])")
FEW = "札記只夠寫 {found} 項{part}，少於要求的 {wanted} 項；請補充札記，不足的項目沒有用空話湊數。"
NO_FACTS = "札記裡沒有可以直接引用的中文句子，各項都留作待補。"
NO_PRECEDENT = "檔案中查無與{part}第 {numbers} 項相近的內容，該項沒有引用前例。"


@dataclass(frozen=True)
class Order:
    """What is to be drafted: for which trip, from which notes, which chapters, how many items each.

    `without` are the ids of reports of this very trip, which are no precedents.
    """

    trip: Trip
    notes: Notes
    parts: tuple[Part, ...] = ("reflections", "recommendations")
    items: int = 3
    without: tuple[str, ...] = ()


class Drafter:
    """Drafts from one archive with the tables that it is given."""

    def __init__(self, archive: Archive, names: Names, frames: Frames, weights: WordWeights) -> None:
        self.archive = archive
        self.frames = frames
        self.topics = Subjects(archive.tokeniser, weights, names, frames.no_topic, frames.cues)
        self.matters = Matters(archive.tokeniser, self.topics)
        self._borders = Borders(frames.cues.binds, frames.cues.dangling)

    @classmethod
    def over(cls, archive: Archive, names: Names) -> Drafter:
        """A drafter with the built-in tables."""
        return cls(archive, names, Frames.load(), WordWeights.load())

    def draft(self, order: Order) -> Draft:
        """The draft that the notes and the archive give."""
        finder = ThemeFinder(order.notes, self.archive.embedder, self.frames.cues, self.matters)
        work = _Work(self, order, CitationList())
        remarks, items = list(order.notes.remarks), []
        for part in order.parts:
            themes = finder.seen(order.items) if part == "reflections" else finder.advised(order.items)
            remarks += _short(themes, order, part)
            made, alone = work.chapter(part, themes or (Theme(()),) * order.items)
            items += made
            if alone:
                remarks.append(NO_PRECEDENT.format(numbers="、".join(map(str, alone)), part=NAMES[part]))
        return renumbered(
            Draft(order.trip, order.notes, tuple(items), work.citations.all, remarks=tuple(remarks))
        )

    def precedents(self, order: Order) -> Precedents:
        """The past sentences that may be quoted for an order."""
        return Precedents(self.archive, self.topics, self._borders, order.trip, order.without)

    def forms(self, note: Note) -> tuple[str, ...]:
        """The note as a report may say it, the fullest first."""
        return forms_of(self.frames.in_house_style(note.said), self._borders)

    def subject_of(self, notes: Sequence[Note], taken: Sequence[str]) -> Subject:
        """What the notes are about, its topic unlike the headings taken."""
        texts = [note.said for note in notes]
        above = [note.heading for note in notes]
        topic = self.topics.of(texts, above, taken)
        told = [self.frames.in_house_style(note.said) for note in notes]
        acts, things = (
            tuple(one for one in found if not any(one in heading for heading in taken))
            for found in (self.matters.acts(told), self.matters.things(told))
        )
        visited = self.topics.visited([*told, *above])
        return Subject(topic, topic in "\n".join(above), acts, things, visited)


def _short(themes: Sequence[Theme], order: Order, part: Part) -> list[str]:
    if not themes:
        return [NO_FACTS]
    if len(themes) < order.items:
        return [FEW.format(part=NAMES[part], found=len(themes), wanted=order.items)]
    return []


class _Work:
    """One draft while it is made: what was quoted already and what each theme has used."""

    def __init__(self, drafter: Drafter, order: Order, citations: CitationList) -> None:
        self._drafter = drafter
        self._frames = drafter.frames
        self._order = order
        self.citations = citations
        self._precedents = drafter.precedents(order)
        self._used: set[int] = set()
        self._headings: list[str] = []

    def chapter(self, part: Part, themes: Sequence[Theme]) -> tuple[list[DraftItem], list[int]]:
        """The items of a chapter, and the numbers of those that quote no past report."""
        self._headings.clear()
        made = [self.item(part, theme, turn) for turn, theme in enumerate(themes)]
        return made, [number for number, item in enumerate(made, start=1) if not _has_precedent(item)]

    def item(self, part: Part, theme: Theme, turn: int) -> DraftItem:
        """One item: what was seen, what was said before, what follows for the city."""
        sentences = self._filled(part, theme, turn, [None])
        matter = self._matter(part, theme, sentences)
        if precedent := self._precedents.closest(matter, part) if matter else None:
            quoting = self._filled(part, theme, turn, self._quoted(precedent, part, turn))
            # Where the quotation drove out what it goes with, the item stands without it.
            if self._matter(part, theme, quoting) == matter:
                sentences = quoting
        told = _told(sentences)
        self._used |= told
        heading = self._heading(part, theme, told, turn)
        self._headings.append(heading)
        return DraftItem(part, heading, sentences)

    def _filled(
        self, part: Part, theme: Theme, turn: int, quoted: Sequence[DraftSentence | None]
    ) -> tuple[DraftSentence, ...]:
        slots = (self._reflection if part == "reflections" else self._recommendation)(theme, turn, quoted)
        low, high = LENGTHS[part]
        return fill(slots, low, high, SENTENCES[part])

    def _matter(self, part: Part, theme: Theme, sentences: Sequence[DraftSentence]) -> list[str]:
        """What a past report has to be about: the advice that is told, else all that is."""
        told = _told(sentences)
        advice = [note.said for note in theme.advice if note.n in told]
        if part == "recommendations" and advice:
            return advice
        return [note.said for note in (*theme.notes, *theme.views) if note.n in told]

    def _heading(self, part: Part, theme: Theme, told: set[int], turn: int) -> str:
        """The writer's own advice where there is some, else what the notes that are told are about."""
        advice = theme.advice if part == "recommendations" else ()
        if own := next((heading for note in advice if (heading := self._frames.heading_of(note.said))), ""):
            return own
        notes = [note for note in (*theme.notes, *theme.views) if note.n in told]
        subject = self._drafter.subject_of(notes, self._headings)
        return self._frames.heading(part, turn, subject, "、".join(self._order.trip.places[-1:]))

    def _reflection(
        self, theme: Theme, turn: int, quoted: Sequence[DraftSentence | None]
    ) -> list[list[DraftSentence | None]]:
        facts = theme.notes
        opening = "" if turn or not facts else self._opening(facts[0], facts)
        first = self._observed(facts[:1], opening)
        others = self._observed(self._telling(facts[1:]), beside=facts)
        gaps = _gaps(self._frames.silent, turn)
        ends = _gaps(self._frames.closings["reflections"], turn)
        return [
            _some(first or gaps),
            _some(others or gaps),
            [*quoted, *gaps[-1:]],
            _some([*self._observed(theme.views)[:MOST_FORMS], *ends]),
        ]

    def _recommendation(
        self, theme: Theme, turn: int, quoted: Sequence[DraftSentence | None]
    ) -> list[list[DraftSentence | None]]:
        seen = self._observed(self._grounds(theme)) or _gaps(self._frames.silent, turn)
        advice = self._observed(theme.advice)
        proposals = [DraftSentence(frame, "proposal") for frame in rotated(self._proposals(theme), turn)]
        if advice:
            # A past report that advised the same says more here than what 心得 tells already.
            return [[*_some(seen[:1]), None], _some(advice), [*quoted, None], _some(proposals)]
        return [_some(seen), [*quoted, *_gaps(self._frames.reasons, turn)], _some(proposals)]

    def _proposals(self, theme: Theme) -> Sequence[str]:
        if not theme.advice:
            return self._frames.closings["recommendations"]
        names_office = any(self._frames.cues.office.search(note.said) for note in theme.advice)
        return self._frames.own if names_office else self._frames.own_unnamed

    def _grounds(self, theme: Theme) -> Sequence[Note]:
        """What an item of 建議 begins with: what is closest to the advice; without advice what says what is
        done, if it can be something that was not told yet."""
        if theme.advice:
            return theme.notes
        fresh = [note for note in theme.notes if note.n not in self._used]
        has = self._drafter.matters.has
        telling = [note for note in (*fresh, *theme.notes) if has(note.said)]
        return telling or fresh or theme.notes[:1]

    def _telling(self, notes: Sequence[Note]) -> list[Note]:
        """The notes, those first that say what is done or with what."""
        return sorted(notes, key=lambda note: not self._drafter.matters.has(note.said))

    def _house(self, note: Note) -> str:
        return self._frames.in_house_style(note.said)

    def _opening(self, note: Note, beside: Sequence[Note]) -> str:
        return self._frames.opening(self._order.trip, self._named(note, beside)[0] + self._house(note))

    def _observed(
        self, notes: Sequence[Note], opening: str = "", beside: Sequence[Note] = ()
    ) -> list[DraftSentence]:
        """Each note in its forms, the best forms of all notes first."""
        found = []
        for note in notes:
            named, also = self._named(note, beside or notes)
            found.append(
                [
                    DraftSentence(opening + named + form, "observation", (*also, note.n))
                    for form in self._drafter.forms(note)
                ]
            )
        return [forms[at] for at in range(MOST_FORMS) for forms in found if at < len(forms)]

    def _named(self, note: Note, beside: Sequence[Note]) -> tuple[str, tuple[int, ...]]:
        """What a note points at that begins with 該館 or the like: the visit that a note before it names.

        Nothing where that note may be told beside it.
        """
        cues = self._frames.cues
        before = [one for one in self._order.notes.notes if note.n - LOOKED_BACK <= one.n < note.n]
        if not cues.points.search(note.said):
            return "", ()
        for one in reversed(before):
            if cues.opens.search(self._house(one)):
                clause = _FIRST_CLAUSE.match(self._house(one))
                return (f"{clause[0]}，", (one.n,)) if clause and one not in beside else ("", ())
        return "", ()

    def _quoted(self, precedent: Precedent, part: Part, turn: int) -> list[DraftSentence | None]:
        """A past sentence in its forms."""
        frames = list(rotated(self._frames.precedents[part], turn))
        return [
            self._cite(precedent, end, frame) for end in precedent.ends[:MOST_FORMS] for frame in frames[:2]
        ]

    def _cite(self, precedent: Precedent, end: int, frame: str) -> DraftSentence:
        citation = self.citations.cite(precedent.report, precedent.start, end)
        # Within a quotation the inner marks are the other pair.
        quote = " ".join(precedent.quote(end).split()).replace("「", "『").replace("」", "』")
        return DraftSentence(frame.format(report=precedent.lead, quote=quote), "precedent", (), (citation.n,))


def _gaps(frames: Sequence[str], turn: int) -> list[DraftSentence]:
    return [DraftSentence(frame, "gap") for frame in rotated(frames, turn)]


def _some(sentences: Sequence[DraftSentence], *, optional: bool = False) -> list[DraftSentence | None]:
    return [*sentences[:8], *([None] if optional or not sentences else [])]


def _told(sentences: Sequence[DraftSentence]) -> set[int]:
    return {n for sentence in sentences for n in sentence.notes}


def _has_precedent(item: DraftItem) -> bool:
    return any(sentence.kind == "precedent" for sentence in item.sentences)


def renumbered(draft: Draft) -> Draft:
    """Only the citations that are used, numbered in the order of the text."""
    used = list(dict.fromkeys(n for item in draft.items for s in item.sentences for n in s.citations))
    numbers = {old: new for new, old in enumerate(used, start=1)}
    items = tuple(
        replace(
            item,
            sentences=tuple(
                replace(s, citations=tuple(numbers[n] for n in s.citations)) for s in item.sentences
            ),
        )
        for item in draft.items
    )
    by_number = {citation.n: citation for citation in draft.citations}
    return replace(draft, items=items, citations=tuple(replace(by_number[n], n=numbers[n]) for n in used))
