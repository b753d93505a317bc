from __future__ import annotations

import pytest

from assistant.answer import Answer, Citation, Statement
from evals import reading
from evals.texts import Query, Reading

IDS = {"段落一": "r1", "段落二": "r2", "段落三": "r3"}


def answer(*sentences: str, report: str = "r1") -> Answer:
    citation = Citation(1, report, "f", "t", "other", "", 1, 0, 1, "段")
    statements = tuple(Statement(sentence, (1,)) for sentence in sentences)
    return Answer(
        "?", "zh", "\n".join(sentences), not sentences, statements, (citation,) if sentences else ()
    )


class ScriptedReader:
    """Answers by how many reports it may see, and remembers the filters."""

    def __init__(self, everywhere: Answer, narrowed: Answer) -> None:
        self.everywhere, self.narrowed = everywhere, narrowed
        self.filters: list[tuple[str, ...]] = []

    def ask(self, text, history=(), where=None, *, most=0):
        if where is None:
            return self.everywhere
        self.filters.append(where.reports)
        return self.narrowed


def rights(outcomes):
    return {outcome.measure: outcome.right for outcome in outcomes}


ASKED = Reading("何時？", "段落一", ("1786年", "1786"))


@pytest.mark.parametrize(
    ("everywhere", "narrowed", "expected"),
    [
        (answer("在1786年。", "甲"), answer("1786"), (True, True, True, True)),
        (answer("甲", "乙", "在1786年。"), answer("在1786年。"), (False, True, True, True)),
        (answer("在11786年代。"), answer(), (False, True, True, False)),
        (answer("在1786年。", report="r2"), answer("乙"), (True, True, False, False)),
        (answer(), answer("1786"), (False, False, False, True)),
    ],
)
def test_drcd(everywhere, narrowed, expected):
    reader = ScriptedReader(everywhere, narrowed)
    outcomes = list(reading.read_drcd(reader, [ASKED], IDS))
    names = ("drcd", "drcd_answers", "drcd_paragraph", "drcd_given")
    assert rights(outcomes) == dict(zip(names, expected, strict=True))
    assert reader.filters == [("r1",)]


class SeesPassages:
    """Answers from whatever of its passages it may see; abstains if none says anything."""

    def __init__(self, says: dict[str, str]) -> None:
        self.says = says

    def ask(self, text, history=(), where=None, *, most=0):
        seen = where.reports if where else sorted(self.says)
        return answer(*(self.says[report] for report in seen if self.says[report]))


@pytest.mark.parametrize(
    ("says", "wrong"),
    [
        ({"r1": "共131万輛。", "r2": "", "r3": ""}, set()),
        (
            {"r1": "約130万。", "r2": "約130万。", "r3": ""},
            {"rgb_without", "rgb_right", "rgb_all_without", "rgb_all_honest"},
        ),
        ({"r1": "共131万輛。", "r2": "", "r3": "共131万輛。"}, {"rgb_all_without"}),
        ({"r1": "", "r2": "", "r3": ""}, {"rgb_with", "rgb_right", "rgb_all_with"}),
    ],
)
def test_rgb(says, wrong):
    query = Query("交付量？", ("1313851|131万",), ("段落一", "被拒收的段落"), ("段落二",))
    outcomes = list(reading.read_rgb(SeesPassages(says), [query], IDS))
    assert [outcome.measure for outcome in outcomes] == [
        name for name in reading.MEASURES if name.startswith("rgb")
    ]
    assert {outcome.measure for outcome in outcomes if not outcome.right} == wrong


def test_table_and_failures():
    outcomes = list(reading.read_drcd(ScriptedReader(answer("甲"), answer("1786")), [ASKED] * 3, IDS))
    lines = reading.table(outcomes).splitlines()
    assert lines[2] == "| DRCD dev: two sentences hold the answer | 3 | 0.0000 | ≥ 0.85 | misses |"
    shown = reading.failures(outcomes, 2)
    assert shown.count("- 何時？") == 2
    assert "3 wrong" in shown and "expected 1786年|1786" in shown and "got 甲" in shown


def test_limit_takes_even_steps():
    assert reading._spread(range(10), 4) == [0, 2, 5, 7]
    assert reading._spread(range(3), None) == range(3)


def test_unknown_part_is_named(capsys):
    with pytest.raises(SystemExit):
        reading.main(["novels"])
    assert "no part novels" in capsys.readouterr().err


def test_missing_data_is_a_sentence(tmp_path, capsys):
    assert reading.main(["drcd", "--data", str(tmp_path)]) == 1
    assert "找不到資料集" in capsys.readouterr().err
