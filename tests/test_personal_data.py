"""Personal data: tables of spellings and near misses, check digits, and a labelled set of made-up lines."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.personal_data import KIND_NAMES, RULES, Kind, find_personal_data

SAMPLES = sorted((Path(__file__).parent / "sample_texts").glob("*.txt"))


def found(text: str) -> list[tuple[Kind, str]]:
    return [(datum.kind, text[datum.start : datum.end]) for datum in find_personal_data(text)]


# Every number, address and name here is made up; the IDs are the specimens of validators.
FOUND: list[tuple[str, Kind, str]] = [
    ("身分證字號：A123456789", "national_id", "A123456789"),
    ("身分證統一編號Ａ１２３４５６７８９", "national_id", "Ａ１２３４５６７８９"),
    ("（a123456789）", "national_id", "a123456789"),
    ("A123-456-789", "national_id", "A123-456-789"),
    ("A 1 2 3 4 5 6 7 8 9", "national_id", "A 1 2 3 4 5 6 7 8 9"),
    ("統一證號 A800000014", "resident_id", "A800000014"),
    ("居留證A900000016號", "resident_id", "A900000016"),
    ("AC01234567", "resident_id", "AC01234567"),
    ("ａｂ12345677", "resident_id", "ａｂ12345677"),
    ("手機0912345678", "mobile", "0912345678"),
    ("0912-345-678", "mobile", "0912-345-678"),
    ("0912-345678", "mobile", "0912-345678"),
    ("0912 345 678", "mobile", "0912 345 678"),
    ("0912.345.678", "mobile", "0912.345.678"),
    ("0912 34 56 78", "mobile", "0912 34 56 78"),
    ("09-1234-5678", "mobile", "09-1234-5678"),
    ("(0912)345-678", "mobile", "(0912)345-678"),
    ("０９１２－３４５－６７８", "mobile", "０９１２－３４５－６７８"),
    ("0912\u2011345\u2011678", "mobile", "0912\u2011345\u2011678"),
    ("0912\u200b345\u200b678", "mobile", "0912\u200b345\u200b678"),
    ("+886 912 345 678", "mobile", "+886 912 345 678"),
    ("+886-912-345-678", "mobile", "+886-912-345-678"),
    ("+886912345678", "mobile", "+886912345678"),
    ("+886 (0)912-345-678", "mobile", "+886 (0)912-345-678"),
    ("(+886)912-345-678", "mobile", "(+886)912-345-678"),
    ("00886-912-345-678", "mobile", "00886-912-345-678"),
    ("TEL0912345678", "mobile", "0912345678"),
    ("手機：09 12 34 56 78", "mobile", "09 12 34 56 78"),
    ("1.0912345678", "mobile", "0912345678"),
    ("25.0912-345-678", "mobile", "0912-345-678"),
    ("(02)2345-6789", "phone", "(02)2345-6789"),
    ("（０２）２３４５－６７８９", "phone", "（０２）２３４５－６７８９"),
    ("(02) 23456789", "phone", "(02) 23456789"),
    ("02-2345-6789", "phone", "02-2345-6789"),
    ("02-23456789", "phone", "02-23456789"),
    ("(037)123-456", "phone", "(037)123-456"),
    ("049-2234567", "phone", "049-2234567"),
    ("(02)2345-6789轉1234", "phone", "(02)2345-6789轉1234"),
    ("(02)2345-6789 分機 1234", "phone", "(02)2345-6789 分機 1234"),
    ("+886-2-2345-6789#12", "phone", "+886-2-2345-6789#12"),
    ("+886(2)2345-6789", "phone", "+886(2)2345-6789"),
    ("886-37-123456", "phone", "886-37-123456"),
    ("電話：2345-6789", "phone", "2345-6789"),
    ("電話：23456789 人事室", "phone", "23456789"),
    ("電話 02 2345 6789", "phone", "02 2345 6789"),
    ("請洽 2345-6789 轉 123", "phone", "2345-6789 轉 123"),
    ("Tel: (503) 555-0123", "phone", "(503) 555-0123"),
    ("+81-3-5555-0123", "phone", "+81-3-5555-0123"),
    ("+1.503.555.0123", "phone", "+1.503.555.0123"),
    ("someone@example.com", "email", "someone@example.com"),
    ("信箱some.one+trip@mail.example.gov.tw，", "email", "some.one+trip@mail.example.gov.tw"),
    ("ｓｏｍｅ＠ｅｘａｍｐｌｅ．ｃｏｍ", "email", "ｓｏｍｅ＠ｅｘａｍｐｌｅ．ｃｏｍ"),
    ("someone [at] example.com", "email", "someone [at] example.com"),
    ("someone(at)example(dot)com", "email", "someone(at)example(dot)com"),
    ("https://example.com/?to=some@example.com", "email", "some@example.com"),
    ("護照號碼：312345678", "passport", "312345678"),
    ("Passport No. ３１２３４５６７８", "passport", "３１２３４５６７８"),
    ("312345678（護照）", "passport", "312345678"),
    ("護照號碼：TR1234567", "passport", "TR1234567"),
    ("姓名\t護照號碼\n王大明\t312345678", "passport", "312345678"),
    ("匯款帳號：012-345678901234", "bank_account", "012-345678901234"),
    ("帳戶 1234567890123 戶名王大明", "bank_account", "1234567890123"),
    ("帳號：範例銀行(999) 1234-567-890123", "bank_account", "1234-567-890123"),
    ("出生年月日：民國65年03月02日", "birth_date", "民國65年03月02日"),
    ("生日 65/3/2", "birth_date", "65/3/2"),
    ("王大明生於1976年3月2日", "birth_date", "1976年3月2日"),
    ("1976 年 3 月 2 日出生", "birth_date", "1976 年 3 月 2 日"),
    ("民國六十五年三月二日生。", "birth_date", "民國六十五年三月二日"),
    ("出生日期：0650302", "birth_date", "0650302"),
    ("Date of birth: 2 March 1976", "birth_date", "2 March 1976"),
    ("born on March 2, 1976", "birth_date", "March 2, 1976"),
    ("姓名\t出生日期\n王大明\t65.3.2", "birth_date", "65.3.2"),
    ("車牌號碼：ABC-1234", "plate", "ABC-1234"),
    ("車號１２３４－ＡＢ", "plate", "１２３４－ＡＢ"),
    ("範例市東安區平安路７號", "address", "範例市東安區平安路７號"),
    ("新北市板橋區中山路 1 段 901 號 8 樓", "address", "新北市板橋區中山路 1 段 901 號 8 樓"),
    (
        "台北市中山區長安東路二段12巷3弄4號5樓之2",
        "address",
        "台北市中山區長安東路二段12巷3弄4號5樓之2",
    ),
    ("新北市板橋區海山里3鄰文化路12號", "address", "新北市板橋區海山里3鄰文化路12號"),
    ("高雄市四維三路902號", "address", "高雄市四維三路902號"),
    ("花蓮縣秀林鄉富世村915號", "address", "花蓮縣秀林鄉富世村915號"),
    ("前往板橋區文化路十二號之三", "address", "板橋區文化路十二號之三"),
    ("他搬到中山路一段901號", "address", "中山路一段901號"),
    ("住址：和平街12-3號", "address", "和平街12-3號"),
    ("No. 901, Sec. 1, Pingan Rd., Dongan Dist.", "address", "No. 901, Sec. 1, Pingan Rd"),
]
NOT_FOUND = [
    "109 年 2 月 8 日(星期六)",
    "109/2/8-14，109.02.08，2020-02-08 09:12:34",
    "報告編號 C08906388",
    "系統識別號 C10902345，BR215 班機轉 EY473 班機",
    "A123456788",
    "A323456789",
    "A12345678",
    "A1234567890",
    "AE01234567",
    "FZ/T14019-2020 標準",
    "ISO 14001:2015、IEC 62443-4-1",
    "ISBN 978-957-0912-34-5",
    "978-986-0912-345-6",
    "978-0912-345-678",
    "ISSN 0912-3456、GPN 1010900123",
    "第 12 號決議",
    "府秘外字第 0910212345 號函",
    "標案案號 SAMPLE-109-0212345",
    "統一編號 12345678",
    "總經費 1,234,567,890 元",
    "總經費 1234567890 元",
    "人口 4,000,000 人，面積 2052.57 平方公里",
    "成長 +12.5 13.4 15.6 17.8，增加 +10,000 人",
    "比率 0.0912345678",
    "經緯度 25.0170, 121.4628",
    "座標 25.0912345678,121.5654321",
    "北緯 25.0912345678 度",
    "https://example.com/0912345678",
    "https://www.example.com/story/A123456789?tel=02-2345-6789",
    "www.example.com/02-2345-6789",
    "doi 10.1080/0912345678.2020.1234567",
    "追蹤 IG @visit.example",
    "logo@2x.png、user@localhost、5 @ 3.5 公尺",
    "開放時間 09:00-17:00、0900-1730",
    "目次 09 10 11 12 13",
    "02 2023 2024 2025",
    "(02) 2019-2020 年度計畫",
    "第 02 章 2019-2020 年度",
    "02-2020-0012 號計畫",
    "編號 02-123456",
    "升級 +1.2.3.4 版",
    "(02) 123-456 項、886-2-12-345 件",
    "請撥 1999 市民專線、110 或 119",
    "免付費電話：0800-024-111",
    "(0800)024-111",
    "電話會議於 2020-02-08 舉行",
    "電話訪問 1234567 人",
    "手機 2019-2020 年銷量",
    "手機出貨 1234567890 支",
    "流水號 312345678",
    "護照持有人達 123456789 人",
    "護照免簽 90 天，報告 C08906388",
    "帳戶餘額 1234567890 元",
    "帳號於 2020-02-08 10:30 啟用",
    "帳號數 2019 2020 2021 年比較",
    "學生於109年2月8日抵達",
    "陳先生於109年2月8日拜會",
    "國中生於109年2月8日參觀",
    "事故發生於109年2月8日",
    "該組織誕生於1950年1月19日",
    "出生率自 109 年 2 月 8 日起下降",
    "新生兒出生後，自109年2月8日起發放",
    "109年2月8日生效，2020年2月8日生產",
    "組別 20/40/60 出生率",
    "生日 20/40/60 分組",
    "世界衛生日2020年4月7日",
    "車牌辨識系統 ABC-1234 型",
    "機型 ABC-1234，公車號誌 1234-AB",
    "台北市307號公車",
    "新北市三重區國道1號",
    "板橋區縣民大道1號出口",
    "板橋區環河快速道路3號匝道",
    "新北市板橋區中山路一段",
    "中山路第12號決議",
    "中正路 12 號方案",
    "新北市板橋區第12號公園",
    "板橋區海山里第3號議案",
    "UTC+08:00，SDG 11.7.1，10x10x10 戰略",
    "圖 13-14 本府於平行論壇進行發表",
]


@pytest.mark.parametrize(("text", "kind", "datum"), FOUND)
def test_a_spelling_is_found_whole(text: str, kind: Kind, datum: str) -> None:
    assert found(text) == [(kind, datum)]


@pytest.mark.parametrize(("text", "kind", "datum"), FOUND)
def test_it_is_found_in_running_text_and_in_full_width(text: str, kind: Kind, datum: str) -> None:
    wide = str.maketrans({code: code + 0xFEE0 for code in range(0x21, 0x7F)} | {0x20: 0x3000})
    line = f"附註，{text.translate(wide)}，敬請參考。"
    assert found(line) == [(kind, datum.translate(wide))]


@pytest.mark.parametrize("text", NOT_FOUND)
def test_what_only_looks_like_it_is_not_found(text: str) -> None:
    assert found(text) == []


def test_every_datum_of_a_contact_list_is_found() -> None:
    text = "王大明 (02)2345-6789、2345-6780 0912-345-678；電話：2345-6781 或 2345-6782，some@example.com"
    assert found(text) == [
        ("phone", "(02)2345-6789"),
        ("mobile", "0912-345-678"),
        ("phone", "2345-6781"),
        ("phone", "2345-6782"),
        ("email", "some@example.com"),
    ]


@pytest.mark.parametrize("path", SAMPLES, ids=lambda path: path.stem)
def test_a_report_without_personal_data_may_leave(path: Path) -> None:
    assert found(path.read_text(encoding="utf-8")) == []


def test_every_kind_has_a_name_and_a_rule() -> None:
    assert set(KIND_NAMES) == set(get_args(Kind)) == {rule.kind for rule in RULES} - {None}


LETTERS = {
    letter: 10 + place
    for place, letter in enumerate("A B C D E F G H J K L M N P Q R S T U V X Y W Z I O".split())
}


def id_number(rng: random.Random, kind: Kind, off_by: int = 0) -> str:
    """An ID of this kind with its check digit, or with one that is `off_by` too high."""
    letter = rng.choice(list(LETTERS))
    total = LETTERS[letter] // 10 + LETTERS[letter] % 10 * 9
    old = kind == "resident_id" and rng.random() < 0.5
    second = rng.choice("ABCD" if old else "12" if kind == "national_id" else "89")
    digits = [LETTERS[second] % 10 if old else int(second), *(rng.randrange(10) for _ in range(7))]
    total += sum(digit * weight for digit, weight in zip(digits, range(8, 0, -1), strict=True))
    check = (-total + off_by) % 10
    return letter + second + "".join(map(str, digits[1:])) + str(check)


def test_ten_thousand_ids_with_a_wrong_check_digit_are_no_ids() -> None:
    rng = random.Random(7)
    kinds: tuple[Kind, Kind] = ("national_id", "resident_id")
    wrong = [id_number(rng, rng.choice(kinds), rng.randrange(1, 10)) for _ in range(10_000)]
    assert [text for text in wrong if found(text)] == []


TRICKY = st.text(
    alphabet="0123456789０９AaB@.-－+() （）\n\u200b\0年月日生路街巷號區市之段電話帳護照車牌", max_size=80
)


@given(st.text() | TRICKY | st.lists(st.sampled_from([row[0] for row in FOUND] + ["，", "-"])).map("".join))
def test_spans_lie_in_the_text_in_order_and_apart(text: str) -> None:
    end = 0
    for datum in find_personal_data(text):
        assert end <= datum.start < datum.end <= len(text)
        assert datum.kind in KIND_NAMES
        end = datum.end


def number(rng: random.Random, pattern: str) -> str:
    """`pattern` with a digit for each #."""
    return "".join(str(rng.randrange(10)) if char == "#" else char for char in pattern)


Maker = Callable[[random.Random], str]


def one_of(*patterns: str) -> Maker:
    return lambda rng: number(rng, rng.choice(patterns))


def some_mail(rng: random.Random) -> str:
    name = "".join(rng.choices("abcdefghijklmnopqrstuvwxyz._-0123456789", k=rng.randrange(1, 12)))
    return f"u{name}x@{rng.choice(['example.com', 'mail.example.gov.tw', 'ntu-example.edu.tw'])}"


MAKERS: dict[Kind, Maker] = {
    "national_id": lambda rng: id_number(rng, "national_id"),
    "resident_id": lambda rng: id_number(rng, "resident_id"),
    "mobile": one_of(
        *("09########", "09##-###-###", "09## ### ###", "09##-######", "(09##)###-###"),
        *("+886 9## ### ###", "+886-9##-###-###", "+8869########", "０９##－###－###"),
    ),
    "phone": one_of(
        *("(02)2###-####", "02-8###-####", "(03)3######", "(049)2##-####", "(04)2###-####轉12##"),
        *("(07)7##-####", "+886-2-2###-####", "（０２）2###－####", "089-3##-###", "02-2#######分機12"),
    ),
    "email": some_mail,
    "address": one_of(
        *("範例市東安區平安路##號", "新北市板橋區文化路1段1##巷#號", "臺南市中西區民生街1##號3樓"),
        *("桃園市中壢區中正路#之1號", "屏東縣恆春鎮西門路2#號", "和平東路三段4#號"),
    ),
}
FRAMES = ("{}", "聯絡資料：{}。", "請逕送{}收", "承辦人王大明（{}）", "一、{}；二、其他", "依{}所載辦理，\n")
NO_DATA: tuple[Maker, ...] = (
    lambda rng: id_number(rng, rng.choice(("national_id", "resident_id")), rng.randrange(1, 10)),
    one_of("1#9 年 2 月 1# 日", "20##-0#-1#", "11#/#/1#", "11#.#.1#", "20##年1#月2#日"),
    one_of("1##,###,### 元", "########## 元", "1,### 人次", "## 萬 #,### 人", "#.## 億歐元"),
    one_of("C11######", "C10######", "BR2## 班機", "ISBN 978-#-###-#####-#", "97898609123##"),
    one_of("府秘字第1#########號", "第 ## 號決議", "第0#########號函", "案號 109-####", "ISO 1####:20##"),
    one_of("25.0###, 121.4###", "24.########,120.########", "0.########", "##.##%", "12#.######"),
    one_of("https://example.com/09########", "https://example.com/a?id=A2########", "www.example.com/0#"),
    one_of("09:## 至 17:##", "0900-17##", "20#1-20#9 年", "圖 1#-1#", "表 ##", "第 1#-2# 頁"),
    one_of("文化路口", "中山路一段", "民生街第##號議案", "台##線 #號橋", "捷運#號出口", "30#號公車"),
    one_of("學生於109年#月1#日抵達", "發生於20##年#月#日", "電話訪問 1,### 人", "手機 20#1-20#9 年銷量"),
)  # fmt: skip


def labelled_lines() -> Iterator[tuple[str, list[tuple[Kind, str]]]]:
    """500 made-up lines, each with what should be found in it: half of them with a datum, half without."""
    rng = random.Random(2026)
    kinds = list(MAKERS)
    for place in range(250):
        kind = kinds[place % len(kinds)]
        datum = MAKERS[kind](rng)
        yield rng.choice(FRAMES).format(datum), [(kind, datum)]
        yield rng.choice(FRAMES).format(rng.choice(NO_DATA)(rng)), []


def test_recall_and_precision_on_labelled_lines() -> None:
    lines = [(set(wanted), set(found(text))) for text, wanted in labelled_lines()]

    def recall(*kinds: Kind) -> float:
        wanted = [(datum, got) for want, got in lines for datum in want if datum[0] in kinds]
        return sum(datum in got for datum, got in wanted) / len(wanted)

    right = sum(len(wanted & got) for wanted, got in lines)
    assert len(lines) == 500
    assert recall("national_id", "resident_id") >= 0.99
    assert recall("mobile", "phone", "email") >= 0.95
    assert recall("address") >= 0.95
    assert right / sum(len(got) for _, got in lines) >= 0.98
