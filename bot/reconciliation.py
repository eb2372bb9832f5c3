"""Why a month's total is not the vendor's bill, in words: a line a provider, its difference, and the reasons known."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from storage.answer.reconciling import Side
from storage.records import CostKind, DayState
from storage.tables import NANO

EQUAL = NANO // 200  # half a cent
NOBODY = "(none)"
KINDS = {CostKind.ESTIMATED.value: "an estimate", CostKind.LIST.value: "at list price"}
COLUMNS = ("provider", "answers say", "vendor reports", "invoice", "difference")


@dataclass(frozen=True, slots=True, kw_only=True)
class ReconciliationLine:
    """One provider in one currency, in whole units of it; None where there is nothing to say."""

    provider: str
    currency: str
    ours: Decimal
    without_team: Decimal
    reported: Decimal | None
    invoiced: Decimal | None
    difference: Decimal | None
    reasons: tuple[str, ...]

    def to_json(self) -> dict[str, Any]:
        """As data."""
        amounts = ("ours", "without_team", "reported", "invoiced", "difference")
        found: dict[str, Any] = {"provider": self.provider, "currency": self.currency}
        for name in amounts:
            amount = getattr(self, name)
            found[name] = None if amount is None else float(amount)
        return found | {"reasons": [*self.reasons]}

    def cells(self) -> tuple[str, ...]:
        """As a row of a table."""
        amounts = (self.ours, self.reported, self.invoiced)
        signed = "" if self.difference is None else f"{self.difference:+,.2f}"
        return (
            f"{self.provider} ({self.currency})",
            *("–" if amount is None else f"{amount:,.2f}" for amount in amounts),
            signed.replace("-", "−") or "–",
        )

    def why(self) -> str:
        """What explains it, as one line."""
        return f"{self.provider} ({self.currency}): {'; '.join(self.reasons)}."


def lines(sides: Sequence[Side]) -> list[ReconciliationLine]:
    """Each side with its reasons."""
    others = {(side.provider.casefold(), side.currency) for side in sides}
    return [
        ReconciliationLine(
            provider=side.provider or NOBODY,
            currency=side.currency,
            ours=_units(side.ours),
            without_team=_units(side.without_team),
            reported=None if side.reported is None else _units(side.reported),
            invoiced=None if side.invoiced is None else _units(side.invoiced),
            difference=None if side.difference is None else _units(side.difference),
            reasons=tuple(_reasons(side, others)),
        )
        for side in sides
    ]


def _units(nano: int) -> Decimal:
    return Decimal(nano) / NANO


def _reasons(side: Side, others: set[tuple[str, str]]) -> Iterator[str]:
    if side.difference is None:
        yield "nothing says what was billed: read the vendor's cost report, or add the month to invoices.csv"
    elif abs(side.difference) <= EQUAL:
        yield "equal"
    else:
        known = [*_known(side, others)]
        yield from known or ["no reason is known: ask the vendor which days and prices its bill has"]
    if side.without_team:
        yield f"{_units(side.without_team):,.2f} of ours belongs to no team"


def _known(side: Side, others: set[tuple[str, str]]) -> Iterator[str]:
    if side.invoiced is not None and side.reported is not None and abs(side.invoiced - side.reported) > EQUAL:
        apart = _units(side.invoiced - side.reported)
        yield f"the invoice is {abs(apart):,.2f} {'above' if apart > 0 else 'below'} the vendor's own report"
    yield from _of_money(side)
    if not side.ours and any(name == side.provider.casefold() and other != side.currency for name, other in others):
        yield "ours is in another currency"
    for state, words in ((DayState.PROVISIONAL, "may still change"), (DayState.PARTIAL, "are there in part")):
        if side.days.get(state):
            yield f"{_days(side.days[state])} {words}"
    if side.days.get(DayState.MISSING):
        yield f"{_days(side.days[DayState.MISSING])} could not be read"


def _of_money(side: Side) -> Iterator[str]:
    for kind, words in KINDS.items():
        if side.kinds.get(kind):
            yield f"{_units(side.kinds[kind]):,.2f} of ours is {words}, not a bill"
    if side.kinds.get(CostKind.CREDIT.value):
        yield f"{abs(_units(side.kinds[CostKind.CREDIT.value])):,.2f} of credits is in ours"
    if side.unpriced_tokens:
        yield f"{side.unpriced_tokens:,} tokens have no price here"
    if side.covered_list:
        yield f"use worth {_units(side.covered_list):,.2f} at list price is covered by seats and stands at 0"


def _days(count: int) -> str:
    return f"{count} day{'' if count == 1 else 's'} of the month"
