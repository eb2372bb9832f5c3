"""The figures a digest compares: its week's, and those of the closed weeks before it."""

from __future__ import annotations

import pytest
from sqlalchemy import Connection

from bot.digest.baseline import DigestScope, series, weeks_before
from bot.digest.week import week_of
from storage.answer.privacy import OPERATOR, Viewer
from storage.errors import Denied
from storage.names import read_directory
from storage.records import DayState
from storage.workspaces import default_workspace
from tests.bot.digest.company import Company, mark
from tests.bot.digest.conftest import LAST, Store


def test_a_broken_week_is_left_out_of_later_baselines(store: Store) -> None:
    company = Company(factor=lambda team, person, week: 0.01 if week == 10 else 1.0)
    workspace_id = company.save(store.writing)
    with_it = store.digest(company).usual
    assert with_it is not None
    assert with_it.low < 100_000
    mark(store.writing, workspace_id, {company.monday(10): DayState.PARTIAL})

    digest = store.digest(company)

    assert digest.weeks == 12
    assert digest.usual is not None
    assert digest.usual.low > 300_000


def scope_of(store: Store, connection: Connection, company: Company, team: str | None, viewer: Viewer) -> DigestScope:
    directory = read_directory(connection, default_workspace(connection))
    return DigestScope(connection, directory, viewer, week_of(company.monday(LAST)), team)


def test_the_weeks_before_are_the_last_twelve_recorded_whole_oldest_first(store: Store) -> None:
    company = Company()
    company.save(store.writing)
    with store.reading.connect() as connection:
        directory = read_directory(connection, default_workspace(connection))
    week = week_of(company.monday(LAST))

    weeks = weeks_before(week, directory, lambda _: False, ())
    fewer = weeks_before(week, directory, lambda earlier: earlier == week.plus(-2), (company.monday(LAST - 1),))
    early = weeks_before(week_of(company.monday(3)), directory, lambda _: False, ())

    assert weeks == [week.plus(-back) for back in range(12, 0, -1)]
    assert fewer == [week.plus(-back) for back in range(14, 2, -1)]
    assert early == [week_of(company.monday(number)) for number in range(3)]


def test_a_series_has_the_weeks_that_were_asked_for_as_single_questions_would_give_them(store: Store) -> None:
    company = Company()
    company.save(store.writing)
    week = week_of(company.monday(LAST))
    weeks = [week.plus(-3), week.plus(-1)]

    with store.reading.connect() as connection:
        scope = scope_of(store, connection, company, "Care", OPERATOR)
        found = series(scope, scope.query("tokens_per_employee"), weeks)
        single = {each: scope.figure(scope.query("tokens_per_employee", week=each)) for each in weeks}

    assert found == pytest.approx(single)
    assert list(found) == weeks


def test_what_may_not_be_shown_is_no_figure_or_raised(store: Store) -> None:
    company = Company()
    company.save(store.writing)

    with store.reading.connect() as connection:
        scope = scope_of(store, connection, company, "Law", Viewer())
        assert scope.allowed(scope.query("tokens_per_employee")) is None
        with pytest.raises(Denied):
            scope.figure(scope.query("tokens_per_employee"))
        assert scope.of("Care").allowed(scope.of("Care").query("tokens_per_employee"))
