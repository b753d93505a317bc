"""Our search as llama-index sees it: nodes with exact text, stable ids and the metadata of a citation."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
import trips
from llama_index.core.llms import MockLLM
from llama_index.core.query_engine import RetrieverQueryEngine
from llama_index.core.response_synthesizers import ResponseMode, get_response_synthesizer
from llama_index.core.schema import MetadataMode, NodeWithScore

from assistant.answer import AskFilter
from assistant.assistant import Assistant, QuestionRefused
from assistant.retriever import METADATA, ArchiveRetriever
from assistant.settings import Settings

DAKAR, BALI, SENDAI, KUMAMOTO, BRIEFING, _ = trips.FILES
QUESTION = "水庫的即時水位要怎麼公開？"


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return trips.fill(tmp_path_factory.mktemp("home"), tmp_path_factory.mktemp("papers"))


@pytest.fixture(scope="module")
def assistant(home: Path) -> Iterator[Assistant]:
    with closing(Assistant.open(Settings(home=home))) as opened:
        yield opened


def test_a_node_is_a_passage_word_for_word(assistant: Assistant) -> None:
    nodes = ArchiveRetriever(assistant, k=5).retrieve(QUESTION)
    assert len(nodes) == 5
    for found in nodes:
        where = found.node.metadata
        assert tuple(where) == METADATA
        report = assistant.archive.report(where["report_id"])
        assert found.node.get_content(MetadataMode.NONE) == report.text[where["start"] : where["end"]]
        assert where["page"] == report.page_at(where["start"])
        assert found.node.ref_doc_id == report.id
    assert "一、公開水庫與淨水場的即時水位" in nodes[0].node.get_content(MetadataMode.NONE)
    assert nodes[0].node.metadata["heading"] == "第四章 建議／一、公開水庫與淨水場的即時水位（立即可行）"


def test_scores_fall_and_stay_between_0_and_1(assistant: Assistant) -> None:
    scores = [found.get_score() for found in ArchiveRetriever(assistant, k=30).retrieve(QUESTION)]
    assert scores == sorted(scores, reverse=True) and 0.0 <= scores[-1] < scores[0] <= 1.0


def test_ids_are_the_same_in_another_process_of_the_same_archive(home: Path, assistant: Assistant) -> None:
    def ids(opened: Assistant) -> list[str]:
        return [found.node.node_id for found in ArchiveRetriever(opened).retrieve(QUESTION)]

    with closing(Assistant.open(Settings(home=home))) as other:
        assert ids(other) == ids(assistant)
    assert len(set(ids(assistant))) == len(ids(assistant))


@pytest.mark.parametrize(
    ("where", "files", "chapters"),
    [
        (AskFilter(years=(2024, 2024)), {BALI, BRIEFING}, None),
        (
            AskFilter(countries=("日本",), chapters=("purpose",)),
            {SENDAI, "112熊本地下水考察.txt"},
            {"purpose"},
        ),
        (AskFilter(reports=(DAKAR,)), {DAKAR}, None),
        (AskFilter(countries=("法國",)), set(), set()),
    ],
)
def test_a_filter_keeps_to_what_it_allows(
    assistant: Assistant, where: AskFilter, files: set[str], chapters: set[str] | None
) -> None:
    nodes = ArchiveRetriever(assistant, where, k=30).retrieve("學到什麼")
    assert {found.node.metadata["file"] for found in nodes} == files
    assert chapters is None or {found.node.metadata["chapter"] for found in nodes} == chapters


def test_models_read_where_it_stands_and_nothing_for_programs(assistant: Assistant) -> None:
    node = ArchiveRetriever(assistant, k=1).retrieve(QUESTION)[0].node
    read, embedded = node.get_content(MetadataMode.LLM), node.get_content(MetadataMode.EMBED)
    assert "出席第九屆世界水論壇報告" in read and "page: 1" in read
    assert node.metadata["report_id"] not in read and DAKAR not in read
    assert "出席第九屆世界水論壇報告" in embedded and "page" not in embedded


def test_the_async_door_finds_the_same(assistant: Assistant) -> None:
    def shown(nodes: list[NodeWithScore]) -> list[tuple[str, float]]:
        return [(found.node.node_id, found.get_score()) for found in nodes]

    retriever = ArchiveRetriever(assistant, k=3)
    assert shown(asyncio.run(retriever.aretrieve(QUESTION))) == shown(retriever.retrieve(QUESTION))


def test_an_empty_query_is_refused(assistant: Assistant) -> None:
    with pytest.raises(QuestionRefused, match="問題是空的"):
        ArchiveRetriever(assistant).retrieve("  ")


def test_an_empty_archive_gives_no_nodes(tmp_path: Path) -> None:
    with closing(Assistant.open(Settings(home=tmp_path))) as empty:
        assert ArchiveRetriever(empty).retrieve(QUESTION) == []


def test_a_query_engine_answers_from_our_passages(assistant: Assistant) -> None:
    llm = MockLLM()
    synthesizer = get_response_synthesizer(llm=llm, response_mode=ResponseMode.COMPACT)
    engine = RetrieverQueryEngine(ArchiveRetriever(assistant, k=2), response_synthesizer=synthesizer)
    response = engine.query(QUESTION)
    assert "停水前三天發送簡訊" in str(response)  # the mock repeats the prompt that it was given
    assert [found.node.metadata["file"] for found in response.source_nodes] == [DAKAR, DAKAR]
