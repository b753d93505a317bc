"""`xinde ledger` as a user meets it: the exact document, words in 80 columns, keeping a status, refusals."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import command
import openpyxl
import pytest
import trips

from assistant.render import WIDTH, width

CONTRACT = [
    "id", "report_id", "file", "date", "number", "heading", "text", "page", "term", "implicit", "topic",
    "status", "cluster",
]  # fmt: skip


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return trips.fill(tmp_path_factory.mktemp("home"), tmp_path_factory.mktemp("papers"))


def run(capsys: pytest.CaptureFixture[str], home: Path, *arguments: str) -> tuple[int, str, str]:
    return command.run(capsys, "--home", home, "ledger", *arguments)


def test_the_document_is_that_of_the_contract(capsys: pytest.CaptureFixture[str], home: Path) -> None:
    code, out, _ = run(capsys, home, "--json", "--year", "111")
    rows = json.loads(out)["recommendations"]
    assert code == 0 and [list(row)[: len(CONTRACT)] for row in rows] == [CONTRACT] * 2
    shown = [name for name in CONTRACT if name not in ("id", "report_id", "cluster", "text")]
    assert {name: rows[0][name] for name in shown} == {
        "file": "111達卡世界水論壇.txt", "date": "2022-03-21", "number": "一", "page": 1,
        "heading": "公開水庫與淨水場的即時水位（立即可行）", "term": "立即可行", "implicit": False,
        "topic": "環境", "status": "未填",
    }  # fmt: skip
    assert rows[0]["text"].startswith("建議水利局建立即時水位網頁") and rows[0]["actor"] == "水利局"
    assert rows[0]["cluster"] == rows[0]["id"] == f"{rows[0]['report_id']}-{rows[0]['id'].split('-')[1]}"


def test_the_words_fit_into_80_columns(capsys: pytest.CaptureFixture[str], home: Path) -> None:
    code, out, _ = run(capsys, home)
    assert code == 0 and max(width(line) for line in out.split("\n")) <= WIDTH
    assert "  2022-03-21 《出席第九屆世界水論壇報告》建議 二（第 1 頁）\n" in out
    assert out.count("設置節水體驗教室（中長期）") == 1
    assert "採行情形：未填" in out and "隱含建議" in out and out.rstrip().endswith("共 6 項。")


def test_a_status_is_kept_and_asked_for(capsys: pytest.CaptureFixture[str], home: Path) -> None:
    one = json.loads(run(capsys, home, "--json", "--query", "防災教材")[1])["recommendations"][0]["id"]
    code, out, _ = run(
        capsys, home, "set", one, "--status", "不採行", "--reason", "場址未定", "--unit", "消防局"
    )
    assert code == 0 and "採行情形：不採行；權責機關：消防局；不採行理由：場址未定" in out
    row = json.loads(run(capsys, home, "set", one, "--note", "再議", "--json")[1])["recommendation"]
    assert (row["status"], row["note"], row["next_check"]) == ("不採行", "再議", None)
    rows = json.loads(run(capsys, home, "--json", "--status", "不採行")[1])["recommendations"]
    assert [row["id"] for row in rows] == [one]


@pytest.mark.parametrize(
    ("arguments", "code", "sentence"),
    [
        (["--topic", "水利"], 1, "沒有「水利」這個主題；可用的是：國際參與、"),
        (["--status", "好"], 1, "沒有「好」這種採行情形；可用的是：未填、採行、"),
        (["--year", "去年"], 1, "看不懂年份「去年」"),
        (["--query", "太空電梯"], 1, "檔案庫裡沒有符合的建議。"),
        (["--unit", "水利局"], 2, "--unit 只和 set 一起使用"),
        (["put", "x"], 2, "沒有「put」這個動作；可用的是 set"),
        (["set"], 2, "還缺少建議的代號"),
        (["set", "r0-1", "--status", "採行"], 1, "建議追蹤裡沒有「r0-1」"),
    ],
)
def test_what_cannot_be_done_is_a_sentence(
    capsys: pytest.CaptureFixture[str], home: Path, arguments: list[str], code: int, sentence: str
) -> None:
    got, _, err = run(capsys, home, *arguments)
    assert (got, sentence in err) == (code, True)


def test_without_a_change_there_is_nothing_to_keep(capsys: pytest.CaptureFixture[str], home: Path) -> None:
    one = json.loads(run(capsys, home, "--json")[1])["recommendations"][0]["id"]
    assert "沒有要改的內容" in run(capsys, home, "set", one)[2]


def test_an_empty_archive_says_what_to_do(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    code, out, err = run(capsys, tmp_path, "--json")
    assert code == 1 and json.loads(out) == {"recommendations": []} and "請先加入報告" in err


@pytest.mark.parametrize("ending", ["xlsx", "ods"])
def test_the_tracking_table_is_written(
    capsys: pytest.CaptureFixture[str], home: Path, tmp_path: Path, ending: str
) -> None:
    code, out, _ = run(capsys, home, "--year", "111", "--out", str(tmp_path / f"t.{ending}"))
    assert (code, out.strip()) == (0, f"2 項寫在 {tmp_path / f't.{ending}'}。")
    assert (tmp_path / f"t.{ending}").stat().st_size > 1000


def test_the_table_has_the_users_own_columns(
    capsys: pytest.CaptureFixture[str], home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    own = tmp_path / "names"
    own.mkdir()
    (own / "tracking_columns.csv").write_text("heading,field,width\n建議事項,heading,20\n", encoding="utf-8")
    monkeypatch.setenv("XINDE_NAMES", str(own))
    out = tmp_path / "own.xlsx"
    assert run(capsys, home, "--year", "111", "--out", str(out))[0] == 0
    rows = [[cell.value for cell in row] for row in openpyxl.load_workbook(out).worksheets[0].iter_rows()]
    assert rows[0] == ["建議事項"] and rows[1] == ["公開水庫與淨水場的即時水位（立即可行）"]
    (own / "tracking_columns.csv").write_text("heading,field,width\n人,owner,20\n", encoding="utf-8")
    assert "沒有「owner」這個欄位" in run(capsys, home, "--out", str(out))[2]


def test_listing_loads_no_library_of_files_or_models(home: Path) -> None:
    heavy = {"openpyxl", "odfdo", "httpx", "llama_index", "gradio", "chromadb"}
    code = (
        "import sys; from assistant.cli import main; "
        f"main(['--home', {str(home)!r}, 'ledger', '--json']); "
        f"print({heavy} & set(sys.modules))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.rstrip().endswith("set()")


def test_a_table_of_another_kind_is_refused(
    capsys: pytest.CaptureFixture[str], home: Path, tmp_path: Path
) -> None:
    code, _, err = run(capsys, home, "--out", str(tmp_path / "t.csv"))
    assert code == 1 and "可用的是：.xlsx、.ods" in err
