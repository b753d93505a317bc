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
    """What reading one file may cost: memory, time by the processor and by the clock, and size.

    A large file is given more time, `seconds_per_mb` for each megabyte and at most `most_seconds`.
    """

    memory_mb: int = 1024
    cpu_seconds: int = 30
    seconds: float = 30.0
    file_mb: int = 100
    seconds_per_mb: float = 10.0
    most_seconds: float = 300.0

    def extra_seconds(self, size: int) -> float:
        """What a file of `size` bytes is given beyond the limits for a small one."""
        return max(0.0, min(size / MEGABYTE * self.seconds_per_mb, self.most_seconds - self.seconds))


def limit_memory(limits: Limits) -> None:
    """Bound the address space and forbid core files; the soft limit, so that a converter may raise it."""
    if sys.platform != "win32":
        _, hard = resource.getrlimit(resource.RLIMIT_AS)
        resource.setrlimit(resource.RLIMIT_AS, (limits.memory_mb * 1024 * 1024, hard))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def limit_cpu(limits: Limits, size: int) -> None:
    """Allow `cpu_seconds` and what the size adds from now on; then the system kills the process."""
    if sys.platform != "win32":
        used = resource.getrusage(resource.RUSAGE_SELF)
        _, hard = resource.getrlimit(resource.RLIMIT_CPU)
        seconds = used.ru_utime + used.ru_stime + limits.cpu_seconds + limits.extra_seconds(size)
        resource.setrlimit(resource.RLIMIT_CPU, (int(seconds) + 1, hard))
