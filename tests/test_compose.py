"""How an answer reads: leads, numbered pieces, refusals with what comes nearest; and its JSON."""

from __future__ import annotations

import json
from dataclasses import replace

from trips import row_of
from wired import BALI, DAKAR, KUMAMOTO, read, reports

from assistant.answer import answer_json
from assistant.compose import Block, compose, refuse, span_piece


def piece(key, quote):
    start = reports()[key].text.index(quote)
    return span_piece(reports()[key], start, start + len(quote))


STATION = piece(DAKAR, "該站每日供水 38 萬噸")
SENSORS = piece(BALI, "二、感測器要有人維護\n多個城市的感測器兩年後失效四成")


def test_a_piece_shows_line_ends_as_spaces_and_keeps_its_span():
    assert SENSORS.text == "二、感測器要有人維護 多個城市的感測器兩年後失效四成"
    assert reports()[BALI].text[SENSORS.start : SENSORS.end].split("\n") == SENSORS.text.split(" ")


def test_a_piece_shows_no_bullet_but_quotes_it():
    shown = span_piece(replace(reports()[DAKAR], text="• 綠屋頂\t補助"), 0, 8)
    assert (shown.text, shown.start, shown.end) == ("綠屋頂　補助", 0, 8)


def test_blocks_become_leads_and_numbered_lines():
    answer = compose(
        read("供水和感測器"),
        [Block(reports()[DAKAR], "達卡：", (STATION,)), Block(reports()[BALI], "峇里島：", (SENSORS,))],
    )
    assert answer.text == (
        "達卡：\n- 該站每日供水 38 萬噸 [1]\n\n"
        "峇里島：\n- 二、感測器要有人維護 多個城市的感測器兩年後失效四成 [2]"
    )
    assert not answer.abstained
    assert [(s.text, s.citations) for s in answer.statements] == [(STATION.text, (1,)), (SENSORS.text, (2,))]
    assert [citation.report_id for citation in answer.citations] == [DAKAR, BALI]
    assert answer.nearest == ()


def test_the_same_span_twice_is_one_citation():
    answer = compose(read("供水"), [Block(reports()[DAKAR], "甲：", (STATION, STATION))])
    assert [statement.citations for statement in answer.statements] == [(1,), (1,)]
    assert len(answer.citations) == 1


def test_a_refusal_says_what_is_missing_and_offers_the_nearest():
    near = row_of(reports()[KUMAMOTO])
    answer = refuse(read("札幌的心得"), ["札幌"], [(near, "內容最接近")])
    assert answer.text == "檔案中查無「札幌」的記載。\n檔案中最接近的是：《赴日本熊本考察地下水保育報告》。"
    assert answer.abstained and answer.statements == () and answer.citations == ()
    assert [(n.report_id, n.file, n.why) for n in answer.nearest] == [(KUMAMOTO, near.file, "內容最接近")]


def test_a_refusal_with_nothing_near_is_one_line():
    assert refuse(read("札幌"), [], []).text == "檔案中查無可以回答這個問題的記載。"


def test_an_english_question_is_refused_in_english_with_the_chinese_mark():
    answer = refuse(read("What happened in Sapporo?"), ["Sapporo"], [(row_of(reports()[KUMAMOTO]), "")])
    assert answer.language == "en"
    assert answer.text == (
        "Not in the archive（檔案中查無）: Sapporo.\n"
        "Nearest in the archive: 《赴日本熊本考察地下水保育報告》."
    )


def test_json_has_its_stable_shape():
    answer = replace(
        compose(read("供水"), [Block(reports()[DAKAR], "達卡：", (STATION,))]), timings_ms={"total": 1.26}
    )
    shape = answer_json(answer)
    assert list(shape) == [
        "question", "language", "answer", "abstained", "mode", "statements", "citations", "nearest",
        "timings_ms",
    ]  # fmt: skip
    assert shape["mode"] == "extractive" and shape["timings_ms"] == {"total": 1.3}
    assert shape["statements"] == [{"text": STATION.text, "citations": [1], "support": "supported"}]
    assert shape["citations"] == [
        {
            "n": 1, "report_id": DAKAR, "file": "111達卡世界水論壇.txt", "title": "出席第九屆世界水論壇報告",
            "chapter": "process", "heading": "第二章 過程", "page": 1, "start": STATION.start,
            "end": STATION.end, "quote": "該站每日供水 38 萬噸",
        }
    ]  # fmt: skip
    assert json.loads(json.dumps(shape, ensure_ascii=False)) == shape


def test_json_of_a_refusal():
    shape = answer_json(refuse(read("札幌"), ["札幌"], [(row_of(reports()[KUMAMOTO]), "內容最接近")]))
    assert shape["abstained"] is True and shape["statements"] == shape["citations"] == []
    assert list(shape["nearest"][0]) == ["report_id", "file", "title", "why"]
