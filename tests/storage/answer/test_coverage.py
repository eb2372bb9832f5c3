"""How complete the data of a period are."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from sqlalchemy import insert

from storage.answer.coverage import coverage, gaps, incomplete
from storage.answer.privacy import OPERATOR
from storage.answer.result import NoteKind
from storage.answer.run import run
from storage.catalogue import metric
from storage.engine import writing_engine
from storage.load.load_log import feed_id
from storage.names import read_directory
from storage.records import Period
from storage.tables import SyncDay
from tests.databases import fresh_store
from tests.storage.answer.office import FOUR_WEEKS, MONDAYS
from tests.storage.answer.test_notes import FIRST, LAST, ORG, TOKENS, data, world
from tests.storage.organisation import save
from tests.storage.worlds import World

__all__ = ["world"]


def test_coverage_is_the_part_of_tokens_whose_user_is_known(world: World) -> None:
    assert world.ask(TOKENS).coverage == pytest.approx(0.73)
    assert world.ask(TOKENS.with_(period=Period(FIRST + timedelta(days=1), LAST - timedelta(days=1)))).coverage is None


def test_little_coverage_is_said_beside_figures_of_use_and_of_nothing_else(world: World) -> None:
    low = [note.data for note in world.ask(TOKENS).notes if note.kind is NoteKind.COVERAGE]
    assert low == [{"coverage": pytest.approx(0.73)}]

    people = world.ask(TOKENS.with_(metrics=("headcount",)))
    assert all(note.kind is not NoteKind.COVERAGE for note in people.notes)


@pytest.mark.parametrize(("covered", "said"), [(None, 0), (0.9499, 1), (0.95, 0), (1.0, 0)])
def test_coverage_is_little_under_95_percent(covered: float | None, said: int) -> None:
    assert len([*incomplete([metric("tokens")], covered)]) == said
    assert [*incomplete([metric("items")], covered)] == []


def test_days_that_a_source_misses_are_named(tmp_path_factory: pytest.TempPathFactory) -> None:
    with fresh_store("sqlite", tmp_path_factory.mktemp("store")) as url:
        engine = writing_engine(url)
        with engine.begin() as connection:
            workspace = save(connection, ORG)
            feed = feed_id(connection, workspace, "files")
            for day, state in ((FIRST, "complete"), (FIRST + timedelta(days=1), "missing"), (LAST, "provisional")):
                row = {"workspace_id": workspace, "feed_id": feed, "day": day, "state": state}
                connection.execute(insert(SyncDay), row)
            result = run(connection, read_directory(connection, workspace), TOKENS, OPERATOR)
        engine.dispose()
    assert data(result, NoteKind.MISSING) == [{"source": "files", "days": ["2026-02-03"]}]
    assert data(result, NoteKind.PROVISIONAL) == [{"source": "files", "days": ["2026-02-22"]}]


def test_agents_are_known_and_somebody_on_no_roster_is_not(office: World) -> None:
    known = 8 * 100 + 10 * 50 + 10 * 20 + 10 + 30 + 1000

    assert coverage(office.connection, office.directory, FOUR_WEEKS) == known / (known + 7)


def test_without_tokens_there_is_no_coverage(office: World) -> None:
    quiet = Period(MONDAYS[0] + timedelta(days=1), MONDAYS[0] + timedelta(days=6))

    assert coverage(office.connection, office.directory, quiet) is None


def test_a_source_that_marks_no_day_has_no_gaps(office: World) -> None:
    assert [*gaps(office.connection, office.directory, Period(date(2026, 1, 1), date(2026, 12, 31)))] == []
