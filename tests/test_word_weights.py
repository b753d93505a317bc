"""How telling words are: read from a table, counted over news."""

from __future__ import annotations

import json
import lzma

from index.tokenise import Tokeniser
from index.word_weights import WordWeights, count_words


def test_a_table_gives_weights_and_the_greatest_to_what_it_lacks(tmp_path):
    path = tmp_path / "weights.tsv"
    path.write_text("城市\t2.0\n抽水站\t9.5\n", encoding="utf-8")
    weights = WordWeights.load(path)
    assert (weights.of("城市"), weights.of("抽水站"), weights.of("荒滨")) == (2.0, 9.5, 9.5)


def test_the_built_in_table_knows_ordinary_from_rare():
    weights = WordWeights.load()
    assert 0 < weights.of("表示") < weights.of("地铁") < weights.unseen
    assert weights.of("查無此字") == weights.unseen


def test_words_count_once_for_each_unit_of_text(tmp_path):
    news = tmp_path / "news.jsonl.xz"
    with lzma.open(news, "wt", encoding="utf-8") as file:
        for text in ("城市論壇在城市舉行。", "抽水站完工。", "長" * 500):
            file.write(json.dumps(text, ensure_ascii=False) + "\n")
    frequencies, units = count_words(news, Tokeniser.open())
    assert units == 4
    assert frequencies["城市"] == 1
    assert frequencies["抽水站"] == 1
