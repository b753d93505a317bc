"""What a report is about and who wrote it: the fields of a document beside its text.

Puts together the cover, the names, the people and the trip, and decides what kind of document it is.
Changes no text and knows no storage.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import PurePath

from corpus.chapters import MAIN_KINDS
from corpus.cover import Cover, read_cover, without_notice
from corpus.dates import roc_year
from corpus.names import Mention, Names
from corpus.paragraphs import Paragraph
from corpus.people import find_people
from corpus.report import Chapter, DocType
from corpus.travel import (
    Trip,
    first_span,
    mentioned_events,
    name_events,
    read_destinations,
    read_events,
    read_period,
)

CATEGORIES = ("考察", "進修", "研究", "實習", "視察", "訪問", "開會", "談判", "其他")
_CATEGORY_WORDS = (
    ("其他", "其他|其它"),
    ("考察", "考察|參訪|觀摩|研習考察"),
    ("進修", "進修|留學|研修"),
    ("實習", "實習|訓練|受訓|研習"),
    ("視察", "視察|督導|驗收"),
    ("談判", "談判|協商|諮商"),
    ("開會", "開會|會議|論壇|峰會|年會|大會|研討會"),
    ("訪問", "訪問|拜會|交流|出訪"),
    ("研究", "研究"),
)
_TRIP_TITLE = re.compile(
    r"出國|考察報告|考察心得|參訪報告|參訪心得|出訪|訪問報告|赴.{1,30}(?:報告|心得)|(?:出席|參加).{2,60}報告"
)
_CLOSING = re.compile(r"簡報結束|恭請裁示|敬請指教|敬請指導|報告完畢|簡報$|^簡報人", re.M)
_SPEAKER = re.compile(r"^報告人|^簡報|Thank you", re.M)
_NEWS = re.compile(
    r"(?:記者|編譯)\S{0,12}(?:報導|攝影)|[今昨明][(（]\d{1,2}[)）]?日?|[今昨]\(\d{1,2}日?\)|(?:今|昨|近)日(?:上午|下午|在|於|宣布|表示|出席)?"
    r"|(?:电|日電|日电|消息|讯|訊)[）)】]|新聞稿|本報訊|本报讯|新華社|新华社|中央社|表示[，,：:]|指出[，,：:]|日前|記者會|月\d{1,2}日电"
)
_DATELINE = re.compile(r"^.{0,30}(?:消息|[電电訊讯]|報導|报道|記者.{2,4}|记者.{2,4})[）)】]?$")
_SLIDES = (".pptx", ".ppt", ".odp")
_SLIDE_LINE = 32
_TITLE_LENGTH = 60
_HOME_CITY = re.compile(
    "(?:[臺台][北中南]|新北|桃園|高雄|基隆|新竹|嘉義)市|(?:新竹|苗栗|彰化|南投|雲林|嘉義|屏東|宜蘭|花蓮|[臺台]東|澎湖|金門|連江)縣"
)
_AGENCY_AT_START = re.compile(
    r"(?:公務)?(?P<agency>[\u4e00-\u9fff]{2,3}[市縣]政府(?:[\u4e00-\u9fff]{1,8}?(?:處|局|委員會|所))?)(?=參加|出席|赴|參與|考察|訪問|辦理|派員|人員|率|暨|及)"
)
# A line of the front that is an agency's name and nothing else.
_AGENCY_LINE = re.compile(
    r"[\u4e00-\u9fff]{2,3}[市縣]政府(?:[\u4e00-\u9fff]{1,8}(?:處|局|委員會|所|中心))?"
    r"|(?:行政院)?[\u4e00-\u9fff]{2,8}(?:部|署|委員會)(?:[\u4e00-\u9fff]{2,10}(?:局|署|司|所|中心|館|院))?"
)
_FRONT_LINES = 20
_CITY_AT_START = re.compile(r"(?P<city>[\u4e00-\u9fff]{2}[市縣])(?!長)")
_UNIT = re.compile(r"(?P<unit>[\u4e00-\u9fff]{2,8}(?:處|局|委員會|室))(?:[ \u3000]|$)")
_KEYWORD_TYPES = frozenset(("concept", "programme", "organisation"))
_KEYWORD_LINE = re.compile(r"關鍵[詞字]\s?[：:]\s?(?P<words>.{1,200})$")
_KEYWORDS = 8
_FORM_NAME = re.compile(
    r".{2,6}政府|心得|建議|目的|過程|行程表|圖次|目次|附錄|出國報告|提要表|.{2,4}分類|.{0,8}(?:審核|追蹤|概要)表"
    r"|系統識別號|計畫主辦機關|出國類別|前往地區|參訪機關|民國紀年|聯合國"
)


@dataclass(frozen=True)
class Metadata:
    """The fields of a report that are not its text."""

    doc_type: DocType
    title: str
    agency: str
    countries: tuple[str, ...]
    cities: tuple[str, ...]
    events: tuple[str, ...]
    category: str
    start_date: date | None
    end_date: date | None
    report_date: date | None
    people: tuple[str, ...]
    keywords: tuple[str, ...]


def read_metadata(
    text: str, paragraphs: Sequence[Paragraph], chapters: Sequence[Chapter], *, file: str, names: Names
) -> Metadata:
    """The metadata of a document from its text and structure; `file` decides only what nothing else does."""
    body = chapters[0].start if chapters else len(text)
    cover = read_cover(paragraphs, body)
    mentions = names.find(text)
    doc_type = _doc_type(text, paragraphs, chapters, cover, file)
    trip = (
        _trip(text, paragraphs, chapters, cover, names)
        if doc_type == "trip_report"
        else _no_trip(mentions, names)
    )
    title = _title(doc_type, paragraphs, cover, trip, file)
    return Metadata(
        doc_type=doc_type,
        title=title,
        agency=_agency(text, doc_type, cover, paragraphs),
        countries=trip.countries,
        cities=trip.cities,
        events=trip.events,
        category=_category(cover.field("category"), title if doc_type == "trip_report" else ""),
        start_date=trip.start,
        end_date=trip.end,
        report_date=_report_date(doc_type, cover),
        people=find_people(text, cover.fields.get("people", ())),
        keywords=_stated_keywords(cover, paragraphs) or _keywords(mentions),
    )


def _doc_type(
    text: str, paragraphs: Sequence[Paragraph], chapters: Sequence[Chapter], cover: Cover, file: str
) -> DocType:
    kinds = {chapter.kind for chapter in chapters} & MAIN_KINDS
    if "category" in cover.fields:
        return "trip_report"
    if file.lower().endswith(_SLIDES) or _is_spoken(text, paragraphs, _CLOSING):
        return "briefing"
    titled = bool(_TRIP_TITLE.search(cover.title))
    if len(kinds) >= 2 or "reflections_and_recommendations" in kinds or (kinds and titled):
        return "trip_report"
    if titled and ("period" in cover.fields or "area" in cover.fields or chapters):
        return "trip_report"
    if "period" in cover.fields and {"area", "people"} & set(cover.fields):
        return "trip_report"
    if _is_spoken(text, paragraphs, _SPEAKER):
        return "briefing"
    long = sum(len(paragraph.text) > 60 for paragraph in paragraphs)
    if not chapters and long * 2 >= len(paragraphs) and _NEWS.search(text):
        return "news"
    return "other"


def _is_spoken(text: str, paragraphs: Sequence[Paragraph], sign: re.Pattern[str]) -> bool:
    """Whether a text is that of slides: mostly short lines, with the sign of one at its ends."""
    short = sum(len(paragraph.text) <= _SLIDE_LINE for paragraph in paragraphs)
    ends = text[:300] + "\n" + text[-200:]
    return len(paragraphs) >= 8 and short * 2 > len(paragraphs) and bool(sign.search(ends))


def _trip(
    text: str, paragraphs: Sequence[Paragraph], chapters: Sequence[Chapter], cover: Cover, names: Names
) -> Trip:
    account = [
        p
        for p in paragraphs
        if not _within(
            p,
            chapters,
            (
                "reflections",
                "recommendations",
                "appendix",
                "purpose",
                "summary",
                "reflections_and_recommendations",
            ),
        )
    ]
    purpose = [p for p in paragraphs if _within(p, chapters, ("purpose", "summary"))] or list(paragraphs[:10])
    countries, cities = read_destinations(cover.field("area"), cover.title, account, names)
    start, end = read_period(cover.field("period"), account)
    events = read_events(cover.title, account, purpose, names)
    there = {*countries, *cities}
    cities += tuple(
        place.name
        for place in (names.named(event.place) for event in events)
        if place and place.type == "city" and place.place in countries and place.name not in cities
    )
    return Trip(countries, cities, name_events(events, there, start, names), start, end)


def _within(paragraph: Paragraph, chapters: Sequence[Chapter], kinds: tuple[str, ...]) -> bool:
    return any(
        chapter.start <= paragraph.start < chapter.end and chapter.kind in kinds for chapter in chapters
    )


def _no_trip(mentions: Sequence[Mention], names: Names) -> Trip:
    return Trip(events=name_events(mentioned_events(mentions), (), None, names))


def _title(doc_type: DocType, paragraphs: Sequence[Paragraph], cover: Cover, trip: Trip, file: str) -> str:
    if doc_type == "trip_report":
        return cover.title or _derived_title(trip) or PurePath(file).stem
    texts = (without_notice(p.text) for p in paragraphs)
    lines = [text for text in texts if text and not text.isdigit()]
    first = lines[0] if lines else PurePath(file).stem
    if len(first) <= _TITLE_LENGTH and not re.search(r"[。；]", first):
        return first
    return _headline(first) + (f"等 {len(set(lines))} 則" if doc_type == "news" and len(lines) > 3 else "")


def _headline(paragraph: str) -> str:
    """The first clause of a text without a title."""
    bare = re.sub(r"[(（][^)）]{1,60}[)）]", "", paragraph)
    clauses = re.split(r"[。；！？，,]", bare)
    clause = next(
        (clause for clause in clauses if clause.strip() and not _DATELINE.search(clause)), clauses[0]
    )
    return clause[:_TITLE_LENGTH].strip() or paragraph[:_TITLE_LENGTH]


def _derived_title(trip: Trip) -> str:
    """A description for a report without a cover: 出席世界城市論壇（阿布達比，109 年 2 月）."""
    when = f"{roc_year(trip.start.year)} 年 {trip.start.month} 月" if trip.start else ""
    if trip.events:
        where = trip.cities[0] if trip.cities else "、".join(trip.countries[:1])
        inside = "，".join(part for part in (where, when) if part)
        return f"出席{trip.events[0]}" + (f"（{inside}）" if inside else "")
    where = "、".join(trip.cities[:3] or trip.countries[:3])
    if not where:
        return f"出國報告（{when}）" if when else ""
    return f"赴{where}出國報告" + (f"（{when}）" if when else "")


def _agency(text: str, doc_type: DocType, cover: Cover, paragraphs: Sequence[Paragraph]) -> str:
    """The agency of the cover or the title, else the city government that 本府 can only mean."""
    stated = cover.field("agency")
    if stated:
        unit = cover.field("unit")
        return stated + unit if unit and stated.endswith("政府") and _UNIT.fullmatch(unit) else stated
    for line in (cover.title, *(p.text for p in paragraphs[:60] if len(p.text) <= 40)):
        match = _AGENCY_AT_START.match(line)
        if match:
            return match["agency"]
    for line in (p.text.strip() for p in paragraphs[:_FRONT_LINES]):
        if doc_type == "briefing" and _AGENCY_LINE.fullmatch(line):
            return line
    if doc_type not in ("trip_report", "briefing"):
        return ""
    city = _own_city(text, paragraphs)
    office = _UNIT.match(cover.field("unit") or cover.field("people"))
    return f"{city}政府{office['unit'] if office else ''}" if city else ""


def _own_city(text: str, paragraphs: Sequence[Paragraph]) -> str:
    """The city that a text speaks for: named most, at least twice as often as the next, beside 本府."""
    if not re.search(r"本府|本市|市府|市長", text):
        return ""
    counts = Counter(found.replace("台", "臺") for found in _HOME_CITY.findall(text)).most_common(2)
    if counts and (len(counts) == 1 or counts[0][1] >= 2 * counts[1][1]):
        return counts[0][0]
    start = _CITY_AT_START.match(paragraphs[0].text) if paragraphs else None
    return start["city"] if start and not counts else ""


def _category(stated: str, title: str) -> str:
    """One of the nine categories: as the cover states it, else by the title's verbs, else 其他."""
    for text in (re.split(r"[(（]", stated)[0], stated, title):
        for category, words in _CATEGORY_WORDS:
            if text and re.search(words, text) and not (text == title and category in ("其他", "研究")):
                return category
    return "其他"


def _report_date(doc_type: DocType, cover: Cover) -> date | None:
    line = cover.date_line if doc_type in ("trip_report", "briefing") else ""
    for text in (cover.field("report_date"), line):
        span = first_span(text) if text else None
        if span:
            return span.first
    return None


def _stated_keywords(cover: Cover, paragraphs: Sequence[Paragraph]) -> tuple[str, ...]:
    """The keywords of the cover or of the line 關鍵詞：… under the abstract."""
    lines = (_KEYWORD_LINE.match(paragraph.text) for paragraph in paragraphs[:60])
    stated = cover.field("keywords") or next((line["words"] for line in lines if line), "")
    return tuple(word.strip() for word in re.split(r"[、，,；;]", stated.rstrip("。")) if word.strip())


def _keywords(mentions: Sequence[Mention]) -> tuple[str, ...]:
    """The known subjects that the text names most."""
    counts = Counter(
        mention.entity.name
        for mention in mentions
        if mention.entity.type in _KEYWORD_TYPES and not _FORM_NAME.fullmatch(mention.entity.name)
    )
    return tuple(name for name, count in counts.most_common(_KEYWORDS) if count > 1)
