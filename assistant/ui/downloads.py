"""Stored conversations as files of the page's own server: /conversations/ID.docx, .odt, .md, and its record.

Built when asked for and kept nowhere. Only the browser whose cookie owns a conversation gets it; for
all others there is none of that name.
"""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Mount, Route

from assistant.conversations import Conversations
from assistant.export.conversation import conversation_document
from assistant.export.forms import FORMS
from assistant.export.side_file import made_answers
from assistant.settings import Settings
from assistant.ui.files import say, send
from assistant.ui.headers import find_owner
from assistant.ui.outbox import RECORD, Parcel, write_parcel

PLACE = "/conversations"


def build_downloads(conversations: Conversations, disclosure: str = Settings.draft_disclosure) -> Mount:
    """The routes below /conversations; `disclosure` closes a document where none other is wanted."""
    return Mount(PLACE, routes=[Route("/{name}", Downloads(conversations, disclosure).file)])


class Downloads:
    """The route over the stored conversations."""

    def __init__(self, conversations: Conversations, disclosure: str) -> None:
        self._conversations = conversations
        self._disclosure = disclosure

    # Not async: reading and writing take their time, in a thread of their own.
    def file(self, request: Request) -> Response:
        """The file, or a sentence why there is none."""
        conversation_id, _, ending = request.path_params["name"].rpartition(".")
        if ending not in FORMS and ending != RECORD:
            endings = "、".join(f".{one}" for one in (*FORMS, RECORD))
            return say(f"沒有「{request.path_params['name']}」。對話可以匯出的格式是 {endings}。", 404)
        owner, disclosure = find_owner(request.cookies), request.query_params.get("disclosure", "")
        return send(lambda: write_parcel(self._parcel(owner, conversation_id), ending, disclosure))

    def _parcel(self, owner: str, conversation_id: str) -> Parcel:
        title = self._conversations.find(owner, conversation_id).title
        exchanges = self._conversations.load(owner, conversation_id)
        return Parcel(
            title,
            lambda disclosure: conversation_document(title, exchanges, disclosure=disclosure),
            made_answers(exchanges),
            self._disclosure,
            plain="conversation",
        )
