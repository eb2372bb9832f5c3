"""The log of loads, and the sources and feeds that they are of, made where they are new."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

from sqlalchemy import Connection, func, insert, select, update

from storage.tables import Feed, Load, Source

LONGEST = 400  # characters of what a load was


def source_id(connection: Connection, workspace_id: int, name: str) -> int:
    """The id of a source, which is made where it is new."""
    found = find_source(connection, workspace_id, name)
    if found is not None:
        return found
    values = {"workspace_id": workspace_id, "name": name}
    return connection.execute(insert(Source).values(values).returning(Source.id)).scalar_one()


def feed_id(connection: Connection, workspace_id: int, source: str, name: str = "") -> int:
    """The id of a source's feed, which is made where it is new."""
    of_source = source_id(connection, workspace_id, source)
    found = connection.scalar(select(Feed.id).where(Feed.source_id == of_source, Feed.name == name))
    if found is not None:
        return found
    values = {"workspace_id": workspace_id, "source_id": of_source, "name": name}
    return connection.execute(insert(Feed).values(values).returning(Feed.id)).scalar_one()


def note_load(
    connection: Connection,
    workspace_id: int,
    source: str,
    what: str,
    now: datetime,
    report: Mapping[str, int],
    kind: str = "",
) -> int:
    """Keep what a load did that brought no facts; gives its number."""
    load_id = start_load(connection, workspace_id, source_id(connection, workspace_id, source), what, now, kind)
    connection.execute(update(Load).where(Load.id == load_id).values(report=dict(report)))
    return load_id


def start_load(
    connection: Connection, workspace_id: int, source: int, what: str, now: datetime, kind: str, rule: str = ""
) -> int:
    """Begin a load of the log; gives its number."""
    values = {
        "workspace_id": workspace_id,
        "source_id": source,
        "what": what[:LONGEST],
        "finished_at": now,
        "kind": kind,
        "rule": rule,
        "report": {},
    }
    return connection.execute(insert(Load).values(values).returning(Load.id)).scalar_one()


def close_load(
    connection: Connection,
    counted: Mapping[str, Any],
    removed: int,
    feeds: Sequence[int],
    now: datetime,
    goes_on: bool = False,
) -> None:
    """Keep what the load of facts that `counted` is of did; one that goes on keeps what its earlier parts did too."""
    load_id, first, last = counted["load_id"], counted["first_day"], counted["last_day"]
    report = {name: value for name, value in counted.items() if isinstance(value, int)} | {"removed": removed}
    if goes_on:
        report, first, last = _with_earlier(connection, load_id, report, first, last)
    values = {"report": report, "finished_at": now, "first_day": first, "last_day": last, "feeds": [*feeds]}
    connection.execute(update(Load).where(Load.id == load_id).values(values))


def begun(connection: Connection, workspace_id: int, source: int, what: str) -> int | None:
    """The load that a stream goes on with, if it has begun."""
    same = (Load.workspace_id == workspace_id, Load.source_id == source, Load.what == what[:LONGEST])
    return connection.scalar(select(func.max(Load.id)).where(*same, Load.undone_at.is_(None)))


def _with_earlier(
    connection: Connection, load_id: int, report: dict[str, int], first: date | None, last: date | None
) -> tuple[dict[str, int], date | None, date | None]:
    """What all that came of a stream did, its last part among it."""
    held = connection.execute(select(Load.report, Load.first_day, Load.last_day).where(Load.id == load_id)).one()
    for name in ("new", "changed", "unchanged", "removed"):
        report[name] += held.report.get(name, 0)
    starts, ends = [day for day in (held.first_day, first) if day], [day for day in (held.last_day, last) if day]
    return report, min(starts, default=None), max(ends, default=None)


def find_source(connection: Connection, workspace_id: int, name: str) -> int | None:
    """The id of a source, None where there is none of the name."""
    return connection.scalar(select(Source.id).where(Source.workspace_id == workspace_id, Source.name == name))
