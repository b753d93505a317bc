"""The tables of wording: each row is met by what it is for and not by its neighbour."""

from __future__ import annotations

import pytest
from wired import cues

from assistant.cues import Cues
from assistant.terms import plain
from index.tokenise import fold

# Name of the row, a question that asks for it, a sentence that gives it, one that does not.
WANTED = [
    ("money", "這趟花了多少錢？", "補助每戶新臺幣 3,000 元。", "補助三千戶居民。"),
    ("money", "How much did the trip cost?", "經費為 3.5 億元。", "經費由中央補助。"),
    ("money", "一套單價多少？", "每套 3,000 元。", "每套三件。"),
    ("charge", "要不要收費？", "進場免費。", "進場踴躍。"),
    ("hotel", "住在哪間飯店？", "當晚入住海景大飯店。", "當晚休息。"),
    ("flight", "搭哪個航班去？", "搭乘 BR215 班機。", "搭乘電車。"),
    ("contact", "主辦單位的電話是幾號？", "電話 02-2960-3456。", "由秘書處承辦。"),
    ("time", "會議幾點開始？", "上午十點開始。", "上午開始。"),
    ("year", "論壇哪一年成立？", "於 2001 年創立。", "創立已久。"),
    ("date", "何時簽署？", "於 5 月 20 日簽署。", "雙方簽署。"),
    ("percent", "失效的百分比？", "其中 40% 失效。", "其中多數失效。"),
    ("count", "有多少人參加？", "共有 42 名學員。", "學員踴躍。"),
    ("person", "由誰主持？", "由羅文佑副局長主持。", "會場座無虛席。"),
    ("reason", "為什麼失效？", "因沒有維護經費而失效。", "後來失效。"),
    ("theme", "演講的題目是什麼？", "以「把雨水留在城市」為題。", "演講長達一小時。"),
    ("place", "在哪裡舉行？", "於國家展覽中心舉行。", "盛大舉行。"),
    ("speech", "他說了什麼？", "他強調節水。", "他步出會場。"),
    ("speech", "致詞的重點是什麼？", "她指出水價偏低。", "她蒞臨致詞。"),
    ("status", "這些建議有沒有落實？", "第一項已完成。", "第一項值得重視。"),
    ("definition", "世界水論壇是什麼？", "是每三年一次的水資源會議之一。", "會場座無虛席。"),
    ("travel", "有沒有去過札幌？", "代表團前往札幌。", "札幌盛產啤酒。"),
    ("company", "溫室的包商是哪一家？", "由範例營造承攬。", "由水利局主辦。"),
    ("named", "局長的全名是什麼？", "由羅文佑副局長主持。", "由羅副局長主持。"),
    ("members", "團員有誰？", "代表團由局長及科長組成。", "會場座無虛席。"),
]


def row(name):
    return next(wanted for wanted in cues().wanted if wanted.name == name)


def test_every_wanted_row_is_tried():
    assert {name for name, *_ in WANTED} == {wanted.name for wanted in cues().wanted}


@pytest.mark.parametrize(("name", "asks", "gives", "lacks"), WANTED)
def test_wanted_things(name, asks, gives, lacks):
    wanted = row(name)
    assert wanted.pattern.search(fold(asks))
    assert wanted.evidence.search(plain(gives))
    assert not wanted.evidence.search(plain(lacks))


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("money", "多少人參加"),
        ("hotel", "在哪裡開會"),
        ("flight", "搭電車要多久"),
        ("time", "有哪幾點建議"),
        ("date", "為何簽署"),
        ("person", "為何主持"),
        ("reason", "由誰主持"),
        ("status", "有哪些建議"),
    ],
)
def test_what_does_not_ask_for_a_thing(name, text):
    assert not row(name).pattern.search(fold(text))


def test_every_wanted_row_has_words_to_show():
    assert all(wanted.zh and fold(wanted.zh) for wanted in cues().wanted)


@pytest.mark.parametrize(
    ("asks", "gives", "lacks"),
    [
        ("有多少人獲救？", "320 名師生獲救。", "獲救者分為 3 批。"),
        ("有幾國參加？", "共 164 國參加。", "共 164 人參加。"),
        ("有多少城市簽署？", "共 12 個城市簽署。", "共 12 頁。"),
        ("補助幾家廠商？", "補助五家廠商。", "補助五萬元。"),
        ("活動有幾天？", "為期三天。", "共有三場。"),
        ("隧道多深？", "深達地下 50 公尺。", "深受肯定。"),
        ("how many countries took part", "共 164 國參加。", "共 164 人參加。"),
    ],
)
def test_a_count_is_met_by_its_own_unit(asks, gives, lacks):
    units = [unit for unit in cues().units if unit.pattern.search(fold(asks))]
    assert units
    assert any(unit.evidence.search(plain(gives)) for unit in units)
    assert not any(unit.evidence.search(plain(lacks)) for unit in units)


@pytest.mark.parametrize(
    ("flag", "text", "expected"),
    [
        ("ours", "我們學到什麼", True),
        ("ours", "did our city take part", True),
        ("ours", "because of the bus", False),
        ("ellipsis", "那建議呢？", True),
        ("ellipsis", "what about the recommendations", True),
        ("ellipsis", "仙台的建議", False),
        ("pointing", "那場有多少人", True),
        ("pointing", "who chaired it", True),
        ("pointing", "仙台的建議", False),
        ("person", "他講了什麼", True),
        ("person", "其他城市", False),
        ("person", "他們講了什麼", False),
        ("person", "what did she say", True),
        ("person", "the fisher", False),
        ("all_trips", "歷年去過哪裡", True),
        ("all_trips", "仙台的建議", False),
    ],
)
def test_flags(flag, text, expected):
    assert bool(getattr(cues(), flag).search(fold(text))) is expected


TABLE = """
[[chapter]]
name = "budget"
kinds = ["other"]
ask = ['預算', 'budgets?']
[[kind]]
kind = "list"
ask = ['哪些']
[[wanted]]
name = "money"
zh = "金額"
strict = true
ask = ['多少']
give = ['{number}元']
[[unit]]
ask = ['幾人']
give = ['{number}人']
[[document]]
doc_type = "news"
ask = ['新聞']
[parts]
number = '[0-9]+'
[flags]
all_trips = ['歷年']
ours = ['我們']
asks_before = ["x"]
plans_ahead = ["x"]
ahead_topic = ["x"]
ellipsis = ['呢$']
pointing = ['那次']
person = ['他']
"""


def test_a_table_is_a_file_with_parts_filled_in_and_folded(tmp_path):
    path = tmp_path / "cues.toml"
    path.write_text(TABLE, encoding="utf-8")
    table = Cues.load(path)
    assert table.chapters[0].pattern.search(fold("预算")) and table.chapters[0].kinds == ("other",)
    assert table.wanted[0].evidence.search(fold("３０元")) and not table.wanted[0].evidence.search("元")
    assert table.wanted[0].strict and not table.wanted[0].keep
    assert table.units[0].evidence.search("12人")
    assert table.documents[0].doc_type == "news"


@pytest.mark.parametrize(
    ("asks", "gives", "lacks"),
    [
        ("一年用掉多少公噸？", "全年 3.5 公噸。", "全年 350 校。"),
        ("攤位的面積多大？", "占地 36 平方公尺。", "設 36 個攤位。"),
        ("燒掉幾棟？", "燒毀 240 棟房屋。", "死亡 240 人。"),
        ("要等多少分鐘？", "約 40 分鐘。", "約 40 人。"),
        ("電視牆有多寬？", "寬 12 公尺。", "共 12 面。"),
    ],
)
def test_a_figure_must_be_of_the_kind_that_is_counted(asks, gives, lacks):
    units = [unit for unit in cues().units if unit.pattern.search(fold(asks))]
    assert any(unit.evidence.search(plain(gives)) for unit in units)
    assert not any(unit.evidence.search(plain(lacks)) for unit in units)
