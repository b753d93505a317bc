"""A draft by extraction: themes of the notes, the closest past sentences, and words of the house around them.

Every observation is the writer's own sentence, whole or cut at a clause; where the notes are silent the draft
asks. Invents nothing and needs no model.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from assistant.citations import CitationList
from assistant.draft import LENGTHS, NAMES, SENTENCES, Draft, DraftItem, DraftSentence, Part
from assistant.frames import Frames, Subject, rotated
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
        self._borders = Borders(frames.cues.binds, frames.cues.dangling)

    @classmethod
    def over(cls, archive: Archive, names: Names) -> Drafter:
        """A drafter with the built-in tables."""
        return cls(archive, names, Frames.load(), WordWeights.load())

    def draft(self, order: Order) -> Draft:
        """The draft that the notes and the archive give."""
        finder = ThemeFinder(order.notes, self.archive.embedder, self.frames.cues)
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
        """What the notes are about, its topic unlike those taken."""
        texts = [note.said for note in notes]
        topic = self.topics.of(texts, [note.heading for note in notes], taken)
        told = [self.frames.in_house_style(note.said) for note in notes]
        visited = self.topics.visited([*told, *(note.heading for note in notes)])
        return Subject(topic, visited, self.frames.doings(told))


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
        self._topics: list[str] = []

    def chapter(self, part: Part, themes: Sequence[Theme]) -> tuple[list[DraftItem], list[int]]:
        """The items of a chapter, and the numbers of those that quote no past report."""
        self._topics.clear()
        made = [self.item(part, theme, turn) for turn, theme in enumerate(themes)]
        return made, [number for number, item in enumerate(made, start=1) if not _has_precedent(item)]

    def item(self, part: Part, theme: Theme, turn: int) -> DraftItem:
        """One item: what was seen, what was said before, what follows for the city."""
        slots = (self._reflection if part == "reflections" else self._recommendation)(theme, turn)
        low, high = LENGTHS[part]
        sentences = fill(slots, low, high, SENTENCES[part])
        told = {n for sentence in sentences for n in sentence.notes}
        self._used |= told
        return DraftItem(part, self._heading(part, theme, told, turn), sentences)

    def _heading(self, part: Part, theme: Theme, told: set[int], turn: int) -> str:
        """The writer's own advice where there is some, else what the notes that are told are about."""
        advice = theme.advice if part == "recommendations" else ()
        if own := next((heading for note in advice if (heading := self._frames.heading_of(note.said))), ""):
            return own
        notes = [note for note in (*theme.notes, *theme.views) if note.n in told]
        subject = self._drafter.subject_of(notes, self._topics)
        self._topics.append(subject.topic)
        return self._frames.heading(part, turn, subject, "、".join(self._order.trip.places[-1:]))

    def _reflection(self, theme: Theme, turn: int) -> list[list[DraftSentence | None]]:
        facts = theme.notes
        opening = "" if turn or not facts else self._frames.opening(self._order.trip, self._house(facts[0]))
        first, others = self._observed(facts[:1], opening), self._observed(facts[1:])
        gaps = _gaps(self._frames.silent, turn)
        ends = _gaps(self._frames.closings["reflections"], turn)
        return [
            _some(first or gaps),
            _some(others or gaps),
            [*self._quoted(theme, "reflections", turn), *gaps[-1:]],
            _some([*self._observed(theme.views)[:MOST_FORMS], *ends]),
        ]

    def _recommendation(self, theme: Theme, turn: int) -> list[list[DraftSentence | None]]:
        fresh = [note for note in theme.notes if note.n not in self._used]
        seen = self._observed(fresh or theme.notes[:1]) or _gaps(self._frames.silent, turn)
        advice = self._observed(theme.advice)
        proposals = [DraftSentence(frame, "proposal") for frame in rotated(self._proposals(theme), turn)]
        quoted = self._quoted(theme, "recommendations", turn)
        if advice:
            # A past report that advised the same says more here than what 心得 tells already.
            return [[*_some(seen[:1]), None], _some(advice), [*quoted, None], _some(proposals)]
        return [_some(seen), [*quoted, *_gaps(self._frames.reasons, turn)], _some(proposals)]

    def _proposals(self, theme: Theme) -> Sequence[str]:
        if not theme.advice:
            return self._frames.closings["recommendations"]
        names_office = any(self._frames.cues.office.search(note.said) for note in theme.advice)
        return self._frames.own if names_office else self._frames.own_unnamed

    def _house(self, note: Note) -> str:
        return self._frames.in_house_style(note.said)

    def _observed(self, notes: Sequence[Note], opening: str = "") -> list[DraftSentence]:
        """Each note in its forms, the best forms of all notes first."""
        found = [
            [DraftSentence(opening + form, "observation", (note.n,)) for form in self._drafter.forms(note)]
            for note in notes
        ]
        return [forms[at] for at in range(MOST_FORMS) for forms in found if at < len(forms)]

    def _quoted(self, theme: Theme, part: Part, turn: int) -> list[DraftSentence | None]:
        """The closest past sentence in its forms; only None where there is none."""
        precedent = self._precedents.closest(theme.texts, part) if theme.texts else None
        if precedent is None:
            return [None]
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
