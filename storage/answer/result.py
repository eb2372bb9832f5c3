"""What a query gives back: rows, and what must be said beside them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from sqlalchemy import Select
from sqlalchemy.engine import Dialect

from storage.answer.shown import Shown
from storage.catalogue import Metric
from storage.query import Query
from storage.records import Period


class NoteKind(StrEnum):
    """What a reader must know beside the figures."""

    STARTS_LATE = "starts_late"  # day: the period began before the first recorded day
    ENDS_EARLY = "ends_early"  # day: it ends after the last recorded day
    PREVIOUS_LATE = "previous_late"  # day: the earlier period began before the first recorded day
    PER_DAY = "per_day"  # changes of sums are those of the averages per recorded day
    PARTIAL = "partial"  # grain, period, points: a row of each point that is cut or still running
    NO_PREVIOUS = "no_previous"  # the earlier period is wholly before it
    RUNNING = "running"  # previous: a running period against the same days of the one before
    PRODUCT = "product"  # parts, currency: by metric, how much of the figure is product inference
    UNPRICED = "unpriced"  # facts, tokens: use without a price is left out of the cost
    NO_CLASS_PRICE = "no_class_price"  # tokens: those of the classes asked about whose price is not told
    COST_KINDS = "cost_kinds"  # kinds: more than one kind of cost is in the sum, each with its dollars
    COVERED = "covered"  # list: use that a seat covers is in the figure at 0; its list value, None where unknown
    APART = "apart"  # list: use is billed apart, by people or not; its list value, None where unknown
    RATES = "rates"  # currency, first, last: money was converted at the rates of these days; rate where it is one
    NO_RATE = "no_rate"  # currencies: those in use that have no rate
    NO_TOKENS = "no_tokens"  # tools: those whose activity reports no tokens, with people and requests
    NO_REQUESTS = "no_requests"  # tools: those whose source counts no requests, with people
    UNTIMED = "untimed"  # items, timed: minutes are recorded for some of the items alone
    UNBOOKED = "unbooked"  # names: rows of work that no usage is booked to; none where there is one figure
    SUPPRESSED = "suppressed"  # labels, grain: those of the rows that may not be shown
    ROUNDED = "rounded"  # figures of few people over days that make no whole unit, in two digits
    WEEKDAYS = "weekdays"  # days: by weekday, how many of each the period has
    UNLOADED = "unloaded"  # seats: those of tools whose usage is not loaded for all 28 days, of so many
    UNPRICED_SEATS = "unpriced_seats"  # seats: idle ones without a known price
    BUDGETED = "budgeted"  # first, last: the months that have a budget are fewer than those asked about
    BY_WEEK = "by_week"  # a series by day of a small group, answered by week
    COVERAGE = "coverage"  # coverage: the part of the tokens that belong to somebody known, where it is low
    MISSING = "missing"  # source, days: a source has no data for some days
    PROVISIONAL = "provisional"  # source, days: figures of some days may still change


@dataclass(frozen=True, slots=True)
class Note:
    """One thing to say, with its data; `bot` finds the words."""

    kind: NoteKind
    data: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class ResultRow:
    """Labels by dimension (a grain: the ISO date of its first day), values by column.

    `hidden` are the metrics that may not be shown; a row is suppressed where that is all of them. `rounded` where its
    figures are given in two significant digits. `partial` where its point of time is cut or still running, and covers
    so many `days`. `per_day` where changes of sums are those of the averages per recorded day: by metric, that of the
    period and that of the earlier one.
    """

    labels: dict[str, str]
    values: dict[str, int | float | None]
    suppressed: bool = False
    hidden: tuple[str, ...] = ()
    rounded: bool = False
    partial: bool = False
    days: int | None = None
    per_day: dict[str, tuple[float, float]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class ResultColumn:
    """A column of values: `metric` it belongs to, and which of value, share, previous, change, change_pct it is."""

    name: str
    metric: Metric
    role: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Result:
    """The rows of a query as it was run: `period` and `previous` are what was really covered.

    `shown` is what must be kept of it, for what this reader asks later.
    """

    query: Query
    period: Period
    previous: Period | None
    columns: tuple[ResultColumn, ...]
    rows: tuple[ResultRow, ...]
    notes: tuple[Note, ...] = ()
    newest: str = ""
    coverage: float | None = None
    statements: tuple[Select[Any], ...] = ()
    shown: tuple[Shown, ...] = ()

    def sql(self, dialect: Dialect) -> list[str]:
        """The statements that ran, as the database got them."""
        return [
            str(statement.compile(dialect=dialect, compile_kwargs={"render_postcompile": True}))
            for statement in self.statements
        ]
