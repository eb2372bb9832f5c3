"""Facts are saved once, replaced by newer observations, and rolled up in the same transaction."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from pathlib import Path

import pytest
from sqlalchemy import Connection, Engine, Select, event, func, select

from storage.engine import writing_engine
from storage.errors import StorageError
from storage.load.attribution import save_identities
from storage.load.filling import PENDING_KEYS, Repeats
from storage.load.organisation import save_teams
from storage.load.roster import save_roster
from storage.load.writes import LoadOf, save_usage, save_work
from storage.records import CostKind, DayState, Period, SpellRecord, TeamRecord, UsageRecord, WorkMode, WorkRecord
from storage.tables import Person, Spell, SyncDay, UsageDaily, UsageFact, WorkDaily
from storage.workspaces import read_revision

NOW = datetime(2026, 11, 18, 12, tzinfo=UTC)
MONDAY = date(2026, 11, 16)
TUESDAY = date(2026, 11, 17)


def use(key: str = "k1", day: date = MONDAY, **more: object) -> UsageRecord:
    """A plausible record; a test names what it is about."""
    usual: dict[str, object] = {"tool": "cursor", "model": "m", "subject": "ana@acme.example", "input_tokens": 10}
    return UsageRecord(natural_key=key, day=day, **{**usual, "requests": 1, **more})  # type: ignore[arg-type]  # any field


@pytest.fixture
def load(workspace_id: int) -> LoadOf:
    return LoadOf(workspace_id=workspace_id, source="cursor", what="a pass", now=NOW)


def _rollup(engine: Engine) -> list[tuple[date, int, int]]:
    with engine.connect() as connection:
        columns = (UsageDaily.day, func.sum(UsageDaily.input_tokens), func.sum(UsageDaily.cost_nano))
        rows = connection.execute(select(*columns).group_by(UsageDaily.day).order_by(UsageDaily.day))
        return [(day, int(tokens or 0), int(cost)) for day, tokens, cost in rows]


def _revision(engine: Engine, load: LoadOf) -> int:
    with engine.connect() as connection:
        return read_revision(connection, load.workspace_id)


def test_new_facts_are_rolled_up_by_day(engine: Engine, load: LoadOf) -> None:
    saved = save_usage(engine, load, [use("k1"), use("k2", TUESDAY), use("k3", TUESDAY, input_tokens=5)])

    assert (saved.new, saved.changed, saved.unchanged) == (3, 0, 0)
    assert (saved.first_day, saved.last_day, saved.days) == (MONDAY, TUESDAY, 2)
    assert _rollup(engine) == [(MONDAY, 10, 0), (TUESDAY, 15, 0)]


def test_saving_the_same_again_changes_nothing_at_all(engine: Engine, load: LoadOf) -> None:
    records = [
        use("k1", at=datetime(2026, 11, 16, 9, tzinfo=UTC), cost=Decimal("0.1"), cost_kind=CostKind.LIST),
        use("k2"),
    ]
    save_usage(engine, load, records)
    before, rows = _revision(engine, load), _ids(engine)

    saved = save_usage(engine, replace(load, now=NOW + timedelta(hours=1)), records)

    assert (saved.new, saved.changed, saved.unchanged) == (0, 0, 2)
    assert (_revision(engine, load), _ids(engine)) == (before, rows)


def _ids(engine: Engine) -> list[object]:
    with engine.connect() as connection:
        facts = connection.execute(select(UsageFact.id, UsageFact.load_id).order_by(UsageFact.id)).all()
        return [*facts, *connection.execute(select(UsageDaily.id).order_by(UsageDaily.id)).all()]


def test_the_newest_observation_wins_also_where_it_is_lower(engine: Engine, load: LoadOf) -> None:
    save_usage(engine, load, [use("k1", input_tokens=100), use("k2")])

    saved = save_usage(engine, load, [use("k1", input_tokens=7)])

    assert (saved.new, saved.changed, saved.unchanged) == (0, 1, 0)
    assert _rollup(engine) == [(MONDAY, 17, 0)]


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


def test_a_fact_that_moves_to_another_day_leaves_the_old_one(engine: Engine, load: LoadOf) -> None:
    save_usage(engine, load, [use("k1", MONDAY), use("k2", MONDAY)])

    save_usage(engine, load, [use("k1", TUESDAY)])

    assert _rollup(engine) == [(MONDAY, 10, 0), (TUESDAY, 10, 0)]


def test_of_a_repeated_key_the_last_record_counts_or_they_add_up(engine: Engine, load: LoadOf) -> None:
    records = [use(input_tokens=1), use(input_tokens=2), use(input_tokens=4)]

    assert save_usage(engine, load, records).new == 3
    assert _rollup(engine) == [(MONDAY, 4, 0)]

    save_usage(engine, replace(load, repeats=Repeats.ADD), records)
    assert _rollup(engine) == [(MONDAY, 7, 0)]


def test_repeats_that_lie_far_apart_are_found_too(engine: Engine, load: LoadOf) -> None:
    apart = PENDING_KEYS + 10
    keys = [f"k{n}" for n in range(apart)]
    records = [use(key, input_tokens=tokens, subject=f"p{tokens}@acme.example") for tokens in (1, 2) for key in keys]

    saved = save_usage(engine, load, records)

    assert saved.new == 2 * apart
    assert _rollup(engine) == [(MONDAY, 2 * apart, 0)]
    save_usage(engine, replace(load, source="other", repeats=Repeats.ADD), records)
    assert _rollup(engine) == [(MONDAY, 5 * apart, 0)]


def test_the_same_key_of_another_source_is_another_fact(engine: Engine, load: LoadOf) -> None:
    save_usage(engine, load, [use()])

    assert save_usage(engine, replace(load, source="copilot"), [use()]).new == 1
    assert _rollup(engine) == [(MONDAY, 20, 0)]


def test_days_given_whole_lose_the_facts_that_their_source_no_longer_has(engine: Engine, load: LoadOf) -> None:
    save_usage(engine, load, [use("gone"), use("stays"), use("later", TUESDAY)])
    save_usage(engine, replace(load, source="other"), [use("others")])

    saved = save_usage(engine, replace(load, whole=Period(MONDAY, MONDAY)), [use("stays")])

    assert (saved.removed, saved.unchanged) == (1, 1)
    assert _rollup(engine) == [(MONDAY, 20, 0), (TUESDAY, 10, 0)]


def test_what_a_source_raises_leaves_the_store_as_it_was(engine: Engine, load: LoadOf) -> None:
    save_usage(engine, load, [use()])
    before = _ids(engine)

    def half() -> Iterator[UsageRecord]:
        yield use("k1", input_tokens=99)
        raise ConnectionError

    with pytest.raises(ConnectionError):
        save_usage(engine, load, half())

    assert _ids(engine) == before


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


def test_what_is_odd_is_counted(engine: Engine, load: LoadOf) -> None:
    _roster(engine, load, [("ana@acme.example", date(2026, 11, 17))])

    saved = save_usage(
        engine,
        load,
        [
            use("a", subject="ana@acme.example", day=TUESDAY, cost=Decimal(1), cost_kind=CostKind.BILLED),
            use("b", subject="ana@acme.example", day=MONDAY, model="new"),
            use("c", subject="nobody@acme.example", model="new"),
            use("d", subject="", model="newer"),
        ],
    )

    assert (saved.unmatched_people, saved.unmatched_rows) == (2, 2)
    assert saved.unmatched == ("", "nobody@acme.example")
    assert (saved.outside_people, saved.outside_rows) == (1, 1)
    assert saved.unpriced_models == {"new": 2, "newer": 1}


def test_an_email_is_the_same_in_any_case_and_with_spaces_around(engine: Engine, load: LoadOf) -> None:
    _roster(engine, load, [("ana@acme.example", MONDAY)])

    assert save_usage(engine, load, [use(subject=" Ana@ACME.example ")]).unmatched_rows == 0
    assert save_usage(engine, load, [use(subject="ana@acme.example")]).unchanged == 1
    with engine.begin() as connection:
        assert save_identities(connection, load.workspace_id, "cursor", {"Ana@Old.example": "ana@acme.example"}) == 0
    assert save_usage(engine, load, [use(subject="ana@OLD.example")]).unmatched_rows == 0


def test_a_vendors_id_is_attributed_as_soon_as_it_is_known(engine: Engine, load: LoadOf) -> None:
    _roster(engine, load, [("ana@acme.example", MONDAY), ("bo@acme.example", MONDAY)])
    save_usage(engine, load, [use("a", subject="user_1"), use("b", subject="user_2")])
    save_usage(engine, replace(load, source="other"), [use("a", subject="user_1")])
    assert _by_person(engine) == {None: 30}

    with engine.begin() as connection:
        unknown = save_identities(
            connection, load.workspace_id, "cursor", {"user_1": " Ana@acme.example", "user_2": "who@acme.example"}
        )

    assert unknown == 1
    assert _by_person(engine) == {"ana@acme.example": 10, None: 20}
    assert save_usage(engine, load, [use("c", subject="user_1")]).unmatched_rows == 0
    with engine.begin() as connection:
        save_identities(connection, load.workspace_id, "cursor", {"user_1": "bo@acme.example"})
    assert _by_person(engine) == {"bo@acme.example": 20, None: 20}


def _roster(engine: Engine, load: LoadOf, people: list[tuple[str, date]]) -> None:
    with engine.begin() as connection:
        save_teams(connection, load.workspace_id, [TeamRecord(name="Platform")])
        spells = [SpellRecord(email=email, name=email, team="Platform", start=start) for email, start in people]
        save_roster(connection, load.workspace_id, spells)


def _by_person(engine: Engine) -> dict[str | None, int]:
    with engine.connect() as connection:
        rows = connection.execute(
            select(Person.email, func.sum(UsageDaily.input_tokens))
            .select_from(UsageDaily)
            .outerjoin(Spell, Spell.id == UsageDaily.spell_id)
            .outerjoin(Person, Person.id == Spell.person_id)
            .group_by(Person.email)
        )
        return {email: int(tokens or 0) for email, tokens in rows}


def test_each_day_of_a_load_is_noted_with_its_state(engine: Engine, load: LoadOf) -> None:
    states = {MONDAY: DayState.COMPLETE, TUESDAY: DayState.PROVISIONAL}
    save_usage(engine, replace(load, states=states), [use()])
    before = _revision(engine, load)

    save_usage(engine, replace(load, states=states | {TUESDAY: DayState.COMPLETE}), [use()])

    with engine.connect() as connection:
        assert connection.scalars(select(SyncDay.state)).all() == ["complete", "complete"]
    assert _revision(engine, load) == before + 1  # the caveat about Tuesday is gone from answers


def test_work_is_saved_likewise(engine: Engine, load: LoadOf) -> None:
    work = WorkRecord(
        natural_key="w", day=MONDAY, workflow="review", mode=WorkMode.HUMAN, items=3, human_minutes=Decimal("31.4")
    )
    save_work(engine, load, [work])

    saved = save_work(engine, load, [replace(work, items=4), replace(work, natural_key="v", mode=WorkMode.AGENT)])

    assert (saved.new, saved.changed) == (1, 1)
    with engine.connect() as connection:
        rows = connection.execute(select(WorkDaily.mode, WorkDaily.items, WorkDaily.human_ms).order_by(WorkDaily.mode))
        assert [tuple(row) for row in rows] == [("agent", 3, 1_884_000), ("human", 4, 1_884_000)]


def test_a_plan_that_the_store_overtook_is_made_again(engine: Engine, load: LoadOf) -> None:
    _roster(engine, load, [("ana@acme.example", MONDAY)])
    save_usage(engine, load, [use("a", subject="bo@acme.example")])
    people = [("ana@acme.example", MONDAY), ("bo@acme.example", MONDAY)]

    with _before_the_lock(engine, lambda: _roster(engine, load, people)) as happened:
        saved = save_usage(engine, load, [use("a", subject="bo@acme.example"), use("b", subject="bo@acme.example")])

    assert happened == [True]
    assert (saved.new, saved.unchanged, saved.unmatched_rows) == (1, 1, 0)
    assert _by_person(engine) == {"bo@acme.example": 20}


def test_two_loads_at_once_save_each_fact_once(engine: Engine, load: LoadOf) -> None:
    other = [use("a", input_tokens=1), use("b")]

    with _before_the_lock(engine, lambda: save_usage(engine, load, other)) as happened:
        saved = save_usage(engine, load, [use("a")])

    assert happened == [True]
    assert (saved.new, saved.changed) == (0, 1)
    assert _rollup(engine) == [(MONDAY, 20, 0)]


@contextmanager
def _before_the_lock(engine: Engine, action: Callable[[], object]) -> Iterator[list[bool]]:
    """Do something once, between the plan of a load and the lock under which it is carried out."""
    happened: list[bool] = []

    def once() -> None:
        if not happened:
            happened.append(True)
            action()

    def on_commit(_connection: Connection) -> None:  # on SQLite the plan's transaction ends before the lock is taken
        once()

    def on_lock(_connection: Connection, statement: object, *_rest: object) -> None:
        if isinstance(statement, Select) and "FOR UPDATE" in str(statement.compile(dialect=engine.dialect)):
            once()

    name, listener = ("commit", on_commit) if engine.dialect.name == "sqlite" else ("before_execute", on_lock)
    event.listen(Engine, name, listener)
    try:
        yield happened
    finally:
        event.remove(Engine, name, listener)


@pytest.mark.parametrize("url", ["sqlite://", "sqlite:///{folder}/never-migrated.db"])
def test_a_store_that_cannot_take_a_load_says_so_in_the_stores_words(url: str, tmp_path: Path) -> None:
    engine = writing_engine(url.format(folder=tmp_path))

    with pytest.raises(StorageError, match=r"memory|could not be written"):
        save_usage(engine, LoadOf(workspace_id=1, source="cursor", what="a pass", now=NOW), [use()])

    engine.dispose()
    assert not [*tmp_path.glob("*staging*")]
