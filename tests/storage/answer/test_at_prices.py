"""Tokens at given prices: by class, by day, and by the size of requests where they are told one by one."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import Engine

from storage.answer.at_prices import ListPrice, at_prices
from storage.answer.privacy import OPERATOR
from storage.errors import NoData
from storage.load.writes import LoadOf, save_usage
from storage.names import read_directory
from storage.query import Query
from storage.records import Period, UsageRecord

FIRST = date(2026, 11, 2)
NEXT, LAST = FIRST + timedelta(days=1), FIRST + timedelta(days=2)
WHOLE = Query(metrics=("cost",), period=Period(FIRST, LAST), group_by=("tool",))
# Dearer for more than 100 tokens of input, and dearer from the second day on.
PRICES = [
    ListPrice(FIRST, FIRST, -1, (1, 2, 3, 4)),
    ListPrice(FIRST, FIRST, 100, (10, 20, 30, 40)),
    ListPrice(NEXT, LAST, -1, (5, 6, 7, 8)),
    ListPrice(NEXT, LAST, 100, (50, 60, 70, 80)),
]


def use(key: str, day: date, counts: tuple[int, int, int, int], requests: int, tool: str = "a") -> UsageRecord:
    names = ("input_tokens", "cached_input_tokens", "cache_write_tokens", "output_tokens")
    tokens = dict(zip(names, counts, strict=True))
    return UsageRecord(natural_key=key, day=day, tool=tool, requests=requests, **tokens)  # type: ignore[arg-type]


def test_each_token_costs_what_its_class_day_and_request_say(engine: Engine, workspace_id: int) -> None:
    load = LoadOf(workspace_id=workspace_id, source="files", what="f", now=datetime(2026, 11, 18, tzinfo=UTC))
    small, large = (30, 30, 40, 9), (30, 31, 40, 9)
    records = [
        use("1", FIRST, small, 1),
        use("2", FIRST, large, 1),
        use("3", FIRST, large, 2),  # two requests: nobody tells how large each was
        use("4", LAST, large, 1),
        use("5", NEXT, small, 1, tool="b"),
    ]
    save_usage(engine, load, records)

    def cost(counts: tuple[int, ...], price: int) -> int:
        return sum(count * unit for count, unit in zip(counts, PRICES[price].prices, strict=True))

    with engine.connect() as connection:
        directory = read_directory(connection, workspace_id)
        found = at_prices(connection, directory, WHOLE, OPERATOR, PRICES)
        with pytest.raises(NoData):
            at_prices(connection, directory, WHOLE, OPERATOR, PRICES[:2])

    a = cost(small, 0) + cost(large, 1) + cost(large, 0) + cost(large, 3)
    pico = {row.labels["tool"]: dollars for row, dollars in zip(found.result.rows, found.dollars, strict=True)}
    assert pico == {"a": pytest.approx(a / 1e12), "b": pytest.approx(cost(small, 2) / 1e12)}
