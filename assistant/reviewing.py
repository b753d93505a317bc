"""A file is reviewed: read in a limited child process, compared, held to the rules. Nothing is stored."""

from __future__ import annotations

from collections.abc import Sequence
from hashlib import sha256
from pathlib import Path

from assistant.comparing import compare
from assistant.flaws import Standards, Subject
from assistant.manuscript import Manuscript
from assistant.review import Review, review
from assistant.settings import Settings
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
    report, others = read_file(path, reader), [read_file(source, reader) for source in sources]
    return review_report(report, standards, archive=archive, sources=others, progress=progress)


def review_report(
    report: Report,
    standards: Standards,
    *,
    archive: Archive | None = None,
    sources: Sequence[Report] = (),
    progress: Progress = nobody,
) -> Review:
    """The review of a document that was read, compared likewise; raises `NotAReport`."""
    manuscript = Manuscript.of(report)
    overlaps = None
    if sources or archive is not None and archive.generation:
        overlaps = compare(manuscript, archive, sources, progress)
    return review(Subject(manuscript, standards, overlaps))


def standards_of(settings: Settings) -> Standards:
    """What a report is held to."""
    return Standards(
        recommendations=settings.review_recommendations,
        needs_summary=settings.review_summary == "required",
        overlap=settings.review_overlap,
    )


def read_file(path: Path, reader: DocumentReader) -> Report:
    """The document at `path`; raises `UnreadableFile` or `Refusal`."""
    if path.is_dir():
        raise UnreadableFile(f"「{path}」是資料夾。請指定一份檔案，例如 xinde review 報告.docx。")
    try:
        data = path.read_bytes()
    except OSError as exc:
        raise UnreadableFile(f"讀不到「{path}」（{exc.strerror}）。請檢查路徑與權限。") from exc
    return read_given(data, path.name, reader)


def read_given(data: bytes, file: str, reader: DocumentReader) -> Report:
    """The document that was handed over under the name `file`; raises `Refusal`."""
    return reader.read(data, file=file, sha256=sha256(data).hexdigest())
