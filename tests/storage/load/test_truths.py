"""Whole truths: what files say, kept so that it can be taken back."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import select

from storage.load.load_log import note_load
from storage.load.truths import save_truth, undo_truth
from storage.records import AliasRecord, IdentityRecord
from storage.roster_records import TeamRecord
from storage.tables import Team, Truth
from tests.storage.load.stores import ANA, BO, NOW, Store, spell


def save(store: Store, kind: str, records: Sequence[Any]) -> int:
    with store.engine.begin() as connection:
        result = save_truth(
            connection,
            store.workspace_id,
            kind,
            records,
            lambda done: note_load(connection, store.workspace_id, "files", kind, NOW, done.counts(), kind),
        )
    return result.load_id


def undo(store: Store, kind: str, load_id: int) -> None:
    with store.engine.begin() as connection:
        undo_truth(connection, store.workspace_id, kind, load_id)


def teams(store: Store) -> set[str]:
    with store.engine.connect() as connection:
        return {*connection.scalars(select(Team.name))}


def test_what_the_store_had_before_loads_could_be_taken_back_comes_back(store: Store) -> None:
    load = save(store, "teams", [TeamRecord(name="Sales")])
    assert teams(store) == {"Sales"}

    undo(store, "teams", load)

    assert teams(store) == {"Engineering", "Platform"}


def test_a_load_that_a_later_one_said_again_is_taken_back_without_a_change(store: Store) -> None:
    records = [TeamRecord(name="Sales", aliases=("selling",), channel="#s"), TeamRecord(name="Inside", parent="Sales")]
    first, second = save(store, "teams", records), save(store, "teams", records)

    undo(store, "teams", first)
    assert teams(store) == {"Sales", "Inside"}
    undo(store, "teams", second)
    assert teams(store) == {"Engineering", "Platform"}


def test_the_same_truth_again_is_kept_without_its_records(store: Store) -> None:
    save(store, "teams", [TeamRecord(name="Sales")])
    second = save(store, "teams", [TeamRecord(name="Sales")])

    with store.engine.connect() as connection:
        assert connection.scalar(select(Truth.records).where(Truth.load_id == second)) == b""


def test_identities_that_change_bring_the_roster_and_the_facts_along(store: Store) -> None:
    store.roster(spell(ANA))
    store.use(("u1", NOW.date()))
    assert [email for _, email, _ in store.rollup()] == [None]

    load = save(store, "identities", [IdentityRecord(outside_id="u1", email=ANA)])
    assert [email for _, email, _ in store.rollup()] == [ANA]
    undo(store, "identities", load)
    assert [email for _, email, _ in store.rollup()] == [None]


def test_records_of_every_kind_of_value_come_back_as_they_were(store: Store) -> None:
    first = save(store, "roster", [spell(ANA), spell(BO, end=NOW.date())])
    before = store.spells().keys()
    save(store, "aliases", [AliasRecord(kind="tool", name="cursor", alias="helper")])
    second = save(store, "roster", [])

    undo(store, "roster", second)

    assert store.spells().keys() == before
    undo(store, "roster", first)
    assert store.spells() == {}
