"""What an organisation plans and notes: budgets, targets and dated events, as files or an admin bring them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum


class PlanScope(StrEnum):
    """Whose budget or target it is."""

    ORGANISATION = "organisation"
    TEAM = "team"
    TOOL = "tool"
    PROJECT = "project"


@dataclass(frozen=True, slots=True, kw_only=True)
class BudgetRecord:
    """An amount for a month, which is its first day; `name` is "" for the whole organisation."""

    scope: PlanScope
    name: str = ""
    month: date
    amount: Decimal
    currency: str = "USD"


@dataclass(frozen=True, slots=True, kw_only=True)
class TargetRecord:
    """A value that a metric is to reach by a day; of a fraction the value is one (0.8)."""

    scope: PlanScope
    name: str = ""
    metric: str
    value: float
    by: date


@dataclass(frozen=True, slots=True, kw_only=True)
class EventRecord:
    """Something that happened on a day, to a team or ("") the whole organisation."""

    day: date
    name: str
    team: str = ""
