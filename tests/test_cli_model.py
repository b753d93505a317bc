"""`xinde ask` with a language model, as a child process: what it prints, what it sends, how it ends."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
import trips
from model_server import ModelServer

ROOT = Path(__file__).parents[1]
QUESTION = "第十屆世界水論壇有哪些建議？"


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return trips.fill(tmp_path_factory.mktemp("home"), tmp_path_factory.mktemp("papers"))


def xinde(*words: object, **settings: object) -> subprocess.CompletedProcess[str]:
    """The command with these settings in its environment and no others of ours."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("XINDE_")}
    given = {f"XINDE_{name.upper()}": str(value) for name, value in settings.items()}
    done = subprocess.run(
        [sys.executable, "-m", "assistant.cli", *map(str, words)],
        cwd=ROOT,
        env=kept | given,
        capture_output=True,
        encoding="utf-8",
        timeout=60,
    )
    assert "Traceback" not in done.stdout + done.stderr
    return done


def test_the_answer_stands_on_stdout_and_says_who_wrote_it(home: Path) -> None:
    with ModelServer("honest") as server:
        done = xinde("--home", home, "ask", QUESTION, llm_base_url=server.base_url, llm_model="scripted")
        (request,) = server.requests
    assert (done.returncode, done.stderr) == (0, "")
    assert "語言模型 scripted（本機）寫成，請承辦人確認後再使用。" in done.stdout
    assert "[1]" in done.stdout and "正在寫" not in done.stdout
    assert request.prompt.question == QUESTION


def test_json_is_one_document_that_names_the_model(home: Path) -> None:
    with ModelServer("mixed") as server:
        done = xinde(
            "--home", home, "ask", QUESTION, "--json", llm_base_url=server.base_url, llm_model="scripted"
        )
        assert len(server.requests) == 1
    document = json.loads(done.stdout)
    assert (done.returncode, done.stderr) == (0, "")
    assert (document["mode"], document["model"]) == ("llm", "語言模型 scripted（本機）")
    assert "notes" not in document
    assert {s["support"] for s in document["statements"]} >= {"supported", "unsupported"}
    assert all(s["reasons"] for s in document["statements"] if s["support"] == "unsupported")


def test_where_the_model_fails_the_extracted_answer_is_printed_with_the_reason(home: Path) -> None:
    with ModelServer("status_401") as server:
        done = xinde(
            "--home", home, "ask", QUESTION, "--json", llm_base_url=server.base_url, llm_model="scripted",
            llm_api_key="sk-secret",
        )  # fmt: skip
    document = json.loads(done.stdout)
    assert (done.returncode, document["mode"]) == (0, "extractive")
    assert "model" not in document
    (note,) = document["notes"]
    assert "XINDE_LLM_API_KEY" in note and "以下是摘錄的原文" in note
    assert document["statements"] and "sk-secret" not in done.stdout + done.stderr


def test_no_llm_sends_nothing(home: Path) -> None:
    with ModelServer("honest") as server:
        done = xinde(
            "--home", home, "ask", QUESTION, "--no-llm", "--json", llm_base_url=server.base_url,
            llm_model="scripted",
        )  # fmt: skip
        assert server.requests == []
    document = json.loads(done.stdout)
    assert (done.returncode, document["mode"]) == (0, "extractive")
    assert "notes" not in document


@pytest.mark.parametrize(
    ("settings", "named", "code"),
    [
        ({"llm_base_url": "127.0.0.1:8080", "llm_model": "m"}, "127.0.0.1:8080", 1),
        ({"llm_base_url": "http://127.0.0.1/v1", "llm_model": "m", "llm_seconds": "soon"}, "llm_seconds", 2),
    ],
)
def test_settings_that_cannot_be_used_are_one_sentence(
    home: Path, settings: dict[str, str], named: str, code: int
) -> None:
    done = xinde("--home", home, "ask", QUESTION, **settings)
    assert (done.returncode, done.stdout) == (code, "")
    (line,) = done.stderr.splitlines()
    assert named in line and line.endswith("。")


@pytest.mark.parametrize("command", [("list",), ("check",), ("ask", QUESTION, "--no-llm")])
def test_an_address_that_cannot_be_used_stops_nothing_that_needs_no_model(
    home: Path, command: tuple[str, ...]
) -> None:
    done = xinde("--home", home, *command, llm_base_url="127.0.0.1:8080", llm_model="m")
    assert (done.returncode, done.stderr) == (0, "")


def test_an_address_where_nothing_listens_still_answers(home: Path) -> None:
    with ModelServer("refused_connection") as server:
        done = xinde("--home", home, "ask", QUESTION, llm_base_url=server.base_url, llm_model="m")
    assert done.returncode == 0
    assert "連不上語言模型" in done.stdout and server.base_url in "".join(done.stdout.split())
