"""What the daily rollup sums up of a usage fact."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest
from sqlalchemy import Engine, select

from storage.load.writes import LoadOf, save_usage
from storage.records import CostKind
from storage.tables import UsageDaily
from tests.storage.load.facts import NOW, use


def rolled(engine: Engine, workspace_id: int, **fields: Any) -> Any:
    save_usage(engine, LoadOf(workspace_id=workspace_id, source="cursor", what="a pass", now=NOW), [use("k", **fields)])
    with engine.connect() as connection:
        return connection.execute(select(*UsageDaily.__table__.columns)).one()


@pytest.mark.parametrize(
    ("fields", "active"),
    [
        ({"requests": 3}, 1),
        ({"requests": 0}, 0),
        ({"requests": None}, 1),  # its source counts none, and says that somebody was there
        ({"requests": None, "cost": Decimal(-1), "cost_kind": CostKind.CREDIT}, 0),
    ],
)
def test_a_row_with_a_request_or_of_a_source_that_counts_none_is_an_active_one(
    engine: Engine, workspace_id: int, fields: dict[str, Any], active: int
) -> None:
    assert rolled(engine, workspace_id, **fields).active_facts == active


def test_what_a_seat_covers_costs_nothing_even_where_its_source_puts_a_price_on_it(
    engine: Engine, workspace_id: int
) -> None:
    row = rolled(engine, workspace_id, cost=Decimal(5), cost_kind=CostKind.COVERED, list_cost=Decimal(5))

    assert (row.cost_nano, row.list_nano, row.unpriced_facts) == (0, 5 * 10**9, 0)


def test_a_row_without_a_cost_is_unpriced_and_costs_nothing(engine: Engine, workspace_id: int) -> None:
    row = rolled(engine, workspace_id)

    assert (row.cost_nano, row.unpriced_facts) == (0, 1)


def test_use_without_tokens_is_counted_apart(engine: Engine, workspace_id: int) -> None:
    assert rolled(engine, workspace_id, input_tokens=0, requests=2).tokenless_facts == 1


def test_a_decision_whose_use_is_told_in_other_rows_is_no_use_without_tokens(engine: Engine, workspace_id: int) -> None:
    told = {"input_tokens": None, "suggested": 1, "cost_kind": CostKind.ESTIMATED}

    row = rolled(engine, workspace_id, requests=0, cost=Decimal(0), **told)

    assert (row.suggested, row.active_facts, row.tokenless_facts, row.unpriced_facts) == (1, 0, 0, 0)


def test_suggestions_without_tokens_are_use_that_is_not_told(engine: Engine, workspace_id: int) -> None:
    assert rolled(engine, workspace_id, input_tokens=None, requests=0, suggested=9).tokenless_facts == 1
