"""Wherever text is pointed at, the stored text says exactly that: on invented documents, end to end.

Every sentence of an invented document holds a code that occurs once, so that the page and the
chapter which the pipeline gives can be compared with where the sentence was really written.
"""

from __future__ import annotations

from contextlib import closing
from dataclasses import dataclass

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from assistant.answer import NOT_FOUND, AskFilter
from assistant.assistant import Assistant
from assistant.settings import Settings
from corpus.build import build_report
from corpus.report import RawDocument, RawLine, RawPage, Report
from evals.metrics import chapter_kind, citation_fault
from index.archive import Archive
from index.passages import split_passages

TREES = "松柏楓杉檜榕樟槐柳桐"
CHAPTERS = (("目的", "purpose"), ("過程", "process"), ("心得", "reflections"), ("建議", "recommendations"))
MARKS = {"壹": "壹、貳、參、肆、", "一": "一、二、三、四、", "章": "第一章 第二章 第三章 第四章 ", "無": ""}
SENTENCES = (
    "代號{code}的市府團隊參訪當地的交通控制中心並交換意見。",
    "會中由{code}小組說明再生能源的推動經驗，包括 12 項措施與 3.5 億元的經費。",
    "「{code}計畫」強調市民參與；其成果已有 1,200 人使用。",
    "建議本市參考{code}模式，建立跨局處的協調機制！",
    "The {code} programme of ICLEI (founded 1990) was presented by Dr. Lin. It was well received。",
    "為何{code}案能成功？關鍵在於長期的公私協力。",
)


@dataclass(frozen=True)
class Place:
    """Where a code was written."""

    code: str
    page: int
    kind: str


@dataclass(frozen=True)
class Invented:
    """A document with the truth about it."""

    raw: RawDocument
    places: tuple[Place, ...]


def code_of(number: int) -> str:
    return "".join(TREES[int(digit)] for digit in f"{number:04}")


def invent(marks: str, shape: list[tuple[int, list[int], bool]], wrap: int, first: int = 0) -> Invented:
    """`shape` has one (sentences' kinds, new page) a chapter; lines are wrapped at `wrap` characters."""
    pages: list[list[str]] = [[f"出席{code_of(first)}城市論壇出國報告"]]
    places = [Place(code_of(first), 1, "other")]
    numbers = MARKS[marks]
    width = len(numbers) // 4
    for place, (chapter, kinds, new_page) in enumerate(shape):
        heading, kind = CHAPTERS[chapter]
        if new_page:
            pages.append([])
        pages[-1].append(numbers[place * width : (place + 1) * width].strip() + heading)
        for sentence in kinds:
            first += 1
            text = SENTENCES[sentence].format(code=code_of(first))
            places.append(Place(code_of(first), len(pages), kind))
            pages[-1] += [text[at : at + wrap] for at in range(0, len(text), wrap)] if wrap else [text]
    raw = RawDocument(tuple(RawPage(n, tuple(map(RawLine, lines))) for n, lines in enumerate(pages, start=1)))
    return Invented(raw, tuple(places))


def shapes():
    chapter = st.tuples(st.lists(st.integers(0, len(SENTENCES) - 1), min_size=2, max_size=9), st.booleans())
    chosen = st.lists(st.integers(0, 3), min_size=2, max_size=4, unique=True).map(sorted)
    return chosen.flatmap(
        lambda order: st.tuples(*(chapter for _ in order)).map(
            lambda made: [(which, kinds, new) for which, (kinds, new) in zip(order, made, strict=True)]
        )
    )


documents = st.builds(invent, st.sampled_from(sorted(MARKS)), shapes(), st.sampled_from([0, 18, 31, 40]))
free_text = st.lists(
    st.lists(st.text(st.characters(exclude_categories=("Cs",)), max_size=60), max_size=8),
    min_size=1,
    max_size=4,
)


def check_spans(report: Report) -> None:
    """All that points into a report points at what it says it does."""
    length = len(report.text)
    assert all(0 <= page.start <= page.end <= length for page in report.pages)
    assert [page.start for page in report.pages] == sorted(page.start for page in report.pages)
    for chapter in report.chapters:
        assert 0 <= chapter.start <= chapter.body <= chapter.end <= length
        assert chapter.page == report.page_at(chapter.start)
    for before, after in zip(report.chapters, report.chapters[1:], strict=False):
        assert before.end <= after.start
    for section in report.sections:
        assert 0 <= section.start <= section.body <= section.end <= length
    for item in report.items:
        assert item.page == report.page_at(item.start)
        assert item.text in report.text[item.start : item.end]
    for passage in split_passages(report):
        assert passage.text == report.text[passage.start : passage.end]
        assert passage.text.strip()
        assert passage.page == report.page_at(passage.start)
        assert passage.chapter == chapter_kind(report, passage.start)
        assert report.chapter_at(passage.start) == report.chapter_at(passage.end - 1)


@settings(max_examples=60, deadline=None)
@given(documents)
# The same end of a wrapped sentence several times, which is no running line.
@example(invent("無", [(0, [0, 0], False), (1, [0, 0, 2, 2, 2], False)], 18))
def test_invented_documents_keep_page_and_chapter_of_every_sentence(document):
    report = build_report(document.raw, file="a.txt", sha256="0" * 64)
    check_spans(report)
    for place in document.places[1:]:
        assert report.text.count(place.code) == 1
        at = report.text.index(place.code)
        assert report.page_at(at) == place.page
        assert chapter_kind(report, at) == place.kind


@settings(max_examples=60, deadline=None)
@given(documents)
def test_passages_lose_no_sentence(document):
    report = build_report(document.raw, file="a.txt", sha256="0" * 64)
    passages = split_passages(report)
    for place in document.places[1:]:
        assert sum(place.code in passage.text for passage in passages) == 1


@settings(max_examples=80, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(free_text)
def test_any_text_at_all_keeps_its_spans(pages):
    lead = RawPage(1, (RawLine("本報告說明市府團隊赴海外參訪的經過與收穫，供各機關參考。"),))
    rest = [RawPage(n, tuple(map(RawLine, lines))) for n, lines in enumerate(pages, start=2)]
    check_spans(build_report(RawDocument((lead, *rest)), file="a.txt", sha256="0" * 64))


HOME = (
    invent("壹", [(0, [0], False), (1, [0, 1, 2], True), (2, [2, 4, 5], False), (3, [3, 3], True)], 31, 1000),
    invent("一", [(0, [1], False), (2, [5, 1, 0, 2, 4, 1, 0, 3], True), (3, [3, 5, 3, 3, 0], True)], 0, 2000),
    invent("章", [(1, [4, 0, 0, 1, 2, 5, 1], True), (2, [2, 5], False)], 40, 3000),
    invent("無", [(2, [0, 1, 2, 3, 4, 5] * 3, False), (3, [3] * 6, True)], 18, 4000),
)
FILES = [f"{n}號報告.txt" for n in range(len(HOME))]
ENCODINGS = ("utf-8", "utf-16", "cp950", "utf-8-sig")
ASKED = (
    "{code}",
    "{code}學到什麼？",
    "{code}有哪些建議？",
    "{code}的經費是多少？",
    "出席{title}城市論壇的心得有哪些？",
    "出席{title}城市論壇的建議？",
    "{title}和{other}的心得有何不同？",
    "what did we learn at {title}",
    "再生能源的措施",
    "ICLEI 計畫由誰說明？",
    '{code} AND "經驗" * C++',
)


@pytest.fixture(scope="module")
def assistant(tmp_path_factory):
    folder, home = tmp_path_factory.mktemp("papers"), tmp_path_factory.mktemp("home")
    for file, document, encoding in zip(FILES, HOME, ENCODINGS, strict=True):
        pages = ("\n".join(line.text for line in page.lines) for page in document.raw.pages)
        (folder / file).write_bytes("\f".join(pages).encode(encoding))
    with closing(Archive.open(home)) as archive:
        added = archive.add([folder])
    assert sorted(one.file for one in added.added) == FILES
    with closing(Assistant.open(Settings(home=home))) as opened:
        yield opened


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_every_citation_is_the_exact_text_of_its_page_and_chapter(assistant, data):
    which = data.draw(st.integers(0, len(HOME) - 1))
    place = data.draw(st.sampled_from(HOME[which].places))
    other = data.draw(st.sampled_from(HOME))
    form = data.draw(st.sampled_from(ASKED))
    narrowed = data.draw(st.sampled_from([None, AskFilter(chapters=("reflections",))]))
    question = form.format(code=place.code, title=HOME[which].places[0].code, other=other.places[0].code)
    answer = assistant.ask(question, where=narrowed)
    assert answer.abstained == (NOT_FOUND in answer.text and not answer.statements)
    assert [citation.n for citation in answer.citations] == list(range(1, len(answer.citations) + 1))
    for statement in answer.statements:
        assert statement.citations
        assert set(statement.citations) <= set(range(1, len(answer.citations) + 1))
    for citation in answer.citations:
        report = assistant.archive.report(citation.report_id)
        assert citation_fault(citation, report) == ""
        truth = HOME[FILES.index(citation.file)].places
        for written in truth[1:]:
            if written.code in citation.quote:
                at = citation.start + citation.quote.index(written.code)
                assert (report.page_at(at), chapter_kind(report, at)) == (written.page, written.kind)


def test_the_questions_above_do_get_citations(assistant):
    asked = [
        form.format(code=d.places[2].code, title=d.places[0].code, other="") for d in HOME for form in ASKED
    ]
    assert sum(bool(assistant.ask(question).citations) for question in asked) >= len(asked) / 2
