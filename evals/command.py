"""`xinde eval`: reads the cases, asks the assistant of this home, writes the scorecard beside it.

Or makes draft cases of what people thought of the answers they got. Hands back an Outcome and never
prints, but for the progress bar on stderr. Knows nothing of measures.
"""

from __future__ import annotations

import argparse
import sys
from contextlib import closing
from pathlib import Path

from assistant.arguments import UsageError
from assistant.assistant import Assistant
from assistant.feedback import Feedback
from assistant.outcome import DONE, REFUSED, Outcome
from assistant.settings import Settings
from corpus.report import XindeError
from corpus.store import Store
from evals import cases, from_feedback, scorecard
from evals.run import Progress, Results, evaluate, results_json

DATABASE = "archive.db"
USAGE = "用法請看：xinde eval --help"
TO_COMPLETE = "這些是草稿：請逐題核對 docs、補上 must_include，再用 xinde eval --cases 評量。"
NO_FEEDBACK = "還沒有人評過答案。請在問答網頁的答案下面按 👍 或 👎，再執行一次。"


class NothingToAsk(XindeError):
    """The home folder has no archive, or one without reports."""


def run_eval(options: argparse.Namespace, settings: Settings) -> Outcome:
    """Score the test set `options.cases`, or make draft cases where `options.from_feedback` is set."""
    if options.cases and options.from_feedback:
        raise UsageError(f"--cases 與 --from-feedback 只能選一個。{USAGE}")
    if options.from_feedback:
        return draft_cases(options, settings)
    if not options.cases:
        raise UsageError(f"還缺少：--cases 或 --from-feedback。{USAGE}")
    return score_cases(options, settings)


def score_cases(options: argparse.Namespace, settings: Settings) -> Outcome:
    """Score the test set `options.cases`; the reports go to `options.out` or <home>/evals."""
    path = Path(options.cases)
    questions = cases.load(path)
    home = settings.home
    _require_archive(home, "再來評量")
    assistant = Assistant.open(settings)
    try:
        if not assistant.archive.reports():
            raise NothingToAsk(f"檔案庫「{home}」是空的。請先執行 xinde --home {home} add 資料夾，再來評量。")
        results = evaluate(assistant, questions, progress_bar(), name=path.stem)
    finally:
        assistant.close()
    folder = Path(options.out) if options.out else home / "evals"
    written = scorecard.write(results, folder, previous=scorecard.load_previous(folder, results.name))
    return Outcome(
        scorecard.summary(results, written.previous),
        {**results_json(results), "report": str(written.markdown)},
        DONE,
        _notes(results, written.markdown),
    )


def draft_cases(options: argparse.Namespace, settings: Settings) -> Outcome:
    """What people thought of answers as draft cases, on stdout or in the file `options.out`."""
    _require_archive(settings.home, "在網頁上提問並評價")
    with closing(Store.open(settings.home / DATABASE)) as store:
        drafted = [from_feedback.draft(judged) for judged in Feedback(store).listed()]
    document = {"cases": [from_feedback.draft_json(case) for case in drafted], "file": options.out}
    if not drafted:
        return Outcome("", {**document, "file": None}, REFUSED, (NO_FEEDBACK,))
    if not options.out:
        return Outcome(from_feedback.to_lines(drafted).rstrip("\n"), document, DONE, (TO_COMPLETE,))
    from_feedback.write(drafted, Path(options.out))
    return Outcome(f"{len(drafted)} 題寫在 {options.out}。", document, DONE, (TO_COMPLETE,))


def _require_archive(home: Path, then: str) -> None:
    if not (home / DATABASE).is_file():
        raise NothingToAsk(f"「{home}」裡沒有檔案庫。請先執行 xinde --home {home} add 資料夾，{then}。")


def progress_bar() -> Progress | None:
    """A bar on a terminal, nothing where stderr is a file or a pipe."""
    if not sys.stderr.isatty():
        return None
    from tqdm import tqdm

    bar = tqdm(desc="評量", unit="題", leave=False)

    def show(done: int, total: int) -> None:
        bar.total = total
        bar.update(done - bar.n)
        if done == total:
            bar.close()

    return show


def _notes(results: Results, markdown: Path) -> tuple[str, ...]:
    notes = [f"報告寫在 {markdown}（同一處另有 JSON）。"]
    if results.absent:
        names = "、".join(results.absent[:5]) + ("…" if len(results.absent) > 5 else "")
        notes.insert(
            0,
            f"注意：測試集提到的 {len(results.absent)} 份文件不在這個檔案庫裡（{names}），"
            "相關題目的分數不能算數；請先加入這些文件。",
        )
    return tuple(notes)
