"""Names by any of their writings, editions of events, and the user's own tables."""

from __future__ import annotations

import time
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus.name_tables import NamesUnreadable
from corpus.names import Names

NAMES = Names.load()


def names_in(text: str) -> list[tuple[str, str]]:
    return [(mention.surface, mention.entity.name) for mention in NAMES.find(text)]


@pytest.mark.parametrize(
    ("text", "surface", "name"),
    [
        ("what did we learn at WUF10", "WUF10", "第十屆世界城市論壇"),
        ("WUF 11 我們學到什麼？", "WUF 11", "第十一屆世界城市論壇"),
        ("Ｗｕｆ－１０", "Ｗｕｆ－１０", "第十屆世界城市論壇"),
        ("第10屆世界城市論壇", "第10屆世界城市論壇", "第十屆世界城市論壇"),
        ("第 十 屆世界城市論壇", "第 十 屆世界城市論壇", "第十屆世界城市論壇"),
        ("2020 世界城市論壇", "2020 世界城市論壇", "第十屆世界城市論壇"),
        ("109年世界城市論壇", "109年世界城市論壇", "第十屆世界城市論壇"),
        ("本屆世界城市論壇", "世界城市論壇", "世界城市論壇"),
        ("APCS 2017", "APCS 2017", "2017亞太城市峰會暨市長論壇"),
        ("第11屆 APCS", "第11屆 APCS", "2017亞太城市峰會暨市長論壇"),
        ("亞太城市峰會 暨市長論壇", "亞太城市峰會 暨市長論壇", "亞太城市峰會暨市長論壇"),
        ("abu dhabi", "abu dhabi", "阿布達比"),
        ("韓國首爾", "韓國", "南韓"),
        ("台中市政府", "台中市政府", "臺中市政府"),
        ("UN Habitat", "UN Habitat", "聯合國人居署"),
    ],
)
def test_first_name_found(text: str, surface: str, name: str) -> None:
    assert names_in(text)[0] == (surface, name)


@pytest.mark.parametrize("text", ["FUN in the sun", "unhabitats", "WUFF", "沒有名稱"])
def test_latin_names_stand_as_words(text: str) -> None:
    assert names_in(text) == []


def test_an_abbreviation_in_brackets_does_not_part_a_name() -> None:
    (name,) = [
        m.entity for m in NAMES.find("2026 全球城市永續網絡(G-Nets)首長高峰會") if m.entity.type == "forum"
    ]
    assert (name.series, name.edition, name.year, name.place) == (
        "全球城市永續網絡首長高峰會",
        3,
        2026,
        "東京",
    )


def test_an_edition_knows_series_number_year_and_place() -> None:
    wuf10 = NAMES.named("第十屆世界城市論壇")
    assert wuf10 is not None
    assert (wuf10.series, wuf10.edition, wuf10.year, wuf10.place) == ("世界城市論壇", 10, 2020, "阿布達比")


def test_an_unknown_edition_is_an_entity_of_its_own() -> None:
    (mention,) = NAMES.find("WUF99")
    assert (mention.entity.name, mention.entity.edition, mention.entity.year) == (
        "第九十九屆世界城市論壇",
        99,
        None,
    )
    assert mention.entity.series == "世界城市論壇"


def test_editions_come_in_the_order_of_years() -> None:
    years = [edition.year for edition in NAMES.editions("世界城市論壇")]
    assert years == sorted(years) and 2020 in years
    assert NAMES.editions("沒有這個活動") == ()


def test_the_users_table_comes_first(tmp_path: Path) -> None:
    (tmp_path / "own.csv").write_text(
        "canonical_zh,abbr,english,aliases,type\n蛋黃酥節,EYF,Egg Yolk Festival,蛋節,forum\n",
        encoding="utf-8",
    )
    names = Names.load(tmp_path)
    assert [m.entity.name for m in names.find("EYF 與蛋節、WUF10")] == [
        "蛋黃酥節",
        "蛋黃酥節",
        "第十屆世界城市論壇",
    ]


def test_a_table_without_its_column_is_refused_by_name(tmp_path: Path) -> None:
    (tmp_path / "bad.csv").write_text("name\n甲\n", encoding="utf-8")
    with pytest.raises(NamesUnreadable, match="bad.csv.*canonical_zh"):
        Names.load(tmp_path)


@settings(max_examples=60)
@given(
    st.lists(
        st.sampled_from(
            ["WUF", "10", "世界城市論壇", "第", "屆", " ", "(UCLG)", "臺北市", "2020", "年", "東京", "\n"]
        ),
        max_size=20,
    )
)
def test_mentions_are_ordered_and_exact(parts: list[str]) -> None:
    text = "".join(parts)
    end = 0
    for mention in NAMES.find(text):
        assert end <= mention.start < mention.end
        assert text[mention.start : mention.end] == mention.surface
        end = mention.end


def test_a_megabyte_is_searched_within_seconds() -> None:
    text = "本府代表團出席世界城市論壇並拜會東京都廳。" * 16_000
    begun = time.process_time()
    assert len(NAMES.find(text)) >= 32_000
    assert time.process_time() - begun < 5
