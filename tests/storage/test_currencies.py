"""What is recorded of money: currencies in use, and of each day a file's rate before a bank's."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path

import pytest
from sqlalchemy import Connection, insert

from storage.currencies import RATES_BEFORE, currencies_in_use, has_class_prices, rates_by_day
from storage.engine import writing_engine
from storage.load.rates import add_rates, save_rates
from storage.records import RateRecord
from storage.tables import Pricing
from tests.databases import fresh_store
from tests.storage.organisation import Organisation, save

USED = (date(2026, 3, 1), date(2026, 3, 31))


def rate(day: date, usd: str) -> RateRecord:
    return RateRecord(day=day, currency="EUR", usd=Decimal(usd))


@pytest.fixture
def store(tmp_path: Path) -> Iterator[tuple[Connection, int]]:
    with fresh_store("sqlite", tmp_path) as url:
        engine = writing_engine(url)
        with engine.begin() as connection:
            yield connection, save(connection, Organisation({"Core": ""}, (), ()))
        engine.dispose()


def test_a_days_rate_is_that_of_a_file_else_a_banks_and_a_banks_old_ones_are_none(
    store: tuple[Connection, int],
) -> None:
    first, old = USED[0], USED[0] - RATES_BEFORE - timedelta(days=1)
    add_rates(*store, "ecb", [rate(old, "1.0"), rate(first, "1.1"), rate(first + timedelta(days=1), "1.2")])
    save_rates(*store, [rate(old - timedelta(days=1), "0.9"), rate(first, "1.5")])

    assert rates_by_day(*store, USED) == {
        "EUR": (
            (old - timedelta(days=1), 900_000_000),
            (first, 1_500_000_000),
            (first + timedelta(days=1), 1_200_000_000),
        )
    }


def test_without_priced_facts_there_is_no_currency_and_no_price_by_class(store: tuple[Connection, int]) -> None:
    connection, workspace_id = store
    assert currencies_in_use(connection, workspace_id) == ()
    assert not has_class_prices(connection, workspace_id)
    prices = {"key": b"1", "price_input": 1, "rule": "", "service_tier": "", "currency": "GBP"}
    connection.execute(insert(Pricing).values(workspace_id=workspace_id, **prices))

    assert currencies_in_use(connection, workspace_id) == ("GBP",)
    assert has_class_prices(connection, workspace_id)
