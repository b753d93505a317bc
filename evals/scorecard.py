"""Results → a report for people (Markdown) and for scripts (JSON), with the change since the last run.

Written for whoever runs the computer of a secretariat: a table first, then every failed question with
what was expected and what came. Knows nothing of how the answers were found or scored.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from corpus.report import XindeError
from evals.run import CaseResult, Results, results_json

ANSWER_SHOWN = 700
# An answer a fifth slower is noise on a shared machine; anything else that moves is shown.
NOISE = {"latency_p50_ms": 0.2, "latency_p95_ms": 0.2}


@dataclass(frozen=True)
class Measure:
    """How a metric is shown: its name for people, what it says, its form, whether more is better.

    `of_models` where it has a row only if a language model was to write.
    """

    label: str
    meaning: str
    form: str = "{:.1%}"
    more_is_better: bool = True
    of_models: bool = False


MEASURES: dict[str, Measure] = {
    "all_facts": Measure("答案完整", "該有的事實全部出現在答案或引文裡的題目"),
    "fact_recall": Measure("事實召回", "該有的事實出現在答案或引文裡的比例"),
    "answered_when_answerable": Measure("該答的有答", "檔案裡有答案的題目，沒有推說查無的比例"),
    "abstained_when_unanswerable": Measure("該拒的有拒", "檔案裡沒有答案的題目，明說「檔案中查無」的比例"),
    "must_not_violations": Measure("答錯的內容", "不該出現卻出現的說法，幾處", "{:.0f}", False),
    "citation_valid": Measure("引文屬實", "引文與原文一字不差，章節與頁碼也對"),
    "citation_precision": Measure("引文對題", "引文屬實，而且出自該引的文件"),
    "citation_recall": Measure("句句有據", "答案裡至少有一則屬實引文的句子"),
    "doc_hit@1": Measure("找對文件", "檢索第一名就出自該引的文件"),
    "fact_recall@5": Measure("檢索前 5 段", "該有的事實出現在前 5 段裡的比例"),
    "fact_recall@10": Measure("檢索前 10 段", "該有的事實出現在前 10 段裡的比例"),
    "written": Measure("模型寫成", "有答的題目裡，由語言模型寫成、通過查核的比例", of_models=True),
    "supported": Measure("句子有憑據", "語言模型寫的句子，引文完全支持的比例", of_models=True),
    "unsupported_shown": Measure(
        "句子被劃掉", "語言模型寫的句子，引文不支持、劃掉顯示的比例", "{:.1%}", False, of_models=True
    ),
    "shown_length": Measure("答案長度", "答案連同引文平均幾個字", "{:.0f}", False),
    "latency_p50_ms": Measure("回答時間（中位）", "一半的題目在這個時間內答完，毫秒", "{:.1f}", False),
    "latency_p95_ms": Measure("回答時間（95%）", "95% 的題目在這個時間內答完，毫秒", "{:.1f}", False),
}
PER_TYPE = (
    "all_facts",
    "fact_recall",
    "answered_when_answerable",
    "abstained_when_unanswerable",
    "citation_precision",
    "doc_hit@1",
    "fact_recall@10",
    "shown_length",
)


@dataclass(frozen=True)
class Written:
    """Where the two reports lie and what the run before them was."""

    markdown: Path
    json: Path
    previous: dict[str, Any] | None


def load_previous(folder: Path, name: str) -> dict[str, Any] | None:
    """The last run of this test set in the folder; None where there is none that can be read."""
    try:
        document = json.loads((folder / f"{name}.json").read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return None
    return document if isinstance(document, dict) and isinstance(document.get("metrics"), dict) else None


def write(results: Results, folder: Path, *, previous: dict[str, Any] | None = None) -> Written:
    """Write <name>.md and <name>.json into the folder, each whole or not at all."""
    now = datetime.now().astimezone().isoformat(timespec="seconds")
    document = {
        "name": results.name,
        "measured": now,
        **results_json(results),
        "absent": list(results.absent),
    }
    markdown, data = folder / f"{results.name}.md", folder / f"{results.name}.json"
    try:
        folder.mkdir(parents=True, exist_ok=True)
        _write_whole(markdown, report(results, previous, now))
        _write_whole(data, json.dumps(document, ensure_ascii=False, indent=1) + "\n")
    except OSError as exc:
        raise XindeError(
            f"評量報告寫不進「{folder}」（{exc.strerror}）。請確認資料夾可以寫入，或用 --out 換一處。"
        ) from exc
    return Written(markdown, data, previous)


def report(results: Results, previous: dict[str, Any] | None, now: str) -> str:
    """The whole Markdown report."""
    parts: list[Iterable[str]] = [
        _opening(results, previous, now),
        _summary_table(results, previous),
        _types(results),
        _moves(results, previous),
        _failures(results),
    ]
    return "\n\n".join("\n".join(part) for part in parts if part) + "\n"


def summary(results: Results, previous: dict[str, Any] | None) -> str:
    """What the terminal shows: how many passed and the table of metrics."""
    return "\n".join([_passed_line(results, previous), "", *_summary_table(results, previous)[2:]])


def _opening(results: Results, previous: dict[str, Any] | None, now: str) -> list[str]:
    lines = [f"# 評量報告：{results.name}", "", f"時間 {now}。{_passed_line(results, previous)}"]
    if previous:
        lines.append(f"上次是 {previous.get('measured', '不明')}，共 {previous.get('cases', '?')} 題。")
    if results.absent:
        lines += [
            "",
            f"**注意**：檔案庫裡沒有測試集提到的這些文件，相關題目不能算數：{'、'.join(results.absent)}",
        ]
    return lines


def _passed_line(results: Results, previous: dict[str, Any] | None) -> str:
    passed = sum(result.passed for result in results.results)
    line = f"共 {len(results.results)} 題，完全答對 {passed} 題"
    if previous:
        line += f"（上次 {sum(bool(one.get('passed')) for one in previous.get('per_case', []))} 題）"
    return line + "。"


def _summary_table(results: Results, previous: dict[str, Any] | None) -> list[str]:
    before = previous["metrics"] if previous else {}
    rows = [
        (m.label, m.meaning, _form(m, results.metrics.get(name)), *_change(name, results.metrics, before))
        for name, m in MEASURES.items()
        if not m.of_models or results.metrics.get(name) is not None
    ]
    return ["## 總表", "", *_table(("指標", "意思", "這次", "上次", "變化"), rows)]


def _change(name: str, now: dict[str, float | None], before: dict[str, Any]) -> tuple[str, str]:
    measure, new, old = MEASURES[name], now.get(name), before.get(name)
    if new is None or not isinstance(old, (int, float)):
        return _form(measure, old if isinstance(old, (int, float)) else None), ""
    shown = _form(measure, old)
    if shown == _form(measure, new) or abs(new - old) <= NOISE.get(name, 0) * old:
        return shown, "＝"
    better = (new > old) == measure.more_is_better
    amount = f"{(new - old) * 100:+.1f} 個百分點" if "%" in measure.form else f"{new - old:+.1f}"
    return shown, f"{amount}，{'變好' if better else '**變差**'}"


def _types(results: Results) -> list[str]:
    if len(results.per_type) < 2:
        return []
    header = ("類別", "題數", *(MEASURES[name].label for name in PER_TYPE))
    rows = []
    for kind, values in results.per_type.items():
        count = sum(result.case.type == kind for result in results.results)
        rows.append((kind, str(count), *(_form(MEASURES[name], values.get(name)) for name in PER_TYPE)))
    return ["## 各類題目", "", *_table(header, rows)]


def _moves(results: Results, previous: dict[str, Any] | None) -> list[str]:
    """Which cases passed last time and do not now, and the other way round."""
    before = {one.get("id"): bool(one.get("passed")) for one in (previous or {}).get("per_case", [])}
    moved = [r for r in results.results if before.get(r.case.id, r.passed) != r.passed]
    if not moved:
        return []
    groups = (("這次才錯", False), ("這次才對", True))
    lines = ["## 與上次不同的題目", ""]
    for label, state in groups:
        ids = [f"`{result.case.id}`" for result in moved if result.passed == state]
        lines.append(f"- {label}（{len(ids)}）：{'、'.join(ids) or '無'}")
    return lines


def _failures(results: Results) -> list[str]:
    failed = [result for result in results.results if not result.passed]
    if not failed:
        return ["## 沒有答對的題目", "", "無。"]
    lines = [f"## 沒有答對的題目（{len(failed)}）"]
    for result in failed:
        lines += ["", *_failure(result)]
    return lines


def _failure(result: CaseResult) -> list[str]:
    case = result.case
    lines = [f"### {case.id}（{case.type}）{_one_line(case.question)}", ""]
    lines += [f"- 先前的對話：{_one_line(turn.content)}" for turn in case.history]
    lines += [f"- {reason}" for reason in _reasons(result)]
    if case.docs or result.files:
        lines.append(f"- 該引 {_names(case.docs)}；引了 {_names(result.files)}")
    answer = result.answer
    shown = answer if len(answer) <= ANSWER_SHOWN else answer[:ANSWER_SHOWN] + f"…（共 {len(answer)} 字）"
    return [*lines, "- 得到：", "", *(f"> {line}" for line in shown.splitlines() or [""])]


def _reasons(result: CaseResult) -> list[str]:
    reasons = []
    if result.abstained and result.case.answerable:
        reasons.append("檔案裡有答案，卻說查無")
    if not result.abstained and not result.case.answerable:
        reasons.append("檔案裡沒有答案，應說「檔案中查無」，卻作了回答")
    texts = (("少了", result.missing), ("不該出現", result.forbidden), ("引文有誤", result.faults))
    return reasons + [f"{label}：{'、'.join(map(_one_line, parts))}" for label, parts in texts if parts]


def _names(names: Sequence[str]) -> str:
    return "、".join(names) or "（無）"


def _form(measure: Measure, value: float | None) -> str:
    return "–" if value is None else measure.form.format(value)


def _table(header: Sequence[str], rows: Iterable[Sequence[str]]) -> list[str]:
    lines = [header, ["---"] * len(header), *rows]
    return ["| " + " | ".join(cell.replace("|", "｜") for cell in line) + " |" for line in lines]


def _one_line(text: str) -> str:
    return " ".join(text.split()).replace("|", "｜")


def _write_whole(path: Path, text: str) -> None:
    part = path.with_name(path.name + ".part")
    part.write_text(text, encoding="utf-8")
    os.replace(part, path)
