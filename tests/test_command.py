import argparse
import json
from contextlib import closing

import pytest

from assistant.settings import Settings
from evals.command import NothingToAsk, run_eval
from index.archive import Archive

REPORT = """出席水岸城市論壇出國報告
壹、目的
本次出國是為了了解漂浮步道的維護方式。
貳、心得
漂浮步道每年檢修 12 次，由志工隊負責巡查。
參、建議
建議本市於河岸試辦一處漂浮步道。
"""
CASES = (
    {"id": "1", "question": "漂浮步道每年檢修幾次？", "docs": ["a.txt"], "must_include": ["12次"]},
    {"id": "2", "question": "漂浮步道的巡查由誰負責？", "docs": ["gone.txt"], "must_include": ["志工隊"]},
)


def eval_options(**options):
    return argparse.Namespace(**{"cases": None, "from_feedback": False, "out": None, **options})


def ask_for(tmp_path, home, **options):
    path = tmp_path / "two.jsonl"
    path.write_text("\n".join(json.dumps(case, ensure_ascii=False) for case in CASES), encoding="utf-8")
    return run_eval(eval_options(cases=str(path), **options), Settings(home=home))


def test_no_archive_is_said_and_none_is_made(tmp_path):
    with pytest.raises(NothingToAsk, match="沒有檔案庫.*add"):
        ask_for(tmp_path, tmp_path / "home")
    assert not (tmp_path / "home").exists()


def test_empty_archive_is_said(tmp_path):
    Archive.open(tmp_path / "home").close()
    with pytest.raises(NothingToAsk, match="是空的.*add"):
        ask_for(tmp_path, tmp_path / "home")


def test_a_real_archive_is_scored_and_reported(tmp_path):
    (tmp_path / "a.txt").write_text(REPORT, encoding="utf-8")
    home = tmp_path / "home"
    with closing(Archive.open(home)) as archive:
        archive.add([tmp_path / "a.txt"])
    outcome = ask_for(tmp_path, home)
    assert outcome.code == 0
    assert outcome.document["cases"] == 2
    assert outcome.document["metrics"]["all_facts"] == 1
    assert outcome.document["metrics"]["citation_valid"] == 1
    assert outcome.document["report"] == str(home / "evals" / "two.md")
    assert "gone.txt" in outcome.notes[0]
    again = ask_for(tmp_path, home, out=str(home / "evals"))
    assert "（上次 " in again.text
