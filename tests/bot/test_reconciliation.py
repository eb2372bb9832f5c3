"""A difference between our total and a bill is said with its reasons, and never without a word."""

from __future__ import annotations

from decimal import Decimal

from bot.reconciliation import ReconciliationLine, lines
from storage.answer.reconciling import Side
from storage.records import DayState
from storage.tables import NANO


def line(**more: object) -> ReconciliationLine:
    made = Side(provider="anthropic", currency="USD")
    for name, value in more.items():
        setattr(made, name, value)
    (found,) = lines([made])
    return found


def test_equal_sides_are_said_to_be_so() -> None:
    found = line(ours=5 * NANO, reported=5 * NANO, invoiced=5 * NANO + 1, kinds={"billed": 5 * NANO})

    assert found.reasons == ("equal",)
    assert found.cells() == ("anthropic (USD)", "5.00", "5.00", "5.00", "+0.00")


def test_each_known_reason_is_named_with_its_figure() -> None:
    found = line(
        ours=3 * NANO,
        kinds={"estimated": 2 * NANO, "credit": -NANO},
        unpriced_tokens=1200,
        covered_list=7 * NANO,
        reported=4 * NANO,
        invoiced=6 * NANO,
        days={DayState.PROVISIONAL: 1, DayState.MISSING: 2},
        without_team=NANO,
    )

    assert found.difference == Decimal(3)
    assert found.reasons == (
        "the invoice is 2.00 above the vendor's own report",
        "2.00 of ours is an estimate, not a bill",
        "1.00 of credits is in ours",
        "1,200 tokens have no price here",
        "use worth 7.00 at list price is covered by seats and stands at 0",
        "1 day of the month may still change",
        "2 days of the month could not be read",
        "1.00 of ours belongs to no team",
    )


def test_a_difference_without_a_known_reason_says_that_too() -> None:
    assert line(ours=NANO, invoiced=2 * NANO).reasons[0].startswith("no reason is known")


def test_where_nothing_was_billed_it_says_what_to_bring() -> None:
    found = line(ours=NANO)

    assert found.difference is None
    assert "invoices.csv" in found.reasons[0]
    assert found.cells()[2:5] == ("–", "–", "–")


def test_use_in_another_currency_is_a_reason() -> None:
    found = lines([Side(provider="x", currency="USD", ours=NANO), Side(provider="x", currency="EUR", invoiced=NANO)])

    assert "ours is in another currency" in found[1].reasons
