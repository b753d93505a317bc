"""The assistant through its one door, over a real archive of six invented documents."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path

import pytest
import trips

from assistant.answer import NOT_FOUND, Answer, AskFilter, Turn
from assistant.assistant import LONGEST_QUESTION, Assistant, QuestionRefused
from assistant.citations import is_sound
from assistant.filters import FilterError, build_filter
from assistant.settings import Settings
from index.archive import Archive

DAKAR, BALI, SENDAI, KUMAMOTO, BRIEFING, NEWS = trips.FILES


@pytest.fixture(scope="session")
def assistant(tmp_path_factory):
    home = trips.fill(tmp_path_factory.mktemp("home"), tmp_path_factory.mktemp("papers"))
    with closing(Assistant.open(Settings(home=home))) as opened:
        yield opened


def ask(assistant: Assistant, text: str, *earlier: str, where: AskFilter | None = None) -> Answer:
    """The answer, after checking what holds for every answer."""
    answer = assistant.ask(text, [Turn("user", turn) for turn in earlier], where)
    assert answer.question == text
    assert answer.abstained == (NOT_FOUND in answer.text) == (not answer.statements)
    assert [citation.n for citation in answer.citations] == list(range(1, len(answer.citations) + 1))
    assert all(is_sound(c, assistant.archive.report(c.report_id)) for c in answer.citations)
    for statement in answer.statements:
        assert statement.citations and f"{statement.text} [{statement.citations[0]}]" in answer.text
    assert {n for s in answer.statements for n in s.citations} == {c.n for c in answer.citations}
    return answer


def cited(answer: Answer) -> dict[str, set[str]]:
    """The chapters quoted, by file."""
    found: dict[str, set[str]] = {}
    for citation in answer.citations:
        found.setdefault(citation.file, set()).add(citation.chapter)
    return found


def quotes(answer: Answer) -> str:
    return "\n".join(citation.quote for citation in answer.citations)


CHAPTERS = [
    ("第九屆世界水論壇我們學到什麼？", {DAKAR: {"reflections"}}),
    ("第十屆世界水論壇我們學到什麼？", {BALI: {"reflections"}}),
    ("2024 年世界水論壇的心得", {BALI: {"reflections"}}),
    ("第九屆世界水論壇有哪些建議？", {DAKAR: {"recommendations"}}),
    ("世界水論壇的建議", {DAKAR: {"recommendations"}, BALI: {"recommendations"}}),
    ("2023 年去日本考察的心得？", {KUMAMOTO: {"reflections"}}),
    ("日本的心得有哪些？", {SENDAI: {"reflections"}, KUMAMOTO: {"reflections"}}),
    ("108 年去仙台的建議？", {SENDAI: {"recommendations"}}),
    ("113 年 5 月那次出國的目的？", {BALI: {"purpose"}}),
    ("108年10月9日去了哪裡？", {SENDAI: {"process"}}),
    ("what did we learn in Kumamoto", {KUMAMOTO: {"reflections"}}),
    ("What were the recommendations of the 10th World Water Forum?", {BALI: {"recommendations"}}),
    ("What was the purpose of the Sendai trip?", {SENDAI: {"purpose"}}),
    ("仙台和熊本的心得有什麼不同？", {SENDAI: {"reflections"}, KUMAMOTO: {"reflections"}}),
    ("第九屆世界水論壇與第十屆世界水論壇的建議比較", {DAKAR: {"recommendations"}, BALI: {"recommendations"}}),
]


@pytest.mark.parametrize(("text", "expected"), CHAPTERS)
def test_a_question_for_a_chapter_quotes_that_chapter_of_that_report(assistant, text, expected):
    assert cited(ask(assistant, text)) == expected


@pytest.mark.parametrize(
    ("text", "file", "quote"),
    [
        ("高以寧局長演講的題目是什麼？", DAKAR, "以「把雨水留在城市」為題"),
        ("卡耶湖抽水站每天供水多少？", DAKAR, "每日供水 38 萬噸"),
        ("感測器工作坊由誰主持？", BALI, "羅文佑副局長主持"),
        ("峇里島的感測器為什麼失效？", BALI, "原因是沒有編列維護經費"),
        ("荒濱小學校有多少人獲救？", SENDAI, "320 名師生與居民"),
        ("誰在仙台簡報防災地圖？", SENDAI, "佐佐木課長"),
        ("熊本由誰說明補助農民的辦法？", KUMAMOTO, "後藤課長"),
        ("我們接待了幾團外賓？", BRIEFING, "接待外賓 87 團"),
        ("培訓幾名青年大使？", BRIEFING, "培訓 30 名青年大使"),
        ("臺南市長和大阪合辦什麼？", NEWS, "與大阪合辦古蹟論壇"),
        ("How many people attended the sensor workshop?", BALI, "共有 42 名學員"),
    ],
)
def test_a_fact_is_quoted_from_its_report(assistant, text, file, quote):
    answer = ask(assistant, text)
    assert set(cited(answer)) == {file}
    assert quote in quotes(answer)


@pytest.mark.parametrize(
    ("text", "items"),
    [
        ("第九屆世界水論壇第二項建議是什麼？", ["二、設置節水體驗教室（中長期）"]),
        ("第九屆世界水論壇有哪些立即可行的建議？", ["一、公開水庫與淨水場的即時水位（立即可行）"]),
        ("世界水論壇關於感測器的建議？", ["一、感測器採購應一併編列五年維護費"]),
        ("第十屆世界水論壇的心得", ["一、傳統組織也能管理水權", "二、感測器要有人維護"]),
    ],
)
def test_items_are_quoted_whole(assistant, text, items):
    answer = ask(assistant, text)
    assert [citation.quote.split("\n")[0] for citation in answer.citations] == items
    assert all(citation.quote.rstrip()[-1] in "。局" for citation in answer.citations)


@pytest.mark.parametrize(
    ("text", "files"),
    [
        ("哪些報告提到節水？", {DAKAR}),
        ("我們去過哪些國家？", {DAKAR, BALI, SENDAI, KUMAMOTO}),
        ("哪些出國去過日本？", {SENDAI, KUMAMOTO}),
        ("涂志安參加過哪些出國？", {DAKAR, KUMAMOTO}),
    ],
)
def test_a_question_for_reports_lists_them(assistant, text, files):
    assert set(cited(ask(assistant, text))) == files


@pytest.mark.parametrize(
    ("earlier", "text", "file", "quote"),
    [
        (["第九屆世界水論壇我們學到什麼？"], "那建議呢？", DAKAR, "節水體驗教室"),
        (["第九屆世界水論壇我們學到什麼？"], "那第十屆世界水論壇呢？", BALI, "蘇巴克組織"),
        (["第九屆世界水論壇有哪些建議？"], "第二項是什麼？", DAKAR, "節水體驗教室"),
        (["仙台的心得？"], "熊本呢？", KUMAMOTO, "休耕期引水入田"),
        (["熊本考察的目的是什麼？", "那心得呢？"], "那建議呢？", KUMAMOTO, "五十公頃休耕水田"),
        (["熊本考察的目的是什麼？", "仙台的心得？"], "那建議呢？", SENDAI, "保存為防災教材"),
        (["高以寧局長演講的題目是什麼？"], "那場有多少人聆聽？", DAKAR, "約有 150 人聆聽"),
        (["what did we learn in Kumamoto"], "And the recommendations?", KUMAMOTO, "五十公頃休耕水田"),
    ],
)
def test_a_follow_up_stays_with_its_trip(assistant, earlier, text, file, quote):
    answer = ask(assistant, text, *earlier)
    assert set(cited(answer)) == {file}
    assert quote in quotes(answer)


@pytest.mark.parametrize(
    ("text", "named", "near"),
    [
        ("第十一屆世界水論壇我們學到什麼？", "第十一屆世界水論壇", {DAKAR, BALI}),
        ("2018 世界水論壇學到什麼？", "第八屆世界水論壇", {DAKAR, BALI}),
        ("WUF11 我們學到什麼？", "第十一屆世界城市論壇（WUF11）", set()),
        ("峇里島那次花了多少錢？", "經費或金額", {BALI}),
        ("札幌的心得？", "札幌", None),
        ("哥本哈根學到什麼？", "哥本哈根", None),
        ("2050 年去了哪裡？", "2050 年", None),
        ("達卡的代表團住哪間飯店？", "住宿旅館", None),
        ("In which year did we visit Sapporo?", "Sapporo", None),
    ],
)
def test_a_near_miss_is_refused_by_name_and_the_nearest_offered(assistant, text, named, near):
    answer = ask(assistant, text)
    assert answer.abstained and named in answer.text
    assert near is None or {nearest.file for nearest in answer.nearest} == near
    assert all(f"《{nearest.title}》" in answer.text for nearest in answer.nearest)


@pytest.mark.parametrize(
    "text",
    [
        "高以寧在仙台說了什麼？",
        "饒慶鈺局長演講的題目是什麼？",
        "第九屆世界水論壇由臺南市長致詞嗎？",
        "仙台的捷運路網有多長？",
        "熊本的班機是哪一家航空公司？",
        "世界水論壇的遊艇碼頭招商辦法",
    ],
)
def test_another_person_role_or_thing_is_refused(assistant, text):
    assert ask(assistant, text).abstained


def test_an_english_question_gets_english_leads_and_chinese_quotations(assistant):
    answer = ask(assistant, "what did we learn in Kumamoto")
    assert answer.language == "en"
    assert answer.text.startswith("Reflections: 《赴日本熊本考察地下水保育報告》 (13–17 November 2023):")
    assert "熊本市付費請上游農民在休耕期引水入田" in quotes(answer)
    assert ask(assistant, "In which year did we visit Sapporo?").text.startswith("Not in the archive")


def test_a_lead_names_title_dates_and_chapter(assistant):
    assert ask(assistant, "第十屆世界水論壇有哪些建議？").text.startswith(
        "《出席第十屆世界水論壇報告》（113 年 5 月 18 日至 24 日）建議：\n- 一、感測器採購應一併編列"
    )


def test_sides_of_a_comparison_are_named(assistant):
    text = ask(assistant, "仙台和熊本的心得有什麼不同？").text
    assert "【仙台】《赴日本仙台" in text and "【熊本】《赴日本熊本" in text


@pytest.mark.parametrize(
    ("text", "where", "expected"),
    [
        ("日本的心得", AskFilter(years=(2019, 2019)), {SENDAI: {"reflections"}}),
        ("心得是什麼？", AskFilter(reports=(KUMAMOTO,)), {KUMAMOTO: {"reflections"}}),
        (
            "心得是什麼？",
            AskFilter(countries=("日本",)),
            {SENDAI: {"reflections"}, KUMAMOTO: {"reflections"}},
        ),
        ("心得是什麼？", AskFilter(years=(2020, 2023), countries=("日本",)), {KUMAMOTO: {"reflections"}}),
        ("防災教材", AskFilter(chapters=("recommendations",)), {SENDAI: {"recommendations"}}),
        ("感測器工作坊由誰主持？", AskFilter(countries=("日本",)), {}),
        ("第九屆世界水論壇的目的", AskFilter(reports=(BALI,)), {}),
        ("日本的心得", AskFilter(years=(1990, 1990)), {}),
        ("心得是什麼？", AskFilter(countries=("火星",)), {}),
        ("心得是什麼？", AskFilter(reports=("沒有這份.txt",)), {}),
    ],
)
def test_a_filter_holds_whatever_is_asked(assistant, text, where, expected):
    answer = ask(assistant, text, where=where)
    assert cited(answer) == expected
    assert answer.abstained == (not expected)


def test_what_is_offered_lies_within_the_filter(assistant):
    answer = ask(assistant, "感測器工作坊由誰主持？", where=AskFilter(countries=("日本",)))
    assert {nearest.file for nearest in answer.nearest} <= {SENDAI, KUMAMOTO}


@pytest.mark.parametrize(
    ("words", "named", "offered"),
    [
        ({"countries": ["火星"]}, "火星", "塞內加爾"),
        ({"reports": ["沒有這份.txt"]}, "沒有這份.txt", KUMAMOTO),
        ({"chapters": ["結論"]}, "結論", "心得"),
        ({"year": "去年"}, "去年", "109"),
    ],
)
def test_an_unknown_filter_value_is_named_with_what_there_is(assistant, words, named, offered):
    with pytest.raises(FilterError, match=named) as error:
        build_filter(assistant.archive.reports(), **words)
    assert offered in str(error.value)


@pytest.mark.parametrize("text", ["", " ", "\n\t　"])
def test_an_empty_question_is_refused_with_an_example(assistant, text):
    with pytest.raises(QuestionRefused, match="問題是空的.*例如"):
        assistant.ask(text)


def test_a_question_of_ten_thousand_characters_is_refused_with_both_figures(assistant):
    with pytest.raises(QuestionRefused, match=f"10,000 個字，最多 {LONGEST_QUESTION:,} 個字"):
        assistant.ask("水" * 10_000)


def test_the_longest_question_allowed_is_answered_or_refused(assistant):
    ask(assistant, ("感測器為什麼失效？" * LONGEST_QUESTION)[:LONGEST_QUESTION])


@pytest.mark.parametrize(
    "text",
    [
        '"', "*", "?", "AND", "OR NOT", "C++", "(", ")", "[", "\\", "title:水", "水~2", "水^3", "+水 -雨",
        '"水" AND "雨" OR NOT *', "水 AND (雨", "' OR 1=1 --", "<script>alert(1)</script>", "{}", "\x00",
        "🚰", "%E6%B0%B4", "text: [a TO b]", "/水/",
    ],
)  # fmt: skip
def test_operators_and_odd_characters_are_only_text(assistant, text):
    ask(assistant, text)


@pytest.mark.parametrize("text", ["C++", "AND", "OR NOT", "量子電腦", '"', "*", "?!"])
def test_what_stands_nowhere_is_refused(assistant, text):
    assert ask(assistant, text).abstained


@pytest.mark.parametrize("operators", ['"{}"', "{} AND", "{} *", "+{}", "({}"])
def test_operators_around_a_question_change_nothing(assistant, operators):
    text = "感測器工作坊由誰主持？"
    assert quotes(ask(assistant, operators.format(text))) == quotes(ask(assistant, text))


def test_the_same_question_gets_the_same_answer(assistant):
    first, second = (assistant.ask("世界水論壇的建議") for _ in range(2))
    assert (first.text, first.citations) == (second.text, second.citations)


def test_times_are_told(assistant):
    timings = assistant.ask("仙台的心得").timings_ms
    assert set(timings) == {"understand", "answer", "total"}
    assert timings["total"] >= timings["answer"] >= 0


def test_passages_to_look_in_can_be_seen(assistant):
    hits = assistant.retrieve("地下水的補助", k=3)
    assert len(hits) == 3
    assert assistant.archive.report(hits[0].passage.report_id).file == KUMAMOTO
    assert assistant.retrieve("地下水", where=AskFilter(countries=("火星",))) == ()


def test_how_a_question_is_understood_can_be_seen(assistant):
    question = assistant.understand("那建議呢？", [Turn("user", "第九屆世界水論壇的心得")])
    assert [event.name for event in question.events] == ["第九屆世界水論壇"]


@pytest.fixture
def home(tmp_path):
    return tmp_path / "home"


def test_an_empty_archive_says_so_in_the_language_of_the_question(home):
    with closing(Assistant.open(Settings(home=home))) as empty:
        chinese, english = empty.ask("第九屆世界水論壇有哪些建議？"), empty.ask("what did we learn at WUF10")
        with pytest.raises(QuestionRefused):
            empty.ask("")
    for answer in (chinese, english):
        assert answer.abstained and NOT_FOUND in answer.text and "xinde add" in answer.text
        assert answer.citations == answer.nearest == ()
    assert english.text.startswith("Not in the archive") and not chinese.text.startswith("Not")


def test_reports_come_and_go_while_the_assistant_is_open(tmp_path, home):
    paper = tmp_path / SENDAI
    paper.write_text(trips.SENDAI, encoding="utf-8")
    with closing(Assistant.open(Settings(home=home))) as opened:
        assert opened.ask("仙台的建議").abstained
        opened.archive.add([paper])
        assert cited(ask(opened, "仙台的建議")) == {SENDAI: {"recommendations"}}
        opened.archive.remove(SENDAI)
        assert "還沒有任何報告" in opened.ask("仙台的建議").text


NAMES = (
    "abbr,english,canonical_zh,aliases,type\n"
    "TWF,Tidal Wind Forum,潮風論壇,,forum\n"
    'TWF3,"Tidal Wind Forum, 3rd edition, Sendai 2019",第三屆潮風論壇,,forum\n'
)


def test_names_words_and_synonyms_of_the_user_need_no_code(tmp_path, home):
    names = tmp_path / "names"
    names.mkdir()
    (names / "events.csv").write_text(NAMES, encoding="utf-8")
    (names / "lexicon.csv").write_text("english,chinese\nkeepschool,遺構\n", encoding="utf-8")
    (names / "synonyms.txt").write_text("解說場 遺構\n", encoding="utf-8")
    paper = tmp_path / "潮風.txt"
    paper.write_text(
        trips.SENDAI.replace("赴日本仙台考察地震防災教育報告", "出席第三屆潮風論壇報告"), encoding="utf-8"
    )
    with closing(Archive.open(home, extra_names=names)) as archive:
        archive.add([paper])
    with closing(Assistant.open(Settings(home=home, names=names))) as opened:
        assert cited(ask(opened, "TWF3 的建議")) == {"潮風.txt": {"recommendations"}}
        assert ask(opened, "TWF4 的建議").abstained
        assert "荒濱小學校遺構" in quotes(ask(opened, "參觀哪一處解說場？"))
        assert "荒濱小學校遺構" in quotes(ask(opened, "Which keepschool did we visit?"))


@pytest.fixture(scope="session")
def real(shared, tmp_path_factory):
    home: Path = tmp_path_factory.mktemp("real")
    with closing(Archive.open(home)) as archive:
        archive.add([shared / "archive"])
    with closing(Assistant.open(Settings(home=home))) as opened:
        yield opened


@pytest.mark.parametrize(
    ("text", "chapter"),
    [
        ("what did we learn at WUF10", "reflections"),
        ("我們在 2020 阿布達比那次會議學到什麼？", "reflections"),
        ("第十屆世界城市論壇有哪些建議？", "recommendations"),
        ("109 年 2 月那次出國的目的？", "purpose"),
    ],
)
def test_the_forum_of_2020_is_found_by_every_name(real, text, chapter):
    assert {name[:3]: kinds for name, kinds in cited(ask(real, text)).items()} == {"001": {chapter}}


def test_the_abbreviation_stands_nowhere_in_the_report_that_it_finds(real):
    (report,) = {c.report_id for c in ask(real, "what did we learn at WUF10").citations}
    assert "WUF" not in real.archive.report(report).text


def test_the_next_edition_is_refused_and_this_one_offered(real):
    answer = ask(real, "WUF11 我們學到什麼？")
    assert answer.abstained and answer.text.startswith(NOT_FOUND)
    assert [nearest.file[:3] for nearest in answer.nearest] == ["001"]


def test_a_list_of_what_one_of_two_cities_does_is_told_of_that_city(real):
    answer = ask(real, "杜拜有哪些創新的做法值得學習？")
    assert "未來基金會" in quotes(answer)
    assert [
        chapter for chapters in cited(ask(real, "杜拜行有哪些收穫？")).values() for chapter in chapters
    ] == ["reflections"]


def test_the_lessons_of_a_trip_that_nobody_made_are_refused(real):
    answer = ask(real, "北歐四國參訪的主要心得")
    assert answer.abstained and "北歐" in answer.text


def test_where_trips_led_is_told_by_the_lines_of_their_covers(assistant):
    answer = ask(assistant, "去過日本哪些城市？")
    assert len(cited(answer)) == 2
    assert all("日本" in citation.quote or "期間" in citation.quote for citation in answer.citations)
