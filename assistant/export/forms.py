"""The formats that a document is written in, by the ending of their files, and how a file is called."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

from assistant.export.document import Document, printable
from assistant.export.docx_writer import to_docx
from assistant.export.markdown_writer import to_markdown
from assistant.export.odt_writer import to_odt

LONGEST_NAME = 60
# What Windows, the strictest of them, does not take in a file name.
_FORBIDDEN = re.compile(r'[\\/:*?"<>|\s]+')
_RESERVED = re.compile(r"(?:con|prn|aux|nul|com\d|lpt\d)(?:\..*)?", re.IGNORECASE)


@dataclass(frozen=True)
class Form:
    """A format: its name for people, its media type, and what writes it."""

    label: str
    media_type: str
    write: Callable[[Document], bytes]


FORMS: dict[str, Form] = {
    "docx": Form("Word", "application/vnd.openxmlformats-officedocument.wordprocessingml.document", to_docx),
    "odt": Form("ODT", "application/vnd.oasis.opendocument.text", to_odt),
    "md": Form("Markdown", "text/markdown; charset=utf-8", lambda document: to_markdown(document).encode()),
}


def file_name(title: str, ending: str) -> str:
    """The title as the name of a file that any system takes."""
    name = _FORBIDDEN.sub(" ", printable(title))[:LONGEST_NAME].strip(" .")
    if not name or _RESERVED.fullmatch(name):
        name = f"對話 {name}".strip()
    return f"{name}.{ending}"
