"""Whether the documents of an archive tell the same things: how much of each its nearest neighbour shares."""

from __future__ import annotations

from pathlib import Path

import pytest
from tiny import HashEmbedder, TinyReader, write_texts
from wired import weights

from assistant.retelling import FEWEST_DOCUMENTS, retelling, retells
from corpus.report import Passage
from index.archive import Archive
from index.word_weights import WordWeights

HEADINGS = {"目的": 1.0, "过程": 1.0, "心得": 1.0}
WEIGHTS = WordWeights({"隧道": 6.0, "通风": 6.0, "市集": 5.0, "城市": 4.9, **HEADINGS}, unseen=20.0)
THINGS = (
    "繪本 溫室 燈塔 渡船 稻田 竹橋 瓷器 蜂箱 鐘樓 茶園 漁網 書店 雪橇 礦坑 風箏 皮影 "
    "醬油 紙傘 水車 陶窯 酒莊 鹽田 馬車 磨坊 苗圃 戲台 糖廠 圍棋 木偶 鋼琴 棒球 郵票 "
    "咖啡 機場 港口 鐵匠 博物館 游泳池 乒乓球 消防車 植物園 天文台 動物園 望遠鏡 圖書館 電影院 向日葵 蒲公英"
).split()


class WatchedArchive(Archive):
    """Remembers whose passages were read."""

    read: tuple[str, ...] = ()

    def passages(self, report_id: str) -> tuple[Passage, ...]:
        self.read += (report_id,)
        return super().passages(report_id)


def opened(home: Path) -> WatchedArchive:
    return WatchedArchive.open(home, HashEmbedder(), reader=TinyReader())


@pytest.fixture(scope="module")
def separate(tmp_path_factory):
    """Documents that have a tunnel in common, and two words of their own each."""
    folder = tmp_path_factory.mktemp("separate")
    texts = (f"隧道與{thing}（ab{number}）。" for number, thing in enumerate(THINGS))
    with opened(folder / "home") as archive:
        archive.add(write_texts(folder / "texts", texts))
        assert len(archive.reports()) == len(THINGS) > FEWEST_DOCUMENTS
        yield archive


def ids(archive: Archive) -> list[str]:
    return [row.id for row in archive.reports()]


@pytest.mark.parametrize(
    ("texts", "share"),
    [
        (["隧道與市集。", "通風與市集。"], 5 / 11),
        (["隧道與市集。", "通風與隧道。"], (6 / 11 + 6 / 11) / 2),
        # What the shorter of two says is measured, and no word weighs more than 9.
        (["隧道。", "隧道與繪本。"], 1.0),
        (["隧道與溫室。", "隧道與繪本。"], 6 / 15),
        # The nearest counts, not the mean of the others.
        (["隧道與通風。", "通風與隧道！", "隧道與繪本。"], (1 + 1 + 6 / 12) / 3),
        # Ordinary words, figures and single characters tell nothing.
        (["城市、2022、水、隧道。", "城市、2022、水、通風。"], 0.0),
        (["隧道。"], 0.0),
        (["\n", "隧道。"], 0.0),
        ([], 0.0),
    ],
)
def test_the_share_of_telling_words_that_the_nearest_neighbour_has(tmp_path, texts, share):
    with opened(tmp_path / "home") as archive:
        archive.add(write_texts(tmp_path / "texts", texts))
        assert len(archive.reports()) == len(texts)
        assert retelling(archive, ids(archive), WEIGHTS) == pytest.approx(share)


@pytest.mark.parametrize(
    ("first", "second", "share"),
    [
        ("目的\n溫室。\n過程\n隧道。\n心得\n繪本。\n", "目的\n燈塔。\n過程\n隧道。\n心得\n渡船。\n", 1.0),
        ("目的\n隧道。\n過程\n溫室。\n心得\n隧道。\n", "目的\n隧道。\n過程\n燈塔。\n心得\n隧道。\n", 0.0),
    ],
)
def test_the_middle_of_a_document_stands_for_it(tmp_path, first, second, share):
    with opened(tmp_path / "home") as archive:
        archive.add(write_texts(tmp_path / "texts", (first, second)))
        assert all(len(archive.passages(key)) == 3 for key in ids(archive))
        assert retelling(archive, ids(archive), WEIGHTS) == share


@pytest.mark.parametrize(
    ("weight", "share", "expected"),
    [(4.9, 0.0, False), (6.4, 6.4 / 18.4, False), (6.5, 6.5 / 18.5, True), (20.0, 9 / 21, True)],
)
def test_documents_that_share_about_a_third_retell_one_another(separate, weight, share, expected):
    table = WordWeights({"隧道": weight}, unseen=6.0)
    assert retelling(separate, ids(separate), table) == pytest.approx(share)
    assert retells(separate, ids(separate), table) is expected


@pytest.mark.parametrize(("count", "expected"), [(0, False), (39, False), (40, True)])
def test_few_documents_retell_nothing_however_alike(separate, count, expected):
    assert retells(separate, ids(separate)[:count], WordWeights({"隧道": 9.0}, unseen=6.0)) is expected


@pytest.mark.parametrize(("count", "step"), [(1, 1), (24, 1), (40, 1), (48, 2)])
def test_a_few_documents_from_all_over_the_archive_are_read(separate, count, step):
    known = sorted(ids(separate))[:count]
    separate.read = ()
    retelling(separate, known[::-1], WEIGHTS)
    assert separate.read == tuple(known[::step][:24])


@pytest.mark.parametrize(
    ("texts", "expected"),
    [
        ([f"第{n % 5}號隧道的通風機房於驗收後啟用，工程司林姓主任到場。第{n}則。" for n in range(40)], True),
        ([f"市民參加{thing}活動。" for thing in THINGS], False),
    ],
)
def test_the_built_in_weights_tell_news_of_one_matter_from_news_of_many(tmp_path, texts, expected):
    with opened(tmp_path / "home") as archive:
        archive.add(write_texts(tmp_path / "texts", texts))
        assert len(archive.reports()) == len(texts)
        assert retells(archive, ids(archive), weights()) is expected
