"""The coarser rollups: what the daily one comes to, whatever changed it."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from sqlalchemy import func, select

from storage.catalogue.daily import SUMS
from storage.load.naming import add_canonical, save_aliases
from storage.records import AliasRecord
from storage.tables import (
    BLOCK,
    ActiveDays,
    Base,
    Spell,
    Stream,
    Team,
    UsageByRole,
    UsageByStream,
    UsageByTeam,
    UsageDaily,
)
from tests.storage.load.stores import ANA, AUGUST, BO, CY, JULY, JUNE, Store, spell

OF_PEOPLE: dict[type[Base], tuple[str, ...]] = {
    UsageByTeam: ("team_id", "kind"),
    UsageByRole: ("title", "location", "kind"),
    UsageByStream: ("kind",),
}


def differing(store: Store) -> list[str]:
    """The rollups that do not say what the daily one comes to."""
    found = []
    for table, names in OF_PEOPLE.items():
        of_stream = ("stream_id",) if table is UsageByStream else ("tool", "mode", "ledger")
        keys = ("day", "currency", "cost_kind", *of_stream, *names)
        columns = {name: getattr(table, name) for name in (*keys, *SUMS)}
        owners = (UsageDaily, Stream, Spell)
        known: dict[str, Any] = {
            name: next(getattr(owner, name) for owner in owners if hasattr(owner, name)) for name in columns
        }
        mine = select(*columns.values())
        daily = (
            select(*(known[name] for name in keys), *(func.sum(known[name]) for name in SUMS))
            .select_from(UsageDaily)
            .join(Stream, Stream.id == UsageDaily.stream_id)
            .outerjoin(Spell, Spell.id == UsageDaily.spell_id)
            .group_by(*(known[name] for name in keys))
        )
        with store.engine.connect() as connection:
            rows, expected = (sorted(map(_plain, connection.execute(rows)), key=repr) for rows in (mine, daily))
        assert rows
        found += [table.__tablename__] if rows != expected else []
    return found + ([] if marked(store) == active(store) else ["active_days"])


def marked(store: Store) -> set[tuple[int | None, date]]:
    """The spells and days that are marked as active."""
    with store.engine.connect() as connection:
        rows = connection.execute(select(ActiveDays.block, ActiveDays.spell_id, ActiveDays.days)).all()
    first = date(1970, 1, 1)
    return {
        (spell_id, first + timedelta(days=block * BLOCK + place))
        for block, spell_id, days in rows
        for place in range(BLOCK)
        if days >> place & 1
    }


def active(store: Store) -> set[tuple[int | None, date]]:
    """The spells and days that the daily rollup says are active."""
    used = select(UsageDaily.spell_id, UsageDaily.day).where(UsageDaily.spell_id.is_not(None))
    with store.engine.connect() as connection:
        return {(spell_id, day) for spell_id, day in connection.execute(used.where(UsageDaily.active_facts > 0))}


def _plain(row: Any) -> tuple[Any, ...]:
    return tuple(value if isinstance(value, str | None) or hasattr(value, "day") else int(value) for value in row)


def test_they_follow_every_load_and_every_move(store: Store) -> None:
    store.roster(spell(ANA), spell(BO))
    store.use((ANA, JUNE), (BO, JUNE), (CY, JULY), (ANA, AUGUST))
    assert differing(store) == []

    store.roster(spell(ANA, end=JULY), spell(ANA, "Engineering", start=AUGUST), spell(CY))
    assert differing(store) == []


def test_a_spell_whose_team_or_title_is_corrected_takes_its_sums_along(store: Store) -> None:
    store.roster(spell(ANA), spell(BO))
    store.use((ANA, JUNE), (BO, JUNE), (ANA, AUGUST))
    days = store.daily_ids()

    store.roster(spell(ANA, "Engineering"), spell(BO))

    assert differing(store) == []
    assert store.daily_ids() == days
    with store.engine.connect() as connection:
        team = select(UsageByTeam.input_tokens).join(Team, Team.id == UsageByTeam.team_id)
        assert connection.scalars(team.where(Team.name == "Engineering")).all() == [1, 1]


def test_a_tool_that_gets_another_name_takes_its_sums_along(store: Store) -> None:
    store.roster(spell(ANA))
    store.use((ANA, JUNE))

    with store.engine.begin() as connection:
        save_aliases(connection, store.workspace_id, [AliasRecord(kind="tool", name="Editor", alias="cursor")])
        add_canonical(connection, store.workspace_id)

    assert differing(store) == []
    with store.engine.connect() as connection:
        tools = select(Stream.tool).join(UsageByStream, UsageByStream.stream_id == Stream.id)
        assert connection.scalars(tools).all() == ["Editor"]
