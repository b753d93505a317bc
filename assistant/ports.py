"""A free port to listen on. Knows nothing of what will be served."""

from __future__ import annotations

import socket
from contextlib import closing

from assistant.settings import SettingsError

TRIED = 20


def find_port(host: str, wanted: int) -> int:
    """The wanted port, or the next free one after it."""
    for port in range(wanted, min(wanted + TRIED, 65536)):
        if _free(host, port):
            return port
    raise SettingsError(f"埠號 {wanted} 起的 {TRIED} 個都被占用了。請用 --port 指定別的埠號。")


def _free(host: str, port: int) -> bool:
    try:
        family, _, _, _, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
    except OSError as exc:
        raise SettingsError(f"找不到位址 {host!r}。請用 127.0.0.1，或本機的位址。") from exc
    with closing(socket.socket(family)) as probe:
        # As the server itself does: a port that was closed a moment ago counts as free.
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(address)
        except PermissionError as exc:
            raise SettingsError(f"沒有權限使用埠號 {port}。請用 --port 指定 1024 以上的埠號。") from exc
        except OSError:
            return False
    return True
