"""A month's money side by side: each side is the sum of its rows, and what may explain a difference is counted."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from sqlalchemy import Engine

from storage.answer.reconciling import Side, reconcile
from storage.load.invoices import save_invoices
from storage.load.writes import LoadOf, save_usage
from storage.records import CostKind, DayState, InvoiceRecord, Period, PricingRecord, UsageRecord
from storage.tables import NANO
from tests.storage.load.facts import MONDAY, NOW, roster, use

NOVEMBER = Period(date(2026, 11, 1), date(2026, 11, 30))
ANA = "ana@acme.example"


@pytest.fixture
def load(workspace_id: int) -> LoadOf:
    return LoadOf(workspace_id=workspace_id, source="anthropic", feed="cost", what="a pass", now=NOW)


def billed(key: str, amount: str, **more: Any) -> UsageRecord:
    money: dict[str, Any] = {"cost": Decimal(amount), "cost_kind": CostKind.BILLED}
    return use(key, provider="anthropic", input_tokens=None, requests=None, **{**money, "subject": "", **more})


def sides(engine: Engine, load: LoadOf, vendors: tuple[str, ...] = ("anthropic", "openai")) -> list[Side]:
    with engine.connect() as connection:
        return reconcile(connection, load.workspace_id, NOVEMBER, vendors)


def invoice(engine: Engine, load: LoadOf, *lines: InvoiceRecord) -> None:
    with engine.begin() as connection:
        save_invoices(connection, load.workspace_id, lines)


def test_the_three_sides_are_sums_of_their_rows(engine: Engine, load: LoadOf) -> None:
    roster(engine, load, [(ANA, date(2026, 1, 1))])
    save_usage(engine, load, [billed("a", "10.25"), billed("b", "5", subject=ANA)])
    files = replace(load, source="files", feed="")
    estimate = use("c", provider="Anthropic", subject=ANA, cost=Decimal(2), cost_kind=CostKind.ESTIMATED)
    save_usage(engine, files, [estimate])
    month = NOVEMBER.start
    lines = [InvoiceRecord(month=month, provider="ANTHROPIC", amount=Decimal(amount)) for amount in ("20", "-1.5")]
    invoice(engine, load, *lines, InvoiceRecord(month=date(2026, 10, 1), provider="anthropic", amount=Decimal(99)))

    (side,) = sides(engine, load)

    assert (side.ours, side.reported, side.invoiced) == (17.25 * NANO, 15.25 * NANO, 18.5 * NANO)
    assert side.difference == 1.25 * NANO
    assert side.kinds == {"billed": 15.25 * NANO, "estimated": 2 * NANO}
    assert side.without_team == 10.25 * NANO


def test_without_an_invoice_the_vendors_report_is_what_was_billed(engine: Engine, load: LoadOf) -> None:
    save_usage(engine, load, [billed("a", "3")])

    assert [side.difference for side in sides(engine, load)] == [0]
    assert [side.difference for side in sides(engine, load, vendors=())] == [None]


def test_other_months_and_currencies_stay_apart(engine: Engine, load: LoadOf) -> None:
    euros = PricingRecord(currency="EUR")
    records = [billed("a", "3"), billed("b", "4", pricing=euros), billed("c", "9", day=date(2026, 10, 31))]
    save_usage(engine, load, records)

    assert [(side.currency, side.ours) for side in sides(engine, load)] == [("EUR", 4 * NANO), ("USD", 3 * NANO)]


def test_what_may_explain_a_difference_is_counted(engine: Engine, load: LoadOf) -> None:
    states = {MONDAY: DayState.PROVISIONAL, date(2026, 11, 17): DayState.MISSING}
    unpriced = use("a", provider="anthropic", input_tokens=70)
    covered = use(
        "b", provider="anthropic", cost=Decimal(0), cost_kind=CostKind.COVERED, list_cost=Decimal(4), input_tokens=1
    )
    save_usage(engine, replace(load, states=states), [unpriced, covered])

    (side,) = sides(engine, load)

    assert (side.ours, side.unpriced_tokens, side.covered_list) == (0, 70, 4 * NANO)
    assert side.days == {DayState.PROVISIONAL: 1, DayState.MISSING: 1}
