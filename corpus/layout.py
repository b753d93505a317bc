"""How a document is set: its measure, its paragraph conventions, whether it is prose or slides.

Judged once over all lines of a document, from their widths and ends; `corpus.text` asks it about
pairs of lines.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from corpus.furniture import Line
from corpus.line_kinds import ALONE, ends_sentence

WIDE = re.compile(
    r"[\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe4f\uff01-\uff60\U00020000-\U0003ffff]"
)
WORD = re.compile(r"[^\s\u2e80-\u9fff\uf900-\uffef]+|.")
SPACED = re.compile(r"[\u3400-\u9fff] [A-Za-z0-9]|[A-Za-z0-9] [\u3400-\u9fff]")
UNSPACED = re.compile(r"[\u3400-\u9fff][A-Za-z0-9]|[A-Za-z0-9][\u3400-\u9fff]")

PUNCTUATION = re.compile(r"[，。；、,.;]")

NARROWEST, WIDEST = 24, 150
FULL = 0.92
BEYOND = 1.12
MIN_FULL = 3
LONG_LINE = 0.03
SLIDE_LINE = 44
SLIDE_STOPS = 0.1
PROSE_STOPS = 0.4
PROSE_LINE = 40
PUNCTUATED = 0.4
INDENTED = 2


@dataclass(frozen=True)
class Layout:
    """`measure` is the width of a full line in half-width columns, 0 where lines are not hard-wrapped."""

    measure: int
    is_prose: bool
    slides: bool
    spaced: bool
    marks_ends: bool
    indents: bool
    gaps: bool

    @classmethod
    def of(cls, lines: Sequence[Line]) -> Layout:
        """The layout that most lines of a document speak for."""
        body = [line for line in lines if line.kind not in ALONE and not line.level]
        widths = [width(line.text) for line in body]
        measure = _measure(body, widths)
        stops = sum(ends_sentence(line.text) for line in body)
        long = [line for line, w in zip(body, widths, strict=True) if w >= PROSE_LINE]
        full = [w >= FULL * measure for w in widths] if measure else []
        return cls(
            measure=measure,
            is_prose=measure > 0
            or sum(ends_sentence(line.text) for line in long) >= PROSE_STOPS * len(long) > 0,
            slides=not measure and _are_slides(body, widths, stops),
            spaced=_is_spaced(body),
            marks_ends=measure > 0 and _marks_ends(body, full),
            indents=measure > 0 and _indents(body, full),
            gaps=measure > 0 and _has_gaps(body, full),
        )

    def width(self, line: Line) -> int:
        return width(line.text)

    def is_full(self, line: Line, after: Line) -> bool:
        """Whether the first word of the next line would not have fitted."""
        if not self.measure:
            return False
        word = WORD.match(after.text)
        room = width(word.group()) if word else 0
        return width(line.text) + min(room, self.measure // 4) >= FULL * self.measure

    def is_indented(self, line: Line) -> bool:
        return self.indents and line.indent >= INDENTED

    def continues_after_stop(self, before: Line, after: Line) -> bool:
        """Whether a full line that ends a sentence is still followed by its own paragraph."""
        if self.marks_ends:
            return before.open_end
        if self.indents:
            return after.indent < INDENTED and after.blanks == 0
        return self.gaps and after.blanks == 0 and after.page == before.page


def width(text: str) -> int:
    """Columns of a line: two for a Chinese character, one for a Latin one."""
    return len(text) + len(WIDE.findall(text))


def _measure(body: Sequence[Line], widths: Sequence[int]) -> int:
    """The width at which lines were broken, or 0 where nothing was.

    Broken lines pile up at one width and stop in the middle of sentences; paragraphs that stand
    on a line each do neither.
    """
    if len(body) < MIN_FULL + 1:
        return 0
    ordered = sorted(widths)
    top = ordered[int(len(ordered) * (1 - LONG_LINE))] if len(ordered) > 30 else ordered[-1]
    piled = Counter(w for w in ordered if w >= 0.75 * top)
    measure = max(piled, key=lambda w: (_near(w, piled), w))
    if not NARROWEST <= measure <= WIDEST or sum(w > BEYOND * measure for w in widths) > LONG_LINE * len(
        body
    ):
        return 0
    full = [line for line, w in zip(body, widths, strict=True) if w >= FULL * measure]
    near = sum(0.7 * measure <= w < FULL * measure for w in widths)
    cut = sum(not ends_sentence(line.text) for line in full)
    punctuated = sum(bool(PUNCTUATION.search(line.text)) for line in full)
    piled_up = len(full) >= max(MIN_FULL, near)
    return measure if piled_up and cut * 2 >= len(full) and punctuated >= PUNCTUATED * len(full) else 0


def _near(width: int, widths: Counter[int]) -> int:
    """How many lines are about as wide."""
    return sum(count for other, count in widths.items() if FULL * width <= other <= BEYOND * width)


def _are_slides(body: Sequence[Line], widths: Sequence[int], stops: int) -> bool:
    """Short phrases in blocks set apart by empty lines, hardly a full stop among them."""
    if len(body) < MIN_FULL or stops > SLIDE_STOPS * len(body):
        return False
    apart = sum(line.blanks > 0 for line in body)
    return sorted(widths)[len(widths) // 2] <= SLIDE_LINE and apart >= 0.3 * len(body)


def _is_spaced(body: Sequence[Line]) -> bool:
    """Whether the author sets a blank between Chinese and Latin."""
    sample = "\n".join(line.text for line in body[:400])[:20_000]
    return len(SPACED.findall(sample)) > len(UNSPACED.findall(sample))


def _marks_ends(body: Sequence[Line], full: Sequence[bool]) -> bool:
    """Whether paragraphs end with a blank while wrapped lines do not, as in text out of Word's PDF."""
    wrapped = [
        line.open_end for line, is_full in zip(body, full, strict=True) if is_full and _is_broken(line)
    ]
    ended = [line.open_end for line, is_full in zip(body, full, strict=True) if not is_full]
    return bool(wrapped and ended) and sum(wrapped) >= 0.8 * len(wrapped) and sum(ended) <= 0.2 * len(ended)


def _is_broken(line: Line) -> bool:
    return bool(WIDE.match(line.text[-1])) and not ends_sentence(line.text)


def _indents(body: Sequence[Line], full: Sequence[bool]) -> bool:
    """Whether paragraphs begin with an indent and wrapped lines do not."""
    return _tells_paragraphs(body, full, [line.indent >= INDENTED for line in body])


def _has_gaps(body: Sequence[Line], full: Sequence[bool]) -> bool:
    """Whether empty lines stand before paragraphs and not before wrapped lines."""
    return _tells_paragraphs(body, full, [line.blanks > 0 for line in body])


def _tells_paragraphs(body: Sequence[Line], full: Sequence[bool], signs: Sequence[bool]) -> bool:
    """Whether a sign stands at most lines that follow a short line, and at few that follow a cut one."""
    first, inner = [], []
    for before, is_full, after, sign in zip(body, full, body[1:], signs[1:], strict=False):
        if after.kind or before.page != after.page:
            continue
        if is_full and not ends_sentence(before.text):
            inner.append(sign)
        elif not is_full:
            first.append(sign)
    return bool(first and inner) and sum(first) >= 0.6 * len(first) and sum(inner) <= 0.2 * len(inner)
