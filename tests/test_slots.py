"""What a question wants, and where a sentence holds something of that kind."""

from __future__ import annotations

import pytest

from assistant.slots import candidates, kinds_wanted
from assistant.terms import plain
from index.tokenise import Tokeniser

TOKENISER = Tokeniser.open()


@pytest.mark.parametrize(
    ("question", "names", "text", "found"),
    [
        ("論壇何時開幕？", ["day"], "論壇於2020年2月8日開幕，2月13日閉幕。", ["2020年2月8日", "2月13日"]),
        ("這座橋哪一年完工？", ["year"], "大橋於民國九十八年動工，2012年完工。", ["民国九十八年", "2012年"]),
        ("隧道多長？", ["length"], "隧道全長4.5公里，深50公尺，耗資3億元。", ["4.5公里", "50公尺"]),
        ("失業率是多少？", ["percent"], "失業率降至3.7%，人數為43萬人。", ["3.7%"]),
        ("全票多少錢？", ["money"], "全票250元，半票100元。", ["250元", "100元"]),
        ("共有幾座公園？", ["count"], "全市有8座公園和12條步道。", ["8座"]),
        ("死亡人數是多少？", ["people"], "事故造成12人死亡，14輛車受損。", ["12人"]),
        ("大會的主題是什麼？", ["name"], "大會以「機會之城」為主題。", ["「机会之城」"]),
        ("這部電影的導演是誰？", ["person"], "導演林書宇說明拍攝經過。", ["林书宇"]),
        ("活動在哪裡舉行？", ["place"], "活動於5月在成都舉行。", ["成都"]),
        ("地震的震級？", ["magnitude"], "地震規模6.1級，深度17公里。", ["6.1级"]),
        ("為什麼要改建？", [], "因為老舊，2010年改建。", []),
    ],
)
def test_kinds_and_candidates(question, names, text, found):
    asked, told = plain(question), plain(text)
    kinds = kinds_wanted(asked)
    assert [kind.name for kind in kinds] == names
    spans = candidates(told, asked, kinds, TOKENISER.tagged(told))
    assert [told[start:end] for start, end in spans] == found


def test_what_the_question_says_is_no_candidate():
    asked = plain("2021年的票房是多少元？")
    told = plain("2021年的票房為472.58億元。")
    kinds = kinds_wanted(asked)
    assert [told[a:b] for a, b in candidates(told, asked, kinds, TOKENISER.tagged(told))] == ["472.58亿元"]
