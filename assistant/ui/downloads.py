"""Stored conversations as files, on the page's own server: /conversations/ID.docx, .odt and .md.

Built when asked for and kept nowhere. Only the browser whose cookie owns a conversation gets it; for
all others there is none of that name.
"""

from __future__ import annotations

from urllib.parse import quote

from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Mount, Route

from assistant.conversations import Conversations, UnknownConversation
from assistant.export.conversation import conversation_document
from assistant.export.forms import FORMS, file_name
from assistant.ui.chat import unexpected
from assistant.ui.headers import UNSTORED, find_owner
from corpus.report import XindeError

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
            return _say(f"沒有「{request.path_params['name']}」。對話可以匯出的格式是 {endings}。", 404)
        try:
            return self._write(find_owner(request.cookies), conversation_id, ending)
        except UnknownConversation as error:
            return _say(str(error), 404)
        except XindeError as error:
            return _say(str(error), 500)
        except Exception as error:  # the reader gets a sentence, the log the trace
            return _say(unexpected(error), 500)

    def _write(self, owner: str, conversation_id: str, ending: str) -> Response:
        title = self._conversations.find(owner, conversation_id).title
        document = conversation_document(title, self._conversations.load(owner, conversation_id))
        form, name = FORMS[ending], file_name(title, ending)
        # The plain name is for programs that do not read the other one.
        names = f"filename=\"conversation.{ending}\"; filename*=UTF-8''{quote(name, safe='')}"
        headers = {"Content-Disposition": f"attachment; {names}", **UNSTORED}
        return Response(form.write(document), headers=headers, media_type=form.media_type)


def _say(sentence: str, status: int) -> Response:
    return PlainTextResponse(sentence, status, headers=UNSTORED)
