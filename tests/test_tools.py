"""What an agent may do with the archive, called directly: words, documents, narrowing, refusals."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
import trips

from assistant import tools as module
from assistant.assistant import Assistant, QuestionRefused
from assistant.commands import HistoryError
from assistant.filters import FilterError
from assistant.settings import Settings
from assistant.statuses import BadStatus
from assistant.tools import ANSWERED, Tools
from corpus.report import XindeError
from index.archive import UnknownReport

DAKAR, BALI, SENDAI, KUMAMOTO, *_ = trips.FILES


@pytest.fixture(scope="module")
def tools(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Tools]:
    home = trips.fill(tmp_path_factory.mktemp("home"), tmp_path_factory.mktemp("papers"))
    with closing(Assistant.open(Settings(home=home))) as assistant:
        yield Tools(assistant)


def test_search_gives_exact_text_with_its_place(tools: Tools) -> None:
    reply = tools.search("公開即時水位", k=2)
    first, _ = reply.document["passages"]
    assert (first["file"], first["chapter"], first["page"]) == (DAKAR, "recommendations", 1)
    assert "建議水利局建立即時水位網頁，並於停水前三天發送簡訊。" in first["text"]
    assert reply.text.startswith("[1]《出席第九屆世界水論壇報告》第四章 建議／一、公開水庫與淨水場的即時水位")
    assert "[2]《" in reply.text


@pytest.mark.parametrize(
    ("narrowing", "files"),
    [
        ({"year": 2024}, {BALI, "113城市外交簡報.txt"}),
        ({"year": "113"}, {BALI, "113城市外交簡報.txt"}),
        ({"year": "2019-2022"}, {DAKAR, SENDAI}),
        ({"country": "日本"}, {SENDAI, KUMAMOTO}),
        ({"country": "日本", "year": "112", "chapter": "建議"}, {KUMAMOTO}),
    ],
)
def test_search_is_narrowed(tools: Tools, narrowing: dict, files: set[str]) -> None:
    passages = tools.search("建議", k=50, **narrowing).document["passages"]
    assert {passage["file"] for passage in passages} == files


@pytest.mark.parametrize(("k", "most"), [(1, 1), (0, 1), (-5, 1), (10_000, module.MOST_PASSAGES)])
def test_search_gives_no_more_than_is_sensible(tools: Tools, k: int, most: int) -> None:
    assert 1 <= len(tools.search("建議", k=k).document["passages"]) <= most


def test_ask_answers_with_marks_and_citations(tools: Tools) -> None:
    reply = tools.ask("第九屆世界水論壇有哪些建議？")
    assert tuple(reply.document) == ANSWERED
    assert not reply.document["abstained"] and "[1]" in reply.document["answer"]
    citation = reply.document["citations"][0]
    assert (citation["n"], citation["file"], citation["page"]) == (1, DAKAR, 1)
    assert "發送簡訊" in citation["quote"]
    assert "[1]《出席第九屆世界水論壇報告》第四章 建議，第 1 頁" in reply.text


@pytest.mark.parametrize(
    "history",
    [
        ["第九屆世界水論壇有哪些建議？"],
        [
            {"role": "user", "content": "第九屆世界水論壇有哪些建議？"},
            {"role": "assistant", "content": "兩項。"},
        ],
    ],
)
def test_ask_follows_up(tools: Tools, history: list) -> None:
    citations = tools.ask("那心得呢？", history).document["citations"]
    assert {(c["file"], c["chapter"]) for c in citations} == {(DAKAR, "reflections")}


def test_ask_says_what_the_archive_does_not_hold(tools: Tools) -> None:
    reply = tools.ask("WUF11 我們學到什麼？")
    assert reply.document["abstained"] and reply.document["citations"] == []
    assert "檔案中查無" in reply.text


def test_show_gives_metadata_chapters_and_items(tools: Tools) -> None:
    reply = tools.show(DAKAR)
    assert reply.document == tools.show(reply.document["id"]).document
    assert reply.document["countries"] == ["塞內加爾"]
    assert [chapter["kind"] for chapter in reply.document["chapters"]] == [
        "purpose", "process", "reflections", "recommendations",
    ]  # fmt: skip
    assert [item["number"] for item in reply.document["items"]] == ["一", "二", "一", "二"]
    assert "第四章 建議（第 1 頁）" in reply.text


def test_the_ledger_holds_every_recommendation_newest_first(tools: Tools) -> None:
    reply = tools.ledger()
    records = reply.document["recommendations"]
    assert [(record["file"], record["number"], record["date"], record["term"]) for record in records] == [
        (BALI, "", "2024-05-18", ""),
        (BALI, "一", "2024-05-18", ""),
        (KUMAMOTO, "一", "2023-11-13", ""),
        (DAKAR, "一", "2022-03-21", "立即可行"),
        (DAKAR, "二", "2022-03-21", "中長期"),
        (SENDAI, "一", "2019-10-07", ""),
    ]
    assert {record["status"] for record in records} == {"未填"}
    assert [record["implicit"] for record in records] == [True] + [False] * 5
    assert reply.document["total"] == 6 and "2022-03-21 《出席第九屆世界水論壇報告》" in reply.text


@pytest.mark.parametrize(
    ("topic", "year", "numbers"),
    [
        ("節水", None, [(DAKAR, "二")]),
        ("disaster", None, [(SENDAI, "一")]),
        ("世界水論壇", None, [(BALI, ""), (BALI, "一"), (DAKAR, "一"), (DAKAR, "二")]),
        ("世界水論壇", "111", [(DAKAR, "一"), (DAKAR, "二")]),
        ("世界水論壇 即時水位", None, [(DAKAR, "一")]),
        (" ", 2019, [(SENDAI, "一")]),
        ("防災韌性", None, [(SENDAI, "一")]),
        ("太空電梯", None, []),
        (None, "1950", []),
    ],
)
def test_the_ledger_is_narrowed(
    tools: Tools, topic: str | None, year: str | int | None, numbers: list[tuple[str, str]]
) -> None:
    reply = tools.ledger(topic, year)
    assert [(r["file"], r["number"]) for r in reply.document["recommendations"]] == numbers
    assert numbers or reply.text == "檔案庫裡沒有符合的建議。"


def test_a_long_ledger_says_how_much_is_left_out(tools: Tools, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "MOST_RECORDS", 2)
    reply = tools.ledger()
    assert (len(reply.document["recommendations"]), reply.document["total"]) == (2, 6)
    assert reply.text.endswith("共 6 項，只列出前 2 項；請用 topic 或 year 縮小範圍。")


@pytest.mark.parametrize(
    ("act", "arguments", "error", "sentence"),
    [
        ("search", (" ",), QuestionRefused, "問題是空的"),
        ("search", ("水", 3, "去年"), FilterError, "看不懂年份「去年」"),
        ("search", ("水", 3, None, "火星"), FilterError, "檔案裡沒有國家「火星」"),
        ("search", ("水", 3, None, None, "前言"), FilterError, "檔案裡沒有章節「前言」"),
        ("ask", ("問" * 3000,), QuestionRefused, "問題有 3,000 個字"),
        ("ask", ("那建議呢？", [3]), HistoryError, "history 的第 1 則看不懂"),
        ("show", ("r404",), UnknownReport, "檔案庫裡沒有「r404」"),
        ("ledger", ("問" * 3000,), QuestionRefused, "問題有 3,000 個字"),
        ("ledger", (None, None, "做了"), BadStatus, "沒有「做了」這種採行情形；可用的是：未填、採行"),
    ],
)
def test_what_cannot_be_done_is_a_sentence(
    tools: Tools, act: str, arguments: tuple, error: type[Exception], sentence: str
) -> None:
    with pytest.raises(error, match=sentence):
        getattr(tools, act)(*arguments)


def test_an_empty_archive_has_nothing_to_show(tmp_path: Path) -> None:
    with closing(Assistant.open(Settings(home=tmp_path))) as assistant:
        empty = Tools(assistant)
        assert empty.search("節水").document == {"passages": []}
        assert empty.ledger().document == {"recommendations": [], "total": 0}
        assert empty.ask("節水？").document["abstained"]


def test_precheck_tells_of_similar_trips_with_citations(tools: Tools) -> None:
    reply = tools.precheck(place=" 日本 ", topic="防災教育")
    assert {trip["file"] for trip in reply.document["trips"]} == {SENDAI, KUMAMOTO}
    assert reply.document["citations"][0]["quote"] and "[1]" in reply.text
    assert "檔案中查無" in tools.precheck(place="冰島").text


NOTES = """\
拜會鹿特丹水務局，市府把三十二處抽水站的水位即時公開，停水前三天通知居民。
參觀小學的節水教室，學童用十分鐘學會看水費單。
"""


def test_draft_gives_text_kinds_and_sources_from_pasted_notes(tools: Tools) -> None:
    reply = tools.draft(NOTES, place="荷蘭鹿特丹", first="115/3/21", last="115/3/25", part="心得", items=2)
    sentences = [s for item in reply.document["items"] for s in item["sentences"]]
    assert {item["part"] for item in reply.document["items"]} == {"reflections"}
    assert {s["kind"] for s in sentences} <= {"observation", "precedent", "proposal", "gap"}
    assert reply.document["notes"][0]["text"] == NOTES.splitlines()[0]
    assert "抽水站的水位即時公開" in reply.text and "[N1]" in reply.text and "待補" in reply.text


@pytest.mark.parametrize(
    ("call", "arguments", "said"),
    [
        ("precheck", {}, "至少要給一個"),
        ("draft", {"notes": NOTES, "part": "摘要"}, "沒有「摘要」"),
        ("draft", {"notes": NOTES, "items": 9}, "項數 9 不行"),
        ("draft", {"notes": "。"}, "請先寫下此行看到"),
        ("draft", {"notes": NOTES, "first": "115/3/25", "last": "115/3/21"}, "是否填反"),
    ],
)
def test_what_cannot_be_done_is_said(tools: Tools, call: str, arguments: dict, said: str) -> None:
    with pytest.raises(XindeError, match=said):
        getattr(tools, call)(**arguments)
