"""Masked text is blind to names, dates, figures and spelling; what texts share has fingerprints."""

from __future__ import annotations

import numpy as np
import pytest

from index.shingles import BARRIER, MASK, NOTHING, SIZE, WINDOW, fingerprints, mask, masked_text, shingles
from index.tokenise import simplify

TEXT = "本市派員於109年2月8日赴日本東京都考察下水道，由處長林志明率 12 位同仁拜會水利局，聽取簡報後實地踏勘。"


@pytest.mark.parametrize(
    "other",
    [
        simplify(TEXT),
        TEXT.replace("，", ",").replace("12", "１２"),
        TEXT.replace("日本東京都", "荷蘭鹿特丹"),
        TEXT.replace("109年2月8日", "2023 年 11 月 30 日"),
        TEXT.replace("12 位", "三十五名"),
        TEXT.replace("水利局", "環境保護局"),
        TEXT.replace("林志明", "黃美華"),
    ],
)
def test_only_the_wording_counts(other: str) -> None:
    assert other != TEXT and masked_text(other) == masked_text(TEXT)


def test_other_wording_is_another_text() -> None:
    assert masked_text(TEXT.replace("實地踏勘", "返回旅館")) != masked_text(TEXT)


@pytest.mark.parametrize(
    "text", [TEXT, "", "。，", "ﬁ ㈠ 1,234 座，Klaus Hoppe 說：好", "今(111)年\n3/22（二）"]
)
def test_both_ways_of_masking_agree(text: str) -> None:
    assert mask(text).text == masked_text(text)


def test_places_lead_back_to_the_original() -> None:
    text = "於１０９年赴日本考察，水岸。"
    masked = mask(text)
    assert masked.text == f"于{MASK}赴{MASK}考察水岸"
    assert [text[a:b] for a, b in masked.places] == ["於", "１０９年", "赴", "日本", "考", "察", "水", "岸"]


def test_what_is_skipped_parts_the_text() -> None:
    assert mask("甲乙丙丁戊", [(1, 3)]).text == f"甲{BARRIER}丁戊"


def test_shingles_that_are_mostly_placeholders_are_nothing() -> None:
    assert list(shingles(MASK * 20)) == [NOTHING] * 13
    assert NOTHING not in shingles(simplify("水岸不是屋後的空地而是城市的客廳"))


def test_shared_runs_share_a_fingerprint() -> None:
    run = "水岸不是屋後的空地而是城市最大"
    assert len(run) == SIZE + WINDOW - 1
    hashes, which = fingerprints(
        [f"甲乙丙丁戊己庚辛壬癸{run}", f"{run}子丑寅卯辰巳午未", "天地玄黃宇宙洪荒日月盈昃辰宿"]
    )
    first, second, third = (set(hashes[which == n].tolist()) for n in range(3))
    assert first & second and third and not first & third


@pytest.mark.parametrize("texts", [[], [""], ["短"], ["短", "短"]])
def test_short_texts_have_no_fingerprints(texts: list[str]) -> None:
    hashes, which = fingerprints(texts)
    assert len(hashes) == len(which) == 0 and hashes.dtype == np.uint32
