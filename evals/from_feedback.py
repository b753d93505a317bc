"""What people thought of answers → draft test cases, one JSON object a line, for somebody to complete.

Which facts a good answer must hold is for a person to say; a draft holds what is known: the question
with what was said before, the cited files, and what was found wrong. Knows nothing of scoring.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from assistant.feedback import Judged
from corpus.report import XindeError
from evals.cases import Case

TYPE = "feedback"
NO_WORD = "使用者評為不好，沒有說明"


def draft(judged: Judged) -> Case:
    """The judged question as a case; a refusal that was found right is one that has no answer."""
    rightly_refused = judged.answer.abstained and judged.verdict == "good"
    return Case(
        id=f"{TYPE}-{judged.id}",
        question=judged.question,
        lang=judged.answer.language,
        type=TYPE,
        docs=tuple(dict.fromkeys(citation.file for citation in judged.answer.citations)),
        answerable=not rightly_refused,
        history=judged.history,
        note="" if judged.verdict == "good" else judged.word or NO_WORD,
    )


def draft_json(case: Case) -> dict[str, Any]:
    """The case in the form that `evals.cases` reads; history and note only where there are any."""
    row = {
        "id": case.id,
        "question": case.question,
        "lang": case.lang,
        "type": case.type,
        "docs": list(case.docs),
        "must_include": list(case.must_include),
        "answerable": case.answerable,
    }
    history = [vars(turn) for turn in case.history]
    return {**row, **({"history": history} if history else {}), **({"note": case.note} if case.note else {})}


def to_lines(cases: Iterable[Case]) -> str:
    """The cases as JSON lines."""
    return "".join(json.dumps(draft_json(case), ensure_ascii=False) + "\n" for case in cases)


def write(cases: Iterable[Case], path: Path) -> None:
    """Write the lines to a file that is not there yet: an earlier one may have been worked on."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("x", encoding="utf-8", newline="\n") as file:
            file.write(to_lines(cases))
    except FileExistsError as exc:
        raise XindeError(
            f"「{path}」已經存在，裡面可能有修改過的題目，所以沒有覆寫。請用 --out 換一個檔名。"
        ) from exc
    except OSError as exc:
        raise XindeError(
            f"寫不進「{path}」（{exc.strerror}）。請確認資料夾可以寫入，或用 --out 換一處。"
        ) from exc
