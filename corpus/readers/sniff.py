"""What a file is, judged by its first bytes and, for zip and OLE containers, by its parts.

A table of signatures and two look-ups inside containers. Does not read any text and does not
look at the file's name.
"""

from __future__ import annotations

import io
import lzma
import re
import zipfile
import zlib
from typing import Literal

Kind = Literal[
    "pdf",
    "docx",
    "doc",
    "odt",
    "pptx",
    "html",
    "encrypted",
    "zip",
    "sheet",
    "rtf",
    "image",
    "ole",
    "other",
    "text",
]

# All that zipfile and its decompressors raise over a broken archive.
BROKEN_ZIP = (
    zipfile.BadZipFile,
    zlib.error,
    lzma.LZMAError,
    OSError,
    ValueError,
    NotImplementedError,
    RuntimeError,
    EOFError,
)
OLE_MAGIC = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"

SIGNATURES: tuple[tuple[bytes, Kind], ...] = (
    (b"{\\rtf", "rtf"),
    (b"\x89PNG\r\n\x1a\n", "image"),
    (b"\xff\xd8\xff", "image"),
    (b"GIF87a", "image"),
    (b"GIF89a", "image"),
    (b"II*\0", "image"),
    (b"MM\0*", "image"),
    (b"7z\xbc\xaf\x27\x1c", "other"),
    (b"Rar!\x1a\x07", "other"),
    (b"\x1f\x8b\x08", "other"),
    (b"\x7fELF", "other"),
    (b"MZ\x90\0", "other"),
    (b"SQLite format 3\0", "other"),
)

ZIP_PARTS: tuple[tuple[str, Kind], ...] = (
    ("word/document", "docx"),
    ("ppt/presentation", "pptx"),
    ("xl/workbook", "sheet"),
)

ODF_TYPES: tuple[tuple[bytes, Kind], ...] = (
    (b"application/vnd.oasis.opendocument.text", "odt"),
    (b"application/vnd.oasis.opendocument.spreadsheet", "sheet"),
    (b"application/vnd.oasis.opendocument", "other"),
)

OLE_STREAMS: tuple[tuple[str, Kind], ...] = (
    ("EncryptedPackage", "encrypted"),
    ("WordDocument", "doc"),
)

HTML_START = re.compile(
    rb"\s*(<\?xml[^>]{0,200}>\s*)?(<!--.{0,2000}?-->\s*)*<(!doctype\s+html|html)\b", re.I | re.S
)


def kind_of(data: bytes) -> Kind:
    """The format that the content shows; "text" where no signature says otherwise."""
    if b"%PDF-" in data[:1024]:
        return "pdf"
    if data.startswith(b"PK\x03\x04") or data.startswith(b"PK\x05\x06"):
        return _kind_of_zip(data)
    if data.startswith(OLE_MAGIC):
        return _first_of_ole(data)
    for magic, kind in SIGNATURES:
        if data.startswith(magic):
            return kind
    return "html" if HTML_START.match(_without_bom(data[:4096])) else "text"


def _kind_of_zip(data: bytes) -> Kind:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            names = package.namelist()
            if "mimetype" in names and package.getinfo("mimetype").file_size < 200:
                return _kind_of_odf(package.read("mimetype"))
    except BROKEN_ZIP:
        return "text"
    if "[Content_Types].xml" not in names:
        return "zip"
    for prefix, kind in ZIP_PARTS:
        if any(name.startswith(prefix) for name in names):
            return kind
    return "other"


def _kind_of_odf(mimetype: bytes) -> Kind:
    for start, kind in ODF_TYPES:
        if mimetype.strip().startswith(start):
            return kind
    return "zip"


def _first_of_ole(data: bytes) -> Kind:
    for stream, kind in OLE_STREAMS:
        if stream.encode("utf-16-le") in data:
            return kind
    return "ole"


def _without_bom(head: bytes) -> bytes:
    if head.startswith(b"\xef\xbb\xbf"):
        return head[3:]
    if head.startswith((b"\xff\xfe", b"\xfe\xff")):
        return head[2:].replace(b"\0", b"")
    return head
