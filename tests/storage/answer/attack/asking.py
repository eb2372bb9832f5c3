"""Questions at random: about all dimensions and windows, and changes by which one answer is taken from another."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from random import Random

from storage.answer.calendar import after, first_of
from storage.query import Filter, Grain, Op, Query, Share
from storage.records import Period
from tests.storage.answer.attack.truth import Truth, weeks_before

METRICS = ("tokens", "tokens", "tokens", "cost", "requests", "tokens_per_employee", "cost_per_employee")
CONDITIONS = ("team", "team", "title", "location", "kind", "tool", "workflow", "model")
GROUPINGS = ("team", "title", "location", "kind", "tool", "workflow", "model")
ONE_DAY = timedelta(days=1)


@dataclass(frozen=True)
class Asking:
    """Makes questions about one organisation as of a day."""

    truth: Truth
    today: date
    dice: Random

    def question(self) -> Query:
        """Any question: a single figure, a list, a series, a comparison, a share; with up to three conditions."""
        query = Query(metrics=(self.dice.choice(METRICS),), period=self.window())
        for _ in range(self.dice.choice((0, 1, 1, 2, 2, 3))):
            query = self.with_condition(query)
        return self._shaped(query)

    def change(self, query: Query) -> Query:
        """The same question with one thing changed, as in a thread."""
        return self.dice.choice(
            (
                self.with_condition,
                self.with_condition,
                self._without_condition,
                self._without_condition,
                self._turned,
                self._shaped,
                self._moved,
                self._moved,
                self._instead,
                self._instead,
            )
        )(query)

    def window(self) -> Period:
        """A whole unit, a running one, a single day, or days picked by hand."""
        today, dice = self.today, self.dice
        month = first_of(today, Grain.MONTH)
        picked = today - timedelta(days=dice.randrange(2, 70))
        windows: tuple[Callable[[], Period], ...] = (
            lambda: weeks_before(today - timedelta(weeks=dice.randrange(4)), 1),
            lambda: weeks_before(today, dice.choice((2, 4, 8, 12))),
            lambda: Period(first_of(month - ONE_DAY, Grain.MONTH), month - ONE_DAY),
            lambda: Period(first_of(month - timedelta(days=40), Grain.MONTH), month - ONE_DAY),
            lambda: Period(today - timedelta(days=28), today - ONE_DAY),
            lambda: Period(month, today),
            lambda: Period(first_of(today, Grain.WEEK), today),
            lambda: Period(picked, picked),
            lambda: Period(picked, min(picked + timedelta(days=dice.randrange(1, 30)), today)),
        )
        return dice.choice(windows)()

    def with_condition(self, query: Query) -> Query:
        """With one more condition, on what somebody is or uses; now and then it leaves that out."""
        dimension = self.dice.choice(CONDITIONS)
        if query.filter_on(dimension) and self.dice.random() < 0.7:
            return query
        values = [self._value(dimension) for _ in range(self.dice.choice((1, 1, 1, 2)))]
        op = self.dice.choice((Op.IN, Op.IN, Op.IN, Op.NOT_IN, Op.NOT_IN, Op.BELOW if dimension == "team" else Op.IN))
        return query.with_(filters=(*query.filters, Filter(dimension, tuple(dict.fromkeys(values)), op)))

    def _value(self, dimension: str) -> str:
        fact = self.dice.choice(self.truth.facts)
        if dimension == "team" and self.dice.random() < 0.2:
            return self.dice.choice([team.name for team in self.truth.directory.teams])
        return fact.labels[dimension] or self._value(dimension)

    def _without_condition(self, query: Query) -> Query:
        if not query.filters:
            return query.with_(group_by=())
        gone = self.dice.randrange(len(query.filters))
        return query.with_(filters=tuple(item for at, item in enumerate(query.filters) if at != gone))

    def _turned(self, query: Query) -> Query:
        """All but what was meant, or the other way round."""
        if not query.filters:
            return self.with_condition(query)
        at = self.dice.randrange(len(query.filters))
        turned = {Op.IN: Op.NOT_IN, Op.NOT_IN: Op.IN, Op.BELOW: Op.IN}
        filters = [*query.filters]
        filters[at] = Filter(filters[at].dimension, filters[at].values, turned[filters[at].op])
        return query.with_(filters=tuple(filters))

    def _instead(self, query: Query) -> Query:
        """Another description of nearly the same people: the title of a team's people, the place of a title's."""
        of_people = [item for item in query.filters if item.dimension in ("team", "title", "location", "kind")]
        if not of_people:
            return self.with_condition(query)
        item = self.dice.choice(of_people)
        alike = [fact for fact in self.truth.facts if fact.labels[item.dimension] in item.values]
        if not alike:
            return query
        fact = self.dice.choice(alike)
        dimension = self.dice.choice(("team", "title", "title", "location", "kind", "workflow"))
        if not fact.labels[dimension]:
            return query
        others = tuple(other for other in query.filters if other is not item)
        return query.with_(filters=(*others, Filter(dimension, (fact.labels[dimension],))))

    def _moved(self, query: Query) -> Query:
        """Other days: an edge moved by a few, or the whole unit around an edge."""
        start, end, dice = query.period.start, query.period.end, self.dice
        unit = dice.choice((Grain.WEEK, Grain.WEEK, Grain.MONTH))
        windows: tuple[Callable[[], tuple[date, date]], ...] = (
            lambda: (start + timedelta(days=dice.randrange(-3, 4)), end),
            lambda: (start, end + timedelta(days=dice.randrange(-3, 4))),
            lambda: (first_of(start, unit), after(first_of(start, unit), unit) - ONE_DAY),
            lambda: (first_of(start, unit), after(first_of(end, unit), unit) - ONE_DAY),
            lambda: (end + ONE_DAY, end + timedelta(days=dice.randrange(1, 8))),
            lambda: (start, first_of(end, unit) - ONE_DAY),
        )
        start, end = dice.choice(windows)()
        end = min(end, self.today)
        return query.with_(period=Period(start, end), previous=None) if start <= end else query

    def _shaped(self, query: Query) -> Query:
        """As a figure, a list by one or two dimensions, a series, a comparison or a share."""
        query = query.with_(group_by=(), grain=None, previous=None, share=None)
        shape = self.dice.choice(("single", "single", "single", "list", "list", "two", "series", "compare", "share"))
        if shape in ("list", "share") or (shape == "series" and self.dice.random() < 0.4):
            query = query.with_(group_by=(self.dice.choice(GROUPINGS),))
        if shape == "two":
            query = query.with_(group_by=tuple(self.dice.sample(GROUPINGS, 2)))
        if shape == "series":
            query = query.with_(grain=self.dice.choice((Grain.DAY, Grain.WEEK, Grain.MONTH)))
        if shape == "compare":
            days = timedelta(days=query.period.days)
            query = query.with_(previous=Period(query.period.start - days, query.period.start - ONE_DAY))
        if shape == "share" and not query.metrics[0].endswith("employee"):
            query = query.with_(share=Share(query.filters))
        return query
