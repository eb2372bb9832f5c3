"""Cuts the days of instants anew when a workspace's time zone changes; a stated day stays."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import (
    BigInteger,
    Column,
    ColumnElement,
    Connection,
    Engine,
    MetaData,
    Table,
    func,
    insert,
    select,
    union,
    update,
)

from storage.load.attribution import reattribute
from storage.load.filling import instant
from storage.load.locking import lock_revision
from storage.load.rollups import rebuild_usage
from storage.tables import EPOCH, Day, Setting, UsageBefore, UsageFact, Workspace
from storage.workspaces import bump_revision

ZONE = "FULCRUM_ZONE"  # its name among the settings made in Slack


def keep_zone(engine: Engine, zone: ZoneInfo) -> int:
    """Bring every workspace to its zone: what its admins set in Slack, else this one. Gives on how many days facts lie
    now or lay before."""
    with engine.connect() as connection:
        held = connection.execute(select(Workspace.id, Workspace.zone).order_by(Workspace.id)).all()
    days = 0
    for workspace_id, before in held:
        own = own_zone(engine, workspace_id, zone)
        if own.key != before:
            with engine.begin() as connection:
                days += _recut(connection, workspace_id, own)
    return days


def own_zone(engine: Engine, workspace_id: int, zone: ZoneInfo) -> ZoneInfo:
    """The zone that a workspace's admins set in Slack, else this one."""
    named = select(Setting.value).where(Setting.workspace_id == workspace_id, Setting.name == ZONE)
    with engine.connect() as connection:
        found = connection.scalar(named)
    return ZoneInfo(found) if found else zone


def _recut(connection: Connection, workspace_id: int, zone: ZoneInfo) -> int:
    lock_revision(connection, workspace_id)
    connection.execute(update(Workspace).where(Workspace.id == workspace_id).values(zone=zone.key))
    edges = select(func.min(UsageFact.at), func.max(UsageFact.at)).where(UsageFact.workspace_id == workspace_id)
    first, last = connection.execute(edges).one()
    if first is None or last is None:
        return 0
    table = _midnights(connection, zone, first, last)
    touched: set[date] = set()
    for fact in (UsageFact, UsageBefore):
        day = _day(table, fact)
        wrong = fact.workspace_id == workspace_id, fact.at.is_not(None), fact.day != day
        if fact is UsageFact:
            touched = set(connection.scalars(union(select(fact.day).where(*wrong), select(day).where(*wrong))))
        connection.execute(update(fact).where(*wrong).values(day=day))
    table.drop(connection)
    if touched:
        reattribute(connection, workspace_id)
        rebuild_usage(connection, workspace_id, touched)
        bump_revision(connection, workspace_id)
    return len(touched)


def _midnights(connection: Connection, zone: ZoneInfo, first: int, last: int) -> Table:
    """When each day of the zone begins, in milliseconds since 1970."""
    table = Table(
        "midnights",
        MetaData(),
        Column("at", BigInteger, primary_key=True, autoincrement=False),
        Column("day", Day),
        prefixes=["TEMPORARY"],
    )
    table.create(connection)
    begin, end = (date.fromordinal(at // 86_400_000 + EPOCH) for at in (first, last))
    days = (begin + timedelta(days=number) for number in range(-1, (end - begin).days + 2))
    rows = [{"at": instant(datetime.combine(day, time.min, zone)), "day": day} for day in days]
    connection.execute(insert(table), rows)
    return table


def _day(table: Table, fact: Any) -> ColumnElement[Any]:
    return (
        select(table.c.day)
        .where(table.c.at <= fact.at)
        .order_by(table.c.at.desc())
        .limit(1)
        .correlate(fact)
        .scalar_subquery()
    )
