"""What every index must do, run against each engine and against a naive one in memory."""

from __future__ import annotations

from collections import Counter

import numpy as np
import pytest

from index.lexical import TantivyIndex
from index.ports import EVERYWHERE, LexicalRow, VectorRow, Where
from index.table import CODES, PassageTable
from index.vectors import HEAD, HELD, SIZE, ChromaVectors, probe


class NaiveLexical:
    """Counts shared tokens."""

    def __init__(self):
        self.rows = {}

    def upsert(self, rows):
        self.rows.update({row.key: row for row in rows})

    def delete(self, keys):
        for key in keys:
            self.rows.pop(key, None)

    def flush(self):
        pass

    def close(self):
        pass

    def search(self, query, k, where=EVERYWHERE):
        scored = []
        for row in self.rows.values():
            if allowed(row, where):
                counts = {field: Counter(tokens) for field, tokens in row.fields.items()}
                score = sum(counts[field][token] for field, tokens in query.items() for token in tokens)
                scored.append((row.key, float(score)))
        return sorted([one for one in scored if one[1]], key=lambda one: (-one[1], one[0]))[:k]

    def keys(self):
        return set(self.rows)

    def count(self):
        return len(self.rows)


class NaiveVectors(NaiveLexical):
    """Compares with every row."""

    def search(self, query, k, where=EVERYWHERE):
        scored = [(r.key, float(r.vector @ query)) for r in self.rows.values() if allowed(r, where)]
        return sorted(scored, key=lambda one: (-one[1], one[0]))[:k]


def allowed(row, where):
    return (where.reports is None or row.report in where.reports) and (
        where.chapters is None or row.chapter in where.chapters
    )


@pytest.fixture(params=["tantivy", "naive"])
def lexical(request, tmp_path):
    index = TantivyIndex.open(tmp_path / "lexical") if request.param == "tantivy" else NaiveLexical()
    yield index
    index.close()


@pytest.fixture(params=["chroma", "naive"])
def vectors(request, tmp_path):
    index = ChromaVectors.open(tmp_path / "vectors") if request.param == "chroma" else NaiveVectors()
    yield index
    index.close()


def words(key, *tokens, report=1, chapter="process"):
    return LexicalRow(key, report, chapter, {"words": list(tokens), "grams": []})


def ask(*tokens):
    return {"words": list(tokens), "grams": []}


def unit(*values):
    vector = np.array(values, dtype=np.float32)
    return vector / np.linalg.norm(vector)


def row(key, *values, report=1, chapter="process"):
    return VectorRow(key, report, chapter, unit(*values))


def found(hits):
    return [key for key, _ in hits]


def test_lexical_finds_shared_tokens_best_first(lexical):
    lexical.upsert([words(1, "河川", "公園"), words(2, "河川"), words(3, "捷運")])
    lexical.flush()
    assert found(lexical.search(ask("公園", "河川"), 10)) == [1, 2]
    assert found(lexical.search(ask("公園", "河川"), 1)) == [1]


def test_lexical_counts_a_repeated_query_token_more(lexical):
    lexical.upsert([words(1, "甲", "丙"), words(2, "乙", "丙")])
    lexical.flush()
    assert found(lexical.search(ask("甲", "乙", "乙"), 2)) == [2, 1]


def test_lexical_searches_both_fields(lexical):
    lexical.upsert([LexicalRow(1, 1, "process", {"words": [], "grams": ["河川"]}), words(2, "捷運")])
    lexical.flush()
    assert found(lexical.search({"words": [], "grams": ["河川"]}, 5)) == [1]


def test_lexical_replaces_a_row_with_a_known_key(lexical):
    lexical.upsert([words(7, "甲")])
    lexical.flush()
    lexical.upsert([words(7, "乙")])
    lexical.flush()
    assert found(lexical.search(ask("甲"), 5)) == []
    assert found(lexical.search(ask("乙"), 5)) == [7]
    assert (lexical.count(), lexical.keys()) == (1, {7})


def test_lexical_deletes_and_ignores_unknown_keys(lexical):
    lexical.upsert([words(1, "甲"), words(2, "甲")])
    lexical.flush()
    lexical.delete([2, 99])
    lexical.flush()
    assert found(lexical.search(ask("甲"), 5)) == [1]
    assert lexical.keys() == {1}


FILTERED = [
    (Where(), {1, 2, 3, 4}),
    (Where(reports=frozenset({1})), {1, 2}),
    (Where(reports=frozenset({1, 2})), {1, 2, 3, 4}),
    (Where(chapters=frozenset({"purpose"})), {1, 3}),
    (Where(frozenset({2}), frozenset({"purpose"})), {3}),
    (Where(frozenset({9})), set()),
]
PLACES = [(1, 1, "purpose"), (2, 1, "process"), (3, 2, "purpose"), (4, 2, "process")]


@pytest.mark.parametrize(("where", "keys"), FILTERED)
def test_lexical_filters(lexical, where, keys):
    lexical.upsert([words(key, "甲", report=report, chapter=chapter) for key, report, chapter in PLACES])
    lexical.flush()
    assert set(found(lexical.search(ask("甲"), 10, where))) == keys


@pytest.mark.parametrize(("where", "keys"), FILTERED)
def test_vectors_filter(vectors, where, keys):
    vectors.upsert([row(key, key, 1, report=report, chapter=chapter) for key, report, chapter in PLACES])
    assert set(found(vectors.search(unit(1, 1), 10, where))) == keys


@pytest.mark.parametrize("query", [ask(), ask("沒有"), ask('"', "AND", "*", "c++", ":")])
def test_lexical_takes_any_query(lexical, query):
    assert lexical.search(query, 5) == []
    lexical.upsert([words(1, "甲")])
    lexical.flush()
    assert lexical.search(query, 5) == []


def test_vectors_find_the_nearest_with_its_cosine(vectors):
    vectors.upsert([row(1, 1, 0), row(2, 1, 1), row(3, 0, 1)])
    hits = vectors.search(unit(1, 0), 2)
    assert found(hits) == [1, 2]
    assert [score for _, score in hits] == pytest.approx([1.0, 0.7071], abs=1e-3)


def test_vectors_replace_and_delete(vectors):
    vectors.upsert([row(1, 1, 0), row(2, 0, 1)])
    vectors.upsert([row(1, 0, 1)])
    vectors.delete([2, 99])
    assert vectors.keys() == {1}
    assert vectors.search(unit(0, 1), 5)[0][1] == pytest.approx(1.0, abs=1e-3)


def test_vectors_answer_nothing_when_empty(vectors):
    assert vectors.search(unit(1, 0), 5) == []
    assert (vectors.count(), vectors.keys()) == (0, set())


def test_engines_keep_their_rows_when_opened_again(tmp_path):
    lexical = TantivyIndex.open(tmp_path / "l")
    lexical.upsert([words(1, "甲")])
    lexical.flush()
    lexical.close()
    assert TantivyIndex.open(tmp_path / "l").keys() == {1}
    vectors = ChromaVectors.open(tmp_path / "v")
    vectors.upsert([row(1, 1, 0)])
    vectors.close()
    again = ChromaVectors.open(tmp_path / "v")
    assert again.keys() == {1}
    again.close()


def test_document_frequency(tmp_path):
    index = TantivyIndex.open(tmp_path)
    index.upsert([words(1, "甲", "乙"), words(2, "甲")])
    index.flush()
    assert index.document_frequency(["甲", "乙", "丙"]) == {"甲": 2, "乙": 1, "丙": 0}


def test_probe_tells_a_sound_folder_from_a_broken_one(tmp_path):
    vectors = ChromaVectors.open(tmp_path / "v")
    vectors.upsert([row(key, key, 1) for key in range(1, 30)])
    vectors.close()
    assert probe(tmp_path / "v")
    (tmp_path / "v" / "chroma.sqlite3").write_bytes(b"not a database" * 100)
    assert not probe(tmp_path / "v")


def test_the_table_compares_like_the_naive_one():
    rng = np.random.default_rng(1)
    matrix = rng.standard_normal((200, 16)).astype(np.float32)
    matrix /= np.linalg.norm(matrix, axis=1, keepdims=True)
    keys = np.arange(10, 210)
    chapters = ["purpose", "process"] * 100
    codes = np.array([CODES[chapter] for chapter in chapters], dtype=np.int8)
    table = PassageTable(1, keys, keys // 20, codes, matrix)
    naive = NaiveVectors()
    for key, chapter, vector in zip(keys.tolist(), chapters, matrix, strict=True):
        naive.upsert([VectorRow(key, key // 20, chapter, vector)])
    for where in (EVERYWHERE, Where(frozenset({3})), Where(frozenset(range(9)), frozenset({"purpose"}))):
        expected = naive.search(matrix[5], 12, where)
        assert found(table.search(matrix[5], 12, where)) == found(expected)
    assert found(table.scores(matrix[5], [12, 999, 15])) == [12, 15]


@pytest.mark.parametrize("count", [1, 300, 5_001])
def test_a_new_graph_holds_nothing_but_its_vectors(tmp_path, count):
    vectors = np.random.default_rng(0).normal(size=(count, 8)).astype(np.float32)
    index = ChromaVectors.open(tmp_path)
    index.upsert([VectorRow(n, 1, "other", vector) for n, vector in enumerate(vectors, 1)])
    index.close()
    (head,) = tmp_path.glob("*/header.bin")
    held, size = HEAD.unpack(head.read_bytes())[HELD : SIZE + 1]
    for name, each in (("data_level0.bin", size), ("length.bin", 4)):
        assert not any(head.with_name(name).read_bytes()[held * each :])
