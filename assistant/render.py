"""Values as text for a terminal, 80 columns unless it is wider, with Chinese counted as two.

Text of documents is cleaned of control characters, so that no report can move the cursor of the
person who reads it. Pure functions; nothing is printed here.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from functools import cache
from typing import Any

from assistant.answer import Answer, Citation, Nearest, Statement
from assistant.filters import CHAPTER_NAMES

WIDTH = 80
# For programs that break lines themselves.
UNWRAPPED = 1_000_000
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]")
# What stays on one line (避頭尾): opening brackets, a Latin word or one other character, closing marks.
_PIECE = re.compile(r"\s+|[（「『【《〈〔]*(?:[!-~\u00a1-\u024f]+|\S)[，。、；：！？）」』】》〉〕…—％]*")


def width(text: str) -> int:
    """Columns the text takes in a terminal."""
    return sum(map(_columns, text))


@cache
def _columns(character: str) -> int:
    if unicodedata.combining(character):
        return 0
    return 2 if unicodedata.east_asian_width(character) in "WF" else 1


def clean(text: str) -> str:
    """The text without characters that would act on a terminal; tabs become spaces."""
    return _CONTROL.sub("", text.replace("\r", "").replace("\t", " "))


def cut(text: str, columns: int) -> str:
    """One line of at most `columns`, ending in … where something was left out."""
    line = " ".join(clean(text).split())
    if width(line) <= columns:
        return line
    kept = ""
    for character in line:
        if width(kept) + _columns(character) > columns - 1:
            break
        kept += character
    return kept + "…"


def wrap(text: str, columns: int = WIDTH, indent: str = "", first: str | None = None) -> str:
    """The text in lines of at most `columns`, `first` before the first one, `indent` before the others."""
    lines: list[str] = []
    prefix = indent if first is None else first
    for paragraph in clean(text).split("\n"):
        for line in _fill(paragraph, columns - width(indent)):
            lines.append((prefix + line).rstrip())
            prefix = indent
    return "\n".join(lines)


def _fill(paragraph: str, columns: int) -> list[str]:
    if width(paragraph) <= columns:
        return [paragraph.strip()]
    lines, line, taken = [], "", 0
    for piece in _PIECE.findall(paragraph):
        # A piece that no line can hold is cut anywhere.
        for part in [piece] if width(piece) <= columns else piece:
            size = width(part)
            if taken + size > columns and not part.isspace():
                lines.append(line.rstrip())
                line, taken = "", 0
            if line or not part.isspace():
                line, taken = line + part, taken + size
    return [*lines, line.rstrip()]


def table(rows: Sequence[Sequence[str]], widths: Sequence[int]) -> str:
    """Rows as columns; the widths are the most each column may take."""
    taken = [
        min(limit, max((width(clean(row[i])) for row in rows), default=0)) for i, limit in enumerate(widths)
    ]
    return "\n".join(
        "  ".join(_pad(cell, size) for cell, size in zip(row, taken, strict=True)).rstrip() for row in rows
    )


def _pad(text: str, columns: int) -> str:
    line = cut(text, columns)
    return line + " " * (columns - width(line))


def render_answer(answer: Answer, columns: int = WIDTH) -> str:
    """The answer, then its sources with the words they rest on where the answer has not shown them."""
    parts = ["\n".join(_answer_line(_lay_out(line, answer), columns) for line in _told(answer))]
    parts += ["\n".join(wrap(note, columns) for note in answer.notes)] if answer.notes else []
    parts += [wrap(f"{answer.model}寫成，請承辦人確認後再使用。", columns)] if answer.model else []
    if answer.citations:
        parts.append(_render_sources(answer, columns))
    if answer.nearest:
        near = [_render_nearest(nearest, columns) for nearest in answer.nearest]
        parts.append("\n".join(["最接近的報告", *near]))
    return "\n\n".join(parts)


def _told(answer: Answer) -> list[str]:
    """The lines with a word after each sentence that its sources do not support, or only partly."""
    lines = answer_lines(answer)
    for statement in answer.statements:
        if statement.support != "supported":
            at = next((place for place, line in enumerate(lines) if statement.text in line), None)
            if at is not None:
                lines[at] = lines[at].replace(statement.text, f"{statement.text}〔{doubt_of(statement)}〕", 1)
    return lines


def doubt_of(statement: Statement) -> str:
    """What to do about a sentence that its sources do not support, or only partly, and why."""
    word = "不採用" if statement.support == "unsupported" else "請核對"
    return f"{word}：{'；'.join(statement.reasons) or '出處只支持一部分'}"


def answer_lines(answer: Answer) -> list[str]:
    """The lines of the answer, but for one that only names reports which are listed below it."""
    titles = [near.title for near in answer.nearest if near.title]
    return [line for line in answer.text.split("\n") if not any(title in line for title in titles)]


def _lay_out(line: str, answer: Answer) -> str:
    """A quotation of several lines, such as an item with its heading, in its lines again."""
    for citation in answer.citations:
        line = line.replace(" ".join(citation.quote.split("\n")), citation.quote)
    return line


def _render_sources(answer: Answer, columns: int) -> str:
    said = _squeeze(answer.text)
    new = [_squeeze(citation.quote) not in said for citation in answer.citations]
    sources = [
        render_citation(citation, columns, quoted=quoted)
        for citation, quoted in zip(answer.citations, new, strict=True)
    ]
    if any(new):
        return "出處\n" + "\n\n".join(sources)
    return "出處（上面各句都是報告原文）\n" + "\n".join(sources)


def _squeeze(text: str) -> str:
    """The text without white space, by which a quotation is recognised in an answer."""
    return "".join(text.split())


def _answer_line(line: str, columns: int) -> str:
    mark = re.match(r"\s*(?:[-・•*]|\d+[.、])\s*", line)
    first = mark.group() if mark else ""
    return wrap(line[len(first) :], columns, " " * width(first), first)


def place(citation: Citation) -> str:
    """Where the quotation stands, in words: 《title》第三章 心得，第 7 頁."""
    return f"《{citation.title or citation.file}》{heading(citation)}，第 {citation.page} 頁"


def heading(citation: Citation) -> str:
    """The heading under which the quotation stands, or the name of its chapter."""
    return citation.heading or CHAPTER_NAMES.get(citation.chapter, "")


def render_citation(citation: Citation, columns: int = WIDTH, *, quoted: bool = True) -> str:
    """Number and place, then the quoted passage, indented."""
    mark = f"[{citation.n}]"
    head = wrap(place(citation), columns, " " * len(mark), mark)
    said = [wrap(f"「{citation.quote.strip()}」", columns, "    ")] if quoted or citation.gloss else []
    said += [wrap(f"（{citation.gloss}）", columns, "    ")] if citation.gloss else []
    return "\n".join([head, *said])


def _render_nearest(nearest: Nearest, columns: int) -> str:
    head = wrap(f"《{nearest.title or nearest.file}》", columns, "  ", "- ")
    return head + ("\n" + wrap(nearest.why, columns, "  ") if nearest.why else "")


def render_reports(rows: Sequence[Any], columns: int = WIDTH) -> str:
    """The archive as a table: id, first day, title, file."""
    cells = [("代號", "日期", "標題", "檔案")]
    cells += [(row.id, first_day(row), row.title or "（無標題）", row.file) for row in rows]
    rest = columns - 11 - 10 - 6
    return table(cells, (11, 10, rest - rest // 3, rest // 3)) + f"\n\n共 {len(rows)} 份。"


def first_day(row: Any) -> str:
    """The day a report begins with, as far as it is known."""
    day = row.start_date or row.report_date
    return day.isoformat() if day else ""


def render_report(document: dict[str, Any], columns: int = WIDTH) -> str:
    """One report for reading: metadata, chapters, items."""
    head = [wrap(document["title"] or document["file"], columns), ""]
    head += [_field(label, value, columns) for label, value in _fields(document) if value]
    chapters = [
        wrap(f"{c['heading']}（第 {c['page']} 頁）", columns, "    ", "  ") for c in document["chapters"]
    ]
    items = [render_item(item, columns) for item in document["items"]]
    sections = [
        head,
        ["", "章節", *chapters] if chapters else [],
        ["", "心得與建議", *items] if items else [],
    ]
    return "\n".join(line for section in sections for line in section)


def _fields(document: dict[str, Any]) -> list[tuple[str, str]]:
    period = "–".join(day for day in (document["start_date"], document["end_date"]) if day)
    return [
        ("代號", document["id"]),
        ("檔案", document["file"]),
        ("機關", document["agency"]),
        ("國家", "、".join(document["countries"])),
        ("城市", "、".join(document["cities"])),
        ("活動", "、".join(document["events"])),
        ("類別", document["category"]),
        ("期間", period),
        ("報告日期", document["report_date"] or ""),
        ("人員", "、".join(document["people"])),
        ("密等", document["classification"]),
        ("頁數", str(document["pages"])),
    ]


def _field(label: str, value: str, columns: int) -> str:
    return wrap(value, columns, " " * 10, label + " " * (10 - width(label)))


def render_item(item: dict[str, Any], columns: int = WIDTH) -> str:
    """One item of 心得 or 建議: number, heading, term and page, then its text, indented."""
    kind = CHAPTER_NAMES[item["kind"]]
    term = f"〔{item['term']}〕" if item["term"] else ""
    head = f"{kind} {item['number']} {item['heading']}{term}（第 {item['page']} 頁）"
    return wrap(" ".join(head.split()), columns, "    ", "  ") + "\n" + wrap(item["text"], columns, "    ")
