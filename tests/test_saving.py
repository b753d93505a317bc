"""Where documents are written, what is refused, and the file beside them."""

from __future__ import annotations

import json
from pathlib import Path

import export_samples as samples
import pytest

from assistant.arguments import UsageError
from assistant.export.saving import choose_target, save_document
from assistant.export.side_file import Made
from corpus.report import XindeError


def test_a_document_and_the_file_beside_it(tmp_path: Path) -> None:
    path = choose_target(str(tmp_path / "報告.MD"))
    assert path is not None
    beside = save_document(samples.REPORT, [Made("心得", "extractive", ())], path)
    assert path.read_text(encoding="utf-8").startswith("出國報告")
    assert beside.name == "報告.MD.json"
    assert json.loads(beside.read_text(encoding="utf-8"))["made"][0]["what"] == "心得"


@pytest.mark.parametrize("out", [None, ""])
def test_nothing_is_written_where_nothing_was_named(out: str | None) -> None:
    assert choose_target(out) is None


def test_other_endings_and_files_that_are_there_are_refused(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="報告.pdf"):
        choose_target("報告.pdf")
    (tmp_path / "有了.odt").write_bytes(b"")
    with pytest.raises(XindeError, match="沒有覆寫"):
        choose_target(str(tmp_path / "有了.odt"))


def test_a_folder_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(XindeError, match="寫不進"):
        save_document(samples.REPORT, [], tmp_path / "沒有" / "報告.docx")
