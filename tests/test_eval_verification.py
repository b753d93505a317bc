"""The evaluation of the verifier: its rows, its passages, and how a set is summed up."""

from __future__ import annotations

from pathlib import Path

import pytest

from evals import verification as v


@pytest.mark.parametrize("name", list(v.FOLDERS))
def test_labelled_rows_are_whole(name: str) -> None:
    rows = v.load_rows(name)
    assert len({row.id for row in rows}) == len(rows)
    assert all(row.sentence and row.sources and row.kind for row in rows)
    assert any(row.supported for row in rows) and not all(row.supported for row in rows)


@pytest.mark.parametrize("name", ["dev", "blind_open"])
def test_every_citation_of_documents_of_the_project_is_found(name: str) -> None:
    library = v.Library(*v.folders_of(name))
    assert all(library.grounds(row) for row in v.load_rows(name))


def test_words_that_a_document_lacks_are_named(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("出國報告\n\n壹、目的\n考察冬季交通。\n", encoding="utf-8")
    library = v.Library(tmp_path)
    with pytest.raises(v.AnchorMissing, match="夏季"):
        library.grounds(v.Labelled("x", "考察", (("a.txt", "夏季交通"),), True, "verbatim"))


def test_the_summary_counts_struck_marked_and_plain() -> None:
    rows = [v.Labelled(str(n), "句", (("a", "b"),), n < 2, "true" if n < 2 else "number") for n in range(4)]
    supports = ("supported", "unsupported", "unsupported", "partial")
    text = v.summary("dev", [v.Outcome(r, s, (), 2.0) for r, s in zip(rows, supports, strict=True)])
    assert "kept 0.500, unmarked 0.500" in text and "struck 0.500, struck or marked 1.000" in text
    assert "plain   0, marked   1, struck   1" in text
    assert "2.0 ms a sentence" in text


def test_a_set_without_documents_is_skipped(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert v.main(["--set", "heldout", "--archive", str(tmp_path / "none")]) == 0
    assert "skipped" in capsys.readouterr().out
