"""PDF by pypdfium2: one page after the other, the lines as they stand with their hard wraps.

Refuses what is encrypted and what has no text layer. Does not do OCR and does not join lines.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from corpus.readers.pdf_lines import page_lines
from corpus.report import RawDocument, RawLine, RawPage, Refusal

MAX_PAGES = 3_000
UNREADABLE = re.compile(r"[\ufffd\ue000-\uefff]|\(cid:\d+\)")
MAX_UNREADABLE = 0.3


def read_pdf(data: bytes, file: str) -> RawDocument:
    """Pages of a PDF; a page without a text layer is an empty page."""
    with _opened(data, file) as document:
        if len(document) > MAX_PAGES:
            raise Refusal(
                "too_large",
                f"「{file}」有 {len(document)} 頁，上限是 {MAX_PAGES} 頁；請拆成較小的檔案再加入。",
            )
        pages = [_page_lines(document, index, file) for index in range(len(document))]
    _check_text(pages, file)
    return RawDocument(
        tuple(RawPage(n, tuple(map(RawLine, lines))) for n, lines in enumerate(pages, start=1))
    )


@contextmanager
def _opened(data: bytes, file: str) -> Iterator[Any]:
    import pypdfium2 as pdfium
    from pypdfium2.raw import FPDF_ERR_PASSWORD

    try:
        document = pdfium.PdfDocument(data)
    except pdfium.PdfiumError as exc:
        if exc.err_code == FPDF_ERR_PASSWORD:
            raise Refusal(
                "encrypted", f"「{file}」設有開啟密碼，無法讀取；請先解除密碼另存一份再加入。"
            ) from exc
        raise _damaged(file) from exc
    try:
        yield document
    finally:
        document.close()


def _page_lines(document: Any, index: int, file: str) -> list[str]:
    import pypdfium2 as pdfium

    try:
        page = document[index]
        try:
            return page_lines(page.get_textpage())
        finally:
            page.close()
    except pdfium.PdfiumError as exc:
        raise _damaged(file) from exc


def _check_text(pages: list[list[str]], file: str) -> None:
    solid = re.sub(r"\s", "", "".join(line for lines in pages for line in lines))
    if not solid:
        raise Refusal(
            "no_text",
            f"「{file}」沒有文字層（多半是掃描的影像），讀不到文字；請先做文字辨識（OCR）或改用原始文件。",
        )
    if len(UNREADABLE.findall(solid)) > MAX_UNREADABLE * len(solid):
        raise Refusal(
            "no_text", f"「{file}」的文字層是亂碼，無法辨讀；請改用原始文件或重新匯出成 pdf 再加入。"
        )


def _damaged(file: str) -> Refusal:
    return Refusal("damaged", f"「{file}」不是完整的 pdf，無法開啟；請確認檔案能正常打開，重新匯出後再加入。")
