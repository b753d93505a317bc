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
from assistant.export.markdown_writer import to_markdown
from assistant.export.precheck import made_precheck, precheck_document
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
        (Plan(place="日本", years=(2019, 2022)), [(SENDAI, ("place",))]),
        (Plan(place="日本", years=(2024, 9999)), []),
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


@pytest.mark.parametrize(
    ("years", "named"),
    [
        (None, "「日本」"),
        ((2019, 2022), "「日本」（2019–2022 年）"),
        ((2019, 2019), "「日本」（2019 年）"),
        ((2019, 9999), "「日本」（2019 年起）"),
        ((0, 2022), "「日本」（至 2022 年）"),
    ],
)
def test_a_plan_names_its_years(years: tuple[int, int] | None, named: str) -> None:
    assert Plan(place="日本", years=years).named == named


def test_the_document_holds_every_lesson_with_its_source(assistant: Assistant) -> None:
    found = precheck(assistant, Plan(place="日本"), TODAY)
    document = precheck_document(found, "說明行。")
    text = to_markdown(document)
    assert "出國前參考：「日本」" in text and "近 3 年" in text and "更早" in text and "說明行。" in text
    assert all(lesson.text in text for trip in found.trips for lesson in (*trip.learned, *trip.recommended))
    assert len(document.sources) == len(found.citations)
    assert "試辦水田涵養補助（112 年 11 月 13 日至 17 日，未填）" in text
    assert made_precheck(found).passages == found.citations


def test_the_command_writes_the_document_and_its_record(
    home: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "行前.md"
    arguments = ["--home", str(home), "precheck", "--place", "日本", "--year", "108", "--out", str(out)]
    assert main(arguments) == DONE
    assert "仙台" in out.read_text(encoding="utf-8") and "熊本" not in out.read_text(encoding="utf-8")
    assert json.loads((tmp_path / "行前.md.json").read_text(encoding="utf-8"))["made"][0]["passages"]
    assert "行前.md.json" in capsys.readouterr().err
