"""What no passage says at all, and what it says in another form."""

from __future__ import annotations

import pytest
from cited import PROCESS, verifier

from assistant.unfounded import unfounded


def values(sentence: str) -> list[tuple[str, str]]:
    claims, field = verifier().read(sentence, [PROCESS])
    return [(finding.kind, finding.value) for finding in unfounded(claims, field)]


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("每晚 8 班。", [("number", "8")]),
        ("113 年 6 月續談。", [("date", "113 年 6 月")]),
        ("2015 年起試辦。", [("date", "2015 年")]),
        ("拜會仙台市。", [("name", "仙台市")]),
        ("由陳大文課長接待。", [("name", "陳大文")]),
        ("由陳課長接待。", [("name", "陳課長")]),
        ("建議觀光局辦理。", [("name", "觀光局")]),
        ("使用 Decidim 平臺。", [("name", "Decidim")]),
        ("稱為「永遠的雪國列車」。", [("quote", "永遠的雪國列車")]),
    ],
)
def test_values_that_are_nowhere(sentence: str, expected: list[tuple[str, str]]) -> None:
    assert values(sentence) == expected


@pytest.mark.parametrize(
    "sentence",
    [
        "六班",
        "12,400 人",
        "約 1.2 萬人",
        "2019 年 ",
        "108 年",
        "5 月",
        "松井課長",
        "札幌",
        "日本",
        "1 月 16 日",
        "範例市",
        "Sapporo",
    ],
)
def test_other_forms_are_founded(sentence: str) -> None:
    assert values(sentence) == []
