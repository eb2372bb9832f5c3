"""Writes down what was planned for a digest, each in one transaction: claimed once, its messages in the outbox."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from sqlalchemy import Connection, Engine

from bot.digest.late import LEFT, NOTES
from bot.digest.schedule import LATEST, Due
from bot.digest.told import as_question
from bot.slack.digest.drafts import MadeDigest, completed, drafts, silent
from bot.slack.digest.plan import Completion, Gone, Planned, Silent
from bot.slack.digest.rhythm import ask_owner
from bot.slack.outbox.refused import stop
from storage.keep import digests, outbox
from storage.keep.audit import keep
from storage.keep.digests import Subscribed


def commit(
    writing: Engine, workspace_id: int, subscription: Subscribed, planned: Gone | Silent | Planned, now: datetime
) -> bool:
    """Whether a digest was made that no other process had made before."""
    with writing.begin() as connection:
        if isinstance(planned, Gone):
            stop(connection, workspace_id, subscription.id, planned.reason, now)
            return False
        if isinstance(planned, Silent):
            outbox.put(connection, workspace_id, silent(subscription, planned.week), now, LATEST)
            return False
        return _commit_made(connection, workspace_id, subscription, planned, now)


def commit_completion(
    writing: Engine, workspace_id: int, subscription: Subscribed, planned: Completion, now: datetime
) -> bool:
    """Whether the edit of a posted digest was written down, with what hangs on it; once."""
    made, past = planned.made, planned.past
    with writing.begin() as connection:
        if made.digest is None:  # guests came in meanwhile: nothing more of it is for them
            digests.complete(connection, past.id, past.figures, {**past.value, LEFT: True})
            return False
        edit, *below = completed(subscription, made, past)
        if not outbox.put(connection, workspace_id, edit, now, LATEST):
            return False
        for draft in below:
            outbox.put(connection, workspace_id, draft, now, LATEST)
        said = {name: past.value.get(name, []) for name in ("corrections", NOTES)}
        digests.complete(connection, past.id, made.digest.figures, made.kept() | said)
        _log(connection, workspace_id, subscription, made, now)
    return True


def skip(writing: Engine, workspace_id: int, subscription: Subscribed, due: Due, now: datetime) -> bool:
    """Leave a week out; False where somebody settled it before."""
    with writing.begin() as connection:
        return claim(connection, workspace_id, subscription, due, digests.SKIPPED, now)


def claim(
    connection: Connection,
    workspace_id: int,
    subscription: Subscribed,
    due: Due,
    outcome: str,
    now: datetime,
    figures: Mapping[str, float | None] | None = None,
    value: Mapping[str, object] | None = None,
) -> bool:
    """Take a week for this process; False where another has it."""
    return digests.issue(
        connection,
        workspace_id,
        subscription.id,
        str(due.week),
        due_at=due.at,
        now=now,
        outcome=outcome,
        figures=figures or {},
        value=value or {},
    )


def _log(connection: Connection, workspace_id: int, subscription: Subscribed, made: MadeDigest, now: datetime) -> None:
    """What was told counts as known to whoever reads the place."""
    if made.digest is not None:
        reader = {"asker": subscription.email} if subscription.direct else {"channel": subscription.channel}
        keep(connection, workspace_id, as_question(made.digest, now, **reader))


def _commit_made(
    connection: Connection, workspace_id: int, subscription: Subscribed, planned: Planned, now: datetime
) -> bool:
    made = planned.made
    figures = made.digest.figures if made.digest else {}
    if not claim(connection, workspace_id, subscription, planned.due, digests.MADE, now, figures, made.kept()):
        return False
    for draft in drafts(subscription, made):
        outbox.put(connection, workspace_id, draft, now, LATEST)
    for week, told in made.restated.items():
        digests.correct(connection, made.issue_ids[week], told)
    ask_owner(connection, workspace_id, subscription, made.week, planned.earlier, now)
    _log(connection, workspace_id, subscription, made, now)
    return True
