"""Files that a browser uploaded: read into the memory of its session, and removed from the server's disk.

Nothing of them reaches the archive. Knows nothing of what a file is.
"""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path


@dataclass(frozen=True)
class Upload:
    """A file by its name; the bytes stay out of every log."""

    name: str
    data: bytes = field(repr=False)


def take(path: str | None, known: Upload | None = None) -> Upload | None:
    """The file that the server wrote to `path`, or what was taken from there before; None without a path.

    Both the upload and the button after it take the file, whichever comes first.
    """
    if not path:
        return None
    there = Path(path)
    try:
        data = there.read_bytes()
    except FileNotFoundError:
        return known
    # Gradio gives every file a folder of its own.
    with suppress(OSError):
        there.unlink()
        there.parent.rmdir()
    return Upload(there.name, data)


def take_more(paths: list[str] | None, taken: tuple[Upload, ...]) -> tuple[Upload, ...]:
    """Several files with those that were `taken` before, whose paths lead nowhere any more."""
    return *taken, *(upload for path in paths or () if (upload := take(path)))


def without(name: str, taken: tuple[Upload, ...]) -> tuple[Upload, ...]:
    """All but the first file of that name."""
    places = [place for place, upload in enumerate(taken) if upload.name == name][:1]
    return tuple(upload for place, upload in enumerate(taken) if place not in places)
