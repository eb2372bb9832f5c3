"""Plain questions about groups, as people ask them all day: these must stay answered."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from random import Random

from storage.answer.calendar import first_of
from storage.query import Filter, Grain, Order, Query
from storage.records import Period
from tests.storage.answer.attack.truth import Truth, weeks_before

METRICS = ("tokens", "cost", "tokens_per_employee")
DIMENSIONS = ("team", "location", "title", "kind", "tool")
ONE_DAY = timedelta(days=1)


def windows(today: date) -> list[Period]:
    """Last week, this week, last month, this month, the last 28 days, the last quarter, the last 12 weeks."""
    month, quarter = first_of(today, Grain.MONTH), first_of(today, Grain.QUARTER)
    return [
        weeks_before(today, 1),
        Period(first_of(today, Grain.WEEK), today),
        Period(first_of(month - ONE_DAY, Grain.MONTH), month - ONE_DAY),
        Period(month, today),
        Period(today - timedelta(days=28), today - ONE_DAY),
        Period(first_of(quarter - ONE_DAY, Grain.QUARTER), quarter - ONE_DAY),
        weeks_before(today, 12),
    ]


def plain_questions(truth: Truth, today: date, dice: Random, count: int) -> Iterator[Query]:
    """Single figures, lists, rankings, series and comparisons, each form and each dimension as often as any other."""
    values = {dimension: sorted({fact.labels[dimension] for fact in truth.facts} - {""}) for dimension in DIMENSIONS}
    for _ in range(count):
        period, dimension = dice.choice(windows(today)), dice.choice(DIMENSIONS)
        query = Query(metrics=(dice.choice(METRICS),), period=period)
        before = Period(period.start - timedelta(days=period.days), period.start - ONE_DAY)
        only = query.with_(filters=(Filter(dimension, (dice.choice(values[dimension]),)),))
        listed = query.with_(group_by=(dimension,))
        yield dice.choice(
            (
                query,
                only,
                listed,
                listed.with_(order=Order(), limit=3),
                dice.choice((query, only, listed)).with_(previous=before),
                dice.choice((query, only, listed)).with_(grain=dice.choice((Grain.WEEK, Grain.DAY))),
            )
        )
