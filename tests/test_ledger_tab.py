"""The tab of the ledger: what the filters leave, one recommendation, what is saved and refused, the sheet."""

from __future__ import annotations

import io
import re
from contextlib import closing
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import odfdo
import openpyxl
import pytest
from paged import click, words
from starlette.applications import Starlette
from starlette.testclient import TestClient

from assistant.assistant import Assistant
from assistant.ledger import Record
from assistant.settings import Settings
from assistant.statuses import LABELS
from assistant.ui.ledger_files import FILTERS, build_ledger_files
from assistant.ui.ledger_shown import PAGE, show_list
from assistant.ui.ledger_tab import LedgerTab

TODAY = date(2026, 3, 1)
EVIL = "<img src=x onerror=alert(1)>${alert(1)}"


@pytest.fixture
def tab(six: Assistant) -> LedgerTab:
    return LedgerTab(six, lambda: TODAY)


def listed(tab: LedgerTab, **chosen: str) -> str:
    html, _ = tab.listing(*(chosen.get(name, "") for name in FILTERS))
    return html


def opened(tab: LedgerTab, html: str, number: int = 0) -> tuple[Any, ...]:
    chosen = re.findall(r'data-record="([^"]+)"', html)[number]
    return tab.open(click(record=chosen))


def typed(record: Record, **values: str) -> list[str]:
    told = replace(record.follow_up, **values)
    return [getattr(told, name) for name in LABELS]


@pytest.mark.parametrize(
    ("chosen", "holds", "lacks"),
    [
        ({}, "試辦水田涵養補助", "沒有符合"),
        ({"year": "2023"}, "試辦水田涵養補助", "感測器採購"),
        ({"query": "節水教室"}, "設置節水體驗教室", "試辦水田"),
        ({"kind": "明示"}, "公開水庫與淨水場的即時水位", "隱含"),
        ({"status": "採行"}, "沒有符合的建議", "未填"),
        ({"topic": "不存在"}, "沒有「不存在」這個主題", "未填"),
        ({"kind": "曖昧"}, "沒有「曖昧」這一種建議", "未填"),
    ],
)
def test_the_filters_leave_what_they_say(
    tab: LedgerTab, chosen: dict[str, str], holds: str, lacks: str
) -> None:
    shown = words(listed(tab, **chosen))
    assert holds in shown and lacks not in shown


def test_advice_to_others_is_listed_where_it_is_asked_for(tab: LedgerTab) -> None:
    counts = [
        int((re.findall(r"共 (\d+) 項", listed(tab, whom=whom)) or ["0"])[0])
        for whom in ("對本市", "對他人", "全部")
    ]
    assert counts[0] > 0 and counts[0] + counts[1] == counts[2]


def test_a_long_list_comes_page_by_page(tab: LedgerTab, six: Assistant) -> None:
    records = six.ledger.records() * 300
    html = show_list(records, {}, 2)
    assert html.count("data-record") == PAGE and 'data-page="1"' in html and 'data-page="3"' in html
    assert f"第 {2 * PAGE + 1}–{3 * PAGE} 項" in html
    assert show_list(records, {}, 99_999).count("data-record") > 0
    assert tab.turn(click(page="0"), *[""] * 6)[1] == 0


def test_a_recommendation_is_shown_with_its_source_and_what_is_known(tab: LedgerTab) -> None:
    *_, shown, record, status, _, _, _, _, _, _ = opened(tab, listed(tab, query="水田涵養"))
    text = words(shown)
    assert "建議水利局選定五十公頃休耕水田" in text and "下次檢核：2026-06-30" in text
    assert status == "未填" and "程式不推測採行情形" in text
    assert "<mark>" in tab.source(click(passage="1"), record)
    assert record.recommendation.title in tab.source(click(report="x"), record)


def test_what_is_saved_is_there_and_what_is_refused_is_not(tab: LedgerTab) -> None:
    record = opened(tab, listed(tab, query="節水教室"))[3]
    shown, same, said = tab.save(record, *typed(record, status="不採行"))
    assert "沒有儲存" in said and "不採行理由" in said and same is record
    shown, changed, said = tab.save(record, *typed(record, status="研議中", unit="教育局"))
    assert "已儲存「設置節水體驗教室" in said and changed.follow_up.unit == "教育局"
    assert "最近更新" in shown
    assert "沒有更動" in tab.save(changed, *typed(changed))[2]
    assert "設置節水體驗教室" in words(listed(tab, status="研議中"))


def test_a_colleagues_word_is_not_overwritten_by_an_older_form(tab: LedgerTab) -> None:
    record = opened(tab, listed(tab, query="災害現場"))[3]
    tab.save(record, *typed(record, note="已選定荒濱"))
    _, changed, _ = tab.save(record, *typed(record, budget="一百萬元"))
    assert (changed.follow_up.note, changed.follow_up.budget) == ("已選定荒濱", "一百萬元")


def test_an_empty_archive_says_what_to_do(tmp_path: Path) -> None:
    with closing(Assistant.open(Settings(home=tmp_path))) as assistant:
        assert "檔案庫還是空的" in listed(LedgerTab(assistant))


def test_what_is_not_there_is_said(tab: LedgerTab) -> None:
    assert "沒有「r0-1」" in tab.open(click(record="r0-1"))[-1]


def test_text_of_reports_and_people_stays_text(tab: LedgerTab, six: Assistant) -> None:
    record = six.ledger.records()[0]
    evil = replace(
        record, recommendation=replace(record.recommendation, heading=EVIL, title=EVIL, topic=EVIL)
    )
    assert "<img" not in show_list([evil], {"query": EVIL}, 0, notice=EVIL)


def client_of(assistant: Assistant, host: str = "127.0.0.1") -> TestClient:
    """A browser that calls the server by that name."""
    routes = [build_ledger_files(assistant, Settings())]
    return TestClient(Starlette(routes=routes), base_url=f"http://{host}")


@pytest.mark.parametrize("ending", ["xlsx", "ods"])
def test_the_sheet_holds_what_is_filtered(six: Assistant, ending: str) -> None:
    answer = client_of(six).get(f"/ledger/tracking.{ending}", params={"query": "水田涵養", "whom": "對本市"})
    assert answer.status_code == 200 and "filename*=UTF-8''" in answer.headers["content-disposition"]
    if ending == "xlsx":
        rows = list(openpyxl.load_workbook(io.BytesIO(answer.content)).worksheets[0].values)
        assert len(rows) == 2 and "試辦水田涵養補助" in rows[1]
    else:
        assert "試辦水田涵養補助" in odfdo.Document(io.BytesIO(answer.content)).body.serialize()


@pytest.mark.parametrize(
    ("address", "status", "sentence"),
    [("tracking.pdf", 404, "xlsx、ods"), ("tracking.xlsx?topic=x", 500, "沒有「x」這個主題")],
)
def test_a_sheet_that_cannot_be_is_refused(six: Assistant, address: str, status: int, sentence: str) -> None:
    answer = client_of(six).get(f"/ledger/{address}")
    assert answer.status_code == status and sentence in answer.text


def test_no_page_that_points_its_own_name_here_reads_the_sheet(six: Assistant) -> None:
    answer = client_of(six, "evil.example").get("/ledger/tracking.xlsx")
    assert answer.status_code == 403 and "這裡不是「evil.example」" in answer.text
