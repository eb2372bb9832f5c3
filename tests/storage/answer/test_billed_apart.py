"""Use whose money is in its vendor's bill: a sum of cost is the bill; where that names nobody, cost is unknown."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from sqlalchemy import Connection, Engine

from storage.answer.privacy import OPERATOR
from storage.answer.result import NoteKind, Result
from storage.answer.run import run
from storage.load.organisation import save_teams
from storage.load.roster import save_roster
from storage.load.writes import LoadOf, save_usage
from storage.names import read_directory
from storage.query import Filter, Query
from storage.records import CostKind, Period, UsageRecord
from storage.roster_records import SpellRecord, TeamRecord

DAY = date(2026, 11, 10)
COST = Query(metrics=("cost",), period=Period(DAY, DAY))


def use(key: str, **more: object) -> UsageRecord:
    plain = {"day": DAY, "tool": "api", "model": "m", "input_tokens": 1_000_000, "list_cost": Decimal(5)}
    return UsageRecord(natural_key=key, cost_kind=CostKind.APART, **plain | more)  # type: ignore[arg-type]


BILL = UsageRecord(
    natural_key="bill", day=DAY, tool="api", model="m", requests=0, cost=Decimal(4), cost_kind=CostKind.BILLED
)


@pytest.fixture
def store(engine: Engine, workspace_id: int) -> Iterator[tuple[Connection, int]]:
    with engine.begin() as connection:
        save_teams(connection, workspace_id, [TeamRecord(name="Core")])
        spell = SpellRecord(email="ana@x.example", name="Ana", team="Core", start=date(2026, 1, 1))
        save_roster(connection, workspace_id, [spell])
    load = LoadOf(workspace_id=workspace_id, source="api", what="f", now=datetime(2026, 11, 18, tzinfo=UTC))
    save_usage(engine, load, [use("a", subject="ana@x.example"), use("b", model="n", list_cost=None), BILL])
    with engine.connect() as connection:
        yield connection, workspace_id


def ask(store: tuple[Connection, int], query: Query) -> Result:
    connection, workspace_id = store
    return run(connection, read_directory(connection, workspace_id), query, OPERATOR)


def values(result: Result, label: str = "") -> dict[str, object]:
    return {row.labels.get(label, ""): row.values[result.query.metrics[0]] for row in result.rows}


def kinds(result: Result) -> set[NoteKind]:
    return {note.kind for note in result.notes}


def test_a_sum_of_cost_is_the_bill_with_nothing_to_say_beside_it(store: tuple[Connection, int]) -> None:
    result = ask(store, COST)

    assert values(result) == {"": 4}
    assert not kinds(result) & {NoteKind.UNPRICED, NoteKind.APART, NoteKind.COST_KINDS, NoteKind.NO_TOKENS}


def test_by_team_the_bill_stands_in_nobodys_row_and_a_team_has_no_cost_that_is_known(
    store: tuple[Connection, int],
) -> None:
    result = ask(store, COST.with_(group_by=("team",)))

    assert values(result, "team") == {"Core": None, "(none)": 4}
    (note,) = (note for note in result.notes if note.kind is NoteKind.APART)
    assert note.data["list"] == 5


def test_by_model_the_bill_has_its_model_and_one_that_is_not_in_it_is_unknown(store: tuple[Connection, int]) -> None:
    assert values(ask(store, COST.with_(group_by=("model",))), "model") == {"m": 4, "n": None}


def test_what_it_is_worth_at_list_price_stands_beside_it(store: tuple[Connection, int]) -> None:
    assert values(ask(store, COST.with_(metrics=("list_value",)))) == {"": 5}
    assert values(ask(store, COST.with_(metrics=("tokens",)))) == {"": 2_000_000}


def test_a_bill_is_no_use_of_anybody(store: tuple[Connection, int]) -> None:
    result = ask(store, COST.with_(metrics=("requests",), filters=(Filter("tool", ("api",)),)))

    assert NoteKind.NO_REQUESTS in kinds(result)  # of the use, which counts none
    assert values(ask(store, COST.with_(metrics=("active_people",)))) == {"": 1}
