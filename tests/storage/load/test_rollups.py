"""The daily rollups: what the facts of each day come to, whatever changed them."""

from __future__ import annotations

from datetime import timedelta
from random import Random
from typing import Any

import pytest
from sqlalchemy import Engine, func, select

from storage.load.rollups import chunks
from storage.load.writes import LoadOf, save_usage
from storage.tables import UsageDaily, UsageFact
from tests.storage.load.facts import MONDAY, TUESDAY, rollup, use


def test_new_facts_are_rolled_up_by_day(engine: Engine, load: LoadOf) -> None:
    saved = save_usage(engine, load, [use("k1"), use("k2", TUESDAY), use("k3", TUESDAY, input_tokens=5)])

    assert (saved.new, saved.changed, saved.unchanged) == (3, 0, 0)
    assert (saved.first_day, saved.last_day, saved.days) == (MONDAY, TUESDAY, 2)
    assert rollup(engine) == [(MONDAY, 10, 0), (TUESDAY, 15, 0)]


def test_a_fact_that_moves_to_another_day_leaves_the_old_one(engine: Engine, load: LoadOf) -> None:
    save_usage(engine, load, [use("k1", MONDAY), use("k2", MONDAY)])

    save_usage(engine, load, [use("k1", TUESDAY)])

    assert rollup(engine) == [(MONDAY, 10, 0), (TUESDAY, 10, 0)]


@pytest.mark.parametrize("seed", range(3))
def test_whatever_was_loaded_the_rollup_is_the_sum_of_its_facts(engine: Engine, load: LoadOf, seed: int) -> None:
    dice = Random(seed)
    for _ in range(4):
        rows = [
            use(
                f"k{dice.randrange(9)}",
                MONDAY + timedelta(days=dice.randrange(3)),
                tool=dice.choice(["cursor", "Cursor", "chat"]),
                input_tokens=dice.randrange(100),
                requests=None if dice.random() < 0.2 else dice.randrange(5),
            )
            for _ in range(12)
        ]
        save_usage(engine, load, rows)

    def sums(table: type[UsageDaily] | type[UsageFact]) -> list[tuple[Any, ...]]:
        columns = (table.day, func.sum(table.input_tokens), func.sum(table.requests))
        with engine.connect() as connection:
            rows = connection.execute(select(*columns).group_by(table.day).order_by(table.day))
            return [tuple(row) for row in rows]

    assert sums(UsageDaily) == sums(UsageFact)


def test_values_come_in_pieces_that_fit_into_a_statement() -> None:
    pieces = [*chunks(range(1_201))]

    assert [len(piece) for piece in pieces] == [500, 500, 201]
    assert [value for piece in pieces for value in piece] == [*range(1_201)]
