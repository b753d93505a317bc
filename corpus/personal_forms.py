"""How personal data are written in Taiwan: patterns over text in half width, and the words before them.

Knows the forms only; what else must hold, and which form goes first, is `corpus.personal_data`'s table.
"""

from __future__ import annotations

import re

from corpus.date_forms import MONTH_NAMES
from corpus.numerals import NUMERAL_CHARS


def _compile(*parts: str) -> re.Pattern[str]:
    return re.compile("".join(parts), re.I | re.A)


_ALONE = r"(?<![0-9A-Z])"
_END = r"(?![0-9A-Z])"
_GAP = r"(?: ?[-.] ?| )?"
# "123456789 人" is a count whatever stands before it; 人事室, 戶名 and 臺北 may well follow a number.
_NO_COUNT = (
    r"(?! ?(?:元|%|人(?![事員資力工])|次(?!長)|筆|件|份|萬(?![里華])|億|[美歐]元|日圓|通(?![訊知報過])|票"
    r"|戶(?![名政籍])|平方|公?噸|株|支(?![援付])|[台臺](?![北中南東灣])))"
)

# Web addresses and DOIs; where an @ follows, the rest of the forms may look inside.
WEB_ADDRESS = _compile(r"(?:https?://|\bwww\.|\b10\.[0-9]{4,9}/)[!#$%&*+./0-9:=?A-Z\\^_`{|}~-]++(?!@)")
ISBN = _compile(_ALONE, r"97[89](?:[ -]?[0-9]){9}[ -]?[0-9X]", _END)
DOCUMENT_NUMBER = _compile(r"第 ?[0-9]{4,12}(?:-[0-9])? ?號")
# 21 to 26 may number a list, so a latitude is one by its mark or its longitude only.
COORDINATES = _compile(
    r"(?<![0-9.])(?:(?:0|1[12][0-9])\.[0-9]{4,}+(?:[ ,、/]{1,3}2[1-6]\.[0-9]{4,}+)?"
    r"|2[1-6]\.[0-9]{4,}+(?= ?[°度N]|[ ,、/]{1,3}1[12][0-9]\.[0-9]{4}))"
)

_MAIL_CHAR = r"[A-Z0-9._%+-]"
_AT = r"(?:@| @ | ?[\[({] ?(?:at|@) ?[\])}] ?)"
_DOT = r"(?:\.| ?[\[({] ?dot ?[\])}] ?)"
EMAIL = _compile(
    rf"(?<!{_MAIL_CHAR}){_MAIL_CHAR}++{_AT}(?:[A-Z0-9-]{{1,63}}{_DOT}){{1,8}}",
    r"(?!(?:png|jpe?g|gif|svg|webp)\b)[A-Z]{2,24}",
)


def _id_form(sex: str) -> re.Pattern[str]:
    """A letter and nine digits: together, in threes, or in the cells of a form."""
    joined = rf"[ -]?{sex}[0-9]{{8}}"
    threes = rf"[ -]?{sex}[0-9]{{2}}-[0-9]{{3}}-[0-9]{{3}}"
    return _compile(_ALONE, rf"[A-Z](?:{joined}|{threes}| ?{sex}(?: ?[0-9]){{8}})", _END)


NATIONAL_ID = _id_form("[12]")
RESIDENT_ID = _id_form("[89]")
# Given out until 2021, and still on many papers.
OLD_RESIDENT_ID = _compile(_ALONE, r"[A-Z][A-D][0-9]{8}", _END)

_NINE_DIGITS = r"(?<![0-9A-Z-])[0-9]{9}(?![0-9A-Z-])"
_PASSPORT = r"(?:護照|passport)"
PASSPORT = _compile(_NINE_DIGITS, _NO_COUNT)
PASSPORT_BEFORE_ITS_NAME = _compile(_NINE_DIGITS, rf"(?= ?\(?{_PASSPORT})")
FOREIGN_PASSPORT = _compile(_ALONE, r"[A-Z]{1,2}[0-9]{7,8}", _END)
BY_PASSPORT = _compile(_PASSPORT)
AFTER_PASSPORT = _compile(_PASSPORT, r"(?:號碼|編號|no|number|為|是|[ #:.|()])*$")

ACCOUNT = _compile(r"(?<![0-9A-Z.-])[0-9](?:[ -]?[0-9]){9,15}(?![0-9A-Z:]|[.,-][0-9])", _NO_COUNT)
BY_ACCOUNT = _compile(r"(?:[帳賬][號戶]|account|存摺|匯款)[^。]{0,30}$")

PLATE = _compile(
    r"(?<![0-9A-Z-])(?:[A-Z]{3}[ -]?[0-9]{3,4}|[A-Z]{2}[ -]?[0-9]{4}|[0-9]{4}[ -]?[A-Z]{2}"
    r"|[0-9]{3}[ -]?[A-Z]{3}|(?:[A-Z][0-9]|[0-9][A-Z])[ -]?[0-9]{4})(?![0-9A-Z-])"
)
BY_PLATE = _compile(r"(?:車牌|(?<![公列])車號|牌照)(?!辨識|識別|偵測)[^。\n]{0,12}$")

_CN = f"[{NUMERAL_CHARS}]"
_MONTH_OR_DAY = rf"(?:[0-9]{{1,2}}|{_CN}{{1,3}})"
_DAY = (
    rf"(?<![0-9])(?:(?:民國|西元) ?)?(?P<year>[0-9]{{2,4}}|{_CN}{{2,7}}) ?[年/.-] ?"
    rf"(?P<month>{_MONTH_OR_DAY}) ?[月/.-] ?(?P<day>{_MONTH_OR_DAY})(?![0-9])(?: ?[日號])?"
)
_ORDINAL = r"(?:st|nd|rd|th)?"
DAY = _compile(_DAY)
DAY_BEFORE_BORN = _compile(_DAY, r"(?= ?(?:出生|生(?:$|[,。、;)\s])))")
# 19760302, 0650302 and 650302
SOLID_DAY = _compile(
    r"(?<![0-9])(?:(?:19|20)[0-9]{2}|0?[0-9]{2}|1[01][0-9])(?:0[1-9]|1[0-2])"
    r"(?:0[1-9]|[12][0-9]|3[01])(?![0-9])"
)
ENGLISH_DAY = _compile(
    rf"(?<![0-9])(?:[0-3]?[0-9]{_ORDINAL} (?:{MONTH_NAMES})\.?,? ?[0-9]{{4}}",
    rf"|(?:{MONTH_NAMES})\.? [0-3]?[0-9]{_ORDINAL},? [0-9]{{4}}|[0-9]{{1,2}}/[0-9]{{1,2}}/[0-9]{{4}})",
    r"(?![0-9])",
)
# 生於 is a birth unless a word like 學生, 先生 or 發生 ends before 於.
_IS_BORN = (
    r"(?<![學先誕發產衍滋孳寄叢究習讀業醫師士考衛民僑陸原男女新換])(?<![國高]中)(?<!國小)生於"
    r"|出生|(?<!衛)生日|date of birth|birth ?da(?:te|y)|\bDOB|\bborn"
)
AFTER_BORN = _compile(rf"(?:{_IS_BORN})(?:年月日|日期|日|於|在|為|是|on|[ :.|()])*$")
UNDER_BORN = _compile(r"(?:出生|生日|date of birth|birth ?date|\bDOB)[^0-9\0。\n]*\n")

_TAIWAN = r"(?:\(\+? ?886\)|(?:\+ ?|00[29]?[ -]?)?886)"
_NO_FREE_CALL = r"(?!080[09])"
_NO_YEARS = r"(?!(?:19|20)[0-9]{2} ?- ?(?:19|20)[0-9]{2}(?![0-9]))"
_LOCAL = rf"(?P<local>{_NO_YEARS}[0-9]{{2,4}}(?: ?- ?| )?[0-9]{{2,5}})(?![0-9]|-[0-9])"
_EXTENSION = r" ?(?:#|分機|轉|ext\.?) ?[0-9]{1,6}"
_MAY_EXTEND = rf"(?:{_EXTENSION})?"
MOBILE = _compile(
    _ALONE,
    rf"(?:(?:\(09[0-9]{{2}}\)|09[0-9]{{2}}){_GAP}[0-9]{{3}}{_GAP}[0-9]{{3}}|09[0-9]{{2}}(?:{_GAP}[0-9]{{2}}){{3}}",
    rf"|(?:\(09\)|09){_GAP}{_NO_YEARS}[0-9]{{4}}{_GAP}[0-9]{{4}}|09[0-9]{_GAP}[0-9]{{3}}{_GAP}[0-9]{{4}})(?!-?[0-9])",
)
MOBILE_FROM_ABROAD = _compile(_ALONE, _TAIWAN, _GAP, r"(?:\(0\)|0)?", _GAP, r"9(?:[ .-]?[0-9]){8}(?![0-9])")
LOOSE_MOBILE = _compile(r"(?<![0-9])09(?:[ ()-]{0,2}[0-9]){8}(?![0-9])")
PHONE = _compile(_ALONE, r"\(?", _NO_FREE_CALL, r"(?P<area>0[2-8][0-9]{0,2})\) ?-? ?", _LOCAL, _MAY_EXTEND)
DASHED_PHONE = _compile(
    r"(?<![0-9A-Z])(?<![0-9]-)",
    _NO_FREE_CALL,
    r"(?P<area>0[2-8][0-9]{0,2}) ?- ?(?!20[0-9]{2}[ -])",
    _LOCAL,
    _MAY_EXTEND,
)
PHONE_FROM_ABROAD = _compile(
    _ALONE,
    _TAIWAN,
    r"[ -]*(?:\(0\)|\()?[ -]*(?P<area>0?[2-8][0-9]{0,2})[ )-]+",
    _LOCAL,
    _MAY_EXTEND,
)
FOREIGN_PHONE = _compile(
    _ALONE,
    r"(?P<number>\+ ?[1-9](?:[ ()-]{0,2}[0-9]){8,14}|\+[1-9][0-9]{0,2}(?:\.[0-9]{1,4}){3,5}"
    r"|00[1-9][0-9]{0,2}-[0-9](?:[ ()-]{0,2}[0-9]){6,12})(?![0-9]|[.,][0-9])",
    _NO_COUNT,
    _MAY_EXTEND,
)
EXTENDED_PHONE = _compile(_ALONE, r"[0-9]{3,4}-[0-9]{4}", _EXTENSION)
LOOSE_PHONE = _compile(
    r"(?<![0-9.,])",
    _NO_FREE_CALL,
    _NO_YEARS,
    rf"(?:\(?0[1-9][0-9]{{0,2}}\)?{_GAP}[0-9]{{3,4}}{_GAP}[0-9]{{2,4}}|[2-9][0-9]{{2,3}}[ -][0-9]{{4}}",
    r"|\(?[0-9]{2,4}\)?[ -][0-9]{3,4}[ -][0-9]{3,4}",
    rf"|[0-9]{{7,11}}(?![0-9]){_NO_COUNT})(?![0-9]|[-.,:][0-9])",
    _MAY_EXTEND,
)
# Between 電話 and its number may stand "(公)", "號碼：", and the numbers before it in a list.
AFTER_PHONE = _compile(
    r"(?:電話|市話|專線|傳真|手機|行動|聯絡|連絡|熱線|撥打?|致電|來電",
    r"|(?<![A-Z])(?:tel|telephone|phone|mobile|cell|fax))",
    r"(?:號碼|分機|轉|或|及|no|ext|公|宅|家|日|夜|辦|為|是|請撥|、|[0-9 :.()/,;#|\0-])*$",
)

_NUMBER = rf"(?:[0-9]{{1,4}}|{_CN}{{1,5}})"
_CJK = r"[\u4e00-\u9fff]"
# The name of a district or road in prose starts after these: 位於, 住在, 前往.
_NAME_CHAR = r"(?:(?![在於至到往住址送依是為的第])[\u4e00-\u9fff])"
_COUNTY = (
    r"(?:(?:[臺台][北中南]|新北|桃園|高雄|基隆|新竹|嘉義)市"
    r"|(?:[臺台][北中南東]|桃園|新竹|苗栗|彰化|南投|雲林|嘉義|屏東|宜蘭|花蓮|澎湖|金門|連江|高雄)縣)"
)
_DISTRICT = rf"(?:(?:(?!{_COUNTY}){_NAME_CHAR}){{1,3}}[省市縣區鄉鎮] ?)"
_PLACE = rf"(?:{_COUNTY} ?{_DISTRICT}{{0,2}}|{_DISTRICT}{{1,3}})"
_VILLAGE = rf"(?:{_CJK}{{1,4}}?[村里](?: ?{_NUMBER} ?鄰)? ?)"
_ROAD_END = r"(?:(?<![道鐵網線電])路|街|大道)"
_SECTION = rf"(?: ?{_NUMBER} ?段)"
_LANES = rf"(?: ?{_NUMBER} ?巷)?(?: ?{_NUMBER} ?弄)?"
_HOUSE = (
    rf" ?[臨附]?{_NUMBER}(?: ?[-之、] ?{_NUMBER}){{0,3}} ?[號号]"
    r"(?! ?(?:公車|出口|入口|匝道|決議|線|道路|公園|計畫))"
    rf"(?: ?之 ?{_NUMBER})?(?:(?: ?,)? ?(?:地下)?{_NUMBER} ?(?:樓|F\b)(?: ?[-之] ?{_NUMBER})?)?"
)
ADDRESS = _compile(_PLACE, _VILLAGE, rf"?{_CJK}{{1,6}}?{_ROAD_END}{_SECTION}?", _LANES, _HOUSE)
VILLAGE_ADDRESS = _compile(_PLACE, _VILLAGE, rf"{_NAME_CHAR}{{0,4}}", _HOUSE)
SECTION_ADDRESS = _compile(
    rf"{_NAME_CHAR}{{1,4}}{_ROAD_END}(?:{_SECTION}{_LANES}| ?{_NUMBER} ?[巷弄](?: ?{_NUMBER} ?弄)?)", _HOUSE
)
ROAD_ADDRESS = _compile(rf"{_NAME_CHAR}{{1,4}}{_ROAD_END}", _HOUSE)
AFTER_RESIDES = _compile(
    r"(?:[住地]址|住所|戶籍|通訊處|住[在於]|家住|居住|寄[到至]|位[在於]|[座坐]落|設[在於]|address)[^。0-9]{0,8}$"
)
_ENGLISH_LANE = r"(?:(?:Ln|Lane|Aly|Alley|Sec|Section)\.? ?[0-9]{1,4},? ?)"
_ENGLISH_ROAD = r"[A-Z][A-Z' .-]{1,30}? (?:Rd|Road|St|Street|Blvd|Boulevard|Ave|Avenue)\b"
ENGLISH_ADDRESS = _compile(
    rf"(?:\bNo\.? ?[0-9]{{1,4}}(?:-[0-9]{{1,3}})?,? ?{_ENGLISH_LANE}{{0,3}}",
    rf"|{_ALONE}[0-9]{{1,4}},? ?{_ENGLISH_LANE}{{1,3}}){_ENGLISH_ROAD}",
)
