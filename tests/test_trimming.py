"""Sentences cut where a clause ends, never where that would turn or break them, and the fit to a length."""

from __future__ import annotations

import pytest

from assistant.draft import DraftSentence
from assistant.frames import Frames
from assistant.trimming import Borders, fill, forms_of

CUES = Frames.load().cues
BORDERS = Borders(CUES.binds, CUES.dangling)


@pytest.mark.parametrize(
    ("text", "forms"),
    [
        (
            "該館三層樓中只有一層放書，其餘為工作室與會議室，每日平均進館八千人次。",
            (
                "該館三層樓中只有一層放書，其餘為工作室與會議室，每日平均進館八千人次。",
                "該館三層樓中只有一層放書，其餘為工作室與會議室。",
            ),
        ),
        # Cut before 但 it would say the opposite.
        ("感測器兩年內裝了三千具並且全部上線，但四成因為沒有維護而停用。",) * 2,
        ("雖然家長一開始都反對封閉學校門口的道路，一年後有八成支持。",) * 2,
        ("處長說明全市的避難所都改由居民保管「鑰匙，帳冊，物資」三樣東西。",) * 2,
    ],
)
def test_forms_of_a_sentence(text: str, forms: tuple[str, ...] | str) -> None:
    assert forms_of(text, BORDERS) == ((forms,) if isinstance(forms, str) else forms)


def test_the_fit_prefers_first_forms_within_the_length() -> None:
    long, short = DraftSentence("甲" * 90, "observation"), DraftSentence("乙" * 30, "observation")
    assert fill([[long, short], [long, short]], 100, 130, (2, 2)) == (long, short)
    assert fill([[long, None], [short]], 20, 40, (1, 2)) == (short,)
    assert fill([[short]], 100, 130, (2, 3)) == (short,)
