"""From rows to staged facts: rows of one key come together, money stays exact."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

from sqlalchemy import Engine, select

from storage.load.attribution import save_identities
from storage.load.filling import PENDING_KEYS, Repeats
from storage.load.writes import LoadOf, save_usage
from storage.records import CostKind
from storage.tables import UsageDaily
from tests.storage.load.facts import MONDAY, rollup, roster, use


def test_of_a_repeated_key_the_last_record_counts_or_they_add_up(engine: Engine, load: LoadOf) -> None:
    records = [use(input_tokens=1), use(input_tokens=2), use(input_tokens=4)]

    assert save_usage(engine, load, records).new == 3
    assert rollup(engine) == [(MONDAY, 4, 0)]

    save_usage(engine, replace(load, repeats=Repeats.ADD), records)
    assert rollup(engine) == [(MONDAY, 7, 0)]


def test_repeats_that_lie_far_apart_are_found_too(engine: Engine, load: LoadOf) -> None:
    apart = PENDING_KEYS + 10
    keys = [f"k{n}" for n in range(apart)]
    records = [use(key, input_tokens=tokens, subject=f"p{tokens}@acme.example") for tokens in (1, 2) for key in keys]

    saved = save_usage(engine, load, records)

    assert saved.new == 2 * apart
    assert rollup(engine) == [(MONDAY, 2 * apart, 0)]
    save_usage(engine, replace(load, source="other", repeats=Repeats.ADD), records)
    assert rollup(engine) == [(MONDAY, 5 * apart, 0)]


def test_costs_stay_exact_and_keep_their_kinds_apart(engine: Engine, load: LoadOf) -> None:
    save_usage(
        engine,
        load,
        [
            use("a", cost=Decimal("0.000000001"), cost_kind=CostKind.BILLED),
            use("b", cost=Decimal("1.1"), cost_kind=CostKind.LIST),
            use("c", cost=Decimal("9"), cost_kind=CostKind.COVERED),
            use("d", input_tokens=3, output_tokens=4),
        ],
    )

    with engine.connect() as connection:
        columns = (UsageDaily.cost_kind, UsageDaily.cost_nano, UsageDaily.unpriced_facts, UsageDaily.unpriced_tokens)
        rows = connection.execute(select(*columns)).all()
    assert sorted(map(tuple, rows), key=str) == [
        ("billed", 1, 0, 0),
        ("covered", 0, 0, 0),
        ("list", 1_100_000_000, 0, 0),
        (None, 0, 1, 7),
    ]


def test_an_email_is_the_same_in_any_case_and_with_spaces_around(engine: Engine, load: LoadOf) -> None:
    roster(engine, load, [("ana@acme.example", MONDAY)])

    assert save_usage(engine, load, [use(subject=" Ana@ACME.example ")]).unmatched_rows == 0
    assert save_usage(engine, load, [use(subject="ana@acme.example")]).unchanged == 1
    with engine.begin() as connection:
        assert save_identities(connection, load.workspace_id, "cursor", {"Ana@Old.example": "ana@acme.example"}) == 0
    assert save_usage(engine, load, [use(subject="ana@OLD.example")]).unmatched_rows == 0
