"""HTTP to a language model that never outlives its budget: a transport for httpx.

Every wait on the network is cut into short ones between which the budget is looked at, so a server that
drips, stalls or never ends is left in time, by the thread that reads. Redirects are not followed and proxies
of the environment not used. Sole importer of httpcore.
"""

from __future__ import annotations

import queue
import socket
import ssl
import threading
import time
from collections.abc import Callable, Iterable, Iterator
from typing import Any, TypeVar
from urllib.parse import urlsplit

import httpcore
import httpx

from assistant.budget import MOST_BYTES, Budget

STEP = 0.2
CONNECT = 3.0
HTTP_ERROR = 400
Found = TypeVar("Found")


class BudgetSpent(httpx.TransportError):
    """The time is over, too much was said, or somebody asked to stop."""


def open_client(budget: Budget) -> httpx.Client:
    """A client for one request within `budget`."""
    return httpx.Client(
        transport=_Transport(budget), follow_redirects=False, trust_env=False, timeout=httpx.Timeout(None)
    )


class PageInstead(httpx.TransportError):
    """A web page came instead of a model's words."""


def answers(url: str, budget: Budget) -> bool:
    """Whether something listens where the address points; known within `CONNECT` seconds."""
    return bool(_in_time(lambda: _listens(url), budget))


def _in_time(work: Callable[[], Found], budget: Budget) -> Found | None:
    """What `work` gives, or None where it takes longer than `CONNECT` seconds or what the budget has left."""
    found: queue.Queue[Found] = queue.Queue()
    # A thread of its own: looking up a host's name has no time-out.
    threading.Thread(target=lambda: found.put(work()), daemon=True).start()
    end = time.monotonic() + min(CONNECT, budget.left or STEP)
    while not budget.stopped and (left := end - time.monotonic()) > 0:
        try:
            return found.get(timeout=min(STEP, left))
        except queue.Empty:
            continue
    return None


def _addresses(host: str, port: int) -> tuple[str, ...]:
    """The numeric addresses behind a host's name, each once; none where it cannot be looked up."""
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError):
        return ()
    return tuple(dict.fromkeys(str(address[0]) for *_, address in found))


def _listens(url: str) -> bool:
    parts = urlsplit(url)
    port = parts.port or (443 if parts.scheme == "https" else 80)
    try:
        socket.create_connection((parts.hostname, port), CONNECT).close()
    except (OSError, UnicodeError):  # UnicodeError: no name that can be looked up, such as a..b
        return False
    return True


class _Transport(httpx.BaseTransport):
    def __init__(self, budget: Budget) -> None:
        self._budget = budget
        self._pool = httpcore.ConnectionPool(network_backend=_Backend(budget), max_keepalive_connections=0)

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        """Send a request, where there is time for it; its answer is read as it comes."""
        if self._budget.is_over:
            raise BudgetSpent("budget spent")
        core = httpcore.Request(
            method=request.method,
            url=httpcore.URL(
                scheme=request.url.raw_scheme,
                host=request.url.raw_host,
                port=request.url.port,
                target=request.url.raw_path,
            ),
            headers=request.headers.raw,
            content=request.stream,
        )
        try:
            response = self._pool.handle_request(core)
        except (httpcore.NetworkError, httpcore.TimeoutException, httpcore.ProtocolError) as exc:
            raise httpx.ConnectError(str(exc)) from exc
        assert isinstance(response.stream, Iterable)
        is_page = response.status < HTTP_ERROR and _is_page(response.headers)
        body = _Body(response.stream, is_page=is_page)
        return httpx.Response(response.status, headers=response.headers, stream=body)

    def close(self) -> None:
        """Close what is open."""
        self._pool.close()


def _is_page(headers: Iterable[tuple[bytes, bytes]]) -> bool:
    kinds = (value for name, value in headers if name.lower() == b"content-type")
    return any(kind.strip().lower().startswith(b"text/html") for kind in kinds)


class _Body(httpx.SyncByteStream):
    def __init__(self, stream: Any, *, is_page: bool) -> None:
        self._stream = stream
        self._is_page = is_page

    def __iter__(self) -> Iterator[bytes]:
        if self._is_page:
            raise PageInstead("a web page")
        try:
            yield from self._stream
        except (httpcore.NetworkError, httpcore.TimeoutException, httpcore.ProtocolError) as exc:
            raise httpx.ReadError(str(exc)) from exc

    def close(self) -> None:
        self._stream.close()


class _Backend(httpcore.NetworkBackend):
    def __init__(self, budget: Budget) -> None:
        self._budget = budget
        self._backend = httpcore.SyncBackend()

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[Any] | None = None,
    ) -> httpcore.NetworkStream:
        # Looked up here, within the time left; the library would look it up for as long as it takes.
        refused: Exception = httpcore.ConnectError(f"no address for {host}")
        for address in _in_time(lambda: _addresses(host, port), self._budget) or ():
            wait = min(CONNECT, self._budget.left) or STEP
            try:
                stream = self._backend.connect_tcp(address, port, wait, local_address, socket_options)
            except (httpcore.ConnectError, httpcore.ConnectTimeout) as error:
                refused = error
            else:
                return _Stream(stream, self._budget)
        raise refused


class _Stream(httpcore.NetworkStream):
    def __init__(self, stream: httpcore.NetworkStream, budget: Budget) -> None:
        self._stream = stream
        self._budget = budget
        self._read = 0

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        while True:
            if self._budget.is_over or self._read > MOST_BYTES:
                raise BudgetSpent("budget spent")
            try:
                data = self._stream.read(max_bytes, min(STEP, self._budget.left) or STEP)
            except httpcore.ReadTimeout:
                continue
            self._read += len(data)
            return data

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        self._stream.write(buffer, self._budget.left or STEP)

    def start_tls(
        self, ssl_context: ssl.SSLContext, server_hostname: str | None = None, timeout: float | None = None
    ) -> httpcore.NetworkStream:
        secured = self._stream.start_tls(
            ssl_context, server_hostname, min(CONNECT, self._budget.left) or STEP
        )
        return _Stream(secured, self._budget)

    def get_extra_info(self, info: str) -> Any:
        return self._stream.get_extra_info(info)

    def close(self) -> None:
        self._stream.close()
