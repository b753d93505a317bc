"""Where a document goes that a command writes, and the file beside it that tells how it came about.

Refuses other formats, and to write over anything: it may hold somebody's work.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from datetime import datetime
from pathlib import Path

from assistant.answer import Answer
from assistant.arguments import UsageError
from assistant.conversations import Exchange, shorten
from assistant.export.conversation import conversation_document
from assistant.export.document import Document
from assistant.export.forms import FORMS
from assistant.export.side_file import Made, made_answers, side_file
from corpus.report import XindeError

LONGEST_TITLE = 60


def choose_target(out: str | None) -> Path | None:
    """The path that `--out` names, None where it was not given; raises where nothing can be written there."""
    if not out:
        return None
    path = Path(out)
    if path.suffix[1:].lower() not in FORMS:
        raise UsageError(f"--out 的檔名「{out}」應以 {'、'.join(f'.{one}' for one in FORMS)} 結尾。")
    if not path.parent.is_dir():
        raise XindeError(
            f"資料夾「{path.parent}」不存在，寫不進「{path.name}」。請先建立資料夾，或用 --out 換一處。"
        )
    if path.exists():
        raise XindeError(f"「{path}」已經存在，沒有覆寫。請用 --out 換一個檔名。")
    return path


def save_answer(question: str, answer: Answer, path: Path, disclosure: str) -> tuple[Path, Path]:
    """Write one answer as a document; returns its path and that of the file beside it."""
    exchange = Exchange(question, answer)
    document = conversation_document(shorten(question, LONGEST_TITLE), [exchange], disclosure=disclosure)
    return path, save_document(document, made_answers([exchange]), path)


def save_document(document: Document, made: Iterable[Made], path: Path) -> Path:
    """Write the document in the format of its ending; returns the path of the file beside it."""
    record = side_file(document.title, made, moment=datetime.now().astimezone())
    beside = path.with_name(path.name + ".json")
    try:
        path.write_bytes(FORMS[path.suffix[1:].lower()].write(document))
        beside.write_text(json.dumps(record, ensure_ascii=False, indent=2) + "\n", encoding="utf-8")
    except OSError as exc:
        raise XindeError(
            f"寫不進「{path}」（{exc.strerror}）。請確認資料夾可以寫入，或用 --out 換一處。"
        ) from exc
    return beside
