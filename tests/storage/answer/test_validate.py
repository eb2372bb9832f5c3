"""What the catalogue refuses, each with a reason for people."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from storage.answer.validate import checked
from storage.errors import InvalidQuery
from storage.query import By, Compare, Filter, Grain, Having, Op, Order, Query, Share
from storage.records import Period

OCTOBER = Period(date(2026, 10, 1), date(2026, 10, 31))
TOKENS = Query(metrics=("tokens",), period=OCTOBER)
ITEMS = Query(metrics=("items",), period=OCTOBER)


@pytest.mark.parametrize(
    ("query", "reason"),
    [
        (TOKENS.with_(metrics=()), "one to 4"),
        (TOKENS.with_(metrics=("tokens", "cost", "requests", "headcount", "items")), "one to 4"),
        (TOKENS.with_(metrics=("tokens", "tokens")), "different"),
        (TOKENS.with_(metrics=("happiness",)), "no metric"),
        (TOKENS.with_(metrics=("tokens", "items")), "one at a time"),
        (TOKENS.with_(group_by=("team", "tool", "model")), "at most 2"),
        (TOKENS.with_(group_by=("team", "team")), "at most 2"),
        (TOKENS.with_(group_by=("colour",)), "no dimension"),
        (TOKENS.with_(metrics=("median_tokens",), group_by=("person",)), "several people"),
        (TOKENS.with_(filters=(Filter("colour", ("red",)),)), "no dimension"),
        (TOKENS.with_(filters=(Filter("tool", ("cursor",), Op.BELOW),)), "only teams"),
        (TOKENS.with_(filters=(Filter("tool", ()),)), "names nothing"),
        (ITEMS.with_(group_by=("tool",)), "not recorded"),
        (ITEMS.with_(filters=(Filter("person", ("a@x.example",)),)), "not recorded"),
        (TOKENS.with_(metrics=("headcount",), group_by=("tool",)), "cannot be split"),
        (TOKENS.with_(scopes=("Platform",)), "list by team"),
        (TOKENS.with_(scopes=("Platform", "Platform"), group_by=("team",)), "twice"),
        (TOKENS.with_(metrics=("adoption_rate",), filters=(Filter("ledger", ("product",)),)), "product"),
        (TOKENS.with_(metrics=("adoption_rate",), filters=(Filter("ledger", ("workforce",), Op.NOT_IN),)), "product"),
        (TOKENS.with_(previous=OCTOBER, grain=Grain.DAY), "series"),
        (TOKENS.with_(metrics=("adoption_rate",), share=Share()), "no share"),
        (TOKENS.with_(share=Share((Filter("colour", ("red",)),))), "no dimension"),
        (TOKENS.with_(metrics=("headcount",), average=Grain.DAY), "no average"),
        (TOKENS.with_(average=Grain.DAY, grain=Grain.WEEK), "no average"),
        (TOKENS.with_(average=Grain.QUARTER), "no average"),
        (TOKENS.with_(order=Order(By.CHANGE)), "period to compare"),
        (TOKENS.with_(having=(Having(Compare.GT, 1, By.CHANGE_PCT),)), "period to compare"),
        (TOKENS.with_(order=Order(By.SHARE)), "needs the share"),
        (TOKENS.with_(order=Order(metric="cost")), "not among"),
        (TOKENS.with_(having=(Having(Compare.GT, 1, metric="cost"),)), "not among"),
        (TOKENS.with_(having=(Having(Compare.GT, 1, By.LABEL),)), "name"),
        (TOKENS.with_(limit=0), "limit"),
        (TOKENS.with_(limit=100_000), "limit"),
    ],
)
def test_a_query_that_makes_no_sense_is_refused_with_the_reason(query: Query, reason: str) -> None:
    with pytest.raises(InvalidQuery, match=reason):
        checked(query)


@pytest.mark.parametrize(
    "more",
    [
        {},
        {"metrics": ("tokens", "headcount")},
        {"metrics": ("headcount",), "group_by": ("team", "title")},
        {"filters": (Filter("ledger", ("product",)),)},
        {"metrics": ("items", "hours_offloaded"), "group_by": ("team", "mode")},
        {"order": Order(By.CHANGE_PCT), "previous": OCTOBER, "limit": 1},
        {"grain": Grain.WEEK, "group_by": ("tool",), "share": Share()},
        {"average": Grain.WEEK},
    ],
)
def test_a_query_that_makes_sense_gives_its_metrics(more: dict[str, Any]) -> None:
    query = TOKENS.with_(**more)
    assert tuple(metric.name for metric in checked(query)) == query.metrics
