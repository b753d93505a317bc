import json

import pytest

from corpus.report import XindeError
from evals import scorecard
from evals.cases import Case
from evals.run import COMBINED, CaseResult, Results, results_json


def result(id, passed=True, **change):
    values = {
        "case": Case(id, f"問題{id}？", docs=("a.txt",), must_include=("甲|乙",)),
        "answer": "答案第一行\n第二行",
        "abstained": False,
        "files": ("b.txt",),
        "scores": {"all_facts": float(passed)},
        "missing": () if passed else ("甲|乙",),
        "forbidden": (),
        "faults": (),
    }
    return CaseResult(**{**values, **change})


def results(*cases, **metrics):
    values = {"all_facts": 0.5, "shown_length": 300.0, "must_not_violations": 0.0, "latency_p50_ms": 10.0}
    return Results(
        "set", cases, {**values, **metrics}, {"fact": {"all_facts": 0.5}, "list": {"all_facts": 1.0}}
    )


def row(text, label):
    return next(line for line in text.splitlines() if line.startswith(f"| {label} "))


@pytest.mark.parametrize(
    ("label", "now", "before", "shown"),
    [
        ("答案完整", {"all_facts": 0.75}, {"all_facts": 0.5}, "| 75.0% | 50.0% | +25.0 個百分點，變好 |"),
        ("答案完整", {"all_facts": 0.5}, {"all_facts": 0.5}, "| 50.0% | 50.0% | ＝ |"),
        ("答案完整", {"all_facts": 0.5}, {}, "| 50.0% | – |  |"),
        ("答案完整", {"all_facts": None}, {"all_facts": 0.5}, "| – | 50.0% |  |"),
        ("答案長度", {"shown_length": 400.0}, {"shown_length": 300.0}, "| 400 | 300 | +100.0，**變差** |"),
        ("答錯的內容", {"must_not_violations": 0.0}, {"must_not_violations": 2}, "| 0 | 2 | -2.0，變好 |"),
        ("回答時間（中位）", {"latency_p50_ms": 11.0}, {"latency_p50_ms": 10}, "| 11.0 | 10.0 | ＝ |"),
        (
            "回答時間（中位）",
            {"latency_p50_ms": 20.0},
            {"latency_p50_ms": 10},
            "| 20.0 | 10.0 | +10.0，**變差** |",
        ),
    ],
)
def test_change_since_the_last_run(label, now, before, shown):
    text = scorecard.summary(results(result("1"), **now), {"metrics": before, "per_case": []})
    assert row(text, label).endswith(shown)


def test_rows_of_a_language_model_are_there_only_where_one_wrote():
    plain = scorecard.summary(results(result("1"), written=None, supported=None), None)
    assert "模型寫成" not in plain and "句子有憑據" not in plain
    shares = {"written": 0.5, "supported": 0.75, "unsupported_shown": 0.25}
    text = scorecard.summary(
        results(result("1"), **shares), {"metrics": {"unsupported_shown": 0.5}, "per_case": []}
    )
    assert row(text, "模型寫成").endswith("| 50.0% | – |  |")
    assert row(text, "句子有憑據").endswith("| 75.0% | – |  |")
    assert row(text, "句子被劃掉").endswith("| 25.0% | 50.0% | -25.0 個百分點，變好 |")


def test_every_metric_has_its_words():
    assert set(scorecard.MEASURES) == set(COMBINED)


def test_written_twice_tells_what_moved(tmp_path):
    first = results(result("1"), result("2", passed=False))
    assert scorecard.load_previous(tmp_path, "set") is None
    scorecard.write(first, tmp_path, previous=None)
    previous = scorecard.load_previous(tmp_path, "set")
    second = results(result("1", passed=False), result("2"))
    written = scorecard.write(second, tmp_path, previous=previous)
    text = written.markdown.read_text(encoding="utf-8")
    assert "共 2 題，完全答對 1 題（上次 1 題）。" in text
    assert "- 這次才錯（1）：`1`" in text
    assert "- 這次才對（1）：`2`" in text
    assert sorted(path.name for path in tmp_path.iterdir()) == ["set.json", "set.md"]


def test_json_report_holds_the_contract(tmp_path):
    done = results(result("1"))
    written = scorecard.write(done, tmp_path)
    document = json.loads(written.json.read_text(encoding="utf-8"))
    assert {key: document[key] for key in ("cases", "metrics", "per_type", "per_case")} == results_json(done)


def test_failed_case_shows_question_expected_and_got(tmp_path):
    text = scorecard.report(results(result("7", passed=False)), None, "now")
    failure = text[text.index("### 7") :]
    assert failure.splitlines() == [
        "### 7（fact）問題7？",
        "",
        "- 少了：甲｜乙",
        "- 該引 a.txt；引了 b.txt",
        "- 得到：",
        "",
        "> 答案第一行",
        "> 第二行",
    ]


@pytest.mark.parametrize(
    ("answerable", "abstained", "sentence"),
    [(True, True, "檔案裡有答案，卻說查無"), (False, False, "應說「檔案中查無」，卻作了回答")],
)
def test_wrong_refusal_is_said(answerable, abstained, sentence):
    case = Case("1", "?", answerable=answerable)
    text = scorecard.report(results(result("1", case=case, abstained=abstained)), None, "now")
    assert sentence in text


def test_long_answers_are_cut_and_table_marks_escaped():
    case = Case("1", "甲|乙\n丙？", answerable=False)
    text = scorecard.report(results(result("1", case=case, answer="長" * 900)), None, "now")
    assert "甲｜乙 丙？" in text
    assert "…（共 900 字）" in text


def test_all_right_says_so():
    assert scorecard.report(results(result("1")), None, "now").endswith("## 沒有答對的題目\n\n無。\n")


@pytest.mark.parametrize("content", ["{", "[]", '{"metrics": 3}'])
def test_unreadable_previous_run_counts_as_none(tmp_path, content):
    (tmp_path / "set.json").write_text(content, encoding="utf-8")
    assert scorecard.load_previous(tmp_path, "set") is None


def test_folder_that_cannot_be_written_is_named(tmp_path):
    (tmp_path / "file").write_text("", encoding="utf-8")
    with pytest.raises(XindeError, match="寫不進.*file"):
        scorecard.write(results(result("1")), tmp_path / "file")
