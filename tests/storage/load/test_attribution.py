"""Whose use the stored facts are: brought to the people and spells as they are now."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from sqlalchemy import Engine, func, select

from storage.load.attribution import save_identities
from storage.load.writes import LoadOf, save_usage
from storage.tables import Person, Subject, UsageFact
from tests.storage.load.facts import MONDAY, by_person, roster, use
from tests.storage.load.stores import ANA, AUGUST, BO, JULY, JUNE, Store, spell


def test_a_move_changes_only_the_days_from_the_move_on(store: Store) -> None:
    store.roster(spell(ANA), spell(BO))
    store.use((ANA, JUNE), (ANA, AUGUST), (BO, JUNE), (BO, AUGUST))
    spells, days = store.spells(), store.daily_ids()

    store.roster(spell(ANA, end=JULY), spell(ANA, "Engineering", start=date(2026, 7, 2)), spell(BO))

    assert store.rollup() == [
        (JUNE, ANA, "Platform"),
        (JUNE, BO, "Platform"),
        (AUGUST, ANA, "Engineering"),
        (AUGUST, BO, "Platform"),
    ]
    assert store.daily_ids()[JUNE] == days[JUNE]
    assert store.spells()[ANA, JUNE] == spells[ANA, JUNE]


def test_a_spell_that_ends_earlier_lets_go_of_the_days_after_its_end(store: Store) -> None:
    store.roster(spell(ANA))
    store.use((ANA, JUNE), (ANA, AUGUST))

    assert store.roster(spell(ANA, end=JULY)).changed == 1
    assert store.rollup() == [(JUNE, ANA, "Platform"), (AUGUST, None, None)]


def test_a_spell_that_is_gone_leaves_its_use_unattributed(store: Store) -> None:
    store.roster(spell(ANA), spell(BO))
    store.use((ANA, JUNE), (BO, JULY))

    result = store.roster(spell(BO))

    assert result.removed == 1
    assert store.rollup() == [(JUNE, None, None), (JULY, BO, "Platform")]
    with store.engine.connect() as connection:
        assert connection.scalars(select(Person.email)).all() == [BO]
        of_ana = select(func.count()).join_from(UsageFact, Subject).where(Subject.name == ANA)
        assert connection.scalar(of_ana) == 1


def test_use_that_came_before_its_person_is_attributed_when_they_come(store: Store) -> None:
    store.use((ANA, JUNE), (ANA, AUGUST))
    assert store.rollup() == [(JUNE, None, None), (AUGUST, None, None)]

    store.roster(spell(ANA, start=JULY))

    assert store.rollup() == [(JUNE, None, None), (AUGUST, ANA, "Platform")]


def test_both_ends_of_a_spell_belong_to_it(store: Store) -> None:
    store.use((ANA, date(2026, 5, 31)), (ANA, JUNE), (ANA, JULY), (ANA, date(2026, 7, 2)))

    store.roster(spell(ANA, end=JULY))

    assert [email for _, email, _ in store.rollup()] == [None, ANA, ANA, None]


def test_a_vendors_id_is_attributed_as_soon_as_it_is_known(engine: Engine, load: LoadOf) -> None:
    roster(engine, load, [("ana@acme.example", MONDAY), ("bo@acme.example", MONDAY)])
    save_usage(engine, load, [use("a", subject="user_1"), use("b", subject="user_2")])
    save_usage(engine, replace(load, source="other"), [use("a", subject="user_1")])
    assert by_person(engine) == {None: 30}

    with engine.begin() as connection:
        unknown = save_identities(
            connection, load.workspace_id, "cursor", {"user_1": " Ana@acme.example", "user_2": "who@acme.example"}
        )

    assert unknown == 1
    assert by_person(engine) == {"ana@acme.example": 10, None: 20}
    assert save_usage(engine, load, [use("c", subject="user_1")]).unmatched_rows == 0
    with engine.begin() as connection:
        save_identities(connection, load.workspace_id, "cursor", {"user_1": "bo@acme.example"})
    assert by_person(engine) == {"bo@acme.example": 20, None: 20}
