"""Notes that differ from the archive's report of the same trip in a number or a date."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
import trips
import wired
from shapes import report_of

from assistant.differences import find_differences
from assistant.notes import notes_of
from assistant.verification import Verifier
from index.archive import Archive


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Archive]:
    home = trips.fill(tmp_path_factory.mktemp("home"), tmp_path_factory.mktemp("papers"))
    with Archive.open(home) as opened:
        yield opened


@pytest.mark.parametrize(
    ("note", "value"),
    [
        ("參訪卡耶湖抽水站，該站每日供水 58 萬噸。", "58"),
        ("參訪卡耶湖抽水站，該站每日供水 38 萬噸。", ""),
        ("晚餐後與其他城市的代表談了 30 分鐘的天。", ""),
    ],
)
def test_only_another_number_of_the_same_thing_is_told(archive: Archive, note: str, value: str) -> None:
    dakar = next(row.id for row in archive.reports() if row.file.startswith("111"))
    verifier = Verifier.load(wired.names(), archive.tokeniser)
    notes = notes_of(report_of(note, "札記.txt"))
    said = find_differences(notes, archive.report(dakar), archive, verifier)
    assert [value in line for line in said] == ([True] if value else [])
    assert all("《出席第九屆世界水論壇報告》第 1 頁寫「參訪卡耶湖抽水站" in line for line in said)
