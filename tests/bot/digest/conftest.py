"""A store with a small company in it, and the digests made of it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from math import exp, log
from pathlib import Path
from typing import Any

import pytest

from bot.digest.compute import DigestRequest
from bot.digest.service import Digests
from bot.digest.value import Digest
from bot.digest.week import Week, week_of
from bot.settings import Settings
from storage.answer.privacy import OPERATOR, Viewer
from storage.answer.run import run
from storage.engine import reading_engine, writing_engine
from storage.names import read_directory
from storage.query import Query
from storage.workspaces import default_workspace
from tests.bot.digest.company import Company
from tests.databases import fresh_store

LAST = 15  # the number of the last week of sixteen


class Store:
    """A store to fill, and the digests made of it."""

    def __init__(self, url: str) -> None:
        self.writing, self.reading = writing_engine(url), reading_engine(url)

    def digest(
        self,
        company: Company,
        week: int = LAST,
        *,
        team: str | None = None,
        viewer: Viewer = OPERATOR,
        settings: Settings | None = None,
        kept: Mapping[Week, Mapping[str, float | None]] | None = None,
        after: int = 9,
        **more: Any,
    ) -> Digest:
        """The digest of a week by its number, so many days after its Monday."""
        wanted = week_of(company.monday(week))
        now = datetime.combine(wanted.monday + timedelta(days=after), datetime.min.time(), UTC)
        service = Digests(self.reading, settings or Settings(), lambda: now)
        with self.reading.connect() as connection:
            directory = read_directory(connection, default_workspace(connection))
            request = DigestRequest(week=wanted, team=team, viewer=viewer, kept=kept or {}, **more)
            return service.compute(connection, directory, request)

    def ask(self, query: Query) -> float:
        """The figure that a question gives."""
        with self.reading.connect() as connection:
            directory = read_directory(connection, default_workspace(connection))
            value = run(connection, directory, query, OPERATOR).rows[0].values[query.metrics[0]]
        assert value is not None
        return float(value)


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with fresh_store("sqlite", tmp_path) as url:
        made = Store(url)
        yield made
        made.reading.dispose()
        made.writing.dispose()


def bent(team: str, times: float, at: int = LAST) -> Callable[[str, int, int], float]:
    """A team whose people all use so many times as much from a week on."""
    return lambda name, _person, week: times if name == team and week >= at else 1.0


def by_hand(before: list[float]) -> tuple[float, float]:
    """exp(mean ± 2.66 · mR) over logs, written out once more."""
    logs = [log(value) for value in before]
    mean = sum(logs) / len(logs)
    ranges = [abs(b - a) for a, b in pairwise(logs)]
    spread = 2.66 * max(sum(ranges) / len(ranges), 0.05)
    return exp(mean - spread), exp(mean + spread)
