"""The query of the turn before in plain words, with its values as mentions."""

from __future__ import annotations

from datetime import date

import pytest

from bot.questions.finders.marks import Mention
from bot.questions.periods import Calendar
from bot.questions.reader.context import size_of, words_of
from bot.questions.reader.encode import BREAK
from storage.query import Compare, Filter, Grain, Having, Op, Order, Query, Share
from storage.records import Period

CALENDAR = Calendar(date(2026, 11, 18), date(2026, 2, 2))
OCTOBER = Period(date(2026, 10, 1), date(2026, 10, 31))
SEPTEMBER = Period(date(2026, 9, 1), date(2026, 9, 30))
COST = Query(metrics=("cost",), period=OCTOBER)


def said(query: Query, former: Query | None = None) -> str:
    """The parts as text, a mention by its kind in brackets."""
    parts = words_of(query, CALENDAR, former)
    return " ".join(f"[{part.kind}]" if isinstance(part, Mention) else part for part in parts)


def test_a_query_is_told_by_its_figure_and_its_days_and_ends_in_a_break() -> None:
    assert said(COST) == f"cost [period] {BREAK}"
    assert said(COST.with_(metrics=("cost/requests",))).startswith("cost per requests [period]")


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"group_by": ("team",)}, "by team"),
        ({"grain": Grain.WEEK}, "by week"),
        ({"average": Grain.DAY}, "average per day"),
        ({"filters": (Filter("team", ("Web",), Op.NOT_IN),)}, "without [team]"),
        ({"filters": (Filter("mode", ("agent",)),)}, "in agent mode"),
        ({"scopes": ("Web", "Data")}, "side by side [team] [team]"),
        ({"share": Share((Filter("team", ("Web",)),))}, "share of [team]"),
        ({"order": Order(descending=False), "limit": 3}, "ranked lowest value top [number]"),
        ({"having": (Having(Compare.GT, 500),)}, "with gt value [number]"),
        ({"previous": SEPTEMBER}, "compared previous"),
    ],
)
def test_each_part_of_it_has_its_words(changes: dict[str, object], words: str) -> None:
    assert words in said(COST.with_(**changes))


def test_all_its_values_are_of_the_context() -> None:
    query = COST.with_(filters=(Filter("team", ("Web", "Data")),), having=(Having(Compare.GT, 500),))

    assert all(part.context for part in words_of(query, CALENDAR) if isinstance(part, Mention))


def test_of_the_query_before_it_only_what_was_replaced_is_told() -> None:
    data = COST.with_(filters=(Filter("team", ("Data",)),))
    web = COST.with_(filters=(Filter("team", ("Web",)),))

    assert "earlier [team]" in said(data, web)
    assert "earlier" not in said(web, web)
    assert "earlier [period]" in said(COST, COST.with_(period=SEPTEMBER))


@pytest.mark.parametrize(("value", "size"), [(3, "few"), (30, "few"), (31, "hundreds"), (5000, "millions")])
def test_a_number_is_told_by_its_size_alone(value: float, size: str) -> None:
    assert size_of(value) == size
