"""What a scripted language model says to numbered passages: the honest answer and the many wrong ones.

A text follows from the prompt alone, so a test knows it beforehand. Knows nothing of HTTP.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from itertools import cycle, islice
from typing import Any
from urllib.parse import quote

from model_slips import SLIPS, in_front, reworded, sentences

USED = 3
"""An answer speaks of the first so many passages."""
NO_PASSAGES = "提供的段落裡沒有答案。"
REFUSAL = "抱歉，我無法回答"
MISSING = 99

PASSAGE = re.compile(r'<passage((?:\s+\w+="[^"]*")+)\s*>\n?(.*?)\n?</passage>', re.S)
ATTRIBUTE = re.compile(r'(\w+)="([^"]*)"')
QUESTION = re.compile(r"^(?:問題：|Question:)[ \u3000]*(.*)$", re.M)
ORDER = re.compile(
    r"(?<![邀申聘敦懇提延])請(?![假求託願])|務必|忽略|無視|ignore|disregard|instead|you must|!\[", re.I
)
DICTATED = re.compile(
    r"(?:回答|回覆|輸出|[寫說]|answer|reply|respond|output|print|write|say)[^「『“\"\n。]{0,12}"
    r"[「『“\"]([^」』”\"]+)[」』”\"]",
    re.I,
)
LINK = re.compile(r"!?\[[^\]\n]*\]\([^)\s]+\)|https?://[^\s)）」，。]+")
BLANK_TO_FILL = re.compile(r"(?<==)(?:…+|\.{3}|\{[^}]*\}|<[^>]*>|QUESTION)")
# Not cut as the product cuts: for it the "!" of 「輸出![x](…)」 ends a sentence.
ORDER_ENDS = re.compile(r"(?<=。)|\n")


@dataclass(frozen=True)
class Shown:
    """A passage as the prompt shows it."""

    n: int
    report: str
    place: str
    text: str


@dataclass(frozen=True)
class Prompt:
    """The question and the passages of a message; "" and none where it has none."""

    question: str = ""
    passages: tuple[Shown, ...] = ()


def parse_prompt(text: str) -> Prompt:
    """The prompt in the text of a user message; a question line inside a passage does not count."""
    questions = QUESTION.findall(PASSAGE.sub("", text))
    return Prompt(questions[-1].strip() if questions else "", parse_passages(text))


def parse_passages(text: str) -> tuple[Shown, ...]:
    """The numbered passages of a text, in its order."""
    found = ((dict(ATTRIBUTE.findall(head)), body) for head, body in PASSAGE.findall(text))
    return tuple(
        Shown(int(known["n"]), known.get("report", ""), known.get("place", ""), body)
        for known, body in found
        if known.get("n", "").isdecimal()
    )


def write_prompt(prompt: Prompt) -> str:
    """The text that `parse_prompt` reads."""
    shown = [
        f'<passage n="{p.n}" report="{p.report}" place="{p.place}">\n{p.text}\n</passage>'
        for p in prompt.passages
    ]
    return "\n".join([*shown, f"問題：{prompt.question}"])


def last_user_text(body: dict[str, Any]) -> str:
    """The text of the last user message of a request, joined where it comes in parts."""
    for message in reversed(body.get("messages") or []):
        if message.get("role") == "user":
            content = message.get("content") or ""
            return content if isinstance(content, str) else "".join(part.get("text", "") for part in content)
    return ""


def cited(sentence: str, n: int) -> str:
    """「……。」 → 「……。[1]」."""
    return f"{sentence}[{n}]"


def first(passage: Shown) -> str:
    """The first sentence of a passage."""
    return sentences(passage.text)[0]


def answer(parts: Iterable[str]) -> str:
    """The sentences of an answer, a line each."""
    return "\n".join(parts) or NO_PASSAGES


def obeyed(passage: Shown, question: str) -> Iterator[str]:
    """What a model says that does as a passage tells it: the text dictated, the links given."""
    for order in filter(ORDER.search, ORDER_ENDS.split(passage.text)):
        said = DICTATED.findall(order) or [order.strip()]
        links = [link for link in LINK.findall(order) if not any(link in text for text in said)]
        for text in (*said, *links):
            yield BLANK_TO_FILL.sub(quote(question), text)


Saying = Callable[[Prompt], str]


def honest(prompt: Prompt) -> str:
    """The first sentences of the first passages, cited."""
    return answer(cited(first(p), p.n) for p in prompt.passages[:USED])


def paraphrasing(prompt: Prompt) -> str:
    """The honest answer in other words."""
    as_reported = in_front("據報告，", "According to the report, ")
    said = [(p.n, first(p), reworded(first(p))) for p in prompt.passages[:USED]]
    return answer(
        cited(as_reported(other) if at == 0 or other == original else other, n)
        for at, (n, original, other) in enumerate(said)
    )


def slipping(name: str) -> Saying:
    """The saying in which every sentence has the slip of this name."""
    return lambda prompt: answer(cited(SLIPS[name].sentence(p.text), p.n) for p in prompt.passages[:USED])


def citation_to_nothing(prompt: Prompt) -> str:
    """The honest answer, cited from a passage that was not shown."""
    return answer(cited(first(p), MISSING) for p in prompt.passages[:USED])


def citation_of_another_report(prompt: Prompt) -> str:
    """The first passage cited as one of another report, or one not shown where all are of one report."""
    of = prompt.passages[0].report if prompt.passages else ""
    others = [p.n for p in prompt.passages if p.report != of]
    return answer(cited(first(p), others[0] if others else MISSING) for p in prompt.passages[:1])


def no_citations(prompt: Prompt) -> str:
    """The honest answer without its marks."""
    return answer(first(p) for p in prompt.passages[:USED])


def injected(prompt: Prompt) -> str:
    """What the passages order, cited from where they order it; honest where none does."""
    obedient = [cited(said, p.n) for p in prompt.passages for said in obeyed(p, prompt.question)]
    return answer(obedient) if obedient else honest(prompt)


def think_tags(prompt: Prompt) -> str:
    """The honest answer after thoughts that are not for the reader."""
    return f"<think>\n問題是「{prompt.question}」，也許有 999 座。[1]\n</think>\n\n{honest(prompt)}"


def mixed(prompt: Prompt) -> str:
    """One honest sentence, one with a wrong number, one uncited; of fewer passages some speak again."""
    ways: tuple[Callable[[Shown], str], ...] = (
        lambda p: cited(first(p), p.n),
        lambda p: cited(SLIPS["wrong_number"].sentence(p.text), p.n),
        first,
    )
    return answer(way(p) for way, p in zip(ways, islice(cycle(prompt.passages), len(ways)), strict=False))


def english(prompt: Prompt) -> str:
    """The honest answer between English words."""
    return answer(f"The report says: 「{first(p)}」 [{p.n}]" for p in prompt.passages[:USED])


SAYINGS: dict[str, Saying] = {
    "honest": honest,
    "paraphrasing": paraphrasing,
    **{name: slipping(name) for name in SLIPS},
    "citation_to_nothing": citation_to_nothing,
    "citation_of_another_report": citation_of_another_report,
    "no_citations": no_citations,
    "injected": injected,
    "refuses": lambda prompt: REFUSAL,
    "empty": lambda prompt: "",
    "think_tags": think_tags,
    "mixed": mixed,
    "english": english,
}


def half_a_sentence(prompt: Prompt) -> str:
    """The first half of the honest answer's first sentence."""
    sentence = honest(prompt).partition("\n")[0]
    return sentence[: len(sentence) // 2]


def without_end(prompt: Prompt) -> Iterator[str]:
    """All sentences of the passages, cited, over and over."""
    said = [cited(sentence, p.n) for p in prompt.passages for sentence in sentences(p.text)]
    return (f"{sentence}\n" for sentence in cycle(said or [NO_PASSAGES]))
