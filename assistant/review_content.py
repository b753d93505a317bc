"""Rules on what 心得 and 建議 say: recommendations, empty words, quotations, figures."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path

from assistant.flaws import Flaw, Subject
from assistant.manuscript import MERGED, Manuscript
from assistant.quantities import Quantity, find_quantities, spaced
from corpus.dates import find_dates
from corpus.report import Item
from index.tokenise import read_lines, traditional

_DATA = Path(__file__).parent / "data"
# Whether anybody at all is named who might act, which is less than the one whom a ledger names
# (`assistant.advice`): most reports of the house leave 本府 to be understood.
_ACTOR = re.compile(
    r"本[府市局處會署部所校院館縣團隊]|市府|縣府|府內|各?局處|各?(?:機關|單位|區公所|學校|部門|級政府)|(?:主管|權責|相關|目的事業主管)機關"
    r"|我國|我方|中央|政府|同仁|承辦|團員|代表團|訪團|業者|館方|校方"
    r"|(?:主辦|協辦|權責|執行|辦理)(?:機關|單位)[：:]"
    r"|[\u4e00-\u9fff]{1,8}(?:局|處|署|委員會|研考會|公司|公所|中心|研究所|事務所|學院|大學|醫院|圖書館|博物館|科)"
    r"(?=[應可宜與及並會同就於在將、，。；（(請以]|未來|建議|主責|辦理|編列|建立|成立|設|訂|每|擇|選|採|試|與)"
    r"|(?:建議|建請|由|請|洽|會同|協調)[\u4e00-\u9fff]{1,10}(?:局|處|署|部|委員會|會|所|科|中心|公司|館|院|校)"
)
_MODAL = re.compile(
    r"建議(?!書|案|者)|建請|應(?!用|對|變|邀|急|援|有盡有)|宜(?!居|蘭|人)|可(?!能|見|惜|觀|說|謂|貴)|須|需要?|擬|將|未來|持續|請"
)
_EMPTY_REST = 14
_CLAUSE = re.compile(r"[，；：、,;:]")
_MARKS = re.compile(r"[\W_]+")
_GOES_ON = re.compile(r"例如|譬如|其中|如[：:]|像是|包括|具體而言|亦即|也就是")
_CONCRETE = re.compile(
    r"「[^」]+」|例如|譬如|包括|透過|藉由|以[^，。]{2,12}(?:方式|制度|機制)|將[^，。]{2,20}[為成至]"
)
# Headings have none of these at their end.
_ENDS = "。！？!?」”』"
_OWN_SOURCE = re.compile(r"資料來源|出處|來源[：:]|依據|根據|統計|[\[［〔]\d+[\]］〕]|註\s?\d")
_NO_FIGURE = re.compile(r"第(?:\d+|[一二三四五六七八九十百]+)|(?:1[0-4]\d|19\d\d|20\d\d)年")
SMALL, ROUND = 3, 10
# How long something is to take is for whoever proposes it to say.
_TERMS = frozenset(("month", "week", "day", "hour", "second"))
_SHOWN = 5


def check_recommendations(subject: Subject) -> Iterator[Flaw]:
    """At least as many recommendations as the agency asks for."""
    manuscript, least = subject.manuscript, subject.standards.recommendations
    chapters = manuscript.chapters("recommendations", MERGED)
    count = len(manuscript.items("recommendations"))
    if not chapters or count >= least:
        return
    yield Flaw(
        "warn",
        f"建議有 {count} 項，少於 {least} 項。",
        manuscript.where(chapters[-1].start),
        "請補足具體、可執行的建議；確實沒有時請說明理由（門檻可用 review_recommendations 設定）。",
    )


def check_actors(subject: Subject) -> Iterator[Flaw]:
    """Every recommendation says who should do what."""
    for item in subject.manuscript.items("recommendations"):
        said = f"{item.heading}。{item.text}"
        lacking = [
            word
            for word, there in (("由誰做", _ACTOR.search(said)), ("做什麼", _has_action(item)))
            if not there
        ]
        if lacking:
            yield Flaw(
                "warn",
                f"這一項建議看不出{'、'.join(lacking)}：「{_excerpt(item)}」。",
                subject.manuscript.where_item(item),
                "請寫成「哪個機關＋應做什麼＋用什麼方法＋為了什麼」。",
            )


def _has_action(item: Item) -> bool:
    verbs = _verbs()
    if verbs.search(item.heading) and item.number or verbs.match(item.text):
        return True
    return bool(_MODAL.search(item.text) and verbs.search(item.text))


@cache
def _verbs() -> re.Pattern[str]:
    words = [word for line in read_lines(_DATA / "action_verbs.txt") for word in line.split()]
    return re.compile("|".join(sorted(words, key=len, reverse=True)))


@cache
def _hollow() -> re.Pattern[str]:
    return re.compile("|".join(f"(?:{line})" for line in read_lines(_DATA / "hollow.txt")))


def _excerpt(item: Item) -> str:
    text = item.heading if item.number and item.heading else item.text
    return text if len(text) <= 30 else text[:30] + "…"


def check_hollow(subject: Subject) -> Iterator[Flaw]:
    """Sentences of 心得 and 建議 in which nothing stands beside the empty phrase."""
    manuscript = subject.manuscript
    for chapter in manuscript.chapters("reflections", "recommendations", MERGED):
        sentences = [s for s in manuscript.sentences(chapter.body, chapter.end) if s.text[-1] in _ENDS]
        for place, sentence in enumerate(sentences):
            phrase = is_hollow(sentence.text)
            if phrase and not any(_GOES_ON.match(after.text) for after in sentences[place + 1 : place + 2]):
                yield Flaw(
                    "warn",
                    f"「{sentence.text}」只有空泛的「{phrase}」，沒有說出具體的事。",
                    manuscript.where(sentence.start),
                    "請寫出看到什麼、為什麼值得、本機關可以怎麼做。",
                )


def is_hollow(sentence: str) -> str:
    """The empty phrase of a sentence that says nothing else, "" where it says something."""
    found = _hollow().search(sentence)
    if not found or _CONCRETE.search(sentence) or _telling(find_quantities(sentence)):
        return ""
    rest = [
        _hollow().sub("", clause) if _hollow().search(clause) else clause
        for clause in _CLAUSE.split(sentence)
    ]
    return found[0] if len(_MARKS.sub("", "".join(rest))) <= _EMPTY_REST else ""


def check_quotations(subject: Subject) -> Iterator[Flaw]:
    """Longer quotations name who said it or where it is written."""
    manuscript = subject.manuscript
    for quotation in manuscript.quotations:
        if not quotation.sourced:
            quoted = manuscript.report.text[quotation.start : quotation.end]
            shown = quoted if len(quoted) <= 30 else quoted[:30] + "…"
            yield Flaw(
                "warn",
                f"引文「{shown}」沒有寫出來源。",
                manuscript.where(quotation.start),
                "請寫出是誰說的或出自哪份文件；不是引文就拿掉引號。",
            )


def check_figures(subject: Subject) -> Iterator[Flaw]:
    """Figures of 心得 and 建議 that the chapters before do not have."""
    manuscript = subject.manuscript
    if not manuscript.chapters("process"):
        return
    told = _told(manuscript)
    for kind in ("reflections", "recommendations"):
        for item in manuscript.items(kind):
            lacking = list(_unknown(manuscript, item, told))
            if lacking:
                shown = "、".join(dict.fromkeys(lacking[:_SHOWN]))
                yield Flaw(
                    "warn",
                    f"這些數字在過程裡找不到：{shown}。",
                    manuscript.where_item(item),
                    _MEND_FIGURE[kind],
                )
        told = [*told, *_figures(item.text for item in manuscript.items(kind))]


_MEND_FIGURE = {
    "reflections": "請核對是否抄錯，並在過程寫出這項事實，或註明出處。",
    "recommendations": "若是所見的事實，請在過程寫出或註明出處；若是本機關擬訂的目標，請寫明是目標。",
}


def _told(manuscript: Manuscript) -> list[Quantity]:
    """The figures of all chapters that tell what was planned and done."""
    late = ("reflections", "recommendations", MERGED, "summary")
    return _figures(
        manuscript.body(chapter) for chapter in manuscript.report.chapters if chapter.kind not in late
    )


def _figures(texts: Iterable[str]) -> list[Quantity]:
    return [quantity for text in texts for quantity in find_quantities(text, _dates(text))]


def _dates(text: str) -> list[tuple[int, int]]:
    """Where dates, years and ordinal numbers stand in the spaced text."""
    folded = spaced(text)
    days = [(span.start, span.end) for span in find_dates(folded)]
    return [*days, *(match.span() for match in _NO_FIGURE.finditer(folded))]


def _unknown(manuscript: Manuscript, item: Item, told: list[Quantity]) -> Iterator[str]:
    proposes = item.kind == "recommendations"
    for sentence in manuscript.sentences(item.start, item.end):
        if _OWN_SOURCE.search(sentence.text):
            continue
        plans = proposes and bool(_MODAL.search(sentence.text))
        for quantity in _telling(find_quantities(sentence.text, _dates(sentence.text))):
            slight = quantity.value <= (ROUND if plans else SMALL) or plans and quantity.kind in _TERMS
            if not slight and not any(quantity.agrees(other, about=True) for other in told):
                yield traditional(quantity.surface)


def _telling(quantities: Iterable[Quantity]) -> list[Quantity]:
    """Figures without plain ones, which hardly say more than a word does."""
    return [quantity for quantity in quantities if not quantity.is_one]
