"""Money by class of token: each fact's tokens at its own prices, against plain fractions."""

from __future__ import annotations

import random
from collections import defaultdict
from datetime import UTC, date, datetime
from decimal import Decimal
from fractions import Fraction

import pytest
from sqlalchemy import Engine

from storage.answer.privacy import OPERATOR
from storage.answer.result import NoteKind
from storage.answer.run import run
from storage.catalogue.class_costs import CLASS_COST_METRICS
from storage.load.rates import save_rates
from storage.load.writes import LoadOf, save_usage
from storage.names import read_directory
from storage.query import Query
from storage.records import CostKind, Period, PricingRecord, RateRecord, UsageRecord

DAY = date(2026, 11, 3)
NAMES = tuple(metric.name for metric in CLASS_COST_METRICS)
SONNET = ("3", "0.3", "3.75", "15")
EURO = Fraction(11, 10)


def priced(currency: str, *prices: str | None) -> PricingRecord:
    names = ("price_input", "price_cached", "price_cache_write", "price_output")
    known = {name: Decimal(price) for name, price in zip(names, prices, strict=True) if price is not None}
    return PricingRecord(currency=currency, **known)  # type: ignore[arg-type]


Counts = tuple[int, ...]


def use(key: str, tool: str, counts: Counts, pricing: PricingRecord | None, **more: object) -> UsageRecord:
    names = ("input_tokens", "cached_input_tokens", "cache_write_tokens", "output_tokens")
    tokens = dict(zip(names, counts, strict=True))
    return UsageRecord(natural_key=key, day=DAY, tool=tool, pricing=pricing, **tokens, **more)  # type: ignore[arg-type]


def expected(counts: Counts, rate: Fraction = Fraction(1)) -> dict[str, float]:
    """What Sonnet's prices make of the tokens, in dollars."""
    at = [Fraction(price) * count / 1_000_000 for price, count in zip(SONNET, counts, strict=True)]
    saved = Fraction(SONNET[0]) * (counts[1] + counts[2]) / 1_000_000 - at[1] - at[2]
    return {name: float(rate * value) for name, value in zip(NAMES, (*at, saved), strict=True)}


@pytest.fixture
def figures(engine: Engine, workspace_id: int) -> dict[str, dict[str, object]]:
    """The metrics by tool, with what was left out for want of prices under "notes"."""
    chance = random.Random(5)
    many = [tuple(chance.randrange(3_000_000_000) for _ in range(4)) for _ in range(20)]
    records = [
        *(use(f"m{at}", "many", counts, priced("USD", *SONNET)) for at, counts in enumerate(many)),
        use("euro", "euro", (1_000_000, 2_000_000, 3_000_000, 4_000_000), priced("EUR", *SONNET)),
        use("bare", "bare", (10, 20, 30, 40), None),
        use("half", "half", (10, 1_000_000, 0, 40), priced("USD", "3", "0.3", None, None)),
        use("seat", "seat", (10, 20, 30, 40), priced("USD", *SONNET), cost_kind=CostKind.COVERED),
    ]
    load = LoadOf(workspace_id=workspace_id, source="files", what="f", now=datetime(2026, 11, 18, tzinfo=UTC))
    save_usage(engine, load, records)
    with engine.begin() as connection:
        save_rates(connection, workspace_id, [RateRecord(day=DAY, currency="EUR", usd=Decimal("1.1"))])
    query = Query(metrics=NAMES[:4], period=Period(DAY, DAY), group_by=("tool",))
    with engine.connect() as connection:
        directory = read_directory(connection, workspace_id)
        result, saved = (
            run(connection, directory, asked, OPERATOR) for asked in (query, query.with_(metrics=NAMES[4:]))
        )
    found: dict[str, dict[str, object]] = defaultdict(dict)
    for row in (*result.rows, *saved.rows):
        found[row.labels["tool"]] |= row.values
    sums = [sum(counts) for counts in zip(*many, strict=True)]
    left_out = [dict(note.data) for note in result.notes if note.kind is NoteKind.NO_CLASS_PRICE]
    return {
        **found,
        "expected": dict(expected(tuple(sums))),
        "notes": {"left out": left_out},
    }


def test_each_class_of_token_costs_what_its_own_price_says(figures: dict[str, dict[str, object]]) -> None:
    counts = (1_000_000, 2_000_000, 3_000_000, 4_000_000)

    # To a nano-dollar a fact, of which there are twenty.
    assert figures["many"] == pytest.approx(figures["expected"], rel=0, abs=1e-6)
    assert figures["euro"] == pytest.approx(expected(counts, EURO), rel=1e-12)
    assert figures["seat"] == dict.fromkeys(NAMES, 0)
    assert figures["bare"] == dict.fromkeys(NAMES)
    assert figures["half"] == {
        "input_cost": 0.00003,
        "cache_read_cost": pytest.approx(0.3),
        "cache_write_cost": 0,
        "output_cost": None,
        "cache_savings": 2.7,
    }
    assert figures["notes"]["left out"] == [{"tokens": 80}]
