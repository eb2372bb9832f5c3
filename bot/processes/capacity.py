"""How many processes this machine, or the container we are in, has room for: by cores and by memory."""

from __future__ import annotations

import math
import os
from pathlib import Path

MOST = 4  # unless a setting says more
MEMORY_EACH = 400 * 2**20  # bytes: what a process holds with the reader and the caches of a large organisation
CGROUPS = Path("/sys/fs/cgroup")


def fitting(cgroups: Path = CGROUPS) -> int:
    """As many as there are cores and memory for, at least one and at most `MOST`.

    A host that hides its limits from those in its containers (Heroku) says in WEB_CONCURRENCY how many it bears.
    """
    told = os.environ.get("WEB_CONCURRENCY", "")
    most = min(MOST, int(told)) if told.isdecimal() else MOST
    return max(1, min(most, cores(cgroups), memory(cgroups) // MEMORY_EACH))


def cores(cgroups: Path = CGROUPS) -> int:
    """Cores that we may use; a container's share of them is rounded up.

    Linux tells that share in `cpu.max` ("QUOTA PERIOD" in microseconds, or "max PERIOD"), older ones in two files.
    """
    there = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    told = _words(cgroups / "cpu.max") or [
        *_words(cgroups / "cpu" / "cpu.cfs_quota_us"),
        *_words(cgroups / "cpu" / "cpu.cfs_period_us"),
    ]
    if len(told) == 2 and told[0].isdigit() and told[1].isdigit():
        there = min(there, math.ceil(int(told[0]) / int(told[1])))
    return max(1, there)


def memory(cgroups: Path = CGROUPS) -> int:
    """Bytes of memory that we may use: the machine's, or the container's limit."""
    try:
        there = os.sysconf("SC_PHYS_PAGES") * os.sysconf("SC_PAGE_SIZE")
    except (AttributeError, ValueError, OSError):  # Windows does not tell, and has no fork either
        return MEMORY_EACH
    told = _words(cgroups / "memory.max") or _words(cgroups / "memory" / "memory.limit_in_bytes")
    return min(there, int(told[0])) if told and told[0].isdigit() else there


def _words(file: Path) -> list[str]:
    try:
        return file.read_text("ascii").split()
    except OSError:
        return []
