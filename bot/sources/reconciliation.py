"""Why a month's total is not the vendor's bill, in words: a line a provider, its difference, and the reasons known."""

from __future__ import annotations

import calendar
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from bot.errors import UserError
from storage.answer.reconciling import Side
from storage.records import CostKind, DayState, Period
from storage.tables import NANO

EQUAL = NANO // 200  # half a cent
NOBODY = "(none)"
EQUAL_BILL = "equal"
UNREAD = "nothing of this provider was read for the month: set its key (`fulcrum sources`), or import its export"
UNREPORTED = "no reason is known: the vendor's own cost report of the month, which is not here, would tell more"
UNEXPLAINED = "no reason is known: ask the vendor which days and prices its bill has"
KINDS = {CostKind.ESTIMATED.value: "an estimate", CostKind.LIST.value: "at list price"}
MONTH = re.compile(r"(20[0-9]{2})-(0[1-9]|1[0-2])")
NAMED = re.compile(r"(?P<name>[a-z]{3,9})\.?(?: (?P<year>20[0-9]{2}))?")
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

    @property
    def is_equal(self) -> bool:
        """Whether what was billed is what answers say."""
        return self.difference is not None and abs(self.difference) * NANO <= EQUAL

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
        signed = "" if self.difference is None else "0.00" if self.is_equal else f"{self.difference:+,.2f}"
        return (
            f"{self.provider} ({self.currency})",
            *("–" if amount is None else f"{amount:,.2f}" for amount in amounts),
            signed.replace("-", "−") or "–",
        )


@dataclass(frozen=True, slots=True)
class MonthReconciliation:
    """A month's lines, the dearest first."""

    month: Period
    lines: Sequence[ReconciliationLine]

    def why(self) -> list[str]:
        """What explains each difference, a line for those that have the same reasons; equal ones need none."""
        by_reasons: dict[tuple[str, ...], list[str]] = {}
        for line in self.lines:
            if line.reasons != (EQUAL_BILL,):
                by_reasons.setdefault(line.reasons, []).append(f"{line.provider} ({line.currency})")
        return [f"{', '.join(names)}: {'; '.join(reasons)}." for reasons, names in by_reasons.items()]

    def summary(self) -> str:
        """What it comes to, in a sentence."""
        if not self.lines:
            return f"There is neither use nor an invoice in {self.month.label}."
        billed = [line for line in self.lines if line.difference is not None]
        apart = [line for line in billed if not line.is_equal]
        if not billed:
            return f"Nothing says what was billed for {self.month.label}."
        if not apart:
            whom = "the one provider" if len(billed) == 1 else f"all {len(billed)} providers"
            return f"For {self.month.label} the figures equal the bill of {whom} with one."
        worst = max(apart, key=lambda line: abs(line.difference or Decimal(0)))
        more = "more" if (worst.difference or 0) > 0 else "less"
        some = f"{len(apart)} of {len(billed)} bills" if len(billed) > 1 else "The bill"
        some += " differ" if len(apart) > 1 else " differs"
        amount = f"{abs(worst.difference or 0):,.2f} {worst.currency}"
        return f"{some} in {self.month.label}: {worst.provider} billed {amount} {more} than answers say."


def month_of(text: str, today: date) -> Period:
    """The month that "2026-10", "October 2026" or "October" (the last one that is over) means, the last one for "" and
    "last month". Raises UserError."""
    said = " ".join(text.lower().split())
    if said in ("", "last month"):
        last = today.replace(day=1) - timedelta(days=1)
        return _month(last.year, last.month)
    if found := MONTH.fullmatch(said):
        return _month(int(found[1]), int(found[2]))
    named = NAMED.fullmatch(said)
    number = _number(named["name"]) if named else 0
    if named is None or not number:
        raise UserError(f"{text.strip()!r} is no month; write it as YYYY-MM, such as 2026-10")
    return _month(int(named["year"] or today.year - (number >= today.month)), number)


def _month(year: int, number: int) -> Period:
    last = calendar.monthrange(year, number)[1]
    return Period(date(year, number, 1), date(year, number, last), f"{calendar.month_name[number]} {year}")


def _number(name: str) -> int:
    """Of a month's name, or its first letters; 0 where it is none."""
    return next((at for at in range(1, 13) if calendar.month_name[at].lower().startswith(name)), 0)


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
        yield EQUAL_BILL
    else:
        known = [*_known(side, others)]
        yield from known or [UNREAD if side.is_bill_alone else UNREPORTED if side.reported is None else UNEXPLAINED]
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
