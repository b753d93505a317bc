"""The tab before a trip: similar trips with their sources, what is still open, what is taken away."""

from __future__ import annotations

from datetime import date

import pytest
from paged import OWNER, STRANGER, Request, click, tokens, words
from starlette.applications import Starlette
from starlette.testclient import TestClient

from assistant.assistant import Assistant
from assistant.precheck import Precheck
from assistant.settings import Settings
from assistant.ui.headers import COOKIE
from assistant.ui.outbox import Outbox
from assistant.ui.precheck_tab import PrecheckTab


@pytest.fixture
def outbox() -> Outbox:
    return Outbox()


@pytest.fixture
def tab(six: Assistant, outbox: Outbox) -> PrecheckTab:
    return PrecheckTab(six, Settings(), outbox, lambda: date(2025, 6, 1))


def looked_up(tab: PrecheckTab, *asked: str) -> tuple[str, Precheck | None]:
    html, found, _ = tab.look_up(Request(), *asked)  # type: ignore[arg-type]
    return html, found


def test_similar_trips_stand_with_what_they_learned_and_recommended(tab: PrecheckTab) -> None:
    html, found = looked_up(tab, "", "日本", "", "", "")
    text = words(html)
    assert "與「日本」相近的出國案：2 次" in text
    assert text.index("近 3 年") < text.index("赴日本熊本") < text.index("更早") < text.index("赴日本仙台")
    assert "同一地點" in text and "下游付錢給上游" in text and "仍待確認的建議" in text
    assert "xinde" not in text
    passage = tab.source(click(n="1"), found)
    assert "<mark>" in passage and "下游付錢給上游" in passage
    report = found.trips[0].row if found else None
    assert report and report.title in tab.source(click(report=report.id), found)


@pytest.mark.parametrize(
    ("asked", "sentence"),
    [
        (("", " ", "", "", ""), "請至少填一項"),
        (("", "冰島", "", "", ""), "檔案中查無與「冰島」相近的出國案"),
        (("", "日本", "", "2024", ""), "檔案中查無與「日本」（2024 年起）相近的出國案"),
        (("", "日本", "問" * 3000, "", ""), "最多 2,000 個字"),
    ],
)
def test_where_there_is_nothing_the_tab_says_so(
    tab: PrecheckTab, asked: tuple[str, ...], sentence: str
) -> None:
    html, found = looked_up(tab, *asked)
    assert sentence in words(html) and 'role="alert"' in html and found is None


def test_years_narrow_the_trips(tab: PrecheckTab) -> None:
    text = words(looked_up(tab, "", "日本", "", "2019", "2022")[0])
    assert "（2019–2022 年）" in text and "仙台" in text and "熊本" not in text


@pytest.mark.parametrize("ending", ["docx", "odt", "md", "json"])
def test_it_is_taken_away_by_its_own_browser_only(tab: PrecheckTab, outbox: Outbox, ending: str) -> None:
    (token,) = tokens(looked_up(tab, "", "日本", "", "", "")[0])

    def status(owner: str) -> int:
        client = TestClient(Starlette(routes=[outbox.routes()]), cookies={COOKIE: owner})
        return client.get(f"/made/{token}.{ending}").status_code

    assert (status(OWNER), status(STRANGER)) == (200, 404)
