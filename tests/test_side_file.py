"""The record beside an exported document."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, datetime
from importlib import metadata

import scripted

from assistant.conversations import Exchange
from assistant.export.side_file import made_answers, side_file


def test_it_names_program_date_modes_and_passages() -> None:
    answer = scripted.answer_with("建議？", scripted.ADVISED)
    exchanges = [
        Exchange("建議？", answer),
        Exchange("學到？", replace(answer, mode="llm", model="示範模型", citations=())),
    ]
    moment = datetime(2026, 11, 27, 8, 30, tzinfo=UTC)
    document = side_file("哥本哈根", made_answers(exchanges), moment=moment)
    citation = answer.citations[0]
    passage = {
        "report_id": scripted.COPENHAGEN.id,
        "file": "copenhagen.pdf",
        "start": citation.start,
        "end": citation.end,
        "page": 2,
    }
    assert document == {
        "program": "xinde",
        "version": metadata.version("xinde"),
        "date": "2026-11-27T08:30:00+00:00",
        "title": "哥本哈根",
        "made": [
            {"what": "建議？", "mode": "extractive", "model": "", "passages": [passage]},
            {"what": "學到？", "mode": "llm", "model": "示範模型", "passages": []},
        ],
    }
    assert json.loads(json.dumps(document, ensure_ascii=False)) == document
