"""The roster is the whole truth of its file; facts follow the spells that hold their days, and only those."""

from __future__ import annotations

from datetime import date

import pytest
from sqlalchemy import select, update

from storage.roster_records import Kind, SpellRecord
from storage.tables import Person, Spell
from tests.storage.load.stores import ANA, AUGUST, BO, CY, JULY, JUNE, Store, spell


def test_the_same_roster_again_changes_nothing(store: Store) -> None:
    rows = (spell(ANA, end=JULY), spell(ANA, "Engineering", start=AUGUST), spell(BO))
    assert store.roster(*rows).new == 3
    before = (store.spells(), store.revision())

    again = store.roster(*reversed(rows))

    assert (again.new, again.changed, again.unchanged, again.removed) == (0, 0, 3, 0)
    assert (store.spells(), store.revision()) == before


def test_a_changed_attribute_keeps_the_spell_and_touches_no_fact(store: Store) -> None:
    store.roster(spell(ANA))
    store.use((ANA, JUNE))
    spells, days, revision = store.spells(), store.daily_ids(), store.revision()

    result = store.roster(spell(ANA, "Engineering"))

    assert result.changed == 1
    assert (store.spells(), store.daily_ids()) == (spells, days)
    assert store.rollup() == [(JUNE, ANA, "Engineering")]
    assert store.revision() == revision + 1


@pytest.mark.parametrize(
    "later",
    [
        spell(ANA, start=JULY),
        spell(ANA, start=date(2026, 5, 1), end=JUNE),
        spell(ANA, start=date(2026, 6, 5), end=date(2026, 6, 6)),
        spell(ANA, start=JUNE, end=JULY),
        spell(ANA, start=date(2020, 1, 1)),
    ],
)
def test_of_two_overlapping_spells_the_later_row_is_rejected(store: Store, later: SpellRecord) -> None:
    result = store.roster(spell(ANA, end=JULY), spell(BO), later)

    assert [place for place, _ in result.rejected] == [2]
    assert "overlaps" in result.rejected[0][1]
    assert set(store.spells()) == {(ANA, JUNE), (BO, JUNE)}


def test_spells_that_meet_without_a_day_in_common_are_both_kept(store: Store) -> None:
    result = store.roster(spell(ANA, start=AUGUST), spell(ANA, end=date(2026, 7, 31)))

    assert (result.new, result.rejected) == (2, [])


def test_a_spell_in_an_unknown_team_is_rejected_by_name(store: Store) -> None:
    result = store.roster(spell(ANA), spell(BO, "Platfrom"))

    assert result.rejected == [(1, "no team is called 'Platfrom'")]


def test_what_was_entered_in_slack_outlives_a_newer_file(store: Store) -> None:
    store.roster(spell(ANA), spell(BO))
    by_hand = store.spells()[ANA, JUNE]
    with store.engine.begin() as connection:
        connection.execute(update(Spell).where(Spell.id == by_hand).values(origin="slack"))

    result = store.roster(spell(ANA, start=JULY), spell(CY))

    assert [place for place, _ in result.rejected] == [0]
    assert set(store.spells()) == {(ANA, JUNE), (CY, JUNE)}


def test_the_newest_spell_gives_a_person_their_name(store: Store) -> None:
    store.roster(spell(ANA, start=JULY, name="Ana New"), spell(ANA, end=JUNE, name="Ana Old"))

    with store.engine.connect() as connection:
        assert connection.scalar(select(Person.name)) == "Ana New"
    assert store.roster(spell(ANA, start=JULY, name="Ana Newer"), spell(ANA, end=JUNE)).changed == 2


def test_an_agent_stands_in_the_roster_like_a_person(store: Store) -> None:
    agent = SpellRecord(email="ci@acme.example", name="CI", team="Platform", kind=Kind.AGENT, start=JUNE)

    store.roster(agent)
    store.use(("ci@acme.example", JUNE))

    assert store.rollup() == [(JUNE, "ci@acme.example", "Platform")]
