"""Verified outcomes of workflow runs: saved by run, read in the order in which they happened."""

from __future__ import annotations

import json
import zlib
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass, fields, replace
from datetime import date
from typing import Any

from sqlalchemy import Connection, delete, insert, select, update

from storage.load.forgotten import read_forgotten
from storage.load.locking import lock_revision
from storage.load.organisation import Replaced
from storage.load.rollups import chunks
from storage.tables import Outcome, Truth
from storage.workspaces import bump_revision

KIND = "outcomes"  # of loads, and of what is kept of them


@dataclass(frozen=True, slots=True, kw_only=True)
class OutcomeRecord:
    """One run that was checked; `checker` is human, tests or survival, `severity` 1 is the worst and 0 none.

    The last five are what a source may say beside; None (for the kind "") is not recorded.
    """

    run_id: str
    day: date
    workflow: str
    checker: str
    checked_by: str = ""
    approval_seconds: float | None = None
    success: bool
    severity: int = 0
    model: str = ""
    request_type: str = ""
    edited: float | None = None
    tool_errors: int | None = None
    escalated: bool | None = None
    retries: int | None = None


def save_outcomes(
    connection: Connection,
    workspace_id: int,
    records: Sequence[OutcomeRecord],
    note: Callable[[Replaced], int] = lambda _result: 0,
) -> Replaced:
    """Add outcomes; one whose run is known replaces it. Of two of one run the last one counts.

    `note` keeps the load and gives its number; what runs were before is kept with it.
    """
    lock_revision(connection, workspace_id)
    result = Replaced()
    before: list[dict[str, Any] | str] = []  # what a run was, or the run that was not there
    forgotten = read_forgotten(connection, workspace_id)
    newest = {
        record.run_id: replace(record, checked_by=forgotten.of([record.checked_by]) or record.checked_by)
        for record in records
    }
    for runs in chunks(newest):
        known = {
            row["run_id"]: row
            for row in connection.execute(
                select(*Outcome.__table__.columns).where(Outcome.workspace_id == workspace_id, Outcome.run_id.in_(runs))
            ).mappings()
        }
        fresh = []
        for run in runs:
            values, old = asdict(newest[run]), known.get(run)
            if old is None:
                before.append(run)
                fresh.append({"workspace_id": workspace_id, **values})
            elif any(old[name] != value for name, value in values.items()):
                before.append({name: old[name] for name in values})
                connection.execute(update(Outcome).where(Outcome.id == old["id"]).values(**values))
                result.changed += 1
            else:
                result.unchanged += 1
        if fresh:
            connection.execute(insert(Outcome), fresh)
        result.new += len(fresh)
    if result.differs:
        bump_revision(connection, workspace_id)
    result.load_id = note(result)
    if result.load_id:
        packed = zlib.compress(json.dumps(before, default=str).encode())
        values = {"workspace_id": workspace_id, "kind": KIND, "load_id": result.load_id, "records": packed}
        connection.execute(insert(Truth).values(**values))
    return result


def undo_outcomes(connection: Connection, workspace_id: int, load_id: int) -> None:
    """Bring the runs of the newest load back to what they were before it."""
    mine = (Truth.workspace_id == workspace_id, Truth.kind == KIND, Truth.load_id == load_id)
    packed = connection.scalar(select(Truth.records).where(*mine))
    before = json.loads(zlib.decompress(packed)) if packed else []
    new = [run for run in before if isinstance(run, str)]
    for runs in chunks(new):
        connection.execute(delete(Outcome).where(Outcome.workspace_id == workspace_id, Outcome.run_id.in_(runs)))
    for old in (run for run in before if not isinstance(run, str)):
        of_run = (Outcome.workspace_id == workspace_id, Outcome.run_id == old["run_id"])
        connection.execute(update(Outcome).where(*of_run).values(**old | {"day": date.fromisoformat(old["day"])}))
    connection.execute(delete(Truth).where(*mine))


def read_outcomes(connection: Connection, workspace_id: int, until: date) -> dict[str, list[OutcomeRecord]]:
    """The outcomes up to a day by workflow, each list in the order in which they happened."""
    rows = connection.execute(
        select(*(getattr(Outcome, field.name) for field in fields(OutcomeRecord)))
        .where(Outcome.workspace_id == workspace_id, Outcome.day <= until)
        .order_by(Outcome.workflow, Outcome.day, Outcome.id)
    ).mappings()
    found: dict[str, list[OutcomeRecord]] = {}
    for row in rows:
        found.setdefault(row["workflow"], []).append(OutcomeRecord(**row))
    return found
