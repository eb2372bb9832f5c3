"""Figures that look at people one by one: percentiles, regular use, first and returning users, active people a week."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from fractions import Fraction
from functools import cached_property
from math import floor
from typing import Any

from sqlalchemy import Select

from storage.answer.buckets import Bucket
from storage.answer.calendar import after, first_of
from storage.answer.compile import Compiler
from storage.answer.scope import PEOPLE
from storage.catalogue.each_person import BASES
from storage.catalogue.formula import Number
from storage.catalogue.person_measures import (
    FIRST,
    MONTH_PEOPLE,
    RETURNING,
    WEEK_PEOPLE,
    fewest_days,
    percentile,
)
from storage.query import Filter, Grain
from storage.records import Period

Labels = tuple[Any, ...]
Key = tuple[int, Labels]
Sums = Mapping[str, Number | None]
UNITS = {WEEK_PEOPLE: Grain.WEEK, MONTH_PEOPLE: Grain.MONTH}
DIVISORS = {"whole_weeks": Grain.WEEK, "whole_months": Grain.MONTH}
ONE_DAY = timedelta(days=1)


@dataclass(frozen=True)
class EachPerson:
    """Works out measures of the rows of one query.

    `people` are the sums of each person in each group, the person being the last label; `rows` runs a SELECT with its
    labels.
    """

    compiler: Compiler
    group_by: tuple[str, ...]
    filters: Sequence[Filter]
    people: Mapping[Key, Sums]
    rows: Callable[[Select[Any], Sequence[str]], Mapping[Key, Sums]]

    def measures(self, names: Collection[str], key: Key, members: int) -> dict[str, Number | None]:
        """These measures of one row, which has so many members."""
        found: dict[str, Number | None] = {}
        active = self._active.get(key, {})
        for name in names:
            if name in UNITS:
                found[name] = self._in_units(UNITS[name])[key]
            elif name in (FIRST, RETURNING):
                new = self._first_time(key)
                found[name] = new if name == FIRST else len(active) - new
            else:
                found[name] = self._of_all(name, [*active.values()], members)
        return found

    def _of_all(self, name: str, active: Sequence[Sums], members: int) -> Number | None:
        """A percentile, or how many people have so many active days."""
        of, days = percentile(name), fewest_days(name)
        if of is None:
            return sum(int(sums["active_days"] or 0) >= (days or 0) for sums in active)
        values = [BASES[of.base].formula.value(sums) for sums in active]
        idle = max(members - len(active), 0) if self.compiler.query.everyone else 0
        return quantile([*(value for value in values if value is not None), *[0] * idle], of.percent)

    @cached_property
    def _active(self) -> dict[Key, dict[Any, Sums]]:
        """The active people of each row."""
        found: dict[Key, dict[Any, Sums]] = defaultdict(dict)
        for (number, labels), sums in self.people.items():
            if sums["active_people"]:
                found[number, labels[:-1]][labels[-1]] = sums
        return found

    def _in_units(self, unit: Grain) -> Mapping[Key, int]:
        """The active people of each whole week, or month, of a row added up."""
        if unit not in self._counted:
            self._counted[unit] = found = defaultdict[Key, int](int)
            spans = self.compiler.buckets
            inside = [(span, whole) for span in spans for whole in whole_units(span.period, unit)]
            buckets = tuple(Bucket(number, span.side, whole) for number, (span, whole) in enumerate(inside))
            if not inside:
                return found
            statement = replace(self.compiler, buckets=buckets).usage(["active_people"], self.group_by, self.filters)
            for (number, labels), sums in self.rows(statement, self.group_by).items():
                found[inside[number][0].number, labels] += int(sums["active_people"] or 0)
        return self._counted[unit]

    @cached_property
    def _counted(self) -> dict[Grain, Mapping[Key, int]]:
        return {}

    def _first_time(self, key: Key) -> int:
        """How many active people of a row have their first day of the same use in its span."""
        number, labels = key
        start = self.compiler.buckets[number].period.start
        own = tuple(labels[at] for at in self._of_use)
        return sum(self._firsts[own, person] >= start for person in self._active.get(key, {}))

    @cached_property
    def _of_use(self) -> list[int]:
        """Which labels tell of use: it is the same use whoever's team it was."""
        return [at for at, name in enumerate(self.group_by) if name not in PEOPLE]

    @cached_property
    def _firsts(self) -> dict[tuple[Labels, Any], Any]:
        """The first active day of each person in each kind of use, of all recorded days."""
        recorded, last = self.compiler.directory.usage, max(bucket.period.end for bucket in self.compiler.buckets)
        whole = Period(min(recorded[0] if recorded else last, last), last)
        labels = (*(self.group_by[at] for at in self._of_use), "person")
        usage = [condition for condition in self.filters if condition.dimension not in PEOPLE]
        statement = replace(self.compiler, buckets=(Bucket(0, 0, whole),)).usage(["first_active_day"], labels, usage)
        rows = self.rows(statement, labels)
        return {(of[:-1], of[-1]): sums["first_active_day"] for (_, of), sums in rows.items()}


def needed_of_each(names: Collection[str]) -> set[str]:
    """The sums by person that these measures are worked out of."""
    found = {"active_people"}
    for name in names:
        of = percentile(name)
        if of is not None:
            found |= {*BASES[of.base].formula.names()}
        elif fewest_days(name) is not None:
            found.add("active_days")
    return found


def quantile(values: Sequence[Number], percent: int) -> Number | None:
    """A percentile by linear interpolation between order statistics (Hyndman and Fan 1996, type 7); None of nothing."""
    ranked = sorted(values)
    if not ranked:
        return None
    place = Fraction(percent, 100) * (len(ranked) - 1)
    low = floor(place)
    below, above = ranked[low], ranked[min(low + 1, len(ranked) - 1)]
    part = place - low
    return below + (above - below) * (part if isinstance(above - below, int | Fraction) else float(part))


def whole_units(period: Period, unit: Grain) -> list[Period]:
    """The whole weeks, or months, inside a period."""
    found, start = [], first_of(period.start, unit)
    while start <= period.end:
        end = after(start, unit) - ONE_DAY
        if start >= period.start and end <= period.end:
            found.append(Period(start, end))
        start = end + ONE_DAY
    return found
