"""Before a trip: which past trips are alike, in which order, and what is cited of them."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
import trips

from assistant.assistant import Assistant
from assistant.citations import is_sound
from assistant.cli import main
from assistant.ledger import Ledger
from assistant.outcome import DONE, REFUSED, USAGE
from assistant.precheck import Plan, precheck, precheck_json
from assistant.render_precheck import render_precheck
from assistant.settings import Settings

TODAY = date(2025, 6, 1)
DAKAR, BALI, SENDAI, KUMAMOTO = (
    "111達卡世界水論壇.txt", "113峇里島世界水論壇.txt", "108仙台防災考察.txt", "112熊本地下水考察.txt"
)  # fmt: skip


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return trips.fill(tmp_path_factory.mktemp("home"), tmp_path_factory.mktemp("papers"))


@pytest.fixture(scope="module")
def assistant(home: Path) -> Iterator[Assistant]:
    opened = Assistant.open(Settings(home=home))
    yield opened
    opened.close()


@pytest.mark.parametrize(
    ("plan", "found"),
    [
        (Plan(event="第十屆世界水論壇"), [(BALI, ("event",)), (DAKAR, ("series",))]),
        (Plan(place="日本"), [(KUMAMOTO, ("place",)), (SENDAI, ("place",))]),
        (Plan(place="日本", topic="防災教育"), [(KUMAMOTO, ("place",)), (SENDAI, ("place", "topic"))]),
        (Plan(topic="即時水位"), [(DAKAR, ("topic",))]),
        (Plan(place="冰島"), []),
        (Plan(topic="量子電腦"), []),
    ],
)  # fmt: skip
def test_similar_trips_the_last_three_years_first(
    assistant: Assistant, plan: Plan, found: list[tuple[str, tuple[str, ...]]]
) -> None:
    assert [(trip.row.file, trip.why) for trip in precheck(assistant, plan, TODAY).trips] == found


@pytest.mark.parametrize(("today", "recent"), [(date(2025, 3, 21), True), (date(2025, 3, 22), False)])
def test_three_years_are_counted_by_the_day(assistant: Assistant, today: date, recent: bool) -> None:
    (trip,) = precheck(assistant, Plan(topic="即時水位"), today).trips
    assert trip.is_recent == recent


def test_items_are_cited_and_all_recommendations_are_open(assistant: Assistant) -> None:
    found = precheck(assistant, Plan(event="第九屆世界水論壇"), date(2025, 1, 1))
    assert [lesson.heading for lesson in found.trips[0].learned] == [
        "缺水城市以資料調度供水",
        "青年是節水的推手",
    ]
    assert all(is_sound(one, assistant.archive.report(one.report_id)) for one in found.citations)
    document = precheck_json(found)
    first = document["open"][0]
    assert (first["heading"], first["status"]) == ("公開水庫與淨水場的即時水位（立即可行）", "未填")
    shown = render_precheck(found)
    assert "近 3 年" in shown and "更早" not in shown and "仍待確認的建議" in shown


def test_what_people_have_settled_is_not_open(assistant: Assistant) -> None:
    ledger = Ledger.open(assistant.archive)
    record = next(r for r in ledger.records() if r.recommendation.heading.startswith("設置節水體驗教室"))
    ledger.set_status(record.recommendation.id, status="已辦理")
    found = precheck(assistant, Plan(topic="即時水位"), TODAY)
    assert [lesson.status for lesson in found.trips[0].recommended] == ["未填", "已辦理"]
    assert len(precheck_json(found)["open"]) == 1
    assert "設置節水體驗教室" not in render_precheck(found).split("仍待確認")[1].split("出處")[0]


@pytest.mark.parametrize(
    ("options", "code", "said"),
    [
        (("--place", "日本"), DONE, "地下水"),
        (("--place", "冰島"), REFUSED, "檔案中查無與「冰島」相近的出國案"),
        ((), USAGE, "至少一個"),
    ],
)
def test_the_command(
    home: Path, capsys: pytest.CaptureFixture[str], options: tuple[str, ...], code: int, said: str
) -> None:
    assert main(["--home", str(home), "precheck", *options]) == code
    shown = capsys.readouterr()
    assert said in shown.out + shown.err


def test_the_command_as_json(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--home", str(home), "precheck", "--topic", "即時水位", "--json"]) == DONE
    assert set(json.loads(capsys.readouterr().out)) == {"plan", "trips", "open", "citations"}
