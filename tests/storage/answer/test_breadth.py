"""People's shifts without names, and whether one person has most of it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from math import isclose, log
from statistics import median

from sqlalchemy import Engine
from sqlalchemy.event import listen

from storage.answer.breadth import dominated, shifts
from storage.names import read_directory
from storage.query import Filter, Grain, Query
from storage.records import Period
from tests.bot.digest.company import Company

WEEKS = 6


def series(company: Company, team: str = "Build", metric: str = "tokens_per_employee") -> Query:
    span = Period(company.monday(0), company.monday(WEEKS) - timedelta(days=1))
    return Query(metrics=(metric,), period=span, grain=Grain.WEEK, filters=(Filter("team", (team,)),))


def found(engine: Engine, company: Company, team: str = "Build", metric: str = "tokens_per_employee") -> list[float]:
    workspace_id = company.save(engine)
    before = [company.monday(week) for week in range(WEEKS - 1)]
    with engine.connect() as connection:
        directory = read_directory(connection, workspace_id)
        query = series(company, team, metric)
        return list(shifts(connection, directory, query, company.monday(WEEKS - 1), before))


def company(factor: Callable[[str, int, int], float]) -> Company:
    return Company(weeks=WEEKS, factor=factor, noise=0.0, with_work=False)


def test_each_person_is_compared_with_the_median_of_their_own_active_weeks(engine: Engine) -> None:
    grown = [1, 4, 0, 2, 8, 6]

    measured = found(engine, company(lambda team, person, week: float(grown[week])))

    assert len(measured) == 12
    assert all(isclose(figure, log(6 / median([1, 4, 2, 8]))) for figure in measured)


def test_who_is_idle_now_or_was_so_before_makes_no_pair(engine: Engine) -> None:
    def factor(team: str, person: int, week: int) -> float:
        idle_now, new = person == 0 and week == WEEKS - 1, person == 1 and week < WEEKS - 1
        return 0.0 if idle_now or new else 1.0

    assert len(found(engine, company(factor))) == 10


def test_cost_is_compared_likewise(engine: Engine) -> None:
    measured = found(engine, company(lambda team, person, week: 3.0 if week == WEEKS - 1 else 1.0), "Care")

    assert all(isclose(figure, log(3), abs_tol=1e-6) for figure in measured)
    assert len(measured) == 22


def test_over_half_is_dominated_and_a_small_group_is_never_said_to_be(engine: Engine) -> None:
    one = company(lambda team, person, week: 100.0 if person == 0 else 1.0)
    workspace_id = one.save(engine)
    with engine.connect() as connection:
        directory = read_directory(connection, workspace_id)
        assert dominated(connection, directory, series(one), 12)
        assert not dominated(connection, directory, series(one), 9)

    even = company(lambda team, person, week: 1.0)
    even.save(engine)
    with engine.connect() as connection:
        assert not dominated(connection, read_directory(connection, workspace_id), series(even), 12)


def test_of_many_teams_each_has_its_own_people_and_all_are_read_at_once(engine: Engine) -> None:
    grown = company(lambda team, person, week: 1.0 + (len(team) + person) * week)
    workspace_id = grown.save(engine)
    before, last = [grown.monday(week) for week in range(WEEKS - 1)], grown.monday(WEEKS - 1)
    statements: list[str] = []
    with engine.connect() as connection:
        listen(connection, "before_cursor_execute", lambda *said: statements.append(said[2]))
        alone = {
            team: shifts(connection, read_directory(connection, workspace_id), series(grown, team), last, before)
            for team in grown.teams
        }
        directory = read_directory(connection, workspace_id)
        first = {team: shifts(connection, directory, series(grown, team), last, before) for team in grown.teams}
        statements.clear()
        again = {team: shifts(connection, directory, series(grown, team), last, before) for team in grown.teams}

    assert first == again == alone
    assert len({*alone.values()}) == len(grown.teams)
    assert statements == []
