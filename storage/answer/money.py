"""Money of several currencies as one: each day's cost at that day's rate, and which rates these were."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from sqlalchemy import CTE, Float, String, Subquery, and_, case, cast, column, null, select, values

from storage.catalogue.class_measures import CLASS_MONEY, LACKING
from storage.catalogue.daily import COUNTS, tokens_of
from storage.errors import NoData
from storage.names import Directory
from storage.records import Period
from storage.tables import NANO, Day

USD = "USD"
NO_RATE = (
    "no rate of {currency} is loaded; add rates.csv with day, currency and usd, or set FULCRUM_RATES=ecb, which reads"
    " the rates of the European Central Bank"
)
# The columns of the rollups that are no money; each has some of the keys.
PLAIN = (
    *("workspace_id", "day", "spell_id", "stream_id", "source_id", "allocation_id", "currency", *COUNTS),
    *("team_id", "title", "location", "kind", "mode", "ledger"),
    *("facts", "active_facts", "tokenless_facts", "uncounted_facts", *LACKING.values()),
)
MONEY = frozenset(
    {"cost_nano", "w_cost_nano", "people_cost_nano", "list_nano", "w_list_nano", "idle_seat_nano", *CLASS_MONEY}
)


@dataclass(frozen=True, slots=True)
class Step:
    """What one unit of a currency is worth on these days, in the currency asked for; by rates of the day `of`."""

    currency: str
    first: date
    last: date
    factor: float
    of: date


def steps_of(directory: Directory, target: str, spans: Iterable[Period]) -> tuple[Step, ...]:
    """The rates that money recorded in these spans is converted by. Raises NoData where the target has none."""
    if target != USD and target not in directory.rates:
        raise NoData(NO_RATE.format(currency=target))
    return tuple(
        step
        for currency in sorted({USD, *directory.currencies} - {target})
        if currency == USD or currency in directory.rates
        for span in spans
        for step in _steps(directory, currency, target, span)
    )


def _steps(directory: Directory, currency: str, target: str, span: Period) -> Iterator[Step]:
    changes = {day for name in (currency, target) for day, _ in directory.rates.get(name, ())}
    starts = [span.start, *sorted(day for day in changes if span.start < day <= span.end)]
    for first, after in zip(starts, [*starts[1:], span.end + timedelta(days=1)], strict=True):
        (mine, one), (theirs, other) = (_rate(directory, name, first) for name in (currency, target))
        yield Step(currency, first, after - timedelta(days=1), mine / theirs, max(one, other))


def rate_on(directory: Directory, currency: str, day: date) -> float:
    """What a unit of a currency is worth on a day, in billionths of a dollar. Raises NoData where it has no rate."""
    if currency != USD and currency not in directory.rates:
        raise NoData(NO_RATE.format(currency=currency))
    return _rate(directory, currency, day)[0]


def _rate(directory: Directory, currency: str, day: date) -> tuple[float, date]:
    """The newest rate up to a day, or the first there is."""
    if currency == USD:
        return float(NANO), date.min
    rates = directory.rates[currency]
    at = max(bisect_right(rates, day, key=lambda rate: rate[0]) - 1, 0)
    return float(rates[at][1]), rates[at][0]


def converted(u: Any, target: str, steps: Sequence[Step]) -> Subquery:
    """Rows of a rollup, or of facts shaped like it, with their money in one currency.

    What has no rate is unpriced.
    """
    u = u.c if isinstance(u, Subquery) else u
    rates = _table(steps)
    at_rate = and_(rates.c.currency == u.currency, u.day.between(rates.c.first, rates.c.last))
    known = (u.currency == target) | rates.c.factor.is_not(None)
    names = [name for name in PLAIN if hasattr(u, name)]

    def money(amount: Any) -> Any:
        in_it = cast(amount, Float)
        return case((u.currency == target, in_it), else_=in_it * rates.c.factor)

    return (
        select(
            *(getattr(u, name) for name in names),
            case((known, u.cost_kind), else_=null()).label("cost_kind"),
            case((known, money(u.cost_nano)), else_=0).label("cost_nano"),
            money(u.list_nano).label("list_nano"),
            *(money(getattr(u, name)).label(name) for name in CLASS_MONEY if hasattr(u, name)),
            case((known, u.unpriced_facts), else_=u.facts).label("unpriced_facts"),
            case((known, u.unpriced_tokens), else_=tokens_of(u)).label("unpriced_tokens"),
        )
        .select_from(u.day.table if hasattr(u.day, "table") else u)
        .outerjoin(rates, at_rate)
        .subquery("converted")
    )


def _table(steps: Sequence[Step]) -> CTE:
    rows = [(step.currency, step.first, step.last, step.factor) for step in steps]
    columns = (column("currency", String), column("first", Day), column("last", Day), column("factor", Float))
    # Without any rate a row that meets nothing keeps the statement in shape.
    return values(*columns, name="rates").data(rows or [("", date.min, date.min, 1.0)]).cte("rates")
