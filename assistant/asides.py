"""The small requests beside an answer: a follow-up in full, glosses of quotations, a second opinion.

Each is optional: where the model fails or says what cannot be trusted, nothing comes of it. Knows no archive.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

import prompts
from assistant.budget import Budget
from assistant.llm import Message, Model, ModelUnavailable, read_all
from assistant.marks import numbers_in
from assistant.question import language_of

LONGEST = 300
_GLOSS = re.compile(r"^[ \t]*(\[\d{1,3}\])[ \t]*(\S.*)$", re.M)
_THOUGHT = re.compile(r"<think.*?(?:</think>|$)", re.S)
_FIGURES = re.compile(r"\d+|[〇零一二三四五六七八九十百]+(?=[屆年月日])")
_UNITS = re.compile(r"[a-z]+|[\u3400-\u9fff]")
_NO = re.compile(r"\W*(?:否|不是|no)(?!\w)", re.I)


def condense(model: Model, earlier: Sequence[str], question: str, budget: Budget) -> str:
    """The follow-up as a question of its own; empty where the earlier ones do not bear it out.

    A figure that nobody said, many new words, another language and great length are the model's own.
    """
    text = prompts.load("condense", earlier="\n".join(f"- {one}" for one in earlier), question=question)
    full = _ask(model, text, budget).strip().strip("「」\"'")
    line = full.split("\n")[0].strip()
    is_fit = len(line) <= LONGEST and language_of(line) == language_of(question)
    return line if is_fit and _bears_out(" ".join((*earlier, question)), line) else ""


def _bears_out(known: str, line: str) -> bool:
    """Whether the line says no figure that is not known, and at least half of it in known words."""
    said = _UNITS.findall(line.lower())
    there = set(_UNITS.findall(known.lower()))
    invented = set(_FIGURES.findall(line)) - set(_FIGURES.findall(known))
    return not invented and 0 < len(said) <= 2 * sum(unit in there for unit in said)


def gloss(model: Model, quotes: Mapping[int, str], budget: Budget) -> dict[int, str]:
    """An English line for each numbered quotation that the model translates."""
    listed = "\n".join(f"[{number}] {' '.join(quote.split())}" for number, quote in quotes.items())
    said = _ask(model, prompts.load("gloss", quotations=listed), budget)
    lines = ((numbers_in(mark), text.strip()) for mark, text in _GLOSS.findall(said))
    return {numbers[0]: text for numbers, text in lines if numbers and numbers[0] in quotes}


def doubts(model: Model, sentence: str, passage: str, budget: Budget) -> bool:
    """Whether the model says that the passage does not bear the sentence out."""
    said = _ask(model, prompts.load("judge", passage=passage, sentence=sentence), budget)
    return _NO.match(said) is not None


def _ask(model: Model, text: str, budget: Budget) -> str:
    try:
        return _THOUGHT.sub("", read_all(model, [Message("user", text)], budget))
    except ModelUnavailable:
        return ""
