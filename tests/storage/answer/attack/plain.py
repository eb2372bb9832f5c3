"""Plain questions about groups, as people ask them all day: these must stay answered."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from itertools import product

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


def plain_questions(truth: Truth, today: date) -> Iterator[Query]:
    """Single figures, lists, rankings, series and comparisons over every value of every dimension of groups."""
    values = {dimension: sorted({fact.labels[dimension] for fact in truth.facts} - {""}) for dimension in DIMENSIONS}
    for name, period in product(METRICS, windows(today)):
        query = Query(metrics=(name,), period=period)
        before = Period(period.start - timedelta(days=period.days), period.start - ONE_DAY)
        yield query
        yield query.with_(grain=Grain.WEEK)
        for dimension in DIMENSIONS:
            yield query.with_(group_by=(dimension,))
            yield query.with_(group_by=(dimension,), order=Order(), limit=3)
            yield query.with_(group_by=(dimension,), previous=before)
            for value in values[dimension]:
                only = query.with_(filters=(Filter(dimension, (value,)),))
                yield only
                yield only.with_(previous=before)
                yield only.with_(grain=Grain.WEEK)
                yield only.with_(grain=Grain.DAY)
