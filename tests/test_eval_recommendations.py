"""Measuring the ledger: counts, the labelled rows, and the figures that must not fall."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from evals import recommendations
from evals.documents import read_reports
from evals.recommendations import Score

REPORTS = read_reports()


def test_a_score() -> None:
    one = Score("x", there=10, found=8, right=6)
    assert (one.precision, one.recall, round(one.f1, 3)) == (0.75, 0.6, 0.667)
    nothing = Score("x", 0, 0, 0)
    assert (nothing.precision, nothing.recall) == (1.0, 1.0)
    assert Score("x", 3, 3, 0).f1 == 0.0


@pytest.mark.parametrize(
    ("name", "least", "keys"),
    [
        ("items", 150, {"file", "kind", "number", "heading", "starts"}),
        ("implicit", 25, {"id", "file", "anchor", "label"}),
        ("pairs", 150, {"id", "a", "b", "same"}),
    ],
)
def test_the_labelled_rows(name: str, least: int, keys: set[str]) -> None:
    rows = recommendations.read_rows(name)
    assert len(rows) >= least and all(keys <= row.keys() for row in rows)


def test_items_are_found_as_they_are_labelled() -> None:
    (reports, _), _ = recommendations.score_items(recommendations.read_rows("items"), REPORTS)
    assert reports.precision >= 0.97 and reports.recall >= 0.97


def test_implicit_recommendations_are_found() -> None:
    scores, _ = recommendations.score_implicit(recommendations.read_rows("implicit"), REPORTS)
    there, found, right = (sum(getattr(one, name) for one in scores) for name in ("there", "found", "right"))
    assert right / there >= 0.7 and right / found >= 0.9


def test_documents_that_are_not_at_hand_are_named(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    assert recommendations.main(["--archive", str(tmp_path / "nowhere")]) == 0
    out, err = capsys.readouterr()
    assert "labelled documents are not at hand" in err and out.count("\n") == 10


def test_pairs_are_told_apart_and_chance_joins_hardly_any() -> None:
    (score,), _ = recommendations.score_pairs(recommendations.read_rows("pairs"))
    assert score.f1 >= 0.87
    told = recommendations.joined_by_chance(REPORTS.values())
    pairs, same, sure = map(int, re.findall(r"\d+", told))
    assert same / pairs <= 0.004 and sure / pairs <= 0.001


def test_other_labels_are_measured(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    row = {"id": "x", "a": "建議興建游泳池。", "b": "建議興建游泳池。", "same": True}
    (tmp_path / "p.jsonl").write_text(json.dumps(row) + "\n", encoding="utf-8")
    (tmp_path / "i.jsonl").write_text("", encoding="utf-8")
    paths = ["--pairs", str(tmp_path / "p.jsonl"), "--implicit", str(tmp_path / "i.jsonl")]
    assert recommendations.main(["--archive", str(tmp_path / "nowhere"), *paths]) == 0
    assert "| pairs that are the same, all | 1 | 1.000 | 1.000 | 1.000 |" in capsys.readouterr().out
