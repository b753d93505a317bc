"""A file is reviewed: read in a limited child process, compared, held to the rules. Nothing is stored."""

from __future__ import annotations

from collections.abc import Sequence
from hashlib import sha256
from pathlib import Path

from assistant.comparing import compare
from assistant.flaws import Standards, Subject
from assistant.manuscript import Manuscript
from assistant.review import Review, review
from corpus.report import Report, XindeError
from index.archive import Archive
from index.caches import Progress, nobody
from index.ingest import DocumentReader


class UnreadableFile(XindeError):
    """A file that is not there or may not be read."""


def review_file(
    path: Path,
    standards: Standards,
    reader: DocumentReader,
    *,
    archive: Archive | None = None,
    sources: Sequence[Path] = (),
    progress: Progress = nobody,
) -> Review:
    """The review of the file at `path`, compared with the archive and the sources where there are any.

    Raises `UnreadableFile`, `Refusal` or `NotAReport`.
    """
    manuscript = Manuscript.of(read_file(path, reader))
    others = [read_file(source, reader) for source in sources]
    overlaps = None
    if others or archive is not None and archive.generation:
        overlaps = compare(manuscript, archive, others, progress)
    return review(Subject(manuscript, standards, overlaps))


def read_file(path: Path, reader: DocumentReader) -> Report:
    """The document at `path`; raises `UnreadableFile` or `Refusal`."""
    if path.is_dir():
        raise UnreadableFile(f"「{path}」是資料夾。請指定一份檔案，例如 xinde review 報告.docx。")
    try:
        data = path.read_bytes()
    except OSError as exc:
        raise UnreadableFile(f"讀不到「{path}」（{exc.strerror}）。請檢查路徑與權限。") from exc
    return reader.read(data, file=path.name, sha256=sha256(data).hexdigest())
