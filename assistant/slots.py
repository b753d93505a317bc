"""The kinds of thing that a question may want, and where a text holds one of them.

Tables over folded text: `kinds_wanted` reads the wording of a question, `candidates` finds what in a
sentence could be the answer. Knows no archive, no score, and nothing of whether the answer is right.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

_NUMBER = r"(?:\d[\d.]*|[一二两三四五六七八九十百千]+)"
_SCALE = r"(?:多|余)?(?:万亿|千万|百万|亿|万|千|百)?(?:多|余)?"
_MONTH_DAY = r"\d{1,2}月(?:\d{1,2}(?:日|号)?)?"
_DAY = r"(?:\d{2,4}年)?" + _MONTH_DAY + r"|\d{4}[-/.]\d{1,2}[-/.]\d{1,2}|(?<!\d)\d{1,2}(?:日|号)(?!线)"
_YEAR = (
    r"(?<!\d)(?:1[5-9]|20)\d\d年?(?!\d)|(?:公元前?|民国|西元前?)[\d〇零一二三四五六七八九十百]{1,5}年?|"
    r"[〇零一二三四五六七八九]{4}年|\d{2,4}年"
)
_PERSON = r"[一-鿿]{1,8}[·・‧•*][一-鿿·・‧•]{1,12}|(?<![a-z])[a-z][a-z'.]+(?: [a-z][a-z'.]+)+"
_PLACE = (
    r"[一-鿿]{2,6}?(?:市|县|州|区|镇|乡|村|岛|湖|港|湾|寺|宫|馆|厅|中心|大学|广场|车站|机场|公园|体育场|剧院)"
)
_QUOTED = r"《[^》]{1,40}》|「[^」]{1,40}」|『[^』]{1,40}』|“[^”]{1,40}”|\"[^\"]{1,40}\"|‘[^’]{1,40}’"
_RANK = (
    r"冠军|亚军|季军|殿军|金牌|银牌|铜牌|第[一二三四五六七八九十\d]+(?:名|位)?|[一二四八]强|\d{1,2}强|半决赛|决赛|"
    r"首轮|出局|夺冠|止步|晋级|小组"
)


@dataclass(frozen=True)
class Kind:
    """A kind of thing: `ask` is the wording that wants it, `give` what one looks like."""

    name: str
    ask: re.Pattern[str]
    give: re.Pattern[str]
    classes: tuple[str, ...] = ()


def _counted(units: str) -> str:
    return _NUMBER + _SCALE + f"(?:{units})"


_ROWS: tuple[tuple[str, str, str], ...] = (
    (
        "day",
        r"何时|(?<!用)时间|日期|哪(?:一)?天|什么时候|几月|几号|几时|何日|起讫|哪个?月|生日|首播|开赛|上映$",
        _DAY,
    ),
    (
        "year",
        r"哪一?年|何年|年份|西元几|几年(?=.{0,6}(?:成立|创|举|开|发|加入|建|即位|出生|逝))|年代|世纪",
        _YEAR + r"|\d+年代|[\d一二十]+世纪",
    ),
    (
        "duration",
        r"多久|多长时间|几(?:天|年|个月|小时|分钟|个?星期|周|秒)|多少(?:天|年|个月|小时|分钟)",
        _counted("天|日|年|个?月|小时|分钟|秒|周|个?星期|个?世纪"),
    ),
    (
        "percent",
        r"百分|比例|比率|占比|增长率|增[长幅]|上涨|下降|涨幅|准确率|出生率|死亡率|[一-鿿]{2}率|几成",
        r"\d[\d.]*(?:%|‰|个百分点|成|倍)|百分之|" + _NUMBER + "分之|千分之",
    ),
    (
        "people",
        r"多少(?:名|位|个)?(?:人|志愿者|运动员|学生|会员|员工)|几(?:名|位|个)?人|人数|人口|(?:死亡|遇难|伤亡|志愿者|运动员|网民)[^,]{0,4}(?:数|规模|多少)|就业|吞吐量|客发送量",
        _counted("人次|人|名|位|例|户"),
    ),
    (
        "money",
        r"票房|营收|收入|投资|金额|多少(?:钱|元|美元)|价格|奖金|赔偿|经费|费用|售价|预算|总额|利润|市值|gdp总",
        _counted(
            "元|美元|欧元|英镑|日元|日圆|韩元|港元|港币|卢比|卢布|法郎|马克|人民币|美金|块|兹罗提|镑|两|亿|万"
        ),
    ),
    (
        "length",
        r"多[长高深远宽]|长度|高度|深度|海拔|几(?:公里|米)|多少(?:公里|米|公尺)|距离",
        _counted("公里|千米|米|公尺|厘米|公分|英里|英尺|尺|里|km|m|海里"),
    ),
    ("weight", r"产量|多重|重量|多少(?:吨|公斤|斤)", _counted("吨|公吨|公斤|斤|千克|克|kg|磅")),
    ("area", r"面积|多大|占地", _counted("平方公里|平方千米|平方米|平方公尺|公顷|亩|坪|km2|m2|岁|英亩")),
    ("vehicles", r"销量|交付量|出口量|多少(?:辆|台|部|架)", _counted("辆|台|部|架|艘|只") + r"|\d{5,}"),
    ("magnitude", r"震级|几级|多少级", r"\d[\d.]*级|\d\.\d(?!\d)"),
    ("degree", r"温度|气温|几度|多少度", _counted("度|℃|°c|°")),
    ("age", r"几岁|年龄|多少岁|享年", _counted("岁")),
    (
        "person",
        r"谁|哪(?:一)?(?:位|个人)|何人|导演|主演|演员|得主|作者|编剧|饰演|女主|男主|姓名|主创|父亲|母亲|妻子|(?:冠军|首相|总统|总理|市长|教练|校长|创办人|创始人|皇帝|国王|选手|球员)(?:是|为|叫|\?|$)",
        _PERSON,
    ),
    (
        "place",
        r"哪里|何处|何地|在哪|哪(?:一)?个?(?:城市|国家|国|市|地方|省|县|州|岛|洲|区|场馆)|地点|举办地|位于|出生地|首都|首府",
        _PLACE,
    ),
    ("rank", r"成绩|名次|第几|冠军|亚军|季军|结果|判决|排名", _RANK + r"|[一-鿿a-z]{2,8}队|死刑|无期"),
    (
        "name",
        r"叫什么|名称|名字|主题|吉祥物|全称|什么奖|作品|词汇|题目|书名|称为|称作|别名|绰号|译名|口号",
        _QUOTED + r"|[a-z][a-z0-9]{2,}",
    ),
    (
        "group",
        r"哪(?:一)?(?:支|家|个)(?:球队|队|公司|组织|机构|学校|大学|企业|政党|平台|乐队)|球队|队伍|平台",
        r"[一-鿿a-z]{2,10}(?:队|公司|集团|组织|协会|大学|学校|党|局|部|会|站|平台|乐团)",
    ),
)
_CLASSES = {
    "person": ("nr",),
    "place": ("ns", "nt"),
    "group": ("nt", "ns", "nz"),
    "rank": ("nr", "ns"),
    "name": ("nz",),
}
KINDS = tuple(
    Kind(name, re.compile(ask), re.compile(give), _CLASSES.get(name, ())) for name, ask, give in _ROWS
)
_COUNTED = re.compile(
    r"(?:多少|几)([个名位次国项家场届座处间件份篇条组校所倍层楼点大种辆艘支枚张片道集部首本票席门])"
)
_HOW_MANY = re.compile(r"多少|几[一-鿿]|数量|总数|总量|人气|议席|席位")
_ANY_NUMBER = re.compile(_NUMBER + r"[一-鿿%‰]?")
_HAN_OR_LATIN = re.compile(r"[一-鿿a-z0-9]")
MOST = 24


def kinds_wanted(question: str) -> tuple[Kind, ...]:
    """The kinds of thing that a folded question wants; empty where it does not say."""
    found = [kind for kind in KINDS if kind.ask.search(question)]
    if counted := _COUNTED.search(question):
        found.append(Kind("count", _COUNTED, re.compile(_NUMBER + _SCALE + counted[1])))
    elif _HOW_MANY.search(question) and not found:
        found.append(Kind("number", _HOW_MANY, _ANY_NUMBER))
    return tuple(found)


def candidates(
    text: str, question: str, kinds: tuple[Kind, ...], words: list[tuple[str, str]]
) -> tuple[tuple[int, int], ...]:
    """Spans of folded `text` that could be what is wanted: of a kind, and not said by the question.

    `words` are those of the text, with their classes.
    """
    spans: dict[tuple[int, int], None] = {}
    classes = tuple(c for kind in kinds for c in kind.classes)
    if classes:
        start = 0
        for word, tag in words:
            if tag.startswith(classes) and len(word) > 1 and word not in question:
                spans[(start, start + len(word))] = None
            start += len(word)
    for kind in kinds:
        for found in kind.give.finditer(text):
            if found[0] not in question and _HAN_OR_LATIN.search(found[0]):
                spans[found.span()] = None
    return tuple(spans)[:MOST]
