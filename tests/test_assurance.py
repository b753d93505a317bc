"""Whether signs tell that what was found answers, and when the archive is asked whether it retells things."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import get_args

import pytest
from tiny import HashEmbedder, TinyReader, write_texts
from wired import focus_on, read, weights

from assistant.assurance import Assurance
from assistant.confidence import Confidence, Table
from assistant.evidence import Found, score_sentences
from assistant.retelling import FEWEST_DOCUMENTS
from assistant.signs import Signs
from corpus.report import DocType
from index.archive import Archive
from index.search import Filter, Hit

YES, NO, JUST = Table(1.0, 0.0, ()), Table(-1.0, 0.0, ()), Table(0.0, 0.0, ())
QUESTION = "青岸隧道全長多少公里？"
UNTOLD = "白河水庫的蓄水量是多少噸？"
TOLD = "青岸隧道全長4.5公里，市長與居民一同步行通過。"
OTHERS = (
    "蘭陽市集有30攤，週末由農民輪流擺設。",
    "圖書館添購繪本，學童排隊借閱。",
    "港口於五月擴建，新設兩座碼頭，可停靠大型郵輪。",
    "棒球隊在決賽以三比二獲勝，投手完投九局。",
    "天文台開放觀測，民眾用望遠鏡看土星。",
    "糖廠改建為旅館，保留舊煙囪。",
    "植物園栽種三百種蕨類，溫室全年恆溫。",
    "漁會拍賣漁獲，早上六點開始。",
    "茶園採收春茶，製茶師手工揉捻。",
)


class CountedArchive(Archive):
    """Counts its searches."""

    searches = 0

    def search(self, query: str, k: int = 20, where: Filter | None = None) -> tuple[Hit, ...]:
        self.searches += 1
        return super().search(query, k, where)


def archive_of(folder: Path, texts: Sequence[str]) -> CountedArchive:
    archive = CountedArchive.open(folder / "home", HashEmbedder(), reader=TinyReader())
    archive.add(write_texts(folder / "texts", texts))
    return archive


def news_of_one_matter(count: int) -> list[str]:
    """So many pieces of news of one matter."""
    return [f"{TOLD}工程司林姓主任到場說明第{number}次驗收。" for number in range(count)]


@pytest.fixture(scope="module")
def single(tmp_path_factory):
    """A few plain texts, each of something else; nothing is added to them."""
    with archive_of(tmp_path_factory.mktemp("single"), (TOLD, *OTHERS)) as archive:
        yield archive


@pytest.fixture(scope="module")
def news(tmp_path_factory):
    """An archive that retells one matter; nothing is added to it."""
    with archive_of(tmp_path_factory.mktemp("news"), news_of_one_matter(FEWEST_DOCUMENTS)) as archive:
        yield archive


def tables(archive: Archive, *, retold: Table, single: Table) -> Assurance:
    return Assurance(Confidence(Signs(weights(), archive.tokeniser), retold, single), archive, weights())


def answers(assurance: Assurance, archive: Archive, text: str, form: DocType = "other") -> bool | None:
    """What is said of a question and what is found for it, the best of it in a document of this form."""
    hits = archive.search(text)
    found = Found(tuple(score_sentences(hits, focus_on(text), {})), hits)
    return assurance.answers(read(text), found, form)


@pytest.mark.parametrize(
    ("form", "question", "expected"),
    [
        ("trip_report", QUESTION, None),
        ("briefing", QUESTION, None),
        ("news", QUESTION, None),
        ("other", QUESTION, True),
        ("other", "How long is the tunnel?", None),
    ],
)
def test_where_each_tells_its_own_plain_texts_are_judged_in_chinese(single, form, question, expected):
    assert answers(tables(single, retold=NO, single=YES), single, question, form) is expected


@pytest.mark.parametrize(("table", "expected"), [(YES, True), (JUST, True), (NO, False)])
def test_the_table_of_single_texts_decides_from_one_half_on(single, table, expected):
    assert answers(tables(single, retold=YES, single=table), single, QUESTION) is expected


@pytest.mark.parametrize(
    ("retold", "single", "expected"), [(YES, NO, True), (JUST, NO, True), (NO, YES, False)]
)
def test_where_documents_retell_one_another_the_other_table_judges_all_forms(news, retold, single, expected):
    assurance = tables(news, retold=retold, single=single)
    said = {form: answers(assurance, news, QUESTION, form) for form in get_args(DocType)}
    assert said == dict.fromkeys(get_args(DocType), expected)


def test_for_english_and_for_nothing_found_the_archive_is_not_even_asked(news):
    assurance = tables(news, retold=YES, single=YES)
    before = news.searches
    assert answers(assurance, news, "How long is the tunnel?") is None
    assert assurance.answers(read(QUESTION), Found((), ()), "other") is None
    assert news.searches == before + 1


def test_the_built_in_table_of_single_texts(single):
    assurance = Assurance.over(single, weights())
    expected = {QUESTION: True, UNTOLD: False, "旅館有幾間客房？": False, "博物館由誰設計？": False}
    assert {question: answers(assurance, single, question) for question in expected} == expected


def test_the_built_in_table_of_what_is_retold(news):
    assurance = Assurance.over(news, weights())
    expected = {QUESTION: True, UNTOLD: False, "青岸隧道的造價是多少元？": False, "工程司叫什麼名字？": False}
    assert {question: answers(assurance, news, question) for question in expected} == expected


def test_whether_an_archive_retells_is_found_out_once_for_each_generation(tmp_path):
    with archive_of(tmp_path, news_of_one_matter(FEWEST_DOCUMENTS - 1)) as archive:
        assurance = Assurance.over(archive, weights())
        assert (assurance.retells, archive.searches) == (False, 0)
        archive.add(write_texts(tmp_path / "texts", news_of_one_matter(FEWEST_DOCUMENTS)))
        assert (assurance.retells, archive.searches) == (True, 24)
        assert (assurance.retells, archive.searches) == (True, 24)
        archive.remove("000.txt")
        assert (assurance.retells, archive.searches) == (False, 24)
