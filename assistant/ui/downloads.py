"""Stored conversations as files, on the page's own server: /conversations/ID.docx, .odt and .md.

Built when asked for and kept nowhere. Only the browser whose cookie owns a conversation gets it; for
all others there is none of that name.
"""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Mount, Route

from assistant.conversations import Conversations
from assistant.export.conversation import conversation_document
from assistant.export.forms import FORMS, file_name
from assistant.ui.files import attachment, say, send
from assistant.ui.headers import find_owner

PLACE = "/conversations"


def build_downloads(conversations: Conversations) -> Mount:
    """The routes below /conversations."""
    return Mount(PLACE, routes=[Route("/{name}", Downloads(conversations).file)])


class Downloads:
    """The route over the stored conversations."""

    def __init__(self, conversations: Conversations) -> None:
        self._conversations = conversations

    # Not async: reading and writing take their time, in a thread of their own.
    def file(self, request: Request) -> Response:
        """The file, or a sentence why there is none."""
        conversation_id, _, ending = request.path_params["name"].rpartition(".")
        if ending not in FORMS:
            endings = "、".join(f".{one}" for one in FORMS)
            return say(f"沒有「{request.path_params['name']}」。對話可以匯出的格式是 {endings}。", 404)
        return send(lambda: self._write(find_owner(request.cookies), conversation_id, ending))

    def _write(self, owner: str, conversation_id: str, ending: str) -> Response:
        title = self._conversations.find(owner, conversation_id).title
        document = conversation_document(title, self._conversations.load(owner, conversation_id))
        form, name = FORMS[ending], file_name(title, ending)
        return attachment(form.write(document), name, f"conversation.{ending}", form.media_type)
