"""How sure it is that plain texts answer: the trees, the signs they look at, and the built-in tables."""

from __future__ import annotations

import pytest
from wired import focus_on, hits_of, weights

from assistant.confidence import Confidence, Table, Tree, sign_row
from assistant.evidence import score_sentences
from assistant.signs import Signs
from index.tokenise import Tokeniser
from index.word_weights import WordWeights

TOKENISER = Tokeniser.open()
SIGNS = Signs(weights(), TOKENISER)
TREE = Tree(((0, 0.5), (1, 1.0), (1, 3.0)), (1.0, 2.0, 3.0, 4.0))
QUESTION = "青岸隧道全長多少公里？"
TOLD = "青岸隧道全長4.5公里。"
BESIDE = "青岸隧道由市長剪綵。"
OTHER = "蘭陽市集有30攤。"


def row(question: str, *texts: str) -> dict[str, float]:
    which = hits_of(*texts)
    return sign_row(SIGNS, question, score_sentences(which, focus_on(question), {}), which)


@pytest.mark.parametrize(
    ("values", "leaf"), [((0.5, 1.0), 1.0), ((0.5, 1.1), 2.0), ((0.6, 3.0), 3.0), ((0.6, 3.1), 4.0)]
)
def test_a_tree_goes_up_above_a_limit_and_down_at_it(values, leaf):
    assert TREE.value(values) == leaf


def test_one_half_is_where_the_answer_begins():
    assert Table(-1.0, 2.0, (TREE,)).value((0.6, 3.0)) == 0.5
    assert Table(-1.0, 2.0, (TREE,)).value((0.6, 3.1)) > 0.5
    assert Table(-1.0, 2.0, (TREE,)).value((0.5, 1.1)) < 0.5


def test_a_sentence_that_gives_the_thing_wanted_shows_it():
    told, beside = row(QUESTION, TOLD), row(QUESTION, BESIDE)
    assert (told["candidate"], beside["candidate"]) == (1.0, 0.0)
    assert told["window"] == pytest.approx(told["cover"])
    assert beside["window"] == 0.0
    assert told["value_0"] > beside["value_0"]


def test_documents_that_say_the_same_support_it():
    one, three = row(QUESTION, TOLD, BESIDE), row(QUESTION, TOLD, f"據報，{TOLD}", f"市府說{TOLD}")
    assert three["support_0"] > one["support_0"]
    assert three["supporters"] > one["supporters"]


def test_another_year_than_asked_is_noticed():
    question = "2022年的觀光人數是多少？"
    assert row(question, "2022年觀光人數為43萬人。")["other_year"] == 0.0
    assert row(question, "2021年觀光人數為41萬人。")["other_year"] == 1.0


def test_the_built_in_tables_look_at_signs_that_there_are():
    confidence = Confidence.load(weights(), TOKENISER)
    count = len(
        confidence.row(QUESTION, score_sentences(hits_of(TOLD), focus_on(QUESTION), {}), hits_of(TOLD))
    )
    for table in confidence.tables.values():
        assert table.trees
        assert all(sign < count for tree in table.trees for sign, _ in tree.splits)


def test_single_texts_answer_what_they_tell_and_not_what_they_do_not_speak_of():
    confidence = Confidence.load(weights(), TOKENISER)

    def sure(*texts: str) -> float:
        which = hits_of(*texts)
        sentences = score_sentences(which, focus_on(QUESTION), {})
        return confidence.of(QUESTION, sentences, which, retold=False)

    assert sure(TOLD, BESIDE, OTHER) >= 0.5
    assert sure(OTHER) == 0.0
    assert confidence.of(QUESTION, [], [], retold=False) == 0.0


@pytest.mark.parametrize(("weight", "sure"), [(2.9, 0.0), (3.0, 0.5), (9.0, 0.5)])
@pytest.mark.parametrize("retold", [False, True])
def test_what_holds_hardly_a_word_of_the_question_answers_nothing(retold, weight, sure):
    signs = Signs(WordWeights({"隧道": weight}, unseen=9.0), TOKENISER)
    told = hits_of("市集開張。", "隧道完工。")
    even = Table(0.0, 0.0, ())
    sentences = score_sentences(told, focus_on("隧道通車"), {})
    assert Confidence(signs, even, even).of("隧道通車", sentences, told, retold=retold) == sure
