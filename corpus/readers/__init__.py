"""Bytes of a file become pages of lines, one reader per format.

`SUFFIXES` is the table; `read_document` looks at the content first, since a suffix may lie, and
answers with a `RawDocument` or a `Refusal` that says what to do. Knows nothing of paragraphs,
chapters or reports.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import PurePath

from corpus.readers.archive_zip import zip_members
from corpus.readers.html import read_html
from corpus.readers.legacy import read_doc
from corpus.readers.odf import read_odt
from corpus.readers.pdf import read_pdf
from corpus.readers.plain import read_text
from corpus.readers.slides import read_pptx
from corpus.readers.sniff import Kind, kind_of
from corpus.readers.word import read_docx
from corpus.report import RawDocument, Refusal

Reader = Callable[[bytes, str], RawDocument]

SUFFIXES: dict[str, Reader] = {
    ".pdf": read_pdf,
    ".docx": read_docx,
    ".doc": read_doc,
    ".odt": read_odt,
    ".pptx": read_pptx,
    ".html": read_html,
    ".htm": read_html,
    ".xhtml": read_html,
    ".txt": read_text,
    ".text": read_text,
    ".md": read_text,
    ".markdown": read_text,
}

BY_CONTENT: dict[Kind, Reader] = {
    "pdf": read_pdf,
    "docx": read_docx,
    "doc": read_doc,
    "odt": read_odt,
    "pptx": read_pptx,
    "html": read_html,
}

REFUSED_CONTENT: dict[Kind, tuple[str, str]] = {
    "encrypted": ("encrypted", "設有密碼，無法讀取；請先解除密碼另存一份再加入。"),
    "zip": ("unknown_type", "是壓縮檔，不是單一文件；壓縮檔裡的壓縮檔請先解開再加入。"),
    "sheet": ("unknown_type", "是試算表；請另存成 pdf 或 docx 再加入。"),
    "rtf": ("unknown_type", "是 RTF 格式；請用 Word 或 LibreOffice 另存成 docx 或 odt 再加入。"),
    "image": ("unknown_type", "是圖片，沒有可讀的文字；請提供含文字的 pdf、docx、odt 或 txt。"),
    "ole": ("unknown_type", "是舊版 Office 檔；請用 Word 或 LibreOffice 另存成 docx、odt 或 pptx 再加入。"),
    "other": ("unknown_type", "不是本系統能讀的格式；請另存成 pdf、docx、odt、pptx、html 或 txt 再加入。"),
}

BLANK = b"\0 \t\r\n\x0c\xef\xbb\xbf\xff\xfe"
FORMATS = "pdf、docx、odt、pptx、html、txt、md"


def read_document(data: bytes, file: str) -> RawDocument:
    """The pages and lines of one document; raises `Refusal` with a named reason."""
    if not data.strip(BLANK):
        raise Refusal("empty", f"「{file}」是空的檔案；請確認檔案內容後再加入。")
    try:
        document = _reader_for(data, file)(data, file)
    except RecursionError as exc:
        raise Refusal("damaged", f"「{file}」的結構層層相套，無法讀取；請重新另存一份再加入。") from exc
    if not any(line.text.strip() for page in document.pages for line in page.lines):
        raise Refusal("empty", f"「{file}」裡沒有文字；請確認檔案內容後再加入。")
    return document


def _reader_for(data: bytes, file: str) -> Reader:
    """By content where that is plain, by suffix where it is not."""
    suffix = PurePath(file).suffix.lower()
    kind = kind_of(data)
    if kind in REFUSED_CONTENT:
        reason, sentence = REFUSED_CONTENT[kind]
        raise Refusal(reason, f"「{file}」{sentence}")
    if kind in BY_CONTENT:
        return BY_CONTENT[kind]
    reader = SUFFIXES.get(suffix)
    if reader is None:
        raise Refusal("unknown_type", f"「{file}」的格式讀不了，可讀的是 {FORMATS}；請另存成其中一種再加入。")
    if reader not in (read_text, read_html):
        raise Refusal(
            "damaged", f"「{file}」的內容不是 {suffix[1:]} 格式，可能損壞或改錯副檔名；請重新匯出後再加入。"
        )
    return reader


__all__ = ["FORMATS", "SUFFIXES", "Reader", "read_document", "zip_members"]
