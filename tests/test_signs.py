"""What speaks for an answer in a sentence: a question taken apart, and what stands beside a candidate."""

from __future__ import annotations

import math
from dataclasses import replace

import pytest
from wired import focus_on, hits_of

from assistant.evidence import score_sentences
from assistant.signs import GROUPS, Beside, Look, Signs, found_shares
from assistant.slots import KINDS
from index.tokenise import Tokeniser
from index.word_weights import WordWeights

# Every word that is not here weighs more than any may.
WEIGHTS = {
    "2022": 0.5,
    "年": 1.0,
    "城市": 3.0,
    "举行": 3.0,
    "公里": 4.0,
    "人数": 4.0,
    "论坛": 5.0,
    "全长": 5.0,
    "通车": 5.0,
    "隧道": 6.0,
    "观光": 6.0,
}
SIGNS = Signs(WordWeights(WEIGHTS, unseen=12.0), Tokeniser.open())
VISITORS = "2022年的觀光人數是多少？"
OPENING = "隧道何時通車？"


def looks(question: str, text: str, found: float = 0.0) -> list[Look]:
    """The sentences of a text in their order, as seen from the question."""
    sentences = score_sentences(hits_of(text), focus_on(question), {})
    asked = SIGNS.asked(question)
    return [SIGNS.look(asked, one, found) for one in sorted(sentences, key=lambda one: one.start)]


def look(question: str, text: str, found: float = 0.0) -> Look:
    """The only sentence of a text."""
    (only,) = looks(question, text, found)
    return only


def beside(question: str, text: str, candidate: str) -> Beside:
    """What stands around one candidate of the text."""
    (only,) = (one for one in look(question, text).all if one.text == candidate)
    return only


@pytest.mark.parametrize(
    ("question", "weights", "last", "rarest"),
    [
        (
            "隧道全長多少公里？",
            {"隧道": 6.0, "全长": 5.0, "公里": 4.0},
            ("全长", "公里"),
            "隧道",
        ),
        # A figure weighs most, however common; 人數 says what is wanted and not of what.
        (VISITORS, {"2022": 9.0, "年": 1.0, "观光": 6.0, "人数": 4.0}, ("年", "观光"), "2022"),
        ("隧道、隧道與隧道", {"隧道": 6.0}, ("隧道",), "隧道"),
        ("為什麼改建？", {"改建": 9.0}, ("改建",), "改建"),
        ("隧道的規模與地點", {"隧道": 6.0, "规模": 9.0, "地点": 9.0}, ("隧道",), "规模"),
        ("的嗎？", {}, (), ""),
        ("", {}, (), ""),
    ],
)
def test_the_words_of_a_question_with_their_weights(question, weights, last, rarest):
    asked = SIGNS.asked(question)
    assert asked.weights == weights
    assert asked.total == (sum(weights.values()) or 1.0)
    assert (asked.last, asked.rarest) == (last, rarest)


@pytest.mark.parametrize(
    ("question", "figures", "years"),
    [
        (VISITORS, ("2022",), {"2022"}),
        ("２０１９年與 2022 年的票房", ("2019", "2022"), {"2019", "2022"}),
        ("1,200 公頃的濕地", ("1200",), set()),
        ("第 10 屆論壇", ("10",), set()),
        ("WUF10 的主題", ("wuf10",), set()),
        ("編號 20221 的隧道", ("20221",), set()),
        ("2000 萬元的隧道何時通車？", ("2000",), set()),
        ("2022 元旦與 2026 名古屋的觀光人數", ("2022", "2026"), {"2022", "2026"}),
        (OPENING, (), set()),
    ],
)
def test_the_figures_and_years_of_a_question(question, figures, years):
    asked = SIGNS.asked(question)
    assert asked.figures == figures
    assert asked.years == years


@pytest.mark.parametrize(
    ("question", "kinds", "grams"),
    [
        (OPENING, ["day"], ("隧道", "道何", "何时", "时通", "通车")),
        ("隧道、隧道", [], ("隧道",)),
        ("論壇有幾人、在哪裡？", ["people", "place"], ("论坛", "坛有", "有几", "几人", "在哪", "哪里")),
    ],
)
def test_the_kinds_that_a_question_wants_and_its_pairs_of_characters(question, kinds, grams):
    asked = SIGNS.asked(question)
    assert [kind.name for kind in asked.kinds] == kinds
    assert asked.grams == grams


def test_every_kind_is_of_one_group():
    grouped = [name for _, members in GROUPS for name in members]
    assert sorted(grouped) == sorted([*(kind.name for kind in KINDS), "count", "number"])


@pytest.mark.parametrize(
    ("what", "value"),
    [
        (Beside(near=1.0), 1.0),
        (Beside(window=1.0), 0.5),
        (Beside(close=1.0), 0.3),
        (Beside(clause=1.0), 0.3),
        (Beside(near=1.0, other_year=1.0), 0.7),
        (Beside(near=1.0, limited=1.0), 0.85),
        (Beside(near=1.0, elsewhere=1.0), 0.85),
        (Beside(other_year=1.0), 0.0),
        (Beside(), 0.0),
    ],
)
def test_what_each_thing_beside_a_candidate_is_worth(what, value):
    assert what.value == pytest.approx(value)


@pytest.mark.parametrize(("between", "window"), [(0, 1.0), (8, 1.0), (25, 1.0), (60, 1.0), (61, 0.0)])
@pytest.mark.parametrize("order", ["{word}{between}{candidate}", "{candidate}{between}{word}"])
def test_nearness_fades_with_the_characters_between(order, between, window):
    text = order.format(word="隧道", between="之" * between, candidate="5月3日")
    seen = beside("隧道是何時？", text, "5月3日")
    assert seen.window == window
    assert seen.near == pytest.approx(math.exp(-between / 25))
    assert seen.close == pytest.approx(math.exp(-between / 8))


def test_each_word_counts_by_its_weight_where_it_stands_nearest():
    seen = beside(OPENING, f"隧道{'之' * 80}通車於5月3日，隧道。", "5月3日")
    assert seen.window == 1.0
    assert seen.near == pytest.approx((6 * math.exp(-1 / 25) + 5 * math.exp(-1 / 25)) / 11)
    assert seen.close == pytest.approx((math.exp(-1 / 8) + math.exp(-1 / 8)) / 2)


def test_the_last_two_words_that_say_of_what_are_to_stand_close():
    seen = beside(VISITORS, "2022年觀光人數為43萬人。", "43万人")
    assert seen.close == pytest.approx((math.exp(-5 / 8) + math.exp(-3 / 8)) / 2)


@pytest.mark.parametrize(
    ("text", "share"),
    [
        ("隧道於5月3日通車。", 1.0),
        ("隧道，於5月3日通車。", 1.0),
        ("隧道，完工，於5月3日通車。", 5 / 11),
        ("隧道、完工、於5月3日通車。", 5 / 11),
        ("於5月3日，隧道通車。", 0.0),
        ("於5月3日、隧道通車。", 1.0),
    ],
)
def test_the_clause_reaches_back_to_the_one_before_and_on_to_its_end(text, share):
    assert beside(OPENING, text, "5月3日").clause == pytest.approx(share)


@pytest.mark.parametrize(
    ("text", "candidate", "other"),
    [
        ("2022年觀光人數為43萬人。", "43万人", 0.0),
        ("2021年觀光人數為43萬人。", "43万人", 1.0),
        ("觀光人數為43萬人。", "43万人", 0.0),
        # The last year before it is that of a candidate; where there is none, the first after it.
        ("2021年為41萬人，2022年觀光人數為43萬人。", "41万人", 1.0),
        ("2021年為41萬人，2022年觀光人數為43萬人。", "43万人", 0.0),
        ("觀光人數為43萬人，少於2022年，也少於2021年。", "43万人", 0.0),
        ("觀光人數為43萬人，少於2021年，也少於2022年。", "43万人", 1.0),
        # A figure of people is no year.
        ("2022年觀光人數為2000人。", "2000人", 0.0),
        ("2022年觀光人數為1950多萬人次。", "1950多万人次", 0.0),
        ("2022年遊客2000名，觀光人數43萬人。", "43万人", 0.0),
    ],
)
def test_another_year_beside_a_candidate_is_noticed(text, candidate, other):
    assert beside(VISITORS, text, candidate).other_year == other


def test_a_date_is_of_its_own_year():
    asked = "2022年隧道何時通車？"
    assert beside(asked, "隧道2022年動工，2023年5月3日通車。", "2023年5月3日").other_year == 1.0
    assert beside(asked, "隧道2021年動工，2022年5月3日通車。", "2022年5月3日").other_year == 0.0


def test_where_no_year_is_asked_none_is_another():
    assert beside("觀光人數是多少？", "2021年觀光人數為43萬人。", "43万人").other_year == 0.0
    assert look("觀光人數是多少？", "2021年觀光人數為43萬人。").other_year == 0.0


@pytest.mark.parametrize(
    ("question", "text", "limited"),
    [
        (VISITORS, "2022年觀光人數為43萬人。", 0.0),
        (VISITORS, "2022年觀光人數約43萬人。", 1.0),
        (VISITORS, "2022年上半年觀光人數為43萬人。", 1.0),
        (VISITORS, "2022年9月觀光人數為43萬人。", 1.0),
        (VISITORS, "2022年觀光人數預計為43萬人。", 1.0),
        (VISITORS, "2022年觀光人數為43萬人，明年預計成長。", 0.0),
        (VISITORS, "預計成長，2022年，觀光人數為43萬人。", 0.0),
        ("2022年上半年的觀光人數是多少？", "2022年上半年觀光人數為43萬人。", 0.0),
        ("2022年上半年的觀光人數是多少？", "2022年上半年觀光人數約43萬人。", 1.0),
    ],
)
def test_a_limiting_word_in_the_clause_is_noticed_unless_it_is_asked_for(question, text, limited):
    assert beside(question, text, "43万人").limited == limited


@pytest.mark.parametrize(
    ("question", "text", "candidate", "elsewhere"),
    [
        (VISITORS, "2022年成都的觀光人數為43萬人。", "43万人", 1.0),
        (VISITORS, "成都，2022年，觀光人數為43萬人。", "43万人", 0.0),
        (VISITORS, "2022年觀光人數為43萬人。", "43万人", 0.0),
        (VISITORS, "2022年美觀光人數為43萬人。", "43万人", 0.0),
        ("成都的觀光人數是多少？", "成都的觀光人數為43萬人。", "43万人", 0.0),
        ("隧道是誰設計的？", "成都的隧道由建築師林書宇設計。", "林书宇", 0.0),
    ],
)
def test_a_place_that_is_not_asked_for_is_noticed_where_a_figure_is(question, text, candidate, elsewhere):
    assert beside(question, text, candidate).elsewhere == elsewhere


FILLER = "，會中聽取環境、交通、教育三個小組的說明並且決定下個月再到現場會勘一次"


@pytest.mark.parametrize(
    ("question", "text", "better", "worse"),
    [
        (VISITORS, f"2022年收入47萬元，雇用51人{FILLER}，觀光人數為43萬人。", "43万人", "51人"),
        (VISITORS, "觀光人數2022年為43萬人，2021年為41萬人。", "43万人", "41万人"),
        (VISITORS, "2022年觀光人數為43萬人，觀光人數上半年為21萬人。", "43万人", "21万人"),
        (VISITORS, "2022年觀光人數為43萬人，成都觀光人數為21萬人。", "43万人", "21万人"),
    ],
)
def test_the_better_candidate_of_a_sentence_is_its_best(question, text, better, worse):
    seen = look(question, text)
    assert beside(question, text, better).value > beside(question, text, worse).value
    assert seen.best.text == better
    assert seen.value == seen.best.value


@pytest.mark.parametrize(
    ("text", "cover", "rare", "grams"),
    [
        ("隧道於5月3日通車。", 1.0, 1.0, 2 / 5),
        ("隧道完工。", 6 / 11, 1.0, 1 / 5),
        ("高鐵通車。", 5 / 11, 0.0, 1 / 5),
        ("他問隧道何時通車。", 1.0, 1.0, 1.0),
        ("市集開張。", 0.0, 0.0, 0.0),
    ],
)
def test_how_much_of_the_question_a_sentence_has(text, cover, rare, grams):
    seen = look(OPENING, text)
    assert (seen.cover, seen.context) == pytest.approx((cover, cover))
    assert (seen.rare, seen.grams) == pytest.approx((rare, grams))


def test_neighbours_are_context_and_no_cover():
    first, last = looks(OPENING, "隧道完工。市長宣布5月3日通車。")
    assert (first.cover, last.cover) == pytest.approx((6 / 11, 5 / 11))
    assert (first.context, last.context) == (1.0, 1.0)


@pytest.mark.parametrize(
    ("question", "text", "figures"),
    [
        ("第 10 屆論壇", "第10屆論壇", 1.0),
        ("第 10 屆論壇", "第100屆論壇", 0.0),
        ("第 10 屆論壇", "第110屆論壇", 0.0),
        ("2022 年第 10 屆論壇", "2022年論壇", 0.5),
        ("論壇", "市集", 1.0),
    ],
)
def test_figures_are_met_whole(question, text, figures):
    assert look(question, text).figures == figures


@pytest.mark.parametrize(
    ("text", "asks"),
    [
        ("隧道於5月3日通車。", 0.0),
        ("隧道何時通車？", 1.0),
        ("他問：「隧道何時通車？」", 1.0),
        ("誰說隧道通車。", 1.0),
        ("隧道通車，誰知道。", 1.0),
        ("隧道通車了嗎", 1.0),
        ("隧道有多少車流。", 1.0),
        ("隧道在哪裡通車。", 1.0),
        ("市長談為誰而建。", 0.0),
    ],
)
def test_a_sentence_that_asks_is_noticed(text, asks):
    assert look(OPENING, text).asks == asks


@pytest.mark.parametrize(
    ("text", "other"),
    [("2021年完工。", 1.0), ("2021年動工，2022年完工。", 0.0), ("2000人到場。", 0.0), ("完工。", 0.0)],
)
def test_a_sentence_of_none_but_other_years_is_noticed(text, other):
    assert look("2022年隧道何時通車？", text).other_year == other


@pytest.mark.parametrize(
    ("question", "text", "names"),
    [
        (OPENING, "隧道於5月3日動工，隔年5月4日通車。", ["5月3日", "5月4日"]),
        (OPENING, "橋樑於5月3日完工。", []),
        ("為什麼改建隧道？", "隧道於5月3日改建。", []),
        (OPENING, "隧道完工。", []),
    ],
)
def test_candidates_are_looked_for_beside_a_word_of_the_question(question, text, names):
    seen = look(question, text)
    assert [one.text for one in seen.all] == names
    assert (seen.best == Beside()) is (not names)


@pytest.mark.parametrize(
    ("text", "figures"),
    [
        ("Jan 5, 2022 · 隧道通車。", 0.0),
        ("隧道於 Jan 5, 2022 通車。", 1.0),
        ("WUF10, 2022 年隧道通車。", 1.0),
    ],
)
def test_the_date_before_a_snippet_is_not_the_texts_own(text, figures):
    assert look("2022 年隧道何時通車？", text).figures == figures


@pytest.mark.parametrize("ago", ["2 days ago", "1 day ago", "13 hours ago"])
def test_how_old_a_snippet_is_is_no_candidate(ago):
    assert look("隧道叫什麼名字？", f"{ago} · 隧道通車。").all == ()


NEAR = math.exp(-1 / 25) + 0.5 + 0.3 * math.exp(-1 / 8) + 0.3 - 0.15


@pytest.mark.parametrize(
    ("question", "text", "found", "value", "rank"),
    [
        # Where no figure is asked for, all have those that are, which is worth .2.
        ("隧道通車", "隧道完工", 0.0, 1.3 * 6 / 11 + 0.3 / 3, 1.8 * 6 / 11 + 0.5 / 3 + 0.2),
        ("隧道通車", "隧道完工", 1.0, 1.3 * 6 / 11 + 0.3 / 3, 1.8 * 6 / 11 + 0.5 / 3 + 0.5),
        ("隧道通車", "隧道完工？", 0.0, 1.3 * 6 / 11 + 0.3 / 3, 1.8 * 6 / 11 + 0.5 / 3 - 0.1),
        ("隧道是何時？", "隧道之5月3日", 0.0, NEAR, NEAR + 0.5 + 0.2 / 4 + 0.4),
        ("第 10 屆", "第10屆", 0.0, 1.6, 2.5),
        ("第 10 屆", "第110屆", 0.0, 1.6, 2.3),
        ("2022，第 10 屆", "2021，第110屆", 0.0, 1.275, 1.65),
    ],
)
def test_sentences_are_ranked_by_all_that_speaks_for_them(question, text, found, value, rank):
    seen = look(question, text, found)
    assert (seen.value, seen.rank) == pytest.approx((value, rank))


def test_a_look_keeps_where_the_sentence_stands_and_how_well_it_was_found():
    hits = hits_of("市集開張。", "隧道於5月3日通車。")
    best = score_sentences(hits, focus_on(OPENING), {})[0]
    seen = SIGNS.look(SIGNS.asked(OPENING), best, 0.25)
    assert (seen.report, seen.own, seen.found) == ("r1", best.own, 0.25)


@pytest.mark.parametrize(
    ("scores", "shares"),
    [([4.0, 2.0, 1.0], [1.0, 0.5, 0.25]), ([0.5], [1.0]), ([0.0, 0.0], [0.0, 0.0]), ([], [])],
)
def test_what_is_found_is_measured_by_the_best(scores, shares):
    hits = [replace(hit, score=score) for hit, score in zip(hits_of(*"甲乙丙"), scores, strict=False)]
    assert list(found_shares(hits).items()) == [((f"r{n}", 0), share) for n, share in enumerate(shares)]


def test_two_passages_of_one_document_keep_their_own_shares():
    first = replace(hits_of("隧道")[0], score=2.0)
    second = replace(first, score=1.0, passage=replace(first.passage, start=7))
    assert found_shares([first, second]) == {("r0", 0): 1.0, ("r0", 7): 0.5}
