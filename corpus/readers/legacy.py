"""Word 97–2003 files (.doc), only through a converter that the machine happens to have.

Runs soffice, antiword or catdoc in a folder of its own with a time limit; without any of them the
file is refused with the way out.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
from collections.abc import Callable
from pathlib import Path

from corpus.readers.plain import read_text
from corpus.readers.word import read_docx
from corpus.report import RawDocument, Refusal

SECONDS = 60


def read_doc(data: bytes, file: str) -> RawDocument:
    """Pages of a .doc file, or a refusal that says how to save it."""
    for program, convert in CONVERTERS:
        path = shutil.which(program)
        if path:
            return convert(path, data, file)
    raise Refusal(
        "unknown_type",
        f"「{file}」是舊版 Word（.doc），這台電腦沒有轉檔程式；請用 Word 另存成 docx 或 odt 再加入。",
    )


def _by_office(program: str, data: bytes, file: str) -> RawDocument:
    with tempfile.TemporaryDirectory() as folder:
        source = Path(folder, "source.doc")
        source.write_bytes(data)
        profile = f"-env:UserInstallation=file://{folder}/profile"
        _run([program, "--headless", profile, "--convert-to", "docx", "--outdir", folder, str(source)], file)
        target = source.with_suffix(".docx")
        if not target.is_file():
            raise _failed(file)
        return read_docx(target.read_bytes(), file)


def _by_text(arguments: list[str]) -> Callable[[str, bytes, str], RawDocument]:
    def convert(program: str, data: bytes, file: str) -> RawDocument:
        with tempfile.TemporaryDirectory() as folder:
            source = Path(folder, "source.doc")
            source.write_bytes(data)
            output = _run([program, *arguments, str(source)], file)
        if not output.strip():
            raise _failed(file)
        return read_text(output, file)

    return convert


def _run(command: list[str], file: str) -> bytes:
    try:
        done = subprocess.run(
            command, capture_output=True, timeout=SECONDS, check=True, env={**os.environ, "LC_ALL": "C.UTF-8"}
        )
    except (subprocess.SubprocessError, OSError) as exc:
        raise _failed(file) from exc
    return done.stdout


def _failed(file: str) -> Refusal:
    return Refusal("damaged", f"「{file}」（.doc）轉檔失敗，可能已損壞；請用 Word 打開後另存成 docx 再加入。")


CONVERTERS: tuple[tuple[str, Callable[[str, bytes, str], RawDocument]], ...] = (
    ("soffice", _by_office),
    ("antiword", _by_text(["-m", "UTF-8.txt", "-w", "0"])),
    ("catdoc", _by_text(["-d", "utf-8", "-w"])),
)
