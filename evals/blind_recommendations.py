"""How the ledger does on labels written without sight of it: pairs and sentences in their writer's own words.

    python -m evals.blind_recommendations

A sentence stands in a report made for it, in 心得 or 過程. Only totals of the blind rows were looked at, so
nothing is fitted on them; the sentences of MADE were written to widen the cues, and are shown beside them.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence

from assistant.recommendations import Finder
from corpus.build import build_report
from corpus.readers import read_document
from corpus.report import Report
from evals.recommendations import Row, Score, read_rows, score_pairs, table

PAIRS, IMPLICIT, MADE = "pairs_blind", "implicit_blind", "implicit_made"
PROCESS, REFLECTIONS = "過程", "心得"
# What stands in the chapter that the sentence is not put into.
ELSEWHERE = {PROCESS: "代表團於上午拜會市政府，聽取簡報。", REFLECTIONS: "此行收穫甚多。"}
REPORT = """\
甲市考察報告
壹、目的
考察甲市的制度。
貳、過程
{過程}
參、心得
{心得}
肆、建議
一、建議建置甲市資料庫，以利查考。
"""


def report_around(row: Row) -> Report:
    """A report in which the sentence stands in its chapter."""
    text = REPORT.format_map(ELSEWHERE | {row["chapter"]: row["text"]})
    file = f"{row['id']}.txt"
    return build_report(read_document(text.encode(), file), file=file, sha256=row["id"])


def score_sentences(rows: Sequence[Row], told: str = "blind") -> Score:
    """Sentences outside 建議 that recommend to the own side, among others that do not."""
    finder = Finder.load()
    got = [
        any(one.implicit and one.addressee == "own" for one in finder.find(report_around(row)))
        for row in rows
    ]
    true = [row["implicit"] for row in rows]
    right = sum(a and b for a, b in zip(true, got, strict=True))
    return Score(f"implicit recommendations, {told}", sum(true), sum(got), right, (0.8, 0.8))


def main() -> int:
    """Print the figures."""
    pairs, _ = score_pairs(read_rows(PAIRS))
    sentences = [score_sentences(read_rows(IMPLICIT)), score_sentences(read_rows(MADE), "made to tune on")]
    sys.stdout.write(table([*sentences, *pairs]) + "\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
