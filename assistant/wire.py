"""HTTP to a language model that never outlives its budget: a transport for httpx.

Every wait on the network is cut into short ones between which the budget is looked at, so a server that
drips, stalls or never ends is left in time, by the thread that reads. Redirects are not followed and proxies
of the environment not used. Sole importer of httpcore.
"""

from __future__ import annotations

import socket
import ssl
from collections.abc import Iterable, Iterator
from typing import Any
from urllib.parse import urlsplit

import httpcore
import httpx

from assistant.budget import MOST_BYTES, Budget

STEP = 0.2
CONNECT = 3.0


class BudgetSpent(httpx.TransportError):
    """The time is over, too much was said, or somebody asked to stop."""


def open_client(budget: Budget) -> httpx.Client:
    """A client for one request within `budget`."""
    return httpx.Client(
        transport=_Transport(budget), follow_redirects=False, trust_env=False, timeout=httpx.Timeout(None)
    )


def answers(url: str, budget: Budget) -> bool:
    """Whether something listens where the address points."""
    parts = urlsplit(url)
    port = parts.port or (443 if parts.scheme == "https" else 80)
    try:
        socket.create_connection((parts.hostname, port), min(CONNECT, budget.left) or STEP).close()
    except OSError:
        return False
    return True


class _Transport(httpx.BaseTransport):
    def __init__(self, budget: Budget) -> None:
        self._pool = httpcore.ConnectionPool(
            ssl_context=ssl.create_default_context(),
            network_backend=_Backend(budget),
            max_keepalive_connections=0,
        )

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        """Send a request; its answer is read as it comes."""
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
        return httpx.Response(response.status, headers=response.headers, stream=_Body(response.stream))

    def close(self) -> None:
        """Close what is open."""
        self._pool.close()


class _Body(httpx.SyncByteStream):
    def __init__(self, stream: Any) -> None:
        self._stream = stream

    def __iter__(self) -> Iterator[bytes]:
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
        stream = self._backend.connect_tcp(
            host, port, min(CONNECT, self._budget.left) or STEP, local_address, socket_options
        )
        return _Stream(stream, self._budget)


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
