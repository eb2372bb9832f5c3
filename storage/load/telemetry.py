"""What telemetry leaves in the store before and beside its facts: the inbox, the series, the signals seen."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import BigInteger, Connection, cast, delete, func, insert, select

from storage.engine import inserting
from storage.load.keys import mask_of, masked
from storage.load.rollups import chunks
from storage.tables import Load, TelemetryInbox, TelemetrySeries, TelemetrySignal, UsageFact


@dataclass(frozen=True, slots=True)
class Waiting:
    """One request that was accepted and is not in the facts yet."""

    id: int
    body: bytes


@dataclass(frozen=True, slots=True)
class Series:
    """A group of series as it is kept: its identity, what better signals tell of it, its packed points."""

    key: bytes
    scope: bytes
    body: bytes


def put(connection: Connection, workspace_id: int, body: bytes, points: int, now: datetime) -> None:
    """Keep a request; once this is committed its sender may forget it."""
    values = {"workspace_id": workspace_id, "body": body, "points": points, "received_at": now}
    connection.execute(insert(TelemetryInbox).values(values))


def backlog(connection: Connection, workspace_id: int) -> int:
    """How many points wait."""
    waiting = select(cast(func.coalesce(func.sum(TelemetryInbox.points), 0), BigInteger))
    return connection.scalar(waiting.where(TelemetryInbox.workspace_id == workspace_id)) or 0


def workspaces_waiting(connection: Connection) -> list[int]:
    """The workspaces that have anything in the inbox."""
    return [*connection.scalars(select(TelemetryInbox.workspace_id).distinct())]


def oldest(connection: Connection, workspace_id: int, most_points: int) -> list[Waiting]:
    """The requests that wait longest, up to so many points (one at least)."""
    rows = (
        select(TelemetryInbox.id, TelemetryInbox.points, TelemetryInbox.body)
        .where(TelemetryInbox.workspace_id == workspace_id)
        .order_by(TelemetryInbox.id)
    )
    found: list[Waiting] = []
    taken = 0
    with connection.execution_options(yield_per=100).execute(rows) as result:
        for id_, points, body in result:
            if found and taken + points > most_points:
                break
            found.append(Waiting(id_, body))
            taken += points
    return found


def newest_received(connection: Connection, workspace_id: int) -> datetime | None:
    """When a series of metrics was last heard of."""
    newest = select(func.max(TelemetrySeries.touched_at)).where(TelemetrySeries.workspace_id == workspace_id)
    return connection.scalar(newest)


def read_series(connection: Connection, workspace_id: int, keys: Collection[bytes]) -> dict[bytes, bytes]:
    """The packed points of these groups, as far as they are known."""
    found: dict[bytes, bytes] = {}
    for chosen in chunks(keys):
        rows = select(TelemetrySeries.key, TelemetrySeries.body).where(
            TelemetrySeries.workspace_id == workspace_id, TelemetrySeries.key.in_(chosen)
        )
        found |= {key: body for key, body in connection.execute(rows)}
    return found


def series_of_scopes(connection: Connection, workspace_id: int, scopes: Collection[bytes]) -> Iterator[Series]:
    """The groups that these scopes have."""
    for chosen in chunks(scopes):
        rows = select(TelemetrySeries.key, TelemetrySeries.scope, TelemetrySeries.body).where(
            TelemetrySeries.workspace_id == workspace_id, TelemetrySeries.scope.in_(chosen)
        )
        for key, scope, body in connection.execute(rows):
            yield Series(key, scope, body)


def read_signals(connection: Connection, workspace_id: int, scopes: Collection[bytes]) -> dict[bytes, int]:
    """The best rank seen of each of these scopes that has one."""
    found: dict[bytes, int] = {}
    for chosen in chunks(scopes):
        rows = select(TelemetrySignal.scope, TelemetrySignal.rank).where(
            TelemetrySignal.workspace_id == workspace_id, TelemetrySignal.scope.in_(chosen)
        )
        found |= {scope: rank for scope, rank in connection.execute(rows)}
    return found


def known_facts(
    connection: Connection, workspace_id: int, source: str, keys: Collection[bytes], before: datetime | None = None
) -> set[bytes]:
    """Those of these keys that a source has facts of in the feed without a name, saved `before` a time."""
    found: set[bytes] = set()
    mask = mask_of(workspace_id, source, "")
    for chosen in chunks(masked(keys, mask)):
        rows = select(UsageFact.key).where(UsageFact.key.in_(chosen))
        if before is not None:
            rows = rows.join(Load, Load.id == UsageFact.load_id).where(Load.finished_at < before)
        found |= {*masked(connection.scalars(rows), mask)}
    return found


def save_state(
    connection: Connection,
    workspace_id: int,
    series: Iterable[Series],
    signals: Mapping[bytes, int],
    done: Sequence[Waiting],
    now: datetime,
) -> None:
    """Keep what is known now, and let go of what is in the facts."""
    owner = {"workspace_id": workspace_id}
    rows = [owner | {"key": s.key, "scope": s.scope, "body": s.body, "touched_at": now} for s in series]
    _upsert(connection, TelemetrySeries, rows, "key", ("body", "touched_at"))
    seen = [owner | {"scope": scope, "rank": rank, "seen_at": now} for scope, rank in signals.items()]
    _upsert(connection, TelemetrySignal, seen, "scope", ("rank", "seen_at"))
    for chosen in chunks([waiting.id for waiting in done]):
        connection.execute(delete(TelemetryInbox).where(TelemetryInbox.id.in_(chosen)))


def forget(connection: Connection, series_before: datetime, signals_before: datetime) -> None:
    """Drop what was not heard of since; what comes of it later is told by its facts to have been counted."""
    connection.execute(delete(TelemetrySeries).where(TelemetrySeries.touched_at < series_before))
    connection.execute(delete(TelemetrySignal).where(TelemetrySignal.seen_at < signals_before))


def _upsert(
    connection: Connection, table: Any, rows: Sequence[dict[str, Any]], same: str, values: Sequence[str]
) -> None:
    if not rows:
        return
    told = inserting(connection, table)
    statement = told.on_conflict_do_update(
        index_elements=["workspace_id", same], set_={name: told.excluded[name] for name in values}
    )
    connection.execute(statement, rows)
