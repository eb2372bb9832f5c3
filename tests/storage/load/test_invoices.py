"""Lines of invoices are the whole truth of their file, and can be taken back."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from sqlalchemy import Engine, select

from storage.load.invoices import save_invoices
from storage.records import InvoiceRecord
from storage.tables import NANO, InvoiceLine

OCTOBER = date(2026, 10, 1)


def line(amount: str, provider: str = "openai") -> InvoiceRecord:
    return InvoiceRecord(month=OCTOBER, provider=provider, amount=Decimal(amount))


def amounts(engine: Engine) -> list[float]:
    with engine.connect() as connection:
        return sorted(amount / NANO for amount in connection.scalars(select(InvoiceLine.amount_nano)))


def test_a_newer_file_replaces_the_older_one(engine: Engine, workspace_id: int) -> None:
    with engine.begin() as connection:
        first = save_invoices(connection, workspace_id, [line("5"), line("5"), line("-0.25")])
        second = save_invoices(connection, workspace_id, [line("5"), line("7")])

    assert (first.new, first.unchanged, first.removed) == (3, 0, 0)
    assert (second.new, second.unchanged, second.removed) == (1, 1, 2)
    assert amounts(engine) == [5, 7]


def test_the_same_again_changes_nothing(engine: Engine, workspace_id: int) -> None:
    with engine.begin() as connection:
        save_invoices(connection, workspace_id, [line("5")])
        again = save_invoices(connection, workspace_id, [line("5")])

    assert (again.new, again.unchanged, again.removed) == (0, 1, 0)
