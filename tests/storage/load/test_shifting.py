"""A load that changes little of its days leaves the rollups as if they had been made again."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from decimal import Decimal
from random import Random
from typing import Any

import pytest
from sqlalchemy import Connection, Engine, func, select

from storage.catalogue.daily import SUMS
from storage.load.rollups import rebuild_usage
from storage.load.shifting import ROLLUPS
from storage.load.writes import LoadOf, save_usage
from storage.records import CostKind, Period, UsageRecord
from storage.tables import ActiveDays, UsageDaily, UsageFact
from tests.storage.load.facts import MONDAY, TUESDAY, rollup, roster, use

PEOPLE = ("ana@acme.example", "bo@acme.example", "nobody@acme.example")
KINDS = (CostKind.BILLED, CostKind.COVERED, CostKind.CREDIT, None)


def rolled_up(connection: Connection) -> list[list[str]]:
    """All that the rollups say; rows of one key may lie side by side where a name was folded."""
    found = []
    for table in (*ROLLUPS, ActiveDays):
        columns = [column for column in table.__table__.c if column.name != "id"]
        keys = [column for column in columns if column.name not in SUMS]
        sums = [func.sum(column) for column in columns if column.name in SUMS]
        found.append(sorted(str(tuple(row)) for row in connection.execute(select(*keys, *sums).group_by(*keys))))
    return found


def made_again(connection: Connection, workspace_id: int) -> list[list[str]]:
    """The same once they are made of all facts."""
    rebuild_usage(connection, workspace_id, connection.scalars(select(UsageFact.day).distinct()).all())
    return rolled_up(connection)


def some_use(dice: Random, number: int) -> UsageRecord:
    kind = dice.choice(KINDS)
    more: dict[str, Any] = {
        "subject": dice.choice(PEOPLE),
        "tool": dice.choice(("cursor", "Claude Code", "claude_code")),
        "requests": dice.choice((None, 0, 1, 5)),
        "accepted": dice.choice((None, None, 2)),
        "cost": None if kind is None else Decimal(-1 if kind is CostKind.CREDIT else dice.randrange(9)),
        "cost_kind": kind,
    }
    return use(f"k{number}", MONDAY + timedelta(days=dice.randrange(2)), input_tokens=dice.randrange(99), **more)


@pytest.mark.dialect
def test_whatever_a_little_load_brings_the_rollups_are_those_of_all_facts(engine: Engine, load: LoadOf) -> None:
    dice = Random(7)
    roster(engine, load, [(person, MONDAY) for person in PEOPLE[:2]])
    save_usage(engine, load, [some_use(dice, number) for number in range(80)])

    for number in range(8):
        few = [some_use(dice, dice.randrange(90)) for _ in range(1 + number % 3)]
        whole = Period(TUESDAY, TUESDAY) if number == 7 else None
        save_usage(engine, replace(load, whole=whole), few)

        with engine.connect() as connection:
            assert rolled_up(connection) == made_again(connection, load.workspace_id), number
            connection.rollback()


def test_what_a_little_load_does_not_touch_stays_as_it_is(engine: Engine, load: LoadOf) -> None:
    save_usage(engine, load, [use(f"k{number}", subject=f"p{number}", model=f"m{number}") for number in range(9)])
    ids = select(UsageDaily.id).order_by(UsageDaily.id)
    with engine.connect() as connection:
        before = connection.scalars(ids).all()

    save_usage(engine, load, [use("k3", subject="p3", model="m3", input_tokens=50)])

    with engine.connect() as connection:
        after = connection.scalars(ids).all()
    assert rollup(engine) == [(MONDAY, 130, 0)]
    assert len({*before} & {*after}) == len(before) - 1


def test_a_count_that_nobody_reports_any_more_is_unknown_again(engine: Engine, load: LoadOf) -> None:
    several = [use(f"k{number}", tool="a" if number else "b", accepted=3) for number in range(9)]
    save_usage(engine, load, several)

    save_usage(engine, load, [use("k0", tool="b", accepted=None)])

    with engine.connect() as connection:
        found = connection.scalars(select(UsageDaily.accepted).order_by(UsageDaily.accepted.is_(None))).all()
    assert found == [24, None]
