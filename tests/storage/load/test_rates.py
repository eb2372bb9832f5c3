"""Rates of exchange by day: the whole truth of their file."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

from sqlalchemy import select

from storage.load.rates import add_rates, rates_held, save_rates
from storage.names import read_directory
from storage.records import RateRecord
from storage.tables import Rate
from tests.storage.load.stores import Store

FIRST = RateRecord(day=date(2026, 6, 1), currency="EUR", usd=Decimal("1.1"))
SECOND = RateRecord(day=date(2026, 6, 2), currency="EUR", usd=Decimal("1.2"))


def test_a_newer_file_replaces_what_the_older_brought(store: Store) -> None:
    with store.engine.begin() as connection:
        new = save_rates(connection, store.workspace_id, [FIRST, SECOND])
        same = save_rates(connection, store.workspace_id, [FIRST, SECOND])
        other = save_rates(
            connection, store.workspace_id, [RateRecord(day=FIRST.day, currency="EUR", usd=Decimal("1.3"))]
        )
        rows = connection.execute(select(Rate.day, Rate.currency, Rate.usd_nano)).all()

    assert (new.new, same.differs, same.unchanged, other.changed, other.removed) == (2, False, 2, 1, 1)
    assert [tuple(row) for row in rows] == [(FIRST.day, "EUR", 1_300_000_000)]


def test_of_two_rates_of_one_day_the_later_row_counts(store: Store) -> None:
    with store.engine.begin() as connection:
        save_rates(connection, store.workspace_id, [FIRST, RateRecord(day=FIRST.day, currency="EUR", usd=Decimal(2))])

        assert connection.scalar(select(Rate.usd_nano)) == 2_000_000_000


def test_what_a_bank_tells_stays_beside_the_file_which_comes_first(store: Store) -> None:
    def told() -> dict[date, int]:
        return dict(read_directory(connection, store.workspace_id).rates["EUR"])

    bank = [SECOND, RateRecord(day=FIRST.day, currency="EUR", usd=Decimal("1.09"))]
    with store.engine.begin() as connection:
        assert add_rates(connection, store.workspace_id, "ecb", bank).new == 2
        save_rates(connection, store.workspace_id, [FIRST])
        assert told() == {FIRST.day: 1_100_000_000, SECOND.day: 1_200_000_000}

        corrected = add_rates(connection, store.workspace_id, "ecb", [replace(SECOND, usd=Decimal("1.3"))])
        assert (corrected.changed, corrected.removed) == (1, 0)
        assert rates_held(connection, store.workspace_id, "ecb") == (2, SECOND.day)

        save_rates(connection, store.workspace_id, [])
        assert told() == {FIRST.day: 1_090_000_000, SECOND.day: 1_300_000_000}
