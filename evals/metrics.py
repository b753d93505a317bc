"""Measures of an answer as pure functions: facts held, citations right, length shown, percentiles.

Text is compared without white space and with width, case and 臺/台 folded; a number in a fact matches only
a whole number. Knows nothing of cases, of files or of how the assistant works.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence

from assistant.answer import Answer, Citation, Statement
from corpus.report import Report

# Characters that different writers use for the same thing, after NFKC and lower-casing.
SAME = str.maketrans({"臺": "台", "〜": "~", "–": "-", "—": "-", "‧": "·", "・": "·", "•": "·"})
SPACE_BETWEEN_DIGITS = re.compile(r"(?<=\d)\s+(?=\d)")
THOUSANDS = re.compile(r"(?<=\d),(?=\d{3}(?!\d))")
MARK = re.compile(r"\s?\[\d+\]")
NUMBER_GAP = "\x00"


def folded(text: str) -> str:
    """The text as it is compared: no white space (two numbers stay apart), no thousands commas."""
    text = unicodedata.normalize("NFKC", text).lower().translate(SAME)
    text = SPACE_BETWEEN_DIGITS.sub(NUMBER_GAP, text)
    return THOUSANDS.sub("", "".join(text.split()))


def _pattern(wording: str) -> str:
    """A regular expression for one folded wording whose outer numbers must be whole numbers."""
    pattern = re.escape(wording)
    if wording[:1].isdigit():
        pattern = r"(?<!\d)(?<!\d\.)" + pattern
    if wording[-1:].isdigit():
        pattern += r"(?!\d)(?!\.\d)"
    return pattern


def holds(fact: str, text: str) -> bool:
    """Whether the text holds one of the wordings of "wording|wording"."""
    return holds_folded(fact, folded(text))


def holds_folded(fact: str, text: str) -> bool:
    """As `holds`, for a text that is folded already."""
    wordings = [folded(wording) for wording in fact.split("|")]
    return any(re.search(_pattern(wording), text) for wording in wordings if wording)


def held(facts: Iterable[str], text: str) -> tuple[bool, ...]:
    """For each fact whether the text holds it."""
    text = folded(text)
    return tuple(holds_folded(fact, text) for fact in facts)


def fact_recall(facts: Sequence[str], texts: Iterable[str]) -> float | None:
    """The share of the facts that the texts hold together; None where there is no fact to find."""
    return mean(held(facts, "\n".join(texts)))


def shown_text(answer: Answer) -> str:
    """All that the reader sees of an answer as fact: its text but for what is struck, and its quotations."""
    text = answer.text
    for statement in answer.statements:
        if statement.support == "unsupported":
            text = text.replace(statement.text, "")
    return "\n".join((text, *(citation.quote for citation in answer.citations)))


def shown_length(answer: Answer) -> int:
    """Characters of the answer's text, plus those of quotations that are not already in it."""
    text = "".join(MARK.sub("", answer.text).split())
    extra = 0
    for quote in sorted({c.quote for c in answer.citations}, key=lambda q: (-len(q), q)):
        bare = "".join(MARK.sub("", quote).split())
        if bare not in text:
            extra += len(quote)
            text += "\n" + bare
    return len(answer.text) + extra


def citation_fault(citation: Citation, report: Report | None) -> str:
    """What is wrong with a citation, in a word or two; empty where it is right."""
    if report is None:
        return "no such report"
    faults = (
        (citation.file != report.file, "file"),
        (not citation.quote.strip(), "empty quote"),
        (report.text[citation.start : citation.end] != citation.quote, "quote not at span"),
        (citation.page != report.page_at(citation.start), "page"),
        (citation.chapter != chapter_kind(report, citation.start), "chapter"),
    )
    return next((name for wrong, name in faults if wrong), "")


def chapter_kind(report: Report, offset: int) -> str:
    """The kind of chapter at an offset, "other" where there is none."""
    chapter = report.chapter_at(offset)
    return chapter.kind if chapter else "other"


def citation_recall(statements: Sequence[Statement], valid: frozenset[int]) -> float | None:
    """The share of the statements that rest on at least one valid citation."""
    return mean(not valid.isdisjoint(statement.citations) for statement in statements)


def mean(values: Iterable[float]) -> float | None:
    """The mean, or None of nothing."""
    values = list(values)
    return sum(values) / len(values) if values else None


def percentile(values: Iterable[float], share: float) -> float | None:
    """The smallest value that at least `share` of the values do not exceed; None of nothing."""
    ordered = sorted(values)
    if not ordered:
        return None
    rank = max(1, -(-round(share * 1000) * len(ordered) // 1000))
    return ordered[rank - 1]
