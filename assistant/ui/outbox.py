"""What was made on the page, ready to be taken away: /made/TOKEN.docx, .odt, .md and the record .json.

Kept in memory only, for the browser that had it made, until many others were made or the server ends.
Knows nothing of what is in a document.
"""

from __future__ import annotations

import json
import secrets
from collections import OrderedDict
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from threading import Lock
from typing import Any

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Mount, Route

from assistant.export.document import Document
from assistant.export.forms import FORMS, file_name
from assistant.export.side_file import Made, side_file
from assistant.statuses import LONGEST
from assistant.ui.files import attachment, say, send
from assistant.ui.headers import find_owner

PLACE = "/made"
MOST = 200
RECORD = "json"
# What the template of the downloads names.
TAKE: dict[str, Any] = {"forms": FORMS, "place": PLACE}
GONE = "這份結果已經不在了（網頁重新開啟過，或做過太多份）。請回到網頁再做一次，然後下載。"
NO_FORM = "沒有「.{ending}」這種格式；可用的是：{endings}。"


@dataclass(frozen=True)
class Parcel:
    """A document under its title, written with whatever disclosure is wanted, and what it was made from.

    `plain` is what its file is called where only ASCII is read.
    """

    title: str
    document: Callable[[str], Document]
    made: Sequence[Made]
    disclosure: str = ""
    plain: str = "document"


class Outbox:
    """Parcels of all browsers; each only for its own."""

    def __init__(self, most: int = MOST) -> None:
        self._most = most
        self._kept: OrderedDict[str, tuple[str, Parcel]] = OrderedDict()
        self._lock = Lock()

    def keep(self, owner: str, parcel: Parcel) -> str:
        """The token by which the owner's browser gets the parcel."""
        token = secrets.token_urlsafe(12)
        with self._lock:
            self._kept[token] = owner, parcel
            while len(self._kept) > self._most:
                self._kept.popitem(last=False)
        return token

    def find(self, owner: str, token: str) -> Parcel | None:
        """The owner's parcel; None where it is gone or another's."""
        whose, parcel = self._kept.get(token, ("", None))
        return parcel if owner and whose == owner else None

    def routes(self) -> Mount:
        """The routes below /made."""
        return Mount(PLACE, routes=[Route("/{name}", self._file)])

    # Not async: writing takes its time, in a thread of its own.
    def _file(self, request: Request) -> Response:
        token, _, ending = request.path_params["name"].rpartition(".")
        parcel = self.find(find_owner(request.cookies), token)
        if parcel is None:
            return say(GONE, 404)
        disclosure = request.query_params.get("disclosure", "")
        return send(lambda: write_parcel(parcel, ending, disclosure))


def write_parcel(parcel: Parcel, ending: str, disclosure: str) -> Response:
    """The document, or with the ending json the record of how it came about."""
    name = file_name(parcel.title, ending)
    if ending == RECORD:
        record = side_file(parcel.title, parcel.made, moment=datetime.now().astimezone())
        data = json.dumps(record, ensure_ascii=False, indent=2).encode() + b"\n"
        return attachment(data, name, f"{parcel.plain}.{RECORD}", "application/json")
    if ending not in FORMS:
        return say(NO_FORM.format(ending=ending, endings="、".join((*FORMS, RECORD))), 404)
    if len(disclosure) > LONGEST:
        return say(f"說明行有 {len(disclosure):,} 個字，最多 {LONGEST} 個字。請縮短後再下載。", 400)
    document = parcel.document(" ".join(disclosure.split()) or parcel.disclosure)
    form = FORMS[ending]
    return attachment(form.write(document), name, f"{parcel.plain}.{ending}", form.media_type)
