"""The words sent to a language model: texts with {{variables}}, one file each, and their loader.

Knows no model and no question. Imports nothing of ours.
"""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

FOLDER = Path(__file__).parent
_VARIABLE = re.compile(r"\{\{\s*([a-z_]+)\s*\}\}")


class PromptError(ValueError):
    """A prompt that does not exist, or was given the wrong variables."""


def names() -> tuple[str, ...]:
    """The prompts that there are."""
    return tuple(sorted(path.stem for path in FOLDER.glob("*.md")))


def load(name: str, **values: str) -> str:
    """The prompt `name` with its variables filled in; all of them and no others must be given."""
    text = _read(name)
    wanted = set(_VARIABLE.findall(text))
    if missing := wanted - set(values):
        raise PromptError(f"prompt {name!r} needs {', '.join(sorted(missing))}")
    if unknown := set(values) - wanted:
        raise PromptError(
            f"prompt {name!r} has no {', '.join(sorted(unknown))}; it has {', '.join(sorted(wanted))}"
        )
    # One pass: a value that looks like a variable stays as it is.
    return _VARIABLE.sub(lambda found: values[found[1]], text)


@cache
def _read(name: str) -> str:
    if name not in names():
        raise PromptError(f"there is no prompt {name!r}; there are {', '.join(names())}")
    return (FOLDER / f"{name}.md").read_text(encoding="utf-8").strip()
