"""People named in a text: Chinese, Japanese and Korean names beside a title, and Latin names.

A name is taken where a title, a label or a bracket vouches for it; 饒處長 and "Quirk 市長" are
read as the full name where the text has it, and left out where it has none. Surnames and titles
are data (data/surnames.txt, data/titles.txt).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from importlib import resources

from corpus.names import Names

_HAN = "\u3400-\u9fff"
_AFTER_LATIN = re.compile(
    r"(?:先生|女士|小姐|博士|教授|市長|副市長|議員|代表|處長|局長|部長|署長|秘書長|夫人)"
)
_NOT_IN_NAME = (
    "市縣府局處部會區鄉鎮村里團等的與及和在為是於由各該此其之也則並或向對將從到至所有者們個位名第"
    "副駐率邀訪接待指派參擔任赴致講說拜請帶領度級層項次場年月日"
)
_NEXT = (
    "先女小博等及和與並也亦則於在從向對將由以率偕陪一共親表指說認提強致主出參介分代合帶接拜到蒞負擔受前發"
    "簽見期感歡回會開簡同進特透訪考登撰記為是的之互相甫再均皆都隨便首就即當赴做作給談握展講引交聽報應另還"
    "盼希二兩三暨抵離返今昨近現續獲更才曾已"
)
_SPACED_OUT = re.compile(rf"(?<![{_HAN}])[{_HAN}](?:[ \u3000]{{1,2}}[{_HAN}]){{1,3}}(?![{_HAN}])")
_AFTER_NAME = rf"(?=$|[^{_HAN}]|[{_NEXT}])"
_FOREIGN = (
    "阿埃艾安奧巴貝本比彼波伯布查達丹德迪杜多厄爾法費菲佛夫弗福富蓋格戈葛古哈海漢赫胡霍基吉加賈傑金卡凱坎"
    "柯科克肯庫拉萊蘭勞雷里利林倫羅洛魯路馬麥曼梅門蒙米密莫姆穆納內尼諾歐帕潘佩皮珀普奇恰喬切瑞薩塞森沙舍"
    "史司斯絲索蘇塔泰坦湯特提圖托瓦威韋維溫沃烏西希辛休許雅亞揚伊尤約澤扎詹茲佐朱"
)
_LONGEST_LATIN = 14
_LISTS = ("surnames", "titles", "english_titles", "not_people")
_PARTICLES = "van|von|der|den|de|da|del|della|di|dos|du|la|le|bin|binti|al|el|ibn|ter|y"
_LATIN_WORD = (
    r"[A-ZÀ-ÖØ-ÞĀ-Ž](?:[a-zß-öø-ÿā-ž]+|\.)(?:['’\-][A-ZÀ-Þa-zß-ÿ][a-zß-öø-ÿā-ž]+)?|[A-Z]['’][A-Z][a-z]+"
)
_LATIN_NAME = re.compile(
    rf"(?:{_LATIN_WORD})(?:[ ](?:(?:{_PARTICLES})[ ]|(?:bin|binti)-)?(?:{_LATIN_WORD})){{1,4}}"
)


@dataclass(frozen=True)
class _Words:
    """The compiled patterns over surnames and titles."""

    before: re.Pattern[str]
    after: re.Pattern[str]
    joined: re.Pattern[str]
    name: re.Pattern[str]
    title: re.Pattern[str]
    foreign: re.Pattern[str]
    places: frozenset[str]
    english_titles: frozenset[str]
    not_people: frozenset[str]


def find_people(text: str, fields: Iterable[str] = ()) -> tuple[str, ...]:
    """The people named in `fields` (values of the cover) and `text`, each once, in order."""
    found = [name for value in fields for name in _from_field(value)]
    chinese = _chinese(text)
    ends = {place + len(name) for place, name in chinese}
    found += [name for _, name in sorted([*chinese, *_latin(text, ends)])]
    return tuple(_unique(found))


@cache
def _words() -> _Words:
    read = {name: _read(name) for name in _LISTS}
    surnames, *compound = read["surnames"]
    doubles = "|".join(sorted(compound, key=len, reverse=True))
    title = "|".join(sorted(read["titles"], key=len, reverse=True))
    given = rf"[{_HAN}](?<![{_NOT_IN_NAME}])"
    two, three, one = (rf"(?:{given}){{{count}}}{_AFTER_NAME}" for count in (2, 3, 1))
    name = rf"(?:(?:{doubles})(?:{two}|{three}|{one})|[{surnames}](?:{given}){{2}})"
    strict = rf"(?P<name>{name}){_AFTER_NAME}"
    return _Words(
        before=re.compile(rf"(?:{title})(?:[ \u3000]{{0,2}}){strict}"),
        after=re.compile(
            rf"(?P<name>(?:{doubles})(?:{given}){{1,3}}?|[{surnames}](?:{given}){{2}})"
            rf"[ \u3000]{{0,2}}(?:{title})"
        ),
        joined=re.compile(rf"[、及和與][ ]?{strict}"),
        name=re.compile(rf"(?P<name>{name})(?![{_HAN}])"),
        title=re.compile(rf"(?:{title})"),
        foreign=re.compile(
            rf"(?:{title})[ ]?(?P<name>[{_FOREIGN}]{{4,6}})(?:·[{_FOREIGN}]{{2,6}})?{_AFTER_NAME}"
        ),
        places=frozenset(
            surface
            for entity in Names.load().entities
            if entity.type in ("city", "country")
            for surface in entity.surfaces
        ),
        english_titles=frozenset(read["english_titles"]),
        not_people=frozenset(read["not_people"]),
    )


def _read(name: str) -> list[str]:
    return resources.files("corpus").joinpath(f"data/{name}.txt").read_text(encoding="utf-8").split()


def _from_field(value: str) -> Iterator[str]:
    """The names in a cover field: 「邱志勳處長、馬立群科長」, 「秘書處 饒慶鈺」, 「處長 王小明」."""
    words = _words()
    value = _SPACED_OUT.sub(lambda match: "".join(match[0].split()), value)
    for part in re.split(r"[、，,；;/\n\t]|[ \u3000]{1,4}|[（(）)]|及|與", value):
        part = part.strip()
        bare = words.title.sub(" ", part).strip() if not words.name.fullmatch(part) else part
        for piece in bare.split() or [part]:
            match = words.name.fullmatch(piece)
            if match and not words.title.fullmatch(piece):
                yield match["name"]
    for match in _LATIN_NAME.finditer(value):
        name = _clean_latin(match[0])
        if name:
            yield name


def _chinese(text: str) -> list[tuple[int, str]]:
    """Names beside a title, and those that a list continues: 處長甲、科長乙 and 團員甲、乙及丙."""
    words = _words()
    found = [
        (match.start("name"), match["name"])
        for pattern in (words.after, words.before, words.foreign)
        for match in pattern.finditer(text)
        if _plausible(match["name"], words)
    ]
    ends = {place + len(name) for place, name in found}
    for match in words.joined.finditer(text):
        if match.start() in ends and _plausible(match["name"], words):
            found.append((match.start("name"), match["name"]))
            ends.add(match.end("name"))
    return found


_PLACE_LIKE = re.compile(
    r"[國洲省都道城港]$|委員|主任|代表|政|^(?:高階|高級|南韓|金融|安全|成員|全體|全球|都市|文化|包括|任務|應邀|連同|關心|方面|白宮|公共|會方|高中|高齡|高雄|安排|全市)"
)


def _plausible(name: str, words: _Words) -> bool:
    if _PLACE_LIKE.search(name) or words.title.search(name):
        return False
    return not {name, name[1:], name[:2]} & words.places


def _latin(text: str, ends: set[int]) -> Iterator[tuple[int, str]]:
    """Latin names beside a Chinese or English title, or in the brackets behind a Chinese name."""
    for match in _LATIN_NAME.finditer(text):
        name = _clean_latin(match[0])
        if name and (_vouched(text, match, ends) or name != match[0]):
            yield match.start(), name


def _vouched(text: str, match: re.Match[str], ends: set[int]) -> bool:
    before = text[max(0, match.start() - 10) : match.start()].rstrip(" (（-—")
    after = text[match.end() : match.end() + 8].lstrip()
    title = _words().title
    if any(title.fullmatch(before[-size:]) for size in (2, 3, 4, 5, 6)):
        return True
    if _AFTER_LATIN.match(after):
        return True
    return text[match.start() - 1 : match.start()] in ("(", "（") and match.start() - 1 in ends


def _clean_latin(name: str) -> str:
    """A Latin name without titles before it; "" where its words are not a person's."""
    words = _words()
    parts = name.split()
    while parts and parts[0].lower() in words.english_titles:
        parts.pop(0)
    if len(parts) < 2 or any(_not_a_person(part, words) for part in parts):
        return ""
    return " ".join(parts)


def _not_a_person(part: str, words: _Words) -> bool:
    return (
        len(part) > _LONGEST_LATIN
        or part.lower().rstrip("'’s") in words.not_people
        or (part.lower() in words.not_people)
    )


def _unique(names: Iterable[str]) -> Iterator[str]:
    """Each person once: "Maimunah Binti Mohd Sharif" is "Maimunah Mohd Sharif" again."""
    kept: list[str] = []
    for name in names:
        words = set(name.split())
        if any(
            name == other or (len(words) > 1 and _same_latin(words, set(other.split()))) for other in kept
        ):
            continue
        kept.append(name)
        yield name


def _same_latin(words: set[str], others: set[str]) -> bool:
    return len(others) > 1 and (words <= others or others <= words)
