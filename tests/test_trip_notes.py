"""The writer's notes: what becomes a note, in which script, and what is refused with which sentence."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from shapes import report_of

from assistant.notes import MOST_NOTES, Notes, NotesRefused, notes_of, read_notes
from corpus.sandbox import ReadingChild

BULLETS = """\
9月8日（一）
- 上午搭機前往維也納。
- 拜會市府，處長說明修理券由市府負擔一半。
維修咖啡館：
1. 去年修了 1 萬件，修復率 64%
2. 零件最難找；市府因此公開零件清單。
圖 1：維修咖啡館合影
"""


@pytest.fixture(scope="module")
def child() -> Iterator[ReadingChild]:
    with ReadingChild.start() as one:
        yield one


def notes(text: str) -> Notes:
    return notes_of(report_of(text, "札記.txt"))


def test_bullets_and_sentences_become_notes_with_their_place() -> None:
    found = notes(BULLETS)
    assert [(note.n, note.said, note.heading) for note in found.notes] == [
        (1, "上午搭機前往維也納。", "9月8日（一）"),
        (2, "拜會市府，處長說明修理券由市府負擔一半。", "9月8日（一）"),
        (3, "去年修了 1 萬件，修復率 64%", "維修咖啡館"),
        (4, "零件最難找；市府因此公開零件清單。", "維修咖啡館"),
    ]
    assert all(found.text[note.start : note.end] == note.text for note in found.notes)


def test_of_a_whole_report_only_the_process_is_taken() -> None:
    found = notes(
        "第一章 目的\n為了解作法而前往考察。\n第二章 過程\n參觀焚化廠，每天有三梯次導覽。\n"
        "第三章 心得\n導覽做得很好，值得學習。\n"
    )
    assert [note.said for note in found.notes] == ["參觀焚化廠，每天有三梯次導覽。"]
    assert "只取其中「過程」一章" in found.remarks[0]


@pytest.mark.parametrize(
    ("text", "script", "first", "remark"),
    [
        ("参观当地图书馆，馆内不禁止饮食。", "simplified", "參觀當地圖書館，館內不禁止飲食。", "簡體字"),
        (
            "The library lets readers vote on its machines.",
            "english",
            "The library lets readers vote on its machines.",
            "英文",
        ),
        ("參觀當地圖書館，館內不禁止飲食。", "traditional", "參觀當地圖書館，館內不禁止飲食。", ""),
    ],
)
def test_other_scripts_are_taken_and_said(text: str, script: str, first: str, remark: str) -> None:
    found = notes(text)
    assert (found.script, found.notes[0].said) == (script, first)
    assert remark in "".join(found.remarks) and bool(remark) == bool(found.remarks)


def test_two_hundred_pages_are_cut_and_said() -> None:
    found = notes("".join(f"第 {n} 站參觀了當地的設施並且聽取說明。\n" for n in range(12_000)))
    assert len(found.notes) == MOST_NOTES
    assert "12,000" in found.remarks[-1]


@pytest.mark.parametrize(
    ("name", "data", "said"),
    [
        ("空.txt", b"", "「空.txt」裡沒有可以引用的句子"),
        ("只有標題.txt", "第一天\n".encode(), "「只有標題.txt」裡沒有可以引用的句子"),
        ("相片.png", b"\x89PNG\r\n\x1a\n" + bytes(64), "是圖片，沒有可讀的文字"),
        ("機密.txt", "密等：機密\n參觀當地的設施並且聽取說明。".encode(), "標示為「機密」"),
    ],
)
def test_what_gives_no_notes_is_refused(
    child: ReadingChild, tmp_path: Path, name: str, data: bytes, said: str
) -> None:
    path = tmp_path / name
    path.write_bytes(data)
    with pytest.raises(NotesRefused, match=said) as refused:
        read_notes(path, child)
    assert "再加入" not in str(refused.value)


def test_a_file_that_is_not_there_is_named(child: ReadingChild, tmp_path: Path) -> None:
    with pytest.raises(NotesRefused, match="沒有這個檔.txt"):
        read_notes(tmp_path / "沒有這個檔.txt", child)
