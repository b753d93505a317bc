"""What the page gives each of its tabs, and what all tabs share: the script, how events are sent.

Knows nothing of what a tab does.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol

import gradio as gr

FOLDER = Path(__file__).parent
SCRIPT = (FOLDER / "page.js").read_text(encoding="utf-8")
# No event is an endpoint that other programs may call.
PRIVATE: dict[str, Any] = {"api_visibility": "private", "show_progress": "hidden"}


def one_at_a_time(name: str) -> dict[str, Any]:
    """For events that work for seconds: those of one name wait for each other in Gradio's queue."""
    return {"concurrency_limit": 1, "concurrency_id": name, **PRIVATE}


@dataclass(frozen=True)
class Frame:
    """The page around a tab: `panel` shows sources beside it, `fresh` begins a conversation anew."""

    page: gr.Blocks
    tab: gr.Tab
    panel: gr.HTML
    fresh: gr.Button


class Tab(Protocol):
    """A tab: `label` is what people read, `name` is its id."""

    @property
    def label(self) -> str: ...
    @property
    def name(self) -> str: ...
    def build(self, frame: Frame) -> None:
        """Lay its components out, inside the open gr.Tab, and wire their events."""
