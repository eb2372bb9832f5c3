"""What readers press under the one action of a digest: kept, and counted."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection
from datetime import UTC, datetime

from sqlalchemy import Connection, func, select, update

from storage.engine import insert_or_leave
from storage.tables import Feedback


def record_choice(
    connection: Connection, workspace_id: int, *, week: str, workflow: str, person: str, choice: str, now: datetime
) -> None:
    """Keep what somebody pressed under an action; a later press replaces it."""
    values = {"choice": choice, "at": now.astimezone(UTC)}
    where = (
        Feedback.workspace_id == workspace_id,
        Feedback.week == week,
        Feedback.workflow == workflow,
        Feedback.person == person,
    )
    if connection.execute(update(Feedback).where(*where).values(**values)).rowcount == 0:
        row = {"workspace_id": workspace_id, "week": week, "workflow": workflow, "person": person, **values}
        connection.execute(insert_or_leave(connection, Feedback).values(row))


def count_choices(connection: Connection, workspace_id: int, actions: Collection[tuple[str, str]]) -> dict[str, int]:
    """How often each choice was pressed under some actions, each a week and a workflow."""
    rows = (
        select(Feedback.week, Feedback.workflow, Feedback.choice, func.count())
        .where(Feedback.workspace_id == workspace_id, Feedback.week.in_({week for week, _ in actions}))
        .group_by(Feedback.week, Feedback.workflow, Feedback.choice)
    )
    found: Counter[str] = Counter()
    for week, workflow, choice, count in connection.execute(rows):
        if (week, workflow) in actions:
            found[choice] += count
    return dict(found)
