"""Collects lines into pages while a reader walks a document that marks its own page breaks.

Knows that Word writes a page break twice, once as the author put it and once as it was laid out.
"""

from __future__ import annotations

from collections.abc import Sequence

from corpus.report import RawDocument, RawLine, RawPage


class PageBuilder:
    """Pages under construction; `document()` closes the last one."""

    def __init__(self) -> None:
        self._pages: list[RawPage] = []
        self._lines: list[RawLine] = []
        self._just_broken = False

    def line(self, text: str, level: int = 0) -> None:
        """One line, blanks at its rim dropped."""
        self._lines.append(RawLine(text.strip(), level))
        self._just_broken = False

    def row(self, cells: Sequence[str]) -> None:
        """A table row, its cells joined by tabs; a row without text is left out."""
        flat = [" ".join(cell.split()) for cell in cells]
        if any(flat):
            self._lines.append(RawLine("\t".join(flat)))
            self._just_broken = False

    def break_page(self, *, rendered: bool = False) -> None:
        """End the page; a rendered break at the start or right after another break is no break of its own."""
        if rendered and (self._just_broken or not (self._lines or self._pages)):
            return
        self._close()
        self._just_broken = True

    def document(self) -> RawDocument:
        if self._lines or not self._pages:
            self._close()
        return RawDocument(tuple(self._pages))

    def _close(self) -> None:
        self._pages.append(RawPage(len(self._pages) + 1, tuple(self._lines)))
        self._lines = []
