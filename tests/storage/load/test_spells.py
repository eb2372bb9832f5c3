"""A large load that is written part by part leaves what one in a single transaction does, and is seen whole or not."""

from __future__ import annotations

from dataclasses import replace
from random import Random

import pytest
from sqlalchemy import Engine, select

from storage.engine import reading_engine
from storage.keep.claims import claim
from storage.load.undoing import undo
from storage.load.writes import LoadOf, save_usage
from storage.records import Period
from storage.tables import Subject, UnfinishedLoad, UsageFact
from storage.workspaces import add_workspace
from tests.storage.load.facts import MONDAY, NOW, TUESDAY, roster, use
from tests.storage.load.parts import in_parts, some_uses, tokens
from tests.storage.load.test_shifting import PEOPLE, made_again, rolled_up

pytestmark = pytest.mark.parametrize("store_url", ["sqlite"], indirect=True)


def facts_of(engine: Engine, workspace_id: int) -> list[str]:
    columns = (UsageFact.day, Subject.name, UsageFact.input_tokens, UsageFact.cost_nano)
    rows = select(*columns).join(Subject, Subject.id == UsageFact.subject_id)
    with engine.connect() as connection:
        return sorted(map(str, connection.execute(rows.where(UsageFact.workspace_id == workspace_id))))


def test_it_leaves_what_a_load_in_one_transaction_does_and_can_be_taken_back(engine: Engine, load: LoadOf) -> None:
    dice = Random(3)
    with engine.begin() as connection:
        at_once = replace(load, workspace_id=add_workspace(connection))
    for each in (load, at_once):
        roster(engine, each, [(person, MONDAY) for person in PEOPLE[:2]])
    for number in range(5):
        records, whole = some_uses(dice, 25), Period(TUESDAY, TUESDAY) if number == 3 else None
        with in_parts():
            saved = save_usage(engine, replace(load, whole=whole), records)
        other = save_usage(engine, replace(at_once, whole=whole), records)

        assert replace(saved, load_id=0) == replace(other, load_id=0)
        with engine.connect() as connection:
            assert rolled_up(connection) == made_again(connection, load.workspace_id)
            assert connection.scalars(select(UnfinishedLoad.id)).all() == []

    assert facts_of(engine, load.workspace_id) == facts_of(engine, at_once.workspace_id)
    with engine.begin() as connection:
        for each, number in ((load, saved.load_id), (at_once, other.load_id)):
            undo(connection, each.workspace_id, number, NOW)
    assert facts_of(engine, load.workspace_id) == facts_of(engine, at_once.workspace_id)


def test_while_it_is_written_others_read_the_old_and_write_small_things(
    engine: Engine, store_url: str, load: LoadOf
) -> None:
    save_usage(engine, load, [use(f"k{number}", MONDAY) for number in range(9)])
    reading, seen = reading_engine(store_url), []

    def meanwhile() -> None:
        seen.append((tokens(reading), tokens(engine)))
        with engine.begin() as connection:
            assert claim(connection, load.workspace_id, f"message {len(seen)}", NOW)

    with in_parts(meanwhile):
        save_usage(engine, load, [use(f"k{number}", TUESDAY, input_tokens=100) for number in range(30)])

    assert {*seen} == {((90, 90), (90, 90)), ((3000, 3000), (3000, 3000))}
    assert len(seen) > 9
    reading.dispose()
