"""Plain text and Markdown: the encoding is found, form feeds become pages, # marks become levels.

Encodings are tried from the strict to the lenient and judged by how many of the most common
Chinese characters come out. Does not join lines.
"""

from __future__ import annotations

import re
from pathlib import PurePath

from corpus.report import RawDocument, RawLine, RawPage, Refusal

MARKDOWN = {".md", ".markdown"}
HEADING = re.compile(r" {0,3}(#{1,6})[ \t]+(.*?)[ \t]*#*[ \t]*$")
EMPHASIS = re.compile(r"(\*\*|__)(?=\S)(.+?)(?<=\S)\1")
BARRED = re.compile(r"\s*\|.*\S.*\|\s*$")
RULED = re.compile(r"\s*\|?(?:\s*:?-+:?\s*\|)+(?:\s*:?-+:?)?\s*$")
QUOTED = re.compile(r" {0,3}(?:> ?)+")
FENCE = re.compile(r" {0,3}(```|~~~)")

BOMS: tuple[tuple[bytes, str], ...] = (
    (b"\xef\xbb\xbf", "utf-8-sig"),
    (b"\xff\xfe\0\0", "utf-32"),
    (b"\0\0\xfe\xff", "utf-32"),
    (b"\xff\xfe", "utf-16"),
    (b"\xfe\xff", "utf-16"),
)

# The most frequent characters of Chinese news and reports, in both scripts.
COMMON = frozenset(
    "的在人一国中日为年行发有大了和上月不公是市时会动业作对区新生出全家以来法等地到工成多部方进民于用开个经通安现关能报元要员理展者将分前"
    "美文后务下合机长场高实这海同力本与过事产体网电道化资查表品学提保任主示加内车可自司据重金定其建管及水题期联次心更度们交信目之面外台他"
    "并政记间正活平警入子相利系局我万量持天应当北小所情被社责此点最原也东防设明数名物共权强已院运第服起看制委计标某至案位处广消科总回性近"
    "國為發時會動業對區來進於開個經現關報員將後務機長場實這與過產體網電資學內車據題聯們臺灣並間萬應當責點東設數權強運計標處廣總還監項稱調"
    "辦參獲讓從號議討論環續縣際訪該透府市"
)
LEGACY = ("big5hkscs", "cp950", "gb18030")
SAMPLE = 60_000
PLAUSIBLE = 0.08


def read_text(data: bytes, file: str) -> RawDocument:
    """Pages of a text or Markdown file."""
    text = decode(data, file)
    marked = PurePath(file).suffix.lower() in MARKDOWN
    lines_of = _markdown_lines if marked else _text_lines
    pages = text.replace("\r\n", "\n").replace("\r", "\n").split("\f")
    if len(pages) > 1 and not pages[-1].strip():
        pages.pop()
    return RawDocument(tuple(RawPage(n, lines_of(page)) for n, page in enumerate(pages, start=1)))


def decode(data: bytes, file: str) -> str:
    """The text of bytes in whatever encoding; refuses rather than guess wrongly."""
    for mark, encoding in BOMS:
        if data.startswith(mark):
            return _decoded(data, encoding, file)
    utf8 = _strict_utf8(data)
    if utf8 is not None and "\0" not in utf8:
        return utf8
    wide = _utf16_without_mark(data)
    if wide is not None:
        return wide
    if b"\0" in data:
        raise _undecidable(file)
    return _legacy(data, file)


def _decoded(data: bytes, encoding: str, file: str) -> str:
    even = data[: len(data) // 2 * 2] if encoding == "utf-16" else data
    try:
        return even.decode(encoding)
    except UnicodeDecodeError as exc:
        raise _undecidable(file) from exc


def _strict_utf8(data: bytes) -> str | None:
    """UTF-8, allowing only that the last character was cut off."""
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError as exc:
        if exc.reason != "unexpected end of data" or exc.start < len(data) - 3:
            return None
        return data[: exc.start].decode("utf-8") or None


def _utf16_without_mark(data: bytes) -> str | None:
    if len(data) % 2 or len(data) < 4:
        return None
    for encoding in ("utf-16-le", "utf-16-be"):
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        ordinary = sum(char.isascii() and (char.isprintable() or char in "\r\n\t") for char in text[:SAMPLE])
        if "\0" not in text and (ordinary > len(text[:SAMPLE]) * 0.6 or _score(text) >= 2 * PLAUSIBLE):
            return text
    return None


def _legacy(data: bytes, file: str) -> str:
    best, best_score = "", 0.0
    for encoding in LEGACY:
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        score = _score(text)
        if score > best_score:
            best, best_score = text, score
    if best_score < PLAUSIBLE:
        raise _undecidable(file)
    return best


def _score(text: str) -> float:
    """Share of common characters among all that are not ASCII."""
    wide = [char for char in text[:SAMPLE] if not char.isascii()]
    if not wide:
        return 0.0
    odd = sum("\ue000" <= char <= "\uf8ff" or char == "\ufffd" for char in wide)
    return (sum(char in COMMON for char in wide) - 3 * odd) / len(wide)


def _undecidable(file: str) -> Refusal:
    return Refusal(
        "damaged",
        f"無法判斷「{file}」的文字編碼（試過 UTF-8、UTF-16、Big5、GB18030）；請另存成 UTF-8 再加入。",
    )


def _text_lines(page: str) -> tuple[RawLine, ...]:
    return tuple(RawLine(_cells(line)) for line in page.split("\n") if not RULED.match(line))


def _cells(line: str) -> str:
    """A row of a table drawn with bars, as cells joined by tabs."""
    if not BARRED.match(line):
        return line
    return "\t".join(cell.strip() for cell in line.strip().strip("|").split("|"))


def _markdown_lines(page: str) -> tuple[RawLine, ...]:
    lines = []
    for line in page.split("\n"):
        if FENCE.match(line) or RULED.match(line):
            continue
        line = QUOTED.sub("", line) if QUOTED.match(line) else line
        heading = HEADING.match(line)
        text = EMPHASIS.sub(r"\2", heading.group(2) if heading else _cells(line))
        lines.append(RawLine(text, len(heading.group(1)) if heading else 0))
    return tuple(lines)
