"""The real page in headless Chromium: ask, follow a citation, see the marked passage; nothing leaves home."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import docx
import pytest
import scripted
import sqlalchemy as sa
from browser import ANSWER, E2E, ask, served, started, tab
from scripted import REPORT

from assistant.assistant import Assistant
from assistant.conversations import Conversations
from assistant.feedback import Feedback
from assistant.settings import Settings
from assistant.ui.headers import COOKIE
from corpus.migrations import CONVERSATIONS

NOTHING = ":is(.answer.nothing)"
pytestmark = E2E


@pytest.fixture(scope="module")
def chromium() -> Iterator[Any]:
    with started() as browser:
        yield browser


def test_ask_follow_the_citation_and_see_the_passage(chromium: Any, tmp_path: Path) -> None:
    (tmp_path / "rain.txt").write_text(REPORT, encoding="utf-8")
    with closing(Assistant.open(Settings(home=tmp_path / "home"))) as assistant:
        assistant.archive.add([tmp_path / "rain.txt"])
        with served(assistant, tmp_path / "home") as url, tab(chromium, url) as page:
            ask(page, "哥本哈根那次學到什麼？", 1)
            page.click("button.cite >> nth=0")
            mark = page.wait_for_selector("#passage mark").inner_text()
            text = page.inner_text("#passage .text")
            report = assistant.archive.report("rain.txt").text
            assert mark in report and mark in text and len(text) > len(mark)
            assert "rain.txt" in page.inner_text("#passage .where") and "頁" in page.inner_text(
                "#passage .where"
            )
            ask(page, "WUF11 我們學到什麼？", 2)
            assert "檔案中查無" in page.inner_text(NOTHING)


@pytest.fixture
def scripted_page(tmp_path: Path) -> Iterator[tuple[scripted.ScriptedAssistant, str]]:
    assistant = scripted.ScriptedAssistant()
    with served(assistant, tmp_path) as url:
        yield assistant, url


def test_samples_filters_and_earlier_conversations(
    chromium: Any, scripted_page: tuple[scripted.ScriptedAssistant, str]
) -> None:
    assistant, url = scripted_page
    with tab(chromium, url) as page:
        page.click(".samples button >> nth=0")
        page.wait_for_selector(ANSWER)
        page.wait_for_selector(".shelf .open")
        page.click("#filters input >> nth=2")
        page.click("ul[role=listbox] li >> text=丹麥")
        page.wait_for_selector("#filters >> text=篩選：丹麥")
        ask(page, "那建議呢？", 2)
        question, history, where = assistant.asked[-1]
        assert question == "那建議呢？" and len(history) == 2
        assert where is not None and where.countries == ("丹麥",)
        page.click("#new")
        page.wait_for_selector(".welcome")
        page.click(".shelf .open >> nth=0")
        page.wait_for_function("css => document.querySelectorAll(css).length === 2", arg=ANSWER)
        page.reload()
        page.wait_for_selector(".shelf .open")
        assert page.locator(".shelf .open").count() == 1
        with tab(chromium, url) as stranger:
            assert stranger.locator(".shelf .open").count() == 0


def test_conversations_are_renamed_exported_and_deleted_with_the_keyboard(
    chromium: Any, scripted_page: tuple[scripted.ScriptedAssistant, str]
) -> None:
    _, url = scripted_page
    with tab(chromium, url) as page:
        ask(page, "學到什麼？", 1)
        page.wait_for_selector(".shelf .open")
        open_menu(page, "改名")
        page.fill(".shelf input", "滯洪池的做法")
        page.press(".shelf input", "Enter")
        page.wait_for_selector(".shelf .open:focus >> text=滯洪池的做法")
        open_menu(page, "匯出")
        page.fill(".shelf textarea", "由程式整理，經本人審閱。")
        with page.expect_download() as download:
            page.press(".shelf button >> text=Word", "Enter")
        assert download.value.suggested_filename == "滯洪池的做法.docx"
        paragraphs = [one.text for one in docx.Document(str(download.value.path())).paragraphs]
        assert "由程式整理，經本人審閱。" in paragraphs
        link = page.get_attribute(".shelf button >> text=Markdown", "formaction")
        assert scripted.LEARNED[0][:9] in page.request.get(url + link).text()
        with tab(chromium, url) as stranger:
            assert stranger.request.get(url + link).status == 404
        page.press(".shelf button >> text=Word", "Escape")
        open_menu(page, "刪除")
        page.press(".shelf >> text=取消", "Enter")
        page.press(".acts summary >> text=刪除", "Enter")
        page.press(".shelf >> text=確定刪除", "Enter")
        page.wait_for_selector(".welcome")
        assert page.locator(".shelf .open").count() == 0
        assert page.request.get(url + link).status == 404


def open_menu(page: Any, act: str) -> None:
    """Open what can be done with the first conversation, and one act of it."""
    if not page.locator(".menu[open]").count():
        page.press(".menu > summary >> nth=0", "Enter")
    page.press(f".acts summary >> text={act}", "Enter")


def test_an_answer_is_judged_and_stays_judged(
    chromium: Any, scripted_page: tuple[scripted.ScriptedAssistant, str], tmp_path: Path
) -> None:
    _, url = scripted_page
    with closing(Conversations.open(tmp_path)) as kept, tab(chromium, url) as page:
        ask(page, "學到什麼？", 1)
        assert not page.is_visible(".wrong input")
        page.click(".thumbs >> text=有幫助")
        page.click(".thumbs >> text=有問題")
        page.fill(".wrong input", "年份不對")
        page.press(".wrong input", "Enter")
        page.wait_for_selector(".said >> text=謝謝說明")
        ask(page, "那建議呢？", 2)
        page.click(".thumbs >> nth=1 >> text=有幫助")
        page.wait_for_selector(".thumbs >> nth=1 >> text=已記下")
        page.reload()
        page.click(".shelf .open")
        page.wait_for_selector(".thumbs[data-verdict=bad]")
        assert page.input_value(".wrong input >> nth=0") == "年份不對"
        assert page.locator(".thumbs [aria-pressed=true]").all_inner_texts() == ["👎 有問題", "👍 有幫助"]
        judged = {(one.question, one.verdict, one.word) for one in Feedback(kept.store).listed()}
        assert judged == {("學到什麼？", "bad", "年份不對"), ("那建議呢？", "good", "")}
        kept.delete(*owner_and_id(kept))
        page.click(".thumbs >> nth=1 >> text=有問題")
        page.wait_for_selector(".notice >> text=評價沒有存下來")


def owner_and_id(kept: Conversations) -> tuple[str, str]:
    """Of the one conversation that there is."""
    with kept.store.read() as connection:
        return connection.execute(sa.select(CONVERSATIONS.c.owner, CONVERSATIONS.c.id)).one()


def test_what_cannot_be_answered_gets_a_sentence(
    chromium: Any, scripted_page: tuple[scripted.ScriptedAssistant, str]
) -> None:
    _, url = scripted_page
    with tab(chromium, url) as page:
        for question, sentence in (("", "請先輸入問題"), ("問" * 10_000, "太長了"), ("壞掉", "沒料到的錯誤")):
            page.fill("#question textarea", question)
            page.click("#question button")
            page.wait_for_selector(f".notice >> text={sentence}")
        ask(page, "東京的預算？", 1)
        page.click(".nearest button")
        page.wait_for_selector("#passage .outline")


def test_a_hostile_report_stays_text(chromium: Any, tmp_path: Path) -> None:
    assistant, report = scripted.hostile()
    with served(assistant, tmp_path) as url, tab(chromium, url) as page:
        title = page.title()
        ask(page, scripted.EVIL, 1)
        page.click(".nearest button")
        page.wait_for_selector("#passage .sheet")
        ask(page, "學到什麼？" + scripted.EVIL, 2)
        page.click("button.cite >> nth=0")
        page.wait_for_selector("#passage .sheet .note")
        assert page.title() == title
        assert page.locator("#layout img, #layout script").count() == 0
        assert scripted.EVIL in page.inner_text("#thread")


def test_on_a_phone_the_passage_is_a_sheet_that_closes(
    chromium: Any, scripted_page: tuple[scripted.ScriptedAssistant, str]
) -> None:
    _, url = scripted_page
    with tab(chromium, url) as page:
        page.set_viewport_size({"width": 390, "height": 844})
        assert not page.is_visible("#panel")
        ask(page, "學到什麼？", 1)
        page.click("button.cite >> nth=0")
        page.wait_for_selector("#panel mark", state="visible")
        page.click("#panel .close")
        page.wait_for_selector("#panel", state="hidden")
        assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")


def test_an_empty_archive_says_what_to_do(chromium: Any, tmp_path: Path) -> None:
    assistant = scripted.ScriptedAssistant(scripted.ScriptedArchive([]))
    with served(assistant, tmp_path) as url, tab(chromium, url) as page:
        assert "xinde add" in page.inner_text(".welcome")


def test_the_browser_is_told_to_stay_at_home(
    chromium: Any, scripted_page: tuple[scripted.ScriptedAssistant, str]
) -> None:
    _, url = scripted_page
    context = chromium.new_context()
    response = context.request.get(url)
    assert "default-src 'self'" in response.headers["content-security-policy"]
    assert [cookie["httpOnly"] for cookie in context.cookies() if cookie["name"] == COOKIE] == [True]
    answer = context.request.post(f"{url}/gradio_api/run/ask", data={"data": ["那次學到什麼？", []]}).json()
    assert answer["data"][0]["citations"][0]["quote"] == scripted.LEARNED[0]
    public = context.request.get(f"{url}/gradio_api/info").json()["named_endpoints"]
    assert list(public) == ["/ask"]
    context.close()
