"""Who was active on which days, as marks that follow the daily rollup."""

from __future__ import annotations

from sqlalchemy import select

from storage.load.active_days import add_active
from storage.tables import ActiveDays, UsageDaily
from tests.storage.load.stores import ANA, AUGUST, BO, JULY, JUNE, Store, spell
from tests.storage.load.test_summaries import active, marked


def test_marks_are_set_and_cleared_with_the_use_of_a_day(store: Store) -> None:
    store.roster(spell(ANA), spell(BO))
    store.use((ANA, JUNE), (BO, JUNE), (ANA, AUGUST))
    assert marked(store) == active(store)

    store.roster(spell(ANA, start=JULY), spell(BO))

    assert marked(store) == active(store)
    assert {day for _, day in marked(store)} == {JUNE, AUGUST}


def test_further_marks_leave_those_that_are_there(store: Store) -> None:
    store.roster(spell(ANA))
    store.use((ANA, JUNE))
    ((spell_id, _),) = marked(store)

    with store.engine.begin() as connection:
        july = select(UsageDaily.spell_id, (UsageDaily.day + 30).label("day"))
        add_active(connection, store.workspace_id, july)
        assert connection.scalars(select(ActiveDays.spell_id)).all()

    assert marked(store) == {(spell_id, JUNE), (spell_id, JULY)}
