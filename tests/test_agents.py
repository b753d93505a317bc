"""Who does a thing, where 由 or 被 says it."""

from __future__ import annotations

from dataclasses import replace

import pytest
from cited import PROCESS, aligner

from assistant.agents import other_doers
from assistant.synonyms import Synonyms

TREES = replace(
    PROCESS, text="行道樹由志工逐街量測，再由市府補償。國中生由各校分批預約，閘門由電腦自動關閉。"
)


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("行道樹由專業人員逐街量測。", [("专业人员", "志工")]),
        ("損失由民間公司補償。", [("民间公司", "市府")]),
        ("行道樹由義工逐街量測。", []),
        ("學生由學校分批預約。", []),
        ("行道樹由志工逐街量測。", []),
        ("自由開放，由此可知。", []),
        ("Trees are measured by experts.", []),
    ],
)
def test_another_doer_of_the_same_deed(sentence: str, expected: list[tuple[str, str]]) -> None:
    assert list(other_doers(aligner(sentence, TREES), Synonyms.load())) == expected
