"""`xinde eval`: reads the cases, asks the assistant of this home, writes the scorecard beside it.

Hands back an Outcome and never prints, but for the progress bar on stderr. Knows nothing of measures.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from assistant.assistant import Assistant
from assistant.outcome import DONE, Outcome
from assistant.settings import Settings
from corpus.report import XindeError
from evals import cases, scorecard
from evals.run import Progress, Results, evaluate, results_json

DATABASE = "archive.db"


class NothingToAsk(XindeError):
    """The home folder has no archive, or one without reports."""


def run_eval(options: argparse.Namespace, settings: Settings) -> Outcome:
    """Score the test set `options.cases`; the reports go to `options.out` or <home>/evals."""
    path = Path(options.cases)
    questions = cases.load(path)
    home = settings.home
    if not (home / DATABASE).is_file():
        raise NothingToAsk(f"「{home}」裡沒有檔案庫。請先執行 xinde --home {home} add 資料夾，再來評量。")
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
