"""`xinde review`: options in, an Outcome out; the result may also be written as a document."""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import datetime
from pathlib import Path

from assistant.arguments import UsageError
from assistant.export.forms import FORMS
from assistant.export.review import review_document
from assistant.export.side_file import Made, side_file
from assistant.flaws import Standards
from assistant.outcome import DONE, REFUSED, Outcome
from assistant.review import Review, review_json
from assistant.review_render import render_review
from assistant.reviewing import review_file
from assistant.settings import Settings
from assistant.terminal import show_progress, terminal_columns
from corpus.limits import Limits
from corpus.report import XindeError
from index.archive import Archive
from index.reading import ReadingPool

DATABASE = "archive.db"
WRITTEN = "檢核結果寫在 {path}；旁邊的 {beside} 記錄比對到的段落。"


def run_review(options: argparse.Namespace, settings: Settings) -> Outcome:
    """Review one file; code 1 where something must be mended."""
    target = _target(options.out)
    names = settings.names or settings.home / "names"
    folder = names if names.is_dir() else None
    pool = ReadingPool(1, Limits(file_mb=settings.max_file_mb), names=folder)
    with closing(pool) as reader, _archive(settings.home) as archive, show_progress("比對") as progress:
        done = review_file(
            Path(options.file),
            standards_of(settings),
            reader,
            archive=archive,
            sources=[Path(source) for source in options.sources],
            progress=progress,
        )
    notes = (_write(done, target),) if target else ()
    code = REFUSED if done.failed else DONE
    return Outcome(render_review(done, terminal_columns()), review_json(done), code, notes)


def standards_of(settings: Settings) -> Standards:
    """What a report is held to."""
    return Standards(
        recommendations=settings.review_recommendations,
        needs_summary=settings.review_summary == "required",
        overlap=settings.review_overlap,
    )


@contextmanager
def _archive(home: Path) -> Iterator[Archive | None]:
    """The archive where there is one; a review makes none."""
    if not (home / DATABASE).is_file():
        yield None
        return
    with Archive.open(home) as archive:
        yield archive


def _target(out: str | None) -> Path | None:
    """Where the document goes; refuses other formats, and to write over anything."""
    if out is None:
        return None
    path = Path(out)
    if path.suffix[1:] not in FORMS:
        raise UsageError(f"--out 的檔名「{out}」應以 {'、'.join(f'.{one}' for one in FORMS)} 結尾。")
    if path.exists():
        raise XindeError(f"「{path}」已經存在，沒有覆寫。請用 --out 換一個檔名。")
    return path


def _write(done: Review, path: Path) -> str:
    """Write the document and the file beside it; says where they are."""
    document = review_document(done)
    passages = tuple(twin.passage for overlap in done.overlaps for twin in overlap.twins)
    made = side_file(
        document.title, [Made("review", "extractive", passages)], moment=datetime.now().astimezone()
    )
    beside = path.with_name(path.name + ".json")
    try:
        path.write_bytes(FORMS[path.suffix[1:]].write(document))
        beside.write_text(json.dumps(made, ensure_ascii=False, indent=2) + "\n", encoding="utf-8")
    except OSError as exc:
        raise XindeError(
            f"寫不進「{path}」（{exc.strerror}）。請確認資料夾可以寫入，或用 --out 換一處。"
        ) from exc
    return WRITTEN.format(path=path, beside=beside.name)
