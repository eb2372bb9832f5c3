"""A month beside its bills, as a message."""

from __future__ import annotations

from datetime import date

from bot.slack.blocks.parts import Message, as_json
from bot.slack.sources.bills import FOLDED, SHOWN, reconciliation_message
from bot.sources.reconciliation import MonthReconciliation, lines, month_of
from storage.answer.reconciling import Side
from storage.tables import NANO
from tests.fakes.slack_blocks import problems


def message(*sides: Side) -> Message:
    october = month_of("2026-10", date(2026, 11, 18))
    return reconciliation_message(MonthReconciliation(october, lines(sides)))


def test_each_provider_is_a_row_with_its_reasons_below_in_both_kinds_of_blocks() -> None:
    made = message(
        Side(provider="<brand> & co", currency="USD", ours=2 * NANO, reported=5 * NANO, unpriced_tokens=1200),
        Side(provider="other", currency="EUR", ours=NANO),
    )

    for blocks in map(as_json, (made.rich, made.plain)):
        assert problems(blocks) == []
        told = str(blocks)
        assert "+3.00" in told
        assert "1,200 tokens have no price here" in told
        assert "other (EUR): nothing says what was billed" in told
        assert FOLDED in told
    assert made.text == "The bill differs in October 2026: <brand> & co billed 3.00 USD more than answers say."


def test_a_month_of_a_great_many_fits_a_message() -> None:
    made = message(*(Side(provider=f"provider {no}", currency="USD", ours=NANO) for no in range(3 * SHOWN)))

    assert problems(as_json(made.rich)) == problems(as_json(made.plain)) == []
    assert f"provider {SHOWN} " not in str(as_json(made.rich))


def test_a_month_with_nothing_is_a_sentence() -> None:
    assert message().text == "There is neither use nor an invoice in October 2026."
