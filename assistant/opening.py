"""Opens the archive that the settings name, with the user's own tables and limits.

The Assistant and commands that ask nothing open it in the same way. Knows no question and no model.
"""

from __future__ import annotations

from assistant.settings import Settings
from corpus.limits import Limits
from index.archive import Archive
from index.ports import Embedder
from index.reading import ReadingPool


def open_archive(settings: Settings, embedder: Embedder | None = None) -> Archive:
    """The archive of `settings.home`; without an `embedder` theirs is opened when first needed."""
    return Archive.open(
        settings.home,
        embedder,
        model=settings.embedder,
        extra_names=settings.names_folder,
        reader=ReadingPool(limits=Limits(file_mb=settings.max_file_mb), names=settings.names_folder),
    )
