"""What a metric and a dimension are."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property
from typing import Any

from sqlalchemy import ColumnElement

from storage.catalogue.class_measures import CLASS_MONEY
from storage.catalogue.formula import Formula
from storage.catalogue.measures import MeasuredRows, rows_of
from storage.catalogue.variety_measures import VARIETY_MEASURES

BOTH_LEDGERS = frozenset(
    (
        "input",
        "cached",
        "cache_write",
        "output",
        "reasoning",
        "requests",
        "cost_nano",
        "list_nano",
        *CLASS_MONEY,
        *VARIETY_MEASURES,
    )
)


def _kind(measure: str) -> str:
    """What a measure of usage counts; the classes of tokens are one kind, since most people use few of them."""
    if "cost" in measure or "facts" in measure or measure.endswith("list_nano"):
        return "cost"
    if measure == "active_people":
        return "people"
    if "requests" in measure or measure.endswith("active_days"):
        return "requests"
    return "suggestions" if measure in ("suggested", "accepted") else "tokens"


class Unit(StrEnum):
    """What a figure counts, and so how it is written."""

    TOKENS = "tokens"
    USD = "USD"
    REQUESTS = "requests"
    PEOPLE = "people"
    FRACTION = "fraction"
    TOKENS_PER_PERSON = "tokens per person"
    USD_PER_PERSON = "USD per person"
    REQUESTS_PER_PERSON = "requests per person"
    DAYS = "days"
    SUGGESTIONS = "suggestions"
    ITEMS = "items"
    SEATS = "seats"
    KINDS = "kinds"
    MINUTES = "minutes"
    HOURS = "hours"
    RATIO = "ratio"


@dataclass(frozen=True, kw_only=True)
class Metric:
    """A metric: what it is, what it is made of, and how it is shown.

    additive  sums of it over disjoint groups add up, so it may have a share
    better    "up", "down" or "" where neither direction is good in itself
    minimum   the smallest group of members it may be shown for, where that is more than for others
    fewest    the fewest people with use that it may be shown of, where that is more than for others
    """

    name: str
    label: str
    unit: Unit
    formula: Formula
    description: str
    additive: bool = False
    better: str = ""
    minimum: int = 0
    fewest: int = 0

    @cached_property
    def measures(self) -> frozenset[str]:
        """The names of the sums it needs."""
        return frozenset(self.formula.names())

    @cached_property
    def bases(self) -> frozenset[MeasuredRows]:
        """Which kinds of rows it is taken from."""
        return frozenset(map(rows_of, self.measures))

    @cached_property
    def both_ledgers(self) -> bool:
        """Whether it counts product inference too, unless the question names a ledger."""
        of_usage = {name for name in self.measures if rows_of(name) not in (MeasuredRows.WORK, MeasuredRows.BUDGETS)}
        return bool(of_usage) and of_usage <= BOTH_LEDGERS

    @cached_property
    def of_booked_usage(self) -> bool:
        """Whether it sets usage against work: then it is the usage booked to workflows, and the work of those."""
        return self.bases >= {MeasuredRows.USAGE, MeasuredRows.WORK}

    @cached_property
    def kinds(self) -> frozenset[str]:
        """What of usage it counts; one figure can be taken from another only where they share a kind."""
        return frozenset(_kind(name) for name in self.measures if rows_of(name) is MeasuredRows.USAGE) - {"people"}

    @cached_property
    def of_usage(self) -> bool:
        """Whether it is a figure made of usage, so that few users in a group hide it; counts of people are not."""
        return MeasuredRows.USAGE in self.bases and self.unit is not Unit.PEOPLE and self.name != "adoption_rate"


@dataclass(frozen=True, slots=True, kw_only=True)
class Dimension:
    """What a figure can be split by or filtered on: one column for each kind of rows that knows it.

    people    it describes people, so it cuts headcount as well as usage
    facts     only the facts know it, the rollups do not
    days      it picks days of the period, so it cuts rows of every kind
    """

    name: str
    label: str
    plural: str
    usage: ColumnElement[Any] | Any = None
    work: ColumnElement[Any] | Any = None
    people: bool = False
    facts: bool = False
    days: bool = False
