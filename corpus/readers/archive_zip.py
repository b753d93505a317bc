"""The members of a zip of documents, and the check that an Office package is safe to unpack.

Declared sizes, ratios and counts are looked at before anything is unpacked. Does not know what
the members mean.
"""

from __future__ import annotations

import io
import re
import stat
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import PurePosixPath

from corpus.readers.sniff import BROKEN_ZIP
from corpus.report import Refusal

MAX_MEMBERS = 20_000
MAX_PARTS = 5_000
MAX_TOTAL = 1_000_000_000
MAX_PACKAGE = 400_000_000
MAX_XML = 120_000_000
RATIO = 150
RATIO_FROM = 5_000_000

IGNORED = re.compile(r"(^|/)(__MACOSX/|\.(?!\.)|~\$|Thumbs\.db$|desktop\.ini$)", re.I)
DOCTYPE = tuple(
    f"<!{word}".encode(code) for word in ("DOCTYPE", "ENTITY") for code in ("ascii", "utf-16-le", "utf-16-be")
)
DECLARED = re.compile(rb"\A(?:\xef\xbb\xbf)?\s*<\?xml[^>]{0,200}?encoding\s*=\s*[\"']([A-Za-z0-9._-]+)")
XML_ENCODINGS = {b"utf-8", b"utf8", b"utf-16", b"us-ascii", b"ascii", b"iso-8859-1"}


def zip_members(data: bytes, file: str) -> Iterator[tuple[str, bytes]]:
    """Every document of a zip as (cleaned name, bytes).

    A zip inside the zip is yielded like any other member, for `read_document` to refuse by name;
    a damaged member is reported after the whole ones have been yielded.
    """
    broken: list[str] = []
    with _opened(data, file) as package:
        infos = [info for info in package.infolist() if _is_document(info)]
        _check_sizes(infos, file, members=MAX_MEMBERS, total=MAX_TOTAL)
        for info in infos:
            try:
                content = package.read(info)
            except BROKEN_ZIP:
                broken.append(_clean_name(info))
                continue
            yield _clean_name(info), content
    if broken:
        names = "、".join(broken[:5])
        raise Refusal("damaged", f"壓縮檔「{file}」裡的「{names}」已損壞，讀不出來；請重新壓縮後再加入。")


def check_package(data: bytes, file: str) -> None:
    """Refuse an Office package that is too large once unpacked, damaged, or carries a DOCTYPE."""
    with _opened(data, file) as package:
        infos = package.infolist()
        _check_sizes(infos, file, members=MAX_PARTS, total=MAX_PACKAGE)
        parts = [info for info in infos if info.filename.endswith((".xml", ".rels"))]
        if sum(info.file_size for info in parts) > MAX_XML:
            raise _too_large(file, f"內文解開後超過 {MAX_XML // 1_000_000} MB")
        for info in parts:
            try:
                _check_xml(package.read(info), file)
            except BROKEN_ZIP as exc:
                raise _damaged(file) from exc


@contextmanager
def _opened(data: bytes, file: str) -> Iterator[zipfile.ZipFile]:
    try:
        package = zipfile.ZipFile(io.BytesIO(data))
    except BROKEN_ZIP as exc:
        raise _damaged(file) from exc
    with package:
        yield package


def _check_sizes(infos: list[zipfile.ZipInfo], file: str, *, members: int, total: int) -> None:
    if len(infos) > members:
        raise _too_large(file, f"裡面有 {len(infos)} 個檔案，上限是 {members} 個")
    if any(info.flag_bits & 0x1 for info in infos):
        raise Refusal("encrypted", f"「{file}」設有密碼，無法讀取；請先解除密碼另存一份再加入。")
    declared = sum(info.file_size for info in infos)
    if declared > total:
        raise _too_large(file, f"解開後有 {declared // 1_000_000} MB，上限是 {total // 1_000_000} MB")
    for info in infos:
        if info.file_size > RATIO_FROM and info.file_size > RATIO * max(info.compress_size, 1):
            raise _too_large(file, f"壓縮比超過 {RATIO} 倍，像是壓縮炸彈")


def _check_xml(part: bytes, file: str) -> None:
    declared = DECLARED.match(part)
    odd = declared is not None and declared.group(1).lower() not in XML_ENCODINGS
    if odd or any(mark in part for mark in DOCTYPE):
        raise Refusal(
            "damaged",
            f"「{file}」的內部結構含有一般文件不會有的外部宣告（DOCTYPE），為安全起見不讀取；請重新另存一份再加入。",
        )


def _is_document(info: zipfile.ZipInfo) -> bool:
    link = stat.S_ISLNK(info.external_attr >> 16)
    return not (info.is_dir() or link or IGNORED.search(info.filename))


def _clean_name(info: zipfile.ZipInfo) -> str:
    """The member's name as a safe relative path: no drive, no "..", no control characters."""
    name = info.filename
    if not info.flag_bits & 0x800:
        name = _recoded(name)
    name = "".join(char for char in name if char.isprintable())
    parts = [part.strip() for part in re.split(r"[/\\]", name)]
    kept = [part for part in parts if part not in ("", ".", "..") and not re.fullmatch(r"[A-Za-z]:", part)]
    return str(PurePosixPath(*kept)) if kept else "未命名"


def _recoded(name: str) -> str:
    """Windows in Taiwan writes Big5 names where the zip format says cp437."""
    try:
        raw = name.encode("cp437")
    except UnicodeEncodeError:
        return name
    for encoding in ("utf-8", "cp950", "gb18030"):
        try:
            return raw.decode(encoding)
        except UnicodeDecodeError:
            continue
    return name


def _too_large(file: str, why: str) -> Refusal:
    return Refusal("too_large", f"「{file}」{why}，不予解開；請拆成較小的檔案再加入。")


def _damaged(file: str) -> Refusal:
    return Refusal("damaged", f"「{file}」已損壞，無法開啟；請確認檔案能正常打開，重新存檔後再加入。")
