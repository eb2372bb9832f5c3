"""Money of several currencies is one sum at each day's rate, and says which rates these were."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from sqlalchemy import Connection, Engine

from storage.answer.money import steps_of
from storage.answer.privacy import OPERATOR
from storage.answer.result import NoteKind, Result
from storage.answer.run import run
from storage.errors import NoData
from storage.load.rates import save_rates
from storage.load.writes import LoadOf, save_usage
from storage.names import read_directory
from storage.query import Filter, Query
from storage.records import CostKind, Period, PricingRecord, RateRecord, UsageRecord

FIRST, LATER = date(2026, 11, 3), date(2026, 11, 10)
NOVEMBER = Period(FIRST, date(2026, 11, 12))
COST = Query(metrics=("cost",), period=NOVEMBER)
RATES = [
    RateRecord(day=date(2026, 11, 1), currency="EUR", usd=Decimal("1.1")),
    RateRecord(day=date(2026, 11, 9), currency="EUR", usd=Decimal("1.2")),
]


def use(key: str, day: date, amount: int, currency: str) -> UsageRecord:
    pricing = PricingRecord(currency=currency) if currency != "USD" else None
    return UsageRecord(
        natural_key=key, day=day, tool=currency, input_tokens=7, cost=Decimal(amount), cost_kind=CostKind.BILLED,
        list_cost=Decimal(2 * amount), pricing=pricing,
    )  # fmt: skip


@pytest.fixture
def store(engine: Engine, workspace_id: int) -> Iterator[tuple[Connection, int]]:
    load = LoadOf(workspace_id=workspace_id, source="files", what="f", now=datetime(2026, 11, 18, tzinfo=UTC))
    records = [use("a", FIRST, 10, "EUR"), use("b", LATER, 20, "EUR"), use("c", LATER, 11, "USD")]
    save_usage(engine, load, [*records, use("d", NOVEMBER.end, 5, "GBP")])
    with engine.connect() as connection:
        yield connection, workspace_id


def ask(store: tuple[Connection, int], query: Query) -> Result:
    connection, workspace_id = store
    return run(connection, read_directory(connection, workspace_id), query, OPERATOR)


def notes(result: Result, kind: NoteKind) -> list[dict[str, object]]:
    return [dict(note.data) for note in result.notes if note.kind is kind]


def test_without_a_rate_money_is_left_out_and_named(store: tuple[Connection, int]) -> None:
    result = ask(store, COST)

    assert result.rows[0].values["cost"] == 11
    assert notes(result, NoteKind.NO_RATE) == [{"currencies": ["EUR", "GBP"]}]
    assert notes(result, NoteKind.UNPRICED) == [{"rows": 3, "tokens": 21}]
    assert notes(result, NoteKind.RATES) == []


def test_each_day_is_converted_at_the_newest_rate_up_to_it(store: tuple[Connection, int]) -> None:
    save_rates(*store, RATES)

    result = ask(store, COST)

    assert result.rows[0].values["cost"] == pytest.approx(10 * 1.1 + 20 * 1.2 + 11)
    days = {"first": date(2026, 11, 1), "last": date(2026, 11, 9)}
    assert notes(result, NoteKind.RATES) == [{"currency": "USD", "rate": None, **days}]
    assert notes(result, NoteKind.NO_RATE) == [{"currencies": ["GBP"]}]


def test_another_currency_is_asked_for_by_name_also_by_group_and_at_list_price(store: tuple[Connection, int]) -> None:
    save_rates(*store, RATES)

    by_tool = ask(store, COST.with_(currency="EUR", group_by=("tool",), metrics=("cost", "list_value")))

    found = {row.labels["tool"]: row.values for row in by_tool.rows}
    assert found["EUR"] == pytest.approx({"cost": 30, "list_value": 60})
    assert found["USD"] == pytest.approx({"cost": 11 / 1.2, "list_value": 22 / 1.2})
    assert found["GBP"] == {"cost": None, "list_value": None}


def test_a_day_before_the_first_rate_takes_that_one_and_its_day_is_said(store: tuple[Connection, int]) -> None:
    save_rates(*store, RATES[1:])

    result = ask(store, COST.with_(currency="EUR", filters=(Filter("tool", ("USD",)),)))

    assert result.rows[0].values["cost"] == pytest.approx(11 / 1.2)
    day = date(2026, 11, 9)
    assert notes(result, NoteKind.RATES) == [{"currency": "EUR", "rate": pytest.approx(1.2), "first": day, "last": day}]


def test_a_currency_without_any_rate_is_no_data(store: tuple[Connection, int]) -> None:
    with pytest.raises(NoData, match="no rate of CHF"):
        ask(store, COST.with_(currency="CHF"))
    assert ask(store, COST.with_(currency="CHF", metrics=("tokens",))).rows[0].values["tokens"] == 28


def test_rates_hold_from_their_day_to_the_next(store: tuple[Connection, int]) -> None:
    save_rates(*store, RATES)
    directory = read_directory(*store)

    steps = steps_of(directory, "USD", [NOVEMBER])

    spans = [(step.first, step.last) for step in steps]
    assert spans == [(FIRST, date(2026, 11, 8)), (date(2026, 11, 9), NOVEMBER.end)]
    assert [step.factor for step in steps] == pytest.approx([1.1, 1.2])
