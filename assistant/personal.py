"""Personal names in Chinese that a sentence gives by a title or by what the person does: 由處長甄無名率領.

A surname with one or two characters more counts where a title stands beside it, or where 由, 與 or the like
and a deed stand around it, and no word of the dictionary runs over its ends. Knows nothing of who is real.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from index.tokenise import Tokeniser, fold

_DATA = Path(__file__).parents[1] / "corpus" / "data"
_GIVEN = "[一-鿿]{1,2}"
_DEEDS = (
    "率領|率團|率隊|率|帶領|帶隊|領隊|領軍|主持|接待|陪同|說明|表示|指出|簡報|介紹|致詞|致辭|演講|演說|主講|負責|導覽|"
    "示範|分享|轉赴|前往|赴|強調|提到|談到|認為|建議|回應|答覆|報告|出席|參加|代表|會面|會談|會晤|簽署|簽約|頒獎|頒發|發表|提議|坦言|"
    "同行|同往|同席|對談|與談|擔任|交流|致贈|揭牌|剪綵|開場|總結|講評|補充|透露|直言|解釋|解說|宣布|呼籲|主張|承諾|答應|同意"
)
_THEN = "則也亦曾仍還再"
_BESIDE = "由|與|和|及|跟|同|偕同|偕|請|邀請|邀|讓|被|向|經|據|依|如"
_ENDS = rf"(?=$|[^一-鿿]|等|與|和|及|暨|率|於|在|的|之|先生|女士|博士|教授|{_DEEDS})"
_STARTS = r"(?:(?<=^)|(?<=[^一-鿿])|(?<=[由與和及跟偕邀請讓被向據依如照、的]))"
# The comma of 1,000 goes when text is folded, and places with it.
_GROUP = re.compile(r"(?<=\d)[,，](?=\d{3})")
# These surnames are also words that follow a title: 市長談雙語教育.
_VERBS = "談連應管包關時常單全安向和甘能習容申支過計強"
_DEED = re.compile(fold(_DEEDS))
_NOT_GIVEN = re.compile(
    fold(
        "[的了在是和與及於由為以對向並也不未將會可要能該此其各每個所有到從至等這那我他她它們就都而且則再又"
        "很更最說講看問請市縣府局處部司署科課股組長]"
    )
)


class PersonFinder:
    """Finds such names with the dictionary that it is given."""

    def __init__(self, tokeniser: Tokeniser, titles: tuple[str, ...]) -> None:
        self._tokeniser = tokeniser
        self._endings = tuple(map(fold, titles))
        title = "|".join(sorted(self._endings, key=len, reverse=True))
        surname = rf"(?:{'|'.join(_doubles())}|[{''.join(_singles())}])"
        name = rf"(?P<name>{surname}{_GIVEN}?)"
        ends, starts, deeds, beside = map(fold, (_ENDS, _STARTS, _DEEDS, _BESIDE))
        self._patterns = (
            re.compile(rf"(?:{title}) ?(?P<name>(?![{fold(_VERBS)}]){surname}[一-鿿]{{2}})"),
            re.compile(rf"(?:{title}) ?{name}{ends}"),
            re.compile(rf"{starts}{name} ?(?={title})"),
            re.compile(rf"(?:{beside}){name}(?={deeds})"),
            re.compile(rf"(?:^|(?<=[,;:。\n])){name}(?=[{fold(_THEN)}]?(?:{deeds}))"),
        )

    def find(self, text: str) -> Iterator[tuple[int, str]]:
        """Every such name with its place in the text."""
        folded = fold(_GROUP.sub("0", text))
        if len(folded) != len(text):
            return
        words: list[tuple[int, str]] = []
        for pattern in self._patterns:
            for start, end in _places(pattern, folded):
                words = words or self._words(folded)
                if self._is_name(folded[start:end], start, words):
                    yield start, text[start:end]

    def _words(self, folded: str) -> list[tuple[int, str]]:
        found, at = [], 0
        for word, _ in self._tokeniser.tagged(folded):
            at = folded.find(word, at)
            found.append((at, word))
            at += len(word)
        return found

    def _is_name(self, name: str, start: int, words: list[tuple[int, str]]) -> bool:
        """Whether the words around leave the name whole, and its surname is no part of another word."""
        end = start + len(name)
        if _NOT_GIVEN.search(name[1:]) or name.endswith(self._endings) or _DEED.fullmatch(name[1:]):
            return False
        inside = [(at, word) for at, word in words if at < end and start < at + len(word)]
        if not inside or inside[0][0] != start or inside[-1][0] + len(inside[-1][1]) != end:
            return False
        first = inside[0][1]
        parts = self._tokeniser.segments(name, guess=False)
        is_guess = parts != [name] and all(len(part) == 1 or part == name[1:] for part in parts)
        return len(first) == 1 or is_guess


def _places(pattern: re.Pattern[str], folded: str) -> Iterator[tuple[int, int]]:
    """The places of all names that may be, those that overlap too."""
    at = 0
    while found := pattern.search(folded, at):
        yield found.span("name")
        at = found.start("name") + 1


@cache
def _lines() -> tuple[str, ...]:
    return tuple(fold((_DATA / "surnames.txt").read_text(encoding="utf-8")).split())


def _singles() -> tuple[str, ...]:
    """The surnames of one character, but for 于, which folds to 於."""
    return tuple(dict.fromkeys(_lines()[0].replace(fold("於"), "")))


def _doubles() -> tuple[str, ...]:
    return _lines()[1:]
