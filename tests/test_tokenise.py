"""What the index sees of a text: folding, words, character pairs, and queries without question words."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.tokenise import Tokeniser, bigrams, fold, simplify, taiwanise


@pytest.fixture(scope="module")
def tokeniser() -> Tokeniser:
    return Tokeniser.open()


FOLDED = [
    ("臺北市", "台北市"),
    ("台北市", "台北市"),
    ("台灣軟體", "台湾软体"),
    ("ＷＵＦ１０", "wuf10"),
    ("㈱", "(株)"),
    ("2 萬 4,000 人", "2 万 4000 人"),
    ("1,234,567 元", "1234567 元"),
    ("3,4", "3,4"),
    ("祕書處", "秘书处"),
    ("秘書處", "秘书处"),
    ("UN-Habitat", "un-habitat"),
    ("", ""),
]


@pytest.mark.parametrize(("text", "expected"), FOLDED)
def test_fold(text, expected):
    assert fold(text) == expected


def test_scripts_convert_both_ways():
    assert simplify("軟體與資訊") == "软体与资讯"
    assert taiwanise("软件与信息") == "軟體與資訊"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("世界城市论坛", ["世界", "界城", "城市", "市论", "论坛"]),
        ("于 2020 年", ["于", "年"]),
        ("abc 12", []),
        ("𠀀国", ["𠀀国"]),
    ],
)
def test_bigrams(text, expected):
    assert bigrams(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("C++ 與 UN-Habitat", ["c++", "与", "un", "habitat", "un-habitat"]),
        ("WUF10", ["wuf10", "wuf", "10"]),
        ("還地於河計畫", ["还地于河", "计划"]),
        ("，。！？「」", []),
    ],
)
def test_words(tokeniser, text, expected):
    assert tokeniser.words(text) == expected


QUERIES = [
    ("我們在 2020 阿布達比那次會議學到什麼？", ["2020", "达比", "阿布达比", "会议", "学到"]),
    (
        "第十屆世界城市論壇有哪些建議？",
        ["第十", "十届", "第十届", "世界", "城市", "论坛", "世界城市论坛", "建议"],
    ),
    ("what did we learn at WUF10", ["learn", "wuf10", "wuf"]),
    ("幾內亞的首都是哪裡？", ["几内亚", "首都"]),
    ("什麼？", ["什么"]),
    ("the", ["the"]),
    ("？？", []),
    ("", []),
]


@pytest.mark.parametrize(("query", "words"), QUERIES)
def test_query_words(tokeniser, query, words):
    assert tokeniser.query_fields(query)["words"] == words


def test_pairs_of_a_query_do_not_reach_over_question_words(tokeniser):
    assert tokeniser.query_fields("團員有誰參加")["grams"] == ["团员", "参加"]


def test_all_tokens_are_words_then_pairs(tokeniser):
    assert tokeniser.tokens("出國報告") == [*tokeniser.words("出國報告"), "出国", "国报", "报告"]
    assert tokeniser.query_tokens("目的是什麼") == ["目的", "目的"]


def test_both_scripts_give_the_same_tokens(tokeniser):
    assert tokeniser.fields("臺灣與聯合國人居署") == tokeniser.fields("台湾与联合国人居署")


def test_segments_name_every_place_once(tokeniser):
    text = fold("世界城市論壇，2020 年赴阿布達比。")
    assert tokeniser.segments(text) == ["世界城市论坛", "2020", "年", "赴", "阿布达比"]


def test_a_folder_of_ones_own_adds_words(tmp_path):
    (tmp_path / "userdict.txt").write_text("# 說明\n綠動新北\n", encoding="utf-8")
    (tmp_path / "stopwords.txt").write_text("到底\n", encoding="utf-8")
    own = Tokeniser.open(tmp_path)
    assert "绿动新北" in own.words("以綠動新北為題")
    assert own.query_fields("綠動新北到底")["words"][-1] == "绿动新北"


@given(st.text(max_size=60))
def test_any_text_has_clean_tokens(tokeniser, text):
    for token in (*tokeniser.tokens(text), *tokeniser.query_tokens(text)):
        assert token and not any(character.isspace() for character in token)
        assert token == token.lower()


@given(st.text(alphabet="臺灣台湾國国城市，2020 abcＡＢ１", max_size=40))
def test_folding_twice_changes_nothing(text):
    assert fold(fold(text)) == fold(text)


def test_cuts_agree_with_jieba(tokeniser, tmp_path):
    jieba = pytest.importorskip("jieba")
    jieba.setLogLevel(60)
    reference = jieba.Tokenizer()
    reference.tmp_dir = str(tmp_path)
    for word in ("聯合國人居署", "世界城市論壇", "市政府"):
        reference.add_word(fold(word), 20_000, "n")
    for text in (
        "聯合國人居署署長主持開幕式，各城市代表交換防災經驗。",
        "東京都推動太陽能板與氫能巴士，預計每年增加兩萬戶。",
        "市長率團拜會紐約市政府並簽署友好交流備忘錄。",
    ):
        folded = fold(text)
        cut = [word for word in reference.cut(folded) if word[:1].isalnum()]
        assert tokeniser.segments(folded) == cut
