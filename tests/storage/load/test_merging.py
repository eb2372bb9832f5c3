"""Staged facts joined to the store: only what is new or other is touched."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from decimal import Decimal

import pytest
from sqlalchemy import Engine

from storage.load.writes import LoadOf, save_usage
from storage.records import CostKind, Period
from tests.storage.load.facts import MONDAY, TUESDAY, before_the_lock, by_person, rollup, roster, use


def test_the_newest_observation_wins_also_where_it_is_lower(engine: Engine, load: LoadOf) -> None:
    save_usage(engine, load, [use("k1", input_tokens=100), use("k2")])

    saved = save_usage(engine, load, [use("k1", input_tokens=7)])

    assert (saved.new, saved.changed, saved.unchanged) == (0, 1, 0)
    assert rollup(engine) == [(MONDAY, 17, 0)]


@pytest.mark.parametrize(
    "changed",
    [
        {"day": TUESDAY},
        {"model": "another"},
        {"subject": "bo@acme.example"},
        {"output_tokens": 1},
        {"cost": Decimal("0.5"), "cost_kind": CostKind.BILLED},
        {"at": datetime(2026, 11, 16, 9, tzinfo=UTC)},
    ],
)
def test_any_field_that_differs_makes_a_fact_a_changed_one(
    engine: Engine, load: LoadOf, changed: dict[str, object]
) -> None:
    save_usage(engine, load, [use()])

    saved = save_usage(engine, load, [replace(use(), **changed)])  # type: ignore[arg-type]  # any field

    assert (saved.new, saved.changed, saved.unchanged) == (0, 1, 0)


def test_the_same_key_of_another_source_is_another_fact(engine: Engine, load: LoadOf) -> None:
    save_usage(engine, load, [use()])

    assert save_usage(engine, replace(load, source="copilot"), [use()]).new == 1
    assert rollup(engine) == [(MONDAY, 20, 0)]


def test_days_given_whole_lose_the_facts_that_their_source_no_longer_has(engine: Engine, load: LoadOf) -> None:
    save_usage(engine, load, [use("gone"), use("stays"), use("later", TUESDAY)])
    save_usage(engine, replace(load, source="other"), [use("others")])

    saved = save_usage(engine, replace(load, whole=Period(MONDAY, MONDAY)), [use("stays")])

    assert (saved.removed, saved.unchanged) == (1, 1)
    assert rollup(engine) == [(MONDAY, 20, 0), (TUESDAY, 10, 0)]


def test_a_plan_that_the_store_overtook_is_made_again(engine: Engine, load: LoadOf) -> None:
    roster(engine, load, [("ana@acme.example", MONDAY)])
    save_usage(engine, load, [use("a", subject="bo@acme.example")])
    people = [("ana@acme.example", MONDAY), ("bo@acme.example", MONDAY)]

    with before_the_lock(engine, lambda: roster(engine, load, people)) as happened:
        saved = save_usage(engine, load, [use("a", subject="bo@acme.example"), use("b", subject="bo@acme.example")])

    assert happened == [True]
    assert (saved.new, saved.unchanged, saved.unmatched_rows) == (1, 1, 0)
    assert by_person(engine) == {"bo@acme.example": 20}
