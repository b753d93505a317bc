"""The chat page: read settings, open the Assistant, build the page, launch. `xinde serve` runs it."""

from __future__ import annotations

import argparse
import socket
from contextlib import closing

from assistant.assistant import Assistant
from assistant.cli import main
from assistant.outcome import Outcome
from assistant.settings import Settings, SettingsError
from assistant.ui.page import launch

NEXT_PORTS = 20


def serve(options: argparse.Namespace, settings: Settings) -> Outcome:
    """Open the page and stay until Ctrl-C."""
    port = find_port(settings.host, settings.port)
    with closing(Assistant.open(settings)) as assistant:
        launch(assistant, settings, port)
    return Outcome("網頁已關閉。", {"served": f"http://{settings.host}:{port}"})


def find_port(host: str, wanted: int) -> int:
    """The wanted port, or the next free one after it."""
    for port in range(wanted, min(wanted + NEXT_PORTS, 65536)):
        with closing(socket.socket()) as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            if _free(probe, host, port):
                return port
    raise SettingsError(f"埠號 {wanted} 起的 {NEXT_PORTS} 個都被占用了。請用 --port 指定別的埠號。")


def _free(probe: socket.socket, host: str, port: int) -> bool:
    try:
        probe.bind((host, port))
    except socket.gaierror as exc:
        raise SettingsError(f"位址 {host!r} 不存在。請用 127.0.0.1，或本機的位址。") from exc
    except OSError:
        return False
    return True


if __name__ == "__main__":
    raise SystemExit(main(["serve"]))
