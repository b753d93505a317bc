"""Reading in a child process: reports come back whole, and whatever a file does, the next one is read."""

from __future__ import annotations

import sys
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import date

import pytest
from made_files import made_pdf, simple_odt
from sandbox_builders import build

from corpus.limits import Limits
from corpus.readers import read_document
from corpus.report import Refusal, Report
from corpus.report_json import report_from_json, report_to_json
from corpus.sandbox import ReadingChild

TEXT = "本次考察主題為水岸更新。".encode()
SHA = "0123456789abcdef" * 4
TIGHT = Limits(memory_mb=400, cpu_seconds=1, seconds=1.5, file_mb=1)


@pytest.fixture(scope="module")
def child():
    with ReadingChild.start(TIGHT, builder="sandbox_builders:build") as child:
        yield child


def refusal(child: ReadingChild, source: object, file: str) -> Refusal:
    with pytest.raises(Refusal) as caught:
        child.read(source, file=file, sha256=SHA)
    return caught.value


def test_report_survives_json():
    report = build(read_document(TEXT, "a.txt"), file="怪\udc80名.txt", sha256=SHA)
    assert report_from_json(report_to_json(report)) == report


def test_child_answers_with_the_report_that_the_builder_made(child):
    report = child.read(TEXT, file="a.txt", sha256=SHA)
    assert report == build(read_document(TEXT, "a.txt"), file="a.txt", sha256=SHA)
    assert isinstance(report, Report) and report.start_date == date(2026, 4, 26)


def test_child_reads_a_path_too(child, tmp_path):
    path = tmp_path / "考察.odt"
    path.write_bytes(simple_odt())
    assert child.read(path, file="考察.odt", sha256=SHA).title == "第一章 目的\n本次考"


def test_pdf_is_read_within_the_memory_limit(child):
    assert child.read(made_pdf([["本次考察"]]), file="a.pdf", sha256=SHA).text == "本次考察"


MISDEEDS = {
    "hang.txt": ("timeout", "1.5 秒"),
    "die.txt": ("damaged", "損壞"),
    "break.txt": ("damaged", "損壞"),
    "refuse.txt": ("classified", "密件"),
}
LIMITED = {"eat.txt": ("memory", "400 MB")}


@pytest.mark.parametrize("file", MISDEEDS)
def test_misdeed_is_a_refusal_and_the_next_file_is_read(child, file):
    found = refusal(child, TEXT, file)
    assert (found.reason, MISDEEDS[file][1] in found.message) == (MISDEEDS[file][0], True)
    assert child.read(TEXT, file="next.txt", sha256=SHA).text


@pytest.mark.skipif(sys.platform == "win32", reason="Windows 沒有 resource 模組，只有時間限制")
@pytest.mark.parametrize("file", LIMITED)
def test_memory_is_limited(file):
    # Of the clock's limit there must be enough for a busy machine to reach the one of memory.
    with ReadingChild.start(replace(TIGHT, seconds=60.0), builder="sandbox_builders:build") as child:
        found = refusal(child, TEXT, file)
        assert (found.reason, LIMITED[file][1] in found.message) == (LIMITED[file][0], True)
        assert child.read(TEXT, file="next.txt", sha256=SHA).text


@pytest.mark.skipif(sys.platform == "win32", reason="Windows 沒有 resource 模組，只有時間限制")
def test_processor_time_is_limited_per_file():
    with ReadingChild.start(Limits(cpu_seconds=0, seconds=20), builder="sandbox_builders:build") as child:
        assert refusal(child, TEXT, "burn.txt").reason == "timeout"


def test_prints_of_a_library_do_not_reach_the_answers(child):
    assert child.read(TEXT, file="chatter.txt", sha256=SHA).file == "chatter.txt"


def test_large_file_is_refused_before_it_is_sent(child, tmp_path):
    path = tmp_path / "large.txt"
    path.write_bytes(b"x" * 1_000_001)
    assert [refusal(child, source, "大.txt").reason for source in (path, path.read_bytes())] == [
        "too_large"
    ] * 2


def test_missing_file_is_a_refusal(child, tmp_path):
    assert refusal(child, tmp_path / "none.txt", "無.txt").reason == "damaged"


def test_hostile_names_pass_through(child):
    name = "a\nb\u202e'; DROP\udcff.txt"
    assert child.read(TEXT, file=name, sha256=SHA).file == name


def test_children_work_side_by_side_and_one_child_serves_several_threads():
    with (
        ReadingChild.start(builder="sandbox_builders:build") as first,
        ReadingChild.start(builder="sandbox_builders:build") as second,
        ThreadPoolExecutor(4) as pool,
    ):
        files = [f"{n}.txt" for n in range(40)]
        read = [
            pool.submit((first, second)[n % 2].read, TEXT, file=file, sha256=SHA)
            for n, file in enumerate(files)
        ]
        assert [future.result().file for future in read] == files


def test_closed_child_starts_again_when_asked():
    child = ReadingChild.start(builder="sandbox_builders:build")
    child.close()
    assert child.read(TEXT, file="a.txt", sha256=SHA).file == "a.txt"
    child.close()


GLOSSARY = """canonical_zh,abbr,english,aliases,type
山海城市會議,MSCX,Mountain and Sea Cities Meeting,,forum
"""


def test_names_of_the_user_are_found_in_documents(tmp_path):
    (tmp_path / "自訂.csv").write_text(GLOSSARY, encoding="utf-8")
    text = "壹、目的\n本次赴國外參加MSCX，與各城市交流。\n貳、心得\n收穫良多。".encode()
    found = {}
    for names in (None, tmp_path):
        with ReadingChild.start(names=names) as child:
            found[names] = child.read(text, file="出國報告.txt", sha256=SHA).events
    assert found == {None: (), tmp_path: ("山海城市會議",)}
