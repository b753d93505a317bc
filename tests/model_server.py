"""A scripted language model behind a real OpenAI-compatible HTTP server on a free loopback port.

    with ModelServer("honest") as server:
        ...server.base_url...

It answers as the behaviour of that name says (`model_behaviours`), keeps what it was sent, and notices who
hangs up. Knows nothing of what clients do with it.
"""

from __future__ import annotations

import json
import select
import socket
import socketserver
import sys
import threading
import time
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler
from itertools import count
from types import TracebackType
from typing import Any

from model_behaviours import BEHAVIOURS, EVERYWHERE, Exchange
from model_shapes import Request, error, models

HOST = "127.0.0.1"
REFUSED = "refused_connection"
"""The behaviour of a server that does not listen."""
NAMES = (*BEHAVIOURS, REFUSED)
"""Every behaviour."""
CHAT, MODELS, ELSEWHERE = "/v1/chat/completions", "/v1/models", "/elsewhere"
POLL = 0.02
JSON = {"Content-Type": "application/json"}


@dataclass(frozen=True)
class Hangup:
    """A client left before its answer was whole, so many seconds after its request began."""

    behaviour: str
    seconds: float


class ModelServer:
    """The server. Its records are copies, safe to read while it runs."""

    def __init__(self, behaviour: str = "honest", *, interval: float = 1.0) -> None:
        """`interval` seconds lie between the bytes of "drip". Raises ValueError for an unknown behaviour."""
        self.interval = interval
        self.numbers = count(1)
        self._behaviour = _known(behaviour)
        self._port = 0
        self._listener: _Listener | None = None
        self._reserved: socket.socket | None = None
        self._changed = threading.Condition()
        self._requests: list[Request] = []
        self._redirect_hits: list[Request] = []
        self._hangups: list[Hangup] = []

    def __enter__(self) -> ModelServer:
        self._open()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, value: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Stop at once, in the middle of whatever is being answered; no thread and no socket is left."""
        if self._listener:
            self._listener.stop()
        if self._reserved:
            self._reserved.close()
        self._listener = self._reserved = None

    def _open(self) -> None:
        if self._behaviour == REFUSED:
            self._reserved = _reserve(self._port)
            self._port = self._reserved.getsockname()[1]
        else:
            self._listener = _Listener(self, self._port)
            self._port = self._listener.server_address[1]
            self._listener.start()

    @property
    def origin(self) -> str:
        return f"http://{HOST}:{self._port}"

    @property
    def base_url(self) -> str:
        """What a client is configured with."""
        return f"{self.origin}/v1"

    @property
    def behaviour(self) -> str:
        """How the next request is answered. Setting it may open or close the port, never change it."""
        return self._behaviour

    @behaviour.setter
    def behaviour(self, name: str) -> None:
        moves = (_known(name) == REFUSED) != (self._behaviour == REFUSED)
        is_open = self._listener or self._reserved
        self._behaviour = name
        if moves and is_open:
            self.close()
            self._open()

    @property
    def requests(self) -> list[Request]:
        """Every request so far, but for those that followed the redirect."""
        with self._changed:
            return list(self._requests)

    @property
    def redirect_hits(self) -> list[Request]:
        """The requests that followed the redirect."""
        with self._changed:
            return list(self._redirect_hits)

    @property
    def hangups(self) -> list[Hangup]:
        with self._changed:
            return list(self._hangups)

    def wait_for_hangups(self, number: int = 1, timeout: float = 5.0) -> list[Hangup]:
        """The hang-ups once there are so many, or those there are when the time is over."""
        with self._changed:
            self._changed.wait_for(lambda: len(self._hangups) >= number, timeout)
            return list(self._hangups)

    def note(self, request: Request | None = None, hangup: Hangup | None = None) -> None:
        """Keep a request or a hang-up."""
        with self._changed:
            if request:
                (self._redirect_hits if request.path == ELSEWHERE else self._requests).append(request)
            if hangup:
                self._hangups.append(hangup)
            self._changed.notify_all()


def _known(behaviour: str) -> str:
    if behaviour not in (*BEHAVIOURS, REFUSED):
        raise ValueError(f"no behaviour is called {behaviour!r}; there are {', '.join(NAMES)}")
    return behaviour


def _reserve(port: int) -> socket.socket:
    """A socket that holds the port without listening, so that connecting to it is refused."""
    holder = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    holder.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    holder.bind((HOST, port))
    return holder


class _Listener(socketserver.ThreadingTCPServer):
    """The listening socket, its open connections, and a thread for each."""

    allow_reuse_address = True
    request_queue_size = 64

    def __init__(self, script: ModelServer, port: int) -> None:
        self.script = script
        self.stopping = False
        self._connections: set[socket.socket] = set()
        self._lock = threading.Lock()
        super().__init__((HOST, port), _Handler)
        self._accepting = threading.Thread(target=self.serve_forever, args=(POLL,), daemon=True)

    def start(self) -> None:
        self._accepting.start()

    def stop(self) -> None:
        """Close every connection under its thread, which ends it, and wait for all threads."""
        self.stopping = True
        self.shutdown()
        self._accepting.join()
        with self._lock:
            for connection in self._connections:
                with suppress(OSError):
                    connection.shutdown(socket.SHUT_RDWR)
        self.server_close()

    def process_request(self, request: Any, client_address: Any) -> None:
        with self._lock:
            self._connections.add(request)
        super().process_request(request, client_address)

    def shutdown_request(self, request: Any) -> None:
        with self._lock:
            self._connections.discard(request)
        super().shutdown_request(request)

    def handle_error(self, request: Any, client_address: Any) -> None:
        """A client that resets its connection between requests is no error of the script."""
        if not isinstance(sys.exc_info()[1], ConnectionError):
            super().handle_error(request, client_address)


class _Handler(BaseHTTPRequestHandler):
    """One connection: reads requests and answers each as the behaviour of the moment says."""

    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True
    server: _Listener

    def do_GET(self) -> None:
        self._serve()

    def do_POST(self) -> None:
        self._serve()

    def log_message(self, format: str, *args: Any) -> None:
        """Nothing: the server's records say it."""

    def _serve(self) -> None:
        script = self.server.script
        request, behaviour = self._read(), script.behaviour
        script.note(request)
        exchange = _HttpExchange(request, self)
        try:
            _answer(exchange, behaviour)
        except ConnectionError:
            self.close_connection = True
            if not self.server.stopping:
                script.note(hangup=Hangup(behaviour, time.monotonic() - request.began))

    def _read(self) -> Request:
        began = time.monotonic()
        data = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        headers = {name.lower(): value for name, value in self.headers.items()}
        body = None
        with suppress(ValueError):
            body = json.loads(data)
        return Request(next(self.server.script.numbers), self.command, self.path, headers, body, began)


def _answer(exchange: _HttpExchange, behaviour: str) -> None:
    request = exchange.request
    asked = (request.method, request.path)
    if request.path == ELSEWHERE:
        exchange.answer(200, b"{}", JSON)
    elif behaviour in EVERYWHERE:
        EVERYWHERE[behaviour](exchange)
    elif asked == ("GET", MODELS):
        exchange.answer(200, models(), JSON)
    elif asked != ("POST", CHAT):
        exchange.answer(404, error("invalid_request_error", f"Unknown request URL: {' '.join(asked)}"), JSON)
    elif not isinstance(request.body, dict):
        exchange.answer(400, error("invalid_request_error", "The body is no JSON object."), JSON)
    else:
        BEHAVIOURS[behaviour](exchange)


class _HttpExchange(Exchange):
    """One request with its connection. A client sends nothing while it waits: if it does, it is gone."""

    def __init__(self, request: Request, handler: _Handler) -> None:
        script = handler.server.script
        self.request = request
        self.interval = script.interval
        self.redirect_url = f"{script.origin}{ELSEWHERE}"
        self._handler = handler
        self._left = select.poll()
        self._left.register(handler.connection, select.POLLIN)

    def answer(self, status: int, body: bytes, headers: Mapping[str, str]) -> None:
        self._start(status, {**headers, "Content-Length": str(len(body))})
        self._handler.wfile.write(body)

    def begin(self, kind: str) -> None:
        self._start(200, {"Content-Type": kind, "Cache-Control": "no-cache", "Transfer-Encoding": "chunked"})

    def _start(self, status: int, headers: Mapping[str, str]) -> None:
        self._handler.send_response(status)
        for name, value in headers.items():
            self._handler.send_header(name, value)
        self._handler.end_headers()

    def send(self, data: bytes) -> None:
        self.wait(0)
        self._handler.wfile.write(_framed(data))

    def finish(self, data: bytes = b"") -> None:
        self.wait(0)
        self._handler.wfile.write((_framed(data) if data else b"") + _framed(b""))

    def wait(self, seconds: float | None = None) -> None:
        if self._left.poll(None if seconds is None else seconds * 1000):
            raise ConnectionAbortedError("the client hung up, or the server is stopping")


def _framed(data: bytes) -> bytes:
    """A chunk of the chunked transfer coding; the empty one ends a response."""
    return b"%x\r\n%b\r\n" % (len(data), data)
