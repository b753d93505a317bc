"""What the page shows and does, without a browser and without Gradio's server."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from html.parser import HTMLParser
from pathlib import Path

import pytest
import scripted
from starlette.responses import PlainTextResponse
from starlette.testclient import TestClient
from starlette.types import Receive, Scope, Send

from assistant.answer import Answer, AskFilter, Citation, Statement, Turn
from assistant.conversations import Conversations, Exchange
from assistant.ui import view
from assistant.ui.chat import CHANGED, GONE, LONGEST, Chat, Session, Shown
from assistant.ui.choices import Choices, describe, read_choices
from assistant.ui.headers import COOKIE, Headers, find_owner, new_cookie
from assistant.ui.passage import surroundings
from assistant.ui.samples import build_samples

OWNER = "b" * 43


class Collector(HTMLParser):
    """All elements, their attributes and the text of a piece of HTML."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.attributes: list[str] = []
        self.links: list[str | None] = []
        self.text = ""
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.attributes += [name for name, _ in attrs]
        self.links += [value for name, value in attrs if name == "formaction"]

    def handle_data(self, data: str) -> None:
        self.text += data


@pytest.fixture
def chat(tmp_path: Path) -> Iterator[Chat]:
    with closing(Conversations.open(tmp_path)) as kept:
        yield Chat(scripted.ScriptedAssistant(), kept)


def ask(chat: Chat, *questions: str, owner: str = OWNER) -> Session:
    session = Session(owner)
    for question in questions:
        session, notice = chat.ask(session, question, AskFilter())
        assert notice == ""
    return session


def test_a_follow_up_is_asked_with_what_was_said(chat: Chat) -> None:
    session = ask(chat, "哥本哈根那次學到什麼？", "那建議呢？")
    assert isinstance(chat.assistant, scripted.ScriptedAssistant)
    question, turns, _ = chat.assistant.asked[-1]
    assert question == "那建議呢？"
    assert turns == (
        Turn("user", "哥本哈根那次學到什麼？"),
        Turn("assistant", session.exchanges[0].answer.text),
    )


@pytest.mark.parametrize(
    ("question", "sentence"),
    [
        ("", "請先輸入問題"),
        (" \n", "請先輸入問題"),
        ("問" * 10_000, "10,000 個字，太長了"),
        ("壞掉", "沒料到的錯誤"),
    ],
)
def test_a_question_that_cannot_be_answered_gets_a_sentence(chat: Chat, question: str, sentence: str) -> None:
    session, notice = chat.ask(Session(OWNER), question, AskFilter())
    assert sentence in notice
    assert session == Session(OWNER)
    assert len("問" * LONGEST) == LONGEST


def test_conversations_are_listed_and_reopened_by_their_owner(chat: Chat) -> None:
    session = ask(chat, "學到什麼？", "建議？")
    (row,) = chat.listed(OWNER)
    assert chat.reopen(Session(OWNER), row.id) == (session, "")
    assert chat.listed("c" * 43) == ()
    other, notice = chat.reopen(Session("c" * 43), row.id)
    assert other.exchanges == () and "找不到這段對話" in notice


def test_without_an_owner_nothing_is_stored(chat: Chat) -> None:
    session = ask(chat, "學到什麼？", owner="")
    assert session.conversation_id is None and chat.listed("") == ()


def test_a_conversation_is_renamed_and_deleted_by_its_owner(chat: Chat) -> None:
    chosen = ask(chat, "學到什麼？").conversation_id or ""
    assert chat.shelf.rename(OWNER, chosen, "滯洪池") == ""
    assert [row.title for row in chat.listed(OWNER)] == ["滯洪池"]
    assert "名稱是空的" in chat.shelf.rename(OWNER, chosen, " ")
    assert "找不到這段對話" in chat.shelf.rename("c" * 43, chosen, "別人的")
    assert "找不到這段對話" in chat.shelf.delete("c" * 43, chosen)
    assert chat.shelf.delete(OWNER, chosen) == "" and chat.listed(OWNER) == ()


def test_an_answer_is_judged_by_its_place_in_the_stored_conversation(chat: Chat) -> None:
    session = ask(chat, "學到什麼？")
    elsewhere, _ = chat.ask(session, "東京？", AskFilter())
    session, _ = chat.ask(session, "那建議呢？", AskFilter())
    assert [one.number for one in session.exchanges] == [0, 2]
    judged = chat.shelf.judge(OWNER, session.conversation_id, 2, "bad", "不完整")
    assert judged == "" and chat.shelf.verdicts(OWNER, elsewhere.conversation_id) == {2: ("bad", "不完整")}
    html = view.show_thread(session.exchanges, verdicts={2: ("bad", "不完整")})
    assert html.count('aria-pressed="true"') == 1 and 'data-verdict="bad" aria-pressed="true"' in html
    assert 'value="不完整"' in html


@pytest.mark.parametrize(
    ("conversation", "verdict"), [(None, "good"), ("nothing", "good"), ("", "good"), ("", "?")]
)
def test_a_verdict_that_is_not_kept_says_so(chat: Chat, conversation: str | None, verdict: str) -> None:
    assert "評價沒有存下來" in chat.shelf.judge(OWNER, conversation, 0, verdict, "")
    assert chat.shelf.verdicts(OWNER, conversation) == {}


def test_only_a_stored_answer_can_be_judged(chat: Chat) -> None:
    assert "有幫助" in view.show_thread(ask(chat, "學到什麼？").exchanges)
    assert "有幫助" not in view.show_thread(ask(chat, "學到什麼？", owner="").exchanges)


def test_the_shelf_offers_what_can_be_done_with_each_conversation(chat: Chat) -> None:
    ask(chat, scripted.EVIL)
    (row,) = chat.listed(OWNER)
    seen = Collector(view.show_shelf([replace(row, title=scripted.EVIL)], row.id, notice=scripted.EVIL))
    assert not {"img", "script", "svg", "iframe"} & set(seen.tags)
    assert not [name for name in seen.attributes if name.startswith("on")]
    assert seen.links == [f"/conversations/{row.id}.{ending}" for ending in ("docx", "odt", "md", "json")]
    assert "改名" in seen.text and "確定刪除" in seen.text and seen.text.count(scripted.EVIL) == 2


def test_a_citation_is_shown_in_its_surroundings(chat: Chat) -> None:
    shown = chat.show(ask(chat, "學到什麼？"), 0, 2)
    assert isinstance(shown, Shown)
    around = shown.around
    assert around.before + around.quote + around.after in scripted.COPENHAGEN.text
    assert around.before.endswith("二、港水乾淨到可以游泳\n") and around.opens and around.closes
    html = view.show_passage(shown.citation, around)
    assert f"<mark>{scripted.LEARNED[1]}</mark>" in html
    assert "第三章 心得" in html and "第 2 頁" in html


@pytest.mark.parametrize(("turn", "n"), [(0, 9), (5, 1), (-1, 1)])
def test_a_mark_that_leads_nowhere_says_so(chat: Chat, turn: int, n: int) -> None:
    assert chat.show(ask(chat, "學到什麼？"), turn, n) == "找不到這則出處，請重新整理網頁再試。"


def test_a_report_that_changed_or_went_still_shows_what_was_quoted(chat: Chat) -> None:
    session = ask(chat, "學到什麼？")
    archive = chat.assistant.archive
    assert isinstance(archive, scripted.ScriptedArchive)
    archive.held = [scripted.replace(scripted.COPENHAGEN, text="全部改寫")]
    changed = chat.show(session, 0, 1)
    archive.held = []
    gone = chat.show(session, 0, 1)
    assert isinstance(changed, Shown) and isinstance(gone, Shown)
    assert (changed.note, gone.note) == (CHANGED, GONE)
    assert changed.around.quote == gone.around.quote == scripted.LEARNED[0]


def test_surroundings_begin_and_end_with_whole_sentences() -> None:
    report, quote = scripted.COPENHAGEN, scripted.LEARNED[0]
    around = surroundings(report, scripted.cite(report, quote, 1), reach=30)
    assert around.before == "第三章 心得\n一、公園就是滯洪池\n"
    assert around.after == "設計在規劃之初就請居民參與，完工後由社區認養維護。"
    assert around.opens and not around.closes


def test_nothing_found_is_set_apart_with_the_nearest_report() -> None:
    exchange = Exchange("東京？", scripted.ScriptedAssistant().ask("東京？"))
    html = view.show_thread([exchange])
    assert 'class="answer nothing"' in html and "檔案中查無" in html
    assert f'data-report="{scripted.OSAKA.id}"' in html


def test_text_of_documents_never_becomes_markup() -> None:
    evil = scripted.EVIL
    citation = Citation(1, evil, evil, evil, "other", evil, 1, 0, len(evil), evil)
    answer = Answer(evil, "zh", f"- {evil} [1]", False, (Statement(evil, (1,)),), (citation,))
    judged = Exchange(evil, answer, 0)
    _, report = scripted.hostile()
    pieces = [
        view.show_thread([Exchange(evil, answer)], samples=[evil], pending=evil, notice=evil),
        view.show_thread([], samples=[evil]),
        view.show_thread([judged], verdicts={0: ("bad", evil)}),
        view.show_passage(citation, surroundings(report, citation), note=evil),
        view.show_report(report),
        view.show_message(evil),
    ]
    for html in pieces:
        seen = Collector(html)
        assert not {"img", "script", "svg", "iframe", "a"} & set(seen.tags)
        assert not [name for name in seen.attributes if name.startswith("on")]
        assert evil in seen.text or "<script>" in seen.text


def test_samples_ask_about_the_archives_own_trips() -> None:
    rows = scripted.ScriptedArchive().reports()
    assert build_samples(rows) == (
        "2025 年大阪那次出國學到什麼？",
        "2023 年哥本哈根那次出國有哪些建議？",
        "2025 年大阪那次出國的目的是什麼？",
        "2023 年哥本哈根那次出國拜會了哪些單位？",
    )
    assert build_samples([]) == ()


def test_filters_offer_what_exists() -> None:
    choices = Choices.from_rows(scripted.ScriptedArchive().reports())
    assert choices.named_years == [("不限", ""), ("2023（112 年）", "2023"), ("2025（114 年）", "2025")]
    assert choices.countries == ("丹麥", "日本")
    assert choices.reports[0] == (scripted.OSAKA.title, scripted.OSAKA.id)


@pytest.mark.parametrize(
    ("chosen", "where", "words"),
    [
        (("", "", [], [], []), AskFilter(), ""),
        ((None, None, [], [], []), AskFilter(), ""),
        (("2020", "2018", [], [], []), AskFilter(years=(2018, 2020)), "2018–2020 年"),
        (("2020", "", [], [], []), AskFilter(years=(2020, 9999)), "2020– 年"),
        (
            ("2020", "2020", ["日本"], ["心得"], ["r1"]),
            AskFilter((2020, 2020), ("日本",), ("reflections", "reflections_and_recommendations"), ("r1",)),
            "2020 年、日本、心得、1 份報告",
        ),
    ],
)
def test_chosen_filters(chosen: tuple, where: AskFilter, words: str) -> None:
    assert read_choices(*chosen) == where
    assert describe(where, chosen[3]) == words


@pytest.mark.parametrize(
    ("value", "owner"), [("", ""), ("short", ""), ("x" * 43, "x" * 43), ("x" * 42 + ";", "")]
)
def test_only_a_cookie_of_ours_names_a_browser(value: str, owner: str) -> None:
    assert find_owner({COOKIE: value}) == owner


@pytest.mark.parametrize(
    ("origin", "foreign"),
    [
        (None, False),
        ("http://127.0.0.1:7860", False),
        ("http://evil.example", True),
        ("null", True),
        ("http://[", True),
    ],
)
def test_only_this_page_may_have_files_uploaded(origin: str | None, foreign: bool) -> None:
    async def uploaded(scope: Scope, receive: Receive, send: Send) -> None:
        await PlainTextResponse("kept")(scope, receive, send)

    headers = {"origin": origin} if origin else {}
    client = TestClient(Headers(uploaded), base_url="http://127.0.0.1:7860")
    answer = client.post("/gradio_api/upload", headers=headers)
    assert answer.status_code == (403 if foreign else 200)
    assert client.post("/gradio_api/call/ask", headers=headers).status_code == 200


def test_every_browser_gets_its_own_cookie() -> None:
    first, second = new_cookie(secure=False), new_cookie(secure=True)
    assert first != second and "HttpOnly" in first and "SameSite=Strict" in first
    assert find_owner({COOKIE: first.split(";")[0].split("=")[1]})
    assert second.endswith("Secure") and not first.endswith("Secure")
