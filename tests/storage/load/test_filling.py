"""From records to staged facts: money stays exact, people are known by any spelling of their address."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from decimal import Decimal
from zoneinfo import ZoneInfo

from sqlalchemy import Engine, select

from storage.load.attribution import save_identities
from storage.load.filling import instant
from storage.load.writes import LoadOf, save_usage
from storage.records import CostKind
from storage.tables import UsageDaily
from tests.storage.load.facts import MONDAY, roster, use


def test_costs_stay_exact_and_keep_their_kinds_apart(engine: Engine, load: LoadOf) -> None:
    save_usage(
        engine,
        load,
        [
            use("a", cost=Decimal("0.000000001"), cost_kind=CostKind.BILLED),
            use("b", cost=Decimal("1.1"), cost_kind=CostKind.LIST),
            use("c", cost=Decimal("9"), cost_kind=CostKind.COVERED),
            use("d", input_tokens=3, output_tokens=4),
        ],
    )

    with engine.connect() as connection:
        columns = (UsageDaily.cost_kind, UsageDaily.cost_nano, UsageDaily.unpriced_facts, UsageDaily.unpriced_tokens)
        rows = connection.execute(select(*columns)).all()
    assert sorted(map(tuple, rows), key=str) == [
        ("billed", 1, 0, 0),
        ("covered", 0, 0, 0),
        ("list", 1_100_000_000, 0, 0),
        (None, 0, 1, 7),
    ]


def test_the_last_moment_of_a_day_is_not_the_next_days_first() -> None:
    midnight = datetime(2026, 11, 7, tzinfo=UTC)

    assert instant(midnight) - instant(midnight - timedelta(microseconds=1)) == 1
    assert instant(midnight.astimezone(ZoneInfo("Asia/Kolkata"))) == instant(midnight)


def test_an_email_is_the_same_in_any_case_and_with_spaces_around(engine: Engine, load: LoadOf) -> None:
    roster(engine, load, [("ana@acme.example", MONDAY)])

    assert save_usage(engine, load, [use(subject=" Ana@ACME.example ")]).unmatched_rows == 0
    assert save_usage(engine, load, [use(subject="ana@acme.example")]).unchanged == 1
    with engine.begin() as connection:
        assert save_identities(connection, load.workspace_id, "cursor", {"Ana@Old.example": "ana@acme.example"}) == 0
    assert save_usage(engine, load, [use(subject="ana@OLD.example")]).unmatched_rows == 0
