from __future__ import annotations

from dataclasses import dataclass

import pytest

from assistant.answer import Answer, Citation, Statement, Turn
from corpus.report import Chapter, Page, Passage, Report, XindeError
from evals.cases import Case
from evals.run import evaluate, results_json

TEXT = "心得\n永續城市要靠文化。共有 12 國參加。"
SENTENCE = "永續城市要靠文化。"


def tiny_report(name: str) -> Report:
    return Report(
        id="r" + name,
        file=name + ".txt",
        sha256=name,
        doc_type="trip_report",
        title=name,
        agency="",
        countries=(),
        cities=(),
        events=(),
        category="",
        start_date=None,
        end_date=None,
        report_date=None,
        people=(),
        keywords=(),
        classification="",
        text=TEXT,
        pages=(Page(3, 0, len(TEXT)),),
        chapters=(Chapter("reflections", "心得", 3, 0, 3, len(TEXT)),),
        sections=(),
        items=(),
    )


def citation(n: int, report: str, **change) -> Citation:
    start = TEXT.index(SENTENCE)
    values = {
        "n": n,
        "report_id": "r" + report,
        "file": report + ".txt",
        "title": report,
        "chapter": "reflections",
        "heading": "心得",
        "page": 3,
        "start": start,
        "end": start + len(SENTENCE),
        "quote": SENTENCE,
    }
    return Citation(**{**values, **change})


def answer(text: str, *citations: Citation, abstained: bool = False) -> Answer:
    statements = tuple(Statement(text, (c.n,)) for c in citations)
    return Answer("?", "zh", text, abstained, statements=statements, citations=citations)


@dataclass(frozen=True)
class FakeHit:
    passage: Passage


class ScriptedShelf:
    def __init__(self) -> None:
        self.held = {report.id: report for report in (tiny_report("a"), tiny_report("b"))}

    def reports(self):
        return tuple(self.held.values())

    def report(self, id_or_file):
        if id_or_file not in self.held:
            raise XindeError("沒有這份報告")
        return self.held[id_or_file]


class ScriptedAssistant:
    """Says what its script holds; finds the whole text of report a, then of b."""

    def __init__(self, script: dict[str, Answer]) -> None:
        self.script = script
        self.archive = ScriptedShelf()
        self.writer: object | None = None
        self.heard: list[tuple[str, tuple[Turn, ...]]] = []

    def ask(self, text, history=(), where=None):
        self.heard.append((text, tuple(history)))
        return self.script[text]

    def retrieve(self, text, history=(), where=None, k=10):
        return tuple(
            FakeHit(Passage(report, "reflections", ("心得",), 3, 0, len(TEXT), TEXT))
            for report in ("ra", "rb")
        )


SCRIPT = {
    "好": answer("永續城市要靠文化，共 12 國。", citation(1, "a")),
    "缺": answer("永續城市要靠文化。", citation(1, "b"), citation(2, "a", page=1)),
    "查無": answer("檔案中查無 WUF11。", abstained=True),
    "亂答": answer("在北京舉行。", citation(1, "gone")),
}
CASES = (
    Case("1", "好", type="fact", docs=("a.txt",), must_include=("文化", "12國|十二國"), must_not=("13國",)),
    Case("2", "缺", type="list", docs=("a.txt", "z.txt"), must_include=("文化", "科技"), must_not=("永續",)),
    Case("3", "查無", type="near_miss", answerable=False),
    Case("4", "亂答", type="near_miss", answerable=False),
    Case("5", "查無", type="fact", docs=("b.txt",), must_include=("WUF11",), history=(Turn("user", "前"),)),
)


@pytest.fixture(scope="module")
def results():
    return evaluate(ScriptedAssistant(SCRIPT), CASES, name="set")


def test_every_case_is_asked_with_its_history():
    assistant, told = ScriptedAssistant(SCRIPT), []
    evaluate(assistant, CASES, lambda done, total: told.append((done, total)))
    assert assistant.heard[0] == ("好", ())
    assert assistant.heard[4] == ("查無", (Turn("user", "前"),))
    assert told == [(1, 5), (2, 5), (3, 5), (4, 5), (5, 5)]


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("doc_hit@1", 2 / 3),
        ("fact_recall@5", (1 + 0.5 + 0) / 3),
        ("fact_recall@10", (1 + 0.5 + 0) / 3),
        ("fact_recall", (1 + 0.5 + 0) / 3),
        ("all_facts", 1 / 3),
        ("must_not_violations", 1),
        ("citation_valid", (1 + 0.5 + 0) / 3),
        ("citation_precision", (1 + 0 + 0) / 3),
        ("citation_recall", (1 + 0.5) / 2),
        ("abstained_when_unanswerable", 0.5),
        ("answered_when_answerable", 2 / 3),
        ("shown_length", (len("永續城市要靠文化，共 12 國。") + len(SENTENCE) + len(SENTENCE)) / 2),
    ],
)
def test_metric(results, name, value):
    assert results.metrics[name] == pytest.approx(value)


def written(*supports: str) -> Answer:
    """An answer that a model wrote: a sentence for each support."""
    said = [f"第{number}句。" for number in range(len(supports))]
    statements = tuple(Statement(text, (1,), support) for text, support in zip(said, supports, strict=True))
    return Answer("?", "zh", "".join(said), False, statements, (citation(1, "a"),), mode="llm")


WRITTEN = {
    "全": written("supported", "supported"),
    "半": written("supported", "partial", "unsupported", "unsupported"),
    "抄": SCRIPT["好"],
    "無": SCRIPT["查無"],
}
ASKED = tuple(Case(name, name, docs=("a.txt",)) for name in WRITTEN)


def by_model(writer: object | None):
    assistant = ScriptedAssistant(WRITTEN)
    assistant.writer = writer
    return evaluate(assistant, ASKED)


@pytest.mark.parametrize(
    ("name", "value"),
    [("written", 2 / 3), ("supported", (1 + 0.25) / 2), ("unsupported_shown", (0 + 0.5) / 2)],
)
def test_metrics_of_a_language_model(results, name, value):
    assert by_model(object()).metrics[name] == pytest.approx(value)
    assert results.metrics[name] is None


def test_where_a_model_never_succeeds_nothing_is_written():
    assistant = ScriptedAssistant({"抄": SCRIPT["好"]})
    assistant.writer = object()
    metrics = evaluate(assistant, ASKED[2:3]).metrics
    assert (metrics["written"], metrics["supported"], metrics["unsupported_shown"]) == (0, None, None)


def test_what_is_struck_is_no_fact():
    assistant = ScriptedAssistant({"?": written("supported", "unsupported")})
    case = Case("1", "?", must_include=("第0句", "第1句"), must_not=("第1句",))
    (result,) = evaluate(assistant, [case]).results
    assert (result.missing, result.forbidden) == (("第1句",), ())


def test_a_metric_of_which_no_case_speaks_is_none(results):
    assert results.per_type["near_miss"]["all_facts"] is None
    assert results.per_type["near_miss"]["abstained_when_unanswerable"] == 0.5


def test_reasons_of_failure(results):
    assert [result.passed for result in results.results] == [True, False, True, False, False]
    wrong = results.results[1]
    assert (wrong.missing, wrong.forbidden, wrong.faults) == (("科技",), ("永續",), ("page",))
    assert results.results[3].faults == ("no such report",)


def test_facts_in_a_refusal_do_not_count(results):
    assert results.results[4].missing == ("WUF11",)


def test_files_that_the_archive_lacks_are_named(results):
    assert results.absent == ("z.txt",)


def test_json_has_the_stable_shape(results):
    document = results_json(results)
    assert list(document) == ["cases", "metrics", "per_type", "per_case"]
    assert document["cases"] == 5
    assert document["per_type"]["fact"]["cases"] == 2
    assert document["per_case"][1]["missing"] == ["科技"]
    assert document["metrics"]["doc_hit@1"] == 0.6667
