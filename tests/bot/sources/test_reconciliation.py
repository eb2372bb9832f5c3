"""A difference between our total and a bill is said with its reasons, and never without a word."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from bot.errors import UserError
from bot.sources.reconciliation import MonthReconciliation, ReconciliationLine, lines, month_of
from storage.answer.reconciling import Side
from storage.records import DayState, Period
from storage.tables import NANO

TODAY = date(2026, 11, 18)


def line(**more: object) -> ReconciliationLine:
    made = Side(provider="anthropic", currency="USD")
    for name, value in more.items():
        setattr(made, name, value)
    (found,) = lines([made])
    return found


def test_equal_sides_are_said_to_be_so() -> None:
    found = line(ours=5 * NANO, reported=5 * NANO, invoiced=5 * NANO + 1, kinds={"billed": 5 * NANO})

    assert found.reasons == ("equal",)
    assert found.cells() == ("anthropic (USD)", "5.00", "5.00", "5.00", "0.00")


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


def test_a_difference_without_a_known_reason_says_what_to_look_at() -> None:
    reported = line(ours=NANO, reported=NANO, invoiced=2 * NANO, kinds={"billed": NANO})
    assert reported.reasons == ("the invoice is 1.00 above the vendor's own report",)
    assert "ask the vendor" in line(ours=NANO, reported=2 * NANO).reasons[0]
    assert "own cost report" in line(ours=NANO, invoiced=2 * NANO, kinds={"billed": NANO}).reasons[0]
    assert "nothing of this provider was read" in line(invoiced=2 * NANO).reasons[0]


def test_providers_with_the_same_reasons_share_a_line_and_equal_ones_have_none() -> None:
    month = MonthReconciliation(
        month_of("2026-10", TODAY),
        [line(provider=name, ours=NANO) for name in ("aws", "github")]
        + [line(ours=NANO, reported=NANO, kinds={"billed": NANO})],
    )

    (said,) = month.why()
    assert said.startswith("aws (USD), github (USD): nothing says what was billed")


def test_where_nothing_was_billed_it_says_what_to_bring() -> None:
    found = line(ours=NANO)

    assert found.difference is None
    assert "invoices.csv" in found.reasons[0]
    assert found.cells()[2:5] == ("–", "–", "–")


def test_use_in_another_currency_is_a_reason() -> None:
    found = lines([Side(provider="x", currency="USD", ours=NANO), Side(provider="x", currency="EUR", invoiced=NANO)])

    assert "ours is in another currency" in found[1].reasons


def summary(*sides: Side) -> str:
    return MonthReconciliation(month_of("October", TODAY), lines(sides)).summary()


def test_the_sentence_above_names_the_largest_difference() -> None:
    equal = Side(provider="x", currency="USD", ours=NANO, reported=NANO)
    dearer = Side(provider="y", currency="EUR", ours=NANO, invoiced=3 * NANO)

    assert summary(equal, dearer) == "1 of 2 bills differs in October 2026: y billed 2.00 EUR more than answers say."
    assert summary(equal) == "For October 2026 the figures equal the bill of the one provider with one."
    assert summary(Side(provider="z", currency="USD", ours=1)) == "Nothing says what was billed for October 2026."
    assert summary() == "There is neither use nor an invoice in October 2026."


def test_a_month_is_said_as_people_say_it() -> None:
    october = Period(date(2026, 10, 1), date(2026, 10, 31), "October 2026")

    for said in ("", "last month", "2026-10", "October", " oct ", "October 2026"):
        assert month_of(said, TODAY) == october
    assert month_of("november", TODAY).start == date(2025, 11, 1)
    assert month_of("2026-02", TODAY).end == date(2026, 2, 28)
    for said in ("2026-13", "10-2026", "2026-1", "Octobre 2026", "week 41"):
        with pytest.raises(UserError, match="write it as YYYY-MM, such as 2026-10"):
            month_of(said, TODAY)
