"""A small archive and an assistant that answers from a script: the stand-in for page and command line.

The same shape as the real ones. Two reports, three answers; anything else is not in the archive.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from assistant.answer import NOT_FOUND, Answer, AskFilter, Citation, Nearest, Statement, Turn
from assistant.writing import Step
from corpus.report import Chapter, Item, Page, Report, XindeError

PARTS = {
    "copenhagen": (
        ("purpose", "第一章 目的", "本次考察了解哥本哈根的雨水花園與港區再生，作為本市滯洪設施的參考。\n"),
        ("process", "第二章 過程", "首日拜會市府技術與環境局，次日走訪港浴場，第三日參觀雨水公園。\n"),
        (
            "reflections",
            "第三章 心得",
            "一、公園就是滯洪池\n當地把社區公園整片降低六十公分，平日是草地，暴雨時可以蓄水。"
            "設計在規劃之初就請居民參與，完工後由社區認養維護。\n"
            "二、港水乾淨到可以游泳\n港浴場開放前，市府花了二十年分流污水，並且每天公布水質。"
            "這說明水岸的價值來自水質，而不是建築。\n",
        ),
        (
            "recommendations",
            "第四章 建議",
            "一、選定一座鄰里公園試辦下凹式草坪（短期）\n建議由水利局會同綠美化環境景觀處擇一鄰里公園試辦，"
            "並在一年內公布蓄水成效。\n",
        ),
    ),
    "osaka": (
        ("purpose", "壹、目的", "出席大阪智慧城市會議，了解萬博後的場地再利用。\n"),
        ("reflections", "參、心得", "會場的導引全程有四種語言，志工以顏色分組，旅客一眼就能辨認。\n"),
    ),
}
# One real report as a file, for tests that go through the real archive.
REPORT = """出國報告（出國類別：考察）

赴丹麥哥本哈根考察雨水調適報告

服務機關：範例市政府水利局
姓名職稱：陳小雨 科長
派赴國家：丹麥
出國期間：112年9月4日至112年9月8日
報告日期：112年11月1日

第一章 目的
本次考察了解哥本哈根的雨水花園與港區再生，作為本市滯洪設施的參考。

第二章 過程
九月四日拜會市府技術與環境局，九月五日走訪港浴場，九月六日參觀雨水公園。

第三章 心得
一、公園就是滯洪池
當地把社區公園整片降低六十公分，平日是草地，暴雨時可以蓄水。設計之初就請居民參與。

第四章 建議
一、選定一座鄰里公園試辦下凹式草坪
建議由水利局擇一鄰里公園試辦，並在一年內公布蓄水成效。
"""
EVIL = "<img src=x onerror=alert(1)>${document.title='pwned'}</mark><script>alert(2)</script>"


class UnknownReport(XindeError):
    """As the archive says it."""


def build(name: str, title: str, day: date, country: str, city: str) -> Report:
    """A report of two pages from PARTS."""
    text, chapters = "", []
    for kind, heading, body in PARTS[name]:
        start = len(text)
        text += heading + "\n" + body
        chapters.append(
            Chapter(kind, heading, 1 if start < 60 else 2, start, start + len(heading) + 1, len(text))
        )
    first = chapters[1].start
    pages = (Page(1, 0, first), Page(2, first, len(text)))
    items = []
    if name == "copenhagen":
        at = text.index("一、選定")
        items = [
            Item(
                "recommendations", "第四章 建議", "一", "選定一座鄰里公園試辦下凹式草坪",
                text[at + 24 :].strip(), 2, at, len(text), "短期",
            )
        ]  # fmt: skip
    return Report(
        id=f"r{name[:4]}000001", file=f"{name}.pdf", sha256="0" * 64, doc_type="trip_report", title=title,
        agency="新北市政府", countries=(country,), cities=(city,), events=(), category="考察", start_date=day,
        end_date=day, report_date=None, people=("王小明",), keywords=(), classification="公開", text=text,
        pages=pages, chapters=tuple(chapters), sections=(), items=tuple(items),
    )  # fmt: skip


COPENHAGEN = build("copenhagen", "哥本哈根雨水調適與港區再生考察報告", date(2023, 9, 4), "丹麥", "哥本哈根")
OSAKA = build("osaka", "出席大阪智慧城市會議報告", date(2025, 11, 10), "日本", "大阪")


@dataclass(frozen=True)
class Row:
    """A report's metadata, as the archive lists it."""

    report: Report

    def __getattr__(self, name: str) -> object:
        return getattr(self.report, name)

    @property
    def chapters(self) -> tuple[str, ...]:
        return tuple(chapter.kind for chapter in self.report.chapters)

    @property
    def pages(self) -> int:
        return len(self.report.pages)


@dataclass(frozen=True)
class Entry:
    id: str
    file: str
    title: str


@dataclass(frozen=True)
class Outcome:
    added: tuple[Entry, ...] = ()
    unchanged: tuple[Entry, ...] = ()
    replaced: tuple[Entry, ...] = ()
    refused: tuple[object, ...] = ()


@dataclass
class ScriptedArchive:
    """Reports in memory."""

    held: list[Report] = field(default_factory=lambda: [COPENHAGEN, OSAKA])

    def reports(self) -> tuple[Row, ...]:
        return tuple(Row(report) for report in self.held)

    def report(self, id_or_file: str) -> Report:
        for report in self.held:
            if id_or_file in (report.id, report.file):
                return report
        raise UnknownReport(f"檔案庫裡沒有「{id_or_file}」。請用 xinde list 看有哪些報告。")


@dataclass
class ScriptedAssistant:
    """Answers three questions; remembers what it was asked."""

    archive: ScriptedArchive = field(default_factory=ScriptedArchive)
    asked: list[tuple[str, tuple[Turn, ...], AskFilter | None]] = field(default_factory=list)
    writer: None = None

    def ask(self, text: str, history: Sequence[Turn] = (), where: AskFilter | None = None) -> Answer:
        self.asked.append((text, tuple(history), where))
        if "壞掉" in text:
            raise RuntimeError("scripted failure")
        if "學到" in text:
            return answer_with(text, LEARNED)
        if "建議" in text:
            return answer_with(text, ADVISED)
        near = Nearest(OSAKA.id, OSAKA.file, OSAKA.title, "同樣是智慧城市會議，但年份是 2025 年。")
        return Answer(text, "zh", f"{NOT_FOUND}：沒有任何報告提到這件事。", True, nearest=(near,))

    def stream(
        self, text: str, history: Sequence[Turn] = (), where: AskFilter | None = None, **_: object
    ) -> Iterator[Step]:
        yield Step(self.ask(text, history, where))

    def close(self) -> None:
        pass


LEARNED = (
    "當地把社區公園整片降低六十公分，平日是草地，暴雨時可以蓄水。",
    "港浴場開放前，市府花了二十年分流污水，並且每天公布水質。",
    "這說明水岸的價值來自水質，而不是建築。",
)
ADVISED = ("建議由水利局會同綠美化環境景觀處擇一鄰里公園試辦，並在一年內公布蓄水成效。",)


def answer_with(question: str, quotes: Sequence[str]) -> Answer:
    """An answer of these sentences of the Copenhagen report, each with its citation."""
    citations = tuple(cite(COPENHAGEN, quote, n) for n, quote in enumerate(quotes, start=1))
    lead = "2023 年哥本哈根考察（《哥本哈根雨水調適與港區再生考察報告》）："
    text = "\n".join([lead, *(f"- {quote}[{n}]" for n, quote in enumerate(quotes, start=1))])
    statements = tuple(Statement(quote, (n,)) for n, quote in enumerate(quotes, start=1))
    return Answer(question, "zh", text, False, statements, citations, timings_ms={"total": 12.0})


def cite(report: Report, quote: str, n: int) -> Citation:
    """The citation of `quote` in `report`."""
    start = report.text.index(quote)
    chapter = report.chapter_at(start)
    assert chapter is not None
    return Citation(
        n, report.id, report.file, report.title, chapter.kind, chapter.heading, report.page_at(start), start,
        start + len(quote), quote,
    )  # fmt: skip


def hostile() -> tuple[ScriptedAssistant, Report]:
    """An assistant whose one report tries to run code in the page."""
    start = COPENHAGEN.text.index(LEARNED[0])
    text = COPENHAGEN.text[:start] + EVIL + COPENHAGEN.text[start:]
    report = replace(
        COPENHAGEN, text=text, title=EVIL, chapters=(Chapter("reflections", EVIL, 1, 0, 0, len(text)),)
    )
    return ScriptedAssistant(ScriptedArchive([report])), report
