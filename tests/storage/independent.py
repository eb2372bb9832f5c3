"""A second opinion on every figure: the definitions page in plain Python over the rows, without any SQL.

It shares with the code it checks the words of a question (`Query`) and nothing else. It sees all, as an operator.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction
from functools import partial
from math import ceil
from typing import Any

from storage.query import By, Compare, Filter, Grain, Having, Op, Order, Query
from storage.records import Period
from tests.storage.organisation import Organisation, Stay, Use, Work

Value = Fraction | None
ROSTER = ("team", "person", "title", "location", "kind")
NOBODY = "(none)"


@dataclass(frozen=True, slots=True)
class Line:
    """One row of the answer: labels by dimension, figures by (metric, role)."""

    labels: dict[str, str]
    figures: dict[tuple[str, str], Value]


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


class Independent:
    """Answers queries over one organisation."""

    def __init__(self, org: Organisation) -> None:
        self.org = org
        self.uses = [Spent(row, self._stay(row.email, row.day)) for row in org.uses]

    def answer(self, query: Query) -> list[Line]:
        """The rows of a query in their order; raises LookupError where nothing is recorded in the period."""
        return _Answer(self, query).lines()

    def below(self, team: str) -> set[str]:
        """A team and all below it."""
        found = {team}
        while more := {name for name, parent in self.org.teams.items() if parent in found} - found:
            found |= more
        return found

    def activity(self, workflow: str) -> str:
        return self.org.workflows.get(workflow, ("", ""))[1]

    def owner(self, workflow: str) -> str:
        return self.org.workflows.get(workflow, ("", ""))[0]

    def _stay(self, email: str, day: date) -> Stay | None:
        return next((stay for stay in self.org.stays if stay.email == email and stay.start <= day <= stay.end), None)


class _Answer:
    def __init__(self, world: Independent, query: Query) -> None:
        self.world, self.query = world, query
        metrics = {part for metric in query.metrics for part in parts_of(metric)}
        self.of_work = bool(metrics & WORK_METRICS)
        self.booked = self.of_work and bool(metrics - WORK_METRICS)
        self.of_people = metrics == {"headcount"}
        self.product = bool(metrics & BOTH_LEDGERS)
        self.first, self.last = self._recorded()
        if query.period.start > self.last or query.period.end < self.first:
            raise LookupError("nothing is recorded")
        self.period = self._cut(query.period)
        before = query.previous
        self.no_previous = before is not None and (before.end < self.first or before.start > self.last)
        self.previous = self._cut(before) if before and not self.no_previous else before

    def lines(self) -> list[Line]:
        query = self.query
        points = grain_points(self.period, query.grain) if query.grain else [("", self.period)]
        lines = []
        for first, span in points:
            for labels in self._groups():
                named = ({query.grain.value: first} if query.grain else {}) | self._named(labels)
                lines.append(Line(named, self._figures(span, labels)))
        return self._kept(lines)

    def _kept(self, lines: list[Line]) -> list[Line]:
        query = self.query
        if query.having or query.order:
            lines = [line for line in lines if NOBODY not in line.labels.values()]
        if query.grain and query.order and query.order.by is not By.LABEL:
            whole = [line for line in lines if self._is_whole(line.labels[query.grain.value])]
            lines = whole or lines
        for having in query.having:
            lines = [line for line in lines if self._passes(line, having)]
        order = query.order or (None if query.grain else Order(By.VALUE))
        if order:
            lines.sort(key=lambda line: self._rank(line, order))
        return lines[: query.limit]

    def _is_whole(self, first: str) -> bool:
        """Whether all days of a point lie in the period."""
        assert self.query.grain
        day = date.fromisoformat(first)
        if not self.period.start <= day <= self.period.end:
            return False
        while grain_start(day + timedelta(days=1), self.query.grain).isoformat() == first:
            day += timedelta(days=1)
        return day <= self.period.end

    def _role(self, by: By) -> str:
        return "share" if by is By.VALUE and self.query.share else by.value

    def _passes(self, line: Line, having: Having) -> bool:
        figure = line.figures[having.metric or self.query.metrics[0], self._role(having.by)]
        if figure is None:
            return False
        value, bound = float(figure), having.value
        return {
            Compare.GT: value > bound,
            Compare.GE: value >= bound,
            Compare.LT: value < bound,
            Compare.LE: value <= bound,
        }[having.compare]

    def _rank(self, line: Line, order: Order) -> tuple[bool, float, list[str]]:
        names = [*line.labels.values()]
        if order.by is By.LABEL:
            return False, 0, names
        figure = line.figures[order.metric or self.query.metrics[0], self._role(order.by)]
        if figure is None:
            return True, 0, names
        return False, float(-figure if order.descending else figure), names

    def _figures(self, span: Period, labels: tuple[str, ...]) -> dict[tuple[str, str], Value]:
        out: dict[tuple[str, str], Value] = {}
        for metric in self.query.metrics:
            value = self._value(metric, span, labels)
            out[metric, "value"] = value
            main = value
            if self.query.share:
                main = out[metric, "share"] = over(value, self._total(metric, span))
            if self.query.previous:
                earlier = self._previous(metric, labels)
                out[metric, "previous"] = earlier
                if self._by_day(metric) and main is not None and earlier is not None:
                    assert self.previous
                    main, earlier = Fraction(main) / span.days, Fraction(earlier) / self.previous.days
                change = None if main is None or earlier is None else main - earlier
                out[metric, "change"] = change
                out[metric, "change_pct"] = over(change, earlier)
        return out

    def _by_day(self, metric: str) -> bool:
        """Whether one of two periods is only partly recorded, so that sums are compared by recorded day."""
        query = self.query
        cut = self.period.days < query.period.days
        if self.previous and query.previous and not self.no_previous:
            cut = cut or self.previous.days < query.previous.days
        return cut and metric in ADDITIVE and not query.share and not query.average

    def _previous(self, metric: str, labels: tuple[str, ...]) -> Value:
        if self.no_previous or self.previous is None:
            return None
        value = self._value(metric, self.previous, labels)
        return over(value, self._total(metric, self.previous)) if self.query.share else value

    def _total(self, metric: str, span: Period) -> Value:
        assert self.query.share
        whole_filters = self.query.share.over
        alone = not self.query.group_by and whole_filters == self.query.filters
        value = of(metric, self._cell(self.period if alone and self.query.grain else span, None, whole_filters))
        return self._averaged(value, span)

    def _value(self, metric: str, span: Period, labels: tuple[str, ...]) -> Value:
        cell = self._cell(span, labels, self.query.filters)
        value = of(metric, cell) if cell.uses or not self.booked else None  # without usage there is no ratio
        inside = self.query.grain and not cell.work
        if metric == "hours_offloaded" and value is None and inside and not self._by_hand(labels):
            value = Fraction(0)  # a point without rows
        return self._averaged(value, span)

    def _by_hand(self, labels: tuple[str, ...]) -> bool:
        return "mode" in self.query.group_by and labels[self.query.group_by.index("mode")] == "human"

    def _averaged(self, value: Value, span: Period) -> Value:
        if value is None or self.query.average is None:
            return value
        if self.query.average is Grain.MONTH:
            return value / len({(day.year, day.month) for day in span.each_day()})
        return value / span.days if self.query.average is Grain.DAY else value * 7 / span.days

    # Groups.

    def _groups(self) -> list[tuple[str, ...]]:
        by = self.query.group_by
        if not by:
            return [()]
        spans = [self.period] + ([self.previous] if self.previous else [])
        found: set[tuple[str, ...]] = set()
        for span in spans:
            found |= self._groups_of_work(span) if self.of_work else self._groups_of_usage(span)
            if self.booked:
                rows = self._booked(span, self.query.filters)
                found |= {labels for row in rows for labels in self._labels(self._booked_label(row))}
        if self.query.scopes and by == ("team",):
            found |= {(name,) for name in self.query.scopes}
        elif "team" in by and not self.query.scopes and not self.of_work:
            manned = {stay.team for span in spans for stay, _ in self._employed(span, (), None)}
            at = by.index("team")
            found = {labels for labels in found if labels[at] in manned or not labels[at]}
        return sorted(found, key=lambda labels: [*self._named(labels).values()])

    def _groups_of_work(self, span: Period) -> set[tuple[str, ...]]:
        return {
            labels
            for record in self._work(span, self.query.filters)
            for labels in self._labels(self._work_label(record))
        }

    def _groups_of_usage(self, span: Period) -> set[tuple[str, ...]]:
        by, found = self.query.group_by, set()
        for condition in self._spent(span, self.query.filters):
            if self.of_people or ("person" in by and not is_person(condition)):
                continue
            if condition.row.ledger == "workforce" or self.product:
                found |= self._labels(self._use_label(condition))
        if set(by) <= set(ROSTER) and ("person" not in by or self.query.everyone):
            first = min(row.day for rows in (self.world.org.uses, self.world.org.work) for row in rows)
            whole = "person" in by and self.query.period.start <= first and not self.query.previous
            last = Period(span.end, span.end)  # who never used anything is asked of today's members
            for stay, _ in self._employed(last if whole and not self.query.grain else span, self.query.filters, None):
                found |= self._labels(partial(attribute, stay))
        return found

    def _labels(self, label: Callable[[str], str]) -> set[tuple[str, ...]]:
        """The groups that a row is in; side by side, one for each scope that holds its team."""
        if not self.query.scopes:
            return {tuple(label(name) for name in self.query.group_by)}
        team = label("team")
        return {
            tuple(scope if name == "team" else label(name) for name in self.query.group_by)
            for scope in self.query.scopes
            if team in self.world.below(scope)
        }

    def _use_label(self, use: Spent) -> Callable[[str], str]:
        def label(name: str) -> str:
            if name in ROSTER:
                return attribute(use.stay, name)
            return self.world.activity(use.row.workflow) if name == "activity" else str(getattr(use.row, name))

        return label

    def _work_label(self, work: Work) -> Callable[[str], str]:
        found = {
            "team": self.world.owner(work.workflow),
            "workflow": work.workflow,
            "activity": self.world.activity(work.workflow),
            "mode": work.mode,
        }
        return found.__getitem__

    def _named(self, labels: tuple[str, ...]) -> dict[str, str]:
        named = {}
        for name, label in zip(self.query.group_by, labels, strict=True):
            named[name] = self._person_name(label) if name == "person" else label or NOBODY
        return named

    def _person_name(self, email: str) -> str:
        names = {stay.email: stay.name or stay.email.split("@")[0] for stay in self.world.org.stays}
        alike = [other for other in names if names[other] == names[email]]
        return names[email] if len(alike) == 1 else f"{names[email]} ({email})"

    # Rows.

    def _cell(self, span: Period, labels: tuple[str, ...] | None, filters: Sequence[Filter]) -> Cell:
        """The rows of a group; `labels` None is the whole of these filters."""
        if self.of_work:
            rows = [record for record in self._work(span, filters) if self._in(labels, self._work_label(record))]
            booked = [
                condition
                for condition in self._booked(span, filters)
                if self._in(labels, self._booked_label(condition))
            ]
            return Cell(span.days, uses=booked, work=rows, saved=self._saved(rows, span, labels))
        uses = [condition for condition in self._spent(span, filters) if self._in(labels, self._use_label(condition))]
        employed = [(stay.email, day) for stay, day in self._employed(span, filters, labels)]
        usage = [condition for condition in filters if condition.dimension not in ROSTER]
        ever = [
            use
            for use in (self._spent(Period(date.min, date.max), usage) if OF_FIRST & {*self.query.metrics} else ())
            if is_person(use) and use.row.ledger == "workforce"
            if labels is None or self._used_alike(use, labels)
        ]
        return Cell(span.days, uses=uses, employed=employed, span=span, ever=ever, everyone=self.query.everyone)

    def _used_alike(self, use: Spent, labels: tuple[str, ...]) -> bool:
        pairs = zip(self.query.group_by, labels, strict=True)
        return all(self._use_label(use)(name) == label for name, label in pairs if name not in ROSTER)

    def _in(self, labels: tuple[str, ...] | None, label: Callable[[str], str]) -> bool:
        return labels is None or labels in self._labels(label)

    def _spent(self, span: Period, filters: Sequence[Filter]) -> list[Spent]:
        return [
            use
            for use in self.world.uses
            if span.start <= use.row.day <= span.end and all(self._keeps(f, self._use_label(use)) for f in filters)
        ]

    def _work(self, span: Period, filters: Sequence[Filter]) -> list[Work]:
        of_work = [condition for condition in filters if condition.dimension != "ledger"]
        return [
            record
            for record in self.world.org.work
            if span.start <= record.day <= span.end and all(self._keeps(f, self._work_label(record)) for f in of_work)
            if not self.booked or self._is_meant(record.workflow)
        ]

    def _booked(self, span: Period, filters: Sequence[Filter]) -> list[Spent]:
        """Usage set against work: that of the workflows meant, whoever it is by; a team is the owner."""
        return [
            use
            for use in self.world.uses
            if self.booked and span.start <= use.row.day <= span.end and self._is_meant(use.row.workflow)
            if all(self._keeps(f, self._booked_label(use)) for f in filters)
        ]

    def _is_meant(self, workflow: str) -> bool:
        """A workflow that is named, else any that is catalogued."""
        named = [
            condition for condition in self.query.filters if condition.dimension == "workflow" and condition.op is Op.IN
        ]
        return workflow != "" and (bool(named) or workflow in self.world.org.workflows)

    def _booked_label(self, use: Spent) -> Callable[[str], str]:
        found = {
            "team": self.world.owner(use.row.workflow),
            "workflow": use.row.workflow,
            "activity": self.world.activity(use.row.workflow),
            "ledger": use.row.ledger,
        }
        return found.__getitem__

    def _employed(
        self, span: Period, filters: Sequence[Filter], labels: tuple[str, ...] | None
    ) -> list[tuple[Stay, date]]:
        """Every person-day of the roster; filters on tools and the like, and labels of them, act on usage alone."""
        of_people = [condition for condition in filters if condition.dimension in ROSTER]
        return [
            (stay, day)
            for stay in self.world.org.stays
            if stay.kind != "agent" and all(self._keeps(use, partial(attribute, stay)) for use in of_people)
            if labels is None or self._stay_in(stay, labels)
            for day in span.each_day()
            if stay.start <= day <= stay.end
        ]

    def _stay_in(self, stay: Stay, labels: tuple[str, ...]) -> bool:
        for name, label in zip(self.query.group_by, labels, strict=True):
            if name == "team" and self.query.scopes:
                if stay.team not in self.world.below(label):
                    return False
            elif name in ROSTER and attribute(stay, name) != label:
                return False
        return True

    def _keeps(self, condition: Filter, label: Callable[[str], str]) -> bool:
        value = label("workflow" if condition.dimension == "workflow" else condition.dimension)
        if condition.dimension == "team":
            return self._keeps_team(condition, value)
        return (value in condition.values) is not (condition.op is Op.NOT_IN)

    def _keeps_team(self, condition: Filter, team: str) -> bool:
        named = {name for name in condition.values if name}
        held = named | ({""} if "" in condition.values else set())
        rows_only = condition.op is Op.NOT_IN and "team" in self.query.group_by
        if not rows_only:
            held = held.union(*(self.world.below(name) for name in named))
        if condition.op is Op.BELOW:
            return team in held - named
        return (team in held) is not (condition.op is Op.NOT_IN)

    def _saved(self, rows: Sequence[Work], span: Period, labels: tuple[str, ...] | None) -> Value:
        """Hours taken over by AI, with each workflow's minutes by hand over the whole period asked."""
        if labels is not None and self._by_hand(labels):
            return None
        whole = self.previous if self.previous and span == self.previous and span != self.period else self.period
        everything = [record for record in self.world.org.work if whole.start <= record.day <= whole.end]
        modes = [condition for condition in self.query.filters if condition.dimension == "mode"]
        touched = {record.workflow for record in rows} if not modes else self._touched(span, labels)
        total: Value = None
        by_ai = with_minutes = Fraction(0)
        for workflow in touched:
            hand = [record for record in everything if record.workflow == workflow and record.mode == "human"]
            if not timed(hand):
                continue
            ai = [record for record in rows if record.workflow == workflow and record.mode != "human"]
            by_ai, with_minutes = by_ai + counted(ai), with_minutes + timed(ai)
            known = [record for record in ai if record.minutes is not None]
            each = sum(Fraction(record.minutes or 0) for record in hand if record.minutes is not None) / timed(hand)
            spent = sum((Fraction(record.minutes or 0) for record in known), Fraction(0))
            total = (total or Fraction(0)) + each * timed(known) - spent
        if by_ai and not with_minutes:
            return None
        return None if total is None else total / 60

    def _touched(self, span: Period, labels: tuple[str, ...] | None) -> set[str]:
        """The workflows of a group with any row, a filter on mode set aside."""
        others = [condition for condition in self.query.filters if condition.dimension != "mode"]
        return {record.workflow for record in self._work(span, others) if self._in(labels, self._work_label(record))}

    # Days.

    def _recorded(self) -> tuple[date, date]:
        use, work = ([record.day for record in rows] for rows in (self.world.org.uses, self.world.org.work))
        if self.of_people:
            return min(use + work), date.max
        if self.booked:
            return max(min(use), min(work)), min(max(use), max(work))
        days = work if self.of_work else use
        return min(days), max(days)

    def _cut(self, span: Period) -> Period:
        return Period(max(span.start, self.first), min(span.end, self.last), span.label)


def attribute(stay: Stay | None, name: str) -> str:
    """What the roster says; nothing of an unknown user."""
    if stay is None:
        return ""
    return stay.email if name == "person" else str(getattr(stay, name))


def grain_points(period: Period, grain: Grain) -> list[tuple[str, Period]]:
    """Every step of a series, labelled by the first day of its whole grain."""
    found: dict[date, list[date]] = defaultdict(list)
    for day in period.each_day():
        found[grain_start(day, grain)].append(day)
    return [(first.isoformat(), Period(days[0], days[-1])) for first, days in found.items()]


def grain_start(day: date, grain: Grain) -> date:
    while not _begins(day, grain):
        day -= timedelta(days=1)
    return day


def _begins(day: date, grain: Grain) -> bool:
    return {
        Grain.DAY: True,
        Grain.WEEK: day.isoweekday() == 1,
        Grain.MONTH: day.day == 1,
        Grain.QUARTER: day.day == 1 and day.month in (1, 4, 7, 10),
    }[grain]


def figures_of(line: Line) -> dict[str, Any]:
    """For messages: figures as plain numbers."""
    return {f"{metric} {role}": None if v is None else float(v) for (metric, role), v in line.figures.items()}
