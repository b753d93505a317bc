"""The tabs beside the chat, in their order, and the routes of the files that they hand out."""

from __future__ import annotations

from collections.abc import Sequence

from starlette.routing import BaseRoute

from assistant.assistant import Assistant
from assistant.settings import Settings
from assistant.ui.draft_tab import DraftTab
from assistant.ui.ledger_files import build_ledger_files
from assistant.ui.ledger_tab import LedgerTab
from assistant.ui.outbox import Outbox
from assistant.ui.precheck_tab import PrecheckTab
from assistant.ui.review_tab import ReviewTab
from assistant.ui.tab import Tab


def build_tabs(assistant: Assistant, settings: Settings) -> tuple[Sequence[Tab], Sequence[BaseRoute]]:
    """The tabs over one assistant, and what its server has to answer beside the page."""
    outbox = Outbox()
    tabs = (
        LedgerTab(assistant),
        ReviewTab(assistant, settings, outbox),
        DraftTab(assistant, settings, outbox),
        PrecheckTab(assistant, settings, outbox),
    )
    return tabs, (build_ledger_files(assistant, settings), outbox.routes())
