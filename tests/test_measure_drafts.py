"""Drafts by a scripted model that slips: what is wrong is not shown as borne out, and the measure sees it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import draft_sayings
import pytest
import trips
from draft_sayings import PLANTS, Material
from measure_drafts import HONEST, Tally, measure, table

from assistant.assistant import Assistant
from assistant.frames import Frames
from assistant.settings import Settings
from evals.drafting import load

PROMPT = """\
1. 寫 2 項。
札記：
[N1] 市府把三十二處抽水站的水位即時公開，停水前三天通知居民。
[N2] 水位公開以後，民眾抱怨的電話減少四成，客服人力也跟著減少。
[N3] 很好。

前例：
[1] 《赴大阪出國報告》：每日公布水質
"""


@pytest.fixture(scope="module")
def assistant(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Assistant]:
    home: Path = trips.fill(tmp_path_factory.mktemp("home"), tmp_path_factory.mktemp("papers"))
    opened = Assistant.open(Settings(home=home))
    yield opened
    opened.close()


def test_the_script_reads_what_the_prompt_shows() -> None:
    material = Material.read(PROMPT)
    assert [n for n, _ in material.notes] == [1, 2]
    assert (material.passages, material.items) == (((1, "每日公布水質"),), 2)


def test_each_item_has_one_thing_wrong() -> None:
    text, planted = draft_sayings.slipping(PROMPT, "wrong_number")
    assert len(planted) == 2
    assert all(one.text in text and one.marks for one in planted)
    assert "三十三處" in planted[0].text
    assert "三十三處" not in draft_sayings.honest(PROMPT)


def test_an_honest_draft_stands(assistant: Assistant) -> None:
    tally = measure(assistant, load()[:2], HONEST, 2)
    assert (tally.written, tally.shown, tally.invented) == (2, [], 0)
    assert tally.sourced >= 2 * tally.items - 1


@pytest.mark.parametrize(
    "slip",
    ["wrong_city", "wrong_name", "invented", "invented_unmarked", "mark_of_nothing", "injected", "heading"],
)
def test_what_is_wrong_is_not_shown_as_borne_out(assistant: Assistant, slip: str) -> None:
    tally = measure(assistant, load()[:1], slip, 2)
    assert slip in PLANTS and tally.planted == 4
    assert (tally.shown, tally.invented) == ([], 0)


def test_the_table_sums_the_slips_but_not_the_honest_drafts() -> None:
    tallies = {HONEST: Tally(sourced=9), "negated": Tally(planted=2, shown=["甲。"], sourced=4)}
    assert table(tallies).splitlines()[-1] == "| **all slips** | 2 | 1 | 0 | 4 | 0.250 | 0 | 0 |"


@pytest.mark.parametrize(
    ("text", "stands"),
    [
        ("建議未來由【待補：主辦局處】研議可行方案，逐步推動，以提升服務品質。", True),
        ("藉由此次考察，本府可重新檢視既有作法，作為後續精進的參考。", True),
        ("建議本市參考，其經費全數由企業贊助。", False),
        ("當地居民可隨時查詢進度。", False),
        ("市府應可於明年完成，民眾均表支持。", False),
    ],
)
def test_a_sentence_without_a_source_may_only_propose(text: str, stands: bool) -> None:
    assert Frames.load().only_proposes(text) is stands


@pytest.mark.parametrize(
    ("text", "stands"),
    [
        ("對照本市，【待補：差異何在？】，藉此可釐清後續方向。", True),
        ("志工全數由企業員工擔任，【待補：人數？】。", False),
    ],
)
def test_beside_a_question_nothing_is_told(text: str, stands: bool) -> None:
    assert Frames.load().only_asks(text) is stands
