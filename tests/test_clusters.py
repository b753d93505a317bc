"""The same recommendation over the years: what goes together, how often and since when, what stays apart."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from assistant.clusters import Cluster, Clusters
from assistant.likeness import LEAST, Likeness
from assistant.recommendations import Recommendation
from index.embed import open_embedder
from index.tokenise import Tokeniser

CLUSTERS = Clusters.over(open_embedder(None), Tokeniser.open())
LIKENESS = Likeness.load(open_embedder(None), Tokeniser.open())

LIGHTS = "建議公園處將步道路燈換成低色溫燈具，並於晚間十一時後調暗，維護夜間生態。"
LIGHTS_AGAIN = "建議公園處把登山步道的路燈換成低色溫燈具，並於晚間十時後調暗，維護夜間生態。"


def made(number: int, year: int, text: str, **changes: object) -> Recommendation:
    one = Recommendation(
        id=f"r{number}-0", report_id=f"r{number}", file=f"{number}.txt", title="", date=date(year, 5, 1),
        number="一", heading="", text=text, page=1, start=0, end=len(text), term="", implicit=False,
        addressee="own", actor="", topic="環境",
    )  # fmt: skip
    return replace(one, **changes)  # type: ignore[arg-type]


def test_the_same_in_two_years_is_one_cluster_of_the_first() -> None:
    later, first = made(2, 2024, LIGHTS_AGAIN), made(1, 2018, LIGHTS)
    other = made(3, 2020, "建議動物園邀請學校教師參加獸醫講堂，認識野生動物救傷。")
    clusters = CLUSTERS.of([later, other, first])
    assert clusters["r2-0"] == clusters["r1-0"] == Cluster("r1-0", 2, date(2018, 5, 1), ("r1-0", "r2-0"))
    assert clusters["r3-0"] == Cluster("r3-0", 1, date(2020, 5, 1), ("r3-0",))


def test_a_later_report_leaves_older_clusters_as_they_were() -> None:
    older = [made(1, 2018, LIGHTS), made(2, 2020, LIGHTS_AGAIN)]
    before = CLUSTERS.of(older)
    after = CLUSTERS.of([*older, made(3, 2024, LIGHTS)])
    assert {key: cluster.id for key, cluster in before.items()} == {key: after[key].id for key in before}
    assert after["r3-0"].times == 3


def test_two_items_of_one_report_stay_two() -> None:
    twice = [made(1, 2018, LIGHTS), made(1, 2018, LIGHTS_AGAIN, id="r1-90", start=90)]
    assert len({cluster.id for cluster in CLUSTERS.of(twice).values()}) == 2


def test_nothing_gives_nothing() -> None:
    assert CLUSTERS.of([]) == {}
    assert CLUSTERS.of([made(1, 2018, "")])["r1-0"].times == 1


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        (LIGHTS, LIGHTS, True),
        (LIGHTS, LIGHTS_AGAIN, True),
        (LIGHTS, "建议公园处将步道路灯换成低色温灯具，并于晚间十一时后调暗，维护夜间生态。", True),
        ("建議取消路邊停車收費，便利民眾洽公。", "建議路邊停車收費，便利民眾洽公。", False),
        (LIGHTS, "建議公園處於步道路燈加裝太陽能板，由廠商負責維護，並公布發電量，節省電費。", False),
        pytest.param(
            LIGHTS,
            "建議公園處將步道垃圾桶換成密閉式箱體，並於晚間十一時後清運，維護環境整潔。",
            False,
            marks=pytest.mark.xfail(
                reason="the frame of every clause is kept; only what it is about differs"
            ),
        ),
        (LIGHTS, "建議教育局補助學童參加游泳檢定。", False),
        (LIGHTS, "", False),
    ],
)
def test_pairs(one: str, other: str, same: bool) -> None:
    first, second = LIKENESS.profiles([("", one), ("", other)])
    assert (LIKENESS.of(first, second) >= LEAST) is same
    assert LIKENESS.of(first, second) == pytest.approx(LIKENESS.of(second, first))


def test_what_was_seen_does_not_turn_round_what_is_asked_for() -> None:
    seen = "該市夜間減少照明並禁止車輛進入，遊客反而延長停留。"
    told, plain = LIKENESS.profiles([("", f"{seen}{LIGHTS}"), ("", LIGHTS_AGAIN)])
    assert told.turns == plain.turns == frozenset()
    assert LIKENESS.of(told, plain) >= LEAST


def test_long_items_of_unrelated_matters_stay_apart() -> None:
    bins = (
        "里昂的回收站由社區自行管理，清潔隊每週巡查二次，居民對環境的滿意度因此提高。"
        "建議環保局於每區選定二處社區試辦自主管理回收站，訂定清潔標準，一年後評估成效再行擴大辦理。"
    )
    nurses = (
        "該院由護理師每日視訊關懷出院病人，再住院率因此降低。"
        "建議衛生局於每區選定二家診所試辦出院後視訊關懷，訂定轉介標準，一年後評估成效再行擴大辦理。"
    )
    profiles = LIKENESS.profiles([("", bins), ("", nurses)])
    assert LIKENESS.of(*profiles) < LEAST
