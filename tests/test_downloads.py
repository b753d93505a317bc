"""Conversations as files: right bytes under a right name for their own browser, nothing for any other."""

from __future__ import annotations

import io
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from urllib.parse import unquote

import docx
import odfdo
import pytest
import scripted
from starlette.applications import Starlette
from starlette.testclient import TestClient

from assistant.conversations import Conversations, Exchange
from assistant.export.forms import FORMS, file_name
from assistant.ui.downloads import build_downloads
from assistant.ui.headers import COOKIE

MINE, OTHERS = "m" * 43, "o" * 43
TITLE = "哥本哈根 2023/9：學到什麼？"


@pytest.fixture
def kept(tmp_path: Path) -> Iterator[Conversations]:
    with closing(Conversations.open(tmp_path)) as conversations:
        yield conversations


@pytest.fixture
def chosen(kept: Conversations) -> str:
    exchange = Exchange("學到什麼？", scripted.ScriptedAssistant().ask("學到什麼？"))
    conversation, _ = kept.append(MINE, None, exchange)
    kept.rename(MINE, conversation, TITLE)
    return conversation


def browser(kept: Conversations, cookies: dict[str, str]) -> TestClient:
    return TestClient(Starlette(routes=[build_downloads(kept)]), cookies=cookies)


def words_of(ending: str, data: bytes) -> str:
    if ending == "docx":
        return "\n".join(paragraph.text for paragraph in docx.Document(io.BytesIO(data)).paragraphs)
    if ending == "odt":
        return odfdo.Document(io.BytesIO(data)).get_formatted_text()
    return data.decode()


@pytest.mark.parametrize("ending", FORMS)
def test_the_owner_gets_each_format(kept: Conversations, chosen: str, ending: str) -> None:
    answer = browser(kept, {COOKIE: MINE}).get(f"/conversations/{chosen}.{ending}")
    assert (answer.status_code, answer.headers["content-type"]) == (200, FORMS[ending].media_type)
    assert answer.headers["cache-control"] == "no-store"
    kind, plain, name = answer.headers["content-disposition"].split("; ")
    assert (kind, plain) == ("attachment", f'filename="conversation.{ending}"')
    assert unquote(name.removeprefix("filename*=UTF-8''")) == f"哥本哈根 2023 9：學到什麼？.{ending}"
    words = words_of(ending, answer.content)
    assert scripted.LEARNED[0].rstrip("。") in words and "學到什麼" in words


@pytest.mark.parametrize("ending", FORMS)
def test_a_document_closes_with_the_disclosure_that_is_wanted(
    kept: Conversations, chosen: str, ending: str
) -> None:
    client = browser(kept, {COOKIE: MINE})
    address = f"/conversations/{chosen}.{ending}"
    assert "以程式輔助草擬" in words_of(ending, client.get(address).content)
    asked = words_of(ending, client.get(address, params={"disclosure": "經本人 審閱。"}).content)
    assert "經本人 審閱。" in asked and "以程式輔助草擬" not in asked
    too_long = client.get(address, params={"disclosure": "字" * 501})
    assert too_long.status_code == 400 and "最多 500 個字" in too_long.text


def test_the_record_tells_program_and_passages(kept: Conversations, chosen: str) -> None:
    answer = browser(kept, {COOKIE: MINE}).get(f"/conversations/{chosen}.json")
    record = answer.json()
    assert (record["program"], record["title"]) == ("xinde", TITLE)
    (made,) = record["made"]
    assert made["what"] == "學到什麼？" and len(made["passages"]) == len(scripted.LEARNED)
    assert browser(kept, {COOKIE: OTHERS}).get(f"/conversations/{chosen}.json").status_code == 404


@pytest.mark.parametrize("cookies", [{}, {COOKIE: OTHERS}, {COOKIE: ""}, {COOKIE: MINE[:-1]}])
def test_for_others_there_is_none_of_that_name(
    kept: Conversations, chosen: str, cookies: dict[str, str]
) -> None:
    client = browser(kept, cookies)
    there, nowhere = client.get(f"/conversations/{chosen}.md"), client.get("/conversations/nothing.md")
    assert (there.status_code, there.text) == (nowhere.status_code, nowhere.text)
    assert there.status_code == 404 and "找不到這段對話" in there.text


@pytest.mark.parametrize("name", ["x", "x.pdf", ".docx", "..%2f..%2farchive.db", "x.docx/y"])
def test_what_is_no_file_of_a_conversation_is_not_found(kept: Conversations, name: str) -> None:
    assert browser(kept, {COOKIE: MINE}).get(f"/conversations/{name}").status_code == 404


@pytest.mark.parametrize(
    ("title", "name"),
    [
        ("滯洪池", "滯洪池.md"),
        ("../../etc/passwd", "etc passwd.md"),
        ('a\r\nSet-Cookie: x="1"', "a Set-Cookie x= 1.md"),
        ("…" * 100, "…" * 60 + ".md"),
        ("NUL", "對話 NUL.md"),
        ("com1.txt", "對話 com1.txt.md"),
        ("???", "對話.md"),
    ],
)
def test_any_title_makes_a_name_for_any_system(title: str, name: str) -> None:
    assert file_name(title, "md") == name
