"""Other doors to the same use: medians, histograms, budgets, other prices, cohorts and seats, asked at random."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from random import Random

from sqlalchemy import Connection

from storage.answer.at_prices import PICO, ListPrice, at_prices
from storage.answer.cohorts import cohorts, since_last_use
from storage.answer.histogram import histogram
from storage.answer.result import Result
from storage.answer.run import run
from storage.catalogue import metric
from storage.errors import StorageError
from storage.names import Directory
from storage.plan_records import BudgetRecord, PlanScope
from storage.query import Filter, Query
from storage.records import Period
from tests.storage.answer.attack.asking import Asking
from tests.storage.answer.attack.attacker import FEW, Attacker

OF_PEOPLE = ("median_tokens", "p90_tokens", "median_cost", "cost_per_active_person", "tokens_per_active_person")
PRICE = ListPrice(date.min, date.max, -1, (PICO, PICO // 10, PICO, 5 * PICO))


@dataclass
class Doors:
    """One attacker who takes any door; `small` are the groups under the floor that one of them named."""

    attacker: Attacker
    asking: Asking
    dice: Random

    def __post_init__(self) -> None:
        self.small: list[str] = []
        self.doors: tuple[Callable[[Query], Result], ...] = (
            self._plain,
            self._of_people,
            self._of_people,
            self._histogram,
            self._budgets,
            self._budgets,
            self._at_prices,
            self._cohorts,
            self._last_use,
        )

    def ask(self, query: Query) -> None:
        """Ask it through a door; what was told is known from then on."""
        try:
            result = self.dice.choice(self.doors)(query)
        except StorageError:
            return
        if metric(result.query.metrics[0]).of_usage:  # counts of people need a group of members alone
            self.attacker.hear(result)

    def _plain(self, query: Query) -> Result:
        return self._run(query)

    def _of_people(self, query: Query) -> Result:
        return self._run(self._bare(query).with_(metrics=(self.dice.choice(OF_PEOPLE),)))

    def _histogram(self, query: Query) -> Result:
        asked = self._bare(query).with_(metrics=(self.dice.choice(("median_tokens", "median_cost")),), group_by=())
        found = histogram(self._connection, self._directory, asked, self.attacker.viewer, self.asking.today)
        self._groups(((bar.low, bar.high, bar.people) for bar in found.bins), asked)
        return found.median

    def _budgets(self, query: Query) -> Result:
        """Of a month that is over or runs, by one of what budgets are kept for."""
        first = self.asking.today.replace(day=1)
        before = first - timedelta(days=1)
        month = self.dice.choice((Period(first, self.asking.today), Period(before.replace(day=1), before)))
        asked = Query(metrics=("budget_used",), period=month)
        named = [item for item in query.filters if item.dimension in ("team", "tool")]
        if named and self.dice.random() < 0.6:
            asked = asked.with_(filters=(Filter(named[0].dimension, named[0].values[:1]),))
        elif self.dice.random() < 0.7:
            asked = asked.with_(group_by=(self.dice.choice(("team", "tool")),))
        return self._run(asked)

    def _at_prices(self, query: Query) -> Result:
        asked = self._bare(query).with_(metrics=("cost",))
        return at_prices(
            self._connection, self._directory, asked, self.attacker.viewer, (PRICE,), self.asking.today
        ).result

    def _cohorts(self, query: Query) -> Result:
        asked = Query(metrics=("active_people",), period=query.period, filters=query.filters)
        result, found = cohorts(self._connection, self._directory, asked, self.attacker.viewer, self.asking.today)
        self._groups(((group.first, group.last, group.people) for group in found), asked)
        return result

    def _last_use(self, query: Query) -> Result:
        asked = Query(metrics=("active_people",), period=query.period, filters=query.filters)
        result, found = since_last_use(
            self._connection, self._directory, asked, self.attacker.viewer, self.asking.today
        )
        self._groups(((group.low, group.high, group.people) for group in found if group.low is not None), asked)
        return result

    def _groups(self, told: Iterable[tuple[object, object, int]], asked: Query) -> None:
        """Note the bars and cohorts of one to four people."""
        few = [(low, high, people) for low, high, people in told if 0 < people < FEW]
        self.small += [f"{low} to {high} of {asked.filters}: {people}" for low, high, people in few]

    def _bare(self, query: Query) -> Query:
        return query.with_(grain=None, previous=None, share=None)

    def _run(self, query: Query) -> Result:
        return run(self._connection, self._directory, query, self.attacker.viewer, self.asking.today)

    @property
    def _connection(self) -> Connection:
        return self.attacker.connection

    @property
    def _directory(self) -> Directory:
        return self.attacker.directory


def budgets_of(directory: Directory, today: date) -> list[BudgetRecord]:
    """A budget of everything that may have one, for this month and the one before."""
    first = today.replace(day=1)
    before = (first - timedelta(days=1)).replace(day=1)
    names = [(PlanScope.ORGANISATION, ""), *((PlanScope.TEAM, team.name) for team in directory.teams)]
    names += [(PlanScope.TOOL, tool) for tool in directory.values["tool"]]
    return [
        BudgetRecord(scope=scope, name=name, month=month, amount=Decimal(1000))
        for scope, name in names
        for month in (first, before)
    ]


def session(doors: Doors, count: int) -> None:
    """So many questions, most of them a change of one before."""
    asking, dice = doors.asking, doors.dice
    asked = [asking.question()]
    while len(asked) < count:
        asked.append(asking.change(dice.choice(asked)) if dice.random() < 0.9 else asking.question())
    for query in asked:
        doors.ask(query)
