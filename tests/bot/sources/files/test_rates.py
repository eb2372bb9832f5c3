"""What currencies were worth in dollars: a line a day and currency, or the European Central Bank's line a day."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from bot.sources.files.rates import COLUMNS, read
from storage.records import RateRecord
from tests.bot.sources.files.papers import opened, reasons

DAY = date(2026, 3, 2)


def test_a_line_of_its_own_is_taken_as_it_is(tmp_path: Path) -> None:
    file = opened(tmp_path, COLUMNS, "day,currency,usd\n2026-03-02,gbp,1.27\n")

    assert read(file) == [(2, RateRecord(day=DAY, currency="GBP", usd=Decimal("1.27")))]


def test_the_banks_line_says_what_a_euro_buys_and_a_unit_in_dollars_follows(tmp_path: Path) -> None:
    file = opened(tmp_path, COLUMNS, "Date,USD,JPY,BGN,GBP,\n2026-03-02,1.08,160.0,N/A,0.9,\n")

    assert [record for _, record in read(file)] == [
        RateRecord(day=DAY, currency="EUR", usd=Decimal("1.08")),
        RateRecord(day=DAY, currency="JPY", usd=Decimal("1.08") / Decimal(160)),
        RateRecord(day=DAY, currency="GBP", usd=Decimal("1.2")),
    ]


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        ("2026-03-02,EURO,1.08", "currency is 'EURO', not three letters such as EUR"),
        ("2026-03-02,EUR,0", "usd is 0"),
        ("2026-03-02,EUR,-1", "usd is '-1', which is negative"),
        ("2026-03-02,EUR,", "usd is '', which is no number"),
        (",EUR,1.08", "day is empty"),
    ],
)
def test_what_cannot_be_a_rate_is_rejected(tmp_path: Path, row: str, reason: str) -> None:
    file = opened(tmp_path, COLUMNS, f"day,currency,usd\n{row}\n")

    assert read(file) == []
    assert reasons(file) == [(2, reason)]


def test_a_line_of_the_bank_with_one_bad_column_is_rejected_whole(tmp_path: Path) -> None:
    file = opened(tmp_path, COLUMNS, "Date,USD,JPY,GBP\n2026-03-02,1.08,0,0.9\n")

    assert read(file) == []
    assert reasons(file) == [(2, "jpy is 0")]
