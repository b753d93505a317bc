"""Test questions: one JSON object a line becomes a `Case`, or a sentence says which line and field is wrong.

Knows the form of a case, nothing of the assistant that answers it or of how an answer is scored.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any, get_args

from assistant.answer import Language, Turn
from corpus.report import ChapterKind, XindeError

CHAPTERS = ("", *get_args(ChapterKind))
LANGUAGES = get_args(Language)


class BadCases(XindeError):
    """The test set cannot be read; the text names file, line and field."""


@dataclass(frozen=True)
class Case:
    """One question with what a good answer holds.

    Every entry of `must_include` and `must_not` is one fact, its accepted wordings divided by "|".
    `type` is free text by which the scorecard groups; `docs` are file names, empty means any. `note` is
    for whoever keeps the test set and is not scored.
    """

    id: str
    question: str
    lang: Language = "zh"
    type: str = "fact"
    docs: tuple[str, ...] = ()
    chapter: str = ""
    must_include: tuple[str, ...] = ()
    must_not: tuple[str, ...] = ()
    answerable: bool = True
    history: tuple[Turn, ...] = ()
    note: str = ""


def _string(value: Any) -> str:
    if not isinstance(value, str) or not value.strip():
        raise ValueError("應為非空白的字串")
    return value


def _strings(value: Any) -> tuple[str, ...]:
    if not isinstance(value, list) or not all(isinstance(one, str) and one.strip() for one in value):
        raise ValueError('應為字串的清單，例如 ["甲|乙", "丙"]')
    return tuple(value)


def _boolean(value: Any) -> bool:
    if not isinstance(value, bool):
        raise ValueError("應為 true 或 false")
    return value


def _one_of(allowed: tuple[str, ...]) -> Callable[[Any], str]:
    def read(value: Any) -> str:
        if value is None and "" in allowed:
            return ""
        if value not in allowed:
            raise ValueError(f"應為其中之一：{'、'.join(a for a in allowed if a)}")
        return str(value)

    return read


def _turn(value: Any) -> Turn:
    if isinstance(value, str):
        return Turn("user", value)
    if (
        isinstance(value, dict)
        and value.get("role") in ("user", "assistant")
        and isinstance(value.get("content"), str)
    ):
        return Turn(value["role"], value["content"])
    raise ValueError('每一輪應為字串，或 {"role": "user" 或 "assistant", "content": "…"}')


def _turns(value: Any) -> tuple[Turn, ...]:
    if not isinstance(value, list):
        raise ValueError("應為清單，依先後列出先前的問答")
    return tuple(_turn(one) for one in value)


READERS: dict[str, Callable[[Any], Any]] = {
    "id": _string,
    "question": _string,
    "lang": _one_of(LANGUAGES),
    "type": _string,
    "docs": _strings,
    "chapter": _one_of(CHAPTERS),
    "must_include": _strings,
    "must_not": _strings,
    "answerable": _boolean,
    "history": _turns,
    "note": _string,
}
REQUIRED = ("id", "question")


def load(path: Path) -> tuple[Case, ...]:
    """All cases of a JSON-lines file; empty lines and lines that begin with # are skipped."""
    try:
        text = path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError as exc:
        raise BadCases(f"測試集「{path}」不是 UTF-8 文字檔，請另存為 UTF-8 後再試。") from exc
    except FileNotFoundError as exc:
        raise BadCases(f"找不到測試集「{path}」，請檢查路徑。") from exc
    except OSError as exc:
        raise BadCases(f"讀不到測試集「{path}」（{exc.strerror}），請確認路徑與權限。") from exc
    cases = tuple(_cases(text, path.name))
    if not cases:
        raise BadCases(f"測試集「{path}」沒有任何題目；每行應是一題的 JSON 物件。")
    return cases


def _cases(text: str, name: str) -> Iterator[Case]:
    seen: dict[str, int] = {}
    for number, line in enumerate(text.split("\n"), start=1):
        if not line.strip() or line.lstrip().startswith("#"):
            continue
        where = f"測試集「{name}」第 {number} 行"
        case = parse(line, where)
        if case.id in seen:
            raise BadCases(
                f"{where}，欄位「id」：「{case.id}」與第 {seen[case.id]} 行重複，請改用不同的編號。"
            )
        seen[case.id] = number
        yield case


def parse(line: str, where: str) -> Case:
    """One line as a case; `where` opens the sentence if it is wrong."""
    try:
        row = json.loads(line)
    except json.JSONDecodeError as exc:
        raise BadCases(f"{where}：不是正確的 JSON（第 {exc.colno} 字附近），應是一個完整的物件。") from exc
    if not isinstance(row, dict):
        raise BadCases(f"{where}：應是一個 JSON 物件（以大括號包起），實際是 {_short(row)}。")
    for field in REQUIRED:
        if field not in row:
            raise BadCases(f"{where}：缺少欄位「{field}」，請補上。")
    unknown = [field for field in row if field not in READERS]
    if unknown:
        known = "、".join(field.name for field in fields(Case))
        raise BadCases(f"{where}：不認識欄位「{unknown[0]}」；可用的欄位是 {known}。")
    return _checked(Case(**{field: _read(field, value, where) for field, value in row.items()}), where)


def _read(field: str, value: Any, where: str) -> Any:
    try:
        return READERS[field](value)
    except ValueError as exc:
        raise BadCases(f"{where}，欄位「{field}」：{exc}，實際是 {_short(value)}。") from exc


def _checked(case: Case, where: str) -> Case:
    if not case.answerable and case.must_include:
        raise BadCases(
            f"{where}，欄位「must_include」：answerable 為 false 的題目不應有必含的事實，請清空或改為 true。"
        )
    return case


def _short(value: Any) -> str:
    shown = json.dumps(value, ensure_ascii=False)
    return shown if len(shown) <= 40 else shown[:40] + "…"
