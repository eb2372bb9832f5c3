"""What all tests together may cost, and the run's last line that says what they did cost."""

from __future__ import annotations

import os

SECONDS = 310  # of CPU: under three minutes on two cores, with workers' start and collection
WHOLE = ["tests"]  # what pytest is told to run where nobody chooses


def spent() -> float:
    """The CPU seconds of this process and of its children that have ended."""
    times = os.times()
    return times.user + times.system + times.children_user + times.children_system


def verdict(seconds: float) -> str:
    """The line; a busy machine fails nobody, but whoever adds tests sees what they add."""
    over = "" if seconds <= SECONDS else ": over it. Make a long test `sampled` or `trial` (CONTRIBUTING.md)"
    return f"CPU {seconds:.0f} s of a budget of {SECONDS} s{over}"
