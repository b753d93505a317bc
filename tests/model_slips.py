"""How a language model gets a sentence wrong, one thing at a time, and how it rewords one harmlessly.

What is a name, a place or a date in it is found as the product finds them. Knows nothing of prompts
or answers.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

from corpus.dates import find_dates
from corpus.names import Names
from corpus.numerals import NUMERAL_CHARS, numeral, to_chinese
from corpus.people import find_people
from index.sentences import split_sentences

WHOLE = re.compile(r"[。！？.!?][」』）)”\"]*$")
CLOSING = re.compile(r"[。！？；.!?」』）)”\"]*$")
HAN = re.compile(r"[\u3400-\u9fff]")
COUNTED = (
    r"(?=\s?(?:公[分里尺頃噸斤]|平方|小時|分鐘"
    r"|[人名位座處個項次件戶家棟元噸億萬倍成天週年種條所間隊團場%％]))"
)
NUMBER = re.compile(
    rf"(?<![A-Za-z\d.,])\d+(?!\d|[.、)]\s|[A-Za-z])|(?!一[^{NUMERAL_CHARS}])[{NUMERAL_CHARS}]+{COUNTED}"
)
ANY_NUMERAL = re.compile(rf"\d+|[{NUMERAL_CHARS}]+")
# For dates that leave their year out, so that every day of a calendar is one.
LEAP_YEAR = 2024
PLACES = {
    "city": (("雷克雅維克", "Reykjavik"), ("蒙特維多", "Montevideo")),
    "country": (("冰島", "Iceland"), ("烏拉圭", "Uruguay")),
}
NOBODY = ("甄無名", "Nemo Nobody")
NEGATIONS = (
    ("沒有", "有"),
    ("並未", "已經"),
    ("尚未", "已經"),
    ("(?<!不)可以", "不可以"),
    ("(?<![沒所擁具含享只唯國持約共少])有(?![關效限機])", "沒有"),
    ("(?<![不但只還就於])是(?![否以故])", "不是"),
    (r"\b(is|are|was|were|has|have|can|will)\b", r"\1 not"),
)
SYNONYMS = (
    ("瞭解", "了解"), ("設置", "設立"), ("透過", "藉由"), ("因此", "因而"), ("以及", "和"), ("參觀", "參訪"),
    ("拜會", "拜訪"), ("並且", "並"), ("目前", "現在"), ("必須", "應"), ("選定", "選擇"), ("公布", "公告"),
)  # fmt: skip
THREE_CLAUSES = re.compile(r"^([^，]+)，([^，]{4,})，([^，]{4,})([。！？])$")
LEANS = re.compile("^(?:所以|而|並|但|其|使|讓|也|以|這|此|故|則|才|均|都|再|由)|因|值得")


@dataclass(frozen=True)
class Slip:
    """`change` gives the falsified sentence, None where nothing of the kind stands in it; `insert` always."""

    change: Callable[[str], str | None]
    insert: Callable[[str], str]

    def sentence(self, text: str) -> str:
        """The first sentence of a passage that can be changed, changed; else its first, added to."""
        known = sentences(text)
        changed = (self.change(sentence) for sentence in known)
        return next((wrong for wrong in changed if wrong), None) or self.insert(known[0])


def sentences(text: str) -> list[str]:
    """The sentences of a passage; headings and pieces are left out where it has whole ones."""
    cut = [text[start:end] for start, end in split_sentences(text)]
    return [sentence for sentence in cut if WHOLE.search(sentence)] or cut or [text]


def reworded(sentence: str) -> str:
    """The sentence with synonyms and, where neither leans on the other, its last two clauses swapped."""
    for word, other in SYNONYMS:
        sentence = sentence.replace(word, other)
    parts = THREE_CLAUSES.match(sentence)
    if not parts or LEANS.search(parts[2]) or LEANS.search(parts[3]):
        return sentence
    return f"{parts[1]}，{parts[3]}，{parts[2]}{parts[4]}"


def number_changed(sentence: str) -> str | None:
    """A number other by one, a count before a date."""
    dates = [range(span.start, span.end) for span in find_dates(sentence, year=LEAP_YEAR)]
    numbers = list(NUMBER.finditer(sentence))
    counts = [match for match in numbers if not any(match.start() in span for span in dates)]
    for match in counts or numbers:
        value = numeral(match[0])
        if value is not None:
            return _put(sentence, match.span(), _written(value + 1, match[0]))
    return None


def date_changed(sentence: str) -> str | None:
    """The last number of the first date other by one, so that it stays a day that exists."""
    for date in find_dates(sentence, year=LEAP_YEAR):
        for match in reversed(list(ANY_NUMERAL.finditer(sentence, date.start, date.end))):
            value = numeral(match[0])
            if value:
                return _put(sentence, match.span(), _written(value - 1 if value > 1 else 2, match[0]))
    return None


def place_changed(sentence: str) -> str | None:
    """The first city or country swapped for another of its kind."""
    for mention in Names.load().find(sentence):
        for pair in PLACES.get(mention.entity.type, ()):
            other = for_language(mention.surface, *pair)
            if other not in sentence:
                return _put(sentence, (mention.start, mention.end), other)
    return None


def name_changed(sentence: str) -> str | None:
    """The first person named swapped for nobody."""
    people = [name for name in find_people(sentence) if name in sentence]
    return sentence.replace(people[0], for_language(people[0], *NOBODY)) if people else None


def negated(sentence: str) -> str | None:
    """The sentence saying the opposite by its verb."""
    changes = (re.subn(word, opposite, sentence, count=1) for word, opposite in NEGATIONS)
    return next((changed for changed, count in changes if count), None)


def in_front(chinese: str, english: str) -> Callable[[str], str]:
    """What puts the words before a sentence of their language."""
    return lambda sentence: for_language(sentence, chinese, english) + sentence


def for_language(text: str, chinese: str, english: str) -> str:
    """`chinese` where the text holds Chinese, else `english`."""
    return chinese if HAN.search(text) else english


def number_inserted(sentence: str) -> str:
    """The sentence with a count before its closing marks."""
    end = len(sentence) - len(CLOSING.findall(sentence)[0])
    return _put(sentence, (end, end), for_language(sentence, "，共計 37 處", ", 37 in all"))


def _put(text: str, span: tuple[int, int], other: str) -> str:
    return text[: span[0]] + other + text[span[1] :]


def _written(value: int, like: str) -> str:
    return str(value).zfill(len(like)) if like.isdecimal() else to_chinese(value)


SLIPS = {
    "wrong_number": Slip(number_changed, number_inserted),
    "wrong_city": Slip(place_changed, in_front("在雷克雅維克，", "In Reykjavik, ")),
    "wrong_date": Slip(date_changed, in_front("民國 97 年 8 月 19 日，", "On 19 August 2008, ")),
    "wrong_name": Slip(name_changed, in_front("據甄無名局長說明，", "According to Dr. Nemo Nobody, ")),
    "negated": Slip(negated, in_front("並非", "It is not so that ")),
}
