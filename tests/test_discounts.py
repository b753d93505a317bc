"""What is taken off the score of covers, captions and lines on the journey."""

from __future__ import annotations

import pytest

from assistant.discounts import CAPTION_SHARE, COVER_SHARE, ELSEWHERE_SHARE, TRANSIT_SHARE, Standing, discount
from assistant.terms import plain

PLAIN = Standing(on_cover=False, elsewhere=False)
COVER = Standing(on_cover=True, elsewhere=False)


@pytest.mark.parametrize(
    ("text", "standing", "asked", "is_met", "share"),
    [
        ("抽水站每日供水 38 萬噸。", PLAIN, set(), True, 1.0),
        ("類別：考察", COVER, set(), False, COVER_SHARE),
        ("出國期間：113年4月14日", COVER, {"date"}, False, 1.0),
        ("圖 2 抽水站", PLAIN, set(), True, CAPTION_SHARE),
        ("搭機返國，21日傍晚抵臺。", PLAIN, set(), False, TRANSIT_SHARE),
        ("搭機返國，21日傍晚抵臺。", PLAIN, set(), True, 1.0),
        ("搭機返國，21日傍晚抵臺。", PLAIN, {"time"}, False, 1.0),
        ("自桃園出發，下午抵達。", PLAIN, set(), False, TRANSIT_SHARE),
        ("里民自己量測行道樹。", Standing(on_cover=False, elsewhere=True), set(), True, ELSEWHERE_SHARE),
    ],
)
def test_what_a_line_keeps_of_its_score(text, standing, asked, is_met, share):
    assert discount(plain(text), standing, asked, is_met=is_met) == pytest.approx(share)
