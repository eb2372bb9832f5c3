"""seats.csv: who holds a seat of which tool, from when to when, at what price."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from bot.sources.files.seats import COLUMNS, read
from storage.records import SeatRecord
from tests.bot.sources.files.papers import opened, reasons

HEADER = "email,tool,plan,start_date,end_date,monthly_price,currency\n"
JUNE, JULY = date(2026, 6, 1), date(2026, 7, 31)


def test_a_line_is_a_seat_from_a_day_to_a_day(tmp_path: Path) -> None:
    file = opened(tmp_path, COLUMNS, HEADER + "Ana@Acme.example,Cursor,business,2026-06-01,2026-07-31,$40.50,eur\n")

    assert read(file) == [
        (
            2,
            SeatRecord(
                subject="Ana@Acme.example",
                tool="Cursor",
                plan="business",
                start=JUNE,
                end=JULY,
                monthly_price=Decimal("40.50"),
                currency="EUR",
            ),
        )
    ]


def test_what_nobody_knows_stays_open_and_money_without_a_currency_is_dollars(tmp_path: Path) -> None:
    file = opened(tmp_path, COLUMNS, HEADER + "user_17,Copilot,,,,n/a,\nuser_18,Copilot,,,,0,\n")

    unknown = SeatRecord(subject="user_17", tool="Copilot")
    free = SeatRecord(subject="user_18", tool="Copilot", monthly_price=Decimal(0))
    assert [record for _, record in read(file)] == [unknown, free]


def test_a_file_with_the_first_three_columns_is_enough(tmp_path: Path) -> None:
    file = opened(tmp_path, COLUMNS, "tool,email,start_date\nCursor,ana@acme.example,2026-06-01\n")

    assert [record.start for _, record in read(file)] == [JUNE]


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        (",Cursor,,2026-06-01,,,", "email is empty"),
        ("ana@acme.example,,,2026-06-01,,,", "tool is empty"),
        ("ana@acme.example,Cursor,,2026-06-01,2026-05-31,,", "end_date 2026-05-31 is before start_date 2026-06-01"),
        ("ana@acme.example,Cursor,,June,,,", "start_date is 'June', which is no date as YYYY-MM-DD"),
        ("ana@acme.example,Cursor,,2026-06-01,,-1,", "monthly_price is '-1', which is negative"),
        ("ana@acme.example,Cursor,,2026-06-01,,1,euro", "currency is 'EURO', not three letters such as EUR"),
    ],
)
def test_what_cannot_be_a_seat_is_rejected(tmp_path: Path, row: str, reason: str) -> None:
    file = opened(tmp_path, COLUMNS, f"{HEADER}{row}\n")

    assert read(file) == []
    assert reasons(file) == [(2, reason)]
