"""The ledger as rows of the tracking table: its columns, its cells, a column that does not exist."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
import trips

from assistant.clusters import Cluster
from assistant.export.tracking import BadColumns, Column, load_columns, tracking_sheet
from assistant.ledger import Record
from assistant.recommendations import Finder
from assistant.statuses import FollowUp

DAKAR, *_ = trips.FILES
ONE = Finder.load().find(trips.report(DAKAR))[0]
TOLD = FollowUp("辦理中", unit="水利局", updated_at="2026-02-03T01:00:00+00:00")
RECORD = Record(ONE, TOLD, Cluster(ONE.id, 1, ONE.date, (ONE.id,)))


def test_the_cells_of_a_record() -> None:
    sheet = tracking_sheet([RECORD], date(2026, 3, 1))
    cells = dict(zip([column.heading for column in sheet.columns], sheet.rows[0], strict=True))
    assert cells["建議內容"].startswith("建議水利局建立即時水位網頁")
    del cells["建議內容"], cells["代號"], cells["建議標題"]
    assert cells == {
        "項次": "1", "報告名稱": "出席第九屆世界水論壇報告", "出國期間起日": "2022-03-21", "建議項次": "一",
        "頁次": "1", "期程類別": "立即可行", "隱含建議": "否", "主題": "環境", "提出次數": "1",
        "首次提出": "2022-03-21", "權責機關": "水利局", "採行情形": "辦理中", "不採行理由": "",
        "執行期程": "", "經費規劃": "", "辦理情形": "", "最近更新": "2026-02-03", "下次檢核": "2026-06-30",
    }  # fmt: skip


def test_the_columns_are_a_table() -> None:
    columns = (Column("內容", "text", 10), Column("情形", "status", 8))
    assert tracking_sheet([RECORD], date(2026, 3, 1), columns).rows == ((ONE.text, "辦理中"),)
    assert [column.heading for column in load_columns()][:2] == ["項次", "報告名稱"]
    assert tracking_sheet([], date(2026, 3, 1)).rows == ()


def test_a_column_that_does_not_exist_is_named() -> None:
    with pytest.raises(BadColumns, match="沒有「owner」這個欄位；可用的是：position、id"):
        tracking_sheet([RECORD], date(2026, 3, 1), (Column("擁有者", "owner", 5),))


def test_the_users_own_columns_are_taken(tmp_path: Path) -> None:
    own = tmp_path / "tracking_columns.csv"
    own.write_text("\ufeffheading,field,width\n建議,text,40\n 情形 ,status,8\n", encoding="utf-8")
    assert load_columns(own) == (Column("建議", "text", 40), Column("情形", "status", 8))


@pytest.mark.parametrize(
    ("table", "reason"),
    [
        ("欄,field,width\n甲,text,3\n", "讀不進來.*heading,field,width"),
        ("heading,field,width\n甲,text,寬\n", "讀不進來.*寬"),
        ("heading,field,width\n甲,text,900\n", "欄寬 900 應在 1 到 255 之間"),
        ("heading,field,width\n甲,text\n", "讀不進來"),
        ("heading,field,width\n", "是空的.*建議內容,text,60"),
        ("", "是空的"),
    ],
)
def test_a_table_of_columns_that_cannot_be_read_is_a_sentence(
    tmp_path: Path, table: str, reason: str
) -> None:
    own = tmp_path / "own.csv"
    own.write_text(table, encoding="utf-8")
    with pytest.raises(BadColumns, match=reason):
        load_columns(own)
    own.write_bytes("heading,field,width\n建議,text,9\n".encode("cp950"))
    with pytest.raises(BadColumns, match="應是 UTF-8 的 CSV"):
        load_columns(own)
