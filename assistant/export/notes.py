"""The words of footnotes and of the list of sources, the same in every format.

Every mark has a footnote of its own. The first one that cites a passage quotes it; later ones read
「同註 1」 and name the place once more, since notes are numbered anew when the text is edited.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from assistant.export.document import Block, Document, Heading, ListItem, Paragraph, Source, Span, printable

SOURCES = "來源"


@dataclass(frozen=True)
class Note:
    """A footnote; `joined` where its mark follows directly on another, so that 1 and 2 do not read 12."""

    number: int
    text: str
    joined: bool


class Notes:
    """The footnotes of one document, handed out in the order of its marks."""

    def __init__(self, sources: Iterable[Source]) -> None:
        self._sources = {source.n: source for source in sources}
        self._first: dict[int, int] = {}
        self._count = 0

    def resolve(self, spans: Iterable[Span]) -> Iterator[Span | Note]:
        """The spans in order, without those that hold no text, each followed by its footnote if any."""
        joined = False
        for span in spans:
            if printable(span.text):
                yield span
                joined = False
            if span.note is not None:
                yield self._note(self._sources[span.note], joined)
                joined = True

    def _note(self, source: Source, joined: bool) -> Note:
        self._count += 1
        first = self._first.setdefault(source.n, self._count)
        if first < self._count:
            return Note(self._count, f"同註 {first}，{_place(source)}。", joined)
        quote = " ".join(source.quote.split())
        said = f"：「{quote}」" if quote else "。"
        return Note(self._count, f"{_place(source)}（{source.file}）{said}", joined)


def all_blocks(document: Document) -> tuple[Block, ...]:
    """The blocks of the document with what closes it: the disclosure, and the reports cited."""
    disclosure = (Paragraph((Span(document.disclosure),)),) if document.disclosure else ()
    return (*document.blocks, *disclosure, *_source_list(document.sources))


def _place(source: Source) -> str:
    return f"《{source.title}》{source.heading}，第 {source.page} 頁"


def _source_list(sources: Sequence[Source]) -> tuple[Block, ...]:
    """Each report once, with the pages that are cited."""
    pages: dict[tuple[str, str], set[int]] = {}
    for source in sources:
        pages.setdefault((source.title, source.file), set()).add(source.page)
    items = [
        ListItem((Span(f"《{title}》（{file}），第 {'、'.join(map(str, sorted(cited)))} 頁"),), numbered=True)
        for (title, file), cited in pages.items()
    ]
    return (Heading(1, SOURCES), *items) if items else ()
