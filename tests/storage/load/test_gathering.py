"""Rows of one key come together, while memory holds them."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest
from sqlalchemy import Engine, select

from storage.errors import StorageError
from storage.load.gathering import Repeats
from storage.load.writes import LoadOf, save_usage
from storage.records import CostKind
from storage.tables import MOST_COUNTED, UsageDaily
from tests.storage.load.facts import MONDAY, rollup, use


def test_of_a_repeated_key_the_last_record_counts_or_they_add_up(engine: Engine, load: LoadOf) -> None:
    records = [use(input_tokens=1), use(input_tokens=2), use(input_tokens=4)]

    assert save_usage(engine, load, records).new == 3
    assert rollup(engine) == [(MONDAY, 4, 0)]

    save_usage(engine, replace(load, repeats=Repeats.ADD), records)
    assert rollup(engine) == [(MONDAY, 7, 0)]


def test_rows_that_name_the_feed_of_all_others_are_of_that_feed(engine: Engine, load: LoadOf) -> None:
    own = replace(load, feed="laptop", repeats=Repeats.ADD)
    records = [use(input_tokens=1), use(input_tokens=2, feed="laptop"), use(input_tokens=4, feed="desktop")]

    assert save_usage(engine, own, records).new == 3
    assert rollup(engine) == [(MONDAY, 7, 0)]
    assert save_usage(engine, own, records).unchanged == 3


def test_a_credit_stands_beside_the_bill_of_the_same_key(engine: Engine, load: LoadOf) -> None:
    bill = use(cost=Decimal(5), cost_kind=CostKind.BILLED)
    back = use(cost=Decimal(-2), cost_kind=CostKind.CREDIT, input_tokens=None, requests=None)
    added = replace(load, repeats=Repeats.ADD)

    assert save_usage(engine, added, [bill, back, back]).new == 3
    assert save_usage(engine, added, [bill, back, back]).unchanged == 3

    with engine.connect() as connection:
        kinds = {*connection.execute(select(UsageDaily.cost_kind, UsageDaily.cost_nano))}
    assert kinds == {("billed", 5_000_000_000), ("credit", -4_000_000_000)}


def test_a_count_that_cannot_be_is_told_and_nothing_is_saved(engine: Engine, load: LoadOf) -> None:
    with pytest.raises(StorageError, match="2,147,483,648 requests or suggestions of one day"):
        save_usage(engine, load, [use("a"), use("b", requests=MOST_COUNTED + 1)])

    assert rollup(engine) == []
