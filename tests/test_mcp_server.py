"""`xinde mcp` as an agent meets it: a child that speaks the protocol on its pipes and ends with them."""

from __future__ import annotations

import asyncio
import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import trips

from assistant import cli
from assistant.mcp_server import NAMES, build_server
from assistant.tools import Reply, Tools

mcp = pytest.importorskip("mcp", reason="沒有安裝 mcp")

ROOT = Path(__file__).parents[1]
DAKAR, *_ = trips.FILES
# What is called, and what the words of its answer hold.
CALLS: tuple[tuple[str, dict[str, Any], bool, str], ...] = (
    ("search", {"query": "公開即時水位", "k": 1, "year": 111, "chapter": "建議"}, False, "發送簡訊"),
    ("ask", {"question": "第九屆世界水論壇有哪些建議？"}, False, "報告》第四章 建議，第 1 頁"),
    ("ask", {"question": "那心得呢？", "history": ["第九屆世界水論壇有哪些建議？"]}, False, "青年"),
    ("ask", {"question": "WUF11 我們學到什麼？"}, False, "檔案中查無"),
    ("show", {"report": DAKAR}, False, "第四章 建議（第 1 頁）"),
    ("ledger", {"topic": "節水"}, False, "設置節水體驗教室"),
    ("precheck", {"place": "日本", "topic": "防災教育"}, False, "〔同一地點、同一主題〕"),
    ("draft", {"notes": "市府把抽水站的水位即時公開。", "place": "日本", "part": "心得"}, False, "[N1]"),
    ("precheck", {}, True, "至少要給一個"),
    ("show", {"report": "r404"}, True, "檔案庫裡沒有「r404」"),
    ("search", {"query": "水", "country": "火星"}, True, "檔案裡沒有國家「火星」"),
    ("search", {}, True, "Field required"),
)  # fmt: skip


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return trips.fill(tmp_path_factory.mktemp("home"), tmp_path_factory.mktemp("papers"))


def command(home: Path) -> list[str]:
    return [sys.executable, "-m", "assistant.cli", "--home", str(home), "mcp"]


@pytest.fixture(scope="module")
def session(home: Path) -> tuple[list[Any], list[Any]]:
    """The tools that a client sees, and the results of all CALLS, through one child."""

    async def talk() -> tuple[list[Any], list[Any]]:
        program, *arguments = command(home)
        child = mcp.StdioServerParameters(command=program, args=arguments, cwd=ROOT)
        async with mcp.Client(child) as client:
            listed = await client.list_tools()
            return listed.tools, [await client.call_tool(name, given) for name, given, *_ in CALLS]

    return asyncio.run(talk())


def test_the_tools_are_listed_with_what_they_take(session: tuple[list[Any], list[Any]]) -> None:
    tools = {tool.name: tool for tool in session[0]}
    assert tuple(tools) == NAMES
    assert {name: list(tool.input_schema["properties"]) for name, tool in tools.items()} == {
        "search": ["query", "k", "year", "country", "chapter"],
        "ask": ["question", "history"],
        "show": ["report"],
        "ledger": ["topic", "year", "status"],
        "precheck": ["event", "place", "topic"],
        "draft": ["notes", "event", "place", "first", "last", "agency", "people", "part", "items"],
    }
    assert all(tool.annotations.read_only_hint for tool in tools.values())
    assert all(len(tool.description) < 500 and "\n" not in tool.description for tool in tools.values())


@pytest.mark.parametrize(("position", "call"), list(enumerate(CALLS)), ids=lambda value: str(value)[:40])
def test_every_tool_answers_in_words_and_as_a_document(
    session: tuple[list[Any], list[Any]], position: int, call: tuple[str, dict[str, Any], bool, str]
) -> None:
    _, _, failed, words = call
    result = session[1][position]
    assert result.is_error == failed
    assert words in result.content[0].text
    assert (result.structured_content is None) == failed


def test_the_document_of_an_answer_has_its_citations(session: tuple[list[Any], list[Any]]) -> None:
    document = session[1][1].structured_content
    assert document["citations"][0].items() >= {"n": 1, "file": DAKAR, "page": 1}.items()
    assert document["abstained"] is False and document["nearest"] == []


def test_stdout_carries_the_protocol_and_the_child_ends_with_stdin(home: Path) -> None:
    opening = {
        "jsonrpc": "2.0",
        "id": 1,
        "method": "initialize",
        "params": {
            "protocolVersion": "2025-06-18",
            "capabilities": {},
            "clientInfo": {"name": "test", "version": "1"},
        },
    }
    lines = [opening, {"jsonrpc": "2.0", "method": "notifications/initialized"}]
    done = subprocess.run(
        command(home),
        cwd=ROOT,
        input="".join(json.dumps(line) + "\n" for line in lines),
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert done.returncode == 0
    replies = [json.loads(line) for line in done.stdout.splitlines()]
    assert [reply["id"] for reply in replies] == [1]
    assert replies[0]["result"]["serverInfo"]["name"] == "xinde"


def test_a_crash_is_a_sentence_without_the_trace() -> None:
    class Broken(Tools):
        def show(self, report: str) -> Reply:
            """Break."""
            raise KeyError("marker")

    async def talk() -> Any:
        async with mcp.Client(build_server(Broken(None))) as client:
            return await client.call_tool("show", {"report": "x"})

    result = asyncio.run(talk())
    assert result.is_error and "沒料到的錯誤" in result.content[0].text
    assert "marker" not in result.content[0].text


def test_without_the_library_it_says_what_to_install(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setitem(sys.modules, "mcp.server.mcpserver", None)
    assert cli.main(["--home", str(tmp_path), "mcp"]) == 1
    out, err = capsys.readouterr()
    assert out == "" and 'pip install -c constraints.txt -e ".[mcp]"' in err


def test_json_would_spoil_the_protocol(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    assert cli.main(["--home", str(tmp_path), "mcp", "--json"]) == 2
    assert "不能加 --json" in capsys.readouterr().err
