"""One budget beside its cost: as a value, and as a row of an answer."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from bot.questions.answers.answer import Column, Row
from storage.answer.result import Result


@dataclass(frozen=True, slots=True, kw_only=True)
class BudgetStanding:
    """One budget: what is spent of it (None: hidden), the part that is (None also where there is no amount), and what
    is expected of its month (None: no forecast). `unknown` is one whose name the store does not know."""

    scope: str
    name: str
    amount: float
    currency: str
    cost: float | None = None
    used: float | None = None
    result: Result | None = None
    expected: tuple[float, float, float] | None = None
    unknown: bool = False

    @property
    def label(self) -> str:
        """Whose it is."""
        return self.name or "whole organisation"


def columns(found: Sequence[BudgetStanding]) -> tuple[Column, ...]:
    """How the rows of budgets are headed."""
    currency = found[0].currency
    money = [("cost", "cost so far"), ("budget", "budget"), ("left", "left")]
    if any(standing.expected for standing in found):
        money.append(("expected", "expected"))
    return (
        Column(name="budget_used", label="budget used", unit="fraction"),
        *(Column(name=name, label=label, unit=currency) for name, label in money),
    )


def row(standing: BudgetStanding) -> Row:
    """A budget with what is used of it."""
    labels = {"budget": standing.label}
    if standing.cost is None:
        return Row(
            labels=labels,
            values={"budget_used": None, "cost": None, "budget": standing.amount, "left": None},
            suppressed=not standing.unknown,
        )
    values: dict[str, float | None] = {
        "budget_used": standing.used,
        "cost": standing.cost,
        "budget": standing.amount,
        "left": standing.amount - standing.cost,
    }
    if standing.expected:
        values |= dict(zip(("expected", "low", "high"), standing.expected, strict=True))
    rounded = bool(standing.result and standing.result.rows[0].rounded)
    return Row(labels=labels, values=values, rounded=rounded)
