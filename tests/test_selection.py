"""What is shown around the best sentences: their list, what follows, the day they stand under."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from shapes import report_of
from wired import BALI, DAKAR, focus_on, hits, reports

from assistant.evidence import score_sentences
from assistant.selection import SHAPES, Shape, choose, spans_of, without_nested
from index.passages import split_passages
from index.search import Hit

SPANS = st.lists(
    st.tuples(st.integers(0, 60), st.integers(1, 20)).map(lambda s: (s[0], s[0] + s[1])), max_size=9
)


def ranked(*scores):
    """Sentences of one report with these scores."""
    found = score_sentences(hits(DAKAR), focus_on("水"), {})[: len(scores)]
    return [replace(sentence, score=score) for sentence, score in zip(found, scores, strict=True)]


def shown(report, spans):
    return [report.text[start:end] for start, end in spans]


@pytest.mark.parametrize(
    ("scores", "shape", "count"),
    [
        ((1.0, 0.9, 0.8), Shape(2, 999, 0.5), 2),
        ((1.0, 0.9, 0.2), Shape(5, 999, 0.5), 2),
        ((1.0, 0.9, 0.8), Shape(5, 1, 0.5), 1),
        ((0.2, 1.0, 0.9), Shape(5, 999, 0.5), 2),
    ],
)
def test_the_best_sentences_within_the_shape(scores, shape, count):
    chosen = choose(ranked(*scores), shape)
    assert [sentence.score for sentence in chosen] == sorted(scores, reverse=True)[:count]


def test_of_nothing_nothing_is_chosen():
    assert choose([], SHAPES["fact"]) == []


@given(st.lists(st.floats(0.01, 3), min_size=1, max_size=8), st.sampled_from(sorted(SHAPES)))
def test_the_best_one_is_always_chosen(scores, name):
    best = max(scores)
    chosen = choose(ranked(*scores), SHAPES[name])
    assert chosen[0].score == best
    assert len(chosen) <= SHAPES[name].sentences


@given(SPANS)
def test_spans_without_those_inside_another(spans):
    spans = sorted(spans)
    kept = without_nested(spans)
    assert kept == sorted(kept)
    assert all(any(a <= start and end <= b for a, b in kept) for start, end in spans)
    assert not any(a <= start and end <= b for a, b in kept for start, end in kept if (a, b) != (start, end))


def spans_for(report, question, *, count=1, lists=False):
    found = [Hit(passage, 1.0, 1.0, 1.0) for passage in split_passages(report)]
    focus = focus_on(question)
    chosen = score_sentences(found, focus, {})[:count]
    return shown(report, spans_of(report, chosen, focus, lists=lists))


def test_a_sentence_comes_with_what_follows_it_in_its_paragraph():
    report = report_of(
        "甲市考察報告\n壹、目的\n考察甲市的抽水站。\n貳、過程\n"
        "抽水站建於八十年前。現由三名人員輪班操作。每年汛期前全面檢修。\n另一天參觀動物園，沒有特別的事。\n"
    )
    assert spans_for(report, "抽水站建於何時？")[0] == "抽水站建於八十年前。"
    assert "每年汛期前全面檢修。" in spans_for(report, "抽水站建於何時？")
    assert not any("動物園" in text for text in spans_for(report, "抽水站建於何時？"))


def test_where_a_list_is_asked_for_a_line_comes_with_the_others():
    report = report_of(
        "甲市考察報告\n壹、目的\n考察甲市的綠屋頂與雨水花園的補助制度及維護方式，作為本市的參考。\n貳、心得\n"
        "補助的對象包括\n- 綠屋頂\n- 雨水花園\n- 透水鋪面\n"
    )
    assert spans_for(report, "透水鋪面", lists=True) == ["- 綠屋頂", "- 雨水花園", "- 透水鋪面"]
    assert spans_for(report, "透水鋪面") == ["- 透水鋪面"]


def test_a_question_for_a_date_shows_the_day_above_the_sentence():
    assert "113年5月19日（星期日）" in spans_for(reports()[BALI], "感測器工作坊在哪一天舉行？")
    assert "113年5月19日（星期日）" not in spans_for(reports()[BALI], "感測器工作坊由誰主持？")


@pytest.mark.parametrize("lists", [False, True])
@pytest.mark.parametrize("question", ["感測器", "蘇巴克", "建議", "日期", "工作坊在哪一天"])
def test_spans_are_in_order_and_whole(question, lists):
    report = reports()[BALI]
    chosen = score_sentences(hits(BALI), focus_on(question), {})[:4]
    spans = spans_of(report, chosen, focus_on(question), lists=lists)
    assert spans == sorted(set(spans))
    assert all(text == text.strip() and text for text in shown(report, spans))
    assert all(any(a <= s.start and s.end <= b for a, b in spans) for s in chosen)


def test_a_line_of_the_cover_does_not_bring_the_cover_with_it():
    report = report_of(
        "甲市綠屋頂考察報告\n類別：考察\n地區：甲國\n服務機關：乙市政府\n壹、目的\n"
        "考察補助的制度及維護方式，作為本市的參考。\n貳、心得\n補助的對象以學校為主。\n"
    )
    covered = replace(focus_on("綠屋頂"), covered=frozenset({report.id}))
    found = [Hit(passage, 1.0, 1.0, 1.0) for passage in split_passages(report)]
    title = [s for s in score_sentences(found, covered, {}) if s.text == "甲市綠屋頂考察報告"]
    assert shown(report, spans_of(report, title, covered, lists=True)) == ["甲市綠屋頂考察報告"]
    assert len(spans_of(report, title, focus_on("綠屋頂"), lists=True)) > 1
