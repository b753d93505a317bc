"""The writer's own notes or finished 過程 chapter, read once and cut into numbered notes [N1], [N2], …

A note is a whole sentence or bullet with its place in the file's text. Nothing is stored. Knows no archive,
nor what is made of the notes.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from assistant.claims import is_english
from assistant.evidence import whole_sentences
from corpus.dates import find_dates
from corpus.report import Refusal, Report, XindeError
from corpus.sandbox import ReadingChild
from index.sentences import lines
from index.tokenise import simplify, traditional

Script = Literal["traditional", "simplified", "english"]
MOST_NOTES = 2_000
SHORTEST = 8
LONGEST_HEADING, SHORT_HEADING = 30, 12
HALF = 0.5
_BULLET = re.compile(r"^(?:[-*•·・●▪◆○]\s*|[（(]?(?:\d{1,2}|[一二三四五六七八九十]{1,3})[）).、．]\s*)+")
_CAPTION = re.compile(r"^(?:圖|照片|图)\s*\d")
_DAY = re.compile(r"^(?:第[一二三四五六七八九十\d]+天|day\s*\d)", re.I)
_ONLY_DAYS = re.compile(r"^[\d\s年月日/.（）()星期週一二三四五六日至到~～－—-]+$")
_STOPS = re.compile(r"[，。；！？,;!?]")
UNREADABLE = "札記「{file}」讀不到。請檢查路徑與權限。"
PASTED = "貼上的札記.txt"
EMPTY = "「{file}」裡沒有可以引用的句子。請先寫下此行看到、聽到的事（每件一句，至少三句），再產生草稿。"
CUT = "札記有 {count:,} 句，只讀前 {most:,} 句；請把要寫進心得與建議的部分另存一份再試。"
SIMPLIFIED = "札記是簡體字，草稿已轉為繁體；用詞請再確認。"
ENGLISH = "札記以英文為主；英文的句子不會自動譯成觀察，都留作待補。"
PROCESS_ONLY = "檔案是完整的報告，只取其中「過程」一章作為札記。"


class NotesRefused(XindeError):
    """Notes that cannot be read or hold nothing; the sentence says what to do."""


@dataclass(frozen=True)
class Note:
    """Number `n`: `text` is exactly `text[start:end]` of the notes, `said` the same without its bullet and
    in Traditional characters; `heading` stands above it, `page` is where it begins."""

    n: int
    text: str
    said: str
    start: int
    end: int
    heading: str = ""
    page: int = 1

    @property
    def is_english(self) -> bool:
        """Whether the note is in English."""
        return is_english(self.said)


@dataclass(frozen=True)
class Notes:
    """All notes of one file; `remarks` are sentences for the writer about how they were read."""

    file: str
    text: str
    notes: tuple[Note, ...]
    script: Script
    classification: str = ""
    remarks: tuple[str, ...] = ()


def read_notes(path: Path, child: ReadingChild) -> Notes:
    """The notes in a text, md, docx, odt or pdf file; raises `NotesRefused`."""
    if not path.is_file():
        raise NotesRefused(UNREADABLE.format(file=path))
    return read_given(path, path.name, child)


def read_given(source: bytes | Path, file: str, child: ReadingChild) -> Notes:
    """The notes in what was handed over under the name `file`; raises `NotesRefused`."""
    try:
        report = child.read(source, file=file, sha256="0" * 64)
    except Refusal as refusal:
        if refusal.reason == "empty":
            raise NotesRefused(EMPTY.format(file=file)) from refusal
        # The readers speak of adding to the archive, which is not what is done here.
        raise NotesRefused(refusal.message.replace("再加入", "再試")) from refusal
    return notes_of(report)


def notes_of(report: Report) -> Notes:
    """The notes in a document that was read; of a whole report those of its 過程."""
    process = [(c.body, c.end) for c in report.chapters if c.kind == "process"]
    spans = process or [(0, len(report.text))]
    script = _script(report.text)
    found = [note for start, end in spans for note in _cut(report.text, start, end, script)]
    if not found:
        raise NotesRefused(EMPTY.format(file=report.file))
    remarks = [PROCESS_ONLY] if process and len(report.chapters) > 1 else []
    remarks += {"simplified": [SIMPLIFIED], "english": [ENGLISH], "traditional": []}[script]
    if len(found) > MOST_NOTES:
        remarks.append(CUT.format(count=len(found), most=MOST_NOTES))
    notes = tuple(
        Note(n, *one, page=report.page_at(one[2])) for n, one in enumerate(found[:MOST_NOTES], start=1)
    )
    return Notes(report.file, report.text, notes, script, report.classification, tuple(remarks))


def _cut(text: str, start: int, end: int, script: Script) -> Iterator[tuple[str, str, int, int, str]]:
    heading = ""
    for first, last in lines(text, start, end):
        line = text[first:last]
        if _is_heading(line):
            heading = _BULLET.sub("", line.strip("#： :")).strip()
            continue
        for begin, stop in whole_sentences(line):
            said = _said(line[begin:stop], script)
            if len("".join(said.split())) >= SHORTEST and not _CAPTION.match(said):
                yield line[begin:stop], said, first + begin, first + stop, heading


def _is_heading(line: str) -> bool:
    """A day or a short line that introduces others; a bullet without a full stop is a note."""
    if _ONLY_DAYS.match(line):
        return True
    if len(line) > LONGEST_HEADING or _STOPS.search(line):
        return False
    if len(line) <= SHORT_HEADING and not _BULLET.match(line):
        return True
    if line.startswith("#") or line.endswith((":", "：")) or _DAY.match(line):
        return True
    return bool(find_dates(line, year=2000)) and len(line) <= LONGEST_HEADING


def _said(text: str, script: Script) -> str:
    said = _BULLET.sub("", text.replace("\t", " ")).strip()
    return traditional(said) if script == "simplified" else said


def _script(text: str) -> Script:
    """English where most letters are Latin; Simplified where more characters are only that than are not."""
    if is_english(text):
        return "english"
    simplified = sum(a != b for a, b in zip(text, traditional(text), strict=False))
    other = sum(a != b for a, b in zip(text, simplify(text), strict=False))
    return "simplified" if simplified > other else "traditional"
