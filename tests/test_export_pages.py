"""What LibreOffice shows of the exported files, page by page; skipped where it is not installed."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import export_samples as samples
import pypdfium2
import pytest

from assistant.export.docx_writer import to_docx
from assistant.export.odt_writer import to_odt

OFFICE = shutil.which("soffice")
WRITERS = {"docx": to_docx, "odt": to_odt}


def has_chinese_font() -> bool:
    tool = shutil.which("fc-list")
    return bool(tool and subprocess.run([tool, ":lang=zh-tw"], capture_output=True).stdout)


pytestmark = [
    pytest.mark.skipif(OFFICE is None, reason="需要 LibreOffice（soffice），此處沒有"),
    pytest.mark.skipif(not has_chinese_font(), reason="需要中文字型，此處沒有"),
]


@pytest.fixture(scope="module")
def pages(tmp_path_factory: pytest.TempPathFactory) -> dict[str, list[str]]:
    """Format -> the text of each page, without white space."""
    folder = tmp_path_factory.mktemp("pages")
    for name, write in WRITERS.items():
        (folder / f"{name}.{name}").write_bytes(write(samples.REPORT))
    command = [str(OFFICE), f"-env:UserInstallation=file://{folder}/profile", "--headless", "--convert-to"]
    files = [str(folder / f"{name}.{name}") for name in WRITERS]
    subprocess.run(
        [*command, "pdf", "--outdir", str(folder), *files], check=True, timeout=100, capture_output=True
    )
    return {name: read_pages(folder / f"{name}.pdf") for name in WRITERS}


def read_pages(path: Path) -> list[str]:
    document = pypdfium2.PdfDocument(path)
    return ["".join(page.get_textpage().get_text_range().split()) for page in document]


@pytest.mark.parametrize("name", WRITERS)
def test_cover_body_footnotes_and_page_number(name: str, pages: dict[str, list[str]]) -> None:
    cover, *rest = pages[name]
    body = "".join(rest)
    assert cover == "出國報告（出國類別：考察）赴丹麥考察報告服務機關：範例市政府水利局派赴國家：丹麥"
    wanted = [
        "壹、心得", "•公園就是滯洪池", "平日是草地。1,2", "1.先選公園", "2.再試辦", "1.另起一列", "=SUM(A1)",
        samples.DISCLOSURE, "來源", *samples.SOURCE_LIST, *samples.NOTES,
    ]  # fmt: skip
    assert not [text for text in wanted if "".join(text.split()) not in body]
    assert all(page.endswith(str(number)) for number, page in enumerate(rest, start=2))
