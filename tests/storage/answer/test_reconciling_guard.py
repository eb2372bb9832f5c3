"""A provider is seen where nobody or a group is behind its money; the rest is one line, with a group behind it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal

import pytest
from sqlalchemy import Engine

from storage.answer.privacy import OPERATOR, Viewer
from storage.answer.reconciling import reconcile
from storage.answer.reconciling_guard import OTHER, shown_to
from storage.errors import Denied
from storage.load.invoices import save_invoices
from storage.load.writes import LoadOf, save_usage
from storage.names import read_directory
from storage.records import CostKind, InvoiceRecord, Period, PricingRecord, UsageRecord
from storage.tables import NANO
from tests.storage.load.facts import NOW, roster, use

NOVEMBER = Period(date(2026, 11, 1), date(2026, 11, 30))
MEMBER = Viewer(email="p0@x.example")
EUROS = PricingRecord(currency="EUR")


def shown(
    engine: Engine, workspace_id: int, used: Mapping[str, range], euros: Mapping[str, range], *invoiced: str
) -> dict[tuple[str, str], float]:
    """What a member sees of a month in which these people used a dollar's (a euro's) worth of each provider."""
    load = LoadOf(workspace_id=workspace_id, source="files", what="a test", now=NOW)
    roster(engine, load, [(f"p{number}@x.example", date(2026, 1, 1)) for number in range(20)])
    records = [
        paid(provider, number, pricing)
        for by, pricing in ((used, None), (euros, EUROS))
        for provider, people in by.items()
        for number in people
    ]
    save_usage(engine, load, records)
    with engine.begin() as connection:
        save_invoices(
            connection,
            workspace_id,
            [InvoiceRecord(month=NOVEMBER.start, provider=name, amount=Decimal(9)) for name in invoiced],
        )
    with engine.connect() as connection:
        directory = read_directory(connection, workspace_id)
        sides = reconcile(connection, workspace_id, NOVEMBER, ())
        everything = {(side.provider, side.currency) for side in sides}
        assert OTHER not in {name for name, _ in everything}
        found = shown_to(connection, directory, NOVEMBER, MEMBER, sides)
        assert sum(side.ours for side in found) == sum(side.ours for side in sides)
        assert sum(side.invoiced or 0 for side in found) == sum(side.invoiced or 0 for side in sides)
        assert {(side.provider, side.currency) for side in shown_to(connection, directory, NOVEMBER, OPERATOR, sides)}
    return {(side.provider, side.currency): side.ours / NANO for side in found}


def paid(provider: str, number: int, pricing: PricingRecord | None) -> UsageRecord:
    return use(
        f"{provider} {number} {pricing}",
        provider=provider,
        subject=f"p{number}@x.example",
        cost=Decimal(1),
        cost_kind=CostKind.BILLED,
        pricing=pricing,
    )


def test_providers_of_groups_stand_by_themselves_and_one_that_nobody_used(engine: Engine, workspace_id: int) -> None:
    found = shown(engine, workspace_id, {"anthropic": range(9), "openai": range(5)}, {}, "azure")

    assert found == {("anthropic", "USD"): 9, ("openai", "USD"): 5, ("azure", "USD"): 0}


def test_those_of_a_few_are_one_line_with_a_group_behind_it(engine: Engine, workspace_id: int) -> None:
    used = {"anthropic": range(9), "openai": range(6), "xai": range(2), "mistral": range(2, 5)}

    assert shown(engine, workspace_id, used, {}) == {("anthropic", "USD"): 9, ("openai", "USD"): 6, (OTHER, "USD"): 5}


def test_one_of_a_few_takes_the_smallest_group_along(engine: Engine, workspace_id: int) -> None:
    used = {"anthropic": range(9), "openai": range(6), "xai": range(1)}

    assert shown(engine, workspace_id, used, {}, "xai") == {("anthropic", "USD"): 9, (OTHER, "USD"): 7}


def test_one_person_in_another_currency_hides_a_whole_provider(engine: Engine, workspace_id: int) -> None:
    used = {"anthropic": range(9), "openai": range(6)}

    with pytest.raises(Denied):
        shown(engine, workspace_id, used, {"openai": range(1)})
    assert shown(engine, workspace_id, used, {"openai": range(5)})[("openai", "EUR")] == 5


def test_where_few_are_behind_all_of_it_nothing_is_shown(engine: Engine, workspace_id: int) -> None:
    with pytest.raises(Denied):
        shown(engine, workspace_id, {"anthropic": range(2), "openai": range(3)}, {})
