"""Small stand-ins for the two slow things: an embedder of hashed pairs and a reader of marked-up lines."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any
from zlib import crc32

import numpy as np

from corpus.report import Chapter, Item, Page, Refusal, Report, Section

KINDS = {"目的": "purpose", "過程": "process", "心得": "reflections", "建議": "recommendations"}


class HashEmbedder:
    """Counts of hashed character pairs, normalised."""

    def __init__(self, name: str = "hash", dim: int = 32) -> None:
        self.name = name
        self.dim = dim
        self.encoded = 0

    def encode(self, texts: Sequence[str]) -> np.ndarray:
        """One row a text."""
        self.encoded += len(texts)
        out = np.zeros((len(texts), self.dim), dtype=np.float32)
        for row, text in enumerate(texts):
            for a, b in zip(text, text[1:], strict=False):
                out[row, crc32((a + b).encode()) % self.dim] += 1
        return out / np.maximum(np.linalg.norm(out, axis=1, keepdims=True), 1e-9)


class TinyReader:
    """UTF-8 text; a line that is a chapter name opens that chapter. No child process, no guessing."""

    def read(self, data: bytes, *, file: str, sha256: str) -> Report:
        """The report, or a refusal for text that says 拒收."""
        text = data.decode()
        if "拒收" in text:
            raise Refusal("damaged", f"「{file}」是測試用的壞檔案。")
        return tiny_report(text, file=file, sha256=sha256)

    def close(self) -> None:
        """Nothing was started."""


def tiny_report(text: str, *, file: str, sha256: str) -> Report:
    """A report with one section and one item a chapter."""
    starts = [(at, line) for at, line in _lines(text) if line in KINDS]
    chapters, sections, items = [], [], []
    kind: Any
    for (start, heading), end in zip(starts, [at for at, _ in starts[1:]] + [len(text)], strict=False):
        body = start + len(heading) + 1
        kind = KINDS[heading]
        chapters.append(Chapter(kind, heading, 1, start, body, end))
        if kind in ("reflections", "recommendations") and body < end:
            sections.append(Section(1, "一、甲", body, body, end))
            items.append(Item(kind, heading, "一", "甲", text[body:end], 1, body, end, "短期"))
    return Report(
        id="r" + sha256[:10],
        file=file,
        sha256=sha256,
        doc_type="trip_report",
        title=text.partition("\n")[0],
        agency="秘書處",
        countries=("日本",),
        cities=("東京", "大阪"),
        events=(),
        category="考察",
        start_date=None,
        end_date=None,
        report_date=None,
        people=("王小明",),
        keywords=(),
        classification="公開",
        text=text,
        pages=(Page(1, 0, len(text)),),
        chapters=tuple(chapters),
        sections=tuple(sections),
        items=tuple(items),
    )


def _lines(text: str) -> list[tuple[int, str]]:
    found, at = [], 0
    for line in text.split("\n"):
        found.append((at, line))
        at += len(line) + 1
    return found


def tiny_text(title: str, *, about: str = "河川整治") -> str:
    """A text with the four chapters, different for every title."""
    return (
        f"{title}\n目的\n為了解{about}而前往{title}。\n過程\n在{title}參觀了{about}的現場，並與當地官員座談。\n"
        f"心得\n{title}的{about}由居民參與，值得學習。\n建議\n建議本市參考{title}，成立{about}小組。\n"
    )


def write_texts(folder: Path, texts: Iterable[str]) -> list[Path]:
    """Each text as a file of its own."""
    folder.mkdir(exist_ok=True)
    files = []
    for number, text in enumerate(texts):
        files.append(folder / f"{number:03}.txt")
        files[-1].write_text(text, encoding="utf-8")
    return files
