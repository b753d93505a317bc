"""`xinde review`: options in, an Outcome out; the result may also be written as a document."""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from assistant.export.review import made_review, review_document
from assistant.export.saving import choose_target, save_document
from assistant.outcome import DONE, REFUSED, Outcome
from assistant.review import Review, review_json
from assistant.review_render import render_review
from assistant.reviewing import review_file, standards_of
from assistant.settings import Settings
from assistant.terminal import show_progress, terminal_columns
from corpus.limits import Limits
from index.archive import Archive
from index.reading import ReadingPool

DATABASE = "archive.db"
WRITTEN = "檢核結果寫在 {path}；旁邊的 {beside} 記錄比對到的段落。"


def run_review(options: argparse.Namespace, settings: Settings) -> Outcome:
    """Review one file; code 1 where something must be mended."""
    target = choose_target(options.out)
    pool = ReadingPool(1, Limits(file_mb=settings.max_file_mb), names=settings.names_folder)
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


@contextmanager
def _archive(home: Path) -> Iterator[Archive | None]:
    """The archive where there is one; a review makes none."""
    if not (home / DATABASE).is_file():
        yield None
        return
    with Archive.open(home) as archive:
        yield archive


def _write(done: Review, path: Path) -> str:
    """Write the document and the file beside it; says where they are."""
    beside = save_document(review_document(done), [made_review(done)], path)
    return WRITTEN.format(path=path, beside=beside.name)
