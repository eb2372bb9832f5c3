"""A second opinion on every figure: the definitions page in plain Python over the rows, without any SQL.

It shares with the code it checks the words of a question (`Query`) and nothing else. It sees all, as an operator.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction
from functools import partial
from typing import Any

from storage.query import By, Compare, Filter, Grain, Having, Op, Order, Query
from storage.records import Period
from tests.storage.by_hand import (
    ADDITIVE,
    BOTH_LEDGERS,
    OF_FIRST,
    WORK_METRICS,
    Cell,
    Spent,
    Value,
    counted,
    is_person,
    of,
    over,
    parts_of,
    timed,
)
from tests.storage.organisation import Organisation, Stay, Work

ROSTER = ("team", "person", "title", "location", "kind")
NOBODY = "(none)"


@dataclass(frozen=True, slots=True)
class Line:
    """One row of the answer: labels by dimension, figures by (metric, role)."""

    labels: dict[str, str]
    figures: dict[tuple[str, str], Value]


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
