"""`xinde draft` from notes to files: what is written, what is said, and what is refused."""

from __future__ import annotations

import json
from pathlib import Path

import docx
import pytest
import trips
from model_server import ModelServer

from assistant.cli import main
from assistant.outcome import DONE, REFUSED, USAGE

NOTES = """\
- 拜會鹿特丹水務局，局長說明，市府把三十二處抽水站的水位即時公開，停水前三天通知居民。
- 水位公開以後，民眾抱怨的電話減少四成，客服人力也跟著減少。
- 參觀小學的節水教室，學童用十分鐘學會看水費單，老師說回家後會教父母。
- 建議水利局先公開三處水庫的即時水位，並在停水前發送簡訊。
"""
DISCLOSED = "本文部分內容以程式輔助草擬，並經承辦人審閱。"


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return trips.fill(tmp_path_factory.mktemp("home"), tmp_path_factory.mktemp("papers"))


@pytest.fixture
def notes(tmp_path: Path) -> Path:
    path = tmp_path / "札記.txt"
    path.write_text(NOTES, encoding="utf-8")
    return path


def run(home: Path, notes: Path, *more: str) -> int:
    return main(["--home", str(home), "draft", "--notes", str(notes), "--items", "2", *more])


def test_a_draft_is_printed_with_its_sources(
    home: Path, notes: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(home, notes, "--place", "荷蘭鹿特丹") == DONE
    shown = capsys.readouterr().out
    assert "赴荷蘭鹿特丹考察出國報告（草稿，待承辦人確認）" in shown
    assert all(word in shown for word in ("心得", "建議", "[N1]", "[1]", "〔擬議", "【待補"))


def test_one_part_as_json(home: Path, notes: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(home, notes, "--part", "建議", "--json") == DONE
    document = json.loads(capsys.readouterr().out)
    assert {item["part"] for item in document["items"]} == {"recommendations"}
    assert document["mode"] == "extractive"


@pytest.mark.parametrize("ending", ["docx", "odt", "md"])
def test_a_file_and_the_record_beside_it(home: Path, notes: Path, tmp_path: Path, ending: str) -> None:
    out = tmp_path / f"草稿.{ending}"
    assert run(home, notes, "--event", "水資源論壇", "--from", "115/3/21", "--out", str(out)) == DONE
    record = json.loads((tmp_path / f"草稿.{ending}.json").read_text(encoding="utf-8"))
    assert (record["program"], record["title"]) == ("xinde", "出席水資源論壇出國報告")
    assert {made["mode"] for made in record["made"]} == {"extractive"}
    if ending == "docx":
        text = "\n".join(paragraph.text for paragraph in docx.Document(str(out)).paragraphs)
        assert "出國報告（出國類別：開會）" in text and "出國期間：115 年 3 月 21 日" in text
        assert DISCLOSED in text and "〔擬議，請承辦人決定〕" in text


def test_a_file_that_is_there_is_left_alone(
    home: Path, notes: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "我的報告.docx"
    out.write_bytes(b"mine")
    assert run(home, notes, "--out", str(out)) == REFUSED
    assert out.read_bytes() == b"mine"
    assert "沒有覆寫" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("options", "code", "said"),
    [
        (("--items", "9"), REFUSED, "項數 9 不行：心得與建議各寫 2 到 4 項"),
        (("--items", "三"), USAGE, "不是「三」"),
        (("--part", "感想"), USAGE, "沒有「感想」"),
        (("--out", "草稿.pdf"), USAGE, "應以 .docx、.odt、.md 結尾"),
        (("--from", "115/3/25", "--to", "115/3/21"), REFUSED, "早於開始日期"),
    ],
)
def test_what_cannot_be_drafted(
    home: Path,
    notes: Path,
    capsys: pytest.CaptureFixture[str],
    options: tuple[str, ...],
    code: int,
    said: str,
) -> None:
    assert run(home, notes, *options) == code
    assert said in capsys.readouterr().err


def test_a_trip_that_is_archived_already_is_named_with_what_differs(
    home: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "札記.txt"
    path.write_text(NOTES + "- 參訪卡耶湖抽水站，該站每日供水 58 萬噸。\n", encoding="utf-8")
    options = ("--place", "塞內加爾", "--from", "111/3/21", "--to", "111/3/25", "--json")
    assert run(home, path, *options) == DONE
    shown = capsys.readouterr()
    assert "檔案庫裡已有同一次出國的報告：《出席第九屆世界水論壇報告》" in shown.err
    assert "札記 [N5] 寫「58萬噸」" in shown.err
    assert all(not c["file"].startswith("111") for c in json.loads(shown.out)["citations"])


@pytest.mark.parametrize(
    ("behaviour", "said"), [("refused_connection", "連不上"), ("status_500", "HTTP 500")]
)
def test_a_model_that_fails_leaves_the_extracted_draft(
    home: Path, notes: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch,
    behaviour: str, said: str,
) -> None:  # fmt: skip
    with ModelServer(behaviour) as server:
        monkeypatch.setenv("XINDE_LLM_BASE_URL", server.base_url)
        monkeypatch.setenv("XINDE_LLM_MODEL", "scripted")
        assert run(home, notes, "--part", "心得") == DONE
    shown = capsys.readouterr()
    assert said in shown.err and "以下是摘錄的草稿" in shown.err
    assert "[N1]" in shown.out
