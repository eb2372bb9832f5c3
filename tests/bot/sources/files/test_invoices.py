"""invoices.csv: a month, whose bill, how much."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from storage.tables import NANO, InvoiceLine
from tests.bot.sources.files.shop import Shop

HEADER = "month,provider,amount,currency,line\n"


def rows(shop: Shop) -> list[tuple[str, str, float, str]]:
    with shop.engine.connect() as connection:
        columns = (InvoiceLine.month, InvoiceLine.provider, InvoiceLine.amount_nano, InvoiceLine.currency)
        found = connection.execute(select(*columns))
        return sorted((month.isoformat(), name, amount / NANO, currency) for month, name, amount, currency in found)


def test_lines_are_read_with_money_that_comes_back(shop: Shop) -> None:
    report = shop.one(invoices=HEADER + "2026-10,openai,1242.89,,API\n2026-10-31,openai,-20,EUR,credit note\n")

    assert (report.read, report.new, report.rejected) == (2, 2, 0)
    assert rows(shop) == [("2026-10-01", "openai", -20, "EUR"), ("2026-10-01", "openai", 1242.89, "USD")]


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ("10/2026,openai,5,USD,", "month is '10/2026', which is no month as YYYY-MM"),
        ("2026-13,openai,5,USD,", "month is '2026-13', which is no month as YYYY-MM"),
        ("2026-10,,5,USD,", "provider is empty"),
        ("2026-10,openai,much,USD,", "amount is 'much', which is no number"),
        ("2026-10,openai,5,euros,", "currency is 'EUROS', not three letters such as EUR"),
    ],
)
def test_a_bad_line_is_named_with_its_reason(shop: Shop, line: str, reason: str) -> None:
    report = shop.one(invoices=HEADER + line + "\n")

    assert [rejection.reason for rejection in report.rejections] == [reason]
