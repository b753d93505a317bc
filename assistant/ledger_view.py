"""The ledger in words: records for a terminal or an agent, grouped by the times a recommendation was made.

Pure functions over records; nothing is printed or looked up here.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from assistant.clusters import Cluster
from assistant.ledger import Record
from assistant.render import WIDTH, wrap
from assistant.statuses import LABELS

ROC_OFFSET = 1911


def render_ledger(records: Sequence[Record], columns: int = WIDTH) -> str:
    """The records cluster by cluster, in the order of the first of each."""
    groups: dict[str, list[Record]] = {}
    for record in records:
        groups.setdefault(record.cluster.id, []).append(record)
    return "\n\n".join(_group(group, columns) for group in groups.values())


def made(cluster: Cluster) -> str:
    """How often and since when: 「提出 4 次，自 106 年起」; empty where it was made once."""
    if cluster.times < 2:
        return ""
    since = f"，自 {cluster.since.year - ROC_OFFSET} 年起" if cluster.since else ""
    return f"提出 {cluster.times} 次{since}"


def day(value: date | None) -> str:
    """A day as the records show it."""
    return value.isoformat() if value else "日期不明"


def name(record: Record) -> str:
    """What the recommendation is called: its heading, else the beginning of its text."""
    one = record.recommendation
    if one.heading and not one.implicit:
        return one.heading
    first = one.text.split("\n")[0]
    return first if len(first) <= 30 else first[:30] + "…"


def _group(group: Sequence[Record], columns: int) -> str:
    often = made(group[0].cluster)
    head = f"【{group[0].recommendation.topic}】{name(group[0])}" + (f"（{often}）" if often else "")
    records = (render_record(one, columns, name(group[0])) for one in group)
    return "\n".join([wrap(head, columns, "  ", ""), *records])


def render_record(record: Record, columns: int = WIDTH, above: str = "") -> str:
    """One record: where it stands, its words, what people say of it, its id; not again what stands above."""
    one = record.recommendation
    kind = "隱含建議" if one.implicit else "建議"
    whom = "（對他人）" if one.addressee == "others" else ""
    term = f"〔{one.term}〕" if one.term and one.term not in one.heading else ""
    heading = one.heading if one.heading != above else ""
    head = f"{day(one.date)} 《{one.title or one.file}》{kind}{whom} {one.number} {heading}{term}"
    lines = [
        wrap(f"{' '.join(head.split())}（第 {one.page} 頁）", columns, "    ", "  "),
        wrap(one.text, columns, "    ") if one.text != above else "",
    ]
    lines.append(wrap(f"{_told(record)}　代號 {one.id}", columns, "    "))
    return "\n".join(line for line in lines if line)


def _told(record: Record) -> str:
    values = vars(record.follow_up)
    parts = [f"{label}：{values[field]}" for field, label in LABELS.items() if values[field]]
    parts += [f"更新：{values['updated_at'][:10]}"] if values["updated_at"] else []
    return "；".join(parts)
