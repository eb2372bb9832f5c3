"""Which e-mails of a roster are one person's."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from sqlalchemy import select

from storage.load.people import add_link, remove_link
from storage.load.truths import follow
from storage.roster_records import Kind
from storage.tables import Identity, Person
from tests.storage.load.stores import JUNE, Store, spell

OLD, NEW = "ana.old@acme.example", "ana.new@acme.example"
FRIDAY, MONDAY = date(2026, 7, 3), date(2026, 7, 6)
BEFORE = spell(OLD, end=FRIDAY, name="Ana Ruiz")
AFTER = spell(NEW, start=MONDAY, name="ana  ruiz")


def people(store: Store) -> list[str]:
    with store.engine.connect() as connection:
        return [*connection.scalars(select(Person.email).order_by(Person.email))]


def test_an_address_that_begins_where_another_of_that_name_ends_is_the_same_person(store: Store) -> None:
    store.roster(BEFORE, AFTER)

    assert people(store) == [NEW]
    assert {start for _, start in store.spells()} == {JUNE, MONDAY}


def test_use_under_the_old_address_is_that_persons(store: Store) -> None:
    store.use((OLD, date(2026, 6, 10)), (NEW, MONDAY))

    store.roster(BEFORE, AFTER)

    assert [email for _, email, _ in store.rollup()] == [NEW, NEW]


def test_two_of_a_name_at_one_time_or_long_after_each_other_are_two_people(store: Store) -> None:
    store.roster(BEFORE, replace(AFTER, start=date(2026, 6, 20)))
    assert people(store) == [NEW, OLD]

    store.roster(BEFORE, replace(AFTER, start=date(2026, 8, 1)))
    assert people(store) == [NEW, OLD]


def test_three_of_a_name_and_agents_are_never_joined(store: Store) -> None:
    store.roster(BEFORE, AFTER, spell("third@acme.example", start=date(2026, 9, 1), name="Ana Ruiz"))
    assert len(people(store)) == 3

    store.roster(replace(BEFORE, kind=Kind.AGENT), replace(AFTER, kind=Kind.AGENT))
    assert people(store) == [NEW, OLD]


def test_what_a_person_parts_stays_parted_and_what_they_join_is_joined(store: Store) -> None:
    store.roster(BEFORE, AFTER)
    with store.engine.begin() as connection:
        assert remove_link(connection, store.workspace_id, OLD) == [NEW]
        follow(connection, store.workspace_id, people=True)
    store.roster(BEFORE, AFTER)
    assert people(store) == [NEW, OLD]

    with store.engine.begin() as connection:
        add_link(connection, store.workspace_id, OLD, NEW, None, None)
    store.roster(BEFORE, AFTER)
    assert people(store) == [NEW]


def test_of_two_addresses_that_overlap_the_older_ends_where_the_newer_begins(store: Store) -> None:
    with store.engine.begin() as connection:
        add_link(connection, store.workspace_id, OLD, NEW, None, None)

    result = store.roster(replace(BEFORE, end=None), AFTER)

    assert result.rejected == []
    assert people(store) == [NEW]
    with store.engine.connect() as connection:
        assert connection.scalar(select(Identity.origin).where(Identity.subject == OLD)) == "link"
