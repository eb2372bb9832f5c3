"""Runs a compiler's SELECTs and lays their sums side by side: one set of measures for each bucket and label."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from math import ceil
from typing import Any

from sqlalchemy import Connection, Select

from storage.answer import weekdays
from storage.answer.budgets import BudgetAmounts
from storage.answer.compile import Compiler
from storage.answer.each_person import DIVISORS, EachPerson, needed_of_each, whole_units
from storage.answer.labelled_sums import Key, Labels, Sums, heads, labelled_sums, usage
from storage.answer.seats import Seats
from storage.answer.unknown_sums import COSTS, TOKENS, leave_out_unknown
from storage.catalogue import DIMENSIONS, Metric
from storage.catalogue.class_measures import LACKING
from storage.catalogue.measures import KINDS, MeasuredRows, rows_of
from storage.catalogue.person_measures import looks_at_people
from storage.query import Filter
from storage.records import WorkMode

BESIDE = ("product_tokens", "tokenless_facts", "uncounted_facts")  # what every usage figure brings along, for caveats
PRICES = (
    "priced_facts",
    "unpriced_facts",
    "w_priced_facts",
    "w_unpriced_facts",
    "apart_facts",
    "w_apart_facts",
    "unpriced_tokens",
    "covered_list_nano",
    "apart_list_nano",
    *(f"{kind.value}_{what}" for kind in KINDS for what in ("facts", "cost")),
)
TIMED = {"human_ms", "by_hand_ms", "offloaded_ms"}


@dataclass
class Fetched:
    """Measures by (bucket number, labels); `sql` are the statements that ran.

    `people` are the heads of each group of people, `by_people` which of the labels name that group; `unbooked` are the
    groups whose work no usage of the period is booked to.
    """

    sums: dict[Key, Sums] = field(default_factory=dict)
    sql: list[Select[Any]] = field(default_factory=list)
    people: dict[Key, Sums] = field(default_factory=dict)
    by_people: tuple[int, ...] = ()
    unbooked: set[Labels] = field(default_factory=set)

    def heads(self, number: int, labels: Labels) -> Sums:
        """Person-days and members behind a group, also where it has no row."""
        nobody: Sums = {"headcount_days": 0, "members": 0}
        return nobody | self.people.get((number, tuple(labels[i] for i in self.by_people)), {})


def fetch(
    connection: Connection,
    compiler: Compiler,
    metrics: Sequence[Metric],
    group_by: Sequence[str],
    filters: Sequence[Filter],
) -> Fetched:
    """All measures that the metrics need, grouped; groups of people without usage are there with zeros."""
    return _Fetch(connection, compiler, group_by, filters).all(metrics)


class _Fetch:
    def __init__(
        self,
        connection: Connection,
        compiler: Compiler,
        group_by: Sequence[str],
        filters: Sequence[Filter],
    ) -> None:
        self.connection, self.compiler = connection, compiler
        self.group_by, self.filters = tuple(group_by), filters
        self.of_people = tuple(name for name in group_by if DIMENSIONS[name].people or DIMENSIONS[name].days)
        self.weekdays = weekdays.kept(filters)
        self.by_person: dict[Key, list[int]] = defaultdict(list)
        self.found = Fetched(by_people=tuple(self.group_by.index(name) for name in self.of_people))

    def all(self, metrics: Sequence[Metric]) -> Fetched:
        needed = {name for metric in metrics for name in metric.measures}
        bases = {rows_of(name) for name in needed}
        if MeasuredRows.WORK in bases:
            self._work({name for name in needed if rows_of(name) is MeasuredRows.WORK})
            self._booked({name for name in needed if rows_of(name) is MeasuredRows.USAGE})
        elif MeasuredRows.SEATS in bases:
            self.found.sums |= Seats(self.connection, self.compiler).rows(
                self.compiler.buckets, self.group_by, self.filters
            )
            self._people(set())
        else:
            self._usage(needed if MeasuredRows.USAGE in bases else set())
            self._people(needed)
            if "team" in self.group_by and not self.compiler.query.scopes:
                self._leave_out_unmanned()
            if MeasuredRows.BUDGETS in bases:
                self._budgets()
        if not self.group_by:
            for bucket in self.compiler.buckets:
                self.found.sums.setdefault((bucket.number, ()), {})
        self._divide_by_days(needed)
        for sums in self.found.sums.values():
            if "offloaded_ms" in needed and not self.compiler.query.grain:
                # Without any item there is no baseline either: unknown, except for a point inside a series.
                sums.setdefault("offloaded_ms", None)
            leave_out_unknown(sums)
        return self.found

    def _divide_by_days(self, needed: set[str]) -> None:
        """The days of each row, and its whole weeks or months where a metric is an average of those."""
        units = {name: unit for name, unit in DIVISORS.items() if name in needed}
        spans: dict[int, Sums] = {
            bucket.number: {
                "days": weekdays.days_of(bucket.period, self.weekdays),
                **{name: len(whole_units(bucket.period, unit)) for name, unit in units.items()},
            }
            for bucket in self.compiler.buckets
        }
        for (number, labels), sums in self.found.sums.items():
            sums |= spans[number]
            if weekdays.WEEKDAY in self.group_by:
                own = weekdays.picked(self.weekdays, self.group_by, labels)
                sums["days"] = weekdays.days_of(self.compiler.buckets[number].period, own)

    def _work(self, needed: set[str]) -> None:
        summed = needed - {"offloaded_ms"} | ({"timed_items"} if needed & TIMED else set())
        # A filter on mode leaves the baseline alone, but lists only groups with rows of that mode.
        of_mode = bool(self.group_by) and any(condition.dimension == "mode" for condition in self.filters)
        if summed or of_mode:
            self._run(self.compiler.work(sorted(summed | {"items"}), self.group_by, self.filters), self.group_by)
        if "offloaded_ms" in needed:
            listed = set(self.found.sums)
            self._run(self.compiler.offloaded(self.group_by, self.filters), self.group_by)
            if of_mode:
                self.found.sums = {key: sums for key, sums in self.found.sums.items() if key in listed}
            by_mode = self.group_by.index("mode") if "mode" in self.group_by else None
            for (_, labels), sums in self.found.sums.items():
                if by_mode is not None and labels[by_mode] == WorkMode.HUMAN.value:
                    sums["offloaded_ms"] = None

    def _booked(self, needed: set[str]) -> None:
        """Usage booked to workflows, beside their work; where there is none the figure is unknown, not 0."""
        if not needed:
            return
        names = self._with_company(needed)
        rows = self._rows(self.compiler.booked(names, self.group_by, self.filters), self.group_by)
        for key, sums in rows.items():
            # Where there is no work, nothing is known of what AI took over.
            self.found.sums.setdefault(key, {"offloaded_ms": None}).update(sums)
        for key in self.found.sums.keys() - rows.keys():
            self.found.sums[key] |= dict.fromkeys(names)
        asked = {bucket.number for bucket in self.compiler.buckets if bucket.side == 0}
        groups = {labels for _, labels in self.found.sums} if self.group_by else {()}
        self.found.unbooked = groups - {labels for number, labels in rows if number in asked}

    def _with_company(self, needed: set[str]) -> list[str]:
        """These measures of usage with those that their figures always bring along."""
        names = needed | {*BESIDE}
        for prefix in ("", "w_"):
            if names & {f"{prefix}{name}" for name in TOKENS}:  # whether tokens are reported is told by all of them
                names |= {f"{prefix}{name}" for name in (*TOKENS, "tokenless_facts")}
        names |= {"w_tokenless_facts"} if "people_tokens" in names else set()
        if names & COSTS.keys():
            names |= set(PRICES)
        return sorted(names | {LACKING[name] for name in names & LACKING.keys()})

    def _usage(self, needed: set[str]) -> None:
        if not needed:
            return
        names = self._with_company(
            {name for name in needed if rows_of(name) is MeasuredRows.USAGE and not looks_at_people(name)}
            - {"decile_tokens"}
        )
        for statement, rows in usage(self.connection, self.compiler, names, self.group_by, self.filters):
            self.found.sql.append(statement)
            self._add(rows)
        if "active_people" in names:
            for sums in self.found.sums.values():
                sums.setdefault("active_people", 0)
        if "decile_tokens" in needed:
            self._deciles()

    def _people(self, needed: set[str]) -> None:
        people = self._heads()
        self.found.people = people
        if self.of_people == self.group_by and ("person" not in self.group_by or self.compiler.query.everyone):
            last = self.compiler.on_its_last_day() if "person" in self.group_by else None
            today = self._rows(last.people(self.of_people, self.filters), self.of_people) if last else people
            for key in people:
                if key in today:
                    self.found.sums.setdefault(key, {})
        for (number, labels), sums in self.found.sums.items():
            sums |= self.found.heads(number, labels)
            if "decile_tokens" in needed:
                sums["decile_tokens"] = sum(self.by_person[number, labels][: ceil(int(sums["members"] or 0) / 10)])
        self._one_by_one({name for name in needed if looks_at_people(name)})

    def _heads(self) -> dict[Key, Sums]:
        """Person-days and members of each group; on a weekday the members are those of the whole period."""
        if weekdays.WEEKDAY not in self.of_people:
            return self._of_roster(self.of_people, self.filters)
        at = self.of_people.index(weekdays.WEEKDAY)
        others = (*self.of_people[:at], *self.of_people[at + 1 :])
        return {
            (number, (*labels[:at], day, *labels[at:])): sums
            for day in self.weekdays
            for (number, labels), sums in self._of_roster(others, self.filters, (day,)).items()
        }

    def _of_roster(
        self, group_by: tuple[str, ...], filters: Sequence[Filter], on: tuple[str, ...] | None = None
    ) -> dict[Key, Sums]:
        """Person-days and members."""
        statement, rows = heads(self.connection, self.compiler, group_by, filters, on)
        self.found.sql.append(statement)
        return rows

    def _one_by_one(self, names: set[str]) -> None:
        """The measures that look at each person."""
        if not names:
            return
        groups = self._all_groups()
        looked = EachPerson(
            self.compiler, self.group_by, self.filters, self._rows_with(needed_of_each(names)), self._rows
        )
        for key, sums in groups.items():
            sums |= looked.measures(names, key, int(sums.get("members") or 0))

    def _rows_with(self, names: set[str]) -> dict[Key, Sums]:
        """These sums of each person in each group."""
        grouped = (*self.group_by, "person")
        rows = self._rows(self.compiler.usage(self._with_company(names), grouped, self.filters), grouped)
        for sums in rows.values():
            leave_out_unknown(sums)
        return rows

    def _budgets(self) -> None:
        """What each row may spend; of a list those alone that have a budget, also where nothing is spent."""
        amounts = BudgetAmounts(self.connection, self.compiler).rows(self.compiler.buckets)
        if self.group_by:
            listed = {labels for _, labels in amounts}
            self.found.sums = {key: sums for key, sums in self.found.sums.items() if key[1] in listed}
        for key, amount in amounts.items():
            self.found.sums.setdefault(key, self.found.heads(*key))["budget_nano"] = amount

    def _all_groups(self) -> dict[Key, Sums]:
        """Each row that there is, also of an empty span of a figure without groups."""
        if not self.group_by:
            for bucket in self.compiler.buckets:
                key: Key = (bucket.number, ())
                self.found.sums.setdefault(key, self.found.heads(*key))
        if self.compiler.query.everyone and not self.compiler.query.grain:  # those at zero are there in both periods
            for labels in {labels for _, labels in self.found.sums}:
                for bucket in self.compiler.buckets:
                    key = (bucket.number, labels)
                    self.found.sums.setdefault(key, self.found.heads(*key))
        return self.found.sums

    def _leave_out_unmanned(self) -> None:
        """A list by team has no row for a team of agents alone."""
        at = self.group_by.index("team")
        manned = {labels[at] for (_, labels), sums in self.found.sums.items() if sums["members"]} | {""}
        if all(labels[at] in manned for _, labels in self.found.sums):
            return
        # Filters may have left out the people of a team that has some.
        manned |= {labels[0] for _, labels in self._of_roster(("team",), ())}
        self.found.sums = {key: sums for key, sums in self.found.sums.items() if key[1][at] in manned}

    def _deciles(self) -> None:
        """Each group's tokens by person, largest first; how many count is known with the members."""
        grouped = (*self.group_by, "person")
        rows = self._rows(self.compiler.usage(["people_tokens"], grouped, self.filters), grouped)
        for (number, labels), sums in rows.items():
            self.by_person[number, labels[:-1]].append(int(sums["people_tokens"] or 0))
        for tokens in self.by_person.values():
            tokens.sort(reverse=True)

    def _run(self, statement: Select[Any], group_by: Sequence[str]) -> None:
        self._add(self._rows(statement, group_by))

    def _add(self, rows: Mapping[Key, Sums]) -> None:
        for key, sums in rows.items():
            self.found.sums.setdefault(key, {}).update(sums)

    def _rows(self, statement: Select[Any], group_by: Sequence[str]) -> dict[Key, Sums]:
        self.found.sql.append(statement)
        return labelled_sums(self.connection, statement, len(group_by))
