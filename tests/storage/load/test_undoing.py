"""A load that is taken back leaves the store as if it had never been, whatever came after it."""

from __future__ import annotations

import random
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest
from sqlalchemy import Engine, exists, func, select

from storage.load.load_log import note_load
from storage.load.outcomes import OutcomeRecord, save_outcomes
from storage.load.truths import save_truth
from storage.load.undoing import CannotUndo, read_loads, undo
from storage.load.writes import LoadOf, save_usage, save_work
from storage.records import CostKind, Restate, UsageRecord, WorkMode, WorkRecord
from storage.roster_records import SpellRecord, TeamRecord
from storage.tables import Outcome, Person, Spell, Stream, Subject, SyncDay, UsageDaily, UsageFact, WorkDaily
from storage.workspaces import add_workspace
from tests.sampling import sampled, some

NOW = datetime(2026, 11, 18, 12, tzinfo=UTC)
MONDAY = date(2026, 11, 16)
KEYS = [f"k{number}" for number in range(6)]


def load(workspace_id: int, **more: object) -> LoadOf:
    return replace(LoadOf(workspace_id=workspace_id, source="files", what="usage.csv", now=NOW), **more)  # type: ignore[arg-type]  # any field


def use(key: str, tokens: int, **more: object) -> UsageRecord:
    usual: dict[str, object] = {"tool": "cursor", "subject": "ana@acme.example", "day": MONDAY}
    return UsageRecord(natural_key=key, input_tokens=tokens, requests=1, **{**usual, **more})  # type: ignore[arg-type]  # any field


def _facts(engine: Engine, workspace_id: int) -> list[tuple[object, ...]]:
    """All that answers are made of, without the numbers that a store gives."""
    columns = (UsageFact.day, Subject.name, Stream.tool, UsageFact.input_tokens, UsageFact.cost_nano)
    facts = (
        select(*columns)
        .join_from(UsageFact, Subject, Subject.id == UsageFact.subject_id)
        .join(Stream, Stream.id == UsageFact.stream_id)
        .where(UsageFact.workspace_id == workspace_id)
    )
    daily = (
        select(UsageDaily.day, Stream.tool, func.sum(UsageDaily.input_tokens), func.sum(UsageDaily.facts))
        .join(Stream, Stream.id == UsageDaily.stream_id)
        .where(UsageDaily.workspace_id == workspace_id)
        .group_by(UsageDaily.day, Stream.tool)
    )
    held = exists().where(UsageFact.feed_id == SyncDay.feed_id, UsageFact.day == SyncDay.day)
    days = select(SyncDay.day, SyncDay.state).where(SyncDay.workspace_id == workspace_id, held)
    with engine.connect() as connection:
        return [
            tuple(map(str, row)) for rows in (facts, daily, days) for row in sorted(connection.execute(rows), key=str)
        ]


@sampled
@pytest.mark.parametrize("seed", some(range(12), 2))
def test_any_load_taken_back_is_as_if_it_had_never_been(engine: Engine, workspace_id: int, seed: int) -> None:
    dice = random.Random(seed)
    with engine.begin() as connection:
        other = add_workspace(connection)
    loads = [_some(dice) for _ in range(5)]
    numbers = []
    for rule, records in loads:
        saved = save_usage(engine, load(workspace_id, rule=rule), records)
        numbers.append(saved.load_id)
    chosen = dice.randrange(len(loads))

    with engine.begin() as connection:
        back = [chosen]
        try:
            undo(connection, workspace_id, numbers[chosen], NOW)
        except CannotUndo:  # then those that came later go first, from the newest on
            back = [*range(len(loads) - 1, chosen - 1, -1)]
            for place in back:
                undo(connection, workspace_id, numbers[place], NOW)

    for place, (rule, records) in enumerate(loads):
        if place not in back:
            save_usage(engine, load(other, rule=rule), records)
    assert _facts(engine, workspace_id) == _facts(engine, other)


def _some(dice: random.Random) -> tuple[Restate, list[UsageRecord]]:
    rule = dice.choice((Restate.NEWEST, Restate.NEWEST, Restate.WHOLE_DAYS))
    keys = dice.sample(KEYS, dice.randrange(1, len(KEYS)))
    return rule, [
        use(
            key,
            dice.randrange(1, 1000),
            day=MONDAY + timedelta(days=dice.randrange(2)),
            tool=dice.choice(("cursor", "Claude Code", "claude_code")),
            cost=dice.choice((None, Decimal(1))),
        )
        for key in keys
    ]


def test_a_load_is_taken_back_once(engine: Engine, workspace_id: int) -> None:
    saved = save_usage(engine, load(workspace_id), [use("a", 1)])

    with engine.begin() as connection:
        assert undo(connection, workspace_id, saved.load_id, NOW) == "usage.csv"
        for number, said in ((saved.load_id, "already"), (saved.load_id + 1, "there is no load")):
            with pytest.raises(CannotUndo, match=said):
                undo(connection, workspace_id, number, NOW)
        note = next(read_loads(connection, workspace_id))
    assert (note.id, note.kind, note.first_day, note.undone_at is not None) == (saved.load_id, "usage", MONDAY, True)


def test_a_load_whose_days_were_given_again_waits_for_the_later_one(engine: Engine, workspace_id: int) -> None:
    first = save_usage(engine, load(workspace_id), [use("a", 1)])
    again = save_usage(engine, load(workspace_id), [use("a", 1)])

    with engine.begin() as connection:
        with pytest.raises(CannotUndo, match=f"loads undo {again.load_id}"):
            undo(connection, workspace_id, first.load_id, NOW)
        undo(connection, workspace_id, again.load_id, NOW)
        undo(connection, workspace_id, first.load_id, NOW)
    assert _facts(engine, workspace_id) == []


def test_other_feeds_and_other_days_are_nothing_to_wait_for(engine: Engine, workspace_id: int) -> None:
    first = save_usage(engine, load(workspace_id), [use("a", 1)])
    save_usage(engine, load(workspace_id, feed="laptop", rule=Restate.WHOLE_DAYS), [use("a", 2)])
    save_usage(engine, load(workspace_id, rule=Restate.WHOLE_DAYS), [use("b", 4, day=MONDAY - timedelta(days=9))])

    with engine.begin() as connection:
        undo(connection, workspace_id, first.load_id, NOW)
    with engine.connect() as connection:
        assert connection.scalar(select(func.sum(UsageDaily.input_tokens))) == 6


def test_work_is_taken_back_likewise(engine: Engine, workspace_id: int) -> None:
    work = WorkRecord(
        natural_key="w", day=MONDAY, workflow="review", mode=WorkMode.HUMAN, items=3, human_minutes=Decimal(9)
    )
    save_work(engine, load(workspace_id), [work])
    second = save_work(engine, load(workspace_id), [replace(work, items=8, human_minutes=None)])

    with engine.begin() as connection:
        undo(connection, workspace_id, second.load_id, NOW)
        row = connection.execute(select(WorkDaily.items, WorkDaily.timed_items, WorkDaily.human_ms)).one()
    assert tuple(row) == (3, 3, 540_000)


def _truth(engine: Engine, workspace_id: int, kind: str, records: list[object]) -> int:
    with engine.begin() as connection:
        return save_truth(
            connection,
            workspace_id,
            kind,
            records,
            lambda result: note_load(connection, workspace_id, "files", kind, NOW, result.counts(), kind),
        ).load_id


def test_a_roster_is_taken_back_to_the_one_before_it(engine: Engine, workspace_id: int) -> None:
    ana = SpellRecord(email="ana@acme.example", name="Ana", team="Platform", start=MONDAY)
    _truth(engine, workspace_id, "teams", [TeamRecord(name="Platform")])
    first = _truth(engine, workspace_id, "roster", [ana])
    save_usage(engine, load(workspace_id), [use("a", 1)])
    second = _truth(engine, workspace_id, "roster", [replace(ana, email="bo@acme.example", name="Bo")])
    third = _truth(engine, workspace_id, "roster", [replace(ana, email="bo@acme.example", name="Bo")])

    def people() -> list[str]:
        with engine.connect() as connection:
            return [*connection.scalars(select(Person.email).order_by(Person.email))]

    def back(number: int) -> None:
        with engine.begin() as connection:
            undo(connection, workspace_id, number, NOW)

    back(second)
    assert people() == ["bo@acme.example"]  # the third said it again
    back(third)
    assert people() == ["ana@acme.example"]
    with engine.connect() as connection:
        assert connection.scalar(select(func.count()).where(UsageDaily.spell_id.is_not(None))) == 1
    back(first)
    assert people() == []
    with engine.connect() as connection:
        assert connection.scalar(select(func.count()).select_from(Spell)) == 0


def test_outcomes_are_taken_back_from_the_newest_on(engine: Engine, workspace_id: int) -> None:
    run = OutcomeRecord(run_id="r1", day=MONDAY, workflow="review", checker="human", success=True)

    def save(*runs: OutcomeRecord) -> int:
        with engine.begin() as connection:
            return save_outcomes(
                connection,
                workspace_id,
                runs,
                lambda result: note_load(connection, workspace_id, "files", "o", NOW, result.counts(), "outcomes"),
            ).load_id

    first = save(run)
    second = save(replace(run, success=False), replace(run, run_id="r2"))

    with engine.begin() as connection:
        with pytest.raises(CannotUndo, match=f"undo {second}"):
            undo(connection, workspace_id, first, NOW)
        undo(connection, workspace_id, second, NOW)
        rows = connection.execute(select(Outcome.run_id, Outcome.day, Outcome.success)).all()
        assert [tuple(row) for row in rows] == [("r1", MONDAY, True)]
        undo(connection, workspace_id, first, NOW)
        assert connection.scalar(select(func.count()).select_from(Outcome)) == 0


def test_a_cost_comes_back_with_its_kind(engine: Engine, workspace_id: int) -> None:
    save_usage(engine, load(workspace_id), [use("a", 1, cost=Decimal(2), cost_kind=CostKind.BILLED)])
    second = save_usage(engine, load(workspace_id), [use("a", 1, cost=Decimal(2), cost_kind=CostKind.COVERED)])

    with engine.begin() as connection:
        undo(connection, workspace_id, second.load_id, NOW)
        row = connection.execute(select(UsageDaily.cost_kind, UsageDaily.cost_nano)).one()
    assert tuple(row) == ("billed", 2_000_000_000)
