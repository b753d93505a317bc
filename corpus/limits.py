"""Limits on a process that reads hostile files, as far as the system can set them.

Where the `resource` module is missing (Windows) the functions do nothing; the wall clock, which
the parent watches, is then the only limit.
"""

from __future__ import annotations

import sys
from dataclasses import dataclass

if sys.platform != "win32":
    import resource

MEGABYTE = 1_000_000


@dataclass(frozen=True)
class Limits:
    """What reading one file may cost; the largest file, in megabytes, and the time, in seconds."""

    memory_mb: int = 1024
    cpu_seconds: int = 30
    seconds: float = 30.0
    file_mb: int = 100


def limit_memory(limits: Limits) -> None:
    """Bound the address space and forbid core files; the soft limit, so that a converter may raise it."""
    if sys.platform != "win32":
        _, hard = resource.getrlimit(resource.RLIMIT_AS)
        resource.setrlimit(resource.RLIMIT_AS, (limits.memory_mb * 1024 * 1024, hard))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def limit_cpu(limits: Limits) -> None:
    """Allow `cpu_seconds` from now on; the process is killed by the system when they are spent."""
    if sys.platform != "win32":
        used = resource.getrusage(resource.RUSAGE_SELF)
        _, hard = resource.getrlimit(resource.RLIMIT_CPU)
        resource.setrlimit(
            resource.RLIMIT_CPU, (int(used.ru_utime + used.ru_stime) + limits.cpu_seconds + 1, hard)
        )
