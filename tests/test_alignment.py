"""Which clause and sentence of the passages a clause fits, and how much of it they say."""

from __future__ import annotations

import pytest
from cited import ADVICE, PROCESS, aligner

from assistant.alignment import strength
from assistant.claims import Word


@pytest.mark.parametrize(
    ("word", "spellings", "text", "least", "most"),
    [
        ("公车", (), "试办夜间公车", 1.0, 1.0),
        ("公车", ("巴士",), "夜间巴士", 0.9, 0.9),
        ("计程车业", (), "影响计程车生意", 0.3, 0.7),
        ("票价", (), "价格", 0.3, 0.3),
        ("票价", (), "积雪", 0.0, 0.0),
        ("oasc", (), "boasco 与 oascx", 0.0, 0.3),
    ],
)
def test_strength(word: str, spellings: tuple[str, ...], text: str, least: float, most: float) -> None:
    assert least <= strength(Word(word, 5.0, (word, *spellings)), text) <= most


def test_each_clause_finds_its_place() -> None:
    found = aligner("雪堆置場可容納很多積雪，松井課長說不影響計程車生意。")
    fits = [found.fit(clause) for clause in found.claims.clauses]
    places = [found.field.spots[fit.spot].clause.text for fit in fits]
    assert "30 萬立方公尺積雪" in places[0] and "計程車" in places[1]
    assert all(fit.there >= fit.here for fit in fits)


def test_what_is_nowhere_is_unmet() -> None:
    found = aligner("市長獲頒勳章。")
    (fit,) = (found.fit(clause) for clause in found.claims.clauses)
    assert fit.anywhere < 0.5 and {"获颁", "勋章"} & {word.text for word in fit.unmet}


def test_cover_grows_with_the_passages_and_counts_headings() -> None:
    sentence = "札幌每晚開 6 班夜間公車，建議公車處選擇 2 條路線試辦。"
    assert aligner(sentence, PROCESS, ADVICE).everything() > aligner(sentence, PROCESS).everything()
    one = aligner("考察冬季交通。")
    assert one.cover([0]) > one.cover([0], head=False)


def test_sentences_stand_where_the_report_has_them() -> None:
    for sentence in aligner("夜間公車。").field.sentences:
        assert PROCESS.text[sentence.start - 1000 : sentence.end - 1000].endswith("。")
