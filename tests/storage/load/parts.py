"""Loads that are written in parts of a few rows, and what happens between two of them."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from itertools import count
from random import Random
from unittest.mock import patch

from sqlalchemy import Connection, Engine, func, select

from storage.load import leftovers, spells, writes
from storage.load.pace import Pace
from storage.records import UsageRecord
from storage.tables import UsageDaily, UsageFact
from tests.storage.load.test_shifting import some_use

ROWS = 5  # of a part


class Killed(BaseException):
    """The end of a process, after which nothing of it runs."""


@contextmanager
def in_parts(between: Callable[[], None] = lambda: None) -> Iterator[None]:
    """Load whatever has more than three new or changed rows part by part."""
    small = partial(Pace, size=ROWS, most=ROWS, clock=partial(next, count()), pause=lambda _seconds: between())
    with patch.object(spells, "LARGE", 3), patch.object(spells, "Pace", small), patch.object(leftovers, "Pace", small):
        yield


@contextmanager
def killed_at(pause: int) -> Iterator[None]:
    """A process that writes in parts and dies in this pause; its own tidying up never runs."""
    left = [pause]

    def between() -> None:
        left[0] -= 1
        if left[0] == 0:
            raise Killed

    with in_parts(between), patch.object(writes, "clean", lambda _engine: None):
        yield


def some_uses(dice: Random, how_many: int) -> list[UsageRecord]:
    """Plausible records of different keys."""
    return [some_use(dice, number) for number in dice.sample(range(60), how_many)]


def tokens(engine: Engine) -> tuple[int, int]:
    """What the rollup and the facts come to, as somebody sees it who comes now."""

    def total(connection: Connection, table: type[UsageDaily] | type[UsageFact]) -> int:
        return int(connection.scalar(select(func.coalesce(func.sum(table.input_tokens), 0))) or 0)

    with engine.connect() as connection:
        return total(connection, UsageDaily), total(connection, UsageFact)
