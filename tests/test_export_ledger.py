"""Ledger and answer as documents: every record cited, none told twice, reopened as written."""

from __future__ import annotations

import json
from pathlib import Path

import docx
import odfdo
import pytest
import trips
from command import run

from assistant.assistant import Assistant
from assistant.export.document import Heading, ListItem
from assistant.export.ledger import ledger_document, made_ledger


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home with the six documents."""
    return trips.fill(tmp_path_factory.mktemp("home"), tmp_path_factory.mktemp("papers"))


def test_every_record_is_told_once_under_its_topic_with_its_source(six: Assistant) -> None:
    records = six.ledger.records()
    document = ledger_document(records, "經承辦人審閱。")
    items = [block for block in document.blocks if isinstance(block, ListItem)]
    topics = [block.text for block in document.blocks if isinstance(block, Heading)]
    assert len(items) == len(records) == len(document.sources)
    assert topics == list(dict.fromkeys(one.recommendation.topic for one in records))
    for item in items:
        told = "".join(span.text for span in item.spans)
        (number,) = [span.note for span in item.spans if span.note]
        record = records[number - 1].recommendation
        assert told.count(record.text[:12]) == 1 and "採行情形：" in told
        assert document.sources[number - 1].page == record.page
    spans = {(c.report_id, c.start, c.end) for c in made_ledger(records).passages}
    known = [one.recommendation for one in records]
    assert spans == {(one.report_id, one.start, one.end) for one in known}


@pytest.mark.parametrize("ending", ["docx", "odt", "md"])
def test_the_command_writes_a_document_and_its_record(
    home: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], ending: str
) -> None:
    out = tmp_path / f"追蹤.{ending}"
    code, said, _ = run(capsys, "--home", home, "ledger", "--query", "節水", "--out", out)
    assert code == 0 and str(out) in said
    words = {
        "docx": lambda: "\n".join(one.text for one in docx.Document(str(out)).paragraphs),
        "odt": lambda: odfdo.Document(str(out)).get_formatted_text(),
        "md": lambda: out.read_text(encoding="utf-8"),
    }[ending]()
    assert "節水體驗教室" in words and "採行情形：未填" in words
    record = json.loads(Path(f"{out}.json").read_text(encoding="utf-8"))
    assert record["made"][0]["passages"]


def test_an_answer_is_saved_and_never_over_a_file(
    home: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "答案.docx"
    ask = ("--home", home, "ask", "第九屆世界水論壇有哪些建議？", "--out", out)
    code, _, err = run(capsys, *ask)
    assert code == 0 and str(out) in err
    assert "即時水位" in "\n".join(one.text for one in docx.Document(str(out)).paragraphs)
    code, _, err = run(capsys, *ask)
    assert code == 1 and "沒有覆寫" in err


def test_a_folder_that_is_not_there_is_named_before_anything_is_asked(
    home: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "沒有的" / "答案.odt"
    code, printed, err = run(capsys, "--home", home, "ask", "建議？", "--out", out)
    assert (code, printed) == (1, "") and "不存在" in err and str(out.parent) in err
