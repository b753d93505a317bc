"""The reports of one state of the archive, to be looked up by id, file name or number.

Made once per change of the archive. Knows nothing of storage or search.
"""

from __future__ import annotations

from collections.abc import Callable, Collection
from functools import lru_cache

from corpus.report import XindeError
from corpus.rows import ReportRow


class UnknownReport(XindeError):
    """No live report has this id or file name."""


class Listing:
    """All reports at one generation, without their text."""

    def __init__(self, generation: int, rows: tuple[ReportRow, ...]) -> None:
        self.generation = generation
        self.rows = rows
        self.titles = {row.id: row.title for row in rows}
        self.passages = sum(row.passages for row in rows)
        self._by_id = {row.id: row for row in rows}
        # One filter serves all searches of an answer, and often many answers.
        self.numbers = lru_cache(maxsize=8)(self._numbers)

    def _numbers(self, ids: Collection[str]) -> frozenset[int]:
        """The numbers of the reports with these ids; unknown ids are passed over."""
        return frozenset(row.number for row in map(self._by_id.get, ids) if row is not None)

    def find(self, id_or_file: str) -> ReportRow:
        """The one report with this id, file name or end of a file name; raises UnknownReport."""
        known = self._by_id.get(id_or_file)
        if known is not None:
            return known
        for same in (lambda row: row.file == id_or_file, _ends(id_or_file)):
            found = [row for row in self.rows if same(row)]
            if len(found) == 1:
                return found[0]
            if found:
                names = "、".join(f"{row.id}（{row.file}）" for row in found[:5])
                raise UnknownReport(f"「{id_or_file}」有 {len(found)} 份報告符合：{names}。請改用編號指定。")
        raise unknown(id_or_file)


def unknown(name: str) -> UnknownReport:
    """What to say where there is no such report."""
    return UnknownReport(f"檔案庫裡沒有「{name}」。請用 xinde list 查看報告的編號與檔名。")


def _ends(name: str) -> Callable[[ReportRow], bool]:
    return lambda row: row.file.endswith(("/" + name, "!" + name))
