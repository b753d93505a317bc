"""Our search as a retriever of llama-index, for engines and agents that are built with it.

The only place with llama-index. It finds passages and judges nothing: whether they answer a question
is for `Assistant.ask` to say.
"""

from __future__ import annotations

import asyncio

from llama_index.core.retrievers import BaseRetriever
from llama_index.core.schema import NodeRelationship, NodeWithScore, QueryBundle, RelatedNodeInfo, TextNode

from assistant.answer import AskFilter
from assistant.assistant import Assistant
from assistant.found import Found, find

METADATA = ("report_id", "file", "title", "chapter", "heading", "page", "start", "end")
# A model reads where a passage stands in words; offsets and file names are for programs.
READ_BY_MODELS = ("title", "heading", "page")
EMBEDDED = ("title", "heading")


class ArchiveRetriever(BaseRetriever):
    """Passages of the archive as nodes; one retriever for each filter, all over one assistant."""

    def __init__(self, assistant: Assistant, where: AskFilter | None = None, *, k: int = 10) -> None:
        super().__init__()
        self._assistant = assistant
        self._where = where or AskFilter()
        self._k = k

    def _retrieve(self, query_bundle: QueryBundle) -> list[NodeWithScore]:
        """The best `k` passages, best first; raises `QuestionRefused` for an empty query."""
        found = find(self._assistant, query_bundle.query_str, self._where, self._k)
        return [NodeWithScore(node=_node(one), score=one.score) for one in found]

    async def _aretrieve(self, query_bundle: QueryBundle) -> list[NodeWithScore]:
        """The same without holding up the event loop."""
        return await asyncio.to_thread(self._retrieve, query_bundle)


def _node(found: Found) -> TextNode:
    return TextNode(
        id_=found.id,
        text=found.text,
        start_char_idx=found.start,
        end_char_idx=found.end,
        metadata={name: getattr(found, name) for name in METADATA},
        excluded_llm_metadata_keys=[name for name in METADATA if name not in READ_BY_MODELS],
        excluded_embed_metadata_keys=[name for name in METADATA if name not in EMBEDDED],
        relationships={NodeRelationship.SOURCE: RelatedNodeInfo(node_id=found.report_id)},
    )
