"""Organisations side by side in one store, each asked twice: by the code and by the independent computation."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from math import isclose
from pathlib import Path

from sqlalchemy import Connection

from storage.answer.privacy import OPERATOR, Viewer
from storage.answer.result import Result
from storage.answer.run import run
from storage.engine import reading_engine, writing_engine
from storage.names import Directory, read_directory
from storage.query import Query
from tests.databases import fresh_store
from tests.storage.by_hand import Value
from tests.storage.independent import Independent, Line
from tests.storage.organisation import Organisation, save

CLOSE = 1e-9


@dataclass
class World:
    """One organisation of a store."""

    connection: Connection
    directory: Directory
    org: Organisation
    independent: Independent

    def __repr__(self) -> str:
        return f"World({self.directory.workspace_id})"

    def ask(self, query: Query, viewer: Viewer = OPERATOR) -> Result:
        """What the code answers."""
        return run(self.connection, self.directory, query, viewer)

    def check(self, query: Query) -> Result:
        """Asserts that the code's rows are the independent ones, in the same order; gives the code's."""
        result = self.ask(query)
        expected = self.independent.answer(query)
        assert [row.labels for row in result.rows] == [line.labels for line in expected], query
        for row, line in zip(result.rows, expected, strict=True):
            assert_same(row.values, line, query)
        return result


def assert_same(values: dict[str, int | float | None], line: Line, query: Query) -> None:
    """Asserts that one row's figures are those of the independent line."""
    several = len(query.metrics) > 1
    expected = {}
    for (metric, role), figure in line.figures.items():
        name = metric if role == "value" else f"{metric}_{role}" if several else role
        expected[name] = figure
    assert values.keys() == expected.keys(), query
    wrong = {name: (values[name], expected[name]) for name in values if not same(values[name], expected[name])}
    assert not wrong, f"{line.labels} {wrong} in {query}"


def same(value: int | float | None, expected: Value) -> bool:
    """Whether a figure is the exact one, but for the last digits of a float."""
    if value is None or expected is None:
        return value is None and expected is None
    return isclose(value, float(expected), rel_tol=CLOSE, abs_tol=CLOSE)


@contextmanager
def worlds(backend: str, folder: Path, orgs: Sequence[Organisation]) -> Iterator[list[World]]:
    """A store that holds these organisations, read on a connection that cannot write."""
    with fresh_store(backend, folder) as url:
        writer = writing_engine(url)
        with writer.begin() as connection:
            ids = [save(connection, org) for org in orgs]
        writer.dispose()
        reader = reading_engine(url)
        try:
            with reader.connect() as connection:
                yield [
                    World(connection, read_directory(connection, id_), org, Independent(org))
                    for id_, org in zip(ids, orgs, strict=True)
                ]
        finally:
            reader.dispose()
