"""Files that the page hands out: how one is called and sent, and what is said where there is none.

Built when asked for and kept nowhere. Knows nothing of what stands in a file.
"""

from __future__ import annotations

from collections.abc import Callable
from urllib.parse import quote

from starlette.responses import PlainTextResponse, Response

from assistant.conversations import UnknownConversation
from assistant.ui.chat import unexpected
from assistant.ui.headers import UNSTORED
from corpus.report import XindeError


def attachment(data: bytes, name: str, plain: str, media_type: str) -> Response:
    """The file under its name; `plain` is for programs that read no other characters."""
    names = f"filename=\"{plain}\"; filename*=UTF-8''{quote(name, safe='')}"
    headers = {"Content-Disposition": f"attachment; {names}", **UNSTORED}
    return Response(data, headers=headers, media_type=media_type)


def say(sentence: str, status: int) -> Response:
    """A sentence instead of a file."""
    return PlainTextResponse(sentence, status, headers=UNSTORED)


def send(build: Callable[[], Response]) -> Response:
    """What `build` gives; where it fails the reader gets a sentence, the log the trace."""
    try:
        return build()
    except UnknownConversation as error:
        return say(str(error), 404)
    except XindeError as error:
        return say(str(error), 500)
    except Exception as error:
        return say(unexpected(error), 500)
