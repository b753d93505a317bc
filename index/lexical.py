"""The lexical index: BM25 over tokens made by us, kept by tantivy. Sole importer of tantivy.

tantivy only splits at spaces; what a token is is decided elsewhere. A folder of this index is a
cache that can be thrown away at any time.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

from index.ports import EVERYWHERE, LexicalRow, Ranked, Where
from index.tokenise import FIELD_WEIGHTS, FIELDS

HEAP = 64_000_000
LONGEST_QUERY = 512
LONGEST_TOKEN = 200
MOST_KNOWN = 50_000


class TantivyIndex:
    """A folder with one tantivy index; the writer is only opened when something is written."""

    def __init__(self, tantivy: Any, index: Any, weights: Mapping[str, float]) -> None:
        self._tantivy = tantivy
        self._index = index
        self._weights = weights
        self._writer: Any = None
        self._frequencies: dict[str, int] = {}

    @classmethod
    def existing(cls, folder: Path) -> TantivyIndex:
        """Open the index in `folder`; raises ValueError or OSError if it is missing or damaged."""
        import tantivy

        if not folder.is_dir() or not tantivy.Index.exists(str(folder)):
            raise FileNotFoundError(str(folder))
        return cls.open(folder)

    @classmethod
    def open(cls, folder: Path, weights: Mapping[str, float] | None = None) -> TantivyIndex:
        """Open the index in `folder`, or make an empty one."""
        import tantivy

        folder.mkdir(parents=True, exist_ok=True)
        builder = tantivy.SchemaBuilder()
        builder.add_unsigned_field("key", indexed=True, fast=True)
        builder.add_unsigned_field("report", indexed=True)
        builder.add_text_field("chapter", tokenizer_name="raw", index_option="basic")
        for field in FIELDS:
            builder.add_text_field(field, tokenizer_name="tokens", index_option="freq")
        index = tantivy.Index(builder.build(), path=str(folder))
        analyser = tantivy.TextAnalyzerBuilder(tantivy.Tokenizer.whitespace()).build()
        index.register_tokenizer("tokens", analyser)
        index.config_reader("manual")
        index.reload()
        return cls(tantivy, index, weights or FIELD_WEIGHTS)

    def _writing(self) -> Any:
        if self._writer is None:
            self._writer = self._index.writer(heap_size=HEAP, num_threads=1)
        return self._writer

    def upsert(self, rows: Iterable[LexicalRow]) -> None:
        rows = list(rows)
        self.delete([row.key for row in rows])
        writer = self._writing()
        for row in rows:
            document = self._tantivy.Document()
            document.add_unsigned("key", row.key)
            document.add_unsigned("report", row.report)
            document.add_text("chapter", row.chapter)
            for field, tokens in row.fields.items():
                document.add_text(field, " ".join(tokens))
            writer.add_document(document)

    def delete(self, keys: Collection[int]) -> None:
        if keys:
            # Deleting by term would take the key for a signed number and find nothing.
            query = self._tantivy.Query.term_set_query(self._index.schema, "key", list(keys))
            self._writing().delete_documents_by_query(query)

    def flush(self) -> None:
        if self._writer is not None:
            self._writer.commit()
        self._index.reload()
        self._frequencies = {}

    def search(self, query: Mapping[str, Sequence[str]], k: int, where: Where = EVERYWHERE) -> Ranked:
        searcher = self._index.searcher()
        wanted = self._query(query, where)
        if wanted is None or not searcher.num_docs:
            return []
        hits = searcher.search(wanted, limit=k, count=False).hits
        keys = searcher.fast_field_values("key", [address for _, address in hits])
        return [(int(key), float(score)) for key, (score, _) in zip(keys, hits, strict=True)]

    def _query(self, query: Mapping[str, Sequence[str]], where: Where) -> Any:
        make, occur = self._tantivy.Query, self._tantivy.Occur
        terms = []
        for field, tokens in query.items():
            for token, times in list(Counter(tokens).items())[:LONGEST_QUERY]:
                term = make.term_query(self._index.schema, field, token, "freq")
                terms.append((occur.Should, make.boost_query(term, times * self._weights[field])))
        if not terms:
            return None
        # What leaves the fewest comes first: it leads, and the rest is only asked about what it has.
        parts = []
        for field, values in (("report", where.reports), ("chapter", where.chapters)):
            if values is not None:
                parts.append((occur.Must, make.const_score_query(self._one_of(field, values), 0.0)))
        return make.boolean_query([*parts, (occur.Must, make.boolean_query(terms))])

    def _one_of(self, field: str, values: Collection[Any]) -> Any:
        schema, make = self._index.schema, self._tantivy.Query
        if field == "chapter":
            # A few terms are read from their lists; a set would first be looked up in every dictionary.
            terms = [(self._tantivy.Occur.Should, make.term_query(schema, field, one)) for one in values]
            return make.boolean_query(terms)
        return make.term_set_query(schema, field, sorted(values))

    def document_frequency(self, tokens: Sequence[str]) -> dict[str, int]:
        """In how many passages each token occurs, as a word or as a pair of characters."""
        known = self._frequencies
        searcher = self._index.searcher()
        for token in set(tokens) - known.keys():
            known[token] = max(searcher.doc_freq(field, token) for field in FIELDS)
        found = {token: known[token] for token in tokens}
        if len(known) > MOST_KNOWN:
            self._frequencies = {}
        return found

    def keys(self) -> set[int]:
        searcher = self._index.searcher()
        if not searcher.num_docs:
            return set()
        hits = searcher.search(self._tantivy.Query.all_query(), limit=searcher.num_docs, count=False).hits
        return set(searcher.fast_field_values("key", [address for _, address in hits]))

    def count(self) -> int:
        return int(self._index.searcher().num_docs)

    def sound(self) -> bool:
        """Whether what was found can be named, which reads the parts that a search reads."""
        return len(self.keys()) == self.count()

    def close(self) -> None:
        if self._writer is not None:
            self._writer.wait_merging_threads()
            self._writer = None
