import json

import pytest

from assistant.answer import Turn
from evals.cases import BadCases, Case, load

FULL = {
    "id": "q1",
    "question": "第十屆世界城市論壇有哪些建議？",
    "lang": "zh",
    "type": "recommendation",
    "docs": ["001.txt"],
    "chapter": "recommendations",
    "must_include": ["智慧|數位", "交流"],
    "must_not": ["WUF11"],
    "answerable": True,
    "history": ["第十屆論壇在哪裡？", {"role": "assistant", "content": "在阿布達比。"}],
}


def write(tmp_path, *lines):
    path = tmp_path / "set.jsonl"
    text = "\n".join(
        line if isinstance(line, str) else json.dumps(line, ensure_ascii=False) for line in lines
    )
    path.write_text(text, encoding="utf-8")
    return path


def test_full_case(tmp_path):
    (case,) = load(write(tmp_path, FULL))
    assert case == Case(
        id="q1",
        question="第十屆世界城市論壇有哪些建議？",
        lang="zh",
        type="recommendation",
        docs=("001.txt",),
        chapter="recommendations",
        must_include=("智慧|數位", "交流"),
        must_not=("WUF11",),
        answerable=True,
        history=(Turn("user", "第十屆論壇在哪裡？"), Turn("assistant", "在阿布達比。")),
    )


def test_a_note_is_kept_and_only_a_line_feed_ends_a_line(tmp_path):
    row = {"id": "a", "question": "何\u2028時\x85？", "note": "年份不對"}
    (case,) = load(write(tmp_path, row))
    assert (case.question, case.note) == ("何\u2028時\x85？", "年份不對")


def test_defaults_comments_and_empty_lines(tmp_path):
    first, second = {"id": "a", "question": "何時？"}, {"id": "b", "question": "?", "chapter": None}
    cases = load(write(tmp_path, "# 說明", "", first, second))
    assert [(case.id, case.answerable, case.chapter) for case in cases] == [("a", True, ""), ("b", True, "")]


@pytest.mark.parametrize(
    ("line", "parts"),
    [
        ("{oops", ("第 2 行", "不是正確的 JSON")),
        ("[1]", ("第 2 行", "JSON 物件", "[1]")),
        ({"id": "x"}, ("第 2 行", "「question」", "補上")),
        ({"id": "x", "question": " "}, ("第 2 行", "「question」", "非空白的字串")),
        ({"id": 3, "question": "?"}, ("第 2 行", "「id」", "實際是 3")),
        ({"id": "x", "question": "?", "lang": "fr"}, ("「lang」", "zh、en", '"fr"')),
        ({"id": "x", "question": "?", "chapter": "心得"}, ("「chapter」", "reflections")),
        ({"id": "x", "question": "?", "docs": "001.txt"}, ("「docs」", "清單")),
        ({"id": "x", "question": "?", "must_include": ["a", 1]}, ("「must_include」", "清單")),
        ({"id": "x", "question": "?", "answerable": "yes"}, ("「answerable」", "true 或 false")),
        ({"id": "x", "question": "?", "history": [1]}, ("「history」", "role")),
        ({"id": "x", "question": "?", "must_inclued": []}, ("不認識欄位「must_inclued」", "must_include")),
        (
            {"id": "x", "question": "?", "answerable": False, "must_include": ["a"]},
            ("「must_include」", "answerable"),
        ),
        ({"id": "first", "question": "?"}, ("「id」", "「first」與第 1 行重複")),
    ],
)
def test_wrong_line_is_named(tmp_path, line, parts):
    path = write(tmp_path, {"id": "first", "question": "好"}, line)
    with pytest.raises(BadCases) as error:
        load(path)
    sentence = str(error.value)
    assert "set.jsonl" in sentence
    for part in parts:
        assert part in sentence


@pytest.mark.parametrize(
    ("data", "part"),
    [(None, "找不到"), (b"", "沒有任何題目"), ("問題".encode("big5"), "不是 UTF-8")],
)
def test_wrong_file_is_named(tmp_path, data, part):
    path = tmp_path / "set.jsonl"
    if data is not None:
        path.write_bytes(data)
    with pytest.raises(BadCases, match=part):
        load(path)
