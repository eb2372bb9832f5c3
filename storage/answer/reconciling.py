"""A month's money side by side: what answers say, what each vendor reports of itself, what its invoice bills.

All three are sums of rows; nothing is estimated here. What may explain a difference is counted beside them.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import Connection, Executable, case, func, select

from storage.catalogue.spellings import family
from storage.records import CostKind, DayState, Period
from storage.tables import Feed, InvoiceLine, Pricing, Source, Stream, SyncDay, UsageDaily, UsageFact

REPORTED = (CostKind.BILLED.value, CostKind.CREDIT.value)
Key = tuple[str, str]  # a provider's family and a currency


@dataclass(slots=True, kw_only=True)
class Side:
    """One provider in one currency; money in billionths of it.

    `kinds` are the parts of `ours` by where their figure comes from, `without_team` what of it belongs to no team.
    `reported` is the vendor's own report, `invoiced` its invoice; None where there is none. `covered_list` is the list
    value of use that a seat covers and that stands at 0.
    """

    provider: str
    currency: str
    ours: int = 0
    kinds: dict[str, int] = field(default_factory=dict)
    without_team: int = 0
    unpriced_tokens: int = 0
    covered_list: int = 0
    reported: int | None = None
    invoiced: int | None = None
    days: Mapping[DayState, int] = field(default_factory=dict)

    @property
    def billed(self) -> int | None:
        """What ours is held against: the invoice, else the vendor's report."""
        return self.invoiced if self.invoiced is not None else self.reported

    @property
    def difference(self) -> int | None:
        """How much more was billed than answers say; None where nothing says what was billed."""
        return None if self.billed is None else self.billed - self.ours

    @property
    def is_bill_alone(self) -> bool:
        """Whether the store has neither use nor a report of it, so that the bill stands alone."""
        use = (self.ours, self.kinds, self.unpriced_tokens, self.covered_list, self.days)
        return self.reported is None and not any(use)


def reconcile(connection: Connection, workspace_id: int, month: Period, vendors: Collection[str]) -> list[Side]:
    """Each provider that has money or use in a month, the dearest first; `vendors` are sources that report bills."""
    sides: dict[Key, Side] = {}

    def side(provider: str, currency: str) -> Side:
        return sides.setdefault((family("provider", provider), currency), Side(provider=provider, currency=currency))

    for row in connection.execute(_ours(workspace_id, month)):
        held = side(row.provider, row.currency)
        held.ours += row.cost
        held.without_team += row.without_team
        held.unpriced_tokens += row.unpriced
        if row.cost_kind == CostKind.COVERED.value:
            held.covered_list += row.listed or 0
        elif row.cost:
            held.kinds[row.cost_kind] = held.kinds.get(row.cost_kind, 0) + row.cost
    for row in connection.execute(_reported(workspace_id, month, vendors)):
        held = side(row.provider, row.currency)
        held.reported = (held.reported or 0) + row.cost
    for row in connection.execute(_invoiced(workspace_id, month)):
        held = side(row.provider, row.currency)
        held.invoiced = (held.invoiced or 0) + row.amount
    for key, days in _days(connection, workspace_id, month):
        for (provider, _), held in sides.items():
            if provider == key:
                held.days = days
    return in_order(sides.values())


def in_order(sides: Iterable[Side]) -> list[Side]:
    """The dearest first."""
    return sorted(sides, key=lambda side: (-max(side.ours, side.billed or 0), side.provider, side.currency))


def _ours(workspace_id: int, month: Period) -> Executable:
    cost = func.sum(UsageDaily.cost_nano)
    return (
        select(
            Stream.provider,
            UsageDaily.currency,
            UsageDaily.cost_kind,
            cost.label("cost"),
            func.sum(case((UsageDaily.spell_id.is_(None), UsageDaily.cost_nano), else_=0)).label("without_team"),
            func.sum(UsageDaily.unpriced_tokens).label("unpriced"),
            func.sum(UsageDaily.list_nano).label("listed"),
        )
        .join(Stream, Stream.id == UsageDaily.stream_id)
        .where(UsageDaily.workspace_id == workspace_id, UsageDaily.day.between(month.start, month.end))
        .group_by(Stream.provider, UsageDaily.currency, UsageDaily.cost_kind)
        .order_by(Stream.provider, UsageDaily.currency, UsageDaily.cost_kind)
    )


def _reported(workspace_id: int, month: Period, vendors: Collection[str]) -> Executable:
    currency = func.coalesce(Pricing.currency, "USD").label("currency")
    return (
        select(Stream.provider, currency, func.sum(UsageFact.cost_nano).label("cost"))
        .join(Stream, Stream.id == UsageFact.stream_id)
        .join(Feed, Feed.id == UsageFact.feed_id)
        .join(Source, Source.id == Feed.source_id)
        .outerjoin(Pricing, Pricing.id == UsageFact.pricing_id)
        .where(
            UsageFact.workspace_id == workspace_id,
            UsageFact.day.between(month.start, month.end),
            UsageFact.cost_kind.in_(REPORTED),
            UsageFact.cost_nano.is_not(None),
            Source.name.in_(vendors),
        )
        .group_by(Stream.provider, currency)
        .order_by(Stream.provider, currency)
    )


def _invoiced(workspace_id: int, month: Period) -> Executable:
    return (
        select(InvoiceLine.provider, InvoiceLine.currency, func.sum(InvoiceLine.amount_nano).label("amount"))
        .where(InvoiceLine.workspace_id == workspace_id, InvoiceLine.month == month.start)
        .group_by(InvoiceLine.provider, InvoiceLine.currency)
        .order_by(InvoiceLine.provider, InvoiceLine.currency)
    )


def _days(connection: Connection, workspace_id: int, month: Period) -> Iterator[tuple[str, Mapping[DayState, int]]]:
    """How many days of a month are not complete, for each provider by the feeds that have use of it then."""
    within = UsageFact.day.between(month.start, month.end)
    feeds = (
        select(UsageFact.feed_id, Stream.provider)
        .join(Stream, Stream.id == UsageFact.stream_id)
        .where(UsageFact.workspace_id == workspace_id, within)
        .distinct()
        .subquery("feeds")
    )
    rows = (
        select(feeds.c.provider, SyncDay.day, SyncDay.state)
        .join(feeds, feeds.c.feed_id == SyncDay.feed_id)
        .where(SyncDay.day.between(month.start, month.end), SyncDay.state != DayState.COMPLETE.value)
    )
    found: dict[str, dict[DayState, set[Any]]] = defaultdict(lambda: defaultdict(set))
    for provider, day, state in connection.execute(rows):
        found[family("provider", provider)][DayState(state)].add(day)
    return ((provider, {state: len(days) for state, days in states.items()}) for provider, states in found.items())
