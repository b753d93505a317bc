"""The command line as a user meets it: exit codes, one JSON document, sentences instead of traces."""

from __future__ import annotations

import argparse
import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from command import run
from scripted import REPORT

from assistant import cli
from assistant.arguments import UsageError
from assistant.filters import FilterError, find_chapters, find_years
from assistant.outcome import Outcome
from assistant.settings import Settings

ROOT = Path(__file__).parents[1]


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An archive of one report, made by the command itself."""
    folder = tmp_path_factory.mktemp("cli")
    (folder / "reports").mkdir()
    (folder / "reports" / "rain.txt").write_text(REPORT, encoding="utf-8")
    assert cli.main(["--home", str(folder / "home"), "add", str(folder / "reports")]) == 0
    return folder / "home"


def run_json(capsys: pytest.CaptureFixture[str], *arguments: object) -> tuple[int, dict]:
    code, out, _ = run(capsys, "--json", *arguments)
    return code, json.loads(out)


def test_help_is_chinese_and_names_every_command(capsys: pytest.CaptureFixture[str]) -> None:
    code, out, _ = run(capsys, "--help")
    assert code == 0 and out.startswith("用法：xinde")
    for name, command in cli.COMMANDS.items():
        assert f"    {name}" in out and command.help in out
        assert run(capsys, name, "--help")[0] == 0


@pytest.mark.skipif(os.name == "nt", reason="沒有子行程的處理器時間")
def test_help_starts_in_a_third_of_a_second() -> None:
    def once() -> float:
        before = os.times()
        subprocess.run(
            [sys.executable, "-m", "assistant.cli", "--help"], cwd=ROOT, check=True, capture_output=True
        )
        after = os.times()
        return after.children_user + after.children_system - before.children_user - before.children_system

    # Processor time, the best of three: what the program needs, not what else this machine is doing.
    assert min(once() for _ in range(3)) < 0.3


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (["lst"], "沒有「lst」這個指令；可用的是：add、list、show"),
        (["ask"], "還缺少：QUESTION。用法請看：xinde ask --help"),
        (["show"], "還缺少：ID"),
        (["eval"], "還缺少：--cases 或 --from-feedback。用法請看：xinde eval --help"),
        (["eval", "--cases", "x.jsonl", "--from-feedback"], "--cases 與 --from-feedback 只能選一個"),
        (["list", "--jsn"], "不認得的參數：--jsn"),
        (["list", "--home"], "--home 後面要接一個值"),
        (["list", "--json=yes"], "--json 後面不接值，卻給了「yes」"),
        (["--json"], "還缺一個指令"),
        (["serve", "--port", "http"], "設定 port = 'http' 不對"),
    ],
)
def test_wrong_usage_is_a_sentence_and_code_2(
    capsys: pytest.CaptureFixture[str], arguments: list[str], sentence: str
) -> None:
    code, _, err = run(capsys, *arguments)
    assert code == 2 and sentence in err


def test_without_arguments_the_help_is_shown(capsys: pytest.CaptureFixture[str]) -> None:
    code, out, err = run(capsys)
    assert (code, out) == (2, "") and err.startswith("用法：")


@pytest.mark.parametrize(
    "order", [("--json", "--home", "HOME", "list"), ("list", "--home", "HOME", "--json")]
)
def test_common_options_stand_anywhere(
    capsys: pytest.CaptureFixture[str], home: Path, order: tuple[str, ...]
) -> None:
    code, out, err = run(capsys, *[home if word == "HOME" else word for word in order])
    assert (code, err) == (0, "")
    assert [row["file"] for row in json.loads(out)["reports"]] == ["rain.txt"]


def test_add_says_what_became_of_each_file(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    folder, home = tmp_path / "in", tmp_path / "home"
    folder.mkdir()
    (folder / "rain.txt").write_text(REPORT, encoding="utf-8")
    (folder / "empty.txt").write_text("", encoding="utf-8")
    code, document = run_json(capsys, "--home", home, "add", folder, tmp_path / "nowhere")
    assert code == 0
    assert [row["file"] for row in document["added"]] == ["rain.txt"]
    assert document["added"][0].keys() == {"id", "file", "title"}
    assert {row["reason"] for row in document["refused"]} == {"not_found", "empty"}
    code, out, err = run(capsys, "--home", home, "add", folder / "rain.txt")
    assert code == 0 and "未變動 rain.txt" in out and err == ""
    (folder / "rain.txt").write_text(REPORT.replace("六十公分", "七十公分"), encoding="utf-8")
    code, document = run_json(capsys, "add", folder / "rain.txt", "--home", home)
    assert code == 0 and [row["file"] for row in document["replaced"]] == ["rain.txt"]


def test_add_of_nothing_is_refused(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    code, _, err = run(capsys, "--home", tmp_path / "home", "add", tmp_path / "empty")
    assert code == 1 and "沒有找到可以加入的檔案" in err
    code, _, err = run(capsys, "--home", tmp_path / "home", "add", tmp_path / "nowhere")
    assert code == 1 and "找不到" in err and "nowhere" in err


def test_a_file_over_the_limit_is_refused(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    (tmp_path / "home").mkdir()
    (tmp_path / "home" / "xinde.toml").write_text("max_file_mb = 1", encoding="utf-8")
    (tmp_path / "big.txt").write_text(REPORT * 3000, encoding="utf-8")
    code, document = run_json(capsys, "--home", tmp_path / "home", "add", tmp_path / "big.txt")
    assert code == 1
    assert [(one["file"], one["reason"]) for one in document["refused"]] == [("big.txt", "too_large")]


def test_show_by_id_or_file_name(capsys: pytest.CaptureFixture[str], home: Path) -> None:
    code, document = run_json(capsys, "--home", home, "show", "rain.txt")
    assert code == 0
    assert list(document) == [
        "id", "file", "doc_type", "title", "agency", "countries", "cities", "events", "category",
        "start_date", "end_date", "report_date", "people", "classification", "pages", "chapters", "items",
    ]  # fmt: skip
    assert [chapter["kind"] for chapter in document["chapters"]] == [
        "purpose", "process", "reflections", "recommendations",
    ]  # fmt: skip
    assert document["items"][-1]["heading"] == "選定一座鄰里公園試辦下凹式草坪"
    code, out, _ = run(capsys, "--home", home, "show", document["id"])
    assert code == 0 and "選定一座鄰里公園" in out


@pytest.mark.parametrize("command", ["show", "remove"])
def test_an_unknown_report_is_named(capsys: pytest.CaptureFixture[str], home: Path, command: str) -> None:
    code, out, err = run(capsys, "--home", home, command, "r404", "--json")
    assert code == 1 and "r404" in err and "r404" in json.loads(out)["error"]


def test_remove_removes(capsys: pytest.CaptureFixture[str], home: Path, tmp_path: Path) -> None:
    own = tmp_path / "home"
    shutil.copytree(home, own)
    code, document = run_json(capsys, "--home", own, "remove", "rain.txt")
    assert code == 0 and document["removed"]["file"] == "rain.txt"
    code, _, err = run(capsys, "--home", own, "list")
    assert code == 1 and "檔案庫還是空的" in err


def test_ask_answers_with_exact_quotations(capsys: pytest.CaptureFixture[str], home: Path) -> None:
    code, document = run_json(capsys, "--home", home, "ask", "哥本哈根有哪些建議？", "--no-llm")
    assert code == 0 and not document["abstained"] and document["mode"] == "extractive"
    assert list(document) == [
        "question", "language", "answer", "abstained", "mode", "statements", "citations", "nearest",
        "timings_ms",
    ]  # fmt: skip
    assert any("擇一鄰里公園試辦" in citation["quote"] for citation in document["citations"])
    code, out, _ = run(
        capsys, "--home", home, "ask", "哥本哈根有哪些建議？", "--chapter", "建議", "--year", "112"
    )
    assert code == 0 and "出處" in out and "第四章 建議，第" in out


def test_ask_that_finds_nothing_ends_with_1(capsys: pytest.CaptureFixture[str], home: Path) -> None:
    code, out, _ = run(capsys, "--home", home, "ask", "WUF11 我們學到什麼？")
    assert code == 1 and "檔案中查無" in out


@pytest.mark.parametrize(
    ("options", "sentence"),
    [
        (["--country", "火星"], "檔案裡沒有國家「火星」。現有的國家："),
        (["--chapter", "前言"], "檔案裡沒有章節「前言」。現有的章節：目的、過程、心得"),
        (["--report", "wuf.pdf"], "檔案裡沒有報告「wuf.pdf」。現有的報告：rain.txt"),
        (["--year", "去年"], "看不懂年份「去年」"),
        (["--history", "nowhere.json"], "讀不到對話檔「nowhere.json」"),
    ],
)
def test_a_filter_that_does_not_exist_is_named(
    capsys: pytest.CaptureFixture[str], home: Path, options: list[str], sentence: str
) -> None:
    code, _, err = run(capsys, "--home", home, "ask", "有哪些建議？", *options)
    assert code == 1 and sentence in err


@pytest.mark.parametrize("question", ["", "   ", "問" * 10_000, 'AND "', "*", "C++", "\x00", "?" * 300])
def test_any_question_ends_in_words(capsys: pytest.CaptureFixture[str], home: Path, question: str) -> None:
    code, out, err = run(capsys, "--home", home, "ask", question)
    assert code in (0, 1) and (out + err).strip()


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"{", "不是 UTF-8 的 JSON"),
        (b"\xff\xfe\x00", "不是 UTF-8 的 JSON"),
        (b'"one"', "應是一個清單"),
        (b"[1]", "第 1 則看不懂"),
        (b'["a", {"role": "system", "content": "x"}]', "第 2 則看不懂"),
        (b'[{"role": "user", "content": 3}]', "第 1 則看不懂"),
    ],
)
def test_a_history_file_that_cannot_be_used_is_explained(
    capsys: pytest.CaptureFixture[str], home: Path, tmp_path: Path, content: bytes, sentence: str
) -> None:
    (tmp_path / "history.json").write_bytes(content)
    code, _, err = run(capsys, "--home", home, "ask", "那建議呢？", "--history", tmp_path / "history.json")
    assert code == 1 and sentence in err


def test_history_makes_a_follow_up(capsys: pytest.CaptureFixture[str], home: Path, tmp_path: Path) -> None:
    turns = ["哥本哈根那次學到什麼？", {"role": "assistant", "content": "公園就是滯洪池。"}]
    (tmp_path / "history.json").write_text(json.dumps(turns), encoding="utf-8")
    code, document = run_json(
        capsys, "--home", home, "ask", "那建議呢？", "--history", tmp_path / "history.json"
    )
    assert code == 0 and any("試辦" in citation["quote"] for citation in document["citations"])


@pytest.mark.parametrize("command", [["list"], ["ask", "有哪些建議？"]])
def test_an_empty_archive_says_what_to_do(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, command: list[str]
) -> None:
    code, _, err = run(capsys, "--home", tmp_path, *command)
    assert code == 1 and "xinde add" in err


def test_check_and_rebuild(capsys: pytest.CaptureFixture[str], home: Path) -> None:
    assert run_json(capsys, "--home", home, "check") == (0, {"clean": True, "reports": 1, "problems": []})
    assert run_json(capsys, "--home", home, "rebuild") == (0, {"rebuilt": True, "reports": 1})


def test_a_home_that_is_a_file_is_explained(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    (tmp_path / "file").write_text("", encoding="utf-8")
    code, _, err = run(capsys, "--home", tmp_path / "file", "list")
    assert code == 1 and str(tmp_path / "file") in err


# Commands named only here, resolved from the table like the real ones.
def crash(options: argparse.Namespace, settings: Settings) -> Outcome:
    raise KeyError("marker")


def interrupt(options: argparse.Namespace, settings: Settings) -> Outcome:
    raise KeyboardInterrupt


@pytest.fixture
def extra_commands() -> object:
    cli.COMMANDS["crash"] = cli.Command("", "test_cli:crash")
    cli.COMMANDS["interrupt"] = cli.Command("", "test_cli:interrupt")
    yield
    del cli.COMMANDS["crash"], cli.COMMANDS["interrupt"]


def test_an_unexpected_error_goes_to_the_log(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, extra_commands: object
) -> None:
    code, out, err = run(capsys, "--home", tmp_path / "home", "crash", "--json")
    assert code == 1 and "KeyError" in err and "xinde.log" in json.loads(out)["error"]
    assert "marker" in (tmp_path / "home" / "xinde.log").read_text(encoding="utf-8")


def test_ctrl_c_is_a_sentence(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, extra_commands: object
) -> None:
    code, _, err = run(capsys, "--home", tmp_path, "interrupt")
    assert code == cli.INTERRUPTED and "已中斷" in err


@pytest.mark.skipif(os.name == "nt", reason="沒有 POSIX 的管線")
def test_a_reader_that_stops_reading_is_no_error(home: Path) -> None:
    command = f"{sys.executable} -m assistant.cli --home {home} show rain.txt --json | true"
    done = subprocess.run(["sh", "-c", command], cwd=ROOT, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")


@pytest.mark.parametrize(
    ("text", "years"),
    [
        ("2020", (2020, 2020)),
        ("109", (2020, 2020)),
        ("民國109年", (2020, 2020)),
        ("2018-2020", (2018, 2020)),
        ("107 – 109", (2018, 2020)),
        ("2018至2020年", (2018, 2020)),
    ],
)
def test_years(text: str, years: tuple[int, int]) -> None:
    assert find_years(text) == years


@pytest.mark.parametrize("text", ["", "abc", "2020-2018", "12345", "2020-", "1"])
def test_years_that_are_none(text: str) -> None:
    with pytest.raises(FilterError):
        find_years(text)


def test_a_merged_chapter_answers_to_both_names() -> None:
    merged = "reflections_and_recommendations"
    assert find_chapters(["心得", "建議"]) == ("reflections", merged, "recommendations")
    assert find_chapters(["purpose"]) == ("purpose",)


def test_usage_errors_are_sentences_of_ours() -> None:
    with pytest.raises(UsageError, match="指令寫法不對"):
        cli.build_parser().error("something argparse says")
