"""`xinde review` as a user meets it: exit codes, the contract's JSON, wording in 80 columns, documents."""

from __future__ import annotations

import io
import json
from pathlib import Path

import docx
import pytest
from command import run
from drafts import PARTS, text_of

from assistant import cli
from assistant.render import width

COPY = PARTS["process"].replace("馬爾摩市", "首爾市").replace("3,500", "7,200")


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("review")
    (folder / "馬爾摩.txt").write_text(text_of(), encoding="utf-8")
    assert cli.main(["--home", str(folder / "home"), "add", str(folder / "馬爾摩.txt")]) == 0
    return folder / "home"


def write(folder: Path, name: str, **changed: str) -> Path:
    path = folder / name
    path.write_text(text_of(**changed), encoding="utf-8")
    return path


OTHER_TRIP = PARTS["cover"].replace("馬爾摩考察水岸更新", "烏普薩拉考察河岸步道")


def test_a_good_report_ends_with_0(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    code, out, _ = run(capsys, "--home", tmp_path / "none", "review", write(tmp_path, "稿.txt"), "--json")
    document = json.loads(out)
    assert code == 0 and {one["level"] for one in document["findings"]} == {"ok"}
    assert not (tmp_path / "none").exists()


def test_what_must_be_mended_ends_with_1(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    path = write(tmp_path, "稿.txt", process="")
    code, out, _ = run(capsys, "--home", tmp_path / "none", "review", path)
    assert code == 1
    assert "須修正 1 項" in out and "- 〔章節〕缺少「過程」這一章。" in out and "→ 請加上「過程」" in out
    assert all(width(line) <= 80 for line in out.split("\n"))


def test_copies_are_named_with_report_and_page(
    capsys: pytest.CaptureFixture[str], home: Path, tmp_path: Path
) -> None:
    path = write(tmp_path, "稿.txt", cover=OTHER_TRIP, process=COPY)
    code, out, _ = run(capsys, "--home", home, "review", path, "--json")
    document = json.loads(out)
    found = [one for one in document["findings"] if one["rule"] == "overlap"]
    assert code == 1 and {one["level"] for one in found} == {"fail"}
    assert any("《赴瑞典馬爾摩考察水岸更新出國報告》第二章 過程" in one["message"] for one in found)
    first = document["overlaps"][0]
    assert first["twins"][0]["file"] == "馬爾摩.txt" and 0.6 <= first["share"] <= 1
    assert first["twins"][0]["quote"] and "gloss" not in first["twins"][0]


def test_the_archive_is_left_as_it_was(
    capsys: pytest.CaptureFixture[str], home: Path, tmp_path: Path
) -> None:
    before = run(capsys, "--home", home, "list", "--json")[1]
    run(capsys, "--home", home, "review", write(tmp_path, "稿.txt", cover=OTHER_TRIP))
    assert run(capsys, "--home", home, "list", "--json")[1] == before


def test_sources_are_compared(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    source = tmp_path / "手冊.md"
    source.write_text("西港導覽手冊\n\n" + COPY.split("\n")[2], encoding="utf-8")
    path = write(tmp_path, "稿.txt")
    code, out, _ = run(capsys, "--home", tmp_path / "none", "review", path, "--sources", source)
    assert code == 1 and "來源「手冊.md」" in out and "雷同的段落（1）" in out


@pytest.mark.parametrize(
    ("name", "content", "sentence"),
    [
        ("沒有.docx", None, "讀不到「"),
        ("空.txt", b"", "是空的檔案"),
        ("表.xlsx", b"PK\3\4 no", "「表.xlsx」"),
        ("日記.txt", "今天天氣很好。".encode(), "讀起來是其他文件，不是出國報告"),
        ("壞.docx", b"%PDF-1.7 broken", "「壞.docx」"),
    ],
)
def test_a_file_that_is_no_report_gets_a_sentence(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, name: str, content: bytes | None, sentence: str
) -> None:
    if content is not None:
        (tmp_path / name).write_bytes(content)
    code, out, err = run(capsys, "--home", tmp_path / "none", "review", tmp_path / name)
    assert code == 1 and sentence in err and not out


def test_a_folder_is_no_file(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    code, _, err = run(capsys, "--home", tmp_path / "none", "review", tmp_path)
    assert code == 1 and "是資料夾。請指定一份檔案" in err


def test_the_review_is_written_as_a_document(
    capsys: pytest.CaptureFixture[str], home: Path, tmp_path: Path
) -> None:
    path, target = write(tmp_path, "稿.txt", cover=OTHER_TRIP, process=COPY), tmp_path / "檢核.docx"
    _, _, err = run(capsys, "--home", home, "review", path, "--out", target)
    document = docx.Document(io.BytesIO(target.read_bytes()))
    assert document.paragraphs[0].text == "出國報告自我檢核：赴瑞典烏普薩拉考察河岸步道出國報告"
    assert [cell.text for cell in document.tables[0].rows[0].cells] == ["項目與位置", "說明", "如何修正"]
    beside = json.loads((tmp_path / "檢核.docx.json").read_text(encoding="utf-8"))
    assert beside["made"][0]["passages"][0]["file"] == "馬爾摩.txt" and "檢核.docx.json" in err


@pytest.mark.parametrize("ending", ["odt", "md"])
def test_other_formats_are_written_too(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, ending: str
) -> None:
    target = tmp_path / f"檢核.{ending}"
    run(capsys, "--home", tmp_path / "none", "review", write(tmp_path, "稿.txt"), "--out", target)
    assert target.stat().st_size > 100


def test_nothing_is_written_over(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    path = write(tmp_path, "稿.md")
    before = path.read_bytes()
    code, _, err = run(capsys, "--home", tmp_path / "none", "review", path, "--out", path)
    assert code == 1 and "已經存在，沒有覆寫" in err and path.read_bytes() == before


def test_another_ending_is_wrong_usage(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    code, _, err = run(capsys, "review", write(tmp_path, "稿.txt"), "--out", tmp_path / "x.pdf")
    assert code == 2 and "應以 .docx、.odt、.md 結尾" in err


def test_settings_say_what_a_report_is_held_to(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XINDE_REVIEW_RECOMMENDATIONS", "5")
    monkeypatch.setenv("XINDE_REVIEW_SUMMARY", "required")
    code, out, _ = run(capsys, "--home", tmp_path / "none", "review", write(tmp_path, "稿.txt", summary=""))
    assert code == 1 and "建議有 3 項，少於 5 項" in out and "沒有「摘要」" in out
