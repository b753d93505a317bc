"""The tabs beside the chat in headless Chromium: each used once, from its form to the file it hands out."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import docx
import openpyxl
import pytest
from browser import E2E, served, started, tab
from drafts import PARTS, text_of
from test_draft_writing import NOTES
from trips import SENDAI

from assistant.assistant import Assistant

pytestmark = E2E
PHONE = {"width": 390, "height": 844}


@pytest.fixture(scope="module")
def page(six: Assistant, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Any]:
    """One tab of the browser, over the six documents."""
    home = tmp_path_factory.mktemp("tabs")
    with served(six, home, with_tabs=True) as url, started() as browser, tab(browser, url) as opened:
        opened.set_default_timeout(30_000)
        yield opened


def field(page: Any, name: str, label: str) -> Any:
    """The field of that label in a tab."""
    return page.locator(f"#tab-{name}").get_by_label(label)


def download(page: Any, button: str) -> Path:
    with page.expect_download() as coming:
        page.click(button)
    return Path(coming.value.path())


def fits(page: Any) -> bool:
    """Whether nothing stands out to the right."""
    return page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")


def test_a_recommendation_is_found_followed_up_and_taken_away(page: Any) -> None:
    page.click("#tab-ledger-button")
    page.wait_for_selector("#ledger-list .rows")
    page.fill("#ledger-query textarea", "節水教室")
    page.press("#ledger-query textarea", "Enter")
    page.wait_for_function("document.querySelectorAll('#ledger-list .rows li').length === 1")
    page.press("#ledger-list .rows button", "Enter")
    page.click("#ledger-record >> text=看報告原文")
    assert "節水體驗教室" in page.wait_for_selector("#passage mark").inner_text()
    field(page, "ledger", "執行期程").fill("115 年底前")
    page.click("#ledger-save")
    page.wait_for_selector("#ledger-said >> text=已儲存")
    page.click("text=← 回清單")
    page.wait_for_selector("#ledger-list .rows button:focus")
    sheet = openpyxl.load_workbook(download(page, "#ledger-list button >> text=Excel").open("rb"))
    assert "115 年底前" in list(sheet.worksheets[0].values)[1]
    assert not page.is_visible("#new")


def test_a_report_is_reviewed_and_nothing_of_it_stays_on_the_server(page: Any, tmp_path: Path) -> None:
    draft = tmp_path / "稿件.txt"
    copied = SENDAI[SENDAI.index("參觀荒濱") : SENDAI.index("第三章")]
    draft.write_text(text_of(process=PARTS["process"] + copied), encoding="utf-8")
    page.click("#tab-review-button")
    page.click("#review-start")
    page.wait_for_selector("#review >> text=還沒有要檢核的檔案")
    page.set_input_files("#tab-review input[type=file] >> nth=0", draft)
    page.wait_for_selector("#tab-review >> text=稿件")
    page.click("#review-start")
    page.wait_for_selector("#review .twins mark")
    page.click("#review .twins button >> nth=0")
    page.wait_for_selector("#passage >> text=赴日本仙台考察地震防災教育報告")
    assert docx.Document(str(download(page, "#review button >> text=Word"))).tables
    assert not list(Path(tempfile.gettempdir(), "gradio").rglob("稿件.txt"))


def test_a_draft_is_made_from_notes_and_the_form_outlives_a_mistake(page: Any, tmp_path: Path) -> None:
    page.click("#tab-draft-button")
    for label, value in (("地點", "荷蘭"), ("開始日期", "115/4/30"), ("結束日期", "115/4/26")):
        field(page, "draft", label).fill(value)
    field(page, "draft", "貼上札記").fill(NOTES)
    page.click("#draft-make")
    page.wait_for_selector("#draft .notice >> text=早於開始日期")
    assert field(page, "draft", "貼上札記").input_value() == NOTES
    field(page, "draft", "結束日期").fill("115/5/2")
    page.click("#draft-make")
    page.click("#draft button[data-note='1']")
    assert "抽水站" in page.wait_for_selector("#passage mark").inner_text()
    page.fill("#draft textarea[name=disclosure]", "由程式草擬，經本人改寫。")
    written = docx.Document(str(download(page, "#draft button >> text=Word")))
    assert "由程式草擬，經本人改寫。" in [one.text for one in written.paragraphs]


def test_similar_trips_are_looked_up_on_a_phone(page: Any) -> None:
    page.set_viewport_size(PHONE)
    page.click("#tab-precheck-button")
    field(page, "precheck", "地點").fill("日本")
    field(page, "precheck", "地點").press("Enter")
    page.click("#precheck .trip .cite >> nth=0")
    page.wait_for_selector("#panel mark", state="visible")
    page.click("#panel .close")
    page.wait_for_selector("#panel", state="hidden")
    for name in ("ask", "ledger", "review", "draft", "precheck"):
        page.click(f"#tab-{name}-button")
        page.wait_for_selector(f"#tab-{name}", state="visible")
        assert fits(page), name
