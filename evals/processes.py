"""Runs the product as a user starts it, in a process of its own, and watches time and memory.

Knows nothing of what the process does. Memory is read from /proc and is None where there is no /proc.
"""

from __future__ import annotations

import contextlib
import os
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parents[1]
XINDE = (sys.executable, "-m", "assistant.cli")
PAGE = os.sysconf("SC_PAGE_SIZE") if hasattr(os, "sysconf") else 4096
LOOK_EVERY = 0.2


class ProcessFailed(Exception):
    """A measured process did not end as it should; its words are in the text."""


@dataclass(frozen=True)
class Run:
    """How a process went, its children included.

    `cpu` is the processor time in seconds, None where the system does not tell; `peak` is the most
    memory held at one time, in bytes.
    """

    seconds: float
    cpu: float | None
    peak: int | None
    code: int
    stdout: str
    stderr: str


def run(arguments: Sequence[str | Path], *, expect: Sequence[int] = (0,), watch: bool = False) -> Run:
    """Run to the end; `watch` looks at the memory meanwhile. Raises ProcessFailed on another exit code."""
    with tempfile.TemporaryFile() as out, tempfile.TemporaryFile() as err:
        start, before = time.perf_counter(), _children_cpu()
        process = subprocess.Popen([*map(str, arguments)], stdout=out, stderr=err, cwd=ROOT)
        peak = _watch(process) if watch else None
        code = process.wait()
        seconds, after = time.perf_counter() - start, _children_cpu()
        out.seek(0)
        err.seek(0)
        cpu = None if before is None or after is None else after - before
        words = out.read().decode("utf-8"), err.read().decode("utf-8", "replace")
        done = Run(seconds, cpu, peak, code, *words)
    if code not in expect:
        raise ProcessFailed(f"{' '.join(map(str, arguments))}: exit {code}\n{done.stderr[-2000:]}")
    return done


def run_and_kill(arguments: Sequence[str | Path], after: float) -> bool:
    """Start, and SIGKILL it with all its children after so many seconds; False if it had ended before."""
    null = subprocess.DEVNULL
    process = subprocess.Popen(
        [*map(str, arguments)], stdout=null, stderr=null, cwd=ROOT, start_new_session=True
    )
    try:
        process.wait(timeout=after)
        return False
    except subprocess.TimeoutExpired:
        tree = [process.pid, *_descendants(process.pid, _table())]
        for pid in tree:
            with contextlib.suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)
        process.wait()
        return True


def _children_cpu() -> float | None:
    """Processor time of all children that have ended so far."""
    try:
        import resource
    except ImportError:  # Windows
        return None
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def _watch(process: subprocess.Popen[bytes]) -> int | None:
    peak = None
    while True:
        with contextlib.suppress(subprocess.TimeoutExpired):
            process.wait(timeout=LOOK_EVERY)
            return peak
        held = tree_memory(process.pid)
        peak = held if peak is None else max(peak, held or 0)


def tree_memory(pid: int) -> int | None:
    """Resident bytes of a process and its descendants, pages they share counted each time."""
    table = _table()
    if pid not in table:
        return None
    return sum(table[one][1] for one in (pid, *_descendants(pid, table)) if one in table)


def _table() -> dict[int, tuple[int, int]]:
    """Every process: its parent and its resident bytes."""
    return dict(_processes())


def _processes() -> Iterator[tuple[int, tuple[int, int]]]:
    for path in Path("/proc").glob("[0-9]*/stat"):
        with contextlib.suppress(OSError):
            # The name stands in brackets and may hold spaces and brackets itself.
            fields = path.read_text(encoding="utf-8", errors="replace").rpartition(")")[2].split()
            yield int(path.parent.name), (int(fields[1]), int(fields[21]) * PAGE)


def _descendants(pid: int, table: dict[int, tuple[int, int]]) -> list[int]:
    found = [child for child, (parent, _) in table.items() if parent == pid]
    return [*found, *(below for child in found for below in _descendants(child, table))]
