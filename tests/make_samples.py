"""Write the sample archive `corpus/samples` anew from the sources in `tests/sample_texts`.

Run `python tests/make_samples.py` after a source or a layout changed. The table says which
source becomes which file in which layout; `sample_layouts` knows how a layout is written.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parent))

import sample_layouts as layouts

SOURCES = Path(__file__).parent / "sample_texts"
SAMPLES = Path(__file__).parents[1] / "corpus" / "samples"


@dataclass(frozen=True)
class Sample:
    """One document: its source, its file name, and the steps from blocks to bytes."""

    source: str
    file: str
    steps: tuple[Callable, ...]


def encoded(name: str) -> Callable[[str], bytes]:
    return lambda text: text.encode(name)


TABLE = (
    Sample(
        "barcelona2023",
        "112巴塞隆納智慧城市博覽會.pdf",
        (partial(layouts.pdf, header="範例市政府秘書處　出國報告"),),
    ),
    Sample("barcelona2024", "113巴塞隆納智慧城市博覽會.docx", (layouts.docx,)),
    Sample(
        "wcs2024",
        "113新加坡世界城市高峰會.pdf",
        (partial(layouts.pdf, header="出席 2024 世界城市高峰會出國報告"),),
    ),
    Sample("wcs2018", "107新加坡世界城市高峰會.odt", (layouts.odt,)),
    Sample("rotterdam2019", "108鹿特丹水資源考察.docx", (partial(layouts.docx, styled=False),)),
    Sample("osaka2025", "114大阪萬博考察.html", (layouts.html, encoded("utf-8"))),
    Sample("fukuoka2023", "112福岡城市交流.txt", (layouts.plain, encoded("cp950"))),
    Sample("copenhagen2022", "111哥本哈根自行車考察.md", (layouts.markdown, encoded("utf-8"))),
    Sample("portland2024", "113波特蘭西雅圖考察.txt", (layouts.plain, encoded("utf-16"))),
    Sample(
        "prague2023",
        "112布拉格城市交流.zip",
        (partial(layouts.docx, styled=False), layouts.zipped("112布拉格城市交流.docx")),
    ),
    Sample("wuf2020", "109阿布達比世界城市論壇.txt", (layouts.printed, encoded("utf-8"))),
    Sample("news2022", "111各城市國際交流新聞.txt", (layouts.plain, encoded("utf-8"))),
    Sample("briefing2024", "113城市外交成果簡報.pptx", (layouts.pptx,)),
)


def make(sample: Sample) -> bytes:
    """The bytes of one sample file."""
    value: Any = layouts.blocks((SOURCES / f"{sample.source}.txt").read_text(encoding="utf-8"))
    for step in sample.steps:
        value = step(value)
    return value


def main() -> None:
    SAMPLES.mkdir(parents=True, exist_ok=True)
    for sample in TABLE:
        (SAMPLES / sample.file).write_bytes(make(sample))


if __name__ == "__main__":
    main()
