"""Verified outcomes of workflow runs: saved by run, read in the order in which they happened."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass, fields
from datetime import date

from sqlalchemy import Connection, insert, select, update

from storage.load.organisation import Replaced
from storage.load.rollups import chunks
from storage.tables import Outcome
from storage.workspaces import bump_revision, lock_revision


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


def save_outcomes(connection: Connection, workspace_id: int, records: Sequence[OutcomeRecord]) -> Replaced:
    """Add outcomes; one whose run is known replaces it. Of two of one run the last one counts."""
    lock_revision(connection, workspace_id)
    result = Replaced()
    newest = {record.run_id: record for record in records}
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
                fresh.append({"workspace_id": workspace_id, **values})
            elif any(old[name] != value for name, value in values.items()):
                connection.execute(update(Outcome).where(Outcome.id == old["id"]).values(**values))
                result.changed += 1
            else:
                result.unchanged += 1
        if fresh:
            connection.execute(insert(Outcome), fresh)
        result.new += len(fresh)
    if result.differs:
        bump_revision(connection, workspace_id)
    return result


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
