"""Each metric of one group of rows by hand: the definitions page in plain Python over exact fractions, no SQL."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction
from math import ceil

from storage.records import Period
from tests.storage.organisation import Stay, Use, Work

Value = Fraction | None


@dataclass(frozen=True, slots=True)
class Spent:
    """A row of usage with the spell of its user on its day."""

    row: Use
    stay: Stay | None


@dataclass(frozen=True)
class Cell:
    """All that one figure can be made of: the rows of one group in one span of days."""

    days: int
    uses: Sequence[Spent] = ()
    employed: Sequence[tuple[str, date]] = ()
    work: Sequence[Work] = ()
    saved: Value = None
    span: Period | None = None
    ever: Sequence[Spent] = ()  # the same use by anybody, in any team, on all recorded days
    everyone: bool = False

    @property
    def workforce(self) -> list[Spent]:
        return [use for use in self.uses if use.row.ledger == "workforce"]

    @property
    def of_people(self) -> list[Spent]:
        return [use for use in self.workforce if is_person(use)]

    @property
    def active(self) -> set[str]:
        return {use.row.email for use in self.of_people if is_active(use.row)}

    @property
    def members(self) -> set[str]:
        return {email for email, _ in self.employed}

    @property
    def headcount(self) -> Fraction:
        return Fraction(len(set(self.employed)), self.days)


def is_person(use: Spent) -> bool:
    return use.stay is not None and use.stay.kind != "agent"


def is_active(row: Use) -> bool:
    """A request, or use whose source counts none."""
    return row.requests is None or row.requests > 0


def all_tokens(row: Use) -> int:
    return sum(count or 0 for count in (row.input, row.cached, row.cache_write, row.output))


def fresh(use: Use) -> int:
    return all_tokens(use) - (use.cached or 0)


def effective(use: Use) -> Fraction:
    weights = (Fraction(1), Fraction(1, 10), Fraction(5, 4), Fraction(5))
    counts = (use.input, use.cached, use.cache_write, use.output)
    return sum((weight * (count or 0) for weight, count in zip(weights, counts, strict=True)), Fraction(0))


def summed(uses: Iterable[Spent], of: Callable[[Use], int | Fraction | None]) -> Value:
    """The sum; of rows that all do not report it, it is unknown."""
    values = [of(use.row) for use in uses]
    known = [Fraction(value) for value in values if value is not None]
    return sum(known, Fraction(0)) if known or not values else None


def of_tokens(uses: Iterable[Spent], of: Callable[[Use], int | Fraction | None]) -> Value:
    """A sum of tokens; where there is activity and nothing but 0 is reported, it is unknown."""
    rows = [*uses]
    silent = any((is_active(row.row) or (row.row.suggested or 0) > 0) and not all_tokens(row.row) for row in rows)
    if silent and not any(all_tokens(row.row) for row in rows):
        return None
    return summed(rows, lambda row: of(row) if reports_tokens(row) else None)


def of_active(uses: Iterable[Spent]) -> Value:
    """Their requests; where somebody is active whose source counts none and nothing but 0 is counted, unknown."""
    rows = [*uses]
    total = summed(rows, lambda row: row.requests)
    return None if total == 0 and any(row.row.requests is None for row in rows) else total


def reports_tokens(use: Use) -> bool:
    return any(count is not None for count in (use.input, use.cached, use.cache_write, use.output))


def cost(uses: Sequence[Spent]) -> Value:
    if uses and all(use.row.cost is None for use in uses):
        return None
    return sum((dollars(use.row) for use in uses), Fraction(0))


def dollars(use: Use) -> Fraction:
    return Fraction(0) if use.cost is None or use.cost_kind == "covered" else Fraction(use.cost)


def over(above: Value, below: Value) -> Value:
    return None if above is None or not below else above / below


def decile(cell: Cell) -> Value:
    by_person: dict[str, int] = defaultdict(int)
    for use in cell.of_people:
        by_person[use.row.email] += all_tokens(use.row)
    most = sorted(by_person.values(), reverse=True)[: ceil(len(cell.members) / 10)]
    return over(Fraction(sum(most)), of_tokens(cell.of_people, all_tokens))


def counted(work: Iterable[Work], *modes: str) -> Fraction:
    return Fraction(sum(record.items for record in work if not modes or record.mode in modes))


def minutes(work: Iterable[Work], *modes: str) -> Value:
    """Minutes of the rows that record them; unknown where there are items and none has its minutes."""
    rows = [record for record in work if not modes or record.mode in modes]
    known = [Fraction(record.minutes) for record in rows if record.minutes is not None]
    unknown = rows and (
        any(record.items for record in rows) and not any(record.items for record in rows if record.minutes is not None)
    )
    if not modes:
        unknown = rows and not known
    return None if unknown else sum(known, Fraction(0))


def hours(work: Iterable[Work], *modes: str) -> Value:
    found = minutes(work, *modes)
    return None if found is None else found / 60


def timed(work: Iterable[Work]) -> Fraction:
    return counted(record for record in work if record.minutes is not None)


def agentic(use: Spent) -> bool:
    return use.row.mode == "agent" or (use.stay is not None and use.stay.kind == "agent")


def person_days(cell: Cell) -> set[tuple[str, date]]:
    return {(use.row.email, use.row.day) for use in cell.of_people if is_active(use.row)}


def by_person(cell: Cell) -> dict[str, list[Spent]]:
    return {email: [use for use in cell.of_people if use.row.email == email] for email in cell.active}


def spread(percent: int, of: Callable[[list[Spent]], Value]) -> Callable[[Cell], Value]:
    """A percentile of people, by the formula of Hyndman and Fan's type 7: h = (n - 1)p + 1."""

    def value(cell: Cell) -> Value:
        known = [found for uses in by_person(cell).values() if (found := of(uses)) is not None]
        known = sorted(known + [Fraction(0)] * (len(cell.members - cell.active) if cell.everyone else 0))
        if not known:
            return None
        h = Fraction(percent, 100) * (len(known) - 1) + 1
        low = int(h)
        return known[low - 1] + (h - low) * (known[min(low, len(known) - 1)] - known[low - 1])

    return value


def regular(days: int) -> Callable[[Cell], Value]:
    def value(cell: Cell) -> Value:
        counts = Counter(email for email, _ in person_days(cell))
        return Fraction(sum(count >= days for count in counts.values()))

    return value


def in_whole(length: Callable[[date], date]) -> Callable[[Cell], Value]:
    """The mean of active people over whole weeks or months; `length` gives the first day of one that holds a day."""

    def value(cell: Cell) -> Value:
        assert cell.span
        days = [*cell.span.each_day()]
        starts = {length(day) for day in days}
        whole = [first for first in starts if first >= days[0] and length(days[-1] + timedelta(days=1)) > first]
        found = [len({email for email, day in person_days(cell) if length(day) == first}) for first in whole]
        return over(Fraction(sum(found)), Fraction(len(whole)))

    return value


def first_timers(cell: Cell) -> Fraction:
    assert cell.span
    before = {use.row.email for use in cell.ever if is_active(use.row) and use.row.day < cell.span.start}
    return Fraction(len(cell.active - before))


def different(column: str) -> Callable[[Cell], Value]:
    """How many different values a column has in rows with any use; none at all is no value."""

    def count(cell: Cell) -> Value:
        return Fraction(len({getattr(use.row, column) for use in cell.uses if is_active(use.row)} - {""}))

    return count


METRICS: dict[str, Callable[[Cell], Value]] = {
    "tokens": lambda c: of_tokens(c.uses, all_tokens),
    "fresh_tokens": lambda c: of_tokens(c.uses, fresh),
    "effective_tokens": lambda c: of_tokens(c.uses, effective),
    "input_tokens": lambda c: of_tokens(c.uses, lambda u: u.input),
    "cached_input_tokens": lambda c: of_tokens(c.uses, lambda u: u.cached),
    "cache_write_tokens": lambda c: of_tokens(c.uses, lambda u: u.cache_write),
    "output_tokens": lambda c: of_tokens(c.uses, lambda u: u.output),
    "reasoning_tokens": lambda c: summed(c.uses, lambda u: u.reasoning),
    "requests": lambda c: summed(c.uses, lambda u: u.requests),
    "cost": lambda c: cost(c.uses),
    "list_value": lambda c: summed(c.uses, lambda u: None if u.listed is None else Fraction(u.listed)),
    "tokens_per_dollar": lambda c: over(of_tokens(c.uses, all_tokens), cost(c.uses)),
    "cost_per_million_tokens": lambda c: over(millions(cost(c.uses)), of_tokens(c.uses, all_tokens)),
    "days_used": lambda c: Fraction(len({use.row.day for use in c.uses if is_active(use.row)})),
    "tools_used": different("tool"),
    "models_used": different("model"),
    "providers_used": different("provider"),
    "workflows_used": different("workflow"),
    "headcount": lambda c: c.headcount,
    "active_people": lambda c: Fraction(len(c.active)),
    "inactive_people": lambda c: Fraction(len(c.members) - len(c.active)),
    "adoption_rate": lambda c: over(Fraction(len(c.active)), Fraction(len(c.members))),
    "tokens_per_employee": lambda c: over(of_tokens(c.workforce, all_tokens), c.headcount),
    "fresh_tokens_per_employee": lambda c: over(of_tokens(c.workforce, fresh), c.headcount),
    "effective_tokens_per_employee": lambda c: over(of_tokens(c.workforce, effective), c.headcount),
    "cost_per_employee": lambda c: over(cost(c.workforce), c.headcount),
    "requests_per_employee": lambda c: over(summed(c.workforce, lambda u: u.requests), c.headcount),
    "tokens_per_active_person": lambda c: over(of_tokens(c.of_people, all_tokens), Fraction(len(c.active))),
    "active_days_per_person": lambda c: over(Fraction(len(person_days(c))), Fraction(len(c.active))),
    "agent_share": lambda c: over(summed(filter(agentic, c.workforce), all_tokens), of_tokens(c.workforce, all_tokens)),
    "cache_share": lambda c: over(
        of_tokens(c.workforce, lambda u: u.cached), of_tokens(c.workforce, lambda u: all_tokens(u) - (u.output or 0))
    ),
    "output_share": lambda c: over(of_tokens(c.workforce, lambda u: u.output), of_tokens(c.workforce, all_tokens)),
    "suggested": lambda c: summed(c.workforce, lambda u: u.suggested),
    "accepted": lambda c: summed(c.workforce, lambda u: u.accepted),
    "acceptance_rate": lambda c: over(
        summed(c.workforce, lambda u: u.accepted), summed(c.workforce, lambda u: u.suggested)
    ),
    "top_decile_share": decile,
    "median_tokens": spread(50, lambda uses: of_tokens(uses, all_tokens)),
    "median_effective_tokens": spread(50, lambda uses: of_tokens(uses, effective)),
    "median_requests": spread(50, lambda uses: summed(uses, lambda u: u.requests)),
    "median_cost": spread(50, cost),
    "median_active_days": spread(50, lambda uses: Fraction(len({use.row.day for use in uses if is_active(use.row)}))),
    "p90_tokens": spread(90, lambda uses: of_tokens(uses, all_tokens)),
    "people_active_5_days": regular(5),
    "daily_active_people": lambda c: Fraction(len(person_days(c)), c.days),
    "weekly_active_people": in_whole(lambda day: day - timedelta(days=day.weekday())),
    "monthly_active_people": in_whole(lambda day: day.replace(day=1)),
    "first_time_users": first_timers,
    "returning_users": lambda c: Fraction(len(c.active)) - first_timers(c),
    "cost_per_active_person": lambda c: over(cost(c.of_people), Fraction(len(c.active))),
    "requests_per_active_person": lambda c: over(of_active(c.of_people), Fraction(len(c.active))),
    "items": lambda c: counted(c.work),
    "human_minutes": lambda c: minutes(c.work),
    "human_hours": lambda c: hours(c.work),
    "minutes_per_item": lambda c: over(minutes(c.work), timed(c.work)),
    "ai_share": lambda c: over(counted(c.work, "assisted", "agent"), counted(c.work)),
    "autonomy_share": lambda c: over(counted(c.work, "agent"), counted(c.work)),
    "success_rate": lambda c: over(Fraction(sum(record.accepted for record in c.work)), counted(c.work)),
    "rework_rate": lambda c: over(Fraction(sum(record.reworked for record in c.work)), counted(c.work)),
    "failure_rate": lambda c: over(Fraction(sum(record.failed for record in c.work)), counted(c.work)),
    "hours_offloaded": lambda c: c.saved,
    "offloadable_hours": lambda c: hours(c.work, "human"),
}
OF_FIRST = {"first_time_users", "returning_users"}
WORK_METRICS = {*list(METRICS)[list(METRICS).index("items") :]}
BOTH_LEDGERS = {*list(METRICS)[: list(METRICS).index("headcount")]}
VARIETY = {"days_used", "tools_used", "models_used", "providers_used", "workflows_used"}
ADDITIVE = (BOTH_LEDGERS - {"cost_per_million_tokens", "tokens_per_dollar"} - VARIETY) | {
    "suggested",
    "accepted",
    "items",
    "human_minutes",
    "human_hours",
    "hours_offloaded",
    "offloadable_hours",
}


def millions(value: Value) -> Value:
    return None if value is None else value * 1_000_000


def of(metric: str, cell: Cell) -> Value:
    above, slash, below = metric.partition("/")
    return over(METRICS[above](cell), METRICS[below](cell)) if slash else METRICS[metric](cell)


def parts_of(metric: str) -> set[str]:
    return {*metric.split("/")}
