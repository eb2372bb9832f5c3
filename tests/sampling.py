"""How much of a long test runs: a sample in `make test`, all of it in `make trial`.

A test that draws on these carries the mark `sampled`, by which `make trial` finds it.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Sequence
from typing import TypeVar
from zlib import crc32

import pytest

Item = TypeVar("Item")

ALL = os.environ.get("TRIAL") == "1"
sampled = pytest.mark.sampled
OF_POSTGRES = 12  # one in so many
REPEATED = ("tests/bot/", *(f"tests/storage/{folder}/" for folder in ("answer", "catalogue", "keep", "load")))


def size(sample: int, full: int) -> int:
    """How many there are to be: so many in a sample, or all."""
    return full if ALL else sample


def some(items: Sequence[Item], count: int, start: int = 0) -> list[Item]:
    """At most `count` of them, evenly spread from `start` on; all of them in a trial."""
    if ALL or len(items) <= count:
        return [*items]
    return [items[(start + number * len(items) // count) % len(items)] for number in range(count)]


def mark_examples(items: Iterable[pytest.Item]) -> None:
    """Marks the tests that Hypothesis gives their examples: in a trial each has more."""
    for item in items:
        if getattr(getattr(item, "obj", None), "is_hypothesis_test", False):
            item.add_marker(sampled)


def unsampled_on_postgres(items: Iterable[pytest.Item]) -> list[pytest.Item]:
    """Tests that `make test` leaves out since it runs them on SQLite.

    One in `OF_POSTGRES` runs on both: SQL is SQLAlchemy's. What depends on how a database itself behaves is marked
    `dialect` or lies outside of `REPEATED`, and always runs on both.
    """
    repeated = [
        item
        for item in items
        if item.nodeid.startswith(REPEATED)
        and item.get_closest_marker("postgres")
        and not item.get_closest_marker("dialect")
    ]
    for item in repeated:
        item.add_marker(sampled)
    return [] if ALL else [item for item in repeated if crc32(item.nodeid.encode()) % OF_POSTGRES]
