"""Usage facts with the columns of the daily rollup."""

from __future__ import annotations

from typing import Any

from sqlalchemy import func, select

from storage.answer.shaped_facts import shaped_facts, u_column
from storage.catalogue.daily import COUNTS
from storage.tables import UsageDaily, UsageFact
from tests.storage.answer.office import MONDAYS
from tests.storage.worlds import World

KEYS = ("day", "spell_id", "stream_id", "currency", "cost_kind")


def sums(world: World, rows: Any) -> list[tuple[Any, ...]]:
    """The rows added up by the keys of the rollup."""
    keys = [u_column(rows, name) for name in KEYS]
    totals = [func.sum(u_column(rows, name)) for name in (*COUNTS, "cost_nano", "active_facts", "tokenless_facts")]
    mine = u_column(rows, "workspace_id") == world.directory.workspace_id
    found = world.connection.execute(select(*keys, *totals).where(mine).group_by(*keys)).all()
    return sorted((tuple(row) for row in found), key=repr)


def test_added_up_they_are_the_rollup(office: World) -> None:
    assert sums(office, shaped_facts()) == sums(office, UsageDaily)


def test_each_fact_is_one_row_whatever_it_is_joined_with(office: World) -> None:
    facts = office.connection.scalar(select(func.count()).select_from(UsageFact))
    shaped = office.connection.scalar(select(func.count()).select_from(shaped_facts()))

    assert facts == shaped == len(office.org.uses)


def test_what_only_the_facts_know_can_be_asked_of_them(office: World) -> None:
    rows = shaped_facts()
    first = select(func.count(func.distinct(u_column(rows, "source_id")))).where(u_column(rows, "day") == MONDAYS[0])

    assert office.connection.scalar(first) == 1
