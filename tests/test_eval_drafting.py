"""The worked drafts: what is counted, and that a sentence beyond its source is found."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
import trips

from assistant.assistant import Assistant
from assistant.settings import Settings
from assistant.verification import Verifier
from evals.drafting import CASES, find_faults, load, measure, table


@pytest.fixture(scope="module")
def assistant(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Assistant]:
    home: Path = trips.fill(tmp_path_factory.mktemp("home"), tmp_path_factory.mktemp("papers"))
    opened = Assistant.open(Settings(home=home))
    yield opened
    opened.close()


def test_ten_cases_each_with_its_notes() -> None:
    cases = load()
    assert len(cases) == 10
    assert all(case.notes.is_file() and case.trip.agency for case in cases)
    assert {case.notes.parent for case in cases} == {CASES}


def test_drafts_keep_to_the_lengths_and_to_their_sources(assistant: Assistant) -> None:
    made = measure(assistant, load()[:3], 2)
    assert [one.faults for one in made] == [(), (), ()]
    assert all(item.is_within for one in made for item in one.draft.items)
    assert table(made).splitlines()[-1].startswith("| 合計 | 12 | 12 |")


def test_a_sentence_beyond_its_source_is_found(assistant: Assistant) -> None:
    (one,) = measure(assistant, load()[:1], 2)
    item = one.draft.items[0]
    false = replace(item.sentences[0], text="市府把全市 450 個避難所的物資改由各里居民團體保管。")
    draft = replace(one.draft, items=(replace(item, sentences=(false,)),))
    verifier = Verifier.load(assistant.names, assistant.archive.tokeniser)
    assert ["450" in fault for fault in find_faults(draft, assistant, verifier)] == [True]
