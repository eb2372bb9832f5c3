"""What is said beside the figures: days without records, prices, product inference, gaps, coverage."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

import pytest

from storage.answer.result import NoteKind, Result
from storage.errors import NoData
from storage.query import Filter, Grain, Query
from storage.records import Period
from tests.storage.organisation import Organisation, Stay, Use, Work
from tests.storage.worlds import World, worlds

FIRST, LAST = date(2026, 2, 2), date(2026, 2, 22)
RECORDED = Period(FIRST, LAST)
TOKENS = Query(metrics=("tokens",), period=RECORDED)
COST = Query(metrics=("cost",), period=RECORDED)
USES = (
    Use(day=FIRST, email="a@x.example", input=60, requests=1, cost=Decimal("1.5"), cost_kind="billed"),
    Use(day=FIRST, email="ghost@x.example", input=20, requests=1, cost=Decimal(2), cost_kind="estimated"),
    Use(day=LAST, email="a@x.example", tool="ci", input=13, requests=1, cost=None),
    Use(
        day=LAST,
        email="",
        tool="shop",
        input=7,
        requests=1,
        ledger="product",
        cost=Decimal(9),
        cost_kind="covered",
        listed=Decimal(12),
    ),
)
ORG = Organisation(
    {"Team": ""},
    (Stay(email="a@x.example", team="Team"),),
    USES,
    {"sorting": ("Team", "care")},
    (Work(day=FIRST + timedelta(days=3), workflow="sorting", items=2, minutes=Decimal(8)),),
)


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    with worlds("sqlite", tmp_path_factory.mktemp("store"), [ORG]) as found:
        yield found[0]


def data(result: Result, kind: NoteKind) -> Sequence[dict[str, object]]:
    return [dict(note.data) for note in result.notes if note.kind is kind]


def test_a_period_is_cut_to_the_recorded_days_and_says_so(world: World) -> None:
    result = world.ask(TOKENS.with_(period=Period(date(2026, 1, 1), date(2026, 3, 1))))
    assert (result.period.start, result.period.end) == (FIRST, LAST)
    assert data(result, NoteKind.STARTS_LATE) == [{"day": FIRST}]
    assert data(result, NoteKind.ENDS_EARLY) == [{"day": LAST}]
    assert world.ask(TOKENS).notes == world.ask(TOKENS.with_(period=RECORDED)).notes


def test_a_period_without_any_recorded_day_is_no_data(world: World) -> None:
    for period in (Period(date(2026, 1, 1), date(2026, 2, 1)), Period(date(2026, 2, 23), date(2026, 3, 1))):
        with pytest.raises(NoData):
            world.ask(TOKENS.with_(period=period))


def test_work_and_usage_are_recorded_apart_and_a_roster_runs_on(world: World) -> None:
    with pytest.raises(NoData):
        world.ask(TOKENS.with_(metrics=("items",), period=Period(FIRST, FIRST)))
    later = world.ask(TOKENS.with_(metrics=("headcount",), period=Period(date(2026, 2, 25), date(2026, 3, 1))))
    assert later.rows[0].values["headcount"] == 1
    early = world.ask(TOKENS.with_(metrics=("headcount",), period=Period(date(2025, 12, 1), LAST)))
    assert early.period.start == FIRST


def test_an_earlier_period_before_the_records_is_unknown_and_not_zero(world: World) -> None:
    result = world.ask(TOKENS.with_(previous=Period(date(2026, 1, 12), date(2026, 2, 1))))
    assert result.rows[0].values == {"tokens": 100, "previous": None, "change": None, "change_pct": None}
    assert data(result, NoteKind.NO_PREVIOUS)
    partly = world.ask(TOKENS.with_(period=Period(LAST, LAST), previous=Period(date(2026, 1, 12), FIRST)))
    assert partly.previous == Period(FIRST, FIRST)
    assert partly.rows[0].values["previous"] == 80
    assert data(partly, NoteKind.PREVIOUS_LATE) == [{"day": FIRST}]


def test_product_inference_is_named_where_it_counts_and_only_there(world: World) -> None:
    assert data(world.ask(TOKENS), NoteKind.PRODUCT) == [{"parts": {"tokens": 7}, "currency": ""}]
    alone = TOKENS.with_(filters=(Filter("ledger", ("workforce",)),))
    assert data(world.ask(alone), NoteKind.PRODUCT) == []
    assert data(world.ask(TOKENS.with_(metrics=("tokens_per_employee",))), NoteKind.PRODUCT) == []


def test_cost_without_a_price_is_left_out_and_counted(world: World) -> None:
    result = world.check(COST)
    assert result.rows[0].values["cost"] == 3.5
    assert data(result, NoteKind.UNPRICED) == [{"rows": 1, "tokens": 13}]
    assert data(result, NoteKind.COST_KINDS) == [{"kinds": [("billed", 1.5), ("estimated", 2.0)]}]


def test_cost_is_null_where_nothing_has_a_price_and_zero_where_a_seat_covers_all(world: World) -> None:
    by_tool = {row.labels["tool"]: row.values["cost"] for row in world.check(COST.with_(group_by=("tool",))).rows}
    assert by_tool == {"cursor": 3.5, "ci": None, "shop": 0}
    assert data(world.ask(COST), NoteKind.COVERED) == [{"list": 12.0}]


def test_minutes_of_few_items_are_said_to_be_so(tmp_path_factory: pytest.TempPathFactory) -> None:
    day = FIRST + timedelta(days=3)
    rows = (
        Work(day=day, workflow="sorting", items=2, minutes=Decimal(8)),
        Work(day=day, workflow="sorting", items=8, minutes=None),
    )
    with worlds("sqlite", tmp_path_factory.mktemp("store"), [replace(ORG, work=rows)]) as (found,):
        result = found.check(TOKENS.with_(metrics=("minutes_per_item",), period=Period(day, day)))

    assert result.rows[0].values["minutes_per_item"] == 4
    assert data(result, NoteKind.UNTIMED) == [{"items": 10, "timed": 2}]


def test_a_running_period_says_what_it_was_compared_with(world: World) -> None:
    before = Period(FIRST, FIRST + timedelta(days=2))
    result = world.ask(TOKENS.with_(period=Period(LAST, LAST), previous=before, running=True))
    assert data(result, NoteKind.RUNNING) == [{"previous": before}]


def test_an_empty_store_has_no_data(tmp_path_factory: pytest.TempPathFactory) -> None:
    empty = Organisation({"Team": ""}, (Stay(email="a@x.example", team="Team"),))
    with worlds("sqlite", tmp_path_factory.mktemp("store"), [empty]) as (world,):
        for metric in ("tokens", "items"):
            with pytest.raises(NoData):
                world.ask(TOKENS.with_(metrics=(metric,)))


def test_a_point_of_a_series_without_rows_is_zero_and_a_ratio_of_nothing_null(world: World) -> None:
    middle = TOKENS.with_(period=Period(FIRST + timedelta(days=1), FIRST + timedelta(days=2)), grain=Grain.DAY)
    assert [row.values["tokens"] for row in world.check(middle).rows] == [0, 0]
    assert [row.values["agent_share"] for row in world.check(middle.with_(metrics=("agent_share",))).rows] == [None] * 2
    per_head = middle.with_(metrics=("tokens_per_employee",))
    assert [row.values["tokens_per_employee"] for row in world.check(per_head).rows] == [0, 0]
