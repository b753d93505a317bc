"""Verdicts become draft cases, through the command a user types, in the form that the command reads back."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import command
import pytest
import scripted

from assistant.conversations import Conversations, Exchange, history
from assistant.feedback import Feedback
from evals.cases import Case, load
from evals.from_feedback import NO_WORD

OWNER = "m" * 43


def exchange(question: str) -> Exchange:
    return Exchange(question, scripted.ScriptedAssistant().ask(question))


@pytest.fixture
def home(tmp_path: Path) -> Iterator[Path]:
    """A home with four verdicts, the last on a refusal."""
    folder = tmp_path / "home"
    with closing(Conversations.open(folder)) as kept:
        feedback = Feedback(kept.store)
        chosen, _ = kept.append(OWNER, None, exchange("學到什麼？"))
        for question in ("那建議呢？", "還學到什麼？", "東京的預算？"):
            kept.append(OWNER, chosen, exchange(question))
        for turn, (verdict, word) in enumerate(
            [("good", ""), ("bad", "年份不對"), ("bad", ""), ("good", "")]
        ):
            feedback.add(OWNER, chosen, turn, verdict, word)
        yield folder


def run(capsys: pytest.CaptureFixture[str], *arguments: object) -> tuple[int, str, str]:
    return command.run(capsys, "eval", "--from-feedback", *arguments)


def test_the_file_is_a_test_set(capsys: pytest.CaptureFixture[str], home: Path, tmp_path: Path) -> None:
    path = tmp_path / "drafts" / "feedback.jsonl"
    code, out, err = run(capsys, "--home", home, "--out", path)
    assert code == 0 and f"4 題寫在 {path}" in out and "草稿" in err
    first, second, third, last = load(path)
    docs = (scripted.COPENHAGEN.file,)
    assert first == Case(first.id, "學到什麼？", type="feedback", docs=docs)
    said = history([exchange("學到什麼？")])
    assert second == Case(second.id, "那建議呢？", type="feedback", docs=docs, history=said, note="年份不對")
    assert (third.note, len(third.history)) == (NO_WORD, 4)
    assert (last.answerable, last.docs, last.note) == (False, (), "")


def test_without_a_file_the_lines_are_printed(
    capsys: pytest.CaptureFixture[str], home: Path, tmp_path: Path
) -> None:
    _, out, _ = run(capsys, "--home", home)
    code, printed, _ = run(capsys, "--home", home, "--json")
    document = json.loads(printed)
    assert code == 0 and document["file"] is None
    assert [json.loads(line) for line in out.splitlines()] == document["cases"]
    assert document["cases"][0].keys() == {
        "id", "question", "lang", "type", "docs", "must_include", "answerable",
    }  # fmt: skip


def test_a_file_that_was_worked_on_is_left_alone(
    capsys: pytest.CaptureFixture[str], home: Path, tmp_path: Path
) -> None:
    path = tmp_path / "mine.jsonl"
    path.write_text("我的題目", encoding="utf-8")
    code, _, err = run(capsys, "--home", home, "--out", path)
    assert code == 1 and "已經存在" in err and path.read_text(encoding="utf-8") == "我的題目"


def test_without_verdicts_or_archive_a_sentence_says_what_to_do(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    code, _, err = run(capsys, "--home", tmp_path / "home")
    assert code == 1 and "沒有檔案庫" in err and not (tmp_path / "home").exists()
    Conversations.open(tmp_path / "home").close()
    code, out, err = run(capsys, "--home", tmp_path / "home", "--out", tmp_path / "x", "--json")
    assert code == 1 and "還沒有人評過" in err and json.loads(out) == {"cases": [], "file": None}
    assert not (tmp_path / "x").exists()
